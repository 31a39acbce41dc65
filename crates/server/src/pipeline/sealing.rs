//! Gives the records of a chunk their ids and seals them.

use std::collections::HashMap;
use std::sync::Arc;

use domain::register::Catalogue;
use storage::Transaction;
use vault::merkle::Accumulator;
use vault::{DataKey, Randomness};

use crate::pipeline::chunk::{Audited, Chunk, Incoming};
use crate::pipeline::series::{Series, Step};
use crate::protection::{KeyError, KeyScope, Keys, NewKeys};
use crate::register::{Beside, beside_if_many};
use crate::register::{NewRecord, RecordHead, RegisterError, seal_record};
use crate::store::allocate;

/// Records that are sealed and not yet written.
pub(super) struct Sealed {
    pub rows: Vec<NewRecord>,
    /// Keys of new series; they reach the key store before the records are committed.
    pub new_keys: NewKeys,
    /// The Merkle roots over the records' commitments: one over all, or one for each.
    pub roots: Vec<[u8; 32]>,
}

/// What the record of each incoming row is, in ascending order of id; none where nothing changed.
/// A new series is called after its first record.
pub(super) async fn number(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &mut [Series],
    steps: &[Step],
) -> Result<Vec<Option<RecordHead>>, RegisterError> {
    let is_version = |step: &&Step| matches!(step, Step::Version { .. });
    let versions = steps.iter().filter(is_version).count();
    let total = i64::try_from(versions).unwrap_or(i64::MAX);
    let mut ids = if total == 0 {
        0..0
    } else {
        let first = allocate(transaction, "record", total).await?;
        first..first + total
    };
    let head = |(incoming, step): (&Incoming, &Step)| {
        let Step::Version {
            series: place,
            version,
        } = *step
        else {
            return None;
        };
        let id = ids.next()?;
        Some(RecordHead {
            id,
            series: *series[place].id.get_or_insert(id),
            version,
            source: chunk.context.source.id,
            kind: incoming.kind,
            observed_at: incoming.observed_at.unwrap_or(chunk.recorded_at),
        })
    };
    Ok(chunk.incoming.iter().zip(steps).map(head).collect())
}

/// Begins sealing every row that has a head.
pub(super) async fn seal(
    chunk: Chunk<'_>,
    heads: &[Option<RecordHead>],
) -> Result<Beside<Result<Sealed, KeyError>>, RegisterError> {
    let keys = &chunk.store.keys;
    let later = heads.iter().flatten().filter(|head| head.version > 1);
    let known: Vec<i64> = later.map(|head| head.series).collect();
    let sealer = Sealer {
        catalogue: Arc::clone(&chunk.store.catalogue),
        ring: KeyRing {
            keys: keys.clone(),
            known: keys.load(KeyScope::Series, &known).await?,
            new: NewKeys::with_capacity(heads.len()),
            randomness: Randomness::new(),
        },
        batch: chunk.context.batch,
        audited: chunk.context.audited,
        entered_by: chunk.context.entered_by.clone(),
    };
    let (incoming, heads) = (Arc::clone(chunk.incoming), heads.to_vec());
    Ok(beside_if_many(incoming.len(), move || {
        sealer.seal(&incoming, &heads)
    }))
}

/// What sealing looks at beside the rows.
struct Sealer {
    catalogue: Arc<Catalogue>,
    ring: KeyRing,
    batch: Option<i64>,
    audited: Audited,
    entered_by: Option<String>,
}

impl Sealer {
    fn seal(
        mut self,
        incoming: &[Incoming],
        heads: &[Option<RecordHead>],
    ) -> Result<Sealed, KeyError> {
        let mut proof = Accumulator::new();
        let mut roots = Vec::new();
        let mut rows = Vec::with_capacity(heads.len());
        for (incoming, head) in incoming.iter().zip(heads) {
            if let Some(head) = head {
                let record = self.seal_row(incoming, *head)?;
                proof.push(&record.seals.commitment);
                if self.audited == Audited::Each {
                    roots.push(std::mem::replace(&mut proof, Accumulator::new()).root());
                }
                rows.push(record);
            }
        }
        if self.audited == Audited::Together {
            roots.push(proof.root());
        }
        Ok(Sealed {
            rows,
            new_keys: self.ring.new,
            roots,
        })
    }

    fn seal_row(&mut self, incoming: &Incoming, head: RecordHead) -> Result<NewRecord, KeyError> {
        self.ring.make_if_missing(head.series)?;
        let key = &self.ring.known[&head.series];
        let randomness = &mut self.ring.randomness;
        let seals = seal_record(&self.catalogue, key, head, &incoming.content, randomness)?;
        Ok(NewRecord {
            head,
            batch: self.batch,
            row_number: incoming.row_number,
            entered_by: self.entered_by.clone(),
            seals,
        })
    }
}

/// The keys of series, those made on the way included.
struct KeyRing {
    keys: Keys,
    known: HashMap<i64, DataKey>,
    new: NewKeys,
    randomness: Randomness,
}

impl KeyRing {
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
