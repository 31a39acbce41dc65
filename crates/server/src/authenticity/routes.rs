//! Questions to the engines over HTTP. They are POST, for what is asked is personal data.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Actor;
use crate::authenticity::addresses::{AddressQuestion, ParsedAddress, parse};
use crate::authenticity::identifiers::{CheckedIdentifier, IdentifierQuestion, check};
use crate::authenticity::names::{ComparedNames, NamesQuestion, compare};
use crate::http::{Json, Problem};
use crate::protection::Disclosed;
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(check_identifier))
        .routes(routes!(compare_names))
        .routes(routes!(parse_address))
}

/// Check an identifier
///
/// Without a kind, the likeliest one is taken and the others are named.
#[utoipa::path(post, path = "/identifiers/check", tag = "authenticity", request_body = IdentifierQuestion,
    responses((status = 200, description = "Whether it is well-formed, what it says, how to mend it", body = CheckedIdentifier)))]
async fn check_identifier(
    _: Actor,
    Json(question): Json<IdentifierQuestion>,
) -> Result<Disclosed<CheckedIdentifier>, Problem> {
    Ok(Disclosed::of(check(&question)?))
}

/// Compare two names
#[utoipa::path(post, path = "/names/compare", tag = "authenticity", request_body = NamesQuestion,
    responses((status = 200, description = "How far they agree, and why", body = ComparedNames)))]
async fn compare_names(
    _: Actor,
    Json(question): Json<NamesQuestion>,
) -> Result<Disclosed<ComparedNames>, Problem> {
    Ok(Disclosed::of(compare(&question)?))
}

/// Parse an address, and compare it with another
#[utoipa::path(post, path = "/addresses/parse", tag = "authenticity", request_body = AddressQuestion,
    responses((status = 200, description = "Its parts and its division", body = ParsedAddress)))]
async fn parse_address(
    _: Actor,
    Json(question): Json<AddressQuestion>,
) -> Result<Disclosed<ParsedAddress>, Problem> {
    Ok(Disclosed::of(parse(&question)?))
}
