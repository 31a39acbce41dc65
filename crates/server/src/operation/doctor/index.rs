//! Every look-up key of every record and of every view's name stands in the index.
//!
//! Keys that must stand there are hashed in portions that fit the memory; for each portion the whole
//! index is walked through once, and what was not met is missing. Nothing is looked up one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::register::{FieldId, IndexKind};
use names::SearchKeys;

use crate::index::{Entries, walk};
use crate::operation::doctor::report::{customer, record};
use crate::operation::doctor::{Doctor, PAGE, Stage};
use crate::pipeline::{gather_entries, series_digest};
use crate::register::{RegisterError, StoredRecord, name_order, open_records};

/// Keys of one portion: sixteen bytes each.
const PORTION: usize = 8_000_000;

/// A key that must stand in the index: its hash, and whose it is. Customers are negative.
type Expected = (u64, i64);

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn index(&mut self) -> Result<(), RegisterError> {
        let stride = self.stride();
        let mut expected: Vec<Expected> = Vec::new();
        let mut after = 0;
        let mut seen = 0_u64;
        loop {
            let ids = self.page_of_records(after).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            let chosen: Vec<i64> = ids
                .iter()
                .copied()
                .filter(|_| {
                    seen += 1;
                    (seen - 1).is_multiple_of(stride)
                })
                .collect();
            self.expect_records(&chosen, &mut expected).await?;
            if expected.len() > PORTION {
                self.meet(&mut expected).await?;
            }
            (self.progress)(Stage::Index, seen);
        }
        self.expect_names(stride, &mut expected).await?;
        self.meet(&mut expected).await?;
        Ok(())
    }

    /// Every how manieth record is looked at.
    fn stride(&self) -> u64 {
        match self.thoroughness.sample {
            Some(sample) if sample > 0 => (self.checked.records / sample).max(1),
            _ => 1,
        }
    }

    async fn expect_records(
        &mut self,
        ids: &[i64],
        expected: &mut Vec<Expected>,
    ) -> Result<(), RegisterError> {
        let keys = &self.store.keys;
        // What cannot be opened was reported already, and has no keys to expect.
        let records = match open_records(&mut self.transaction, keys, ids).await {
            Ok(records) => records,
            Err(RegisterError::Storage(error)) => return Err(error.into()),
            Err(_) => Vec::new(),
        };
        let mut entries = Entries::default();
        let mut search_keys = SearchKeys::default();
        for record in records.iter().filter(|record| record.retired_at.is_none()) {
            self.gather(record, &mut search_keys, &mut entries);
        }
        expected.extend(
            entries
                .iter()
                .map(|(kind, entry)| (hash(kind, entry.key, entry.reference), entry.reference)),
        );
        Ok(())
    }

    fn gather(&self, record: &StoredRecord, keys: &mut SearchKeys, entries: &mut Entries) {
        let Some(content) = &record.content else {
            return;
        };
        let series = record.head.series;
        let blind = self.store.keys.blind();
        gather_entries(&self.store.catalogue, blind, content, series, keys, entries);
        if let Some(key) = content.first(FieldId::SOURCE_KEY) {
            let digest = series_digest(blind, record.head.source, key);
            entries.push(IndexKind::SeriesKey, &digest, series);
        }
    }

    async fn expect_names(
        &mut self,
        stride: u64,
        expected: &mut Vec<Expected>,
    ) -> Result<(), RegisterError> {
        let mut after = 0;
        let mut seen = 0_u64;
        loop {
            let sql = include_str!("page_of_names.sql");
            let cells = [after.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.integer(0)?;
            let mut entries = Entries::default();
            for row in &rows {
                seen += 1;
                if (seen - 1).is_multiple_of(stride) {
                    let key = name_order(&row.text(1)?);
                    entries.push(IndexKind::CustomerName, &key, row.integer(0)?);
                }
            }
            expected.extend(
                entries.iter().map(|(kind, entry)| {
                    (hash(kind, entry.key, entry.reference), -entry.reference)
                }),
            );
            if expected.len() > PORTION {
                self.meet(expected).await?;
            }
        }
    }

    /// Walks through the index and reports what was not met.
    async fn meet(&mut self, expected: &mut Vec<Expected>) -> Result<(), RegisterError> {
        expected.sort_unstable();
        expected.dedup();
        self.checked.lookup_keys += expected.len() as u64;
        let mut met = vec![false; expected.len()];
        let mut entries = 0_u64;
        let mut empty: BTreeMap<i64, usize> = BTreeMap::new();
        for kind in IndexKind::ALL {
            let runs = walk(&mut self.transaction, kind, |entry| {
                entries += 1;
                let hash = hash(kind, entry.key, entry.reference);
                let mut place = expected.partition_point(|(known, _)| *known < hash);
                while expected.get(place).is_some_and(|(known, _)| *known == hash) {
                    met[place] = true;
                    place += 1;
                }
            })
            .await?;
            for run in runs {
                *empty.entry(run).or_default() += 1;
            }
        }
        self.checked.index_entries = entries;
        let missing: BTreeSet<i64> = expected
            .drain(..)
            .zip(met)
            .filter(|(_, met)| !met)
            .map(|((_, reference), _)| reference)
            .collect();
        for reference in missing {
            let subject = if reference < 0 {
                customer(-reference)
            } else {
                record(reference)
            };
            self.findings.add(
                "index_entry_missing",
                subject,
                "索引中缺少其检索键，按该键将查不到",
                "a look-up key of it is missing in the index, so it cannot be found by that",
            );
        }
        for (run, kinds) in empty {
            if kinds == IndexKind::ALL.len() {
                self.findings.add(
                    "index_run_empty",
                    format!("index_run/{run}"),
                    "索引段没有任何数据块",
                    "a live run of the index has no blocks",
                );
            }
        }
        Ok(())
    }
}

fn hash(kind: IndexKind, key: &[u8], reference: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind.number(), key, reference).hash(&mut hasher);
    hasher.finish()
}
