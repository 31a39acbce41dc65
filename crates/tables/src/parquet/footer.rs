//! The metadata at the end of a Parquet file, walked before the decoder reserves memory for what
//! it declares.

use std::io::{Read, Seek, SeekFrom};

use super::thrift::{DEPTH, Walk, kind};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::limits::Limits;
use crate::place::Place;

/// Length of the metadata and `PAR1`.
const TAIL_BYTES: u64 = 8;
/// Metadata is an eighth of its file at most, unless the file is small.
const METADATA_SHARE: u64 = 8;
/// What a wide table with few rows may have; decoded, it takes about thirty times as much.
const SMALL_METADATA_BYTES: u64 = 4 << 20;
/// More row groups than the decoder can number.
const ROW_GROUPS: u64 = 32_767;
/// Elements of the schema for each column that is allowed: a list takes three.
const ELEMENTS_PER_COLUMN: u64 = 16;
/// The field of the outermost structure that lists the schema, parents before their children.
const SCHEMA_FIELD: i64 = 2;
/// The field of the outermost structure that lists the row groups.
const ROW_GROUPS_FIELD: i64 = 4;
/// The field of a schema element that names it.
const NAME_FIELD: i64 = 4;
/// The field of a schema element that counts its children.
const CHILDREN_FIELD: i64 = 5;

/// Reads the metadata of a file of `length` bytes and judges it.
pub(crate) fn read<S: Read + Seek>(
    source: &mut S,
    length: u64,
    limits: &Limits,
) -> Result<Vec<u8>, TableProblem> {
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
    let allowed = (length / METADATA_SHARE)
        .max(SMALL_METADATA_BYTES)
        .min(limits.parquet_metadata_bytes);
    if size > allowed {
        return Err(Place::Footer.too_large("the metadata", allowed));
    }
    let start = (length - TAIL_BYTES).checked_sub(size).ok_or_else(|| {
        Place::Footer.damaged(Format::Parquet, "its metadata is larger than the file")
    })?;
    source.seek(SeekFrom::Start(start))?;
    let mut metadata = Vec::new();
    source.take(size).read_to_end(&mut metadata)?;
    match walk(&metadata, limits) {
        Some(()) => Ok(metadata),
        None => Err(Place::Footer.damaged(Format::Parquet, "its metadata contradicts itself")),
    }
}

/// Walks the outermost structure.
fn walk(metadata: &[u8], limits: &Limits) -> Option<()> {
    Walk::new(metadata).each_field(|walk, field| match (field.number, field.kind) {
        (SCHEMA_FIELD, kind::LIST) => schema(walk, limits),
        (ROW_GROUPS_FIELD, kind::LIST) => {
            let (kind, count) = walk.list_head()?;
            if count > ROW_GROUPS {
                return None;
            }
            walk.pass_entries(kind, count, 1)
        }
        // The decoder would read a list here, whatever the field calls itself.
        (SCHEMA_FIELD | ROW_GROUPS_FIELD, _) => None,
        (_, kind) => walk.pass_field(kind, 0),
    })
}

/// An element of the schema whose children follow.
struct Parent {
    children_left: i64,
    path_bytes: u64,
}

/// The schema: a tree written as a list. The decoder descends into it by recursion and writes the
/// whole path of every column, so depth and paths are bounded.
fn schema(walk: &mut Walk, limits: &Limits) -> Option<()> {
    let (kind, count) = walk.list_head()?;
    if kind != kind::STRUCTURE || count > ELEMENTS_PER_COLUMN * limits.columns as u64 {
        return None;
    }
    let mut open: Vec<Parent> = Vec::new();
    let mut paths = 0;
    for _ in 0..count {
        let (children, name_bytes) = element(walk)?;
        while open.pop_if(|parent| parent.children_left <= 0).is_some() {}
        let mut path_bytes = name_bytes;
        if let Some(parent) = open.last_mut() {
            parent.children_left -= 1;
            path_bytes += parent.path_bytes;
        }
        paths += path_bytes;
        if name_bytes > limits.header_bytes as u64 || paths > limits.parquet_metadata_bytes {
            return None;
        }
        if children > 0 {
            open.push(Parent {
                children_left: children,
                path_bytes,
            });
        }
        if open.len() > DEPTH {
            return None;
        }
    }
    Some(())
}

/// One element of the schema: how many children it has, and the bytes of its name.
fn element(walk: &mut Walk) -> Option<(i64, u64)> {
    let (mut children, mut name_bytes) = (0, 0);
    walk.each_field(|walk, field| {
        match (field.number, field.kind) {
            (NAME_FIELD, kind::BINARY) => {
                name_bytes = walk.varint()?;
                walk.skip(name_bytes)?;
            }
            (CHILDREN_FIELD, kind::INTEGER) => children = walk.zigzag()?,
            (NAME_FIELD | CHILDREN_FIELD, _) => return None,
            (_, kind) => walk.pass_field(kind, 1)?,
        }
        Some(())
    })?;
    Some((children, name_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Field 2, a list of elements that each have a name of one letter and one child.
    fn nested(count: u8) -> Vec<u8> {
        let mut bytes = vec![0x29, 0xFC, count];
        bytes.extend([0x48, 1, b'a', 0x15, 2, 0].repeat(usize::from(count)));
        bytes.push(0);
        bytes
    }

    #[test]
    fn a_schema_nested_without_end_is_refused() {
        let limits = Limits::default();
        assert_eq!(walk(&nested(20), &limits), Some(()));
        assert_eq!(walk(&nested(100), &limits), None);
    }

    #[test]
    fn a_schema_whose_paths_take_too_much_is_refused() {
        let limits = Limits {
            parquet_metadata_bytes: 200,
            ..Limits::default()
        };
        assert_eq!(walk(&nested(15), &limits), Some(()));
        assert_eq!(walk(&nested(20), &limits), None);
    }

    #[test]
    fn row_groups_that_call_themselves_something_else_are_refused() {
        assert_eq!(walk(&[0x49, 0x1C, 0, 0], &Limits::default()), Some(()));
        assert_eq!(walk(&[0x48, 2, 0x1C, 0, 0], &Limits::default()), None);
    }
}
