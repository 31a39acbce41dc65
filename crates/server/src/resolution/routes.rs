//! Resolution over HTTP: merges, splits, the timeline that shows them among the rest, and who shares contacts.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Page, PageQuery, Path, Problem, Query};
use crate::protection::Disclosed;
use crate::register::{Numbered, read_number};
use crate::resolution::decide::{Decider, Joined, join, part};
use crate::resolution::merges::{merge_page, show_outcome, view_merge};
use crate::resolution::network::network;
use crate::resolution::split::split;
use crate::resolution::timeline::timeline;
use crate::resolution::wire::{Merge, MergeOutcome, NewMerge, Reasoned, TimelineEntry};
use crate::resolution::wire_network::Network;
use crate::resolution::wire_split::{NewSplit, Split, SplitChoice, SplitPreview};
use crate::resolution::{linkage_routes, review_routes, split_preview};
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_merges, merge_customers))
        .routes(routes!(undo_merge))
        .routes(routes!(preview_split))
        .routes(routes!(split_customer))
        .merge(review_routes::routes())
        .merge(linkage_routes::routes())
        .routes(routes!(get_timeline))
        .routes(routes!(get_network))
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
/// The older number goes on, whichever of the two is named in the address; the other redirects. Where
/// a merge is dangerous it is only proposed: a second person must agree in the review that is named.
#[utoipa::path(post, path = "/customers/{number}/merges", tag = "resolution",
    request_body = NewMerge,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 201, description = "The merge and the number that goes on", body = MergeOutcome),
        (status = 202, description = "A second person must agree", body = MergeOutcome)))]
async fn merge_customers(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<NewMerge>,
) -> Result<Disclosed<MergeOutcome>, Problem> {
    let pair = (number, read_number(&wanted.absorbed)?);
    let decider = Decider::new(&actor, &wanted.reason);
    let joined = join(&store, decider, pair).await?;
    let is_done = matches!(joined, Joined::Merged { .. });
    let outcome = show_outcome(joined);
    Ok(if is_done {
        Disclosed::created(outcome)
    } else {
        Disclosed::accepted(outcome)
    })
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

/// See what a split would make of a customer
///
/// Nothing is written.
#[utoipa::path(post, path = "/customers/{number}/splits/preview", tag = "resolution",
    request_body = SplitChoice,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 200, description = "Both parts as they would look", body = SplitPreview)))]
async fn preview_split(
    _: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<SplitChoice>,
) -> Result<Disclosed<SplitPreview>, Problem> {
    let series = ids(&wanted.series);
    Ok(Disclosed::of(
        split_preview::preview_split(&store, number, &series).await?,
    ))
}

/// Split records off into a customer of their own
///
/// The number stays with the rest. Merging the new customer back restores what stood before.
#[utoipa::path(post, path = "/customers/{number}/splits", tag = "resolution",
    request_body = NewSplit,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 201, description = "Both numbers", body = Split)))]
async fn split_customer(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<NewSplit>,
) -> Result<Disclosed<Split>, Problem> {
    let decider = Decider::new(&actor, &wanted.reason);
    let series = ids(&wanted.series);
    let done = split(&store, decider, number, &series).await?;
    Ok(Disclosed::created(split_preview::show_split(&done)))
}

fn ids(ids: &[Id]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
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

/// Who shares a telephone, an e-mail address or a home with a customer
///
/// Also whether they are a probable household or group of companies, with the reasons. Nothing is merged for it.
#[utoipa::path(get, path = "/customers/{number}/network", tag = "customers",
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 200, description = "Customers, the contacts they share, and who belongs together",
        body = Network)))]
async fn get_network(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
) -> Result<Disclosed<Network>, Problem> {
    Ok(Disclosed::of(network(&store, number).await?))
}
