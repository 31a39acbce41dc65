//! Batches and mappings as JSON writes them.

use domain::intake::{ColumnMapping, Fixed, Mapping};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::clock::Micros;
use crate::http::{Id, Instant, Problem, Text};
use crate::intake::upload::hexadecimal;
use crate::intake::{Batch, BatchState, NOT_SURVEYED, SavedMapping};
use crate::protection::{Disclose, Shown};

/// Why somebody does something that is kept for good.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    /// In the person's own words.
    pub reason: String,
}

/// Where the names of the columns come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// The first row.
    FirstRow,
    /// Nowhere: they are `column_1` and so on.
    None,
}

/// What one column means.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappedColumn {
    /// Its header.
    pub column: String,
    /// The attribute; none keeps the column as given.
    #[serde(default)]
    pub attribute: Option<String>,
}

/// A value for rows that say nothing of an attribute.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedValue {
    /// The attribute.
    pub attribute: String,
    /// The value.
    pub value: String,
}

/// What the columns of a file mean.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMapping {
    /// Where the names of the columns come from.
    pub header: Header,
    /// The column that holds the source's own key.
    #[serde(default)]
    pub key_column: Option<String>,
    /// What each column means; one that is not listed goes by its header.
    pub columns: Vec<MappedColumn>,
    /// Values for rows that say nothing of an attribute.
    pub fixed: Vec<FixedValue>,
    /// Cells that mean nothing, such as `-0-`.
    #[serde(default)]
    #[schema(required = false)]
    pub blank_marks: Vec<String>,
}

/// A mapping as it was saved.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mapping)]
pub struct MappingRow {
    /// What it is called.
    pub name: String,
    /// What it says.
    #[serde(flatten)]
    pub mapping: NewMapping,
    /// When it was saved last.
    pub updated_at: Instant,
}

impl Disclose for MappingRow {}

/// Why a row of a batch is in quarantine.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RowProblem {
    /// The row of the file.
    pub row: i64,
    /// The column to blame.
    pub column: Option<String>,
    /// What stands there, masked.
    #[serde(skip_deserializing)]
    #[schema(value_type = Option<String>)]
    pub value: Option<Shown>,
    /// A code that never changes.
    pub code: String,
    /// What a person reads.
    pub reason: Text,
}

/// A batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Batch)]
#[expect(missing_docs, reason = "each field is named for what it holds")]
pub struct BatchRow {
    pub id: Id,
    pub source: String,
    pub file_name: String,
    pub file_digest: String,
    pub format: String,
    pub encoding: Option<String>,
    pub sheet: Option<String>,
    pub dry_run: bool,
    pub state: BatchState,
    /// Rows of the file; none until it was read through once.
    pub rows: Option<i64>,
    pub rows_done: i64,
    pub accepted: i64,
    pub quarantined: i64,
    pub unchanged: i64,
    pub new_customers: i64,
    pub joined: i64,
    pub held_for_review: i64,
    /// Customers in the register, now or when the batch ended.
    pub customers: i64,
    pub rate_per_second: Option<f64>,
    pub started_at: Instant,
    pub finished_at: Option<Instant>,
    pub started_by: String,
    pub withdrawn_at: Option<Instant>,
    /// Records taken back so far; none unless the batch is withdrawn or being withdrawn.
    pub withdrawn_records: Option<i64>,
    /// What stopped it.
    #[schema(value_type = Option<Problem>)]
    pub problem: Option<Value>,
    pub mapping: Option<NewMapping>,
    /// The first problems, 100 at most; empty in a list.
    pub problems_first: Vec<RowProblem>,
    pub columns_unknown: Vec<String>,
    pub notes: Vec<Text>,
}

impl Disclose for BatchRow {}

/// What of the report of an import is shown with its batch.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReportPart {
    pub customers: i64,
    pub notes: Vec<Text>,
    pub problems: Vec<RowProblem>,
    pub columns: Vec<ColumnPart>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ColumnPart {
    pub column: String,
    pub attribute: Option<String>,
    pub key: bool,
}

impl BatchRow {
    /// A batch as it stands `now`, with the code of its source and the customers there are.
    pub(super) fn of(
        batch: Batch,
        source: String,
        customers: i64,
        now: Micros,
        report: ReportPart,
    ) -> Self {
        let counts = batch.counts;
        let has_ended = batch.finished_at.is_some();
        let unknown = report.columns.into_iter();
        let unknown = unknown.filter(|column| column.attribute.is_none() && !column.key);
        Self {
            id: Id(batch.id),
            source,
            file_name: batch.begun.file_name,
            file_digest: hexadecimal(&batch.begun.file_digest),
            format: batch.begun.format,
            encoding: batch.begun.encoding,
            sheet: batch.begun.sheet,
            dry_run: batch.begun.dry_run,
            state: batch.state,
            rows: Some(batch.begun.total_rows).filter(|rows| *rows != NOT_SURVEYED),
            rows_done: counts.rows_done,
            accepted: counts.accepted,
            quarantined: counts.quarantined,
            unchanged: counts.unchanged,
            new_customers: counts.new_customers,
            joined: counts.joined,
            held_for_review: counts.held_for_review,
            customers: if has_ended {
                report.customers
            } else {
                customers
            },
            rate_per_second: rate(
                counts.rows_done,
                batch.finished_at.unwrap_or(now) - batch.started_at,
            ),
            started_at: Instant(batch.started_at),
            finished_at: batch.finished_at.map(Instant),
            started_by: batch.begun.started_by,
            withdrawn_at: batch.withdrawn_at.map(Instant),
            withdrawn_records: batch.withdrawal.map(|withdrawal| withdrawal.records),
            problem: batch
                .problem
                .map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text))),
            mapping: serde_json::from_str::<Mapping>(&batch.begun.mapping)
                .ok()
                .map(NewMapping::from),
            problems_first: Vec::new(),
            columns_unknown: unknown.map(|column| column.column).collect(),
            notes: report.notes,
        }
    }
}

/// Rows a second, once there is something to divide by.
fn rate(rows: i64, micros: Micros) -> Option<f64> {
    if rows == 0 || micros <= 0 {
        return None;
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate is shown to a person, who reads three digits of it"
    )]
    let rate = rows as f64 / (micros as f64 / 1e6);
    Some(rate)
}

impl From<NewMapping> for Mapping {
    fn from(given: NewMapping) -> Self {
        Self {
            header: given.header == Header::FirstRow,
            key_column: given.key_column,
            columns: given
                .columns
                .into_iter()
                .map(|MappedColumn { column, attribute }| ColumnMapping { column, attribute })
                .collect(),
            fixed: given
                .fixed
                .into_iter()
                .map(|FixedValue { attribute, value }| Fixed { attribute, value })
                .collect(),
            blank_marks: given.blank_marks,
        }
    }
}

impl From<Mapping> for NewMapping {
    fn from(mapping: Mapping) -> Self {
        Self {
            header: if mapping.header {
                Header::FirstRow
            } else {
                Header::None
            },
            key_column: mapping.key_column,
            columns: mapping
                .columns
                .into_iter()
                .map(|ColumnMapping { column, attribute }| MappedColumn { column, attribute })
                .collect(),
            fixed: mapping
                .fixed
                .into_iter()
                .map(|Fixed { attribute, value }| FixedValue { attribute, value })
                .collect(),
            blank_marks: mapping.blank_marks,
        }
    }
}

impl From<SavedMapping> for MappingRow {
    fn from(saved: SavedMapping) -> Self {
        Self {
            name: saved.name,
            mapping: saved.mapping.into(),
            updated_at: Instant(saved.updated_at),
        }
    }
}
