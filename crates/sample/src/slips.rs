//! What goes wrong when people and systems write a party down, and how often.
//!
//! Rates follow what banks report of their old books. A *later* slip happens only to the second
//! and further records of a party: the first is what it was when the party came.

use crate::random::Random;

/// One way of being wrong, incomplete or merely different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slip {
    /// A character of the name is another one of the same sound.
    NameHomophone,
    /// A character of the name is one that looks alike.
    NameLookAlike,
    /// The name is in traditional characters.
    NameTraditional,
    /// The name is in pinyin.
    NamePinyin,
    /// A blank stands in the name.
    NameBlank,
    /// The end of the name is cut off.
    NameTruncated,
    /// There is no name.
    NameMissing,
    /// The name is 测试 or the like.
    NameFalse,
    /// The name of an organisation is shortened.
    NameShort,
    /// Brackets of the name are half width.
    NameBrackets,
    /// The organisation has a new name.
    NameChanged,
    /// There is no sex.
    SexMissing,
    /// The birth date has an exchanged or wrong part.
    BirthTypo,
    /// There is no birth date.
    BirthMissing,
    /// The birth date has slashes or another form.
    BirthForm,
    /// There is no identity number or credit code.
    NumberMissing,
    /// The identity number has the old form of 15 digits, or only the old organisation code is there.
    NumberOld,
    /// A character of the number is wrong, missing or doubled.
    NumberTypo,
    /// Letters of the number are lower case.
    NumberLower,
    /// The number is 111111111111111111 or the like.
    NumberFalse,
    /// The mobile number is another one.
    MobileChanged,
    /// There is no mobile number.
    MobileMissing,
    /// A digit of the mobile number is wrong, missing or doubled.
    MobileTypo,
    /// The mobile number has +86 in front.
    MobileCountryCode,
    /// The mobile number is written in groups.
    MobileGroups,
    /// The mobile number is 13800138000 or the like.
    MobileFalse,
    /// There is no e-mail address.
    EmailMissing,
    /// The e-mail address is another one.
    EmailChanged,
    /// The party moved.
    AddressMoved,
    /// The address is abbreviated.
    AddressAbbreviated,
    /// A character of the address is missing.
    AddressTypo,
    /// There is no address.
    AddressMissing,
    /// Digits of the address are full width.
    AddressFullWidth,
    /// The address is 不详 or the like.
    AddressFalse,
}

use Slip as S;

/// Each slip in the order of the type, its code, its rate in 10,000, and whether it only happens to later records.
const RATES: [(Slip, &str, u16, bool); 34] = [
    (S::NameHomophone, "name_homophone", 500, true),
    (S::NameLookAlike, "name_look_alike", 200, true),
    (S::NameTraditional, "name_traditional", 100, true),
    (S::NamePinyin, "name_pinyin", 300, true),
    (S::NameBlank, "name_blank", 200, false),
    (S::NameTruncated, "name_truncated", 100, true),
    (S::NameMissing, "name_missing", 50, false),
    (S::NameFalse, "name_false", 20, false),
    (S::NameShort, "name_short", 1_200, true),
    (S::NameBrackets, "name_brackets", 1_000, false),
    (S::NameChanged, "name_changed", 300, true),
    (S::SexMissing, "sex_missing", 300, false),
    (S::BirthTypo, "birth_typo", 300, true),
    (S::BirthMissing, "birth_missing", 600, false),
    (S::BirthForm, "birth_form", 1_300, false),
    (S::NumberMissing, "number_missing", 1_200, false),
    (S::NumberOld, "number_old", 400, false),
    (S::NumberTypo, "number_typo", 300, true),
    (S::NumberLower, "number_lower", 200, false),
    (S::NumberFalse, "number_false", 30, false),
    (S::MobileChanged, "mobile_changed", 2_200, true),
    (S::MobileMissing, "mobile_missing", 800, false),
    (S::MobileTypo, "mobile_typo", 200, true),
    (S::MobileCountryCode, "mobile_country_code", 800, false),
    (S::MobileGroups, "mobile_groups", 200, false),
    (S::MobileFalse, "mobile_false", 50, false),
    (S::EmailMissing, "email_missing", 4_500, false),
    (S::EmailChanged, "email_changed", 1_500, true),
    (S::AddressMoved, "address_moved", 1_200, true),
    (S::AddressAbbreviated, "address_abbreviated", 3_500, false),
    (S::AddressTypo, "address_typo", 500, true),
    (S::AddressMissing, "address_missing", 500, false),
    (S::AddressFullWidth, "address_full_width", 500, false),
    (S::AddressFalse, "address_false", 30, false),
];

impl Slip {
    /// The name it has in the truth file.
    pub fn code(self) -> &'static str {
        RATES[self as usize].1
    }

    /// In how many of 10,000 records it is drawn; a slip that cannot apply is not counted there.
    pub fn rate(self) -> u16 {
        RATES[self as usize].2
    }

    /// Whether it spares the first record of a party.
    pub fn is_later(self) -> bool {
        RATES[self as usize].3
    }
}

/// The slips of one record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slips(u64);

impl Slips {
    /// Whether this slip happened.
    pub fn contains(self, slip: Slip) -> bool {
        self.0 & bit(slip) != 0
    }

    /// All slips that happened.
    pub fn iter(self) -> impl Iterator<Item = Slip> {
        RATES
            .iter()
            .map(|rate| rate.0)
            .filter(move |&slip| self.contains(slip))
    }

    /// Draws what goes wrong; `later` says that the party has an earlier record.
    pub(crate) fn draw(random: &mut Random, later: bool) -> Self {
        let mut slips = 0;
        let mut bits = 0;
        for (position, (_, _, rate, only_later)) in RATES.iter().enumerate() {
            if position % 4 == 0 {
                bits = random.next();
            }
            let drawn = ((bits & 0xFFFF) * 10_000) >> 16;
            bits >>= 16;
            if drawn < u64::from(*rate) && (later || !only_later) {
                slips |= 1 << position;
            }
        }
        Self(slips)
    }

    /// Takes a slip back if it changed nothing.
    pub(crate) fn settle(&mut self, slip: Slip, happened: bool) {
        if !happened {
            self.0 &= !bit(slip);
        }
    }

    /// Whether this slip happens; then all the others, which it hides, do not.
    pub(crate) fn hides(&mut self, slip: Slip, others: &[&[Slip]]) -> bool {
        let happens = self.contains(slip);
        if happens {
            for group in others {
                self.forget(group);
            }
        }
        happens
    }

    pub(crate) fn forget(&mut self, slips: &[Slip]) {
        for &slip in slips {
            self.settle(slip, false);
        }
    }
}

fn bit(slip: Slip) -> u64 {
    1 << slip as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn the_table_stands_in_the_order_of_the_type() {
        for (position, (slip, ..)) in RATES.iter().enumerate() {
            assert_eq!(*slip as usize, position);
        }
    }

    #[test]
    fn slips_are_drawn_as_often_as_declared() {
        let mut random = Random::new(1, Stream::Slips, 0);
        let draws = 200_000_u32;
        let mut counts = [0_u32; RATES.len()];
        for _ in 0..draws {
            for slip in Slips::draw(&mut random, true).iter() {
                counts[slip as usize] += 1;
            }
        }
        for (slip, code, rate, _) in RATES {
            let expected = f64::from(draws) * f64::from(rate) / 10_000.0;
            let found = f64::from(counts[slip as usize]);
            assert!(
                (found - expected).abs() < 5.0 * expected.sqrt(),
                "{code}: {found}"
            );
        }
    }

    #[test]
    fn the_first_record_has_no_later_slips() {
        let mut random = Random::new(1, Stream::Slips, 0);
        for _ in 0..10_000 {
            assert!(
                Slips::draw(&mut random, false)
                    .iter()
                    .all(|slip| !slip.is_later())
            );
        }
    }
}
