//! Records, in the order of source, file and row.

use std::collections::HashMap;
use std::io::Write;

use domain::register::{CustomerNumber, FieldId};
use storage::Row;

use crate::operation::dump::line::{RecordLine, RecordName};
use crate::operation::dump::{Dump, DumpError, PAGE};
use crate::register::{Member, StoredRecord, memberships_of, open_records};

/// A batch as a dump sees it.
#[derive(Debug, Clone)]
pub(super) struct DumpedBatch {
    pub id: i64,
    pub source: i64,
    pub file: String,
    first_record: i64,
    last_record: i64,
}

impl<W: Write> Dump<'_, W> {
    pub(super) async fn batches_of(&mut self, source: i64) -> Result<Vec<DumpedBatch>, DumpError> {
        let sql = include_str!("batches_of_source.sql");
        let rows = self.transaction.fetch_all(sql, [source.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(DumpedBatch {
                    id: row.integer(0)?,
                    source,
                    file: short_hex(&row.bytes(1)?),
                    first_record: row.integer(2)?,
                    last_record: row.integer(3)?,
                })
            })
            .collect()
    }

    pub(super) async fn records_of(&mut self, batch: &DumpedBatch) -> Result<(), DumpError> {
        let mut after = batch.first_record - 1;
        loop {
            let cells = [
                after.into(),
                batch.last_record.into(),
                batch.id.into(),
                PAGE.into(),
            ];
            let sql = include_str!("records_of_batch.sql");
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = self.page(&rows).await? else {
                return Ok(());
            };
            after = last;
        }
    }

    pub(super) async fn records_without_batch(&mut self, source: i64) -> Result<(), DumpError> {
        let mut after = 0;
        loop {
            let cells = [after.into(), source.into(), PAGE.into()];
            let sql = include_str!("records_without_batch.sql");
            let rows = self.transaction.fetch_all(sql, cells).await?;
            let Some(last) = self.page(&rows).await? else {
                return Ok(());
            };
            after = last;
        }
    }

    /// Writes the records whose ids a page gives; gives the last of them, and none at the end.
    async fn page(&mut self, rows: &[Row]) -> Result<Option<i64>, DumpError> {
        let ids = rows.iter().map(|row| row.integer(0));
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        let mut records = open_records(&mut self.transaction, &self.store.keys, &ids).await?;
        records.sort_unstable_by_key(|record| record.head.id);
        let series: Vec<i64> = records.iter().map(|record| record.head.series).collect();
        let members = memberships_of(&mut self.transaction, &series).await?;
        let asked: Vec<i64> = ids.iter().chain(&series).copied().collect();
        let names = self.names_of(&asked).await?;
        for record in &records {
            let member = members.get(&record.head.series);
            if let Some(line) = self.line(record, member, &names) {
                self.write(&line)?;
            }
        }
        Ok(ids.last().copied())
    }

    fn line(
        &self,
        record: &StoredRecord,
        member: Option<&Member>,
        names: &HashMap<i64, RecordName>,
    ) -> Option<RecordLine> {
        let head = record.head;
        let says = record.content.as_ref().map(|content| {
            let fields = content.fields().iter();
            fields
                .map(|field| (self.name_of(field.id), field.value.clone()))
                .collect()
        });
        Some(RecordLine {
            record: names.get(&head.id)?.clone(),
            first_version: (head.id != head.series)
                .then(|| names.get(&head.series).cloned())
                .flatten(),
            kind: head.kind.name(),
            retired: record.retired_at.is_some(),
            customer: member.map(|member| number(member.customer)),
            because: member.and_then(|member| Some(member.reason?.code())),
            says: says.unwrap_or_default(),
        })
    }

    fn name_of(&self, field: FieldId) -> String {
        if field == FieldId::SOURCE_KEY {
            return "source_key".to_owned();
        }
        let declared = self.store.catalogue.attribute(field);
        let column = || {
            self.columns
                .get(&field)
                .map(|column| format!("column {column}"))
        };
        declared
            .map(|attribute| attribute.name.clone())
            .or_else(column)
            .unwrap_or_else(|| format!("field {}", field.0))
    }

    /// What records are called, by their ids.
    pub(super) async fn names_of(
        &mut self,
        ids: &[i64],
    ) -> Result<HashMap<i64, RecordName>, DumpError> {
        let sql = include_str!("record_names.sql");
        let rows = self.transaction.fetch_by_keys(sql, ids).await?;
        let mut names = HashMap::with_capacity(rows.len());
        for row in rows {
            let source = row.integer(1)?;
            let name = RecordName {
                source: self.sources.get(&source).cloned().unwrap_or_default(),
                file: row.optional_bytes(2)?.map(|digest| short_hex(&digest)),
                row: row.optional_integer(3)?,
                version: row.integer(4)?,
            };
            names.insert(row.integer(0)?, name);
        }
        Ok(names)
    }
}

/// The number of a customer.
pub(super) fn number(customer: i64) -> String {
    CustomerNumber::from_sequence(customer).to_string()
}

fn short_hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(32);
    for byte in digest.iter().take(16) {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}
