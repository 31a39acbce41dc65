//! What the register says over HTTP. Every text that may be sensitive is [`Shown`].

use domain::register::{Class, SearchBy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::protection::{Disclose, Purpose, Shown};

/// How much a value is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueClass {
    General,
    Sensitive,
    Unknown,
}

impl From<Class> for ValueClass {
    fn from(class: Class) -> Self {
        match class {
            Class::General => Self::General,
            Class::Sensitive => Self::Sensitive,
            Class::Unknown => Self::Unknown,
        }
    }
}

/// A code that never changes, and what a person reads.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(missing_docs, reason = "each field is named for what it holds")]
pub struct Reason {
    #[schema(value_type = String)]
    pub code: &'static str,
    pub text: Text,
}

/// A customer in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(missing_docs, reason = "each field is named for what it holds")]
pub struct CustomerRow {
    pub number: String,
    #[schema(value_type = String)]
    pub kind: &'static str,
    pub name: String,
    pub records: i64,
    pub sources: Vec<String>,
    pub created_at: Instant,
    pub id_number: Option<Shown>,
    pub mobile: Option<Shown>,
    /// Whether a person must still look at it.
    pub held: bool,
    /// In the answer of a search: what of the customer was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<Matched>,
}

/// What of a customer was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Matched {
    /// What the text was taken for.
    #[schema(value_type = String)]
    pub by: SearchBy,
    /// The attribute; none for a column that nobody recognised.
    pub attribute: Option<String>,
    /// Its value, masked where it is sensitive.
    pub text: Option<Shown>,
}

/// A search. It is posted, so that no personal data stands in an address.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerSearch {
    /// What somebody typed.
    pub text: String,
    /// What it is to be taken for; by itself the server finds out.
    pub by: Option<SearchWay>,
    /// The cursor that the page before gave as `next`.
    pub after: Option<String>,
    /// How many, 500 at most.
    pub limit: Option<u32>,
}

/// What a text is to be taken for.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchWay {
    Auto,
    Number,
    IdNumber,
    Phone,
    LastFour,
    PrefixSeven,
    Name,
    Pinyin,
    WholeValue,
}

impl From<SearchWay> for Option<SearchBy> {
    fn from(way: SearchWay) -> Self {
        Some(match way {
            SearchWay::Auto => return None,
            SearchWay::Number => SearchBy::Number,
            SearchWay::IdNumber => SearchBy::IdNumber,
            SearchWay::Phone => SearchBy::Phone,
            SearchWay::LastFour => SearchBy::LastFour,
            SearchWay::PrefixSeven => SearchBy::PrefixSeven,
            SearchWay::Name => SearchBy::Name,
            SearchWay::Pinyin => SearchBy::Pinyin,
            SearchWay::WholeValue => SearchBy::WholeValue,
        })
    }
}

/// A value of the golden view.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ViewValue {
    pub attribute: String,
    pub label: Text,
    pub class: ValueClass,
    pub value: Shown,
    pub masked: bool,
    /// Whether it is well formed; none where that cannot be said.
    pub valid: Option<bool>,
    /// What to correct.
    pub problem: Option<Text>,
    pub observed_at: Instant,
    pub source: String,
    pub record: Id,
    /// How many other values it beat.
    pub candidates: u32,
}

/// A group of the 360° page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ValueGroup {
    pub group: String,
    pub values: Vec<ViewValue>,
}

/// What a source says in a column that nobody recognised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnknownValue {
    pub column: String,
    pub source: String,
    pub value: Shown,
    pub record: Id,
}

/// The golden view of a customer (统一视图).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerView {
    pub number: String,
    #[schema(value_type = String)]
    pub kind: &'static str,
    pub name: String,
    pub created_at: Instant,
    /// The instant that it speaks of; none for now.
    pub as_of: Option<Instant>,
    /// The number that was asked for, where a merge redirects it.
    pub redirected_from: Option<String>,
    /// As in the header, for whoever cannot see headers.
    pub etag: String,
    pub groups: Vec<ValueGroup>,
    pub records_count: usize,
    pub sources: Vec<String>,
    pub open_reviews: i64,
    pub unknown_columns: Vec<UnknownValue>,
    /// Numbers that redirect here.
    pub merged_numbers: Vec<String>,
}

/// Where a row stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowPosition {
    pub batch: Id,
    pub row: i64,
}

/// A value that some record says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Candidate {
    pub value: Shown,
    pub record: Id,
    pub source: String,
    pub source_name: String,
    pub channel: String,
    pub clerk: Option<String>,
    pub observed_at: Instant,
    pub recorded_at: Instant,
    pub row: Option<RowPosition>,
    pub valid: Option<bool>,
    /// Why it does not stand in the view; none for the winner.
    pub lost_because: Option<Text>,
}

/// Where a value comes from, what it beat, and why (R1.10).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Provenance {
    /// The attribute.
    pub attribute: String,
    /// What decides, in order.
    #[schema(value_type = Vec<String>)]
    pub rule: Vec<&'static str>,
    /// What stands; none where no record says anything.
    pub winner: Option<Candidate>,
    /// What does not.
    pub losers: Vec<Candidate>,
}

/// One thing that a record says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordValue {
    /// None for a column that nobody recognised.
    pub attribute: Option<String>,
    /// The header of an unknown column; the name of the attribute otherwise.
    pub column: String,
    /// What a person reads.
    pub label: Option<Text>,
    /// How it is protected.
    pub class: ValueClass,
    /// As the reader may see it.
    pub value: Shown,
    /// Whether something is hidden.
    pub masked: bool,
    /// Whether it is well formed.
    pub valid: Option<bool>,
    /// What to correct.
    pub problem: Option<Text>,
}

/// A record behind a customer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Record {
    pub id: Id,
    pub series: Id,
    pub version: i64,
    pub source: String,
    /// The source's own key.
    pub key: Option<Shown>,
    pub batch: Option<Id>,
    pub row: Option<i64>,
    #[schema(value_type = String)]
    pub kind: &'static str,
    pub observed_at: Instant,
    pub recorded_at: Instant,
    /// When it was withdrawn.
    pub retired_at: Option<Instant>,
    pub values: Vec<RecordValue>,
    pub member_since: Instant,
    pub member_reason: Reason,
}

/// What changed between two instants. A value of several is said by what came and what went.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Difference {
    pub attribute: String,
    pub label: Text,
    pub before: Option<Shown>,
    pub after: Option<Shown>,
}

/// Which value somebody wants to see in full, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDisclosure {
    /// The record that says it; by itself the golden view.
    pub record: Option<Id>,
    /// The attribute.
    pub attribute: Option<String>,
    /// Or the column that nobody recognised.
    pub column: Option<String>,
    /// Why.
    pub purpose: Purpose,
}

/// A value in full, for a short while.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Disclosure)]
pub struct DisclosedValue {
    /// In full.
    pub value: Shown,
    /// When whoever shows it must hide it again.
    pub expires_in_seconds: u32,
}

impl Disclose for CustomerRow {}
impl Disclose for CustomerView {}
impl Disclose for Provenance {}
impl Disclose for Record {}
impl Disclose for Difference {}
impl Disclose for DisclosedValue {}
