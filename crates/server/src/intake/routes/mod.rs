//! Uploads, mappings, lists of batches and quarantine over HTTP.

mod batches;
mod mappings;
mod quarantine;
mod uploads;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::limits;
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(uploads::create_upload))
        .layer(limits::upload());
    OpenApiRouter::new()
        .merge(uploads)
        .routes(routes!(uploads::preview_upload))
        .routes(routes!(mappings::list_mappings))
        .routes(routes!(
            mappings::get_mapping,
            mappings::put_mapping,
            mappings::delete_mapping
        ))
        .routes(routes!(batches::list_batches))
        .routes(routes!(batches::get_batch))
        .routes(routes!(quarantine::list_quarantine))
        .routes(routes!(quarantine::discard_row))
        .routes(routes!(quarantine::download_quarantine))
}
