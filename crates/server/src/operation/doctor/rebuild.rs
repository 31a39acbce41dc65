//! Rebuilding what is derived: views are folded again from the records that they follow from.

use serde_json::json;

use crate::audit::{self, NewEntry};
use crate::register::{CustomerId, RegisterError, refold_after};
use crate::store::Store;

/// Customers folded in one transaction.
const AT_ONCE: usize = 200;

/// Folds customers anew whose views an examination found to differ, and says how many.
pub async fn rebuild(
    store: &Store,
    actor: &str,
    customers: &[CustomerId],
) -> Result<u64, RegisterError> {
    for customers in customers.chunks(AT_ONCE) {
        let (mut transaction, recorded_at) = store.write().await?;
        refold_after(&mut transaction, store, recorded_at, customers).await?;
        let entry = NewEntry {
            actor,
            action: "views.rebuilt",
            subject: "register".to_owned(),
            detail: json!({ "customers": customers.len() }),
            root: None,
        };
        audit::append(&mut transaction, recorded_at, entry).await?;
        transaction.commit().await?;
    }
    Ok(customers.len() as u64)
}
