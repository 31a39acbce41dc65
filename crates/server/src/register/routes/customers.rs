//! Customers over HTTP: the list, the search, the view.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::numbered::Numbered;
use crate::access::{Allowed, need};
use crate::http::{Instant, Json, Page, PageQuery, Problem, Query, etag};
use crate::protection::Disclosed;
use crate::register::list::{self, CustomerFilter};
use crate::register::search;
use crate::register::view::view_customer;
use crate::register::wire::{CustomerRow, CustomerSearch, CustomerView};
use crate::store::Store;

pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_customers))
        .routes(routes!(search_customers))
        .routes(routes!(get_customer))
}

/// The instant that an answer is to speak of.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// An instant of the past; now unless said.
    pub as_of: Option<Instant>,
}

/// Customers by number or by name
#[utoipa::path(get, path = "/customers", tag = "customers", params(PageQuery, CustomerFilter),
    responses((status = 200, description = "Customers", body = Page<CustomerRow>)))]
async fn list_customers(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<CustomerFilter>,
) -> Result<Disclosed<Page<CustomerRow>>, Problem> {
    let page = list::list_customers(&store, &filter, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}

/// Find customers; personal data never stands in the address
#[utoipa::path(post, path = "/customers/search", tag = "customers", request_body = CustomerSearch,
    responses((status = 200, description = "Who was found", body = Page<CustomerRow>)))]
async fn search_customers(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Json(wanted): Json<CustomerSearch>,
) -> Result<Disclosed<Page<CustomerRow>>, Problem> {
    let page = PageQuery::new(wanted.after, wanted.limit);
    let by = wanted.by.and_then(Into::into);
    let (after, limit) = (page.after()?, page.limit()?);
    let page = search::search_customers(&store, &wanted.text, by, after, limit).await?;
    Ok(Disclosed::of(page))
}

/// The golden view of a customer
#[utoipa::path(get, path = "/customers/{number}", tag = "customers",
    params(("number" = String, Path, description = "The customer number"), AsOf),
    responses((status = 200, description = "The view", body = CustomerView)))]
async fn get_customer(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Query(AsOf { as_of }): Query<AsOf>,
) -> Result<Disclosed<CustomerView>, Problem> {
    let mut view = view_customer(&store, number, as_of.map(|instant| instant.0)).await?;
    let tag = etag::of(&view)?;
    view.etag.clone_from(&tag);
    Ok(Disclosed::of(view).with_etag(tag))
}
