//! Ways of writing a text wrongly or otherwise. Each answers whether it changed anything.

mod name;

pub(crate) use name::{blank_inside, homophone, look_alike, traditional};

use crate::random::Random;

/// Exchanges, replaces, drops or doubles one character of a number.
pub(crate) fn mistype(text: &mut String, random: &mut Random) -> bool {
    // Numbers are ASCII; a byte is a character.
    if text.len() < 3 || !text.is_ascii() {
        return false;
    }
    let before = text.clone();
    let at = random.below(text.len() - 1);
    match random.below(10) {
        0..=3 => {
            let moved = text.remove(at);
            text.insert(at + 1, moved);
        }
        4..=7 => {
            text.remove(at);
            text.insert(at, char::from(random.digit()));
        }
        8 => {
            text.remove(at);
        }
        _ => {
            let doubled = text.remove(at);
            text.insert(at, doubled);
            text.insert(at, doubled);
        }
    }
    *text != before
}

/// Drops one character other than the last.
pub(crate) fn drop_character(text: &mut String, random: &mut Random) -> bool {
    let count = text.chars().count();
    let at = random.below(count.saturating_sub(1));
    match text.char_indices().nth(at) {
        Some((start, _)) if count > 1 => {
            text.remove(start);
            true
        }
        _ => false,
    }
}

/// Makes digits and hyphens full width.
pub(crate) fn widen_digits(text: &mut String) -> bool {
    let widened: String = text
        .chars()
        .map(|character| match character {
            '0'..='9' | '-' => char::from_u32(u32::from(character) + 0xFEE0).unwrap_or(character),
            other => other,
        })
        .collect();
    let changed = widened != *text;
    *text = widened;
    changed
}

/// Groups a mobile number as 138 0013 8000.
pub(crate) fn group_mobile(text: &mut String) -> bool {
    let plain = text.len() == 11 && text.is_ascii();
    if plain {
        text.insert(7, ' ');
        text.insert(3, ' ');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use proptest::prelude::*;

    #[test]
    fn mobiles_are_grouped_and_digits_widened() {
        let mut mobile = "13800138000".to_owned();
        assert!(group_mobile(&mut mobile));
        assert_eq!(mobile, "138 0013 8000");
        assert!(!group_mobile(&mut mobile));
        let mut address = "3-2号".to_owned();
        assert!(widen_digits(&mut address));
        assert_eq!(address, "３－２号");
        assert!(!widen_digits(&mut address));
    }

    proptest! {
        #[test]
        fn a_mistyped_number_says_whether_it_changed(number in "[0-9]{0,18}", seed: u64) {
            let mut text = number.clone();
            let changed = mistype(&mut text, &mut Random::new(seed, Stream::Record, 0));
            prop_assert_eq!(changed, text != number);
            prop_assert!(text.len().abs_diff(number.len()) <= 1);
        }

        #[test]
        fn dropping_a_character_drops_exactly_one(original in "\\PC{0,8}", seed: u64) {
            let mut text = original.clone();
            let dropped = drop_character(&mut text, &mut Random::new(seed, Stream::Record, 0));
            let left = original.chars().count() - usize::from(dropped);
            prop_assert_eq!(text.chars().count(), left);
        }
    }
}
