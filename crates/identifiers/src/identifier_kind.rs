//! The kinds of identifiers that this crate knows, under names that never change.

use std::fmt;
use std::str::FromStr;

/// A kind of identifier (标识种类).
///
/// ```
/// use identifiers::IdentifierKind;
///
/// let kind: IdentifierKind = "credit-code".parse()?;
/// assert_eq!(kind, IdentifierKind::CreditCode);
/// assert_eq!(kind.zh(), "统一社会信用代码");
/// # Ok::<(), identifiers::UnknownIdentifierKind>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "标识种类")]
pub enum IdentifierKind {
    /// Resident identity number of 18 or 15 characters, GB 11643.
    ResidentId,
    /// Unified social credit code, GB 32100.
    CreditCode,
    /// Organisation code, GB 11714.
    OrganisationCode,
    /// Registration number of a business, 15 digits.
    RegistrationNumber,
    /// Taxpayer identification number in any of its forms.
    TaxNumber,
    /// Mainland travel permit of residents of Hong Kong and Macao.
    HongKongMacaoPermit,
    /// Mainland travel permit of residents of Taiwan.
    TaiwanPermit,
    /// Residence permit of residents of Hong Kong, Macao and Taiwan.
    ResidencePermit,
    /// Permanent-resident identity card of a foreigner.
    PermanentResidentCard,
    /// Passport of any country.
    Passport,
    /// Household register.
    HouseholdRegister,
    /// Card of an officer, soldier or civilian of the armed forces.
    MilitaryId,
    /// Card of the armed police, or police number.
    PoliceId,
    /// Mobile number of mainland China.
    Mobile,
    /// Fixed line of mainland China, with its area code.
    FixedLine,
    /// Payment card.
    BankCard,
    /// Postcode of six digits.
    Postcode,
    /// Licence plate of a vehicle.
    Plate,
    /// Legal entity identifier, ISO 17442.
    Lei,
    /// E-mail address.
    Email,
    /// Code of an administrative division, GB/T 2260 and the statistical extension of it.
    DivisionCode,
}

/// No kind of identifier has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of identifier has this name; known are {}", KnownCodes)]
pub struct UnknownIdentifierKind;

impl UnknownIdentifierKind {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        "unknown_identifier_kind"
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        format!("没有这种标识种类，可用的有：{KnownCodes}")
    }
}

struct KnownCodes;

impl fmt::Display for KnownCodes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, kind) in IdentifierKind::ALL.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(formatter, "{comma}{}", kind.code())?;
        }
        Ok(())
    }
}

impl IdentifierKind {
    /// Every kind, in the order in which they are declared.
    pub const ALL: [Self; 21] = [
        Self::ResidentId,
        Self::CreditCode,
        Self::OrganisationCode,
        Self::RegistrationNumber,
        Self::TaxNumber,
        Self::HongKongMacaoPermit,
        Self::TaiwanPermit,
        Self::ResidencePermit,
        Self::PermanentResidentCard,
        Self::Passport,
        Self::HouseholdRegister,
        Self::MilitaryId,
        Self::PoliceId,
        Self::Mobile,
        Self::FixedLine,
        Self::BankCard,
        Self::Postcode,
        Self::Plate,
        Self::Lei,
        Self::Email,
        Self::DivisionCode,
    ];

    /// The name on the command line and in files; it never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::ResidentId => "resident-id",
            Self::CreditCode => "credit-code",
            Self::OrganisationCode => "organisation-code",
            Self::RegistrationNumber => "registration-number",
            Self::TaxNumber => "tax-number",
            Self::HongKongMacaoPermit => "hong-kong-macao-permit",
            Self::TaiwanPermit => "taiwan-permit",
            Self::ResidencePermit => "residence-permit",
            Self::PermanentResidentCard => "permanent-resident-card",
            Self::Passport => "passport",
            Self::HouseholdRegister => "household-register",
            Self::MilitaryId => "military-id",
            Self::PoliceId => "police-id",
            Self::Mobile => "mobile",
            Self::FixedLine => "fixed-line",
            Self::BankCard => "bank-card",
            Self::Postcode => "postcode",
            Self::Plate => "plate",
            Self::Lei => "lei",
            Self::Email => "email",
            Self::DivisionCode => "division-code",
        }
    }

    /// The label in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::ResidentId => "resident identity number",
            Self::CreditCode => "unified social credit code",
            Self::OrganisationCode => "organisation code",
            Self::RegistrationNumber => "business registration number",
            Self::TaxNumber => "taxpayer number",
            Self::HongKongMacaoPermit => "travel permit of Hong Kong and Macao residents",
            Self::TaiwanPermit => "travel permit of Taiwan residents",
            Self::ResidencePermit => "residence permit of Hong Kong, Macao and Taiwan residents",
            Self::PermanentResidentCard => "permanent-resident card of a foreigner",
            Self::Passport => "passport",
            Self::HouseholdRegister => "household register",
            Self::MilitaryId => "military card",
            Self::PoliceId => "police card",
            Self::Mobile => "mobile number",
            Self::FixedLine => "fixed line",
            Self::BankCard => "bank card",
            Self::Postcode => "postcode",
            Self::Plate => "licence plate",
            Self::Lei => "legal entity identifier",
            Self::Email => "e-mail address",
            Self::DivisionCode => "division code",
        }
    }

    /// The label in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::ResidentId => "居民身份证号码",
            Self::CreditCode => "统一社会信用代码",
            Self::OrganisationCode => "组织机构代码",
            Self::RegistrationNumber => "工商注册号",
            Self::TaxNumber => "纳税人识别号",
            Self::HongKongMacaoPermit => "港澳居民来往内地通行证",
            Self::TaiwanPermit => "台湾居民来往大陆通行证",
            Self::ResidencePermit => "港澳台居民居住证",
            Self::PermanentResidentCard => "外国人永久居留身份证",
            Self::Passport => "护照",
            Self::HouseholdRegister => "户口簿",
            Self::MilitaryId => "军人证件",
            Self::PoliceId => "警官证",
            Self::Mobile => "手机号码",
            Self::FixedLine => "固定电话",
            Self::BankCard => "银行卡号",
            Self::Postcode => "邮政编码",
            Self::Plate => "机动车号牌",
            Self::Lei => "全球法人识别编码",
            Self::Email => "电子邮箱",
            Self::DivisionCode => "行政区划代码",
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

impl FromStr for IdentifierKind {
    type Err = UnknownIdentifierKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|kind| kind.code() == text);
        known.ok_or(UnknownIdentifierKind)
    }
}

impl serde::Serialize for IdentifierKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for IdentifierKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text_form::deserialize(deserializer, "a kind of identifier")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_code_and_by_nothing_else() {
        for kind in IdentifierKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            assert_eq!(
                kind.zh().parse::<IdentifierKind>(),
                Err(UnknownIdentifierKind)
            );
        }
    }

    #[test]
    fn an_unknown_kind_is_told_the_known_ones() {
        let refusal = "iban".parse::<IdentifierKind>().unwrap_err();
        assert!(
            refusal
                .to_string()
                .contains("credit-code, organisation-code")
        );
        assert!(refusal.zh().contains("resident-id, credit-code"));
    }
}
