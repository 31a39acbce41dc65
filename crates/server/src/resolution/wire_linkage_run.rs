//! Runs over the whole book (整库重新识别) as a client sees them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::protection::Disclose;

/// Whose records can be one party with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkageFamily {
    /// Natural persons.
    Person,
    /// Everybody else.
    Organisation,
}

/// A run that somebody wants.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLinkageRun {
    /// Over whose records.
    pub family: LinkageFamily,
    /// Whether to learn a model from the book first, instead of using the one in force.
    #[serde(default)]
    pub learn: bool,
    /// Why.
    pub reason: String,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkageRunState {
    /// It is dividing the book; nothing changes yet.
    Running,
    /// Its preview is there, for a second person to apply.
    Ready,
    /// It is being applied.
    Applying,
    /// What it found stands.
    Applied,
    /// Nobody wanted it.
    Discarded,
    /// It stopped; nothing was changed.
    Failed,
}

/// How many customers have so many records: one to four, five to nine, ten and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct ClusterSizes {
    /// Customers of one record.
    pub one: i64,
    /// Of two.
    pub two: i64,
    /// Of three.
    pub three: i64,
    /// Of four.
    pub four: i64,
    /// Of five to nine.
    pub five_to_nine: i64,
    /// Of ten and more.
    pub ten_and_more: i64,
}

/// What a run found, in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LinkageFigures {
    /// Record series that were compared.
    pub records: i64,
    /// Customers that they belong to before.
    pub customers_before: i64,
    /// Customers that they belong to afterwards.
    pub customers_after: i64,
    /// Customers that go into an older one.
    pub merges: i64,
    /// Customers that lose records to another.
    pub splits: i64,
    /// Record series that move away from their customer.
    pub moved: i64,
    /// Pairs that a person should look at.
    pub reviews: i64,
    /// Records that say so little that nothing is ever linked to them.
    pub unlinkable: i64,
    /// Pairs that were compared.
    pub compared: i64,
    /// Customers by records, before.
    pub sizes_before: ClusterSizes,
    /// Customers by records, afterwards.
    pub sizes_after: ClusterSizes,
}

/// What a threshold is expected to give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ThresholdPoint {
    /// Pairs with this many bits and more are linked.
    pub bits: f64,
    /// The share of links that are right.
    pub precision: f64,
    /// The share of matches, among the pairs compared, that are linked.
    pub recall: f64,
}

/// A customer before or after a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedCustomer {
    /// Its number; none for one that is new.
    pub number: Option<String>,
    /// How many record series it has.
    pub records: i64,
    /// The first of them.
    pub series: Vec<Id>,
}

/// Customers whose records a run divides otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LinkageChange {
    /// Who has the records before.
    pub before: Vec<ChangedCustomer>,
    /// Who has them afterwards.
    pub after: Vec<ChangedCustomer>,
    /// What the strongest pair says that joins two customers, in bits; where none does, the strongest that does not
    /// hold the parts together.
    pub bits: Option<f64>,
}

/// A run over all records of a family.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LinkageRun {
    /// Its id.
    pub id: Id,
    /// Over whose records.
    pub family: LinkageFamily,
    /// Where it stands.
    pub state: LinkageRunState,
    /// Whether it learns a model.
    pub learn: bool,
    /// When it began.
    pub started_at: Instant,
    /// Who began it.
    pub started_by: String,
    /// Whether that is whoever asks: then somebody else must apply it.
    pub mine: bool,
    /// Why.
    pub reason: String,
    /// What it is doing.
    pub stage: String,
    /// Steps of that which are done.
    pub done: i64,
    /// Steps of that; 0 where nobody knows.
    pub total: i64,
    /// When the preview was there, or the run stopped.
    pub finished_at: Option<Instant>,
    /// When somebody decided to apply it, or to discard it.
    pub decided_at: Option<Instant>,
    /// Who.
    pub decided_by: Option<String>,
    /// Why.
    pub decision_reason: Option<String>,
    /// When what it found stood.
    pub applied_at: Option<Instant>,
    /// Why it stopped.
    pub problem: Option<Text>,
    /// What it found.
    pub figures: Option<LinkageFigures>,
    /// What each threshold is expected to give; only where one run is asked for.
    pub curve: Option<Vec<ThresholdPoint>>,
    /// Some of the changes; only where one run is asked for.
    pub changes: Option<Vec<LinkageChange>>,
}

impl Disclose for LinkageRun {}
