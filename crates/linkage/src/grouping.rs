//! Rows brought together by a hash: a radix sort, because hashes are spread evenly.

/// A row under one of its keys.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub key: u64,
    pub row: u32,
}

const BITS: u32 = 11;
const BUCKETS: usize = 1 << BITS;

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
            pass(entries, scratch, shift);
            std::mem::swap(entries, scratch);
        }
        finish(entries);
    }
}

fn pass(from: &[Entry], to: &mut [Entry], shift: u32) {
    let bucket = |entry: &Entry| (entry.key >> shift) as usize & (BUCKETS - 1);
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

    use super::{Entries, Entry};
    use crate::hash;

    proptest! {
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
