//! Entries of a chunk, gathered and sorted before they are written.

use domain::register::IndexKind;

use crate::index::block::KEY_BYTES;

/// Under this key, that thing can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry<'a> {
    /// A blind digest, or the bytes of a readable key.
    pub key: &'a [u8],
    /// A series; for [`IndexKind::CustomerName`] a customer.
    pub reference: i64,
}

/// Entries of any kinds. Keys lie in one buffer; what is sorted is small.
#[derive(Debug, Default)]
pub struct Entries {
    bytes: Vec<u8>,
    items: Vec<Item>,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    kind: IndexKind,
    length: u16,
    offset: u32,
    /// The first bytes of the key, which decide nearly every comparison.
    prefix: u64,
    reference: i64,
}

impl Entries {
    /// Adds an entry.
    pub fn push(&mut self, kind: IndexKind, key: &[u8], reference: i64) {
        let key = stored(key);
        let mut prefix = [0; 8];
        let known = key.len().min(8);
        prefix[..known].copy_from_slice(&key[..known]);
        self.items.push(Item {
            kind,
            length: u16::try_from(key.len()).unwrap_or(u16::MAX),
            offset: u32::try_from(self.bytes.len()).unwrap_or(u32::MAX),
            prefix: u64::from_be_bytes(prefix),
            reference,
        });
        self.bytes.extend_from_slice(key);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Puts real references in the place of those given so far.
    pub fn refer(&mut self, mut reference: impl FnMut(i64) -> i64) {
        for item in &mut self.items {
            item.reference = reference(item.reference);
        }
    }

    /// Takes over another's entries.
    pub fn append(&mut self, other: &Self) {
        let shift = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(&other.bytes);
        self.items.extend(other.items.iter().map(|item| Item {
            offset: item.offset.saturating_add(shift),
            ..*item
        }));
    }

    /// Drops entries whose reference is refused.
    pub fn retain(&mut self, mut keep: impl FnMut(i64) -> bool) {
        self.items.retain(|item| keep(item.reference));
    }

    /// Sorts by kind, key and reference, and drops what stands twice.
    pub fn sort(&mut self) {
        let bytes = &self.bytes;
        let key = |item: &Item| key_of(bytes, item);
        self.items.sort_unstable_by(|left, right| {
            (left.kind, left.prefix)
                .cmp(&(right.kind, right.prefix))
                .then_with(|| key(left).cmp(key(right)))
                .then_with(|| left.reference.cmp(&right.reference))
        });
        self.items.dedup_by(|left, right| {
            left.kind == right.kind && left.reference == right.reference && key(left) == key(right)
        });
    }

    /// Every entry with its kind, in the order that they have.
    pub fn iter(&self) -> impl Iterator<Item = (IndexKind, Entry<'_>)> {
        self.items.iter().map(|item| {
            (
                item.kind,
                Entry {
                    key: key_of(&self.bytes, item),
                    reference: item.reference,
                },
            )
        })
    }
}

/// A key as it stands in the index: cut where it is long.
pub fn stored(key: &[u8]) -> &[u8] {
    &key[..key.len().min(KEY_BYTES)]
}

fn key_of<'a>(bytes: &'a [u8], item: &Item) -> &'a [u8] {
    let start = usize::try_from(item.offset).unwrap_or(usize::MAX);
    bytes
        .get(start..start + usize::from(item.length))
        .unwrap_or_default()
}
