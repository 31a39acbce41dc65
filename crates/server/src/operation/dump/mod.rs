//! Dump (逻辑转储): everything that the store says, as lines of JSON that depend on nothing else.
//!
//! No id, no instant and no chance enters it: a record is named by source, file, row and version. So
//! two stores that were told the same in the same order give the same bytes, however often they were
//! stopped, and a dump can be compared with another or read after this program is gone. It is in
//! clear, so whoever takes one is written down.

mod customers;
mod held;
mod line;
mod records;

use std::collections::HashMap;
use std::io::Write;

use domain::register::FieldId;
use serde::Serialize;
use serde_json::json;
use storage::Transaction;

use crate::access::Actor;
use crate::audit::{self, NewEntry};
use crate::intake::IntakeError;
use crate::operation::dump::line::{SourceLine, TallyLine};
use crate::protection::Purpose;
use crate::register::{RegisterError, columns_of, list_sources, tallies};
use crate::store::Store;

/// Things that are read, opened and written at once.
const PAGE: i64 = 2_000;

/// A dump that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The output cannot be written.
    #[error("the dump cannot be written: {0}")]
    Output(#[from] std::io::Error),
    /// A line cannot be written.
    #[error("the dump cannot be written: {0}")]
    Line(#[from] serde_json::Error),
    /// The store cannot be read.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// Rows in quarantine cannot be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The store.
    #[error(transparent)]
    Storage(#[from] storage::StorageError),
}

/// Everything that the parts of a dump share.
struct Dump<'a, W> {
    store: &'a Store,
    transaction: Transaction,
    output: W,
    /// The names of sources and of their columns that nobody recognised.
    sources: HashMap<i64, String>,
    columns: HashMap<FieldId, String>,
    lines: u64,
}

/// Writes everything and says how many lines there are.
pub async fn dump<W: Write>(
    store: &Store,
    actor: &Actor,
    purpose: Purpose,
    output: W,
) -> Result<u64, DumpError> {
    note(store, actor, purpose).await?;
    let mut dump = Dump {
        store,
        transaction: store.database.read().await?,
        output,
        sources: HashMap::new(),
        columns: HashMap::new(),
        lines: 0,
    };
    for source in list_sources(&mut dump.transaction).await? {
        dump.source(source.id, source.said.code).await?;
    }
    dump.customers().await?;
    dump.merges().await?;
    dump.splits().await?;
    dump.reviews().await?;
    for (tally, value) in tallies(&mut dump.transaction).await? {
        // A count that came back to nothing is the count of something never seen.
        if value != 0 {
            dump.write(&TallyLine { tally, value })?;
        }
    }
    dump.output.flush()?;
    Ok(dump.lines)
}

/// Nobody takes everything without the log knowing, even if they then lose the file.
async fn note(store: &Store, actor: &Actor, purpose: Purpose) -> Result<(), DumpError> {
    let (mut transaction, recorded_at) = store.write().await?;
    let entry = NewEntry {
        actor: &actor.name,
        action: "register.dumped",
        subject: "register".to_owned(),
        detail: json!({ "purpose": purpose }),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    Ok(transaction.commit().await?)
}

impl<W: Write> Dump<'_, W> {
    fn write(&mut self, line: &impl Serialize) -> Result<(), DumpError> {
        serde_json::to_writer(&mut self.output, line)?;
        self.output.write_all(b"\n")?;
        self.lines += 1;
        Ok(())
    }

    async fn source(&mut self, id: i64, code: String) -> Result<(), DumpError> {
        let columns = columns_of(&mut self.transaction, id).await?;
        let mut names: Vec<String> = columns.keys().cloned().collect();
        names.sort_unstable();
        self.columns
            .extend(columns.into_iter().map(|(name, field)| (field, name)));
        self.sources.insert(id, code.clone());
        self.write(&SourceLine {
            source: &code,
            columns: names,
        })?;
        for batch in self.batches_of(id).await? {
            self.records_of(&batch).await?;
            self.held_of(&batch).await?;
        }
        self.records_without_batch(id).await
    }
}
