//! Cards of residents who are no citizens of the mainland, built like the resident identity card.

use std::str::FromStr;

use crate::fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::{Form, of_resident_id};
use crate::short_text::ShortText;
use crate::text_form::{ascii, redacted_debug, text_form};
use crate::{CalendarDate, IdentifierKind, Region, ResidentIdNumber, Sex, check};

/// A well-formed number of a residence permit of a resident of Hong Kong, Macao or Taiwan
/// (港澳台居民居住证), issued since 2018.
///
/// Built and checked like the resident identity number, with 810000, 820000 or 830000 as division.
///
/// ```
/// use identifiers::{Region, ResidencePermit};
///
/// let permit: ResidencePermit = "830000198802110027".parse()?;
/// assert_eq!(permit.region(), Region::Taiwan);
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "港澳台居民居住证")]
pub struct ResidencePermit(ResidentIdNumber);

const LENGTHS: Lengths = Lengths::OneOf(&[18]);
const DIVISIONS: Wording = Wording::new("810000, 820000 or 830000", " 810000、820000 或 830000");

impl ResidencePermit {
    /// The 18 characters, a final X in upper case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where the holder comes from.
    pub fn region(&self) -> Region {
        match self.0.as_str().as_bytes() {
            [b'8', b'1', ..] => Region::HongKong,
            [b'8', b'2', ..] => Region::Macao,
            _ => Region::Taiwan,
        }
    }

    /// The birth date that the number states.
    pub fn birth_date(&self) -> CalendarDate {
        self.0.birth_date()
    }

    /// The sex that the number states.
    pub fn sex(&self) -> Sex {
        self.0.sex()
    }
}

impl FromStr for ResidencePermit {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<18>::read(IdentifierKind::ResidencePermit, text, LENGTHS)?;
        let characters = form.first::<18>();
        form.digits(0..17)?;
        let division = &characters[..6];
        if !matches!(division, b"810000" | b"820000" | b"830000") {
            return form.refuse(Fault::Beginning {
                found: Beginning::of_ascii(division),
                required: DIVISIONS,
            });
        }
        match ResidentIdNumber::of_characters(characters) {
            Ok(number) => Ok(Self(number)),
            Err(refusal) => form.refuse(of_resident_id(refusal, LENGTHS, DIVISIONS)),
        }
    }
}

text_form!(
    ResidencePermit,
    "a residence permit number of 18 characters"
);

/// A well-formed number of the identity card of a foreigner with permanent residence
/// (外国人永久居留身份证), in either form.
///
/// Since December 2023: 18 characters — 9, two digits of the province, three of the country
/// (ISO 3166-1 numeric), the birth date, a sequence and the check of the resident identity
/// number. Before: three letters of the country, four digits of the place, the birth date without
/// century, a sequence and a digit that this crate does not check; such cards stay valid until
/// they expire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "永居证")]
pub struct PermanentResidentCard(ShortText<18>);

impl PermanentResidentCard {
    /// The characters, letters in upper case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is the form of before December 2023.
    pub fn is_old(&self) -> bool {
        self.as_str().len() == 15
    }

    /// The country: three letters in the old form, three digits in the new one (ISO 3166-1).
    pub fn country(&self) -> &str {
        let range = if self.is_old() { 0..3 } else { 3..6 };
        self.as_str().get(range).unwrap_or_default()
    }

    /// The digits of the place of issue: four of the division in the old form, two in the new one.
    pub fn place(&self) -> &str {
        let range = if self.is_old() { 3..7 } else { 1..3 };
        self.as_str().get(range).unwrap_or_default()
    }

    /// The birth date; the old form has no century and therefore no date.
    pub fn birth_date(&self) -> Option<CalendarDate> {
        let digits = self.as_str().as_bytes().get(6..14)?.try_into().ok()?;
        (!self.is_old()).then(|| CalendarDate::of_digits(digits).ok())?
    }

    /// The sex that the new form states.
    pub fn sex(&self) -> Option<Sex> {
        let sequence_end = *self.as_str().as_bytes().get(16)?;
        Some(crate::resident_id::sex_of(sequence_end))
    }
}

impl FromStr for PermanentResidentCard {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lengths = Lengths::OneOf(&[15, 18]);
        let form = Form::<18>::read(IdentifierKind::PermanentResidentCard, text, lengths)?;
        if form.characters().len() == 15 {
            refuse_old(&form)?;
        } else {
            refuse_new(&form)?;
        }
        Ok(Self(ShortText::of_ascii(form.characters())))
    }
}

text_form!(
    PermanentResidentCard,
    "a card number of 18 or 15 characters"
);
redacted_debug!(PermanentResidentCard);

fn refuse_old(form: &Form<18>) -> Result<(), InvalidIdentifier> {
    form.require(
        0..3,
        |character| character.is_ascii_uppercase(),
        Wording::LETTER,
    )?;
    form.digits(3..15)?;
    let characters = form.first::<15>();
    // A leap day needs a leap year; without a century any year that ends like one may be meant.
    let mut birth = *b"20000000";
    birth[2..].copy_from_slice(&characters[7..13]);
    form.birth_date(CalendarDate::of_digits(birth))?;
    refuse_country(form, &characters[..3])
}

fn refuse_new(form: &Form<18>) -> Result<(), InvalidIdentifier> {
    form.digits(0..17)?;
    form.require(
        17..18,
        |character| character.is_ascii_digit() || character == b'X',
        Wording::DIGIT_OR_X,
    )?;
    let characters = form.first::<18>();
    if characters[0] != b'9' {
        return form.refuse(Fault::Beginning {
            found: Beginning::of_ascii(&characters[..1]),
            required: Wording::new("9", " 9"),
        });
    }
    let [_, _, _, _, _, _, birth @ .., _, _, _, _] = characters;
    form.birth_date(CalendarDate::of_digits(birth))?;
    refuse_country(form, &characters[3..6])?;
    match check::mod_11_2(&characters[..17]) {
        Some(expected) if expected != characters[17] => form.refuse(Fault::CheckCharacter {
            found: characters[17].into(),
            expected: expected.into(),
        }),
        _ => Ok(()),
    }
}

fn refuse_country(form: &Form<18>, country: &[u8]) -> Result<(), InvalidIdentifier> {
    if crate::known::is_country(ascii(country)) {
        return Ok(());
    }
    form.refuse(Fault::Country(Beginning::of_ascii(country)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::{assert_debug_snapshot, assert_snapshot};

    #[track_caller]
    fn permit(text: &str) -> String {
        match text.parse::<ResidencePermit>() {
            Ok(permit) => format!(
                "{permit} {:?} {} {:?}",
                permit.region(),
                permit.birth_date(),
                permit.sex()
            ),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[track_caller]
    fn card(text: &str) -> String {
        match text.parse::<PermanentResidentCard>() {
            Ok(card) => format!(
                "{card} country {} place {} born {:?} {:?}",
                card.country(),
                card.place(),
                card.birth_date(),
                card.sex()
            ),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn a_residence_permit_tells_region_birth_and_sex() {
        assert_snapshot!(permit("830000198802110027"), @"830000198802110027 Taiwan 1988-02-11 Female");
        assert_snapshot!(permit("81000019880211002３"), @"810000198802110023 HongKong 1988-02-11 Female");
    }

    #[test]
    fn a_permanent_resident_card_tells_country_and_birth_in_either_form() {
        assert_snapshot!(card("CAN110078020301"), @"CAN110078020301 country CAN place 1100 born None None");
        assert_snapshot!(card("911124198108030024"), @"911124198108030024 country 124 place 11 born Some(1981-08-03) Some(Female)");
        assert_debug_snapshot!("CAN110078020301".parse::<PermanentResidentCard>().unwrap(), @"PermanentResidentCard(***********0301)");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(permit("110105198802110027"), @"beginning: begins with 110105, 810000, 820000 or 830000 is required; 开头是“110105”，应为 810000、820000 或 830000");
        assert_snapshot!(permit("830000198802110028"), @"check_character: check character is 8, 7 is required; 校验码是 8，应为 7");
        assert_snapshot!(permit("830000198802310027"), @"birth_date: birth date does not exist: day is 31, 1 to 29 are required in 1988-02; 出生日期不存在：日为 31，1988 年 2 月应为 1 至 29");
        assert_snapshot!(card("CAN110078023001"), @"birth_date: birth date does not exist: day is 30, 1 to 28 are required in 2078-02; 出生日期不存在：日为 30，2078 年 2 月应为 1 至 28");
        assert_snapshot!(card("C1N110078020301"), @"character: character 2 is 1, a letter is required; 第 2 位是“1”，应为字母");
        assert_snapshot!(card("811124198108030024"), @"beginning: begins with 8, 9 is required; 开头是“8”，应为 9");
        assert_snapshot!(card("911124198108030025"), @"check_character: check character is 5, 4 is required; 校验码是 5，应为 4");
        assert_snapshot!(card("911000198108030024"), @"country: 000 is no country of ISO 3166; “000”不是 ISO 3166 的国家或地区代码");
    }
}
