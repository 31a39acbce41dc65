//! Which series each incoming row belongs to, and whether it says anything new.

use std::collections::HashMap;

use domain::register::{Content, IndexKind};
use storage::Transaction;

use crate::index::find_many;
use crate::pipeline::chunk::Incoming;
use crate::register::{CustomerId, RegisterError, StoredRecord, memberships_of, records_of_series};
use crate::store::Store;

/// A series as a chunk meets it.
#[derive(Debug)]
pub(super) struct Series {
    /// Its id; for a new one that of its first record, given later.
    pub id: Option<i64>,
    /// The version that stands.
    pub version: i64,
    /// The customer that it belongs to.
    pub customer: Option<CustomerId>,
    /// What the version that stands says, unless a row of this chunk says it.
    said: Option<(Content, domain::register::PartyKind)>,
    /// The last row of this chunk that speaks of it.
    pub last_row: Option<usize>,
    /// Whether that row is the first ever.
    pub is_new: bool,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It says what stands already.
    Unchanged(usize),
    /// It is the next version of a series.
    Version {
        /// The place of the series.
        series: usize,
        /// The number of the version.
        version: i64,
    },
}

/// Finds the series of every row; rows without a key are series of their own.
pub(super) async fn find_series(
    transaction: &mut Transaction,
    store: &Store,
    incoming: &[Incoming],
) -> Result<(Vec<Series>, Vec<Step>), RegisterError> {
    let mut digests: Vec<[u8; 16]> = incoming.iter().filter_map(|row| row.series_key).collect();
    digests.sort_unstable();
    digests.dedup();
    let known = load_known(transaction, store, &digests).await?;
    let mut places: HashMap<[u8; 16], usize> = HashMap::new();
    let mut series: Vec<Series> = Vec::with_capacity(incoming.len());
    let mut steps = Vec::with_capacity(incoming.len());
    let mut known = known;
    for (row, incoming_row) in incoming.iter().enumerate() {
        let fresh = || Series {
            id: None,
            version: 0,
            customer: incoming_row.for_customer,
            said: None,
            last_row: None,
            is_new: true,
        };
        let place = match incoming_row.series_key {
            None => {
                series.push(fresh());
                series.len() - 1
            }
            Some(digest) => *places.entry(digest).or_insert_with(|| {
                series.push(known.remove(&digest).unwrap_or_else(fresh));
                series.len() - 1
            }),
        };
        steps.push(step(&mut series[place], place, incoming, row));
    }
    Ok((series, steps))
}

fn step(series: &mut Series, place: usize, incoming: &[Incoming], row: usize) -> Step {
    let now = &incoming[row];
    let same = match (series.last_row, &series.said) {
        (Some(last), _) => incoming[last].content == now.content && incoming[last].kind == now.kind,
        (None, Some((content, kind))) => *content == now.content && *kind == now.kind,
        (None, None) => false,
    };
    if same {
        return Step::Unchanged(place);
    }
    series.version += 1;
    series.last_row = Some(row);
    Step::Version {
        series: place,
        version: series.version,
    }
}

async fn load_known(
    transaction: &mut Transaction,
    store: &Store,
    digests: &[[u8; 16]],
) -> Result<HashMap<[u8; 16], Series>, RegisterError> {
    let found = find_many(transaction, &store.index, IndexKind::SeriesKey, digests).await?;
    let ids: Vec<i64> = found.iter().map(|(_, series)| *series).collect();
    let memberships = memberships_of(transaction, &ids).await?;
    let mut versions: HashMap<i64, Vec<StoredRecord>> = HashMap::new();
    for record in records_of_series(transaction, &store.keys, &ids).await? {
        versions.entry(record.head.series).or_default().push(record);
    }
    let mut known = HashMap::new();
    for (place, id) in found {
        // Versions come in ascending order; what was withdrawn still counts, but does not stand.
        let Some(mut records) = versions.remove(&id) else {
            continue;
        };
        let version = records.last().map_or(0, |record| record.head.version);
        let standing = records
            .iter()
            .rposition(|record| record.retired_at.is_none());
        let said = standing.and_then(|at| {
            let record = records.swap_remove(at);
            record.content.map(|content| (content, record.head.kind))
        });
        let customer = memberships.get(&id).map(|member| member.customer);
        let series = Series {
            id: Some(id),
            version,
            customer,
            said,
            last_row: None,
            is_new: false,
        };
        known.insert(digests[place], series);
    }
    Ok(known)
}
