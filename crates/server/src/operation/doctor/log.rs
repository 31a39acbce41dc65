//! The audit log has no gaps, and its roots are those of the records that it says were written.

use serde::Deserialize;

use crate::operation::doctor::report::record;
use crate::operation::doctor::{Doctor, PAGE, Stage};
use crate::register::RegisterError;

/// What an entry about written records says of them.
#[derive(Debug, Deserialize)]
struct Written {
    first_record: i64,
    last_record: i64,
}

impl<P: FnMut(Stage, u64)> Doctor<'_, P> {
    pub(super) async fn log(&mut self) -> Result<(), RegisterError> {
        self.positions().await?;
        let mut after = 0;
        let mut proven = 0;
        loop {
            let sql = include_str!("written_entries.sql");
            let cells = [after.into(), PAGE.into()];
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else { break };
            after = last.integer(0)?;
            for row in &rows {
                let id = row.integer(0)?;
                let written: Option<Written> = serde_json::from_str(&row.text(1)?).ok();
                let root = row.optional_bytes(2)?;
                let Some(written) = written else {
                    self.report_entry(id);
                    continue;
                };
                if written.first_record > proven + 1 {
                    self.report_unproven(proven + 1);
                }
                let found = self.root_of(&written).await?;
                if root.as_deref() != Some(found.as_slice()) {
                    self.report_entry(id);
                }
                proven = proven.max(written.last_record);
            }
        }
        let sql = include_str!("last_record.sql");
        let last = self.transaction.fetch_one(sql, []).await?.integer(0)?;
        if last > proven {
            self.report_unproven(proven + 1);
        }
        Ok(())
    }

    /// Ids are given without gaps, and so are positions.
    async fn positions(&mut self) -> Result<(), RegisterError> {
        let sql = include_str!("audit_counts.sql");
        let row = self.transaction.fetch_one(sql, []).await?;
        let (entries, last) = (row.integer(0)?, row.integer(1)?);
        let (numbered, lowest, highest) = (row.integer(2)?, row.integer(3)?, row.integer(4)?);
        self.checked.audit_entries = u64::try_from(entries).unwrap_or_default();
        (self.progress)(Stage::Log, self.checked.audit_entries);
        if entries != last {
            self.findings.add(
                "audit_gap",
                "audit".to_owned(),
                &format!("审计日志应有 {last} 条，实有 {entries} 条"),
                &format!("the log must have {last} entries and has {entries}"),
            );
        }
        if numbered > 0 && (lowest != 1 || highest != numbered) {
            self.findings.add(
                "audit_positions",
                "audit".to_owned(),
                "审计日志的序号不连续",
                "the positions of the log are not contiguous",
            );
        }
        Ok(())
    }

    async fn root_of(&mut self, written: &Written) -> Result<[u8; 32], RegisterError> {
        let mut proof = vault::merkle::Accumulator::new();
        let mut after = written.first_record - 1;
        loop {
            let cells = [after.into(), written.last_record.into(), PAGE.into()];
            let sql = include_str!("commitments.sql");
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = rows.last() else {
                return Ok(proof.root());
            };
            after = last.integer(0)?;
            for row in &rows {
                proof.push(&row.bytes(1)?);
            }
        }
    }

    fn report_entry(&mut self, id: i64) {
        self.findings.add(
            "audit_root",
            format!("audit/{id}"),
            "所列记录与其默克尔根不符：有记录被改动、删除或添加",
            "its root is not that of the records it names: one was changed, taken away or added",
        );
    }

    fn report_unproven(&mut self, first: i64) {
        self.findings.add(
            "record_unproven",
            record(first),
            "自此起有记录不在任何审计条目中",
            "from here on records stand in no audit entry",
        );
    }
}
