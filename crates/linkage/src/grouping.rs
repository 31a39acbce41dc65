//! Rows brought together by a hash: a radix sort, because hashes are spread evenly.

/// A row under one of its keys.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub key: u64,
    pub row: u32,
}

const BITS: u32 = 11;
const BUCKETS: usize = 1 << BITS;
/// So few hashes are compared with each other in less time than there are buckets to look at.
const FEW: usize = 512;

/// Entries being gathered and sorted; its memory serves again for the next.
#[derive(Default)]
pub(crate) struct Entries {
    entries: Vec<Entry>,
    scratch: Vec<Entry>,
}

impl Entries {
    /// Takes these entries instead of those before, sorted by key; rows under one key stay in the order in which they
    /// came.
    pub fn fill(&mut self, fill: impl FnOnce(&mut Vec<Entry>)) -> &mut Vec<Entry> {
        self.entries.clear();
        fill(&mut self.entries);
        self.sort();
        &mut self.entries
    }

    fn sort(&mut self) {
        let Self { entries, scratch } = self;
        if entries.len() < 4 * BUCKETS {
            entries.sort_by_key(|entry| entry.key);
            return;
        }
        // The upper 33 bits leave next to nothing unsorted among millions.
        scratch.resize(entries.len(), Entry::default());
        for shift in [64 - 3 * BITS, 64 - 2 * BITS, 64 - BITS] {
            pass(entries, scratch, |entry| (entry.key >> shift) as usize);
            std::mem::swap(entries, scratch);
        }
        finish(entries);
    }
}

/// Places of values under the heads of their hashes, half the size of an entry.
#[derive(Default)]
pub(crate) struct Heads {
    packed: Vec<u64>,
    scratch: Vec<u64>,
}

impl Heads {
    /// Calls back with the places, in order, of each hash but zero that occurs more than once.
    pub fn each_repeated(&mut self, hashes: &[u64], mut callback: impl FnMut(&[u32])) {
        let Self { packed, scratch } = self;
        packed.clear();
        let present = hashes.iter().zip(0_u64..).filter(|(hash, _)| **hash != 0);
        packed.extend(present.map(|(hash, place)| hash >> 32 << 32 | place));
        if packed.len() < FEW {
            // A pass looks at all its buckets: for one record that would be most of the work.
            packed.sort_unstable();
        } else {
            scratch.resize(packed.len(), 0);
            for shift in [32, 32 + BITS, 32 + 2 * BITS] {
                pass(packed, scratch, |packed| (packed >> shift) as usize);
                std::mem::swap(packed, scratch);
            }
        }
        let mut places = Vec::new();
        let alike = packed.chunk_by(|left, right| left >> 32 == right >> 32);
        for alike in alike.filter(|alike| alike.len() > 1) {
            places.clear();
            places.extend(alike.iter().map(|packed| *packed as u32));
            let hash = |place: &u32| hashes[*place as usize];
            if places.iter().any(|place| hash(place) != hash(&places[0])) {
                // Heads agree now and then by accident.
                places.sort_by_key(hash);
            }
            let groups = places.chunk_by(|left, right| hash(left) == hash(right));
            groups
                .filter(|group| group.len() > 1)
                .for_each(&mut callback);
        }
    }
}

/// Sorts by the lowest bits of what is told of each; the order of what is alike stays.
fn pass<T: Copy>(from: &[T], to: &mut [T], told: impl Fn(&T) -> usize) {
    let bucket = |entry: &T| told(entry) & (BUCKETS - 1);
    let mut ends = [0_u32; BUCKETS];
    for entry in from {
        ends[bucket(entry)] += 1;
    }
    let mut start = 0;
    for end in &mut ends {
        start += std::mem::replace(end, start);
    }
    for entry in from {
        let place = &mut ends[bucket(entry)];
        to[*place as usize] = *entry;
        *place += 1;
    }
}

/// Keys that agree in the upper bits only.
fn finish(entries: &mut [Entry]) {
    let upper = |entry: &Entry| entry.key >> (64 - 3 * BITS);
    for run in entries.chunk_by_mut(|left, right| upper(left) == upper(right)) {
        if run.len() > 1 && !run.is_sorted_by_key(|entry| entry.key) {
            run.sort_by_key(|entry| entry.key);
        }
    }
}

/// The rows of each key, of sorted entries.
pub(crate) fn groups(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|left, right| left.key == right.key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entries, Entry, Heads};
    use crate::hash;

    proptest! {
        #[test]
        fn places_of_repeated_hashes_are_found_by_the_whole_hash(seed in any::<u64>(), count in prop_oneof![1_u64..600, 3_000_u64..3_001], distinct in 1_u64..9_000, alike in any::<bool>()) {
            // Hashes that differ in their lower halves only are what heads cannot tell apart.
            let hash = |place: u64| match hash::both(seed, place % distinct) {
                hash if hash % 16 == 0 => 0,
                hash if alike => hash & 0xffff_ffff | 7 << 32,
                hash => hash,
            };
            let hashes: Vec<u64> = (0..count).map(hash).collect();
            let mut expected = std::collections::BTreeMap::<u64, Vec<u32>>::new();
            for (hash, place) in hashes.iter().zip(0..).filter(|(hash, _)| **hash != 0) {
                expected.entry(*hash).or_default().push(place);
            }
            let expected: Vec<Vec<u32>> = expected.into_values().filter(|places| places.len() > 1).collect();
            let mut found = Vec::new();
            Heads::default().each_repeated(&hashes, |places| found.push(places.to_vec()));
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn many_entries_are_sorted_as_few_are(seed in any::<u64>(), distinct in 1_u64..20_000, upper in any::<bool>()) {
            // Keys that agree in their upper bits are what the passes leave to be finished.
            let key = |row: u32| if upper { u64::MAX << 34 | hash::both(seed, u64::from(row) % distinct) >> 30 } else { hash::both(seed, u64::from(row) % distinct) };
            let mut entries: Vec<Entry> = (0..20_000).map(|row| Entry { key: key(row), row }).collect();
            let mut expected = entries.clone();
            expected.sort_by_key(|entry| entry.key);
            let mut sorted = Entries::default();
            prop_assert_eq!(sorted.fill(|buffer| buffer.append(&mut entries)), &expected);
        }
    }
}
