//! Repairs of numbers whose check is a sum, without reading each candidate anew.
//!
//! Files have a wrong number in every few rows, so this is as hot as checking. The sum says which
//! edits to look at; what else a number must be is looked at only where an edit touched it; and
//! only the text of what is asked for is written out. The answers are those of trying every edit.

use crate::additive_check::{AdditiveCheck, PLACES, Shares};
use crate::candidates::{Candidates, Edit, Edits};
use crate::edited_number::EditedNumber;
use crate::repair::{Repairs, RowContext, Slip};
use crate::stated::is_plausible_birth;
use crate::written::plain_up_to;
use crate::{
    CalendarDate, DivisionKey, IdentifierKind, Sex, UnifiedSocialCreditCode, province, resident_id,
};

const DIVISION_OF_RESIDENT: Edits = Edits::touching(0, 6);
const BIRTH: Edits = Edits::touching(6, 14);
const SEX: Edits = Edits::touching(16, 17);
const BEGINNING_OF_CODE: Edits = Edits::touching(0, 8);
/// The places of the division in a credit code, as bits.
const DIVISION_OF_CODE: u32 = 0b1111_1100;

/// Powers of ten from the last place before `until` back to `from`, zeros elsewhere: what one more
/// at each place counts in the number that the digits between them are.
const fn powers(from: usize, until: usize) -> [u32; PLACES] {
    let mut powers = [0; PLACES];
    let (mut place, mut power) = (until, 1);
    while place > from {
        place -= 1;
        powers[place] = power;
        power *= 10;
    }
    powers
}

static IN_DIVISION_OF_RESIDENT: [u32; PLACES] = powers(0, 6);
static IN_BIRTH: [u32; PLACES] = powers(6, 14);
static IN_DIVISION_OF_CODE: [u32; PLACES] = powers(2, 8);

/// The repairs of a plainly written number whose sum is wrong, `most` of them unless more are needed
/// to hold the one that may be proposed outright. Nothing where it is to be looked at otherwise:
/// other kinds, other lengths, characters that do not belong there, a sum that is right.
pub(crate) fn repairs_by_sum(
    kind: IdentifierKind,
    text: &str,
    row: &RowContext<'_>,
    most: usize,
) -> Option<Repairs> {
    let is_quick = matches!(
        kind,
        IdentifierKind::ResidentId | IdentifierKind::CreditCode | IdentifierKind::BankCard
    );
    let check = AdditiveCheck::of(kind, text.len()).filter(|_| is_quick)?;
    let (characters, length) = plain_up_to::<PLACES>(text)?;
    let shares = check.shares(characters.get(..length)?)?;
    if shares.foreign.is_some() || shares.is_right() {
        return None;
    }
    let candidates = candidates(&shares, length, row);
    let right = shares.right.map(|value| check.character(value));
    let number = EditedNumber::new(characters, length, right, candidates);
    Some(number.repairs(row.division, most))
}

/// The edits after which the sum is right and all else is as it must be.
fn candidates(shares: &Shares, length: usize, row: &RowContext<'_>) -> Candidates {
    let (alike, neighbours) = slips(shares, length);
    let replaced = !(u32::MAX << length);
    let mut candidates = Candidates {
        all: Edits::of(replaced, shares.swaps),
        agreeing: Edits::default(),
        plausible: Edits::all_if(true),
        alike,
        neighbours,
    };
    match shares.check {
        AdditiveCheck::ResidentId => judge_resident(shares, row, &mut candidates),
        AdditiveCheck::CreditCode => {
            judge_code(shares, &mut candidates);
            candidates.agreeing = Edits::all_if(row.division.is_some());
        }
        AdditiveCheck::BankCard(_) => {}
    }
    candidates
}

/// Of each value, the values that are taken for it, as bits.
struct SlipsOf<const VALUES: usize> {
    alike: [u32; VALUES],
    neighbours: [u32; VALUES],
}

static SLIPS_OF_DIGITS: SlipsOf<11> = SlipsOf::of(b"0123456789X");
static SLIPS_OF_CODES: SlipsOf<31> = SlipsOf::of(b"0123456789ABCDEFGHJKLMNPQRTUWXY");

impl<const VALUES: usize> SlipsOf<VALUES> {
    const fn of(characters: &[u8; VALUES]) -> Self {
        let mut slips = Self {
            alike: [0; VALUES],
            neighbours: [0; VALUES],
        };
        let mut from = 0;
        while from < VALUES {
            let mut to = 0;
            while to < VALUES {
                match Slip::of(characters[from], characters[to]) {
                    Slip::LookAlike => slips.alike[from] |= 1 << to,
                    Slip::Neighbour => slips.neighbours[from] |= 1 << to,
                    _ => {}
                }
                to += 1;
            }
            from += 1;
        }
        slips
    }

    /// The replacements that undo such slips.
    #[inline]
    fn undone(&self, shares: &Shares, length: usize) -> (Edits, Edits) {
        let (mut alike, mut neighbours) = (0, 0);
        let values = shares.values.iter().zip(shares.right);
        for (place, (from, to)) in values.take(length).enumerate() {
            let from = usize::from(*from) % VALUES;
            alike |= (self.alike[from] >> to & 1) << place;
            neighbours |= (self.neighbours[from] >> to & 1) << place;
        }
        (Edits::of(alike, 0), Edits::of(neighbours, 0))
    }
}

fn slips(shares: &Shares, length: usize) -> (Edits, Edits) {
    match shares.check {
        AdditiveCheck::CreditCode => SLIPS_OF_CODES.undone(shares, length),
        _ => SLIPS_OF_DIGITS.undone(shares, length),
    }
}

/// The values at the place of an edit and behind it, after the edit.
fn after(shares: &Shares, edit: Edit) -> [u8; 2] {
    let place = edit.place();
    let at = |values: &[u8; PLACES], place: usize| values.get(place).copied().unwrap_or_default();
    let behind = at(&shares.values, place + 1);
    if edit.is_swap() {
        [behind, at(&shares.values, place)]
    } else {
        [at(&shares.right, place), behind]
    }
}

/// The number that some digits are.
fn number(shares: &Shares, counts: &[u32; PLACES]) -> u32 {
    let counted = shares.values.iter().zip(counts);
    counted
        .map(|(value, count)| u32::from(*value) * count)
        .sum()
}

/// By how much that number grows by an edit.
fn growth(shares: &Shares, counts: &[u32; PLACES], edit: Edit) -> u32 {
    let places = edit.place()..PLACES;
    let grown = places.zip(after(shares, edit)).map(|(place, to)| {
        let grown = u32::from(to).wrapping_sub(shares.values[place].into());
        grown.wrapping_mul(counts[place])
    });
    grown.fold(0, u32::wrapping_add)
}

fn is_division(number: u32) -> bool {
    DivisionKey::of_number(number)
        .and_then(crate::division)
        .is_some()
}

fn is_province(division: u32) -> bool {
    u8::try_from(division / 10_000).is_ok_and(province::is_known)
}

/// The birth date that eight digits are, if a number may state it.
fn birth_date(digits: u32) -> Option<CalendarDate> {
    let year = u16::try_from(digits / 10_000).ok()?;
    let [month, day] = [digits / 100 % 100, digits % 100];
    resident_id::birth_date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Division and birth date where an edit touches them; X at the end only.
fn judge_resident(shares: &Shares, row: &RowContext<'_>, candidates: &mut Candidates) {
    let is_x = |place: usize| u32::from(shares.right[place] == 10) << place;
    let misplaced = (0..17).map(is_x).fold(0, |places, place| places | place);
    let all = candidates.all.without(Edits::of(misplaced, 0));
    let division = number(shares, &IN_DIVISION_OF_RESIDENT);
    let (mut in_province, mut in_division) = (Edits::default(), Edits::default());
    for edit in all.and(DIVISION_OF_RESIDENT).iter() {
        let edited = division.wrapping_add(growth(shares, &IN_DIVISION_OF_RESIDENT, edit));
        in_province.insert_if(edit, is_province(edited));
        in_division.insert_if(edit, is_division(edited));
    }
    let birth = number(shares, &IN_BIRTH);
    let (mut born, mut lately, mut as_stated) =
        (Edits::default(), Edits::default(), Edits::default());
    for edit in all.and(BIRTH).iter() {
        let date = birth_date(birth.wrapping_add(growth(shares, &IN_BIRTH, edit)));
        born.insert_if(edit, date.is_some());
        lately.insert_if(edit, date.is_some_and(is_plausible_birth));
        as_stated.insert_if(edit, date == row.birth_date);
    }
    let date = birth_date(birth);
    let in_province = in_province.or_elsewhere(DIVISION_OF_RESIDENT, is_province(division));
    let in_division = in_division.or_elsewhere(DIVISION_OF_RESIDENT, is_division(division));
    let born = born.or_elsewhere(BIRTH, date.is_some());
    let lately = lately.or_elsewhere(BIRTH, date.is_some_and(is_plausible_birth));
    candidates.all = all.and(in_province).and(born);
    candidates.plausible = in_division.and(lately);
    if row.birth_date.is_some() || row.sex.is_some() || row.division.is_some() {
        let as_stated = as_stated.or_elsewhere(BIRTH, date == row.birth_date);
        let any = Edits::all_if(row.birth_date.is_none());
        let same_birth = if row.birth_date.is_some() {
            as_stated
        } else {
            any
        };
        candidates.agreeing = same_birth.and(of_sex(shares, row.sex, all));
    }
}

/// The edits after which a number states a sex.
fn of_sex(shares: &Shares, sex: Option<Sex>, all: Edits) -> Edits {
    let Some(given) = sex else {
        return Edits::all_if(true);
    };
    let mut of_sex = Edits::default();
    for edit in all.and(SEX).iter() {
        let stands = after(shares, edit)[16 - edit.place().min(16)];
        of_sex.insert_if(edit, resident_id::sex_of(stands) == given);
    }
    of_sex.or_elsewhere(SEX, resident_id::sex_of(shares.values[16]) == given)
}

/// Authority and digits of the division where an edit touches them.
fn judge_code(shares: &Shares, candidates: &mut Candidates) {
    let authority =
        |value: u8| UnifiedSocialCreditCode::is_authority(shares.check.character(value));
    let is_letter = |place: usize| u32::from(shares.values[place] > 9) << place;
    let letters = (2..8)
        .map(is_letter)
        .fold(0, |places, place| places | place);
    let division = number(shares, &IN_DIVISION_OF_CODE);
    let (mut begins_well, mut in_division) = (Edits::default(), Edits::default());
    let is_begun = authority(shares.values[0]);
    for edit in candidates.all.and(BEGINNING_OF_CODE).iter() {
        let place = edit.place();
        let [to, behind] = after(shares, edit);
        let letters = letters & !(0b11 << place)
            | u32::from(to > 9) << place
            | u32::from(behind > 9) << (place + 1);
        let is_begun = if place == 0 { authority(to) } else { is_begun };
        begins_well.insert_if(edit, is_begun && letters & DIVISION_OF_CODE == 0);
        let edited = division.wrapping_add(growth(shares, &IN_DIVISION_OF_CODE, edit));
        in_division.insert_if(edit, is_division(edited));
    }
    let begins_well = begins_well.or_elsewhere(BEGINNING_OF_CODE, is_begun && letters == 0);
    let in_division = in_division.or_elsewhere(BEGINNING_OF_CODE, is_division(division));
    candidates.all = candidates.all.and(begins_well);
    candidates.plausible = in_division;
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
                prop_assert!(few.iter().eq(all.iter().take(few.len())));
                let (mut written, mut texts) = (Vec::new(), Vec::new());
                few.write_texts(b';', &mut written);
                match few.outright() {
                    Some(repair) => texts.push(repair),
                    None => texts.extend(few.iter()),
                }
                let texts: Vec<_> = texts.iter().map(crate::Repair::text).collect();
                prop_assert_eq!(written, texts.join(";").into_bytes());
            }
        }
    }
}
