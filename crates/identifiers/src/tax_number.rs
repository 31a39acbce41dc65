//! The number under which a taxpayer is registered, in the forms of the last decades.

use std::str::FromStr;

use crate::fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
use crate::form::{Form, of_resident_id};
use crate::short_text::ShortText;
use crate::text_form::{ascii, text_form};
use crate::{
    IdentifierKind, InvalidOrganisationCode, InvalidUnifiedSocialCreditCode,
    LegacyResidentIdNumber, OrganisationCode, ResidentIdNumber, UnifiedSocialCreditCode,
};

/// A well-formed taxpayer identification number (纳税人识别号).
///
/// What is checked depends on the form, see [`TaxNumberForm`]. Numbers that a tax office made up
/// for those without organisation code or resident identity follow no published rule and are refused.
///
/// ```
/// use identifiers::{TaxNumber, TaxNumberForm};
///
/// let number: TaxNumber = "110108 D2143569-X".parse()?;
/// assert_eq!(number.form(), TaxNumberForm::OrganisationCode);
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "纳税人识别号")]
pub struct TaxNumber {
    text: ShortText<20>,
    form: TaxNumberForm,
}

/// How a taxpayer number is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxNumberForm {
    /// 18 characters, since 2015: the credit code; all of it is checked.
    CreditCode,
    /// 15 characters: division and organisation code, whose check character is checked.
    OrganisationCode,
    /// 18 characters: the resident identity number of a person; all of it is checked.
    ResidentId,
    /// 15 digits: the old resident identity number of a person; birth date and province are checked.
    LegacyResidentId,
    /// 17 characters: the old resident identity number and two more; those two are not checked.
    LegacyResidentIdAndTwo,
    /// 20 characters: the resident identity number and two more; those two are not checked.
    ResidentIdAndTwo,
}

const KIND: IdentifierKind = IdentifierKind::TaxNumber;
const LENGTHS: Lengths = Lengths::OneOf(&[15, 17, 18, 20]);
const PROVINCE: Wording = Wording::new("a province", "省级行政区划代码");

impl TaxNumber {
    /// The characters, upper case.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// How the number is built.
    pub fn form(&self) -> TaxNumberForm {
        self.form
    }

    /// The six digits of the division, where the form has them at its beginning.
    pub fn division(&self) -> Option<&str> {
        match self.form {
            TaxNumberForm::CreditCode => self.as_str().get(2..8),
            _ => self.as_str().get(..6),
        }
    }

    /// The organisation code, where the form has one.
    pub fn organisation_code(&self) -> Option<&str> {
        match self.form {
            TaxNumberForm::CreditCode => self.as_str().get(8..17),
            TaxNumberForm::OrganisationCode => self.as_str().get(6..),
            _ => None,
        }
    }
}

impl FromStr for TaxNumber {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Form::<20>::read(KIND, text, LENGTHS)?;
        let read = match form.characters().len() {
            15 => fifteen(form.first()),
            17 => legacy_resident_id(form.first(), TaxNumberForm::LegacyResidentIdAndTwo),
            18 => eighteen(form.first()),
            _ => resident_id(form.first(), TaxNumberForm::ResidentIdAndTwo),
        };
        match read {
            Err(fault) => form.refuse(fault),
            Ok(built) => Ok(Self {
                text: ShortText::of_ascii(form.characters()),
                form: built,
            }),
        }
    }
}

text_form!(
    TaxNumber,
    "a taxpayer number of 15, 17, 18 or 20 characters"
);
crate::text_form::redacted_debug!(TaxNumber);

fn fifteen(characters: [u8; 15]) -> Result<TaxNumberForm, Fault> {
    if LegacyResidentIdNumber::of_characters(characters).is_ok() {
        return Ok(TaxNumberForm::LegacyResidentId);
    }
    let division = &characters[..6];
    if let Some(place) = division.iter().position(|digit| !digit.is_ascii_digit()) {
        return Err(Fault::Character {
            position: place + 1,
            found: division[place].into(),
            required: Wording::DIGIT,
        });
    }
    let [_, _, _, _, _, _, code @ ..] = characters;
    match OrganisationCode::of_characters(code) {
        Ok(_) => Ok(TaxNumberForm::OrganisationCode),
        Err(InvalidOrganisationCode::CheckCharacter { found, expected }) => {
            Err(Fault::CheckCharacter { found, expected })
        }
        Err(_) => Err(Fault::Form(Wording::new(
            "a division and an organisation code",
            "行政区划代码加组织机构代码",
        ))),
    }
}

/// A person's number begins with a province and has no letter but a final X; whatever is not
/// clearly one is judged as a credit code.
fn eighteen(characters: [u8; 18]) -> Result<TaxNumberForm, Fault> {
    let credit_code = ascii(&characters).parse::<UnifiedSocialCreditCode>();
    let Err(refusal) = credit_code else {
        return Ok(TaxNumberForm::CreditCode);
    };
    let as_person = resident_id(characters, TaxNumberForm::ResidentId);
    let is_person = characters[..17].iter().all(u8::is_ascii_digit) && characters[0] < b'9';
    if as_person.is_ok() || is_person {
        return as_person;
    }
    Err(of_credit_code(&refusal, &characters))
}

fn of_credit_code(refusal: &InvalidUnifiedSocialCreditCode, characters: &[u8]) -> Fault {
    use InvalidUnifiedSocialCreditCode as Refusal;
    match *refusal {
        Refusal::Length(found) => Fault::Length {
            found,
            required: LENGTHS,
        },
        Refusal::Character { position, found } => Fault::Character {
            position,
            found,
            required: Wording::new(
                "a digit or a letter other than I, O, S, V, Z",
                "数字或 I、O、S、V、Z 以外的大写字母",
            ),
        },
        Refusal::Division { position, found } => Fault::Character {
            position,
            found,
            required: Wording::DIGIT,
        },
        Refusal::Authority { .. } => Fault::Beginning {
            found: Beginning::of_ascii(&characters[..1]),
            required: Wording::new("a registration authority", "登记管理部门代码"),
        },
        Refusal::CheckCharacter { found, expected } => Fault::CheckCharacter { found, expected },
    }
}

fn resident_id(characters: [u8; 18], form: TaxNumberForm) -> Result<TaxNumberForm, Fault> {
    match ResidentIdNumber::of_characters(characters) {
        Ok(_) => Ok(form),
        Err(refusal) => Err(of_resident_id(refusal, LENGTHS, PROVINCE)),
    }
}

fn legacy_resident_id(digits: [u8; 15], form: TaxNumberForm) -> Result<TaxNumberForm, Fault> {
    match LegacyResidentIdNumber::of_characters(digits) {
        Ok(_) => Ok(form),
        Err(refusal) => Err(of_resident_id(refusal, LENGTHS, PROVINCE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<TaxNumber>() {
            Ok(number) => format!(
                "{number} {:?} {:?}",
                number.form(),
                number.organisation_code()
            ),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn each_form_of_the_last_decades_is_recognised() {
        assert_snapshot!(read("91350100M000100Y43"), @r#"91350100M000100Y43 CreditCode Some("M000100Y4")"#);
        assert_snapshot!(read("110108D2143569X"), @r#"110108D2143569X OrganisationCode Some("D2143569X")"#);
        assert_snapshot!(read("11010519491231002x"), @"11010519491231002X ResidentId None");
        assert_snapshot!(read("110105491231002"), @"110105491231002 LegacyResidentId None");
        assert_snapshot!(read("110105491231002 01"), @"11010549123100201 LegacyResidentIdAndTwo None");
        assert_snapshot!(read("11010519491231002X 00"), @"11010519491231002X00 ResidentIdAndTwo None");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("91350100M000100Y44"), @"check_character: check character is 4, 3 is required; 校验码是 4，应为 3");
        assert_snapshot!(read("110108D21435691"), @"check_character: check character is 1, X is required; 校验码是 1，应为 X");
        assert_snapshot!(read("110105194912310021"), @"check_character: check character is 1, X is required; 校验码是 1，应为 X");
        assert_snapshot!(read("1101051949123100"), @"length: has 16 characters, 15, 17, 18 or 20 are required; 共 16 位，应为 15、17、18 或 20 位");
        assert_snapshot!(read("B1350100M000100Y43"), @"beginning: begins with B, a registration authority is required; 开头是“B”，应为登记管理部门代码");
    }
}
