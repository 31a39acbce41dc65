//! What the values of a page come to in memory once they are decoded.

use parquet::basic::{Encoding, Type};
use parquet::schema::types::ColumnDescriptor;

use super::delta;
use super::page_header::{PageHeader, PageKind};

/// Levels, offsets and text of one number; also what one entry of a list costs as JSON.
const VALUE_BYTES: u64 = 64;

/// Why a page is not handed to the decoder.
pub(crate) enum Misfit {
    Damaged(&'static str),
    LargeCell,
}

/// What is known of a column without its pages, and its dictionary.
pub(crate) struct Shape {
    physical: Type,
    /// Bytes of a value, where all have the same.
    fixed_bytes: usize,
    /// Names that are written again with every value inside of a structure.
    path_bytes: u64,
    repetition: i16,
    definition: i16,
    cell_bytes: usize,
    /// The longest text of the dictionary.
    longest_entry: u64,
}

impl Shape {
    pub(crate) fn of(column: &ColumnDescriptor, cell_bytes: usize) -> Self {
        let physical = column.physical_type();
        let fixed_bytes = match physical {
            Type::BOOLEAN => 1,
            Type::INT32 | Type::FLOAT => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(column.type_length()).unwrap_or(0),
            Type::BYTE_ARRAY => 0,
        };
        Self {
            physical,
            fixed_bytes,
            path_bytes: column.path().string().len() as u64,
            repetition: column.max_rep_level(),
            definition: column.max_def_level(),
            cell_bytes,
            longest_entry: 0,
        }
    }

    pub(crate) fn cell_bytes(&self) -> u64 {
        self.cell_bytes as u64
    }

    /// Whether a value that takes no bytes of its page is larger than a cell may be.
    pub(crate) fn has_large_values(&self) -> bool {
        self.longest_entry.max(self.fixed_bytes as u64) > self.cell_bytes()
    }

    /// Bytes of one value that takes no bytes of its page: an entry of the dictionary, or the
    /// place of an absent value.
    pub(crate) fn widest_value(&self) -> u64 {
        VALUE_BYTES + self.path_bytes + self.longest_entry.max(self.fixed_bytes as u64)
    }

    /// A dictionary is kept as it came, and decoded.
    pub(crate) fn weigh_dictionary(
        &mut self,
        header: &PageHeader,
        bytes: &[u8],
    ) -> Result<u64, Misfit> {
        const SHORT: Misfit = Misfit::Damaged("a dictionary declares more values than it has");
        let values = header.values as usize;
        if self.physical == Type::BYTE_ARRAY {
            self.longest_entry = longest_text(bytes, values).ok_or(SHORT)?;
        } else if values.saturating_mul(self.fixed_bytes.max(1)) > bytes.len() {
            return Err(SHORT);
        }
        if self.has_large_values() {
            return Err(Misfit::LargeCell);
        }
        Ok(2 * bytes.len() as u64 + 8 * u64::from(header.values))
    }

    /// The page itself, and what its values expand to beyond their bytes in it.
    pub(crate) fn weigh_page(
        &self,
        header: &PageHeader,
        bytes: &[u8],
        allowed: u64,
    ) -> Result<u64, Misfit> {
        const BAD: Misfit = Misfit::Damaged("the lengths of a page contradict themselves");
        let mut weight = bytes.len() as u64;
        if self.repetition > 0 {
            // One row may have all the values of a page.
            weight += u64::from(header.values).saturating_mul(self.widest_value());
        }
        let texts = matches!(self.physical, Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY);
        let expanded = match header.encoding {
            Encoding::DELTA_LENGTH_BYTE_ARRAY if texts => {
                let lengths = self.values(header, bytes);
                lengths.and_then(delta::count).ok_or(BAD)?.saturating_mul(4)
            }
            Encoding::DELTA_BYTE_ARRAY if texts => {
                let texts = self.values(header, bytes);
                let weight = texts.and_then(|texts| front_coded(texts, allowed));
                weight.ok_or(BAD)?
            }
            _ => 0,
        };
        Ok(weight.saturating_add(expanded))
    }

    /// The bytes behind the levels.
    fn values<'a>(&self, header: &PageHeader, bytes: &'a [u8]) -> Option<&'a [u8]> {
        if header.kind == PageKind::DataV2 {
            let levels = u64::from(header.definition_bytes) + u64::from(header.repetition_bytes);
            return bytes.get(usize::try_from(levels).ok()?..);
        }
        let rest = behind_levels(bytes, self.repetition, header.repetition_encoding, header)?;
        behind_levels(rest, self.definition, header.definition_encoding, header)
    }
}

/// What follows the levels of a page of the first kind, of which the highest is `highest`.
fn behind_levels<'a>(
    bytes: &'a [u8],
    highest: i16,
    encoding: Encoding,
    header: &PageHeader,
) -> Option<&'a [u8]> {
    if highest == 0 {
        return Some(bytes);
    }
    if encoding == Encoding::RLE {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        return rest.get(u32::from_le_bytes(*length) as usize..);
    }
    let bits = u64::from(i16::BITS - highest.leading_zeros());
    let length = (u64::from(header.values) * bits).div_ceil(8);
    bytes.get(usize::try_from(length).ok()?..)
}

/// The longest of so many texts that each stand behind their length; `None` if there are fewer.
fn longest_text(bytes: &[u8], values: usize) -> Option<u64> {
    let (mut rest, mut longest) = (bytes, 0);
    for _ in 0..values {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        rest = after.get(length as usize..)?;
        longest = longest.max(length);
    }
    Some(u64::from(longest))
}

/// What texts come to of which each says how much of the text before it it repeats.
fn front_coded(bytes: &[u8], allowed: u64) -> Option<u64> {
    /// A length of what is repeated and one of what is new.
    const LENGTHS: u64 = 8;
    let declared = delta::count(bytes)?.saturating_mul(LENGTHS);
    if declared > allowed {
        return Some(declared);
    }
    let repeated = delta::walk(bytes, bytes.len() as u64)?;
    let new = delta::count(bytes.get(repeated.end..)?)?.saturating_mul(LENGTHS);
    let texts = repeated.sum.saturating_add(bytes.len() as u64);
    Some(texts.saturating_add(declared.max(new)))
}
