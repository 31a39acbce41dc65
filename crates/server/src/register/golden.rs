//! The golden view's cache: folded from the records, sealed with the customer's key, and always
//! able to be folded again.

use std::collections::{BTreeMap, HashMap};

use domain::register::{
    Catalogue, Class, GoldenValue, GoldenView, IndexKind, PartyKind, RecordFacts, fold,
};
use storage::{Row, Rows, StorageError, Transaction};
use vault::{DataKey, Randomness};

use crate::clock::Micros;
use crate::index::Entries;
use crate::protection::{KeyError, KeyScope, Keys, NewKeys};
use crate::register::membership::{Member, members_of};
use crate::register::record::{SealedRecords, read_records_of_series};
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

/// Views that are sealed and not yet written.
#[derive(Debug)]
pub struct SealedViews {
    rows: Rows,
    /// How many records stand behind each.
    pub sizes: Vec<(CustomerId, i64)>,
    /// Keys of customers that had none; they reach the key store before the views are committed.
    pub new_keys: NewKeys,
    /// Where the customers stand in the list of names.
    pub entries: Entries,
}

/// Seals views with the customers' keys and places them in the list of names. A customer without a
/// key gets one.
pub fn seal_views(
    keys: &Keys,
    catalogue: &Catalogue,
    folded_at: Micros,
    views: &[NewGolden],
    known: &HashMap<CustomerId, DataKey>,
) -> Result<SealedViews, KeyError> {
    let mut randomness = Randomness::new();
    let mut sealed = SealedViews {
        rows: Rows::with_capacity(7, views.len()),
        sizes: Vec::with_capacity(views.len()),
        new_keys: NewKeys::with_capacity(views.len().saturating_sub(known.len())),
        entries: Entries::default(),
    };
    for NewGolden {
        customer,
        records,
        view,
    } in views
    {
        let made;
        let key = if let Some(key) = known.get(customer) {
            key
        } else {
            let new_keys = &mut sealed.new_keys;
            made = keys.make(KeyScope::Customer, *customer, &mut randomness, new_keys)?;
            &made
        };
        let mut sensitive = view.to_block(catalogue, Class::Sensitive);
        if !sensitive.is_empty() {
            sensitive = vault::seal(key, &bound_to(*customer), &sensitive, &mut randomness)?;
        }
        let place = name_order(&view.name);
        sealed
            .entries
            .push(IndexKind::CustomerName, &place, *customer);
        let records = i64::try_from(*records).unwrap_or(i64::MAX);
        sealed.sizes.push((*customer, records));
        sealed.rows.push([
            (*customer).into(),
            view.kind.number().into(),
            view.name.as_str().into(),
            records.into(),
            folded_at.into(),
            view.to_block(catalogue, Class::General).into(),
            sensitive.into(),
        ]);
    }
    Ok(sealed)
}

/// Writes sealed views in the place of those that stand, after the keys that they need. Gives how
/// many records stand behind each, and the entries of the list of names.
pub async fn insert_views(
    transaction: &mut Transaction,
    keys: &Keys,
    sealed: SealedViews,
) -> Result<(Vec<(CustomerId, i64)>, Entries), RegisterError> {
    let conflict = "on conflict (customer_id) do update set kind = excluded.kind, name = excluded.name, \
         records = excluded.records, folded_at = excluded.folded_at, general = excluded.general, \
         sensitive = excluded.sensitive";
    let insert = include_str!("insert_golden_view.sql");
    tokio::try_join!(
        async {
            keys.save(sealed.new_keys)
                .await
                .map_err(RegisterError::from)
        },
        async {
            Ok(transaction
                .insert_many(insert, sealed.rows, conflict)
                .await?)
        },
    )?;
    Ok((sealed.sizes, sealed.entries))
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
    open_golden(&keys, &rows)
}

/// The views of the customers behind one, in the order of their numbers.
pub async fn page_of_golden(
    transaction: &mut Transaction,
    store: &Store,
    after: CustomerId,
    limit: i64,
) -> Result<BTreeMap<CustomerId, GoldenRow>, RegisterError> {
    let sql = include_str!("page_of_views.sql");
    let rows = transaction
        .fetch_all(sql, [after.into(), limit.into()])
        .await?;
    let customers = rows.iter().map(|row| row.integer(0));
    let customers: Vec<CustomerId> = customers.collect::<Result<_, _>>()?;
    let keys = store.keys.load(KeyScope::Customer, &customers).await?;
    open_golden(&keys, &rows)
}

/// When customers came to be.
pub async fn created_of(
    transaction: &mut Transaction,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, Micros>, StorageError> {
    let sql = include_str!("created_of_customers.sql");
    let rows = transaction.fetch_by_keys(sql, customers).await?;
    let created = rows.iter();
    created
        .map(|row| Ok((row.integer(0)?, row.integer(1)?)))
        .collect()
}

/// Views as they were read, opened.
pub(super) fn open_golden(
    keys: &HashMap<CustomerId, DataKey>,
    rows: &[Row],
) -> Result<BTreeMap<CustomerId, GoldenRow>, RegisterError> {
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

/// What customers are folded from, as it was read.
pub struct Unfolded {
    standing: Vec<Member>,
    records: SealedRecords,
}

/// Reads what customers are folded from.
pub async fn read_unfolded(
    transaction: &mut Transaction,
    keys: &Keys,
    customers: &[CustomerId],
) -> Result<Unfolded, RegisterError> {
    let mut standing = members_of(transaction, customers).await?;
    standing.retain(|member| member.until.is_none());
    let series: Vec<i64> = standing.iter().map(|member| member.series).collect();
    let records = read_records_of_series(transaction, keys, &series).await?;
    Ok(Unfolded { standing, records })
}

impl Unfolded {
    /// The records of each customer.
    pub fn open(self) -> Result<BTreeMap<CustomerId, Vec<StoredRecord>>, RegisterError> {
        let mut by_series: HashMap<i64, Vec<StoredRecord>> = HashMap::new();
        for record in self.records.open_in_order()? {
            let series = by_series.entry(record.head.series);
            series.or_default().push(record);
        }
        let mut by_customer: BTreeMap<CustomerId, Vec<StoredRecord>> = BTreeMap::new();
        for member in self.standing {
            let records = by_series.remove(&member.series).unwrap_or_default();
            let customer = by_customer.entry(member.customer);
            customer.or_default().extend(records);
        }
        Ok(by_customer)
    }

    /// Folds the customers. One without records left has no view.
    pub fn fold(
        self,
        catalogue: &Catalogue,
        trust: &HashMap<i64, u8>,
    ) -> Result<Vec<NewGolden>, RegisterError> {
        let folded = self.open()?.into_iter().map(|(customer, records)| {
            let (view, records) = fold_stored(catalogue, trust, &records);
            NewGolden {
                customer,
                records,
                view,
            }
        });
        Ok(folded.filter(|golden| golden.records > 0).collect())
    }
}

/// Folds customers anew from their records. One without records left has no view.
pub async fn refold(
    transaction: &mut Transaction,
    store: &Store,
    trust: &HashMap<i64, u8>,
    customers: &[CustomerId],
) -> Result<Vec<NewGolden>, RegisterError> {
    let unfolded = read_unfolded(transaction, &store.keys, customers).await?;
    unfolded.fold(&store.catalogue_in_force(), trust)
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
