//! Repairs of numbers whose check is a sum, without reading each candidate anew.
//!
//! Files have a wrong number in every few rows, so this is as hot as checking. The sum says which
//! edits to look at; what else a number must be is looked at only where an edit touched it; and
//! only the likeliest are written out. The answers are those of trying every edit.

use crate::additive_check::{AdditiveCheck, Shares};
use crate::repair::{Change, Repair, Repairs, RowContext, Slip};
use crate::short_text::ShortText;
use crate::stated::is_plausible_birth;
use crate::written::plain_up_to;
use crate::{
    CalendarDate, IdentifierKind, Sex, UnifiedSocialCreditCode, known, province, resident_id,
};

/// The longest number of these kinds.
const LONGEST: usize = 19;
/// A replacement at each place and a swap behind each but the last.
const MOST_EDITS: usize = 2 * LONGEST - 1;

/// An edit that leads to a well-formed number, not yet written out. The likelier is the smaller.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Edit(u32);

impl Edit {
    /// `to` is the new character; zero where two neighbours change places. Among equals the one
    /// that was found first comes first.
    fn new(place: usize, to: u8, slip: Slip, agrees: bool, plausible: bool, found: usize) -> Self {
        let low = |number: usize| u32::try_from(number).unwrap_or_default();
        let rank = u32::from(!agrees) << 3 | u32::from(!plausible) << 2 | slip as u32;
        Self(rank << 24 | low(found) << 16 | low(place) << 8 | u32::from(to))
    }

    fn agrees(self) -> bool {
        self.0 >> 27 & 1 == 0
    }

    fn plausible(self) -> bool {
        self.0 >> 26 & 1 == 0
    }

    fn slip(self) -> Slip {
        match self.0 >> 24 & 3 {
            0 => Slip::LookAlike,
            1 => Slip::Neighbour,
            2 => Slip::Transposition,
            _ => Slip::Other,
        }
    }

    fn place(self) -> usize {
        usize::try_from(self.0 >> 8 & 0xff).unwrap_or_default()
    }

    fn to(self) -> u8 {
        u8::try_from(self.0 & 0xff).unwrap_or_default()
    }
}

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

fn division_of_resident(characters: &[u8; LONGEST]) -> Option<bool> {
    let [division @ .., _, _, _, _, _, _, _, _, _, _, _, _, _] = *characters;
    province::is_known_by(division[0], division[1]).then(|| known::is_division(division))
}

fn birth_of_resident(characters: &[u8; LONGEST]) -> Option<CalendarDate> {
    let [_, _, _, _, _, _, birth @ .., _, _, _, _, _] = *characters;
    resident_id::birth_date_of(birth)
}

fn division_of_code(characters: &[u8; LONGEST]) -> Option<bool> {
    let [authority, _, division @ .., _, _, _, _, _, _, _, _, _, _, _] = *characters;
    let begins_well =
        UnifiedSocialCreditCode::is_authority(authority) && division.iter().all(u8::is_ascii_digit);
    begins_well.then(|| known::is_division(division))
}

/// The number that is to be repaired.
struct Number<'row> {
    kind: IdentifierKind,
    characters: [u8; LONGEST],
    length: usize,
    row: &'row RowContext<'row>,
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
    Some(number.written(edits.get_mut(..count)?, most))
}

impl Number<'_> {
    /// Collects the edits that lead to a well-formed number; says how many there are.
    fn edits(&self, shares: &Shares, edits: &mut [Edit; MOST_EDITS]) -> usize {
        let before = self.facts(&self.characters);
        let mut count = 0;
        let mut keep = |judged: Option<(bool, bool)>, place: usize, to: u8, slip: Slip| {
            if let (Some((agrees, plausible)), Some(room)) = (judged, edits.get_mut(count)) {
                *room = Edit::new(place, to, slip, agrees, plausible, count);
                count += 1;
            }
        };
        let mut edited = self.characters;
        for place in 0..self.length {
            let from = self.characters[place];
            if let Some(to) = shares.right_at(place).filter(|to| *to != from) {
                edited[place] = to;
                let judged = self.judged(&edited, before, place, place);
                keep(judged, place, to, Slip::between(from, to));
                edited[place] = from;
            }
        }
        for place in 0..self.length.saturating_sub(1) {
            let (first, second) = (self.characters[place], self.characters[place + 1]);
            if first != second && shares.is_right_swapped(place) {
                edited.swap(place, place + 1);
                let judged = self.judged(&edited, before, place, place + 1);
                keep(judged, place, 0, Slip::Transposition);
                edited.swap(place, place + 1);
            }
        }
        count
    }

    /// Whether the edited number agrees with the row, and whether it is plausible, if it is
    /// well-formed. Only what the edit touched is looked at anew.
    fn judged(
        &self,
        edited: &[u8; LONGEST],
        before: Facts,
        from: usize,
        until: usize,
    ) -> Option<(bool, bool)> {
        let mut facts = before;
        match self.kind {
            IdentifierKind::ResidentId => {
                if from < 6 {
                    facts.division = division_of_resident(edited);
                }
                if until >= 6 && from < 14 {
                    facts.birth_date = birth_of_resident(edited);
                    facts.is_born = facts.birth_date.is_some();
                }
            }
            IdentifierKind::CreditCode if from < 8 => facts.division = division_of_code(edited),
            _ => {}
        }
        let is_known_division = facts.division.filter(|_| facts.is_born)?;
        let birth_date = facts.birth_date;
        let plausible = is_known_division && birth_date.is_none_or(is_plausible_birth);
        Some((self.agrees(edited, birth_date), plausible))
    }

    /// Looks at everything but the sum.
    fn facts(&self, characters: &[u8; LONGEST]) -> Facts {
        match self.kind {
            IdentifierKind::ResidentId => {
                let birth_date = birth_of_resident(characters);
                Facts {
                    division: division_of_resident(characters),
                    birth_date,
                    is_born: birth_date.is_some(),
                }
            }
            IdentifierKind::CreditCode => Facts {
                division: division_of_code(characters),
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
    fn agrees(&self, characters: &[u8; LONGEST], stated: Option<CalendarDate>) -> bool {
        let (birth_date, sex) = match self.kind {
            IdentifierKind::ResidentId => (self.row.birth_date, self.row.sex),
            _ => (None, None),
        };
        let own_sex = || {
            if characters[16] % 2 == 1 {
                Sex::Male
            } else {
                Sex::Female
            }
        };
        let said_division = self.kind != IdentifierKind::BankCard && self.row.division.is_some();
        (said_division || birth_date.is_some() || sex.is_some())
            && birth_date.is_none_or(|given| stated == Some(given))
            && sex.is_none_or(|given| given == own_sex())
    }

    /// Orders the edits and writes the likeliest out.
    fn written(&self, edits: &mut [Edit], most: usize) -> Repairs {
        edits.sort_unstable();
        let outright = self.outright(edits);
        let most = most.max(outright.map_or(0, |place| place + 1));
        let repairs = edits.iter().take(most);
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
        let is_here = |edit: &&Edit| self.edited(**edit).starts_with(code);
        let mut here = edits.iter().take(agreeing).enumerate();
        let (place, _) = here.find(|(_, edit)| is_here(edit))?;
        let more = here.any(|(_, edit)| is_here(&edit));
        (!more).then_some(place)
    }

    fn edited(&self, edit: Edit) -> [u8; LONGEST] {
        let mut characters = self.characters;
        let place = edit.place();
        if edit.to() == 0 {
            characters.swap(place, place + 1);
        } else {
            characters[place] = edit.to();
        }
        characters
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
            text: ShortText::of_ascii(&self.edited(edit)[..self.length]),
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
            let stated = text.get(6..14).and_then(|digits| digits.as_bytes().try_into().ok());
            // Often the birth date that stands in the number.
            let birth_date = birth_date.map(|date| stated.and_then(resident_id::birth_date_of).unwrap_or(date));
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
