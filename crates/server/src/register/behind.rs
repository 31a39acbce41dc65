//! The records behind a customer (来源记录), every version that was known, newest first.

use std::collections::HashMap;

use domain::register::{Class, CustomerNumber, Field, FieldId, read};
use domain::resolution::MembershipReason;

use crate::clock::Micros;
use crate::http::{Id, Instant, Page};
use crate::protection::Disclosure;
use crate::register::history::{Standing, column_names, standing};
use crate::register::wire::{Reason, Record, RecordValue};
use crate::register::{RegisterError, StoredRecord};
use crate::store::Store;

/// A page of records; the cursor is the id of the last one.
pub async fn records_behind(
    store: &Store,
    number: CustomerNumber,
    as_of: Option<Micros>,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<Record>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let standing = standing(&mut transaction, store, number, as_of).await?;
    let columns = column_names(&mut transaction, &standing.records).await?;
    let total = i64::try_from(standing.records.len()).unwrap_or(i64::MAX);
    let wanted = usize::try_from(limit).unwrap_or_default() + 1;
    let mut records: Vec<&StoredRecord> = standing.records.iter().collect();
    records.sort_unstable_by_key(|record| std::cmp::Reverse(record.head.id));
    let before = after.unwrap_or(i64::MAX);
    let shown = records
        .into_iter()
        .filter(|record| record.head.id < before)
        .take(wanted)
        .filter_map(|record| show(store, &standing, &columns, record))
        .collect();
    let count = crate::http::Count::exact(total);
    Ok(Page::of(shown, limit, count, |last: &Record| last.id.0))
}

impl From<MembershipReason> for Reason {
    fn from(reason: MembershipReason) -> Self {
        Self {
            code: reason.code(),
            text: reason.text().into(),
        }
    }
}

fn show(
    store: &Store,
    standing: &Standing,
    columns: &HashMap<FieldId, String>,
    record: &StoredRecord,
) -> Option<Record> {
    let member = standing.members.get(&record.head.series)?;
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let content = record.content.as_ref();
    let key = content.and_then(|content| content.first(FieldId::SOURCE_KEY));
    let fields = content.map(domain::register::Content::fields);
    let values = fields
        .unwrap_or_default()
        .iter()
        .filter(|field| field.id != FieldId::SOURCE_KEY)
        .map(|field| value(store, &disclosure, columns, field));
    Some(Record {
        id: Id(record.head.id),
        series: Id(record.head.series),
        version: record.head.version,
        source: standing.source_of(record)?.said.code.clone(),
        key: key.map(|key| disclosure.show_undeclared(key)),
        batch: record.batch.map(Id),
        row: record.row_number,
        kind: record.head.kind.name(),
        observed_at: Instant(record.head.observed_at),
        recorded_at: Instant(record.recorded_at),
        retired_at: record.retired_at.map(Instant),
        values: values.collect(),
        member_since: Instant(member.since),
        member_reason: member.reason.unwrap_or(MembershipReason::First).into(),
    })
}

fn value(
    store: &Store,
    disclosure: &Disclosure,
    columns: &HashMap<FieldId, String>,
    field: &Field,
) -> RecordValue {
    let attribute = store.catalogue.attribute(field.id);
    let class: Class = store.catalogue.class(field.id);
    let reading = read(attribute, &field.value);
    let value = disclosure.show(field.id, &field.value, class);
    let name = attribute.map(|attribute| attribute.name.clone());
    let column = name.clone().or_else(|| columns.get(&field.id).cloned());
    RecordValue {
        attribute: name,
        column: column.unwrap_or_default(),
        label: attribute.map(|attribute| (&attribute.label).into()),
        class: class.into(),
        masked: value.is_masked(),
        value,
        valid: reading.valid,
        problem: reading.problem.map(|(_, text)| text.into()),
    }
}
