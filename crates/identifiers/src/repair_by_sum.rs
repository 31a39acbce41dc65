//! Repairs of numbers whose check is a sum, without reading each candidate anew.
//!
//! Files have a wrong number in every few rows, so this is as hot as checking. The sum says which
//! edits to look at; what else a number must be is looked at only where an edit touched it; and
//! only the likeliest are written out. The answers are those of trying every edit.

use crate::additive_check::{AdditiveCheck, Shares};
use crate::edit::Edit;
use crate::repair::{Change, Repair, Repairs, RowContext, Slip};
use crate::short_text::ShortText;
use crate::stated::is_plausible_birth;
use crate::written::plain_up_to;
use crate::{
    CalendarDate, DivisionKey, IdentifierKind, UnifiedSocialCreditCode, known, province,
    resident_id,
};

/// The longest number of these kinds.
const LONGEST: usize = 19;
/// A replacement at each place and a swap behind each but the last.
const MOST_EDITS: usize = 2 * LONGEST - 1;

/// What is known of a number beside its sum; nothing where it cannot be well-formed.
#[derive(Clone, Copy)]
struct Facts {
    /// Whether the division has been one, where it has one.
    division: Option<bool>,
    /// The birth date, where it states one.
    birth_date: Option<CalendarDate>,
    /// Whether it states none that does not exist.
    is_born: bool,
}

fn division_of_resident(division: u32) -> Option<bool> {
    let province = u8::try_from(division / 10_000).ok()?;
    let is_known = || DivisionKey::of_number(division).and_then(crate::division);
    province::is_known(province).then(|| is_known().is_some())
}

fn birth_of_resident(birth: u32) -> Option<CalendarDate> {
    let year = u16::try_from(birth / 10_000).ok()?;
    let [month, day] = [birth / 100 % 100, birth % 100];
    resident_id::birth_date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// What one more at each place counts in the six digits of the division of a resident number.
const IN_DIVISION: [u32; LONGEST + 1] = powers(0, 6);
/// What one more at each place counts in the eight digits of its birth date.
const IN_BIRTH: [u32; LONGEST + 1] = powers(6, 14);

/// Powers of ten from the last place before `until` back to `from`, zeros elsewhere.
const fn powers(from: usize, until: usize) -> [u32; LONGEST + 1] {
    let mut powers = [0; LONGEST + 1];
    let (mut place, mut power) = (until, 1);
    while place > from {
        place -= 1;
        powers[place] = power;
        power *= 10;
    }
    powers
}

/// Of the first eight characters.
fn division_of_code([authority, _, division @ ..]: [u8; 8]) -> Option<bool> {
    let begins_well =
        UnifiedSocialCreditCode::is_authority(authority) && division.iter().all(u8::is_ascii_digit);
    begins_well.then(|| known::is_division(division))
}

/// What stands at a place and behind it after an edit; all else stays.
#[derive(Clone, Copy)]
struct Pair {
    place: usize,
    characters: [u8; 2],
}

/// The number that is to be repaired.
struct Number<'row> {
    kind: IdentifierKind,
    characters: [u8; LONGEST],
    length: usize,
    row: &'row RowContext<'row>,
    /// The first six digits as a number, where they are digits.
    division: u32,
    /// The eight digits behind them as a number, where they are digits.
    birth: u32,
}

/// The repairs of a plainly written number whose sum is wrong, `most` of them unless more are needed
/// to hold the one that may be proposed outright. Nothing where it is to be looked at otherwise:
/// other kinds, other lengths, characters that do not belong there, a sum that is right.
pub(crate) fn repairs_by_sum(
    kind: IdentifierKind,
    text: &str,
    row: &RowContext<'_>,
    most: usize,
) -> Option<Repairs> {
    let (characters, length) = plain_up_to::<LONGEST>(text)?;
    let number = Number {
        kind,
        characters,
        length,
        row,
        division: number_of(&characters[..6]),
        birth: number_of(&characters[6..14]),
    };
    let is_quick = matches!(
        kind,
        IdentifierKind::ResidentId | IdentifierKind::CreditCode | IdentifierKind::BankCard
    );
    let check = AdditiveCheck::of(kind, length).filter(|_| is_quick)?;
    let shares = check.shares(characters.get(..length)?)?;
    if shares.foreign.is_some() || shares.is_right() {
        return None;
    }
    let mut edits = [Edit::default(); MOST_EDITS];
    let count = number.edits(&shares, &mut edits);
    Some(number.written(edits.get(..count)?, most))
}

fn number_of(digits: &[u8]) -> u32 {
    let append = |number: u32, digit: &u8| number * 10 + u32::from(digit & 15);
    digits.iter().fold(0, append)
}

impl Number<'_> {
    /// Collects the edits that lead to a well-formed number; says how many there are.
    fn edits(&self, shares: &Shares, edits: &mut [Edit; MOST_EDITS]) -> usize {
        let before = self.facts();
        let mut count = 0;
        let mut keep = |judged: Option<(bool, bool)>, place: usize, to: u8, slip: Slip| {
            if let (Some((agrees, plausible)), Some(room)) = (judged, edits.get_mut(count)) {
                *room = Edit::new(place, to, slip, agrees, plausible, count);
                count += 1;
            }
        };
        for place in 0..self.length {
            let from = self.characters[place];
            if let Some(to) = shares.right_at(place).filter(|to| *to != from) {
                let judged = self.judged(self.replaced(place, to), before);
                keep(judged, place, to, Slip::between(from, to));
            }
        }
        for place in 0..self.length.saturating_sub(1) {
            let (first, second) = (self.characters[place], self.characters[place + 1]);
            if first != second && shares.is_right_swapped(place) {
                let judged = self.judged(self.swapped(place), before);
                keep(judged, place, 0, Slip::Transposition);
            }
        }
        count
    }

    fn replaced(&self, place: usize, to: u8) -> Pair {
        let behind = self.characters.get(place + 1).copied();
        Pair {
            place,
            characters: [to, behind.unwrap_or_default()],
        }
    }

    fn swapped(&self, place: usize) -> Pair {
        let behind = self.characters.get(place + 1).copied();
        Pair {
            place,
            characters: [behind.unwrap_or_default(), self.characters[place]],
        }
    }

    /// `N` characters from `start` on as they are after an edit. Each is chosen by itself: an array
    /// that was just changed in one place is slow to be read as a whole.
    #[inline]
    fn edited<const N: usize>(&self, start: usize, edit: Pair) -> [u8; N] {
        std::array::from_fn(|offset| {
            let place = start + offset;
            if place == edit.place {
                edit.characters[0]
            } else if place == edit.place + 1 {
                edit.characters[1]
            } else {
                self.characters.get(place).copied().unwrap_or_default()
            }
        })
    }

    /// The digits that count in some places as one number, as it is after an edit.
    #[inline]
    fn number(&self, counts: &[u32; LONGEST + 1], edit: Pair) -> u32 {
        let before = if counts[0] == 0 {
            self.birth
        } else {
            self.division
        };
        let grown = |place: usize, to: u8| {
            let from = self.characters.get(place).copied().unwrap_or(to);
            let count = counts.get(place).copied().unwrap_or_default();
            count.wrapping_mul(u32::from(to).wrapping_sub(from.into()))
        };
        let [first, second] = edit.characters;
        before
            .wrapping_add(grown(edit.place, first))
            .wrapping_add(grown(edit.place + 1, second))
    }

    /// Whether the edited number agrees with the row, and whether it is plausible, if it is
    /// well-formed. Only what the edit touched is looked at anew.
    fn judged(&self, edit: Pair, before: Facts) -> Option<(bool, bool)> {
        let mut facts = before;
        let place = edit.place;
        match self.kind {
            IdentifierKind::ResidentId => {
                if place < 6 {
                    facts.division = division_of_resident(self.number(&IN_DIVISION, edit));
                }
                if (5..14).contains(&place) {
                    facts.birth_date = birth_of_resident(self.number(&IN_BIRTH, edit));
                    facts.is_born = facts.birth_date.is_some();
                }
            }
            IdentifierKind::CreditCode if place < 8 => {
                facts.division = division_of_code(self.edited(0, edit));
            }
            _ => {}
        }
        let is_known_division = facts.division.filter(|_| facts.is_born)?;
        let birth_date = facts.birth_date;
        let plausible = is_known_division && birth_date.is_none_or(is_plausible_birth);
        Some((self.agrees(edit, birth_date), plausible))
    }

    /// Looks at everything but the sum.
    fn facts(&self) -> Facts {
        let unchanged = Pair {
            place: LONGEST,
            characters: [0; 2],
        };
        match self.kind {
            IdentifierKind::ResidentId => {
                let birth_date = birth_of_resident(self.number(&IN_BIRTH, unchanged));
                Facts {
                    division: division_of_resident(self.number(&IN_DIVISION, unchanged)),
                    birth_date,
                    is_born: birth_date.is_some(),
                }
            }
            IdentifierKind::CreditCode => Facts {
                division: division_of_code(self.edited(0, unchanged)),
                birth_date: None,
                is_born: true,
            },
            _ => Facts {
                division: Some(true),
                birth_date: None,
                is_born: true,
            },
        }
    }

    /// Whether nothing in the row contradicts the number, and something was there to do so.
    fn agrees(&self, edit: Pair, stated: Option<CalendarDate>) -> bool {
        let (birth_date, sex) = match self.kind {
            IdentifierKind::ResidentId => (self.row.birth_date, self.row.sex),
            _ => (None, None),
        };
        let own_sex = || resident_id::sex_of(self.edited::<1>(16, edit)[0]);
        let said_division = self.kind != IdentifierKind::BankCard && self.row.division.is_some();
        (said_division || birth_date.is_some() || sex.is_some())
            && birth_date.is_none_or(|given| stated == Some(given))
            && sex.is_none_or(|given| given == own_sex())
    }

    /// Orders the edits and writes the likeliest out.
    fn written(&self, edits: &[Edit], most: usize) -> Repairs {
        let mut ordered = [Edit::default(); MOST_EDITS];
        // No two edits are equal, so each knows its place: to count is quicker than to sort.
        for edit in edits {
            let place = edits
                .iter()
                .map(|other| usize::from(other < edit))
                .sum::<usize>();
            if let Some(room) = ordered.get_mut(place) {
                *room = *edit;
            }
        }
        let ordered = ordered.get(..edits.len()).unwrap_or_default();
        let outright = self.outright(ordered);
        let most = most.max(outright.map_or(0, |place| place + 1));
        let repairs = ordered.iter().take(most);
        Repairs {
            repairs: repairs.map(|edit| self.repair(*edit)).collect(),
            outright,
        }
    }

    /// The only edit that agrees with the row, or the only one of those in the division of the row.
    fn outright(&self, edits: &[Edit]) -> Option<usize> {
        let agreeing = edits.iter().take_while(|edit| edit.agrees()).count();
        if agreeing <= 1 {
            return agreeing.checked_sub(1);
        }
        let code = self.row.division.map(str::trim)?.as_bytes();
        let is_here = |edit: &&Edit| {
            self.edited::<LONGEST>(0, self.pair(**edit))
                .starts_with(code)
        };
        let mut here = edits.iter().take(agreeing).enumerate();
        let (place, _) = here.find(|(_, edit)| is_here(edit))?;
        let more = here.any(|(_, edit)| is_here(&edit));
        (!more).then_some(place)
    }

    fn pair(&self, edit: Edit) -> Pair {
        match edit.to() {
            0 => self.swapped(edit.place()),
            to => self.replaced(edit.place(), to),
        }
    }

    fn repair(&self, edit: Edit) -> Repair {
        let place = edit.place();
        let position = place + 1;
        let change = if edit.to() == 0 {
            Change::Swapped {
                position,
                first: self.characters[place].into(),
                second: self.characters[place + 1].into(),
            }
        } else {
            Change::Replaced {
                position,
                from: self.characters[place].into(),
                to: edit.to().into(),
            }
        };
        Repair {
            text: ShortText::of_beginning(self.edited(0, self.pair(edit)), self.length),
            change,
            slip: edit.slip(),
            agrees: edit.agrees(),
            plausible: edit.plausible(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sex;
    use crate::repairing::repairs_by_trying;
    use proptest::prelude::*;

    /// Wrong and right numbers of each kind, most of them nearly right.
    fn near() -> impl Strategy<Value = (IdentifierKind, String)> {
        prop_oneof![
            "(11|44|50)(0105|0305|0103)(19|20)[0-9]{2}(0[1-9]|1[0-3])[0-3][0-9][0-9]{3}[0-9Xx]"
                .prop_map(|text| (IdentifierKind::ResidentId, text)),
            "[0-9]{17}[0-9X]".prop_map(|text| (IdentifierKind::ResidentId, text)),
            "(9[1-3]|1[12]|[A-Z0-9]{2})(110105|440305|[0-9A-H]{6})[0-9A-HJ-NPQRTUWXY]{10}"
                .prop_map(|text| (IdentifierKind::CreditCode, text)),
            "[0-9]{11,20}".prop_map(|text| (IdentifierKind::BankCard, text)),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_repairs_are_those_of_trying_every_edit(
            (kind, text) in near(),
            birth_date in proptest::option::of((1940_u16..2020, 1_u8..13, 1_u8..29)),
            sex in proptest::option::of(prop_oneof![Just(Sex::Male), Just(Sex::Female)]),
            division in proptest::option::of(prop_oneof![Just("110105"), Just("44"), Just(" 500103")]),
            most in 0_usize..8,
        ) {
            let birth_date = birth_date.and_then(|(year, month, day)| CalendarDate::new(year, month, day).ok());
            let digits = text.get(6..14).and_then(|digits| digits.as_bytes().try_into().ok());
            let stated = digits.and_then(|digits| CalendarDate::of_digits(digits).ok());
            // Often the birth date that stands in the number.
            let birth_date = birth_date.map(|date| stated.unwrap_or(date));
            let row = RowContext { birth_date, sex, division };
            let all = repairs_by_trying(kind, &text, &row);
            if let Some(found) = repairs_by_sum(kind, &text, &row, usize::MAX) {
                prop_assert_eq!(&found, &all);
            }
            if let Some(few) = repairs_by_sum(kind, &text, &row, most) {
                prop_assert_eq!(few.outright(), all.outright());
                prop_assert!(few.len() >= most.min(all.len()));
                prop_assert_eq!(&few.repairs[..], &all.repairs[..few.len()]);
            }
        }
    }
}
