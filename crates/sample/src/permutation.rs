//! A keyed bijection of 0..n, so that the records of one party lie scattered over the book
//! without anybody holding the book in memory.

use crate::random::{Random, Stream, mix};

const ROUNDS: usize = 4;

/// A four-round Feistel network over the next power of four, walked until it lands inside 0..n.
#[derive(Debug, Clone)]
pub(crate) struct Permutation {
    length: u64,
    half_bits: u32,
    keys: [u64; ROUNDS],
}

impl Permutation {
    pub(crate) fn new(seed: u64, length: u64) -> Self {
        let bits = 64 - length.saturating_sub(1).leading_zeros();
        let mut random = Random::new(seed, Stream::Permutation, length);
        Self {
            length,
            half_bits: bits.div_ceil(2).max(1),
            keys: std::array::from_fn(|_| random.next()),
        }
    }

    /// Where `position` goes; both are below the length.
    pub(crate) fn forward(&self, position: u64) -> u64 {
        self.walk(position, Self::rounds)
    }

    /// The position that goes to `target`.
    pub(crate) fn backward(&self, target: u64) -> u64 {
        self.walk(target, Self::rounds_back)
    }

    fn walk(&self, start: u64, step: impl Fn(&Self, u64) -> u64) -> u64 {
        // A position outside would walk for ever; callers pass positions of the book only.
        debug_assert!(start < self.length);
        let mut value = step(self, start);
        while value >= self.length {
            value = step(self, value);
        }
        value
    }

    fn rounds(&self, value: u64) -> u64 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits, value & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        left << self.half_bits | right
    }

    fn rounds_back(&self, value: u64) -> u64 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (value >> self.half_bits, value & mask);
        for key in self.keys.iter().rev() {
            (left, right) = (right ^ (mix(left ^ key) & mask), left);
        }
        left << self.half_bits | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_is_reached_exactly_once(seed: u64, length in 1_u64..2_000) {
            let permutation = Permutation::new(seed, length);
            let mut reached: Vec<u64> = (0..length).map(|n| permutation.forward(n)).collect();
            prop_assert!(reached.iter().zip(0..).all(|(target, n)| permutation.backward(*target) == n));
            reached.sort_unstable();
            prop_assert!(reached.into_iter().eq(0..length));
        }

        #[test]
        fn it_also_holds_for_books_nobody_could_list(seed: u64, length in 1_u64..=1 << 50, at: prop::sample::Index) {
            let permutation = Permutation::new(seed, length);
            let position = at.index(usize::try_from(length).unwrap()) as u64;
            let target = permutation.forward(position);
            prop_assert!(target < length);
            prop_assert_eq!(permutation.backward(target), position);
        }
    }

    #[test]
    fn neighbours_are_scattered() {
        let permutation = Permutation::new(5, 1_000_000);
        let near = (0..10_000)
            .filter(|&n| permutation.forward(n).abs_diff(permutation.forward(n + 1)) < 1_000);
        assert!(near.count() < 60);
    }
}
