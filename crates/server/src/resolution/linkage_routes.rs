//! Linkage over HTTP: the model card, and runs over the whole book.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use domain::resolution::Family;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Page, PageQuery, Path, Problem, Query};
use crate::protection::Disclosed;
use crate::resolution::linkage::{self, apply_run, discard_run, run_detail, run_page, start_run};
use crate::resolution::wire::Reasoned;
use crate::resolution::wire_linkage_model::LinkageModel;
use crate::resolution::wire_linkage_run::{LinkageFamily, LinkageRun, NewLinkageRun};
use crate::store::Store;

/// The routes of linkage.
pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(get_linkage_model))
        .routes(routes!(download_linkage_model))
        .routes(routes!(list_linkage_runs, start_linkage_run))
        .routes(routes!(get_linkage_run))
        .routes(routes!(apply_linkage_run))
        .routes(routes!(discard_linkage_run))
}

/// The linkage model in force
///
/// With what the last run over the book said of it.
#[utoipa::path(get, path = "/linkage/models/{family}", tag = "resolution",
    params(("family" = LinkageFamily, Path, description = "Whose records it divides")),
    responses((status = 200, description = "The model", body = LinkageModel)))]
async fn get_linkage_model(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(family): Path<LinkageFamily>,
) -> Result<Disclosed<LinkageModel>, Problem> {
    let card = linkage::model_card(&store, family.into()).await?;
    Ok(Disclosed::of(card))
}

/// The linkage model in force as a file
///
/// It names nobody: frequent values stand in it as hashes.
#[utoipa::path(get, path = "/linkage/models/{family}/file", tag = "resolution",
    params(("family" = LinkageFamily, Path, description = "Whose records it divides")),
    responses((status = 200, description = "TOML", body = String, content_type = "application/toml")))]
async fn download_linkage_model(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(family): Path<LinkageFamily>,
) -> Result<impl IntoResponse + use<>, Problem> {
    let family = Family::from(family);
    let file = linkage::model_file(&store, family).await?;
    let name = format!("attachment; filename=\"linkage-{}.toml\"", family.code());
    let headers = [
        (header::CONTENT_TYPE, "application/toml".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from(file)))
}

/// Which runs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RunFilter {
    /// Over whose records; over any unless said.
    #[param(inline)]
    family: Option<LinkageFamily>,
}

/// Runs over the whole book
#[utoipa::path(get, path = "/linkage/runs", tag = "resolution", params(PageQuery, RunFilter),
    responses((status = 200, description = "Runs, newest first", body = Page<LinkageRun>)))]
async fn list_linkage_runs(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<RunFilter>,
) -> Result<Disclosed<Page<LinkageRun>>, Problem> {
    let (after, limit) = (page.after()?, page.limit()?);
    let page = run_page(&store, &actor.name, filter.family, after, limit).await?;
    Ok(Disclosed::of(page))
}

/// Start to divide the whole book anew
///
/// Nothing changes until a second person applies what the run found. There is one run of a family at a time.
#[utoipa::path(post, path = "/linkage/runs", tag = "resolution", request_body = NewLinkageRun,
    responses((status = 202, description = "The run, begun", body = LinkageRun)))]
async fn start_linkage_run(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Json(wanted): Json<NewLinkageRun>,
) -> Result<Disclosed<LinkageRun>, Problem> {
    let family = wanted.family.into();
    let id = start_run(&store, &actor.name, family, wanted.learn, &wanted.reason).await?;
    let run = run_detail(&store, &actor.name, id).await?;
    Ok(Disclosed::accepted(run))
}

/// One run with its preview
#[utoipa::path(get, path = "/linkage/runs/{id}", tag = "resolution",
    params(("id" = String, Path, description = "The run")),
    responses((status = 200, description = "The run", body = LinkageRun)))]
async fn get_linkage_run(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<LinkageRun>, Problem> {
    Ok(Disclosed::of(run_detail(&store, &actor.name, id.0).await?))
}

/// Apply what a run found
///
/// By another person than the one who started it.
#[utoipa::path(post, path = "/linkage/runs/{id}/apply", tag = "resolution", request_body = Reasoned,
    params(("id" = String, Path, description = "The run")),
    responses((status = 202, description = "The run, being applied", body = LinkageRun)))]
async fn apply_linkage_run(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<Reasoned>,
) -> Result<Disclosed<LinkageRun>, Problem> {
    apply_run(&store, &actor.name, id.0, &said.reason).await?;
    let run = run_detail(&store, &actor.name, id.0).await?;
    Ok(Disclosed::accepted(run))
}

/// Discard a run
///
/// Also one that is still dividing the book; nothing has changed yet.
#[utoipa::path(post, path = "/linkage/runs/{id}/discard", tag = "resolution", request_body = Reasoned,
    params(("id" = String, Path, description = "The run")),
    responses((status = 200, description = "The run, discarded", body = LinkageRun)))]
async fn discard_linkage_run(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<Reasoned>,
) -> Result<Disclosed<LinkageRun>, Problem> {
    discard_run(&store, &actor.name, id.0, &said.reason).await?;
    Ok(Disclosed::of(run_detail(&store, &actor.name, id.0).await?))
}
