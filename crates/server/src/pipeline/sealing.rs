//! Gives the records of a chunk their ids and seals them.

use std::collections::HashMap;

use storage::Transaction;
use vault::merkle::Accumulator;
use vault::{DataKey, Randomness};

use crate::pipeline::chunk::Chunk;
use crate::pipeline::series::{Series, Step};
use crate::protection::{KeyError, KeyScope, Keys, NewKeys};
use crate::register::{NewRecord, RecordHead, RegisterError, seal_record};
use crate::store::allocate;

/// Records that are sealed and not yet written.
pub(super) struct Sealed {
    pub rows: Vec<NewRecord>,
    /// The record of each incoming row; none where nothing changed.
    pub ids: Vec<Option<i64>>,
    /// The first and the last record.
    pub records: Option<(i64, i64)>,
    /// The Merkle root over their commitments.
    pub root: [u8; 32],
}

/// Seals every row that is a version; keys of new series reach the key store here.
pub(super) async fn seal(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &mut [Series],
    steps: &[Step],
) -> Result<Sealed, RegisterError> {
    let keys = &chunk.store.keys;
    let versions = steps
        .iter()
        .filter(|step| matches!(step, Step::Version { .. }))
        .count();
    let total = i64::try_from(versions).unwrap_or(i64::MAX);
    let first = if total > 0 {
        allocate(transaction, "record", total).await?
    } else {
        0
    };
    let known: Vec<i64> = series.iter().filter_map(|series| series.id).collect();
    let mut ring = KeyRing {
        keys,
        known: keys.load(KeyScope::Series, &known).await?,
        new: NewKeys::with_capacity(versions),
        randomness: Randomness::new(),
    };
    let mut proof = Accumulator::new();
    let mut rows = Vec::with_capacity(versions);
    let mut ids = Vec::with_capacity(steps.len());
    let mut next = first;
    for (row, step) in steps.iter().enumerate() {
        let Step::Version {
            series: place,
            version,
        } = *step
        else {
            ids.push(None);
            continue;
        };
        let series = *series[place].id.get_or_insert(next);
        let record = seal_row(chunk, row, (next, series, version), &mut ring)?;
        proof.push(&record.seals.commitment);
        rows.push(record);
        ids.push(Some(next));
        next += 1;
    }
    keys.save(ring.new).await?;
    let records = (total > 0).then_some((first, first + total - 1));
    Ok(Sealed {
        rows,
        ids,
        records,
        root: proof.root(),
    })
}

/// The keys of series, those made on the way included.
struct KeyRing<'a> {
    keys: &'a Keys,
    known: HashMap<i64, DataKey>,
    new: NewKeys,
    randomness: Randomness,
}

impl KeyRing<'_> {
    fn make_if_missing(&mut self, series: i64) -> Result<(), KeyError> {
        if !self.known.contains_key(&series) {
            let made = self.keys.make(
                KeyScope::Series,
                series,
                &mut self.randomness,
                &mut self.new,
            )?;
            self.known.insert(series, made);
        }
        Ok(())
    }
}

fn seal_row(
    chunk: Chunk<'_>,
    row: usize,
    (id, series, version): (i64, i64, i64),
    ring: &mut KeyRing<'_>,
) -> Result<NewRecord, KeyError> {
    ring.make_if_missing(series)?;
    let incoming = &chunk.incoming[row];
    let head = RecordHead {
        id,
        series,
        version,
        source: chunk.context.source.id,
        kind: incoming.kind,
        observed_at: incoming.observed_at.unwrap_or(chunk.recorded_at),
    };
    let catalogue = &chunk.store.catalogue;
    let key = &ring.known[&series];
    let seals = seal_record(
        catalogue,
        key,
        head,
        &incoming.content,
        &mut ring.randomness,
    )?;
    Ok(NewRecord {
        head,
        batch: chunk.context.batch,
        row_number: incoming.row_number,
        entered_by: chunk.context.entered_by.clone(),
        seals,
    })
}
