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

/// An edit that leads to a well-formed number, not yet written out.
#[derive(Clone, Copy, Default)]
struct Edit {
    place: u8,
    /// The new character; zero where two neighbours change places.
    to: u8,
    agrees: bool,
    plausible: bool,
    slip: Slip,
}

/// What is known of a number beside its sum.
#[derive(Clone, Copy)]
struct Facts {
    /// Whether province or authority exist, and division and birth date are what they must be.
    begins_well: bool,
    birth_date: Option<CalendarDate>,
    is_known_division: bool,
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
        let mut keep = |edit: Option<Edit>| {
            if let (Some(edit), Some(room)) = (edit, edits.get_mut(count)) {
                *room = edit;
                count += 1;
            }
        };
        let mut edited = self.characters;
        for place in 0..self.length {
            let from = self.characters[place];
            if let Some(to) = shares.right_at(place).filter(|to| *to != from) {
                edited[place] = to;
                keep(self.judged(&edited, before, (place, place), to, Slip::between(from, to)));
                edited[place] = from;
            }
        }
        for place in 0..self.length.saturating_sub(1) {
            let (first, second) = (self.characters[place], self.characters[place + 1]);
            if first != second && shares.is_right_swapped(place, first, second) {
                edited.swap(place, place + 1);
                keep(self.judged(&edited, before, (place, place + 1), 0, Slip::Transposition));
                edited.swap(place, place + 1);
            }
        }
        count
    }

    /// The edit, if it leads to a well-formed number.
    fn judged(
        &self,
        edited: &[u8; LONGEST],
        before: Facts,
        (from, until): (usize, usize),
        to: u8,
        slip: Slip,
    ) -> Option<Edit> {
        let touches = |first: usize, behind: usize| from < behind && until >= first;
        let facts = match self.kind {
            IdentifierKind::ResidentId if touches(0, 14) => self.facts(edited),
            IdentifierKind::CreditCode if touches(0, 8) => self.facts(edited),
            _ => before,
        };
        facts.begins_well.then(|| Edit {
            place: u8::try_from(from).unwrap_or_default(),
            to,
            agrees: self.agrees(edited, facts),
            plausible: facts.is_known_division && facts.birth_date.is_none_or(is_plausible_birth),
            slip,
        })
    }

    /// Looks at everything but the sum.
    fn facts(&self, characters: &[u8; LONGEST]) -> Facts {
        match self.kind {
            IdentifierKind::ResidentId => {
                let [division @ .., _, _, _, _, _, _, _, _, _, _, _, _, _] = *characters;
                let [_, _, _, _, _, _, birth @ .., _, _, _, _, _] = *characters;
                let birth_date = resident_id::birth_date_of(birth);
                let is_province = province::is_known_by(division[0], division[1]);
                Facts {
                    begins_well: birth_date.is_some() && is_province,
                    birth_date,
                    is_known_division: birth_date.is_some() && known::is_division(division),
                }
            }
            IdentifierKind::CreditCode => {
                let [authority, _, division @ .., _, _, _, _, _, _, _, _, _, _, _] = *characters;
                let begins_well = UnifiedSocialCreditCode::is_authority(authority)
                    && division.iter().all(u8::is_ascii_digit);
                Facts {
                    begins_well,
                    birth_date: None,
                    is_known_division: begins_well && known::is_division(division),
                }
            }
            _ => Facts {
                begins_well: true,
                birth_date: None,
                is_known_division: true,
            },
        }
    }

    /// Whether nothing in the row contradicts the number, and something was there to do so.
    fn agrees(&self, characters: &[u8; LONGEST], facts: Facts) -> bool {
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
            && birth_date.is_none_or(|given| facts.birth_date == Some(given))
            && sex.is_none_or(|given| given == own_sex())
    }

    /// Orders the edits and writes the likeliest out.
    fn written(&self, edits: &mut [Edit], most: usize) -> Repairs {
        // Stable: among equals the earlier place comes first.
        edits.sort_by_key(|edit| (!edit.agrees, !edit.plausible, edit.slip));
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
        let agreeing = edits.iter().take_while(|edit| edit.agrees).count();
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
        let place = usize::from(edit.place);
        if edit.to == 0 {
            characters.swap(place, place + 1);
        } else {
            characters[place] = edit.to;
        }
        characters
    }

    fn repair(&self, edit: Edit) -> Repair {
        let place = usize::from(edit.place);
        let position = place + 1;
        let change = if edit.to == 0 {
            Change::Swapped {
                position,
                first: self.characters[place].into(),
                second: self.characters[place + 1].into(),
            }
        } else {
            Change::Replaced {
                position,
                from: self.characters[place].into(),
                to: edit.to.into(),
            }
        };
        Repair {
            text: ShortText::of_ascii(&self.edited(edit)[..self.length]),
            change,
            slip: edit.slip,
            agrees: edit.agrees,
            plausible: edit.plausible,
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
