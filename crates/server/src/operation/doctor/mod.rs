//! Doctor (体检): proves that what the store holds is what was written into it, and that what is
//! derived follows from it.
//!
//! It reads everything page by page in one transaction, so it needs little memory and sees one
//! state. What it finds it names by number; it never says what a record says.

mod counts;
mod customers;
mod index;
mod log;
mod memberships;
mod rebuild;
mod records;
mod report;

use std::collections::BTreeMap;
use std::time::Instant;

use storage::{StorageError, Transaction};

use crate::register::{CustomerId, RegisterError};
use crate::store::Store;

pub use rebuild::rebuild;
pub use report::{Checked, Examination, Finding, Stage};

use report::Findings;

/// Things that are read, opened and compared at once.
const PAGE: i64 = 2_000;

/// How thorough to be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Thoroughness {
    /// Looks up the keys of so many records, spread evenly; none asks for all.
    pub sample: Option<u64>,
}

/// Everything that the parts of an examination share.
struct Doctor<'a, P> {
    store: &'a Store,
    transaction: Transaction,
    findings: Findings,
    checked: Checked,
    views_to_rebuild: Vec<CustomerId>,
    tallies_to_correct: BTreeMap<String, i64>,
    thoroughness: Thoroughness,
    progress: P,
}

impl<P> Doctor<'_, P> {
    /// A page of ids behind one of them; the statement takes that one and how many.
    async fn page(&mut self, sql: &'static str, after: i64) -> Result<Vec<i64>, StorageError> {
        let cells = [after.into(), PAGE.into()];
        let rows = self.transaction.fetch_all(sql, cells).await?;
        rows.iter().map(|row| row.integer(0)).collect()
    }
}

/// Examines the store. `progress` hears what is looked at, and how much of it is done.
pub async fn examine<P: FnMut(Stage, u64)>(
    store: &Store,
    thoroughness: Thoroughness,
    progress: P,
) -> Result<Examination, RegisterError> {
    let started = Instant::now();
    let mut doctor = Doctor {
        store,
        transaction: store.database.read().await?,
        findings: Findings::default(),
        checked: Checked::default(),
        views_to_rebuild: Vec::new(),
        tallies_to_correct: BTreeMap::new(),
        thoroughness,
        progress,
    };
    doctor.records().await?;
    doctor.log().await?;
    doctor.memberships().await?;
    doctor.customers().await?;
    doctor.index().await?;
    doctor.counts().await?;
    let (findings, findings_in_all) = doctor.findings.into_parts();
    Ok(Examination {
        sound: findings_in_all == 0,
        checked: doctor.checked,
        findings,
        findings_in_all,
        views_to_rebuild: doctor.views_to_rebuild,
        tallies_to_correct: doctor.tallies_to_correct,
        seconds: started.elapsed().as_secs_f64(),
    })
}
