//! A linkage model (模型说明卡) as a client draws it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::protection::Disclose;
use crate::resolution::wire_linkage_run::{ClusterSizes, LinkageFamily, ThresholdPoint};

/// The model in force for a family, and what the last run over the book said of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageModel {
    /// Its number; 0 for the one that is shipped.
    pub id: Id,
    /// Whose records it divides.
    pub family: LinkageFamily,
    /// When it came into force; none for the one that is shipped.
    pub in_force_since: Option<Instant>,
    /// Who put it in force.
    pub actor: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// On how many records it was learnt.
    pub learnt_records: i64,
    /// The seed of the random pairs that it was learnt on; with the same records it gives the same model.
    pub seed: String,
    /// The odds, in bits, that two records drawn at random are one party.
    pub prior_bits: f64,
    /// From how many bits on records are one party.
    pub threshold_bits: f64,
    /// From how many bits on a person looks.
    pub review_bits: f64,
    /// Records under one key above which it says too little to compare them all.
    pub records_a_key: i64,
    /// Keys of one record that are looked at.
    pub keys_a_record: i64,
    /// Records of one party above which only a person joins more.
    pub records_a_party: i64,
    /// What is linked or held whatever the evidence.
    pub guards: Vec<LinkageGuard>,
    /// What is compared.
    pub fields: Vec<LinkageField>,
    /// Records that agree in all parts of one of these are compared.
    pub rules: Vec<LinkageRule>,
    /// What the last run over the book found under this model; none before the first.
    pub book: Option<BookFigures>,
}

/// What is done with pairs of which all conditions hold.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageGuard {
    /// A code that never changes.
    pub code: String,
    /// `link` or `hold`.
    pub action: String,
    /// Whether a person looks however little speaks for the pair.
    pub review: bool,
    /// What a person reads.
    pub text: Text,
}

/// A column that is compared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageField {
    /// The attribute after which it is called.
    pub name: String,
    /// What a person calls it.
    pub label: Text,
    /// How its values are read.
    pub kind: Text,
    /// Whether a record may have several values.
    pub several: bool,
    /// The label of the column beside whose agreement this one says less.
    pub beside: Option<Text>,
    /// What each agreement says, the closest first.
    pub levels: Vec<LinkageLevel>,
}

/// What one agreement says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageLevel {
    /// A code for it.
    pub agreement: String,
    /// What a person reads.
    pub text: Text,
    /// How often two records of one party agree so.
    pub within: f64,
    /// How often two records of different parties agree so.
    pub between: f64,
    /// Evidence in bits: one number, or several from the most frequent values to the rarest.
    pub bits: Vec<f64>,
    /// The same where the column beside agrees too.
    pub bits_beside: Vec<f64>,
}

/// What must agree for two records to be compared.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageRule {
    /// One or two parts.
    pub parts: Vec<Text>,
}

/// What a run over the book found under a model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BookFigures {
    /// The run.
    pub run: Id,
    /// When.
    pub at: Instant,
    /// Records that were compared.
    pub records: i64,
    /// Customers that they belonged to.
    pub customers: i64,
    /// Customers by records.
    pub sizes: ClusterSizes,
    /// Records that say so little that nothing is ever linked to them.
    pub unlinkable: i64,
    /// What each threshold is expected to give.
    pub curve: Vec<ThresholdPoint>,
}

impl Disclose for LinkageModel {}
