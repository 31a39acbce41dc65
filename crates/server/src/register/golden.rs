//! The golden view's cache: folded from the records, sealed with the customer's key, and always
//! able to be folded again.

use std::collections::{BTreeMap, HashMap};

use domain::register::{
    Catalogue, Class, GoldenValue, GoldenView, IndexKind, PartyKind, RecordFacts, fold,
};
use storage::{Rows, StorageError, Transaction};
use vault::{DataKey, Randomness};

use crate::clock::Micros;
use crate::index::Entries;
use crate::protection::{KeyError, KeyScope, NewKeys};
use crate::register::membership::members_of;
use crate::register::record::records_of_series;
use crate::register::{CustomerId, RegisterError, StoredRecord};
use crate::store::Store;

/// Of the seals of views; a change of what is bound to a block raises it.
const SEAL_VERSION: u8 = 1;

/// A view about to be written.
#[derive(Debug)]
pub struct NewGolden {
    /// Whose view.
    pub customer: CustomerId,
    /// How many records stand behind it.
    pub records: usize,
    /// What they say together.
    pub view: GoldenView,
}

/// A view as the cache holds it.
#[derive(Debug, Clone)]
pub struct GoldenRow {
    /// Whose view.
    pub customer: CustomerId,
    /// The kind of party.
    pub kind: PartyKind,
    /// The name to call it by.
    pub name: String,
    /// How many records stand behind it.
    pub records: i64,
    /// When it was folded.
    pub folded_at: Micros,
    /// What they say together; only what is readable after the key was destroyed.
    pub values: Vec<GoldenValue>,
}

/// The key under which customers are listed by name: pinyin first, then the name itself.
pub fn name_order(name: &str) -> Vec<u8> {
    let keys = names::search_keys(name);
    let mut key = keys.pinyin.into_bytes();
    key.push(0);
    key.extend_from_slice(keys.folded.as_bytes());
    key
}

/// Writes views in the place of those that stand, seals them with the customers' keys, and lists
/// them by name. A customer without a key gets one.
pub async fn write_golden(
    transaction: &mut Transaction,
    store: &Store,
    folded_at: Micros,
    views: &[NewGolden],
    keys: &mut HashMap<CustomerId, DataKey>,
    new_keys: &mut NewKeys,
    entries: &mut Entries,
) -> Result<(), RegisterError> {
    let mut randomness = Randomness::new();
    let mut rows = Rows::with_capacity(7, views.len());
    for NewGolden {
        customer,
        records,
        view,
    } in views
    {
        if !keys.contains_key(customer) {
            let key = store
                .keys
                .make(KeyScope::Customer, *customer, &mut randomness, new_keys)?;
            keys.insert(*customer, key);
        }
        let sensitive = view.to_block(&store.catalogue, Class::Sensitive);
        let sealed = if sensitive.is_empty() {
            sensitive
        } else {
            vault::seal(
                &keys[customer],
                &bound_to(*customer),
                &sensitive,
                &mut randomness,
            )
            .map_err(KeyError::from)?
        };
        entries.push(IndexKind::CustomerName, &name_order(&view.name), *customer);
        rows.push([
            (*customer).into(),
            view.kind.number().into(),
            view.name.as_str().into(),
            i64::try_from(*records).unwrap_or(i64::MAX).into(),
            folded_at.into(),
            view.to_block(&store.catalogue, Class::General).into(),
            sealed.into(),
        ]);
    }
    let conflict = "on conflict (customer_id) do update set kind = excluded.kind, name = excluded.name, \
         records = excluded.records, folded_at = excluded.folded_at, general = excluded.general, \
         sensitive = excluded.sensitive";
    Ok(transaction
        .insert_many(include_str!("insert_golden_view.sql"), rows, conflict)
        .await?)
}

fn bound_to(customer: CustomerId) -> [u8; 16] {
    let mut bytes = *b"golden\0\0\0\0\0\0\0\0\0\0";
    bytes[7] = SEAL_VERSION;
    bytes[8..].copy_from_slice(&customer.to_be_bytes());
    bytes
}

/// Views as the cache holds them, by customer.
pub async fn load_golden(
    transaction: &mut Transaction,
    store: &Store,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, GoldenRow>, RegisterError> {
    let rows = transaction
        .fetch_by_keys(include_str!("golden_views.sql"), customers)
        .await?;
    let keys = store.keys.load(KeyScope::Customer, customers).await?;
    let mut views = BTreeMap::new();
    for row in rows {
        let customer = row.integer(0)?;
        let sealed = row.bytes(6)?;
        let opened = match keys.get(&customer) {
            Some(key) if !sealed.is_empty() => vault::open(key, &bound_to(customer), &sealed)
                .map_err(|source| KeyError::Open {
                    what: "the view of",
                    id: customer,
                    source,
                })?,
            _ => Vec::new(),
        };
        let general = row.bytes(5)?;
        let values = GoldenView::read_values([general.as_slice(), &opened]).map_err(|source| {
            RegisterError::Damaged {
                record: customer,
                source,
            }
        })?;
        let view = GoldenRow {
            customer,
            kind: PartyKind::from_number(row.integer(1)?).unwrap_or(PartyKind::Person),
            name: row.text(2)?,
            records: row.integer(3)?,
            folded_at: row.integer(4)?,
            values,
        };
        views.insert(customer, view);
    }
    Ok(views)
}

/// Folds opened records: the latest version of each series that was not withdrawn.
pub fn fold_stored(
    catalogue: &Catalogue,
    trust: &HashMap<i64, u8>,
    records: &[StoredRecord],
) -> (GoldenView, usize) {
    let facts = facts_of(trust, records);
    (fold(catalogue, &facts).view(), facts.len())
}

/// The records that a fold looks at.
pub fn facts_of<'a>(trust: &HashMap<i64, u8>, records: &'a [StoredRecord]) -> Vec<RecordFacts<'a>> {
    let mut latest: BTreeMap<i64, &StoredRecord> = BTreeMap::new();
    for record in records.iter().filter(|record| record.retired_at.is_none()) {
        let known = latest.entry(record.head.series).or_insert(record);
        if known.head.version < record.head.version {
            *known = record;
        }
    }
    latest
        .into_values()
        .filter_map(|record| {
            Some(RecordFacts {
                record: record.head.id,
                trust: trust.get(&record.head.source).copied().unwrap_or_default(),
                observed_at: record.head.observed_at,
                kind: record.head.kind,
                content: record.content.as_ref()?,
            })
        })
        .collect()
}

/// Folds customers anew from their records. One without records left has no view.
pub async fn refold(
    transaction: &mut Transaction,
    store: &Store,
    trust: &HashMap<i64, u8>,
    customers: &[CustomerId],
) -> Result<Vec<NewGolden>, RegisterError> {
    let members = members_of(transaction, customers).await?;
    let standing: Vec<_> = members
        .into_iter()
        .filter(|member| member.until.is_none())
        .collect();
    let series: Vec<i64> = standing.iter().map(|member| member.series).collect();
    let records = records_of_series(transaction, &store.keys, &series).await?;
    let mut by_series: HashMap<i64, Vec<StoredRecord>> = HashMap::new();
    for record in records {
        by_series
            .entry(record.head.series)
            .or_default()
            .push(record);
    }
    let mut by_customer: BTreeMap<CustomerId, Vec<StoredRecord>> = BTreeMap::new();
    for member in standing {
        let records = by_series.remove(&member.series).unwrap_or_default();
        by_customer
            .entry(member.customer)
            .or_default()
            .extend(records);
    }
    Ok(by_customer
        .into_iter()
        .map(|(customer, records)| {
            let (view, records) = fold_stored(&store.catalogue, trust, &records);
            NewGolden {
                customer,
                records,
                view,
            }
        })
        .filter(|golden| golden.records > 0)
        .collect())
}

/// Drops the views of customers that have no records any more.
pub async fn drop_golden(
    transaction: &mut Transaction,
    customers: &[CustomerId],
) -> Result<(), StorageError> {
    for customer in customers {
        transaction
            .execute(include_str!("delete_golden_view.sql"), [(*customer).into()])
            .await?;
    }
    Ok(())
}

/// How many records each of the given customers' views stand on; none for one without a view.
pub async fn sizes_of(
    transaction: &mut Transaction,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, i64>, StorageError> {
    let rows = transaction
        .fetch_by_keys(include_str!("golden_sizes.sql"), customers)
        .await?;
    rows.iter()
        .map(|row| Ok((row.integer(0)?, row.integer(1)?)))
        .collect()
}
