//! Sources and declarations over HTTP.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Actor, Allowed, need};
use crate::http::etag::IfMatch;
use crate::http::{Json, Page, Path, Problem};
use crate::protection::Disclosed;
use crate::register::dictionary::{Dictionary, dictionary};
use crate::register::source_list::{
    SourceView, refold_source, replace_source, view_source, view_sources,
};
use crate::register::{NewSource, RegisterError, create_source};
use crate::store::Store;

pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_attributes))
        .routes(routes!(list_sources, create))
        .routes(routes!(get_source, replace))
}

/// The declared attributes, groups, kinds and channels
#[utoipa::path(get, path = "/attributes", tag = "register",
    responses((status = 200, description = "The declarations in force", body = Dictionary)))]
async fn list_attributes(_: Actor, State(store): State<Store>) -> Disclosed<Dictionary> {
    Disclosed::of(dictionary(&store))
}

/// Sources
#[utoipa::path(get, path = "/sources", tag = "register",
    responses((status = 200, description = "All sources", body = Page<SourceView>)))]
async fn list_sources(
    _: Actor,
    State(store): State<Store>,
) -> Result<Disclosed<Page<SourceView>>, Problem> {
    Ok(Disclosed::of(view_sources(&store).await?))
}

/// Declare a source
#[utoipa::path(post, path = "/sources", tag = "register", operation_id = "create_source",
    request_body = NewSource,
    responses((status = 201, description = "The source", body = SourceView)))]
async fn create(
    actor: Allowed<need::Administer>,
    State(store): State<Store>,
    Json(said): Json<NewSource>,
) -> Result<Disclosed<SourceView>, Problem> {
    let source = create_source(&store, &actor.name, said).await?;
    let view = view_source(&store, &source.said.code).await?;
    let tag = view.etag()?;
    Ok(Disclosed::created(view).with_etag(tag))
}

/// A source, with the tag that changing it asks for
#[utoipa::path(get, path = "/sources/{code}", tag = "register",
    params(("code" = String, Path, description = "The code of the source")),
    responses((status = 200, description = "The source", body = SourceView)))]
async fn get_source(
    _: Actor,
    State(store): State<Store>,
    Path(code): Path<String>,
) -> Result<Disclosed<SourceView>, Problem> {
    let view = view_source(&store, &code).await?;
    let tag = view.etag()?;
    Ok(Disclosed::of(view).with_etag(tag))
}

/// Change a source
///
/// The code in the body is that of the address. Another trust decides anew between records; the
/// views follow within the next moments.
#[utoipa::path(put, path = "/sources/{code}", tag = "register", operation_id = "replace_source",
    request_body = NewSource,
    params(
        ("code" = String, Path, description = "The code of the source"),
        ("If-Match" = Option<String>, Header, description = "The tag of what was seen"),
    ),
    responses((status = 200, description = "The source", body = SourceView)))]
async fn replace(
    actor: Allowed<need::Administer>,
    State(store): State<Store>,
    Path(code): Path<String>,
    condition: IfMatch,
    Json(said): Json<NewSource>,
) -> Result<Disclosed<SourceView>, Problem> {
    same_code(&code, &said)?;
    replace_source(&store, &actor.name, said, &condition).await?;
    fold_in_background(store.clone(), code.clone());
    let view = view_source(&store, &code).await?;
    let tag = view.etag()?;
    Ok(Disclosed::of(view).with_etag(tag))
}

/// A code is never changed: files, URLs and the log name it.
fn same_code(code: &str, said: &NewSource) -> Result<(), RegisterError> {
    if said.code == code {
        return Ok(());
    }
    Err(RegisterError::invalid(
        "code",
        "来源代码与地址中的不一致",
        "is not the code of the address",
    ))
}

fn fold_in_background(store: Store, code: String) {
    tokio::spawn(async move {
        if let Err(error) = refold_source(&store, &code).await {
            tracing::error!(%error, "views were not folded anew after a change of trust");
        }
    });
}
