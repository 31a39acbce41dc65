//! Repairs of numbers whose check is a sum, without reading each candidate anew.
//!
//! Files have a wrong number in every few rows, so this is as hot as checking. The sum says which
//! edits to look at; what else a number must be is looked at only where an edit touched it; and
//! only the text of what is asked for is written out. The answers are those of trying every edit.

use crate::additive_check::{AdditiveCheck, PLACES, Shares, bits, each};
use crate::candidates::{Candidates, Edit, Edits};
use crate::edited_number::EditedNumber;
use crate::repair::{Repairs, RowContext, Slip};
use crate::stated::PLAUSIBLE_YEARS;
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
    let shares = check.shares(&characters, length)?;
    if shares.foreign.is_some() || shares.is_right() {
        return None;
    }
    let candidates = candidates(&shares, length, row);
    let right = each(|place| check.character(shares.right[place]));
    let number = EditedNumber::new(characters, length, right, candidates);
    Some(number.repairs(row.division, most))
}

/// The edits after which the sum is right and all else is as it must be.
fn candidates(shares: &Shares, length: usize, row: &RowContext<'_>) -> Candidates {
    let replaced = !(u32::MAX << length);
    let mut candidates = Candidates {
        all: Edits::of(replaced, shares.swaps),
        agreeing: Edits::default(),
        plausible: Edits::all_if(true),
        alike: Edits::default(),
        neighbours: Edits::default(),
    };
    match shares.check {
        AdditiveCheck::ResidentId => judge_resident(shares, row, &mut candidates),
        AdditiveCheck::CreditCode => {
            judge_code(shares, &mut candidates);
            candidates.agreeing = Edits::all_if(row.division.is_some());
        }
        AdditiveCheck::BankCard(_) => {}
    }
    let slips = match shares.check {
        AdditiveCheck::CreditCode => &SLIPS_OF_CODES,
        _ => &SLIPS_OF_DIGITS,
    };
    let replacements = candidates.all.and(Edits::of(replaced, 0));
    [candidates.alike, candidates.neighbours] = slips.undone(shares, replacements);
    candidates
}

/// Of each value, the values that look like it, as bits, and above them those whose keys stand
/// beside its key.
struct SlipsOf([u64; VALUES]);

/// More than any check has, and as many as bits below those of the keys.
const VALUES: usize = 32;

/// Where those of the keys begin.
const KEYS: u32 = 32;

static SLIPS_OF_DIGITS: SlipsOf = SlipsOf::of(b"0123456789X");
static SLIPS_OF_CODES: SlipsOf = SlipsOf::of(b"0123456789ABCDEFGHJKLMNPQRTUWXY");

impl SlipsOf {
    const fn of(characters: &[u8]) -> Self {
        let mut slips = [0; VALUES];
        let mut from = 0;
        while from < characters.len() {
            let mut to = 0;
            while to < characters.len() {
                match Slip::of(characters[from], characters[to]) {
                    Slip::LookAlike => slips[from] |= 1 << to,
                    Slip::Neighbour => slips[from] |= 1 << KEYS << to,
                    _ => {}
                }
                to += 1;
            }
            from += 1;
        }
        Self(slips)
    }

    /// The replacements that undo such slips, in the same order.
    #[inline]
    fn undone(&self, shares: &Shares, replacements: Edits) -> [Edits; 2] {
        const BOTH: u64 = 1 | 1 << KEYS;
        let undone = replacements.iter().map(|edit| {
            let place = edit.place();
            let from = usize::from(shares.values[place]) % VALUES;
            (self.0[from] >> shares.right[place] & BOTH) << place
        });
        let undone = undone.fold(0, |places, place| places | place);
        let replaced = |places: u64| u32::try_from(places & u64::from(u32::MAX));
        [undone, undone >> KEYS].map(|places| Edits::of(replaced(places).unwrap_or_default(), 0))
    }
}

/// The values at the place of an edit and behind it, after the edit.
#[inline]
fn after(shares: &Shares, edit: Edit) -> [u8; 2] {
    let (here, behind) = (edit.place(), edit.place_behind());
    if edit.is_swap() {
        [shares.values[behind], shares.values[here]]
    } else {
        [shares.right[here], shares.values[behind]]
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
#[inline]
fn growth(shares: &Shares, counts: &[u32; PLACES], edit: Edit) -> u32 {
    let [to_here, to_behind] = after(shares, edit);
    let grown = |place: usize, to: u8| {
        let grown = u32::from(to).wrapping_sub(shares.values[place].into());
        grown.wrapping_mul(counts[place])
    };
    grown(edit.place(), to_here).wrapping_add(grown(edit.place_behind(), to_behind))
}

fn is_division(number: u32) -> bool {
    DivisionKey::of_number(number)
        .and_then(crate::division)
        .is_some()
}

fn is_province(division: u32) -> bool {
    u8::try_from(division / 10_000).is_ok_and(province::is_known)
}

/// Whether eight digits are a birth date that a number may state.
fn is_birth(digits: u32) -> bool {
    digits / 10_000 >= resident_id::EARLIEST_BIRTH_YEAR.into() && CalendarDate::is_date(digits)
}

/// Whether somebody born on a day of eight digits may be met with.
fn is_plausible(digits: u32) -> bool {
    let (earliest, latest) = (*PLAUSIBLE_YEARS.start(), *PLAUSIBLE_YEARS.end());
    (u32::from(earliest) * 10_000..u32::from(latest + 1) * 10_000).contains(&digits)
}

/// Division and birth date where an edit touches them; X at the end only.
fn judge_resident(shares: &Shares, row: &RowContext<'_>, candidates: &mut Candidates) {
    let misplaced = bits(&each(|place| u8::from(shares.right[place] == 10))) & !(1 << 17);
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
    let given = row.birth_date.map_or(0, CalendarDate::as_number);
    for edit in all.and(BIRTH).iter() {
        let edited = birth.wrapping_add(growth(shares, &IN_BIRTH, edit));
        born.insert_if(edit, is_birth(edited));
        lately.insert_if(edit, is_plausible(edited));
        as_stated.insert_if(edit, edited == given);
    }
    let in_province = in_province.or_elsewhere(DIVISION_OF_RESIDENT, is_province(division));
    let in_division = in_division.or_elsewhere(DIVISION_OF_RESIDENT, is_division(division));
    let born = born.or_elsewhere(BIRTH, is_birth(birth));
    let lately = lately.or_elsewhere(BIRTH, is_plausible(birth));
    candidates.all = all.and(in_province).and(born);
    candidates.plausible = in_division.and(lately);
    if row.birth_date.is_some() || row.sex.is_some() || row.division.is_some() {
        let born_as_stated = match row.birth_date {
            Some(_) => as_stated.or_elsewhere(BIRTH, birth == given),
            None => Edits::all_if(true),
        };
        candidates.agreeing = born_as_stated.and(of_sex(shares, row.sex, all));
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
    let letters = bits(&each(|place| u8::from(shares.values[place] > 9))) & DIVISION_OF_CODE;
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
