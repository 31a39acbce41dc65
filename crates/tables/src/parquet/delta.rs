//! Lengths that are packed as differences, walked to learn what they come to before the decoder
//! reserves memory for them.
//!
//! A few bytes can declare two thousand million lengths, and each text of a front-coded page can
//! repeat a megabyte of the text before it.

use super::thrift::Walk;

/// What a walk over packed lengths found.
pub(crate) struct Lengths {
    /// All of them together, each counted as at most the longest that is possible.
    pub(crate) sum: u64,
    /// Where the bytes after them begin.
    pub(crate) end: usize,
}

/// How many lengths `bytes` declare; their decoder reserves memory for so many.
pub(crate) fn count(bytes: &[u8]) -> Option<u64> {
    let mut walk = Walk::new(bytes);
    walk.varint()?;
    walk.varint()?;
    walk.varint()
}

/// Walks the lengths at the start of `bytes`, of which none can be more than `longest`.
pub(crate) fn walk(bytes: &[u8], longest: u64) -> Option<Lengths> {
    let mut rest = Walk::new(bytes);
    let block_values = rest.varint()?;
    let mini_blocks = usize::try_from(rest.varint()?).ok()?;
    let count = rest.varint()?;
    let mut value = i32::try_from(rest.zigzag()?).ok()?;
    let values_each = block_values.checked_div(mini_blocks as u64)?;
    if values_each == 0 || values_each % 32 != 0 {
        return None;
    }
    // A negative length is nonsense, but the decoder takes it for a very large one.
    let bounded = |value: i32| u64::try_from(value).map_or(longest, |value| value.min(longest));
    let mut lengths = Lengths {
        sum: if count > 0 { bounded(value) } else { 0 },
        end: 0,
    };
    let mut left = count.saturating_sub(1);
    while left > 0 {
        let least = i32::try_from(rest.zigzag()?).ok()?;
        let widths = rest.take(mini_blocks)?;
        for width in widths {
            let here = left.min(values_each);
            if here == 0 {
                break;
            }
            let width = usize::from(*width);
            let bits = usize::try_from(values_each).ok()?.checked_mul(width)?;
            let packed = rest.take(bits / 8)?;
            for index in 0..usize::try_from(here).ok()? {
                let difference = unpacked(packed, index * width, width)?;
                value = value.wrapping_add(least).wrapping_add(difference);
                lengths.sum = lengths.sum.saturating_add(bounded(value));
            }
            left -= here;
        }
    }
    lengths.end = bytes.len() - rest.left();
    Some(lengths)
}

/// The number of `width` bits that begins at bit `at`, the lowest bit first.
fn unpacked(packed: &[u8], at: usize, width: usize) -> Option<i32> {
    if width > 32 {
        return None;
    }
    let mut window = [0; 8];
    let from = packed.get(at / 8..).unwrap_or_default();
    let length = from.len().min(8);
    window[..length].copy_from_slice(&from[..length]);
    let number = (u64::from_le_bytes(window) >> (at % 8)) & ((1 << width) - 1);
    u32::try_from(number).ok().map(u32::cast_signed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the format's own documentation: 7, 5, 3, 1, 2, 3, 4, 5.
    const EXAMPLE: [u8; 18] = [
        0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0,
    ];

    /// Sum and end.
    fn walked(bytes: &[u8], longest: u64) -> Option<(u64, usize)> {
        walk(bytes, longest).map(|lengths| (lengths.sum, lengths.end))
    }

    #[test]
    fn lengths_are_summed_up() {
        assert_eq!(count(&EXAMPLE), Some(8));
        assert_eq!(walked(&EXAMPLE, 100), Some((30, 18)));
        assert_eq!(walked(&EXAMPLE, 4), Some((25, 18)));
    }

    #[test]
    fn lengths_that_end_early_are_refused() {
        assert_eq!(walked(&EXAMPLE[..17], 100), None);
    }

    #[test]
    fn a_few_bytes_may_declare_very_many_lengths() {
        // One block of so many equal lengths takes no bits at all.
        let bytes = [0x80, 1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 7, 2];
        assert_eq!(count(&bytes), Some(0x7FFF_FFFF));
    }

    #[test]
    fn a_negative_length_counts_as_the_longest() {
        assert_eq!(walked(&[0x80, 1, 4, 1, 1], 100), Some((100, 5)));
    }
}
