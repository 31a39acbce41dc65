//! The list of customers, in the order of their numbers or of their names, as keyset pages.

use std::collections::{HashMap, HashSet};

use domain::register::{CustomerNumber, IndexKind, PartyKind};
use serde::{Deserialize, Serialize};
use storage::{StorageError, Transaction};
use utoipa::{IntoParams, ToSchema};

use crate::http::{Count, Page};
use crate::index::{Found, scan, stored};
use crate::register::row::rows_of;
use crate::register::wire::CustomerRow;
use crate::register::{CustomerId, RegisterError, find_source, name_order};
use crate::store::Store;

/// Entries looked at for one page by name. A page of a rare kind may be shorter than asked for, and
/// still says how to go on.
const LOOKED_AT: usize = 20_000;
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

/// The filters, understood.
#[derive(Debug, Clone, Copy)]
struct Scope {
    kind: Option<PartyKind>,
    source: Option<i64>,
}

/// A page of customers.
pub async fn list_customers(
    store: &Store,
    filter: &CustomerFilter,
    after: Option<ListPlace>,
    limit: i64,
) -> Result<Page<CustomerRow>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let scope = understand(&mut transaction, filter).await?;
    let count = count(&mut transaction, scope).await?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let (ids, next) = match filter.order {
        CustomerOrder::Number => {
            let after = after_number(filter, after)?;
            by_number(&mut transaction, scope, after, limit).await?
        }
        CustomerOrder::Name => {
            let after = after_name(filter, after)?;
            by_name(&mut transaction, store, scope, after, limit).await?
        }
    };
    let mut rows = rows_of(&mut transaction, store, &ids).await?;
    let items = ids.iter().filter_map(|id| rows.remove(id)).collect();
    Ok(Page::continued(items, next, count))
}

async fn understand(
    transaction: &mut Transaction,
    filter: &CustomerFilter,
) -> Result<Scope, RegisterError> {
    let kind = |name: &String| {
        let mut kinds = PartyKind::ALL.into_iter();
        kinds
            .find(|kind| kind.name() == name)
            .ok_or_else(|| RegisterError::UnknownPartyKind(name.clone()))
    };
    Ok(Scope {
        kind: filter.kind.as_ref().map(kind).transpose()?,
        source: match &filter.source {
            Some(code) => Some(find_source(transaction, code).await?.id),
            None => None,
        },
    })
}

/// Without a filter the tally knows; with one, counting ends where it would take long.
async fn count(transaction: &mut Transaction, scope: Scope) -> Result<Count, StorageError> {
    if scope.kind.is_none() && scope.source.is_none() {
        let sql = include_str!("find_tally.sql");
        let row = transaction.fetch_one(sql, ["customers".into()]).await?;
        return Ok(Count::exact(row.integer(0)?));
    }
    let cells = [
        scope.kind.map(PartyKind::number).into(),
        scope.source.into(),
    ];
    let row = transaction
        .fetch_one(include_str!("count_customers.sql"), cells)
        .await?;
    Ok(Count::up_to(row.integer(0)?))
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
        .ok_or_else(|| invalid_from("is the beginning of a customer number, or a whole one"))
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

fn invalid_from(problem: &str) -> RegisterError {
    RegisterError::Invalid {
        field: "from",
        problem: problem.to_owned(),
    }
}

fn other_order() -> RegisterError {
    RegisterError::Invalid {
        field: "after",
        problem: "is a cursor of the other order".to_owned(),
    }
}

async fn by_number(
    transaction: &mut Transaction,
    scope: Scope,
    after: CustomerId,
    limit: usize,
) -> Result<(Vec<CustomerId>, Option<ListPlace>), StorageError> {
    let cells = [
        after.into(),
        scope.kind.map(PartyKind::number).into(),
        scope.source.into(),
        i64::try_from(limit + 1).unwrap_or(i64::MAX).into(),
    ];
    let rows = transaction
        .fetch_all(include_str!("list_customers.sql"), cells)
        .await?;
    let mut ids = rows
        .iter()
        .map(|row| row.integer(0))
        .collect::<Result<Vec<_>, _>>()?;
    let more = ids.len() > limit;
    ids.truncate(limit);
    let last = ids.last().filter(|_| more);
    let next = last.map(|last| ListPlace::Number(*last));
    Ok((ids, next))
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
    let filtered = scope.kind.is_some() || scope.source.is_some();
    let at_once = if filtered { AT_ONCE } else { limit + 1 };
    loop {
        let kind = IndexKind::CustomerName;
        let start = Some((after.0.as_slice(), after.1));
        let found = scan(transaction, &store.index, kind, &[], start, at_once).await?;
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
