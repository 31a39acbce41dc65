//! A well-formed identifier of any kind, and one reader for all of them.

use std::fmt;

use crate::short_text::push;
use crate::{
    BankCard, DivisionCode, EmailAddress, Fault, FixedLine, HongKongMacaoPermit, HouseholdRegister,
    IdentifierKind, InvalidIdentifier, InvalidMobileNumber, InvalidOrganisationCode,
    InvalidResidentIdNumber, InvalidUnifiedSocialCreditCode, Lei, MilitaryId, MobileNumber,
    OrganisationCode, Passport, PermanentResidentCard, PersonIdNumber, Plate, PoliceId, Postcode,
    RegistrationNumber, ResidencePermit, TaiwanPermit, TaxNumber, UnifiedSocialCreditCode,
};

/// Lists every kind with its type once; what all kinds share is written from it.
macro_rules! identifiers {
    ($($kind:ident($type:ident),)*) => {
        /// A well-formed identifier of any kind; reading it costs no allocation but for very long
        /// e-mail addresses.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each variant is documented by its type")]
        pub enum Identifier {
            $($kind($type),)*
        }

        impl Identifier {
            /// Reads a text as an identifier of a kind.
            ///
            /// # Errors
            /// What to correct, when it is none.
            pub fn read(kind: IdentifierKind, text: &str) -> Result<Self, Refusal> {
                match kind {
                    $(IdentifierKind::$kind => Ok(Self::$kind(text.parse::<$type>()?)),)*
                }
            }

            /// Its kind.
            pub fn kind(&self) -> IdentifierKind {
                match self {
                    $(Self::$kind(_) => IdentifierKind::$kind,)*
                }
            }
        }

        impl Identifier {
            /// The normal form (规范形式): half width, upper case, without blanks; resident
            /// identity numbers of 15 digits in the form of 18, Hong Kong and Macao permits
            /// without renewals, so that two writings of one identifier are one text.
            pub fn normal(&self) -> &str {
                match self {
                    $(Self::$kind(value) => value.as_str(),)*
                }
            }
        }
    };
}

identifiers! {
    ResidentId(PersonIdNumber),
    CreditCode(UnifiedSocialCreditCode),
    OrganisationCode(OrganisationCode),
    RegistrationNumber(RegistrationNumber),
    TaxNumber(TaxNumber),
    HongKongMacaoPermit(HongKongMacaoPermit),
    TaiwanPermit(TaiwanPermit),
    ResidencePermit(ResidencePermit),
    PermanentResidentCard(PermanentResidentCard),
    Passport(Passport),
    HouseholdRegister(HouseholdRegister),
    MilitaryId(MilitaryId),
    PoliceId(PoliceId),
    Mobile(MobileNumber),
    FixedLine(FixedLine),
    BankCard(BankCard),
    Postcode(Postcode),
    Plate(Plate),
    Lei(Lei),
    Email(EmailAddress),
    DivisionCode(DivisionCode),
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.normal())
    }
}

/// Why a text is no identifier of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No resident identity number.
    #[error(transparent)]
    ResidentId(#[from] InvalidResidentIdNumber),
    /// No credit code.
    #[error(transparent)]
    CreditCode(#[from] InvalidUnifiedSocialCreditCode),
    /// No organisation code.
    #[error(transparent)]
    OrganisationCode(#[from] InvalidOrganisationCode),
    /// No mobile number.
    #[error(transparent)]
    Mobile(#[from] InvalidMobileNumber),
    /// None of another kind.
    #[error(transparent)]
    Other(#[from] InvalidIdentifier),
}

impl Refusal {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ResidentId(refusal) => refusal.code(),
            Self::CreditCode(refusal) => refusal.code(),
            Self::OrganisationCode(refusal) => refusal.code(),
            Self::Mobile(refusal) => refusal.code(),
            Self::Other(refusal) => refusal.code(),
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::ResidentId(refusal) => refusal.zh(),
            Self::CreditCode(refusal) => refusal.zh(),
            Self::OrganisationCode(refusal) => refusal.zh(),
            Self::Mobile(refusal) => refusal.zh(),
            Self::Other(refusal) => refusal.zh(),
        }
    }

    /// Appends the message in Chinese. That of a wrong check character, which is by far the most
    /// frequent, is put together without the formatting machinery: for writing by the million.
    pub fn write_zh(&self, output: &mut Vec<u8>) {
        match self.check_character() {
            Some([found, expected]) => {
                output.extend_from_slice("校验码是 ".as_bytes());
                push(found, output);
                output.extend_from_slice("，应为 ".as_bytes());
                push(expected, output);
            }
            None => output.extend_from_slice(self.zh().as_bytes()),
        }
    }

    /// The check character given and the one required, where that is what is wrong.
    fn check_character(&self) -> Option<[char; 2]> {
        match *self {
            Self::ResidentId(InvalidResidentIdNumber::CheckDigit { found, expected })
            | Self::CreditCode(InvalidUnifiedSocialCreditCode::CheckCharacter {
                found,
                expected,
            })
            | Self::Other(InvalidIdentifier {
                fault: Fault::CheckCharacter { found, expected },
                ..
            }) => Some([found, expected]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_the_message() {
        for (kind, text) in [
            (IdentifierKind::ResidentId, "110105194912310021"),
            (IdentifierKind::ResidentId, "110105194913310021"),
            (IdentifierKind::CreditCode, "91350100M000100Y44"),
            (IdentifierKind::BankCard, "6222021234567890127"),
            (IdentifierKind::OrganisationCode, "D21435691"),
            (IdentifierKind::Mobile, "1"),
        ] {
            let refusal = Identifier::read(kind, text).unwrap_err();
            let mut written = Vec::new();
            refusal.write_zh(&mut written);
            assert_eq!(written, refusal.zh().into_bytes());
        }
    }
}
