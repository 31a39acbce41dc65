//! Search (检索): customers found by a number, a telephone, digits, a name or its sound.
//!
//! The index says which series may be meant. Whether a customer really says so is asked of its
//! records, which also tells what was found; and a customer that many entries lead to is shown for
//! the first of them only, so pages never repeat anybody and need no memory.

use domain::register::{Probe, SearchBy, probes};
use serde::{Deserialize, Serialize};
use storage::Transaction;

use crate::http::{Count, Page};
use crate::index::{Range, Sight, look, scan, stored};
use crate::register::digest::lookup_digest;
use crate::register::hit::{Asked, first_hits};
use crate::register::row::rows_of;
use crate::register::wire::{CustomerRow, Matched};
use crate::register::{CustomerId, RegisterError, redirect_of};
use crate::store::Store;

/// Entries read at once, at least and at most: about as many as the page still takes.
const AT_ONCE: (usize, usize) = (8, 128);
/// Entries looked at for one page: many of them may lead to one customer.
const LOOKED_AT: usize = 4_000;

/// A longer page is not read at a glance.
const SHORT_PAGE: usize = 100;

/// Where a page ended: which probe, and behind which entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchPlace {
    probe: usize,
    key: Vec<u8>,
    reference: i64,
    /// Whether anybody was found before.
    found: bool,
}

/// A page of the customers that a text finds.
pub async fn search_customers(
    store: &Store,
    text: &str,
    by: Option<SearchBy>,
    after: Option<SearchPlace>,
    limit: i64,
) -> Result<Page<CustomerRow>, RegisterError> {
    let asked = ask(store, text, by);
    let limit = usize::try_from(limit).unwrap_or_default();
    let mut transaction = if limit <= SHORT_PAGE {
        store.database.glance().await?
    } else {
        store.database.read().await?
    };
    let is_first = after.is_none();
    let (hits, next) = find(&mut transaction, store, &asked, after, limit).await?;
    let ids: Vec<CustomerId> = hits.iter().map(|(customer, _)| *customer).collect();
    let mut rows = rows_of(&mut transaction, store, &ids).await?;
    let mut items = Vec::with_capacity(hits.len());
    for (customer, matched) in hits {
        if let Some(mut row) = rows.remove(&customer) {
            row.matched = Some(matched);
            items.push(row);
        }
    }
    let count = Count {
        value: i64::try_from(items.len()).unwrap_or(i64::MAX),
        exact: is_first && next.is_none(),
    };
    Ok(Page::continued(items, next, count))
}

fn ask(store: &Store, text: &str, by: Option<SearchBy>) -> Vec<Asked> {
    let range = |probe: &Probe| match probe {
        Probe::Number(_) => None,
        Probe::Blind {
            kind,
            family,
            value,
            ..
        } => {
            let digest = lookup_digest(store.keys.blind(), *kind, *family, value);
            Some((*kind, digest.to_vec()))
        }
        Probe::Prefix { kind, text, .. } => Some((*kind, stored(text.as_bytes()).to_vec())),
    };
    let asked = |probe: Probe| {
        let range = range(&probe).map(|(kind, prefix)| Range { kind, prefix });
        Asked { probe, range }
    };
    probes(text, by).into_iter().map(asked).collect()
}

/// A search under way.
struct Search<'a> {
    store: &'a Store,
    asked: &'a [Asked],
    sight: Sight,
    limit: usize,
    hits: Vec<(CustomerId, Matched)>,
    looked_at: usize,
}

async fn find(
    transaction: &mut Transaction,
    store: &Store,
    asked: &[Asked],
    after: Option<SearchPlace>,
    limit: usize,
) -> Result<(Vec<(CustomerId, Matched)>, Option<SearchPlace>), RegisterError> {
    let begun = after.as_ref().map_or(0, |place| place.probe);
    let found_before = after.as_ref().is_some_and(|place| place.found);
    let mut start = after.map(|place| (place.key, place.reference));
    let mut search = Search {
        store,
        asked,
        sight: look_at(transaction, &asked[begun..], start.as_ref(), limit).await?,
        limit,
        hits: Vec::new(),
        looked_at: 0,
    };
    let mut is_concluded = false;
    for (place, one) in asked.iter().enumerate().skip(begun) {
        if is_concluded && !one.probe.is_conclusive() {
            break;
        }
        let Some(range) = &one.range else {
            let hit = by_number(transaction, &one.probe).await?;
            search.hits.extend(hit);
            is_concluded = !search.hits.is_empty();
            continue;
        };
        let end = search
            .follow(transaction, place, range, start.take())
            .await?;
        if let Some(mut end) = end {
            end.found = found_before || !search.hits.is_empty();
            return Ok((search.hits, Some(end)));
        }
        is_concluded |= one.probe.is_conclusive() && (found_before || !search.hits.is_empty());
    }
    Ok((search.hits, None))
}

/// The first look at the index: at every probe that may be asked, since one look is one question.
async fn look_at(
    transaction: &mut Transaction,
    asked: &[Asked],
    start: Option<&(Vec<u8>, i64)>,
    limit: usize,
) -> Result<Sight, RegisterError> {
    let mut ranges = Vec::with_capacity(asked.len());
    for (place, one) in asked.iter().enumerate() {
        let after = start.filter(|_| place == 0);
        let after = after.map(|(key, last)| (key.as_slice(), *last));
        ranges.extend(one.range.as_ref().map(|range| (range, after)));
    }
    let limit = (limit + 1).clamp(AT_ONCE.0, AT_ONCE.1);
    Ok(look(transaction, &ranges, limit).await?)
}

impl Search<'_> {
    /// Follows one probe until the page is full or enough was looked at, and says where it stands
    /// then; none when it is at its end.
    async fn follow(
        &mut self,
        transaction: &mut Transaction,
        place: usize,
        range: &Range,
        mut start: Option<(Vec<u8>, i64)>,
    ) -> Result<Option<SearchPlace>, RegisterError> {
        loop {
            let at_once = (self.limit + 1 - self.hits.len()).clamp(AT_ONCE.0, AT_ONCE.1);
            let from = start.as_ref().map(|(key, last)| (key.as_slice(), *last));
            let (index, sight) = (&self.store.index, &mut self.sight);
            let found = scan(transaction, index, sight, range, from, at_once).await?;
            let at_end = found.len() < at_once;
            self.looked_at += found.len();
            let first = match found.as_slice() {
                [] => Vec::new(),
                found => first_hits(transaction, self.store, self.asked, place, found).await?,
            };
            for (entry, hit) in found.into_iter().zip(first) {
                if self.hits.len() == self.limit {
                    return Ok(Some(stop(place, start, range)));
                }
                self.hits.extend(hit);
                start = Some((entry.key, entry.reference));
            }
            if at_end {
                return Ok(None);
            }
            if self.looked_at >= LOOKED_AT {
                return Ok(Some(stop(place, start, range)));
            }
            // Others use this thread too.
            tokio::task::yield_now().await;
        }
    }
}

fn stop(probe: usize, start: Option<(Vec<u8>, i64)>, range: &Range) -> SearchPlace {
    let (key, reference) = start.unwrap_or_else(|| (range.prefix.clone(), -1));
    SearchPlace {
        probe,
        key,
        reference,
        found: false,
    }
}

async fn by_number(
    transaction: &mut Transaction,
    probe: &Probe,
) -> Result<Option<(CustomerId, Matched)>, RegisterError> {
    let Probe::Number(number) = probe else {
        return Ok(None);
    };
    match redirect_of(transaction, *number).await {
        Ok((customer, _)) => {
            let matched = Matched {
                by: SearchBy::Number,
                attribute: None,
                text: None,
            };
            Ok(Some((customer, matched)))
        }
        Err(RegisterError::UnknownCustomer(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
