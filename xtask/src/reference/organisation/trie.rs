//! A tree of characters that is read where it lies: one step for each character, no parsing, no allocation.
//!
//! Four bytes that say how many nodes there are; the places of the children of the root, two bytes each, for U+0000 to U+007F and
//! U+4E00 to U+9FFF (0: none); then nodes of ten bytes in breadth-first order, so that the children of a node stand together,
//! sorted: character (3 bytes), place of the first child (3), number of children (2), place of the entry (2; 0 for none). Then the
//! entries, six bytes each, of which the first is not used.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Result, ensure};

/// What a word means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub class: u8,
    pub weight: u8,
    pub concept: u16,
    pub other: u16,
}

impl Entry {
    fn bytes(self) -> [u8; 6] {
        let (concept, other) = (self.concept.to_le_bytes(), self.other.to_le_bytes());
        [
            self.class,
            self.weight,
            concept[0],
            concept[1],
            other[0],
            other[1],
        ]
    }
}

#[derive(Default)]
struct Node {
    children: BTreeMap<char, Node>,
    entry: Option<Entry>,
}

/// The bytes of a tree that holds every word.
pub fn bytes(words: &BTreeMap<String, Entry>) -> Result<Vec<u8>> {
    let mut root = Node::default();
    for (word, entry) in words {
        let mut node = &mut root;
        for character in word.chars() {
            node = node.children.entry(character).or_default();
        }
        node.entry = Some(*entry);
    }
    let mut entries = vec![[0; 6]];
    let mut places: BTreeMap<Entry, u16> = BTreeMap::new();
    let mut nodes = Vec::new();
    let mut queue = VecDeque::from([('\0', &root)]);
    let mut next = 1_u32;
    let mut count = 0_u32;
    while let Some((character, node)) = queue.pop_front() {
        let entry = match node.entry {
            None => 0,
            Some(entry) => *places.entry(entry).or_insert_with(|| {
                entries.push(entry.bytes());
                u16::try_from(entries.len() - 1).unwrap_or(0)
            }),
        };
        nodes.extend_from_slice(&u32::from(character).to_le_bytes()[..3]);
        nodes.extend_from_slice(&next.to_le_bytes()[..3]);
        nodes.extend_from_slice(&u16::try_from(node.children.len())?.to_le_bytes());
        nodes.extend_from_slice(&entry.to_le_bytes());
        next += u32::try_from(node.children.len())?;
        count += 1;
        queue.extend(
            node.children
                .iter()
                .map(|(character, node)| (*character, node)),
        );
    }
    ensure!(next < 1 << 24 && entries.len() < 1 << 16, "tree too large");
    let mut first = vec![0_u8; 2 * (0x80 + 0x5200)];
    for (place, character) in (1_u16..).zip(root.children.keys()) {
        let row = match *character {
            '\0'..='\u{7f}' => *character as usize,
            '\u{4e00}'..='\u{9fff}' => *character as usize - 0x4e00 + 0x80,
            _ => continue,
        };
        first[2 * row..2 * row + 2].copy_from_slice(&place.to_le_bytes());
    }
    Ok([count.to_le_bytes().to_vec(), first, nodes, entries.concat()].concat())
}
