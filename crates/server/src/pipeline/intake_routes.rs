//! What brings records in, over HTTP: batches that run, corrected rows, single records, streams.

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Path, Problem, StreamedBody, Text, limits};
use crate::intake::{BatchRow, NewMapping, Reasoned, show_batch};
use crate::pipeline::arrivals::Arrivals;
use crate::pipeline::corrections::{Corrected, StillRefused, gather_sheet, resubmit_sheet};
use crate::pipeline::given::NewRecord;
use crate::pipeline::jobs::{self, BatchWish, Imports, begin_batch};
use crate::pipeline::outcome::Outcome;
use crate::pipeline::resubmit::{Resubmitted, resubmit_row};
use crate::pipeline::stream::{StreamOutcome, write_stream};
use crate::pipeline::withdraw;
use crate::protection::{Disclose, Disclosed};
use crate::store::Store;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Store> {
    let sheets = OpenApiRouter::new()
        .routes(routes!(upload_corrections))
        .layer(limits::sheet());
    let streams = OpenApiRouter::new()
        .routes(routes!(stream_records))
        .layer(limits::upload());
    OpenApiRouter::new()
        .merge(sheets)
        .merge(streams)
        .routes(routes!(start_batch))
        .routes(routes!(withdraw_batch))
        .routes(routes!(resume_batch))
        .routes(routes!(resubmit))
        .routes(routes!(create_record))
}

/// What somebody wants to import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBatch {
    #[schema(value_type = String)]
    upload: Id,
    /// The code of the source.
    source: String,
    /// What the columns mean; without it the saved one, without that what the headers say.
    #[serde(default)]
    mapping: Option<NewMapping>,
    #[serde(default)]
    mapping_name: Option<String>,
    #[serde(default)]
    save_mapping_as: Option<String>,
    #[serde(default)]
    sheet: Option<String>,
    /// Whether to write nothing and only say what would become of every row.
    dry_run: bool,
}

/// A cell as it should be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CellValue {
    column: String,
    value: String,
}

/// A corrected row.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resubmission {
    /// The cells that change; the others stay.
    cells: Vec<CellValue>,
}

/// Whether a corrected row is a record now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ResubmissionKind {
    Accepted,
    Quarantined,
}

/// What became of a corrected row.
#[derive(Debug, Serialize, ToSchema)]
struct ResubmissionOutcome {
    #[schema(inline)]
    outcome: ResubmissionKind,
    record: Option<Id>,
    customer: Option<String>,
    code: Option<String>,
    reason: Option<Text>,
}

impl Disclose for ResubmissionOutcome {}

/// What became of a workbook of corrections.
#[derive(Debug, Serialize, ToSchema)]
struct CorrectionReport {
    rows: i64,
    accepted: i64,
    quarantined: i64,
    /// Customers in the register, afterwards.
    customers: i64,
    still: Vec<StillWrong>,
}

/// A row that still cannot become a record.
#[derive(Debug, Serialize, ToSchema)]
struct StillWrong {
    id: String,
    /// Its row in the workbook.
    row: i64,
    reason: Text,
}

impl Disclose for CorrectionReport {}

/// Begin to import an upload, or only check it
///
/// One batch runs at a time; the others wait in the order in which they came. The same file with the
/// same mapping is one batch: it is gone on with, or shown as it ended.
#[utoipa::path(post, path = "/batches", tag = "intake", request_body = NewBatch,
    responses((status = 202, description = "The batch as it stands", body = BatchRow)))]
async fn start_batch(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Json(wanted): Json<NewBatch>,
) -> Result<Disclosed<BatchRow>, Problem> {
    let id = begin_batch(&store, &imports, &actor.name, wanted.into()).await?;
    Ok(Disclosed::accepted(show_batch(&store, id).await?))
}

/// Go on with a batch that stopped
#[utoipa::path(post, path = "/batches/{id}/resumption", tag = "intake",
    params(("id" = String, Path)),
    responses((status = 202, description = "The batch as it stands", body = BatchRow)))]
async fn resume_batch(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<Id>,
) -> Result<Disclosed<BatchRow>, Problem> {
    jobs::resume(&store, &imports, &actor.name, id.0).await?;
    Ok(Disclosed::accepted(show_batch(&store, id.0).await?))
}

/// Take a batch back as a whole
///
/// Its records are retired, a part at a time, and its customers are then what they were without them.
/// The same file can be imported anew.
#[utoipa::path(post, path = "/batches/{id}/withdrawal", tag = "intake",
    params(("id" = String, Path)), request_body = Reasoned,
    responses((status = 202, description = "The batch as it stands", body = BatchRow)))]
async fn withdraw_batch(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<Id>,
    Json(reasoned): Json<Reasoned>,
) -> Result<Disclosed<BatchRow>, Problem> {
    withdraw::begin(&store, &imports, &actor.name, id.0, &reasoned.reason).await?;
    Ok(Disclosed::accepted(show_batch(&store, id.0).await?))
}

/// Correct a row in quarantine and try again
#[utoipa::path(post, path = "/quarantine/{id}/resubmission", tag = "intake",
    operation_id = "resubmit_row", params(("id" = String, Path)), request_body = Resubmission,
    responses((status = 200, description = "What became of it", body = ResubmissionOutcome)))]
async fn resubmit(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(resubmission): Json<Resubmission>,
) -> Result<Disclosed<ResubmissionOutcome>, Problem> {
    let cells: Vec<(String, String)> = resubmission.into();
    let outcome = resubmit_row(&store, &actor.name, id.0, &cells).await?;
    Ok(Disclosed::of(outcome.into()))
}

/// Send the corrected workbook of a batch
#[utoipa::path(post, path = "/quarantine/corrections", tag = "intake",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What became of its rows", body = CorrectionReport)))]
async fn upload_corrections(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    body: StreamedBody,
) -> Result<Disclosed<CorrectionReport>, Problem> {
    let sheet = gather_sheet(body).await?;
    let corrected = resubmit_sheet(&store, &actor.name, sheet).await?;
    Ok(Disclosed::of(corrected.into()))
}

/// Send one record
///
/// With a key of the source the same record again changes nothing, and another one is its next
/// version. With an `Idempotency-Key` a request that is sent again is not done again.
#[utoipa::path(post, path = "/records", tag = "intake", request_body = NewRecord,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, description = "What became of it", body = Outcome)))]
async fn create_record(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Extension(arrivals): Extension<Arrivals>,
    Json(record): Json<NewRecord>,
) -> Result<Disclosed<Outcome>, Problem> {
    let outcome = arrivals.write(&store, &actor.name, record).await?;
    Ok(Disclosed::created(outcome))
}

/// Send records as NDJSON, one a line, and read what became of each, one a line
///
/// Answers come while lines are sent, so whoever sends many must read too. A line that cannot be
/// taken has a `problem` in its answer and holds up no other.
#[utoipa::path(post, path = "/records/stream", tag = "intake",
    request_body(content = String, content_type = "application/x-ndjson"),
    responses((status = 200, description = "One outcome a line", body = StreamOutcome,
        content_type = "application/x-ndjson")))]
async fn stream_records(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    body: StreamedBody,
) -> impl IntoResponse + use<> {
    let answers: Body = write_stream(store, actor.name.clone(), body);
    // Compression would gather answers until it has enough of them.
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_ENCODING, "identity"),
    ];
    (headers, answers)
}

impl From<NewBatch> for BatchWish {
    fn from(wanted: NewBatch) -> Self {
        Self {
            upload: wanted.upload.0,
            source: wanted.source,
            mapping: wanted.mapping.map(Into::into),
            mapping_name: wanted.mapping_name,
            save_mapping_as: wanted.save_mapping_as,
            sheet: wanted.sheet,
            dry_run: wanted.dry_run,
        }
    }
}

impl From<Resubmission> for Vec<(String, String)> {
    fn from(resubmission: Resubmission) -> Self {
        let cells = resubmission.cells.into_iter();
        cells.map(|cell| (cell.column, cell.value)).collect()
    }
}

impl From<Resubmitted> for ResubmissionOutcome {
    fn from(outcome: Resubmitted) -> Self {
        match outcome {
            Resubmitted::Accepted { record, customer } => Self {
                outcome: ResubmissionKind::Accepted,
                record: record.map(Id),
                customer: customer.map(|number| number.to_string()),
                code: None,
                reason: None,
            },
            Resubmitted::Quarantined { code, reason } => Self {
                outcome: ResubmissionKind::Quarantined,
                record: None,
                customer: None,
                code: Some(code),
                reason: Some(reason.into()),
            },
        }
    }
}

impl From<Corrected> for CorrectionReport {
    fn from(corrected: Corrected) -> Self {
        let still = corrected.still.into_iter();
        Self {
            rows: corrected.rows,
            accepted: corrected.accepted,
            quarantined: corrected.quarantined,
            customers: corrected.customers,
            still: still
                .map(|StillRefused { id, row, reason }| StillWrong {
                    id,
                    row,
                    reason: reason.into(),
                })
                .collect(),
        }
    }
}
