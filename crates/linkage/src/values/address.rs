//! Chinese addresses by their characters and numbers, without parsing: what undecided pairs need is parsed later.

use crate::hash;
use crate::level::Agreement;

/// What an address is made of.
#[derive(Clone, Copy, Default)]
pub(crate) struct Address {
    /// Pairs of neighbouring characters as bits of a filter.
    pairs: [u64; 2],
    /// Each number in turn, the last six.
    numbers: [u16; 6],
}

/// Characters that say only of what level a part is, and are left out or exchanged.
fn is_level_word(character: char) -> bool {
    matches!(
        character,
        '省' | '市' | '栋' | '幢' | '座' | '楼' | '号' | '单' | '元' | '室' | '房' | '层'
    )
}

/// One more character or number into the hash; cheaper than a whole mix, which follows once at the end.
#[inline]
fn step(hash: u64, next: u64) -> u64 {
    (hash.rotate_left(29) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Address {
    pub fn new(cell: &str) -> (u64, Self) {
        let mut address = Self::default();
        let (mut hash, mut before, mut number) = (0, '\0', None);
        let mut any = false;
        for character in cell.chars().map(super::half_width).chain(['\0']) {
            if let Some(digit) = character.to_digit(10) {
                number = Some(number.unwrap_or(0_u32).wrapping_mul(10).wrapping_add(digit));
                continue;
            }
            if let Some(value) = number.take() {
                address.numbers.rotate_left(1);
                address.numbers[5] = value as u16 | 1 << 15;
                hash = step(hash, u64::from(value) | 1 << 40);
                before = '\0';
                any = true;
            }
            if !(super::is_han(character) || character.is_alphanumeric())
                || is_level_word(character)
            {
                continue;
            }
            any = true;
            hash = step(hash, u64::from(character));
            if before != '\0' {
                let bit = step(u64::from(before), u64::from(character)) >> 57;
                address.pairs[(bit >> 6) as usize & 1] |= 1 << (bit & 63);
            }
            before = character;
        }
        (if any { hash::mix(hash).max(1) } else { 0 }, address)
    }

    /// How two addresses that are written differently agree.
    pub fn compare(&self, other: &Self) -> Agreement {
        let both = |left: u64, right: u64| (left & right).count_ones();
        let common = both(self.pairs[0], other.pairs[0]) + both(self.pairs[1], other.pairs[1]);
        let fewer = (self.pairs[0].count_ones() + self.pairs[1].count_ones())
            .min(other.pairs[0].count_ones() + other.pairs[1].count_ones())
            .max(1);
        let near = common * 10 / fewer;
        let numbers = self.numbers == other.numbers && self.numbers[5] != 0;
        let room = self.numbers[5] == other.numbers[5] && self.numbers[5] != 0;
        match (numbers, near) {
            (true, 7..) => Agreement::Slip,
            (false, 7..) if room => Agreement::Change,
            (true, _) => Agreement::Part,
            (false, 8..) => Agreement::NearPart,
            (false, 6..) => Agreement::Some,
            (false, 4..) => Agreement::Little,
            _ => Agreement::Different,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;
    use crate::level::Agreement;

    #[track_caller]
    fn agreement(left: &str, right: &str) -> Agreement {
        let ((hash, left), (other, right)) = (Address::new(left), Address::new(right));
        if hash == other {
            return Agreement::Same;
        }
        assert_eq!(left.compare(&right), right.compare(&left));
        left.compare(&right)
    }

    #[test]
    fn words_that_say_only_the_level_do_not_count() {
        assert_eq!(
            agreement(
                "河北省沧州市黄骅市银河大街98号锦绣小区34栋4单元1002室",
                "河北沧州黄骅市银河大街９８号锦绣小区34-4-1002"
            ),
            Agreement::Same
        );
    }

    #[test]
    fn addresses_agree_as_far_as_their_names_and_numbers_do() {
        let home = "河北省沧州市黄骅市银河大街98号锦绣小区34栋4单元1002室";
        assert_eq!(
            agreement(home, "河北省沧州市黄骅市河大街98号锦绣小区34栋4单元1002室"),
            Agreement::Slip
        );
        assert_eq!(
            agreement(
                home,
                "河北省沧州市黄骅市银河大街98号锦绣小区34栋5单元1102室"
            ),
            Agreement::NearPart
        );
        assert_eq!(
            agreement(home, "广东省深圳市南山区科技路7号"),
            Agreement::Different
        );
    }
}
