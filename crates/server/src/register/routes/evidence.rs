//! What stands behind a view, over HTTP.

use utoipa_axum::router::OpenApiRouter;

use crate::store::Store;

pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
}
