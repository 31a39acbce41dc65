//! The header before every page of a column.

use parquet::basic::Encoding;

use super::thrift::{Field, Walk, kind};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    Data,
    DataV2,
    Dictionary,
    /// An index, which nobody reads.
    Index,
}

/// What a page declares of itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageHeader {
    pub(crate) kind: PageKind,
    pub(crate) uncompressed_bytes: usize,
    pub(crate) compressed_bytes: usize,
    /// Values of a dictionary; values of a data page, absent ones included.
    pub(crate) values: u32,
    pub(crate) encoding: Encoding,
    pub(crate) definition_encoding: Encoding,
    pub(crate) repetition_encoding: Encoding,
    pub(crate) nulls: u32,
    pub(crate) rows: u32,
    pub(crate) definition_bytes: u32,
    pub(crate) repetition_bytes: u32,
    pub(crate) is_compressed: bool,
}

impl PageHeader {
    /// Reads a header from the start of `bytes`, and how many of them it takes; `None` if they are
    /// too few or none.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut walk = Walk::new(bytes);
        let (mut page, mut sizes, mut details) = (None, [None; 2], None);
        walk.each_field(|walk, field| {
            match (field.number, field.kind) {
                (1, kind::INTEGER) => page = Some(walk.zigzag()?),
                (2, kind::INTEGER) => sizes[0] = Some(walk.zigzag()?),
                (3, kind::INTEGER) => sizes[1] = Some(walk.zigzag()?),
                (5, kind::STRUCTURE) => details = Some((0, Details::read(walk, 4, 0)?)),
                (7, kind::STRUCTURE) => details = Some((2, Details::read(walk, 2, 0)?)),
                (8, kind::STRUCTURE) => details = Some((3, Details::read(walk, 6, 7)?)),
                (1..=3 | 5 | 7 | 8, _) => return None,
                (_, kind) => walk.pass_field(kind, 0)?,
            }
            Some(())
        })?;
        let header = Self::of(page?, sizes, details)?;
        Some((header, bytes.len() - walk.left()))
    }

    fn of(page: i64, sizes: [Option<i64>; 2], details: Option<(i64, Details)>) -> Option<Self> {
        let page_kind = match page {
            0 => PageKind::Data,
            1 => PageKind::Index,
            2 => PageKind::Dictionary,
            3 => PageKind::DataV2,
            _ => return None,
        };
        let details = match details {
            Some((of, details)) if of == page => details,
            _ if page_kind == PageKind::Index => Details::default(),
            _ => return None,
        };
        let number = |index: usize| u32::try_from(details.numbers[index]).ok();
        let encoding = |index: usize| encoding(details.numbers[index]);
        let mut header = Self {
            kind: page_kind,
            uncompressed_bytes: usize::try_from(sizes[0]?).ok()?,
            compressed_bytes: usize::try_from(sizes[1]?).ok()?,
            values: number(1)?,
            encoding: Encoding::PLAIN,
            definition_encoding: Encoding::RLE,
            repetition_encoding: Encoding::RLE,
            nulls: 0,
            rows: 0,
            definition_bytes: 0,
            repetition_bytes: 0,
            is_compressed: true,
        };
        match page_kind {
            PageKind::Index => {}
            PageKind::Dictionary => header.encoding = encoding(2)?,
            PageKind::Data => {
                header.encoding = encoding(2)?;
                header.definition_encoding = encoding(3)?;
                header.repetition_encoding = encoding(4)?;
            }
            PageKind::DataV2 => {
                header.nulls = number(2)?;
                header.rows = number(3)?;
                header.encoding = encoding(4)?;
                header.definition_bytes = number(5)?;
                header.repetition_bytes = number(6)?;
                header.is_compressed = details.is_true;
            }
        }
        Some(header)
    }
}

/// The structure inside a header that its kind of page has.
struct Details {
    /// The integers by field number.
    numbers: [i64; 7],
    is_true: bool,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            numbers: [0; 7],
            is_true: true,
        }
    }
}

impl Details {
    /// Fields up to 6 are integers that must be there up to `required`; `truth` is the number of
    /// the field that holds a truth.
    fn read(walk: &mut Walk, required: i64, truth: i64) -> Option<Self> {
        let mut details = Self::default();
        let mut seen = 0_i64;
        walk.each_field(|walk, Field { number, kind }| {
            match (number, kind) {
                (1..=6, kind::INTEGER) => {
                    details.numbers[usize::try_from(number).ok()?] = walk.zigzag()?;
                    seen |= 1 << number;
                }
                (_, kind::TRUE | kind::FALSE) if number == truth => {
                    details.is_true = kind == kind::TRUE;
                }
                (_, kind) => walk.pass_field(kind, 1)?,
            }
            Some(())
        })?;
        (1..=required)
            .all(|number| seen & (1 << number) != 0)
            .then_some(details)
    }
}

fn encoding(number: i64) -> Option<Encoding> {
    Some(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        // Old writers name it for the levels of columns that have none.
        #[expect(deprecated, reason = "files that hold it must still be read")]
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A data page of 3 values, 8 bytes that are 6 when compressed, and whether it was read.
    fn reads(sizes: [u8; 2]) -> bool {
        let [kind, size] = sizes;
        let details = [0x2C, 0x15, 6, 0x15, 0, 0x15, 6, 0x15, 6, 0];
        let mut bytes = vec![0x15, 0, 0x10 | kind, size, 0x15, 12];
        bytes.extend(details);
        bytes.push(0);
        PageHeader::read(&bytes).is_some_and(|(header, length)| {
            assert_eq!((header.uncompressed_bytes, header.values), (8, 3));
            length == bytes.len()
        })
    }

    #[test]
    fn a_size_that_is_no_number_or_below_zero_is_refused() {
        assert!(reads([kind::INTEGER, 16]));
        assert!(!reads([kind::INTEGER, 15]));
        assert!(!reads([kind::BINARY, 0]));
    }
}
