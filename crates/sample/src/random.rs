//! Repeatable randomness: `SplitMix64`, started afresh for every thing that is derived.
//!
//! Whatever a party or a record is made of follows from the seed, a stream and its number, so
//! any record can be made without making those before it.

/// Which kind of thing a number belongs to, so that party 7 and record 7 share nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Layout = 1,
    Permutation,
    Kind,
    Household,
    Person,
    Address,
    Organisation,
    Source,
    Arrival,
    Slips,
    Record,
}

#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer of `SplitMix64`: a bijection that spreads every bit over all others.
pub(crate) fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Random {
    pub(crate) fn new(seed: u64, stream: Stream, number: u64) -> Self {
        let stream = (stream as u64).wrapping_mul(GOLDEN);
        Self(mix(
            mix(mix(seed).wrapping_add(stream)) ^ number.wrapping_mul(GOLDEN)
        ))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number from 0 to `limit` - 1; 0 if there is none.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        // Multiplying 32 random bits by the limit is even enough for tables of this size.
        let product = (self.next() >> 32) * (limit as u64);
        usize::try_from(product >> 32).unwrap_or(0)
    }

    /// A number from `first` to `last`.
    pub(crate) fn between(&mut self, first: i32, last: i32) -> i32 {
        let span = usize::try_from(last - first).unwrap_or(0) + 1;
        first + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in so many of 10,000 cases.
    pub(crate) fn chance(&mut self, of_ten_thousand: u16) -> bool {
        self.below(10_000) < usize::from(of_ten_thousand)
    }

    /// A decimal digit as an ASCII character.
    pub(crate) fn digit(&mut self) -> u8 {
        self.pick(b"0123456789")
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Picks the front of the list more often than its back, as names and places are chosen.
    pub(crate) fn skewed(&mut self, limit: usize) -> usize {
        let (first, second) = (self.below(limit), self.below(limit));
        first.min(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_and_numbers_start_apart() {
        let first = |seed, stream, number| Random::new(seed, stream, number).next();
        let one = first(1, Stream::Person, 7);
        assert_eq!(one, first(1, Stream::Person, 7));
        assert_ne!(one, first(2, Stream::Person, 7));
        assert_ne!(one, first(1, Stream::Record, 7));
        assert_ne!(one, first(1, Stream::Person, 8));
    }

    #[test]
    fn numbers_fill_their_range_evenly() {
        let mut random = Random::new(1, Stream::Record, 0);
        let mut counts = [0_u32; 10];
        for _ in 0..100_000 {
            counts[random.below(10)] += 1;
        }
        assert!(
            counts.iter().all(|count| (9_500..10_500).contains(count)),
            "{counts:?}"
        );
        assert_eq!(random.below(0), 0);
        assert!((0..1_000).all(|_| (-3..=3).contains(&random.between(-3, 3))));
    }
}
