//! How frequent values were where a model was learnt, so that a value says as much wherever it is met again.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::hash;
use crate::level::rarity;

/// Evidence of a word is kept in quarters of a bit, and no word is rarer than this.
const QUARTERS: f32 = 4.0;
const RAREST_WORD: f32 = 16.0;

/// The values of a column that are not among its rarest, by hash: a model names nobody.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FrequencyModel {
    /// The rarity of every value that is not listed, see [`Level`](crate::Level).
    pub rarest: u8,
    /// The values of each rarity from 0 on, eight hexadecimal digits each.
    pub values: Vec<String>,
    /// Quarters of a bit that every word says that is not listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rarest_word: u8,
    /// The words that say so many quarters of a bit, eight hexadecimal digits each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde calls")]
fn is_zero(quarters: &u8) -> bool {
    *quarters == 0
}

/// The same, ready to be asked.
#[derive(Default, Debug)]
pub(crate) struct Frequencies {
    rarest: u8,
    values: HashMap<u32, u8>,
    rarest_word: u8,
    words: HashMap<u32, u8>,
}

impl FrequencyModel {
    /// Of values with these counts, each by the head of its hash.
    pub(crate) fn of(heads: &[u32], counts: &[u32], rarities: &[u8]) -> Self {
        let present: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let rarest = rarity_of(1.0, present as f32);
        let mut listed: Vec<Vec<u32>> = vec![Vec::new(); usize::from(rarest)];
        // Value 0 is the missing one.
        for (head, rarity) in heads.iter().zip(rarities).skip(1) {
            if let Some(listed) = listed.get_mut(usize::from(*rarity)) {
                listed.push(*head);
            }
        }
        Self {
            rarest,
            values: listed.into_iter().map(written).collect(),
            ..Self::default()
        }
    }

    /// Adds how much the words of a column say: the hash of each and its quarters of a bit.
    pub(crate) fn add_words(&mut self, texts: usize, words: impl Iterator<Item = (u64, u8)>) {
        self.rarest_word = quarters(1, texts);
        let mut listed: BTreeMap<u8, Vec<u32>> = BTreeMap::new();
        for (hash, quarters) in words.filter(|(_, quarters)| *quarters < self.rarest_word) {
            listed.entry(quarters).or_default().push(head(hash));
        }
        let words = listed.into_iter();
        self.words = words
            .map(|(quarters, heads)| (quarters.to_string(), written(heads)))
            .collect();
    }

    /// Ready to be asked; `None` where something is no number.
    pub(crate) fn ready(&self) -> Option<Frequencies> {
        let mut ready = Frequencies {
            rarest: self.rarest.min(7),
            rarest_word: self.rarest_word,
            ..Frequencies::default()
        };
        for (rarity, heads) in (0..).zip(&self.values) {
            read(heads, rarity, &mut ready.values)?;
        }
        for (quarters, heads) in &self.words {
            read(heads, quarters.parse().ok()?, &mut ready.words)?;
        }
        Some(ready)
    }
}

impl Frequencies {
    /// How rare a value is whose hash has this head.
    pub fn rarity(&self, head: u32) -> u8 {
        let known = self.values.get(&head);
        known.copied().unwrap_or(self.rarest)
    }

    /// How many bits a word says.
    pub fn word_bits(&self, hash: u64) -> f32 {
        let known = self.words.get(&head(hash));
        f32::from(known.copied().unwrap_or(self.rarest_word)) / QUARTERS
    }
}

/// The rarity of what so many of all have.
pub(crate) fn rarity_of(count: f32, all: f32) -> u8 {
    rarity(-(count / all.max(1.0)).log2())
}

/// Quarters of a bit that a word says which so many of all texts hold.
pub(crate) fn quarters(count: u32, texts: usize) -> u8 {
    let bits = -(count as f32 / texts.max(1) as f32).log2();
    (bits.clamp(0.0, RAREST_WORD) * QUARTERS).round() as u8
}

/// The bits of so many quarters.
pub(crate) fn bits(quarters: u8) -> f32 {
    f32::from(quarters) / QUARTERS
}

/// The part of a hash by which a value is listed and brought together with others.
#[inline]
pub(crate) fn head(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn written(mut heads: Vec<u32>) -> String {
    use std::fmt::Write;
    heads.sort_unstable();
    let mut text = String::with_capacity(heads.len() * 8);
    for head in heads {
        // Writing to a string cannot fail.
        let _ = write!(text, "{head:08x}");
    }
    text
}

fn read(heads: &str, says: u8, into: &mut HashMap<u32, u8>) -> Option<()> {
    let (heads, rest) = heads.as_bytes().as_chunks::<8>();
    if !rest.is_empty() {
        return None;
    }
    for head in heads {
        let head = std::str::from_utf8(head).ok()?;
        into.insert(u32::from_str_radix(head, 16).ok()?, says);
    }
    Some(())
}

/// The hash of a word as it is listed.
pub(crate) fn word_hash(bytes: &[u8]) -> u64 {
    hash::of_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::{FrequencyModel, quarters, word_hash};

    #[test]
    fn what_is_listed_is_found_again_and_the_rest_is_rare() {
        let heads = [0, 7, 0xffff_ffff, 12];
        let mut model = FrequencyModel::of(&heads, &[0, 500, 100, 1], &[0, 0, 1, 4]);
        assert_eq!(model.values[0], "00000007");
        model.add_words(600, [(word_hash(b"road"), quarters(300, 600))].into_iter());
        let ready = model.ready().unwrap();
        let rarity = |head: u32| ready.rarity(head);
        assert_eq!(
            (rarity(7), rarity(0xffff_ffff), rarity(12), rarity(99)),
            (0, 1, 4, 4)
        );
        assert!((ready.word_bits(word_hash(b"road")) - 1.0).abs() < f32::EPSILON);
        assert!((ready.word_bits(1) - 9.25).abs() < f32::EPSILON);
        model.values[0].pop();
        assert!(model.ready().is_none());
    }
}
