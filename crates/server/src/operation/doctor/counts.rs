//! Counts that are kept are the counts; batches account for every row and have their keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::operation::doctor::{Doctor, PAGE, Stage};
use crate::protection::KeyScope;
use crate::register::{RegisterError, tallies};

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn counts(&mut self) -> Result<(), RegisterError> {
        (self.progress)(Stage::Counts, 0);
        let mut kept = tallies(&mut self.transaction).await?;
        kept.retain(|_, value| *value != 0);
        let counted = self.counted().await?;
        self.checked.tallies = kept.len() as u64;
        let names: BTreeSet<&String> = kept.keys().chain(counted.keys()).collect();
        for name in names {
            let kept = kept.get(name).copied().unwrap_or_default();
            let counted = counted.get(name).copied().unwrap_or_default();
            if kept != counted {
                self.tallies_to_correct.insert(name.clone(), counted - kept);
                self.findings.add(
                    "tally_differs",
                    format!("tally/{name}"),
                    &format!("记为 {kept}，实为 {counted}"),
                    &format!("says {kept}, {counted} were counted"),
                );
            }
        }
        self.batches().await
    }

    async fn counted(&mut self) -> Result<BTreeMap<String, i64>, RegisterError> {
        let mut counted = BTreeMap::new();
        let sizes = include_str!("counted_sizes.sql");
        for row in self.transaction.fetch_all(sizes, []).await? {
            let (size, customers) = (row.integer(0)?, row.integer(1)?);
            *counted.entry("customers".to_owned()).or_default() += customers;
            counted.insert(format!("size:{size}"), customers);
        }
        let records = include_str!("counted_records.sql");
        for row in self.transaction.fetch_all(records, []).await? {
            let (source, records) = (row.text(0)?, row.integer(1)?);
            *counted.entry("records".to_owned()).or_default() += records;
            counted.insert(format!("records:{source}"), records);
        }
        Ok(counted)
    }

    async fn batches(&mut self) -> Result<(), RegisterError> {
        let sql = include_str!("wrong_batches.sql");
        for row in self.transaction.fetch_all(sql, [PAGE.into()]).await? {
            self.findings.add(
                "batch_counts",
                format!("batch/{}", row.integer(0)?),
                "接受与待更正之和不等于行数",
                "accepted and quarantined together are not its rows",
            );
        }
        let mut after = 0;
        loop {
            let sql = include_str!("page_of_batches.sql");
            let ids = self.page(sql, after).await?;
            let Some(last) = ids.last() else {
                return Ok(());
            };
            after = *last;
            self.checked.batches += ids.len() as u64;
            let keys = self.store.keys.load(KeyScope::Batch, &ids).await?;
            for id in ids.iter().filter(|id| !keys.contains_key(id)) {
                self.findings.add(
                    "key_missing",
                    format!("batch/{id}"),
                    "密钥库中没有该批次的密钥",
                    "the key store has no key of this batch",
                );
            }
        }
    }
}
