//! The list of customers, in the order of their numbers or of their names, as keyset pages.

use std::collections::{HashMap, HashSet};

use domain::register::{CustomerNumber, IndexKind, PartyKind};
use serde::{Deserialize, Serialize};
use storage::{StorageError, Transaction};
use utoipa::{IntoParams, ToSchema};

use crate::http::{COUNTED_UP_TO, Count, Page};
use crate::index::{Found, Range, look, scan, stored};
use crate::register::row::rows_of;
use crate::register::scope::{Scope, tally};
use crate::register::wire::CustomerRow;
use crate::register::{CustomerId, RegisterError, name_order};
use crate::store::Store;

/// Entries looked at for one page by name. A page of a rare kind may be shorter than asked for, and
/// still says how to go on.
const LOOKED_AT: usize = 20_000;
/// So many customers are sorted at hand.
const FEW: usize = 2_000;
/// Entries read at once when a filter drops some.
const AT_ONCE: usize = 500;
/// Digits of a number without its check digit.
const SEQUENCE_DIGITS: usize = 11;

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerOrder {
    /// By number, oldest first.
    #[default]
    Number,
    /// By pinyin of the name.
    Name,
}

/// Which customers, and from where.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomerFilter {
    /// In which order; by number unless said.
    #[serde(default)]
    #[param(inline)]
    pub order: CustomerOrder,
    /// The value to begin at: the first digits of a number, or of a name or its pinyin.
    pub from: Option<String>,
    /// Only this kind of party.
    pub kind: Option<String>,
    /// Only customers that this source speaks of.
    pub source: Option<String>,
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListPlace {
    /// Behind a number.
    Number(CustomerId),
    /// Behind a name, by its key and its customer.
    Name(Vec<u8>, CustomerId),
}

/// A page of customers.
pub async fn list_customers(
    store: &Store,
    filter: &CustomerFilter,
    after: Option<ListPlace>,
    limit: i64,
) -> Result<Page<CustomerRow>, RegisterError> {
    // A filter may mean looking through much of the register.
    let mut transaction = if filter.kind.is_none() && filter.source.is_none() {
        store.database.glance().await?
    } else {
        store.database.read().await?
    };
    let scope = Scope::of(&mut transaction, filter).await?;
    let (count, few) = count(&mut transaction, scope).await?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let (ids, next) = match (filter.order, few) {
        (CustomerOrder::Number, few) => {
            let after = after_number(filter, after)?;
            by_number(&mut transaction, scope, few, after, limit).await?
        }
        (CustomerOrder::Name, Some(few)) => {
            let after = after_name(filter, after)?;
            few_by_name(&mut transaction, &few, &after, limit).await?
        }
        (CustomerOrder::Name, None) => {
            let after = after_name(filter, after)?;
            by_name(&mut transaction, store, scope, after, limit).await?
        }
    };
    let mut rows = rows_of(&mut transaction, store, &ids).await?;
    let items = ids.iter().filter_map(|id| rows.remove(id)).collect();
    Ok(Page::continued(items, next, count))
}

/// How many there are, and who, where they are few. Without a filter the tally knows; with one,
/// counting ends where it would take long.
async fn count(
    transaction: &mut Transaction,
    scope: Scope,
) -> Result<(Count, Option<Vec<CustomerId>>), StorageError> {
    if scope.is_everybody() {
        let customers = tally(transaction, "customers".to_owned()).await?;
        return Ok((Count::exact(customers), None));
    }
    let counted = usize::try_from(COUNTED_UP_TO).unwrap_or_default() + 1;
    let customers = scope.customers(transaction, 0, counted).await?;
    let count = Count::up_to(i64::try_from(customers.len()).unwrap_or(i64::MAX));
    Ok((count, Some(customers).filter(|few| few.len() <= FEW)))
}

fn after_number(
    filter: &CustomerFilter,
    after: Option<ListPlace>,
) -> Result<CustomerId, RegisterError> {
    match (after, filter.from.as_deref().map(str::trim)) {
        (Some(ListPlace::Number(last)), _) => Ok(last),
        (Some(ListPlace::Name(..)), _) => Err(other_order()),
        (None, None | Some("")) => Ok(0),
        (None, Some(from)) => Ok(first_number(from)? - 1),
    }
}

/// The first number that begins with these digits.
fn first_number(from: &str) -> Result<CustomerId, RegisterError> {
    if let Ok(number) = from.parse::<CustomerNumber>() {
        return Ok(number.sequence());
    }
    let digits: String = from.chars().take(SEQUENCE_DIGITS).collect();
    format!("{digits:0<SEQUENCE_DIGITS$}")
        .parse()
        .ok()
        .filter(|_| from.chars().all(|character| character.is_ascii_digit()))
        .ok_or_else(|| {
            let en = "is the beginning of a customer number, or a whole one";
            RegisterError::invalid("from", "起始位置应为客户号或其开头几位", en)
        })
}

fn after_name(
    filter: &CustomerFilter,
    after: Option<ListPlace>,
) -> Result<(Vec<u8>, CustomerId), RegisterError> {
    match (after, filter.from.as_deref()) {
        (Some(ListPlace::Name(key, last)), _) => Ok((key, last)),
        (Some(ListPlace::Number(_)), _) => Err(other_order()),
        (None, None) => Ok((Vec::new(), -1)),
        // Latin letters are pinyin: everybody who sounds like that comes after them.
        (None, Some(from)) if from.is_ascii() => {
            let key = names::search_keys(from).pinyin.into_bytes();
            Ok((key, -1))
        }
        (None, Some(from)) => Ok((name_order(from), -1)),
    }
}

fn other_order() -> RegisterError {
    RegisterError::invalid(
        "after",
        "翻页位置属于另一种排序，请从第一页开始",
        "is a cursor of the other order",
    )
}

async fn by_number(
    transaction: &mut Transaction,
    scope: Scope,
    few: Option<Vec<CustomerId>>,
    after: CustomerId,
    limit: usize,
) -> Result<(Vec<CustomerId>, Option<ListPlace>), StorageError> {
    let mut ids = match few {
        Some(few) => few.into_iter().filter(|id| *id > after).collect(),
        None => scope.customers(transaction, after, limit + 1).await?,
    };
    let more = ids.len() > limit;
    ids.truncate(limit);
    let last = ids.last().filter(|_| more);
    let next = last.map(|last| ListPlace::Number(*last));
    Ok((ids, next))
}

/// Sorts those who are few by name: walking the index would meet everybody else.
async fn few_by_name(
    transaction: &mut Transaction,
    few: &[CustomerId],
    after: &(Vec<u8>, CustomerId),
    limit: usize,
) -> Result<(Vec<CustomerId>, Option<ListPlace>), StorageError> {
    let mut places = Vec::with_capacity(few.len());
    let sql = include_str!("names_of_customers.sql");
    for row in transaction.fetch_by_keys(sql, few).await? {
        let key = stored(&name_order(&row.text(2)?)).to_vec();
        places.push((key, row.integer(0)?));
    }
    places.retain(|place| place > after);
    places.sort_unstable();
    let more = places.len() > limit;
    places.truncate(limit);
    let last = places.last().filter(|_| more).cloned();
    let next = last.map(|(key, customer)| ListPlace::Name(key, customer));
    Ok((places.into_iter().map(|(_, id)| id).collect(), next))
}

/// Walks the index of names. An entry counts only where the customer is still called like that, so
/// everybody stands in the list once.
async fn by_name(
    transaction: &mut Transaction,
    store: &Store,
    scope: Scope,
    mut after: (Vec<u8>, CustomerId),
    limit: usize,
) -> Result<(Vec<CustomerId>, Option<ListPlace>), RegisterError> {
    let mut ids = Vec::with_capacity(limit);
    let mut looked_at = 0;
    let at_once = if scope.is_everybody() {
        limit + 1
    } else {
        AT_ONCE
    };
    let everybody = Range {
        kind: IndexKind::CustomerName,
        prefix: Vec::new(),
    };
    let start = Some((after.0.as_slice(), after.1));
    let mut sight = look(transaction, &[(&everybody, start)], at_once).await?;
    loop {
        let start = Some((after.0.as_slice(), after.1));
        let index = &store.index;
        let found = scan(transaction, index, &mut sight, &everybody, start, at_once).await?;
        let at_end = found.len() < at_once;
        looked_at += found.len();
        let standing = standing(transaction, scope, &found).await?;
        for entry in found {
            if ids.len() == limit {
                return Ok((ids, Some(ListPlace::Name(after.0, after.1))));
            }
            if standing.contains(&(entry.key.clone(), entry.reference)) {
                ids.push(entry.reference);
            }
            after = (entry.key, entry.reference);
        }
        if at_end {
            return Ok((ids, None));
        }
        if looked_at >= LOOKED_AT {
            return Ok((ids, Some(ListPlace::Name(after.0, after.1))));
        }
    }
}

/// The entries whose customers are called so now and pass the filters.
async fn standing(
    transaction: &mut Transaction,
    scope: Scope,
    found: &[Found],
) -> Result<HashSet<(Vec<u8>, CustomerId)>, StorageError> {
    let ids: Vec<CustomerId> = found.iter().map(|entry| entry.reference).collect();
    let mut keys: HashMap<CustomerId, Vec<u8>> = HashMap::with_capacity(ids.len());
    let sql = include_str!("names_of_customers.sql");
    for row in transaction.fetch_by_keys(sql, &ids).await? {
        let kind = PartyKind::from_number(row.integer(1)?);
        if scope.kind.is_none() || scope.kind == kind {
            keys.insert(row.integer(0)?, name_order(&row.text(2)?));
        }
    }
    if let Some(source) = scope.source {
        let spoken_of = customers_of_source(transaction, source, &ids).await?;
        keys.retain(|customer, _| spoken_of.contains(customer));
    }
    let stands = |entry: &&Found| {
        keys.get(&entry.reference)
            .is_some_and(|key| stored(key) == entry.key)
    };
    let standing = found.iter().filter(stands);
    Ok(standing
        .map(|entry| (entry.key.clone(), entry.reference))
        .collect())
}

async fn customers_of_source(
    transaction: &mut Transaction,
    source: i64,
    customers: &[CustomerId],
) -> Result<HashSet<CustomerId>, StorageError> {
    let mut spoken_of = HashSet::new();
    let sql = include_str!("sources_of_customers_by_id.sql");
    for row in transaction.fetch_by_keys(sql, customers).await? {
        if row.integer(1)? == source {
            spoken_of.insert(row.integer(0)?);
        }
    }
    Ok(spoken_of)
}
