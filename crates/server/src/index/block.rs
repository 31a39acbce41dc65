//! A block: entries in ascending order, each key without what it shares with the one before.

use crate::index::Entry;

/// With its key a block fills what an `SQLite` page of 8 KiB stores without waste.
pub(super) const BLOCK_BYTES: usize = 8_900;
/// Longer keys are cut: who finds more than was asked for looks at the thing itself.
pub(super) const KEY_BYTES: usize = 200;

/// Writes entries, which must come in ascending order, into blocks.
#[derive(Debug, Default)]
pub(super) struct BlockWriter {
    bytes: Vec<u8>,
    first: Vec<u8>,
    last: Vec<u8>,
}

/// A finished block and the key that it begins with.
pub(super) type Block = (Vec<u8>, Vec<u8>);

impl BlockWriter {
    /// Adds an entry; gives a block back when one is full.
    pub(super) fn push(&mut self, entry: Entry<'_>) -> Option<Block> {
        let full = (self.bytes.len() + entry.key.len() + 12 > BLOCK_BYTES)
            .then(|| self.finish())
            .flatten();
        if self.bytes.is_empty() {
            self.first = position(entry.key, entry.reference);
            self.last.clear();
        }
        let shared = self
            .last
            .iter()
            .zip(entry.key)
            .take_while(|(a, b)| a == b)
            .count();
        // Keys have at most 200 bytes, so both lengths fit a byte.
        self.bytes.push(u8::try_from(shared).unwrap_or(u8::MAX));
        self.bytes
            .push(u8::try_from(entry.key.len() - shared).unwrap_or(u8::MAX));
        self.bytes.extend_from_slice(&entry.key[shared..]);
        write_reference(&mut self.bytes, entry.reference);
        self.last.truncate(shared);
        self.last.extend_from_slice(&entry.key[shared..]);
        full
    }

    /// Gives back what was begun.
    pub(super) fn finish(&mut self) -> Option<Block> {
        if self.bytes.is_empty() {
            return None;
        }
        Some((
            std::mem::take(&mut self.first),
            std::mem::take(&mut self.bytes),
        ))
    }
}

/// Reads the entries of a block one by one.
#[derive(Debug, Default)]
pub(super) struct BlockReader {
    at: usize,
    key: Vec<u8>,
}

impl BlockReader {
    /// The next entry; none at the end, or where the block is damaged.
    pub(super) fn next<'a>(&'a mut self, block: &[u8]) -> Option<Entry<'a>> {
        let shared = usize::from(*block.get(self.at)?);
        let rest = usize::from(*block.get(self.at + 1)?);
        let start = self.at + 2;
        let bytes = block.get(start..start + rest)?;
        if shared > self.key.len() {
            return None;
        }
        self.key.truncate(shared);
        self.key.extend_from_slice(bytes);
        self.at = start + rest;
        let reference = read_reference(block, &mut self.at)?;
        Some(Entry {
            key: &self.key,
            reference,
        })
    }
}

/// Where an entry stands in the order of all entries: its key, then its reference.
pub(super) fn position(key: &[u8], reference: i64) -> Vec<u8> {
    let mut position = Vec::with_capacity(key.len() + 8);
    position.extend_from_slice(key);
    position.extend_from_slice(&reference.to_be_bytes());
    position
}

fn write_reference(bytes: &mut Vec<u8>, reference: i64) {
    let mut rest = reference.cast_unsigned();
    while rest >= 0x80 {
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push((rest & 0x7f) as u8);
}

fn read_reference(block: &[u8], at: &mut usize) -> Option<i64> {
    let mut number = 0_u64;
    for shift in (0..70).step_by(7) {
        let byte = *block.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number.cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn write(entries: &[(Vec<u8>, i64)]) -> Vec<Block> {
        let mut writer = BlockWriter::default();
        let mut blocks: Vec<Block> = entries
            .iter()
            .filter_map(|(key, reference)| {
                writer.push(Entry {
                    key,
                    reference: *reference,
                })
            })
            .collect();
        blocks.extend(writer.finish());
        blocks
    }

    fn read(blocks: &[Block]) -> Vec<(Vec<u8>, i64)> {
        let mut entries = Vec::new();
        for (_, block) in blocks {
            let mut reader = BlockReader::default();
            while let Some(entry) = reader.next(block) {
                entries.push((entry.key.to_vec(), entry.reference));
            }
        }
        entries
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(entries in prop::collection::btree_set((prop::collection::vec(any::<u8>(), 1..40), 0..i64::MAX), 0..400)) {
            let entries: Vec<(Vec<u8>, i64)> = entries.into_iter().collect();
            let blocks = write(&entries);
            prop_assert!(blocks.iter().all(|(_, block)| block.len() <= BLOCK_BYTES));
            prop_assert_eq!(read(&blocks), entries);
        }

        #[test]
        fn damaged_blocks_end_early_and_do_not_panic(block in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut reader = BlockReader::default();
            let mut entries = 0;
            while reader.next(&block).is_some() {
                entries += 1;
            }
            prop_assert!(entries <= block.len());
        }
    }
}
