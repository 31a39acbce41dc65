//! Batches, to be looked at. Starting one is the pipeline's.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::{Allowed, need};
use crate::http::{Id, Page, PageQuery, Path, Problem, Query};
use crate::intake::show::{show_batch, show_batches};
use crate::intake::{BatchRow, BatchState};
use crate::protection::Disclosed;
use crate::store::Store;

/// Which batches are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BatchQuery {
    /// Only of this source.
    source: Option<String>,
    /// Only in this state.
    #[param(value_type = Option<String>)]
    state: Option<BatchState>,
}

/// Batches, latest first
#[utoipa::path(get, path = "/batches", tag = "intake", params(PageQuery, BatchQuery),
    responses((status = 200, description = "Batches", body = Page<BatchRow>)))]
pub(super) async fn list_batches(
    _: Allowed<need::Intake>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(query): Query<BatchQuery>,
) -> Result<Disclosed<Page<BatchRow>>, Problem> {
    let (after, limit) = (page.after()?, page.limit()?);
    let source = query.source.as_deref();
    let page = show_batches(&store, source, query.state, after, limit).await?;
    Ok(Disclosed::of(page))
}

/// A batch, with its first problems
#[utoipa::path(get, path = "/batches/{id}", tag = "intake", params(("id" = String, Path)),
    responses((status = 200, description = "The batch", body = BatchRow)))]
pub(super) async fn get_batch(
    _: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<BatchRow>, Problem> {
    Ok(Disclosed::of(show_batch(&store, id.0).await?))
}
