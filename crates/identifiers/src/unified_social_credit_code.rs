//! The number of an organisation since 2015, which contains its organisation code.

use std::str::FromStr;

use crate::text_form::{ascii, text_form};
use crate::written::{Unread, exactly, is_mark};
use crate::{InvalidOrganisationCode, OrganisationCode, OrganisationType, check};

/// A well-formed unified social credit code (统一社会信用代码), GB 32100-2015.
///
/// Made of authority, type, six digits of division, nine characters of organisation code and a
/// check character. Divisions are not looked up: the standard also uses 100000 for the nation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "统一社会信用代码")]
pub struct UnifiedSocialCreditCode([u8; 18]);

/// Who registered the organisation (登记管理部门): the first character of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationAuthority {
    /// 1, offices of public posts (机构编制).
    PublicPosts,
    /// 2, foreign affairs (外交).
    ForeignAffairs,
    /// 3, justice (司法行政).
    Justice,
    /// 4, culture (文化).
    Culture,
    /// 5, civil affairs (民政).
    CivilAffairs,
    /// 6, tourism (旅游).
    Tourism,
    /// 7, religion (宗教).
    Religion,
    /// 8, trade unions (工会).
    TradeUnions,
    /// 9, market regulation (工商): companies and sole traders.
    MarketRegulation,
    /// A, the Central Military Commission (中央军委).
    Military,
    /// N, agriculture (农业): collectives.
    Agriculture,
    /// Y, any other (其他).
    Other,
}

/// Why a text is no [`UnifiedSocialCreditCode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUnifiedSocialCreditCode {
    /// It is too short or too long.
    #[error("has {0} characters, 18 are required")]
    Length(usize),
    /// A character is not among those the standard uses.
    #[error(
        "character {position} is {found}, a digit or a letter other than I, O, S, V, Z is required"
    )]
    Character {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// No authority has this first character.
    #[error("begins with {found}, which is no registration authority")]
    Authority {
        /// The first character.
        found: char,
    },
    /// The division has a letter in it.
    #[error("character {position} is {found}, a digit is required in the division")]
    Division {
        /// Its place, from one.
        position: usize,
        /// The character as written.
        found: char,
    },
    /// The check character does not belong to the other 17.
    #[error("check character is {found}, {expected} is required")]
    CheckCharacter {
        /// The check character given.
        found: char,
        /// The check character of the other 17.
        expected: char,
    },
}

impl InvalidUnifiedSocialCreditCode {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length(_) => "credit_code_length",
            Self::Character { .. } => "credit_code_character",
            Self::Authority { .. } => "credit_code_authority",
            Self::Division { .. } => "credit_code_division",
            Self::CheckCharacter { .. } => "credit_code_check",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length(found) => format!("共 {found} 位，应为 18 位"),
            Self::Character { position, found } => {
                format!("第 {position} 位是“{found}”，应为数字或 I、O、S、V、Z 以外的大写字母")
            }
            Self::Authority { found } => format!("首位 {found} 不是登记管理部门代码"),
            Self::Division { position, found } => {
                format!("第 {position} 位是“{found}”，行政区划码应为数字")
            }
            Self::CheckCharacter { found, expected } => {
                format!("校验码是 {found}，应为 {expected}")
            }
        }
    }
}

impl UnifiedSocialCreditCode {
    /// The 18 characters, upper case.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The 18 characters.
    pub(crate) fn characters(&self) -> &[u8] {
        &self.0
    }

    /// Who registered the organisation.
    pub fn authority(&self) -> RegistrationAuthority {
        // The fallback is unreachable: the authority was verified.
        authority_of(self.0[0]).unwrap_or(RegistrationAuthority::Other)
    }

    /// What kind of organisation it is.
    pub fn organisation_type(&self) -> OrganisationType {
        OrganisationType::new(self.authority(), self.0[1])
    }

    /// The six digits of the division of registration (登记管理机关行政区划码).
    pub fn division(&self) -> &str {
        ascii(&self.0[2..8])
    }

    /// The organisation code inside, characters 9 to 17.
    ///
    /// Nothing in GB 32100 makes its own check hold, though it does for codes that were issued
    /// by the rules. A refusal here is a reason to warn, not a reason to reject.
    pub fn organisation_code(&self) -> Result<OrganisationCode, InvalidOrganisationCode> {
        let [_, _, _, _, _, _, _, _, code @ .., _] = self.0;
        OrganisationCode::of_characters(code)
    }

    /// Whether a code may begin with this character.
    pub(crate) fn is_authority(character: u8) -> bool {
        authority_of(character).is_some()
    }

    fn of_characters(characters: [u8; 18]) -> Result<Self, InvalidUnifiedSocialCreditCode> {
        let Some(expected) = check::mod_31_3_of_17(&characters) else {
            return Err(foreign(&characters));
        };
        if authority_of(characters[0]).is_none() {
            let found = characters[0].into();
            return Err(InvalidUnifiedSocialCreditCode::Authority { found });
        }
        let division = &characters[2..8];
        if let Some(place) = division.iter().position(|digit| !digit.is_ascii_digit()) {
            let (position, found) = (place + 3, division[place].into());
            return Err(InvalidUnifiedSocialCreditCode::Division { position, found });
        }
        if expected != characters[17] {
            let [found, expected] = [characters[17], expected].map(char::from);
            return Err(InvalidUnifiedSocialCreditCode::CheckCharacter { found, expected });
        }
        Ok(Self(characters))
    }
}

/// The refusal of the first character that the standard does not use.
fn foreign(characters: &[u8; 18]) -> InvalidUnifiedSocialCreditCode {
    let place = characters
        .iter()
        .position(|&found| !check::is_base_31(found));
    // The fallback is unreachable: one of them has been found foreign.
    let place = place.unwrap_or_default();
    InvalidUnifiedSocialCreditCode::Character {
        position: place + 1,
        found: characters[place].into(),
    }
}

impl FromStr for UnifiedSocialCreditCode {
    type Err = InvalidUnifiedSocialCreditCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let characters = exactly(text, is_mark).map_err(|unread| match unread {
            Unread::Length(found) => InvalidUnifiedSocialCreditCode::Length(found),
            Unread::Foreign { position, found } => {
                InvalidUnifiedSocialCreditCode::Character { position, found }
            }
        })?;
        Self::of_characters(characters)
    }
}

text_form!(
    UnifiedSocialCreditCode,
    "a unified social credit code of 18 characters"
);

fn authority_of(character: u8) -> Option<RegistrationAuthority> {
    Some(match character {
        b'1' => RegistrationAuthority::PublicPosts,
        b'2' => RegistrationAuthority::ForeignAffairs,
        b'3' => RegistrationAuthority::Justice,
        b'4' => RegistrationAuthority::Culture,
        b'5' => RegistrationAuthority::CivilAffairs,
        b'6' => RegistrationAuthority::Tourism,
        b'7' => RegistrationAuthority::Religion,
        b'8' => RegistrationAuthority::TradeUnions,
        b'9' => RegistrationAuthority::MarketRegulation,
        b'A' => RegistrationAuthority::Military,
        b'N' => RegistrationAuthority::Agriculture,
        b'Y' => RegistrationAuthority::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<UnifiedSocialCreditCode>() {
            Ok(code) => {
                let organisation_code = code.organisation_code().map(|code| code.hyphenated());
                format!(
                    "{code} {:?} {} {organisation_code:?}",
                    code.authority(),
                    code.division()
                )
            }
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn a_code_tells_authority_division_and_organisation_code() {
        assert_snapshot!(read("91350100M000100Y43"), @r#"91350100M000100Y43 MarketRegulation 350100 Ok("M000100Y-4")"#);
        assert_snapshot!(read(" 9111 0000 6000 3734 1l "), @r#"91110000600037341L MarketRegulation 110000 Ok("60003734-1")"#);
        assert_snapshot!(read("９１３５０１００ｍ０００１００Ｙ４３"), @r#"91350100M000100Y43 MarketRegulation 350100 Ok("M000100Y-4")"#);
    }

    #[test]
    fn collectives_soldiers_and_others_have_codes_too() {
        for authority in "123456789ANY".chars() {
            let body = format!("{authority}1100000600037341");
            let check = char::from(check::mod_31_3(body.as_bytes()).unwrap());
            assert!(
                read(&format!("{body}{check}")).contains("Ok(\"60003734-1\")"),
                "{authority}"
            );
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("91350100M000100Y4"), @"credit_code_length: has 17 characters, 18 are required; 共 17 位，应为 18 位");
        assert_snapshot!(read("9135O100M000100Y43"), @"credit_code_character: character 5 is O, a digit or a letter other than I, O, S, V, Z is required; 第 5 位是“O”，应为数字或 I、O、S、V、Z 以外的大写字母");
        assert_snapshot!(read("91350100M000100Y4三"), @"credit_code_character: character 18 is 三, a digit or a letter other than I, O, S, V, Z is required; 第 18 位是“三”，应为数字或 I、O、S、V、Z 以外的大写字母");
        assert_snapshot!(read("B1350100M000100Y43"), @"credit_code_authority: begins with B, which is no registration authority; 首位 B 不是登记管理部门代码");
        assert_snapshot!(read("91350A00M000100Y43"), @"credit_code_division: character 6 is A, a digit is required in the division; 第 6 位是“A”，行政区划码应为数字");
        assert_snapshot!(read("91350100M000100Y44"), @"credit_code_check: check character is 4, 3 is required; 校验码是 4，应为 3");
    }

    proptest! {
        #[test]
        fn any_single_mistyped_character_is_caught(
            body in "[1-9ANY][1-9][0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}", position in 0_usize..17, mistyped in any::<u8>(),
        ) {
            let mut characters = body.into_bytes();
            characters.push(check::mod_31_3(&characters).unwrap());
            let code: UnifiedSocialCreditCode = ascii(&characters).parse().unwrap();
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
            if characters[position] != mistyped.to_ascii_uppercase() && mistyped.is_ascii_alphanumeric() {
                characters[position] = mistyped;
                prop_assert!(ascii(&characters).parse::<UnifiedSocialCreditCode>().is_err());
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9A-Za-z０-９一 ]{0,20}") {
            let _ = (text.parse::<UnifiedSocialCreditCode>(), near.parse::<UnifiedSocialCreditCode>());
        }
    }
}
