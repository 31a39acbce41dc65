//! A filter (布隆过滤器): knows of most absent keys that they are absent, in ten bits a key.

use crate::index::block::BLOCK_BYTES;

/// Bits of a filter for each entry: one in a hundred and twenty absent keys passes.
const FILTER_BITS: usize = 10;
const FILTER_PROBES: u64 = 5;

/// A filter of digests.
#[derive(Debug, Default)]
pub(super) struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// Room for so many keys; more make it let more pass.
    pub(super) fn with_room(keys: usize) -> Self {
        let words = (keys * FILTER_BITS).div_ceil(64).max(1);
        Self {
            bits: vec![0; words],
        }
    }

    /// For how many keys there is room.
    pub(super) fn room(&self) -> usize {
        self.bits.len() * 64 / FILTER_BITS
    }

    /// Adds a key, where there is room for any.
    pub(super) fn add(&mut self, key: &[u8]) {
        if self.bits.is_empty() {
            return;
        }
        for (word, bit) in self.places(key) {
            self.bits[word] |= bit;
        }
    }

    /// Whether the key may be there; one without room says so of every key.
    pub(super) fn may_hold(&self, key: &[u8]) -> bool {
        self.bits.is_empty()
            || self
                .places(key)
                .all(|(word, bit)| self.bits[word] & bit != 0)
    }

    /// The filter as it is stored, in pieces of a block each.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Vec<u8>> {
        let words = self.bits.chunks(BLOCK_BYTES / 8);
        words.map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
    }

    /// Goes on with the next piece of a filter that was stored.
    pub(super) fn append(&mut self, piece: &[u8]) {
        let words = piece.as_chunks::<8>().0.iter();
        self.bits
            .extend(words.map(|word| u64::from_le_bytes(*word)));
    }

    /// Keys are digests, so their own bytes are the hash.
    fn places(&self, key: &[u8]) -> impl Iterator<Item = (usize, u64)> + use<> {
        let part = |from: usize| {
            let mut bytes = [0; 8];
            let slice = key.get(from..from + 8).unwrap_or_default();
            bytes[..slice.len()].copy_from_slice(slice);
            u64::from_le_bytes(bytes)
        };
        let (first, second) = (part(0), part(8) | 1);
        let size = self.bits.len() as u64 * 64;
        (0..FILTER_PROBES).map(move |probe| {
            let place = first.wrapping_add(probe.wrapping_mul(second)) % size;
            (
                usize::try_from(place / 64).unwrap_or_default(),
                1 << (place % 64),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_was_stored_says_the_same() {
        let keys: Vec<[u8; 16]> = (0..20_000_u128)
            .map(|number| {
                (number.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)).to_be_bytes()
            })
            .collect();
        let mut filter = Filter::with_room(10_000);
        keys.iter().step_by(2).for_each(|key| filter.add(key));
        let mut stored = Filter::default();
        filter.pieces().for_each(|piece| stored.append(&piece));
        assert!(filter.pieces().count() > 1);
        for key in &keys {
            assert_eq!(filter.may_hold(key), stored.may_hold(key));
        }
        let passed = keys.iter().filter(|key| stored.may_hold(*key)).count();
        assert!((10_000..10_200).contains(&passed), "{passed}");
    }
}
