//! Rows in quarantine: read, put away, carried off to be corrected in a sheet.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Page, PageQuery, Path, Problem, Query, Text};
use crate::intake::held::{SHEET_TYPE, ShownRow, discard, open_rows_sheet, show_rows};
use crate::intake::{QuarantineFilter, QuarantineState, Reasoned};
use crate::protection::{Disclose, Disclosed, Shown};
use crate::store::Store;

/// Which rows are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct QuarantineQuery {
    /// Only of this batch.
    #[param(value_type = Option<String>)]
    batch: Option<Id>,
    /// Only in this state. Across batches: open ones.
    #[param(inline)]
    state: Option<QuarantineState>,
}

/// A row that could not become a record.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QuarantineRow {
    id: Id,
    batch: Id,
    source: String,
    file_name: String,
    row: i64,
    column: Option<String>,
    /// A code that never changes.
    code: String,
    reason: Text,
    cells: Vec<QuarantineCell>,
    state: QuarantineState,
    /// The record that it became.
    record: Option<Id>,
}

/// A cell as it was given: whoever corrects it must see it, so reading a page is in the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QuarantineCell {
    column: String,
    #[schema(value_type = String)]
    value: Shown,
    attribute: Option<String>,
}

impl Disclose for QuarantineRow {}

/// Rows in quarantine, as they were given
#[utoipa::path(get, path = "/quarantine", tag = "intake", params(PageQuery, QuarantineQuery),
    responses((status = 200, description = "Rows", body = Page<QuarantineRow>)))]
pub(super) async fn list_quarantine(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(query): Query<QuarantineQuery>,
) -> Result<Disclosed<Page<QuarantineRow>>, Problem> {
    let (after, limit) = (page.after()?, page.limit()?);
    let rows = show_rows(&store, &actor.name, query.into(), after, limit).await?;
    Ok(Disclosed::of(rows.map(QuarantineRow::from)))
}

/// Decide that a row is not needed
#[utoipa::path(post, path = "/quarantine/{id}/discard", tag = "intake",
    params(("id" = String, Path)), request_body = Reasoned,
    responses((status = 200, description = "The row as it stands", body = QuarantineRow)))]
pub(super) async fn discard_row(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(reasoned): Json<Reasoned>,
) -> Result<Disclosed<QuarantineRow>, Problem> {
    let row = discard(&store, &actor.name, id.0, &reasoned.reason).await?;
    Ok(Disclosed::of(row.into()))
}

/// The open rows of a batch as a workbook, to be corrected and sent back
#[utoipa::path(get, path = "/batches/{id}/quarantine.xlsx", tag = "intake",
    params(("id" = String, Path)),
    responses((status = 200, description = "The workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(super) async fn download_quarantine(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<impl IntoResponse + use<>, Problem> {
    let sheet = open_rows_sheet(&store, &actor.name, id.0).await?;
    let name = format!("attachment; filename=\"quarantine-{}.xlsx\"", id.0);
    let headers = [
        (header::CONTENT_TYPE, SHEET_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from(sheet)))
}

impl From<QuarantineQuery> for QuarantineFilter {
    fn from(query: QuarantineQuery) -> Self {
        Self {
            batch: query.batch.map(|id| id.0),
            state: query.state,
        }
    }
}

impl From<ShownRow> for QuarantineRow {
    fn from(shown: ShownRow) -> Self {
        let row = shown.row;
        let cells = shown.cells.into_iter();
        Self {
            id: Id(row.id),
            batch: Id(row.batch),
            source: shown.source,
            file_name: shown.file_name,
            row: row.row_number,
            column: row.column,
            code: row.code,
            reason: row.reason.into(),
            cells: cells
                .map(|cell| QuarantineCell {
                    column: cell.column,
                    value: cell.value,
                    attribute: cell.attribute,
                })
                .collect(),
            state: row.state,
            record: row.record.map(Id),
        }
    }
}
