//! View rules (视图规则): the survivorship by which views are folded, and folding the book anew once it is another.
//!
//! From the moment at which it changes every write folds by the new one. Views that nobody writes follow a few at a
//! time; how far they are stands in the store, so that a server that stops, or another one, goes on from there.

use std::collections::{BTreeMap, BTreeSet};

use domain::register::Criterion;
use serde_json::json;
use storage::{StorageError, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::{CustomerId, RegisterError, refold_after};
use crate::store::Store;

/// Views that are folded in one write: some ten milliseconds in which nobody else writes.
const AT_ONCE: i64 = 50;

/// The criteria of attributes where they differ from the declarations.
type Survivorship = BTreeMap<String, Vec<Criterion>>;

/// A book on its way to other view rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refolding {
    /// Since when they count.
    pub since: Micros,
    /// Views that follow them.
    pub folded: i64,
    /// Views that there were when they began to count.
    pub customers: i64,
    number: i64,
    through: CustomerId,
}

/// Lets views be folded by this survivorship from now on. Says whether it is another than before.
pub async fn replace_survivorship(
    store: &Store,
    actor: &str,
    survivorship: &Survivorship,
) -> Result<bool, RegisterError> {
    let (mut transaction, now) = store.write().await?;
    let before = store.attribute_rules().survivorship;
    if before == *survivorship {
        return Ok(false);
    }
    let number = last_number(&mut transaction).await? + 1;
    let written = json!(survivorship).to_string();
    let cells = [number.into(), written.into(), now.into()];
    transaction
        .execute(include_str!("insert_view_rules.sql"), cells)
        .await?;
    let entry = NewEntry {
        actor,
        action: "view_rules.replaced",
        subject: format!("view_rules/{number}"),
        detail: json!({ "attributes": differing(&before, survivorship) }),
        root: None,
    };
    audit::append(&mut transaction, now, entry).await?;
    transaction.commit().await?;
    let mut transaction = store.database.read().await?;
    store.heed_view_rules(&mut transaction).await?;
    Ok(true)
}

/// Folds some views that are behind. Says whether there may be more of them.
pub async fn refold_some(store: &Store) -> Result<bool, RegisterError> {
    if refolding(store).await?.is_none() {
        return Ok(false);
    }
    let (mut transaction, now) = store.write().await?;
    let Some(refolding) = behind(&mut transaction).await? else {
        return Ok(false);
    };
    let rows = transaction
        .fetch_all(
            include_str!("views_after.sql"),
            [refolding.through.into(), AT_ONCE.into()],
        )
        .await?;
    let customers: Vec<CustomerId> = rows
        .iter()
        .map(|row| row.integer(0))
        .collect::<Result<_, _>>()?;
    refold_after(&mut transaction, store, now, &customers).await?;
    let folded = i64::try_from(customers.len()).unwrap_or(i64::MAX);
    let through = customers.last().copied();
    let cells = [through.into(), folded.into(), refolding.number.into()];
    transaction
        .execute(include_str!("note_refolded.sql"), cells)
        .await?;
    transaction.commit().await?;
    Ok(through.is_some())
}

/// How far the book is on its way; none where it has arrived.
pub async fn refolding(store: &Store) -> Result<Option<Refolding>, StorageError> {
    behind(&mut store.database.read().await?).await
}

async fn behind(transaction: &mut Transaction) -> Result<Option<Refolding>, StorageError> {
    let last = transaction
        .fetch_optional(include_str!("last_view_rules.sql"), [])
        .await?;
    let Some(row) = last else {
        return Ok(None);
    };
    let through = row.optional_integer(2)?;
    let Some(through) = through else {
        return Ok(None);
    };
    Ok(Some(Refolding {
        since: row.integer(1)?,
        folded: row.integer(3)?,
        customers: row.integer(4)?,
        number: row.integer(0)?,
        through,
    }))
}

/// The attributes of which they say something else.
fn differing(before: &Survivorship, now: &Survivorship) -> BTreeSet<String> {
    let said = before.keys().chain(now.keys());
    let differs = |name: &&String| before.get(*name) != now.get(*name);
    said.filter(differs).cloned().collect()
}

async fn last_number(transaction: &mut Transaction) -> Result<i64, StorageError> {
    let last = transaction
        .fetch_optional(include_str!("last_view_rules.sql"), [])
        .await?;
    last.map_or(Ok(0), |row| row.integer(0))
}
