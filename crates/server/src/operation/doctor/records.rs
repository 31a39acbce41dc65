//! Every record opens with the key of its series and is what was proven of it.

use crate::operation::doctor::report::record;
use crate::operation::doctor::{Doctor, Stage};
use crate::register::{RegisterError, StoredRecord, open_records};

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn records(&mut self) -> Result<(), RegisterError> {
        let mut after = 0;
        loop {
            let ids = self.page_of_records(after).await?;
            let Some(last) = ids.last() else {
                return Ok(());
            };
            after = *last;
            for record in self.open_or_report(&ids).await? {
                self.examine_record(&record);
            }
            self.checked.records += ids.len() as u64;
            (self.progress)(Stage::Records, self.checked.records);
        }
    }

    pub(super) async fn page_of_records(&mut self, after: i64) -> Result<Vec<i64>, RegisterError> {
        Ok(self
            .page(include_str!("page_of_records.sql"), after)
            .await?)
    }

    /// Opens a page. Where one record of it cannot be opened, each is tried by itself.
    async fn open_or_report(&mut self, ids: &[i64]) -> Result<Vec<StoredRecord>, RegisterError> {
        let keys = &self.store.keys;
        match open_records(&mut self.transaction, keys, ids).await {
            Ok(records) => return Ok(records),
            Err(RegisterError::Storage(error)) => return Err(error.into()),
            Err(_) => {}
        }
        let mut opened = Vec::new();
        for id in ids {
            match open_records(&mut self.transaction, keys, &[*id]).await {
                Ok(records) => opened.extend(records),
                Err(RegisterError::Storage(error)) => return Err(error.into()),
                Err(_) => self.findings.add(
                    "record_unreadable",
                    record(*id),
                    "无法解封：密文或密钥已被改动",
                    "cannot be opened: its seal or its key was changed",
                ),
            }
        }
        Ok(opened)
    }

    fn examine_record(&mut self, found: &StoredRecord) {
        let subject = record(found.head.id);
        if found.content.is_none() {
            self.findings.add(
                "key_missing",
                subject,
                "密钥库中没有其系列的密钥",
                "the key store has no key of its series",
            );
        } else if !found.intact {
            self.findings.add(
                "record_changed",
                subject,
                "内容与写入时的承诺值不符",
                "says something else than was committed to when it was written",
            );
        }
    }
}
