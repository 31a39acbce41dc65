//! What a record says: fields and values, split by class into three blocks of bytes.
//!
//! A block is a row of `field`, `length`, `text`, the numbers as LEB128. A store of ten million
//! records has thirty million blocks, so they carry no names and no braces.

use serde::Deserialize;

use crate::register::{Catalogue, Class};

/// An attribute, or a column that nobody has recognised yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct FieldId(pub u32);

impl FieldId {
    /// Attributes are numbered from 1 to here.
    pub const LAST_ATTRIBUTE: u16 = 9_999;
    /// Columns that nobody recognised are numbered from here.
    pub const FIRST_COLUMN: u32 = 1_000_000;

    /// The source's own key of a record, sealed with what nobody recognised.
    pub const SOURCE_KEY: Self = Self(10_000);

    /// Whether the packs could declare it.
    pub fn is_attribute(self) -> bool {
        self.0 <= u32::from(Self::LAST_ATTRIBUTE)
    }

    /// Whether this is a column that nobody recognised.
    pub fn is_unknown_column(self) -> bool {
        self.0 >= Self::FIRST_COLUMN
    }
}

/// One thing that a record says, as it was given.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// Of which attribute or column.
    pub id: FieldId,
    /// The text as given.
    pub value: String,
}

impl std::fmt::Debug for Field {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "Field({}, {} bytes)",
            self.id.0,
            self.value.len()
        )
    }
}

/// Everything that a record says. An attribute may stand more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// In ascending order of field; values of one field in the order given.
    fields: Vec<Field>,
}

/// A content as the store keeps it. Empty blocks are empty, not sealed nothings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Readable.
    pub general: Vec<u8>,
    /// To be sealed.
    pub sensitive: Vec<u8>,
    /// To be sealed as unknown.
    pub unknown: Vec<u8>,
}

/// A block that is no block: the store was changed from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a block of a record is damaged at byte {0}")]
pub struct InvalidContent(pub usize);

impl Content {
    /// Sorts fields into a content. Blank values say nothing and are left out.
    pub fn new(mut fields: Vec<Field>) -> Self {
        fields.retain(|field| !field.value.trim().is_empty());
        fields.sort_by_key(|field| field.id);
        Self { fields }
    }

    /// Everything that it says, in ascending order of field.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// What it says of one field.
    pub fn values(&self, id: FieldId) -> impl Iterator<Item = &str> {
        let first = self.fields.partition_point(|field| field.id < id);
        self.fields[first..]
            .iter()
            .take_while(move |field| field.id == id)
            .map(|field| {
                let value: &str = &field.value;
                value
            })
    }

    /// The first value of one field.
    pub fn first(&self, id: FieldId) -> Option<&str> {
        self.values(id).next()
    }

    /// Splits it by class and writes it down.
    pub fn to_blocks(&self, catalogue: &Catalogue) -> Blocks {
        let mut blocks = Blocks::default();
        for field in &self.fields {
            let block = match catalogue.class(field.id) {
                Class::General => &mut blocks.general,
                Class::Sensitive => &mut blocks.sensitive,
                Class::Unknown => &mut blocks.unknown,
            };
            write_number(block, field.id.0);
            write_number(block, u32::try_from(field.value.len()).unwrap_or(u32::MAX));
            block.extend_from_slice(field.value.as_bytes());
        }
        blocks
    }

    /// Reads blocks of any classes back, in any order.
    pub fn from_blocks<'a>(
        blocks: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, InvalidContent> {
        let mut fields = Vec::new();
        for block in blocks {
            let mut at = 0;
            while at < block.len() {
                fields.push(read_field(block, &mut at)?);
            }
        }
        fields.sort_by_key(|field: &Field| field.id);
        Ok(Self { fields })
    }
}

/// Appends a number as LEB128.
pub(crate) fn write_number(block: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        block.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    block.push((number & 0x7f) as u8);
}

/// Reads a LEB128 number and moves on.
pub(crate) fn read_number(block: &[u8], at: &mut usize) -> Result<u32, InvalidContent> {
    let mut number = 0_u32;
    for shift in (0..35).step_by(7) {
        let byte = *block.get(*at).ok_or(InvalidContent(*at))?;
        *at += 1;
        let part = u32::from(byte & 0x7f);
        number |= part.checked_shl(shift).ok_or(InvalidContent(*at))?;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(InvalidContent(*at))
}

/// Reads a text with its length before it and moves on.
pub(crate) fn read_text<'a>(block: &'a [u8], at: &mut usize) -> Result<&'a str, InvalidContent> {
    let length = usize::try_from(read_number(block, at)?).map_err(|_| InvalidContent(*at))?;
    let end = at.checked_add(length).ok_or(InvalidContent(*at))?;
    let bytes = block.get(*at..end).ok_or(InvalidContent(*at))?;
    let text = std::str::from_utf8(bytes).map_err(|_| InvalidContent(*at))?;
    *at = end;
    Ok(text)
}

fn read_field(block: &[u8], at: &mut usize) -> Result<Field, InvalidContent> {
    let id = FieldId(read_number(block, at)?);
    let value = read_text(block, at)?.to_owned();
    Ok(Field { id, value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::parse(include_str!("../../../../packs/cn-base/attributes.toml")).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(pairs in prop::collection::vec((0_u32..2_000_000, ".{0,20}"), 0..20)) {
            let fields = pairs.into_iter().map(|(id, value)| Field { id: FieldId(id), value }).collect();
            let content = Content::new(fields);
            let blocks = content.to_blocks(&catalogue());
            let parts = [&blocks.general[..], &blocks.sensitive, &blocks.unknown];
            prop_assert_eq!(Content::from_blocks(parts).unwrap(), content);
        }

        #[test]
        fn damaged_blocks_are_refused_not_believed(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(content) = Content::from_blocks([&bytes[..]]) {
                prop_assert!(content.fields().len() <= bytes.len());
            }
        }
    }

    #[test]
    fn values_of_one_field_keep_their_order() {
        let field = |id, value: &str| Field {
            id: FieldId(id),
            value: value.to_owned(),
        };
        let content = Content::new(vec![
            field(9, "b"),
            field(3, "x"),
            field(9, "a"),
            field(9, " "),
        ]);
        assert_eq!(content.values(FieldId(9)).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(content.first(FieldId(4)), None);
    }
}
