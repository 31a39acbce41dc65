//! What splits say over HTTP.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::Id;
use crate::protection::{Disclose, Shown};

/// Which series of records are to leave a customer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitChoice {
    /// The series; each is named in the records of the customer.
    pub series: Vec<Id>,
}

/// Which series of records are to leave a customer, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSplit {
    /// The series; each is named in the records of the customer.
    pub series: Vec<Id>,
    /// Why.
    pub reason: String,
}

/// What became of a split.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Split {
    /// The customer that kept its number.
    pub number: String,
    /// The customer that was made.
    pub new_number: String,
    /// How many series of records went.
    pub records: i64,
}

/// One part of a customer that is to be split.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SplitPart {
    /// Its number; none for the part that gets a new one.
    pub number: Option<String>,
    /// The kind of party.
    #[schema(value_type = String)]
    pub kind: &'static str,
    /// What it would be called.
    pub name: String,
    /// How many records would stand behind it.
    pub records: i64,
    /// What would be shown as the number of its document.
    pub id_number: Option<Shown>,
    /// What would be shown as its mobile number.
    pub mobile: Option<Shown>,
}

/// What a split would make of a customer (拆分预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SplitPreview {
    /// What keeps the number.
    pub stays: SplitPart,
    /// What gets a new one.
    pub leaves: SplitPart,
    /// Whether both parts carry the same valid number: then each new record that carries it asks a
    /// person.
    pub shares_number: bool,
}

impl Disclose for Split {}
impl Disclose for SplitPreview {}
