//! Reading the log, newest first.

use storage::{Row, StorageError};

use crate::clock::Micros;
use crate::http::Count;
use crate::store::Store;

/// An entry as it stands in the log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The order of appending.
    pub id: i64,
    /// The number that the sequencer gave; none yet for the newest.
    pub position: Option<i64>,
    /// When.
    pub recorded_at: Micros,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Counts and reasons, as JSON.
    pub detail: String,
}

/// What of the log is wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this action.
    pub action: Option<String>,
    /// Only about this.
    pub subject: Option<String>,
}

/// Up to `limit + 1` entries before an id, and how many there are in all.
pub async fn list(
    store: &Store,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<(Vec<Entry>, Count), StorageError> {
    let mut transaction = store.database.read().await?;
    let before = before.unwrap_or(i64::MAX);
    let action = filter.action.as_deref();
    let wanted = limit + 1;
    let (rows, count) = match (&filter.subject, action) {
        (Some(subject), _) => {
            let cells = [
                before.into(),
                wanted.into(),
                action.into(),
                subject.as_str().into(),
            ];
            let count = [action.into(), subject.as_str().into()];
            let count = transaction
                .fetch_one(include_str!("count_of_subject.sql"), count)
                .await?;
            (
                transaction
                    .fetch_all(include_str!("list_of_subject.sql"), cells)
                    .await?,
                Count::up_to(count.integer(0)?),
            )
        }
        (None, Some(_)) => {
            let count = transaction
                .fetch_one(include_str!("count_of_action.sql"), [action.into()])
                .await?;
            let cells = [before.into(), wanted.into(), action.into()];
            (
                transaction
                    .fetch_all(include_str!("list_of_action.sql"), cells)
                    .await?,
                Count::up_to(count.integer(0)?),
            )
        }
        // Ids are given without gaps, so the last one counts them all.
        (None, None) => {
            let last = transaction
                .fetch_one(include_str!("last_entry.sql"), [])
                .await?;
            let cells = [before.into(), wanted.into()];
            (
                transaction
                    .fetch_all(include_str!("list_all.sql"), cells)
                    .await?,
                Count::exact(last.integer(0)?),
            )
        }
    };
    let entries = rows.iter().map(entry).collect::<Result<_, _>>()?;
    Ok((entries, count))
}

fn entry(row: &Row) -> Result<Entry, StorageError> {
    Ok(Entry {
        id: row.integer(0)?,
        position: row.optional_integer(1)?,
        recorded_at: row.integer(2)?,
        actor: row.text(3)?,
        action: row.text(4)?,
        subject: row.text(5)?,
        detail: row.text(6)?,
    })
}
