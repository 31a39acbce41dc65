//! The gate (准入): a row becomes a record only if it says of whom it speaks.

use crate::Text;
use crate::register::{AttributeType, Catalogue, Content};

/// Why a row cannot become a record. It goes to quarantine (待更正), never away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Every cell is blank.
    #[error("every cell is blank")]
    Blank,
    /// The file has columns for names and numbers, and this row fills none of them.
    #[error("neither a name nor a number nor a contact says of whom this row speaks")]
    Nobody,
    /// The key column is blank.
    #[error("the key column is blank")]
    NoKey,
    /// The kind of party is no word of the packs.
    #[error("{0} is no kind of party")]
    UnknownPartyKind(String),
    /// The time of observation cannot be read.
    #[error("{0} is no date or time")]
    ObservedAt(String),
}

impl Refusal {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blank => "blank_row",
            Self::Nobody => "nobody_named",
            Self::NoKey => "blank_key",
            Self::UnknownPartyKind(_) => "unknown_party_kind",
            Self::ObservedAt(_) => "observed_at_form",
        }
    }

    /// What a person reads.
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::Blank => "整行为空".to_owned(),
            Self::Nobody => "没有姓名、证件号码或联系方式，无法确定所指何人".to_owned(),
            Self::NoKey => "主键列为空".to_owned(),
            Self::UnknownPartyKind(found) => format!("“{found}”不是客户类型"),
            Self::ObservedAt(found) => format!("“{found}”不是日期或时间"),
        };
        Text::new(zh, self.to_string())
    }
}

/// Lets a content through, or says why not. Where no column of the file could name anybody
/// (`can_name` is false), whatever it says is kept.
pub fn gate(catalogue: &Catalogue, content: &Content, can_name: bool) -> Result<(), Refusal> {
    if content.fields().is_empty() {
        return Err(Refusal::Blank);
    }
    let named = || {
        content
            .fields()
            .iter()
            .any(|field| names_somebody(catalogue.attribute_type(field.id)))
    };
    if can_name && !named() {
        return Err(Refusal::Nobody);
    }
    Ok(())
}

/// Whether a value of this type says of whom a record speaks.
pub fn names_somebody(attribute_type: AttributeType) -> bool {
    matches!(
        attribute_type,
        AttributeType::Name
            | AttributeType::GivenName
            | AttributeType::Surname
            | AttributeType::ResidentId
            | AttributeType::IdentityNumber
            | AttributeType::CreditCode
            | AttributeType::OrganisationCode
            | AttributeType::Mobile
            | AttributeType::Phone
            | AttributeType::Email
    )
}
