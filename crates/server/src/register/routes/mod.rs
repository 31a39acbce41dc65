//! The register over HTTP.

mod customers;
mod evidence;
mod numbered;
mod sources;
mod view_rules;

pub use numbered::Numbered;

use utoipa_axum::router::OpenApiRouter;

use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .merge(sources::routes())
        .merge(customers::routes())
        .merge(evidence::routes())
        .merge(view_rules::routes())
}
