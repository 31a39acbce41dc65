//! Records as they were given.

use std::collections::HashMap;

use domain::register::{Class, Content, CustomerNumber, Field, FieldId};
use serde::Serialize;
use serde_json::json;
use storage::Transaction;

use crate::access::Actor;
use crate::audit::{self, NewEntry};
use crate::http::{Id, Instant};
use crate::protection::{Disclosure, Purpose, Shown};
use crate::register::{
    Member, RegisterError, StoredRecord, columns_of, find_source, list_sources, members_of,
    memberships_of, open_records, redirect_of,
};
use crate::store::Store;

/// Records that are shown at most: who wants all takes a dump.
pub const MOST: i64 = 10_000;

/// Which records.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Only of this source.
    pub source: Option<String>,
    /// Only of this customer, past versions too.
    pub customer: Option<CustomerNumber>,
    /// Only of this batch.
    pub batch: Option<i64>,
    /// How many.
    pub limit: i64,
    /// Shows everything in full, for this purpose.
    pub unmask: Option<Purpose>,
}

/// A record.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "each field is named for what it holds")]
pub struct RecordRow {
    pub id: Id,
    pub series: Id,
    pub version: i64,
    pub source: String,
    pub key: Option<Shown>,
    pub batch: Option<Id>,
    pub row: Option<i64>,
    pub kind: &'static str,
    pub customer: Option<String>,
    pub observed_at: Instant,
    pub recorded_at: Instant,
    pub retired_at: Option<Instant>,
    pub values: Vec<RecordValue>,
}

/// Something that a record says.
#[derive(Debug, Clone, Serialize)]
pub struct RecordValue {
    /// The attribute; none for a column that nobody recognised.
    pub attribute: Option<String>,
    /// That column.
    pub column: Option<String>,
    /// As one may see it.
    pub value: Shown,
    /// Whether something of it is hidden.
    pub masked: bool,
}

/// The records that a filter lets through, in the order in which they came.
pub async fn list_records(
    store: &Store,
    actor: &Actor,
    filter: &RecordFilter,
) -> Result<Vec<RecordRow>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let ids = ids_of(&mut transaction, filter).await?;
    let mut records = open_records(&mut transaction, &store.keys, &ids).await?;
    records.sort_unstable_by_key(|record| record.head.id);
    let series: Vec<i64> = records.iter().map(|record| record.head.series).collect();
    let members = memberships_of(&mut transaction, &series).await?;
    let names = Names::load(&mut transaction).await?;
    drop(transaction);
    if let Some(purpose) = filter.unmask {
        note(store, actor, purpose, &records).await?;
    }
    let showing = Showing {
        store,
        disclosure: Disclosure::new(store.catalogue_in_force()),
        names,
        unmask: filter.unmask,
    };
    Ok(records
        .iter()
        .map(|record| showing.row(record, members.get(&record.head.series)))
        .collect())
}

async fn ids_of(
    transaction: &mut Transaction,
    filter: &RecordFilter,
) -> Result<Vec<i64>, RegisterError> {
    let source = match &filter.source {
        Some(code) => Some(find_source(transaction, code).await?.id),
        None => None,
    };
    let limit = filter.limit.clamp(1, MOST);
    if let Some(number) = filter.customer {
        let (customer, _) = redirect_of(transaction, number).await?;
        let members = members_of(transaction, &[customer]).await?;
        let standing = members.iter().filter(|member| member.until.is_none());
        let mut ids: Vec<i64> = standing.map(|member| member.series).collect();
        ids.truncate(usize::try_from(limit).unwrap_or_default());
        return Ok(ids);
    }
    let cells = [0.into(), source.into(), filter.batch.into(), limit.into()];
    let rows = transaction
        .fetch_all(include_str!("list_records.sql"), cells)
        .await?;
    let ids: Result<Vec<i64>, _> = rows.iter().map(|row| row.integer(0)).collect();
    Ok(ids?)
}

/// Whoever has the machine has the master key, so this asks for no permission; but the log knows
/// whose records were shown, to what end, before they are.
async fn note(
    store: &Store,
    actor: &Actor,
    purpose: Purpose,
    records: &[StoredRecord],
) -> Result<(), RegisterError> {
    let (mut transaction, recorded_at) = store.write().await?;
    for record in records {
        let entry = NewEntry {
            actor: &actor.name,
            action: "value.unmasked",
            subject: format!("record/{}", record.head.id),
            detail: json!({ "attribute": null, "purpose": purpose }),
            root: None,
        };
        audit::append(&mut transaction, recorded_at, entry).await?;
    }
    Ok(transaction.commit().await?)
}

/// What sources and columns are called.
struct Names {
    sources: HashMap<i64, String>,
    columns: HashMap<FieldId, String>,
}

impl Names {
    async fn load(transaction: &mut Transaction) -> Result<Self, RegisterError> {
        let mut names = Self {
            sources: HashMap::new(),
            columns: HashMap::new(),
        };
        for source in list_sources(transaction).await? {
            for (column, field) in columns_of(transaction, source.id).await? {
                names.columns.insert(field, column);
            }
            names.sources.insert(source.id, source.said.code);
        }
        Ok(names)
    }
}

struct Showing<'a> {
    store: &'a Store,
    disclosure: Disclosure,
    names: Names,
    unmask: Option<Purpose>,
}

impl Showing<'_> {
    fn row(&self, record: &StoredRecord, member: Option<&Member>) -> RecordRow {
        let head = record.head;
        let fields = record.content.iter().flat_map(Content::fields);
        let key = record.content.as_ref();
        let key = key.and_then(|content| content.first(FieldId::SOURCE_KEY));
        RecordRow {
            id: Id(head.id),
            series: Id(head.series),
            version: head.version,
            source: self
                .names
                .sources
                .get(&head.source)
                .cloned()
                .unwrap_or_default(),
            key: key.map(|key| self.show(FieldId::SOURCE_KEY, key)),
            batch: record.batch.map(Id),
            row: record.row_number,
            kind: head.kind.name(),
            customer: member
                .map(|member| CustomerNumber::from_sequence(member.customer).to_string()),
            observed_at: Instant(head.observed_at),
            recorded_at: Instant(record.recorded_at),
            retired_at: record.retired_at.map(Instant),
            values: fields
                .filter(|field| field.id != FieldId::SOURCE_KEY)
                .map(|field| self.value(field))
                .collect(),
        }
    }

    fn value(&self, field: &Field) -> RecordValue {
        let value = self.show(field.id, &field.value);
        let attribute = self.store.catalogue.attribute(field.id);
        RecordValue {
            attribute: attribute.map(|attribute| attribute.name.clone()),
            column: self.names.columns.get(&field.id).cloned(),
            masked: value.is_masked(),
            value,
        }
    }

    fn show(&self, field: FieldId, text: &str) -> Shown {
        match self.unmask {
            Some(purpose) => Disclosure::in_full(text, purpose),
            None if field == FieldId::SOURCE_KEY => self.disclosure.show_undeclared(text),
            None => {
                let class: Class = self.store.catalogue.class(field);
                self.disclosure.show(field, text, class)
            }
        }
    }
}
