//! What stands behind a view, over HTTP: provenance, records, differences, a value in full.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::customers::AsOf;
use super::numbered::Numbered;
use crate::access::{Allowed, need};
use crate::http::{Instant, Json, Page, PageQuery, Problem, Query};
use crate::protection::Disclosed;
use crate::register::behind::records_behind;
use crate::register::differences::differences;
use crate::register::disclose::disclose;
use crate::register::provenance::provenance_of;
use crate::register::wire::{Difference, DisclosedValue, NewDisclosure, Provenance, Record};
use crate::store::Store;

pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(get_provenance))
        .routes(routes!(list_customer_records))
        .routes(routes!(get_differences))
        .routes(routes!(disclose_value))
}

/// Of which attribute.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfAttribute {
    /// The attribute.
    attribute: String,
}

/// Between which instants.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Between {
    /// The earlier instant.
    from: Instant,
    /// The later one; now unless said.
    to: Option<Instant>,
}

/// Where a value comes from, what lost against it and why
#[utoipa::path(get, path = "/customers/{number}/provenance", tag = "customers",
    params(("number" = String, Path, description = "The customer number"), OfAttribute, AsOf),
    responses((status = 200, description = "The winner and the losers", body = Provenance)))]
async fn get_provenance(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(OfAttribute { attribute }): Query<OfAttribute>,
    Query(AsOf { as_of }): Query<AsOf>,
) -> Result<Disclosed<Provenance>, Problem> {
    let as_of = as_of.map(|instant| instant.0);
    Ok(Disclosed::of(
        provenance_of(&store, number, &attribute, as_of).await?,
    ))
}

/// The records behind a customer
#[utoipa::path(get, path = "/customers/{number}/records", tag = "customers",
    params(("number" = String, Path, description = "The customer number"), PageQuery, AsOf),
    responses((status = 200, description = "Records, newest first", body = Page<Record>)))]
async fn list_customer_records(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(page): Query<PageQuery>,
    Query(AsOf { as_of }): Query<AsOf>,
) -> Result<Disclosed<Page<Record>>, Problem> {
    let as_of = as_of.map(|instant| instant.0);
    let page = records_behind(&store, number, as_of, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}

/// What changed between two instants
#[utoipa::path(get, path = "/customers/{number}/differences", tag = "customers",
    params(("number" = String, Path, description = "The customer number"), Between),
    responses((status = 200, description = "What changed", body = Vec<Difference>)))]
async fn get_differences(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(Between { from, to }): Query<Between>,
) -> Result<Disclosed<Vec<Difference>>, Problem> {
    let to = to.map(|instant| instant.0);
    Ok(Disclosed::of(
        differences(&store, number, from.0, to).await?,
    ))
}

/// Show one masked value
///
/// Who asked for what, and why, stands in the audit log before the value is given.
#[utoipa::path(post, path = "/customers/{number}/disclosures", tag = "customers",
    request_body = NewDisclosure,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 200, description = "The value in full", body = DisclosedValue)))]
async fn disclose_value(
    actor: Allowed<need::Unmask>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<NewDisclosure>,
) -> Result<Disclosed<DisclosedValue>, Problem> {
    Ok(Disclosed::of(
        disclose(&store, &actor, number, wanted).await?,
    ))
}
