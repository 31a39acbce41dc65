//! Declarations (属性声明): what the pack says of an attribute, a party kind, a channel.

use rulebook::Criterion;
use serde::{Deserialize, Serialize};

use crate::Text;
use crate::protection::Mask;
use crate::register::FieldId;

/// The kind of a party (R1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "客户类型")]
pub enum PartyKind {
    /// 自然人.
    Person,
    /// 个体工商户.
    IndividualBusiness,
    /// 法人或非法人组织.
    Organisation,
    /// 党政机关.
    GovernmentBody,
    /// 同业.
    FinancialInstitution,
}

impl PartyKind {
    /// Every kind, in the order of their stored numbers.
    pub const ALL: [Self; 5] = [
        Self::Person,
        Self::IndividualBusiness,
        Self::Organisation,
        Self::GovernmentBody,
        Self::FinancialInstitution,
    ];

    /// The number that the store keeps.
    pub fn number(self) -> i64 {
        self as i64
    }

    /// The kind with a stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number)
            .ok()
            .and_then(|number| Self::ALL.get(number))
            .copied()
    }

    /// The word used in JSON, URLs and packs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::IndividualBusiness => "individual_business",
            Self::Organisation => "organisation",
            Self::GovernmentBody => "government_body",
            Self::FinancialInstitution => "financial_institution",
        }
    }

    /// Whether its name is a person's name.
    pub fn is_person(self) -> bool {
        self == Self::Person
    }
}

/// How much a value must be protected. Stored beside every sealed block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "敏感级别")]
pub enum Class {
    /// Readable in the store.
    General,
    /// Sealed, masked by default (敏感信息).
    Sensitive,
    /// A column that nobody has classified yet: sealed and masked like a sensitive one.
    Unknown,
}

/// How the text of an attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each type is named for what it reads")]
pub enum AttributeType {
    Text,
    Name,
    GivenName,
    Surname,
    Date,
    DateTime,
    Sex,
    ResidentId,
    IdentityNumber,
    IdentityType,
    CreditCode,
    OrganisationCode,
    Mobile,
    Phone,
    Email,
    Address,
    Country,
    Division,
    Postcode,
    Money,
    Number,
    Code,
}

/// How a sealed or readable value can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lookup {
    /// The whole value.
    Exact,
    /// Its last four characters.
    LastFour,
    /// Its first seven characters.
    PrefixSeven,
    /// As a name: folded, by pinyin and by initials; readable in the store.
    Name,
}

/// One value of a coded attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeValue {
    /// The word that the store keeps.
    pub name: String,
    /// What a person reads.
    pub label: Text,
    /// How files write it.
    #[serde(default)]
    pub written: Vec<String>,
}

/// One attribute, declared once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Never reused.
    pub id: FieldId,
    /// The version of this declaration.
    pub version: u32,
    /// The word in code, SQL, JSON and URL.
    pub name: String,
    /// The group of the 360° page.
    pub group: String,
    /// The kinds of party that have it; empty for all.
    #[serde(default)]
    pub kinds: Vec<PartyKind>,
    /// How its text is read.
    #[serde(rename = "type")]
    pub attribute_type: AttributeType,
    /// How it is protected.
    pub class: Class,
    /// Whether the view keeps every distinct value.
    #[serde(default)]
    pub multiple: bool,
    /// What decides between values.
    pub survivorship: Vec<Criterion>,
    /// How it can be looked up.
    #[serde(default)]
    pub lookup: Vec<Lookup>,
    /// How it is shown to those who may not see it.
    pub mask: Mask,
    /// What a person reads.
    pub label: Text,
    /// Column headers that mean it.
    #[serde(default)]
    pub headers: Vec<String>,
    /// What it is, and the law that asks for it.
    #[serde(default)]
    pub meaning: String,
    /// The values of a coded attribute.
    #[serde(default)]
    pub values: Vec<CodeValue>,
}

/// A kind of party as the pack names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyKindDeclaration {
    /// Which kind.
    pub name: PartyKind,
    /// What a person reads.
    pub label: Text,
    /// How files write it.
    #[serde(default)]
    pub values: Vec<String>,
}

/// A way by which information comes in (R2.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The word in JSON.
    pub name: String,
    /// What a person reads.
    pub label: Text,
}

/// A group of attributes on the 360° page.
pub type Group = Channel;
