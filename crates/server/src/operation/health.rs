//! Health: is the process alive, can it answer. For whoever restarts it, without signing in.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use storage::StorageError;

use crate::http::Problem;
use crate::store::Store;

/// `/health/live` and `/health/ready`; no part of the API.
pub fn routes() -> Router<Store> {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
}

async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn ready(State(store): State<Store>) -> Result<StatusCode, Problem> {
    ask_store(&store).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn ask_store(store: &Store) -> Result<(), StorageError> {
    let mut transaction = store.database.read().await?;
    transaction
        .fetch_one(include_str!("select_clock.sql"), [])
        .await?;
    Ok(())
}
