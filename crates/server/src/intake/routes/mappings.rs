//! Saved mappings of a source.

use axum::extract::State;
use axum::http::StatusCode;

use crate::access::{Allowed, need};
use crate::http::etag::{self, IfMatch};
use crate::http::{Json, Page, PageQuery, Path, Problem, Query};
use crate::intake::wire::MappingRow;
use crate::intake::{self, IntakeError, NewMapping, SavedMapping, find_mapping, write_mapping};
use crate::protection::Disclosed;
use crate::register::find_source;
use crate::store::Store;

/// The saved mappings of a source
#[utoipa::path(get, path = "/sources/{code}/mappings", tag = "intake",
    params(("code" = String, Path), PageQuery),
    responses((status = 200, description = "Mappings", body = Page<MappingRow>)))]
pub(super) async fn list_mappings(
    _: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(code): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Disclosed<Page<MappingRow>>, Problem> {
    let limit = page.limit()?;
    let after: String = page.after()?.unwrap_or_default();
    let mut transaction = store.database.read().await?;
    let source = find_source(&mut transaction, &code).await?.id;
    let (saved, count) = intake::list_mappings(&mut transaction, source, &after, limit + 1).await?;
    let page = Page::of(saved, limit, count, |last| last.name.clone());
    Ok(Disclosed::of(page.map(MappingRow::from)))
}

/// A saved mapping, with the tag that changing it asks for
#[utoipa::path(get, path = "/sources/{code}/mappings/{name}", tag = "intake",
    params(("code" = String, Path), ("name" = String, Path)),
    responses((status = 200, description = "The mapping", body = MappingRow)))]
pub(super) async fn get_mapping(
    _: Allowed<need::Intake>,
    State(store): State<Store>,
    Path((code, name)): Path<(String, String)>,
) -> Result<Disclosed<MappingRow>, Problem> {
    let row = read_mapping(&store, &code, &name).await?;
    let tag = etag::of(&row)?;
    Ok(Disclosed::of(row).with_etag(tag))
}

/// Save a mapping of a source
#[utoipa::path(put, path = "/sources/{code}/mappings/{name}", tag = "intake",
    params(
        ("code" = String, Path),
        ("name" = String, Path),
        ("If-Match" = Option<String>, Header, description = "The tag of what was seen; `\"\"` saves a new name only"),
    ),
    request_body = NewMapping,
    responses((status = 200, description = "The mapping as it was saved", body = MappingRow)))]
pub(super) async fn put_mapping(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path((code, name)): Path<(String, String)>,
    condition: IfMatch,
    Json(mapping): Json<NewMapping>,
) -> Result<Disclosed<MappingRow>, Problem> {
    let row = replace_mapping(&store, &actor.name, (&code, name), &condition, mapping).await?;
    let tag = etag::of(&row)?;
    Ok(Disclosed::of(row).with_etag(tag))
}

/// Forget a mapping of a source
///
/// Batches keep what they were imported with.
#[utoipa::path(delete, path = "/sources/{code}/mappings/{name}", tag = "intake",
    params(
        ("code" = String, Path),
        ("name" = String, Path),
        ("If-Match" = Option<String>, Header, description = "The tag of what was seen"),
    ),
    responses((status = 204, description = "The mapping is forgotten")))]
pub(super) async fn delete_mapping(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path((code, name)): Path<(String, String)>,
    condition: IfMatch,
) -> Result<StatusCode, Problem> {
    forget_mapping(&store, &actor.name, (&code, &name), &condition).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn read_mapping(store: &Store, code: &str, name: &str) -> Result<MappingRow, IntakeError> {
    let mut transaction = store.database.read().await?;
    let source = find_source(&mut transaction, code).await?;
    let standing = find_mapping(&mut transaction, source.id, name).await?;
    let unknown = || IntakeError::UnknownMapping(name.to_owned());
    Ok(standing.ok_or_else(unknown)?.into())
}

async fn forget_mapping(
    store: &Store,
    actor: &str,
    (code, name): (&str, &str),
    condition: &IfMatch,
) -> Result<(), Problem> {
    let (mut transaction, deleted_at) = store.write().await?;
    let source = find_source(&mut transaction, code).await?;
    let standing = find_mapping(&mut transaction, source.id, name).await?;
    let unknown = || IntakeError::UnknownMapping(name.to_owned());
    let row = MappingRow::from(standing.ok_or_else(unknown)?);
    condition.check(&etag::of(&row)?)?;
    intake::delete_mapping(&mut transaction, deleted_at, actor, &source, name).await?;
    transaction.commit().await?;
    Ok(())
}

async fn replace_mapping(
    store: &Store,
    actor: &str,
    (code, name): (&str, String),
    condition: &IfMatch,
    mapping: NewMapping,
) -> Result<MappingRow, Problem> {
    let (mut transaction, updated_at) = store.write().await?;
    let source = find_source(&mut transaction, code).await?;
    let standing = find_mapping(&mut transaction, source.id, &name).await?;
    let tag = match standing {
        Some(standing) => etag::of(&MappingRow::from(standing))?,
        None => "\"\"".to_owned(),
    };
    condition.check(&tag)?;
    let saved = SavedMapping {
        name,
        mapping: mapping.into(),
        updated_at,
    };
    let catalogue = &store.catalogue;
    write_mapping(&mut transaction, catalogue, actor, &source, &saved).await?;
    transaction.commit().await?;
    Ok(saved.into())
}
