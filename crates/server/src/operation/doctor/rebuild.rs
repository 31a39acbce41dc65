//! Rebuilding what is derived: views are folded again from the records that they follow from, and
//! tallies are what is counted.

use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::operation::doctor::Examination;
use crate::register::{RegisterError, add_tally, refold_after};
use crate::store::Store;

/// Customers folded in one transaction.
const AT_ONCE: usize = 200;

/// Folds the views anew that an examination found to differ, or, where none does, corrects tallies:
/// folding changes tallies too, so they come after another look. Gives whether there was anything to
/// do.
pub async fn rebuild(
    store: &Store,
    actor: &str,
    examination: &Examination,
) -> Result<bool, RegisterError> {
    for customers in examination.views_to_rebuild.chunks(AT_ONCE) {
        let (mut transaction, recorded_at) = store.write().await?;
        refold_after(&mut transaction, store, recorded_at, customers).await?;
        let detail = json!({ "customers": customers.len() });
        note(
            &mut transaction,
            recorded_at,
            actor,
            "views.rebuilt",
            detail,
        )
        .await?;
        transaction.commit().await?;
    }
    if !examination.views_to_rebuild.is_empty() {
        return Ok(true);
    }
    let differences = &examination.tallies_to_correct;
    if differences.is_empty() {
        return Ok(false);
    }
    let (mut transaction, recorded_at) = store.write().await?;
    add_tally(&mut transaction, differences).await?;
    let detail = json!({ "tallies": differences.len() });
    note(
        &mut transaction,
        recorded_at,
        actor,
        "tallies.corrected",
        detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn note(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &str,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<(), RegisterError> {
    let entry = NewEntry {
        actor,
        action,
        subject: "register".to_owned(),
        detail,
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}
