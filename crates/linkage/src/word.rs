//! Words of at most sixteen bytes in one register, and how many slips lie between two.

/// A word packed into sixteen bytes; of a longer one the beginning is kept.
#[derive(Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub(crate) struct Word(pub(crate) [u8; 16]);

impl Word {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut packed = [0; 16];
        let kept = bytes.len().min(16);
        packed[..kept].copy_from_slice(&bytes[..kept]);
        Self(packed)
    }

    pub(crate) fn len(self) -> usize {
        16 - (u128::from_le_bytes(self.0).leading_zeros() / 8) as usize
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0[..self.len()]
    }

    /// Bit `i` is set where byte `i` is this one.
    #[inline]
    fn places_of(self, byte: u8) -> u32 {
        let mut mask = 0;
        for (place, own) in self.0.iter().enumerate() {
            mask |= u32::from(*own == byte) << place;
        }
        mask
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make one of the other
    /// (optimal string alignment; Hyyrö 2003, bit by bit).
    #[inline]
    pub(crate) fn distance(self, other: Self) -> u32 {
        if self == other {
            return 0;
        }
        let (length, theirs) = (self.len(), other.len());
        if length == 0 || theirs == 0 {
            return (length + theirs) as u32;
        }
        let last = 1_u32 << (length - 1);
        let (mut positive, mut negative) = (u32::MAX, 0_u32);
        let (mut diagonal, mut before) = (0_u32, 0_u32);
        let mut distance = length as u32;
        for byte in &other.0[..theirs] {
            let matches = self.places_of(*byte);
            let swapped = ((!diagonal & matches) << 1) & before;
            diagonal = (((matches & positive).wrapping_add(positive)) ^ positive)
                | matches
                | negative
                | swapped;
            before = matches;
            let horizontal = negative | !(diagonal | positive);
            let lower = diagonal & positive;
            distance += u32::from(horizontal & last != 0);
            distance -= u32::from(lower & last != 0);
            let shifted = (horizontal << 1) | 1;
            negative = diagonal & shifted;
            positive = (lower << 1) | !(diagonal | shifted);
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::Word;

    fn distance(left: &str, right: &str) -> u32 {
        let (left, right) = (Word::new(left.as_bytes()), Word::new(right.as_bytes()));
        assert_eq!(left.distance(right), right.distance(left));
        left.distance(right)
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("smith", "smiht"), 1);
        assert_eq!(distance("smith", "smth"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("abcdefghijklmnop", "bacdefghijklmnpo"), 2);
    }
}
