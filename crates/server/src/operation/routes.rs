//! The overview over HTTP. Whoever has signed in may see it: it holds figures only.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Actor;
use crate::http::Problem;
use crate::operation::{self, Overview};
use crate::protection::Disclosed;
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(overview))
        .merge(operation::audit::routes())
}

/// The state of the book in a few figures
#[utoipa::path(get, path = "/overview", tag = "operation",
    responses((status = 200, description = "The figures", body = Overview)))]
async fn overview(_: Actor, State(store): State<Store>) -> Result<Disclosed<Overview>, Problem> {
    let overview = operation::overview(&store).await?;
    Ok(Disclosed::of(overview))
}
