//! The accounts (用户) that may sign in.

use serde::Serialize;
use storage::StorageError;

use crate::http::Instant;
use crate::store::Store;

/// An account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRow {
    /// What they sign in with.
    pub name: String,
    /// What colleagues call them.
    pub display_name: String,
    /// What they do.
    pub role: String,
    /// Since when.
    pub created_at: Instant,
    /// When it was put away.
    pub disabled_at: Option<Instant>,
}

/// Every account, by name: an institution has hundreds.
pub async fn list_accounts(store: &Store) -> Result<Vec<AccountRow>, StorageError> {
    let mut transaction = store.database.read().await?;
    let rows = transaction
        .fetch_all(include_str!("list_accounts.sql"), [])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(AccountRow {
                name: row.text(0)?,
                display_name: row.text(1)?,
                role: row.text(2)?,
                created_at: Instant(row.integer(3)?),
                disabled_at: row.optional_integer(4)?.map(Instant),
            })
        })
        .collect()
}
