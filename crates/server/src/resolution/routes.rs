//! Resolution over HTTP: merges, reviews, and the timeline that shows them among the rest.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Page, PageQuery, Path, Problem, Query};
use crate::protection::Disclosed;
use crate::register::{Numbered, read_number};
use crate::resolution::decide::{Decider, decide, join, part};
use crate::resolution::merges::{merge_page, show_outcome, view_merge};
use crate::resolution::queue::{review_detail, review_page};
use crate::resolution::timeline::timeline;
use crate::resolution::wire::{
    Decision, Merge, MergeOutcome, NewMerge, Progress, Reasoned, Review, TimelineEntry, Verdict,
};
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_merges, merge_customers))
        .routes(routes!(undo_merge))
        .routes(routes!(list_reviews))
        .routes(routes!(get_review))
        .routes(routes!(decide_review))
        .routes(routes!(get_timeline))
}

/// Which reviews.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReviewFilter {
    /// Open ones unless said.
    #[serde(default)]
    #[param(inline)]
    state: Progress,
}

/// Merges of a customer
#[utoipa::path(get, path = "/customers/{number}/merges", tag = "resolution",
    params(("number" = String, Path, description = "The customer number"), PageQuery),
    responses((status = 200, description = "Merges, newest first", body = Page<Merge>)))]
async fn list_merges(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(page): Query<PageQuery>,
) -> Result<Disclosed<Page<Merge>>, Problem> {
    let page = merge_page(&store, number, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}

/// Merge another customer into this one
///
/// The older number goes on, whichever of the two is named in the address; the other redirects.
#[utoipa::path(post, path = "/customers/{number}/merges", tag = "resolution",
    request_body = NewMerge,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 201, description = "The merge and the number that goes on", body = MergeOutcome)))]
async fn merge_customers(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<NewMerge>,
) -> Result<Disclosed<MergeOutcome>, Problem> {
    let pair = (number, read_number(&wanted.absorbed)?);
    let decider = Decider::new(&actor, &wanted.reason);
    Ok(Disclosed::created(show_outcome(
        join(&store, decider, pair).await?,
    )))
}

/// Undo a merge
#[utoipa::path(post, path = "/merges/{id}/undo", tag = "resolution", request_body = Reasoned,
    params(("id" = String, Path, description = "The merge")),
    responses((status = 200, description = "The merge, taken back", body = Merge)))]
async fn undo_merge(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<Reasoned>,
) -> Result<Disclosed<Merge>, Problem> {
    let decider = Decider::new(&actor, &said.reason);
    part(&store, decider, id.0).await?;
    Ok(Disclosed::of(view_merge(&store, id.0).await?))
}

/// Cases that need a person
#[utoipa::path(get, path = "/reviews", tag = "resolution", params(PageQuery, ReviewFilter),
    responses((status = 200, description = "Open ones oldest first, decided ones newest first", body = Page<Review>)))]
async fn list_reviews(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<ReviewFilter>,
) -> Result<Disclosed<Page<Review>>, Problem> {
    let page = review_page(&store, filter.state, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}

/// One case with its fields
#[utoipa::path(get, path = "/reviews/{id}", tag = "resolution",
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The two side by side", body = Review)))]
async fn get_review(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Review>, Problem> {
    Ok(Disclosed::of(review_detail(&store, id.0).await?))
}

/// Decide a case
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "resolution", request_body = Decision,
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The case, decided", body = Review)))]
async fn decide_review(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(decision): Json<Decision>,
) -> Result<Disclosed<Review>, Problem> {
    let decider = Decider::new(&actor, &decision.reason);
    decide(&store, decider, id.0, decision.verdict == Verdict::Same).await?;
    Ok(Disclosed::of(review_detail(&store, id.0).await?))
}

/// What happened to a customer
#[utoipa::path(get, path = "/customers/{number}/timeline", tag = "customers",
    params(("number" = String, Path, description = "The customer number"), PageQuery),
    responses((status = 200, description = "What happened, newest first", body = Page<TimelineEntry>)))]
async fn get_timeline(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(page): Query<PageQuery>,
) -> Result<Disclosed<Page<TimelineEntry>>, Problem> {
    let page = timeline(&store, number, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}
