//! Saved views over HTTP.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::saved_view::{
    self, ListName, create_saved_view, delete_saved_view, replace_saved_view,
};
use crate::access::{Actor, Allowed, NewSavedView, need};
use crate::http::{Id, Instant, Json, Page, Path, Problem, Query};
use crate::protection::{Disclose, Disclosed};
use crate::store::Store;

/// The routes of this module.
pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_saved_views, create))
        .routes(routes!(replace, delete))
}

/// Of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SavedViewQuery {
    /// The list.
    #[param(inline)]
    list: ListName,
}

/// A saved view (常用视图).
#[derive(Debug, Serialize, ToSchema)]
struct SavedView {
    id: Id,
    /// Whether it is of the account that asks; only such a one can be changed.
    own: bool,
    /// Who made it.
    owner: String,
    #[serde(flatten)]
    said: NewSavedView,
    updated_at: Instant,
}

impl Disclose for SavedView {}

impl SavedView {
    fn of(view: saved_view::SavedView, actor: &Actor) -> Self {
        Self {
            id: Id(view.id),
            own: actor.account == Some(view.account),
            owner: view.owner,
            said: view.said,
            updated_at: Instant(view.updated_at),
        }
    }
}

/// The saved views of a list: one's own and those that colleagues share
#[utoipa::path(get, path = "/saved-views", tag = "session", params(SavedViewQuery),
    responses((status = 200, description = "The views", body = Page<SavedView>)))]
async fn list_saved_views(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(query): Query<SavedViewQuery>,
) -> Result<Disclosed<Page<SavedView>>, Problem> {
    let views = saved_view::list_saved_views(&store, &actor, query.list).await?;
    let views = views.into_iter().map(|view| SavedView::of(view, &actor));
    Ok(Disclosed::of(Page::whole(views.collect())))
}

/// Save a view of a list
#[utoipa::path(post, path = "/saved-views", tag = "session", operation_id = "create_saved_view",
    request_body = NewSavedView,
    responses((status = 201, description = "The view", body = SavedView)))]
async fn create(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Json(said): Json<NewSavedView>,
) -> Result<Disclosed<SavedView>, Problem> {
    let view = create_saved_view(&store, &actor, said).await?;
    Ok(Disclosed::created(SavedView::of(view, &actor)))
}

/// Change a saved view of one's own
#[utoipa::path(put, path = "/saved-views/{id}", tag = "session", operation_id = "replace_saved_view",
    params(("id" = String, Path)), request_body = NewSavedView,
    responses((status = 200, description = "The view", body = SavedView)))]
async fn replace(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<NewSavedView>,
) -> Result<Disclosed<SavedView>, Problem> {
    let view = replace_saved_view(&store, &actor, id.0, said).await?;
    Ok(Disclosed::of(SavedView::of(view, &actor)))
}

/// Forget a saved view of one's own
#[utoipa::path(delete, path = "/saved-views/{id}", tag = "session", operation_id = "delete_saved_view",
    params(("id" = String, Path)),
    responses((status = 204, description = "The view is forgotten")))]
async fn delete(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<StatusCode, Problem> {
    delete_saved_view(&store, &actor, id.0).await?;
    Ok(StatusCode::NO_CONTENT)
}
