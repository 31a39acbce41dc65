//! The metadata at the end of a Parquet file, walked before the decoder reserves memory for what
//! it declares: a list can have no more entries than the bytes that follow it.
//!
//! The metadata is a structure of Thrift's compact protocol. Nothing is kept of it here.

use std::io::{Read, Seek, SeekFrom};

use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Length of the metadata and `PAR1`.
const TAIL_BYTES: u64 = 8;
/// More row groups than the decoder can number.
const ROW_GROUPS: u64 = 32_767;
/// The field of the outermost structure that lists the schema, parents before their children.
const SCHEMA_FIELD: i64 = 2;
/// The field of the outermost structure that lists the row groups.
const ROW_GROUPS_FIELD: i64 = 4;
/// The field of a schema element that counts its children.
const CHILDREN_FIELD: i64 = 5;
/// Real metadata is nested about eight levels. The decoder descends into the schema by recursion,
/// so its nesting is bounded too.
const DEPTH: usize = 32;

/// Judges the metadata of a file of `length` bytes.
pub(crate) fn check<S: Read + Seek>(
    source: &mut S,
    length: u64,
    limits: &Limits,
) -> Result<(), TableProblem> {
    let cut_off =
        || Place::File.damaged(Format::Parquet, "it does not end with PAR1, it was cut off");
    if length < 2 * TAIL_BYTES {
        return Err(cut_off());
    }
    source.seek(SeekFrom::Start(length - TAIL_BYTES))?;
    let mut tail = [0; 8];
    source.read_exact(&mut tail)?;
    let [first, second, third, fourth, magic @ ..] = tail;
    if &magic != b"PAR1" {
        return Err(cut_off());
    }
    let size = u64::from(u32::from_le_bytes([first, second, third, fourth]));
    if size > limits.parquet_metadata_bytes {
        return Err(TableProblem::TooLarge {
            place: Place::Footer,
            what: "the metadata",
            allowed: limits.parquet_metadata_bytes,
            hint: "",
        });
    }
    let start = (length - TAIL_BYTES).checked_sub(size).ok_or_else(|| {
        Place::Footer.damaged(Format::Parquet, "its metadata is larger than the file")
    })?;
    source.seek(SeekFrom::Start(start))?;
    let mut metadata = Vec::new();
    source.take(size).read_to_end(&mut metadata)?;
    let mut walk = Walk { rest: &metadata };
    match walk.structure(0) {
        Some(_) => Ok(()),
        None => Err(Place::Footer.damaged(Format::Parquet, "its metadata contradicts itself")),
    }
}

/// The bytes not yet walked. Every step is `None` where they end or contradict themselves.
struct Walk<'a> {
    rest: &'a [u8],
}

impl Walk<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, count: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        let half = i64::try_from(value >> 1).ok()?;
        Some(if value & 1 == 0 { half } else { !half })
    }

    /// One structure; what it counts as children if it is a schema element.
    fn structure(&mut self, depth: usize) -> Option<i64> {
        if depth > DEPTH {
            return None;
        }
        let (mut field, mut children) = (0_i64, 0);
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(children);
            }
            field = match head >> 4 {
                0 => self.zigzag()?,
                step => field.checked_add(i64::from(step))?,
            };
            match (head & 0x0F, depth, field) {
                // The truth of a field is in its head.
                (1 | 2, ..) => {}
                (9 | 10, 0, SCHEMA_FIELD) => self.schema()?,
                (9 | 10, 0, ROW_GROUPS_FIELD) => self.list(depth, ROW_GROUPS)?,
                (4..=6, _, CHILDREN_FIELD) => children = self.zigzag()?,
                (kind, ..) => self.value(kind, depth)?,
            }
        }
    }

    /// The schema: a tree written as a list.
    fn schema(&mut self) -> Option<()> {
        let (kind, count) = self.list_head(u64::MAX)?;
        if kind != 12 {
            return None;
        }
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..count {
            let children = self.structure(1)?;
            while open.pop_if(|left| *left <= 0).is_some() {}
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
            }
            if open.len() > DEPTH {
                return None;
            }
        }
        Some(())
    }

    fn value(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            1..=3 => self.skip(1),
            4..=6 => self.varint().map(drop),
            7 => self.skip(8),
            8 => {
                let length = self.varint()?;
                self.skip(length)
            }
            9 | 10 => self.list(depth, u64::MAX),
            11 => self.map(depth),
            12 => self.structure(depth + 1).map(drop),
            13 => self.skip(16),
            _ => None,
        }
    }

    /// The kind and number of the entries of a list.
    fn list_head(&mut self, allowed: u64) -> Option<(u8, u64)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            count => u64::from(count),
        };
        (count <= allowed.min(self.rest.len() as u64)).then_some((head & 0x0F, count))
    }

    fn list(&mut self, depth: usize, allowed: u64) -> Option<()> {
        let (kind, count) = self.list_head(allowed)?;
        if depth > DEPTH {
            return None;
        }
        for _ in 0..count {
            self.value(kind, depth + 1)?;
        }
        Some(())
    }

    fn map(&mut self, depth: usize) -> Option<()> {
        let count = self.varint()?;
        if count == 0 {
            return Some(());
        }
        let kinds = self.byte()?;
        if count > self.rest.len() as u64 || depth > DEPTH {
            return None;
        }
        for _ in 0..count {
            self.value(kinds >> 4, depth + 1)?;
            self.value(kinds & 0x0F, depth + 1)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walks(bytes: &[u8]) -> bool {
        Walk { rest: bytes }.structure(0).is_some()
    }

    #[test]
    fn a_list_longer_than_the_bytes_that_follow_is_refused() {
        // Field 1, a list of three one-byte integers, then the end.
        assert!(walks(&[0x19, 0x33, 1, 2, 3, 0]));
        assert!(!walks(&[0x19, 0xF3, 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 0]));
    }

    #[test]
    fn a_schema_nested_without_end_is_refused() {
        // Field 2, a list of so many elements of one child each.
        let schema = |count: u8| {
            let mut bytes = vec![0x29, 0xFC, count];
            bytes.extend([0x55, 2, 0].repeat(usize::from(count)));
            bytes.push(0);
            bytes
        };
        assert!(walks(&schema(20)));
        assert!(!walks(&schema(100)));
    }

    #[test]
    fn endless_nesting_is_refused() {
        assert!(!walks(&[0x1C; 4_096]));
    }
}
