//! A chunk of records becomes part of the register: one transaction, all or nothing.

use std::collections::HashMap;
use std::sync::Arc;

use domain::register::{Content, IndexKind, PartyKind};
use domain::resolution::MembershipReason;
use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::index::{Entries, NewRun, write_recent};
use crate::pipeline::golden::{fold_new, fold_touched};
use crate::pipeline::resolve::{self, Resolved, read_ahead};
use crate::pipeline::sealing::{Sealed, number, seal};
use crate::pipeline::series::{Series, Step, find_series};
use crate::register::{Beside, beside};
use crate::register::{
    CustomerId, RecordHead, RegisterError, Source, add_tally, insert_records, tally_sizes,
};
use crate::resolution::Said;
use crate::store::Store;

/// Where the index entries of a chunk go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexTarget {
    /// Into a run of their own: bulk.
    Run,
    /// To the recent ones: a handful.
    Recent,
}

/// What the audit log says of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audited {
    /// One entry for all: they came together.
    Together,
    /// An entry for each record: they came by themselves, and only share the work.
    Each,
}

/// What a chunk is part of.
#[derive(Debug, Clone)]
pub struct ChunkContext<'a> {
    /// Who told us.
    pub source: &'a Source,
    /// The batch, for a file.
    pub batch: Option<i64>,
    /// Who does it.
    pub actor: &'a str,
    /// Who entered it, where a person did.
    pub entered_by: Option<String>,
    /// How far every source is trusted.
    pub trust: &'a HashMap<i64, u8>,
    /// Where index entries go.
    pub target: IndexTarget,
    /// What the audit log says.
    pub audited: Audited,
}

/// A row that may become a record.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its row in the file.
    pub row_number: Option<u64>,
    /// Its series' key, digested; none makes it a series of its own.
    pub series_key: Option<[u8; 16]>,
    /// The kind of party.
    pub kind: PartyKind,
    /// When the source saw it, if it says so.
    pub observed_at: Option<Micros>,
    /// What it says.
    pub content: Content,
    /// The customer that it was written for, at the desk.
    pub for_customer: Option<CustomerId>,
}

/// Rows on their way into the register, and what is known of them.
#[derive(Debug, Default)]
pub struct Arriving {
    /// Rows that may become records.
    pub incoming: Vec<Incoming>,
    /// Index entries; each refers to a place in `incoming`.
    pub entries: Entries,
    /// What of each row is compared; empty where nobody read it yet.
    pub said: Vec<Said>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// The record that stands for it.
    pub record: Option<i64>,
    /// Its series.
    pub series: i64,
    /// Which version it is.
    pub version: i64,
    /// The customer that it belongs to.
    pub customer: Option<CustomerId>,
    /// Why; none where nothing changed.
    pub reason: Option<MembershipReason>,
    /// Whether that customer existed before.
    pub joined: bool,
}

/// What became of a chunk.
#[derive(Debug, Default, Clone)]
pub struct Written {
    /// For each incoming row, in order.
    pub outcomes: Vec<RowOutcome>,
    /// Rows that said what stood already.
    pub unchanged: u64,
    /// Customers that are new.
    pub new_customers: u64,
    /// Records that joined a customer.
    pub joined: u64,
    /// Records that a person must look at.
    pub held: u64,
    /// The first and the last record.
    pub records: Option<(i64, i64)>,
}

impl Written {
    /// What each entry of the audit log tells; nothing where nothing was written.
    fn audited(&self, audited: Audited) -> Vec<Self> {
        let whole = || Self {
            outcomes: Vec::new(),
            ..self.clone()
        };
        match audited {
            Audited::Together => self.records.iter().map(|_| whole()).collect(),
            Audited::Each => {
                let records = self.outcomes.iter().filter_map(Self::of_record);
                records.collect()
            }
        }
    }

    fn of_record(outcome: &RowOutcome) -> Option<Self> {
        let record = outcome.record?;
        let is_held = outcome.reason.is_some_and(MembershipReason::is_held);
        Some(Self {
            new_customers: u64::from(!outcome.joined),
            joined: u64::from(outcome.joined && !is_held),
            held: u64::from(is_held),
            records: Some((record, record)),
            ..Self::default()
        })
    }
}

/// Writes a chunk. The caller commits: a batch and its quarantine go into the same transaction.
/// Keys are in the key store before this returns, so before anything they seal is committed.
///
/// What only computes (sealing, sorting index entries, folding) goes on beside the statements.
pub async fn write_chunk(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    context: &ChunkContext<'_>,
    arriving: Arriving,
) -> Result<Written, RegisterError> {
    let Arriving {
        incoming,
        mut entries,
        said,
    } = arriving;
    let incoming = &Arc::new(incoming);
    let chunk = Chunk {
        store,
        recorded_at,
        context,
        incoming,
    };
    let reading = said.is_empty().then(|| read_ahead(chunk));
    let (mut series, steps) = find_series(transaction, store, incoming).await?;
    let heads = number(transaction, chunk, &mut series, &steps).await?;
    let sealing = seal(chunk, &heads).await?;
    index(&mut entries, incoming, &series, &steps);
    let indexing = Indexing::begin(transaction, context.target, entries).await?;
    let said = match reading {
        Some(reading) => reading.join().await??,
        None => said,
    };
    let resolving = resolve::begin(transaction, chunk, &series, said).await?;
    let Sealed {
        rows,
        new_keys,
        roots,
    } = sealing.join().await??;
    tokio::try_join!(
        async { Ok::<(), RegisterError>(store.keys.save(new_keys).await?) },
        async { Ok(insert_records(transaction, recorded_at, rows).await?) },
    )?;
    let (resolved, met) = resolve::finish(transaction, chunk, &series, resolving).await?;
    let folding = fold_new(chunk, &series, &resolved, &heads);
    let (sizes, mut named) = fold_touched(transaction, chunk, &resolved, folding).await?;
    named.append(&met);
    indexing.end(transaction, store, named).await?;
    let written = count(&series, &steps, &resolved, &heads);
    let mut tally = tally_sizes(&sizes);
    let count = i64::try_from(heads.iter().flatten().count()).unwrap_or(i64::MAX);
    tally.insert("records".to_owned(), count);
    tally.insert(format!("records:{}", context.source.said.code), count);
    add_tally(transaction, &tally).await?;
    let said = written.audited(context.audited).into_iter().zip(roots);
    let entries = said.map(|(written, root)| audited(context, &written, root));
    audit::append_each(transaction, recorded_at, entries.collect()).await?;
    Ok(written)
}

/// Index entries on their way to where they go.
enum Indexing {
    Run(Beside<NewRun>),
    Recent(Entries),
}

impl Indexing {
    async fn begin(
        transaction: &mut Transaction,
        target: IndexTarget,
        entries: Entries,
    ) -> Result<Self, RegisterError> {
        Ok(match target {
            IndexTarget::Recent => Self::Recent(entries),
            IndexTarget::Run => {
                let mut run = NewRun::begin(transaction).await?;
                Self::Run(beside(move || {
                    run.add(entries);
                    run
                }))
            }
        })
    }

    /// Writes them, and those of the list of names.
    async fn end(
        self,
        transaction: &mut Transaction,
        store: &Store,
        named: Entries,
    ) -> Result<(), RegisterError> {
        match self {
            Self::Run(run) => {
                let mut run = run.join().await?;
                run.add(named);
                run.insert(transaction, &store.index).await?;
            }
            Self::Recent(mut entries) => {
                entries.append(&named);
                write_recent(transaction, &entries).await?;
            }
        }
        Ok(())
    }
}

/// What every stage of a chunk looks at.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'a> {
    pub store: &'a Store,
    pub recorded_at: Micros,
    pub context: &'a ChunkContext<'a>,
    pub incoming: &'a Arc<Vec<Incoming>>,
}

/// Lets entries refer to series, and drops those of rows that said nothing new.
fn index(entries: &mut Entries, incoming: &[Incoming], series: &[Series], steps: &[Step]) {
    let version = |reference: i64| {
        let row = usize::try_from(reference).unwrap_or(usize::MAX);
        match steps.get(row) {
            Some(Step::Version { series: place, .. }) => series[*place].id,
            _ => None,
        }
    };
    entries.retain(|reference| version(reference).is_some());
    entries.refer(|reference| version(reference).unwrap_or_default());
    for series in series.iter().filter(|series| series.is_new) {
        let digest = series.last_row.and_then(|row| incoming[row].series_key);
        if let (Some(digest), Some(id)) = (digest, series.id) {
            entries.push(IndexKind::SeriesKey, &digest, id);
        }
    }
}

fn count(
    series: &[Series],
    steps: &[Step],
    resolved: &Resolved,
    heads: &[Option<RecordHead>],
) -> Written {
    let ids = || heads.iter().flatten().map(|head| head.id);
    let mut written = Written {
        new_customers: resolved.new_customers,
        records: ids().next().zip(ids().next_back()),
        ..Written::default()
    };
    for (row, step) in steps.iter().enumerate() {
        let (place, version) = match *step {
            Step::Unchanged(place) => {
                written.unchanged += 1;
                (place, series[place].version)
            }
            Step::Version { series, version } => (series, version),
        };
        let settled = &resolved.series[place];
        let record = heads[row].map(|head| head.id);
        let reason = record.and(settled.reason);
        match reason {
            Some(reason) if reason.is_held() => written.held += 1,
            _ if record.is_some() && settled.joined => written.joined += 1,
            _ => {}
        }
        written.outcomes.push(RowOutcome {
            record,
            series: series[place].id.unwrap_or_default(),
            version,
            customer: settled.customer,
            reason,
            joined: settled.joined,
        });
    }
    written
}

/// What the audit log tells of so much that was written.
fn audited<'a>(context: &ChunkContext<'a>, written: &Written, root: [u8; 32]) -> NewEntry<'a> {
    let subject = match context.batch {
        Some(batch) => format!("batch/{batch}"),
        None => format!("source/{}", context.source.said.code),
    };
    let (first, last) = written.records.unwrap_or_default();
    NewEntry {
        actor: context.actor,
        action: "records.written",
        subject,
        detail: json!({
            "source": context.source.said.code,
            "first_record": first,
            "last_record": last,
            "new_customers": written.new_customers,
            "joined": written.joined,
            "held_for_review": written.held,
        }),
        root: Some(root),
    }
}
