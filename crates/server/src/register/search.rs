//! Search (检索): customers found by a number, a telephone, digits, a name or its sound.
//!
//! The index says which series may be meant. Whether a customer really says so is asked of its
//! records, which also tells what was found; and a customer that many entries lead to is shown for
//! the first of them only, so pages never repeat anybody and need no memory.

use std::collections::{BTreeMap, HashMap};

use domain::register::{
    Class, Content, CustomerNumber, Field, FieldId, IndexKind, LookupKey, Probe, SearchBy,
    lookup_keys, probes,
};
use names::SearchKeys;
use serde::{Deserialize, Serialize};
use storage::Transaction;

use crate::http::{Count, Page};
use crate::index::{Found, scan, stored};
use crate::protection::Disclosure;
use crate::register::digest::lookup_digest;
use crate::register::row::rows_of;
use crate::register::wire::{CustomerRow, Matched};
use crate::register::{
    CustomerId, RegisterError, StoredRecord, members_of, memberships_of, records_of_series,
    redirect_of,
};
use crate::store::Store;

/// Entries read at once, at least and at most: about as many as the page still takes.
const AT_ONCE: (usize, usize) = (8, 128);
/// Entries looked at for one page: many of them may lead to one customer.
const LOOKED_AT: usize = 4_000;

/// Where a page ended: which probe, and behind which entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SearchPlace {
    probe: usize,
    key: Vec<u8>,
    reference: i64,
    /// Whether anybody was found before.
    found: bool,
}

/// A probe as the index is asked.
struct Asked {
    probe: Probe,
    /// The index and the beginning of the key; none for a customer number.
    range: Option<(IndexKind, Vec<u8>)>,
}

/// Where an entry stands among all that a search looks at.
type Rank = (usize, Vec<u8>, i64);

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
    let mut transaction = store.database.read().await?;
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
    probes(text, by)
        .into_iter()
        .map(|probe| Asked {
            range: range(&probe),
            probe,
        })
        .collect()
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
    let mut hits: Vec<(CustomerId, Matched)> = Vec::new();
    let mut looked_at = 0;
    let mut is_concluded = false;
    for (place, one) in asked.iter().enumerate().skip(begun) {
        if is_concluded && !one.probe.is_conclusive() {
            break;
        }
        let Some((kind, prefix)) = &one.range else {
            hits.extend(by_number(transaction, &one.probe).await?);
            is_concluded = !hits.is_empty();
            continue;
        };
        loop {
            let at_once = (limit + 1 - hits.len()).clamp(AT_ONCE.0, AT_ONCE.1);
            let from = start.as_ref().map(|(key, last)| (key.as_slice(), *last));
            let found = scan(transaction, &store.index, *kind, prefix, from, at_once).await?;
            let at_end = found.len() < at_once;
            looked_at += found.len();
            let first = first_hits(transaction, store, asked, place, &found).await?;
            for (entry, hit) in found.into_iter().zip(first) {
                if hits.len() == limit {
                    return Ok((hits, Some(resume(place, start, prefix, true))));
                }
                hits.extend(hit);
                start = Some((entry.key, entry.reference));
            }
            if at_end {
                break;
            }
            if looked_at >= LOOKED_AT {
                let found = found_before || !hits.is_empty();
                return Ok((hits, Some(resume(place, start, prefix, found))));
            }
        }
        start = None;
        is_concluded |= one.probe.is_conclusive() && (found_before || !hits.is_empty());
    }
    Ok((hits, None))
}

fn resume(probe: usize, start: Option<(Vec<u8>, i64)>, prefix: &[u8], found: bool) -> SearchPlace {
    let (key, reference) = start.unwrap_or_else(|| (prefix.to_vec(), -1));
    SearchPlace {
        probe,
        key,
        reference,
        found,
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

/// For each entry the customer that it is the first to find, if it is.
async fn first_hits(
    transaction: &mut Transaction,
    store: &Store,
    asked: &[Asked],
    place: usize,
    found: &[Found],
) -> Result<Vec<Option<(CustomerId, Matched)>>, RegisterError> {
    let series: Vec<i64> = found.iter().map(|entry| entry.reference).collect();
    let owners = memberships_of(transaction, &series).await?;
    let mut customers: Vec<CustomerId> = owners.values().map(|member| member.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    let records = records_of_customers(transaction, store, &customers).await?;
    let mut first: BTreeMap<CustomerId, Hit<'_>> = BTreeMap::new();
    for (customer, records) in &records {
        first.extend(first_hit(store, asked, *customer, records).map(|hit| (*customer, hit)));
    }
    let disclosure = Disclosure::new(store.catalogue.clone());
    let mut hits = Vec::with_capacity(found.len());
    for entry in found {
        let customer = owners.get(&entry.reference).map(|member| member.customer);
        let hit = customer.and_then(|customer| first.get(&customer));
        let is_first = hit.is_some_and(|hit| {
            hit.rank.0 == place && hit.rank.1 == entry.key && hit.rank.2 == entry.reference
        });
        hits.push(match (customer, hit) {
            (Some(customer), Some(hit)) if is_first => {
                Some((customer, matched(store, &disclosure, asked, hit)))
            }
            _ => None,
        });
    }
    Ok(hits)
}

/// The first place at which a customer is found, and the record that says so.
struct Hit<'a> {
    rank: Rank,
    content: Option<&'a Content>,
}

/// The standing records of customers, those of every version that was not withdrawn.
async fn records_of_customers(
    transaction: &mut Transaction,
    store: &Store,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Vec<StoredRecord>>, RegisterError> {
    let members = members_of(transaction, customers).await?;
    let owners: HashMap<i64, CustomerId> = members
        .into_iter()
        .filter(|member| member.until.is_none())
        .map(|member| (member.series, member.customer))
        .collect();
    let series: Vec<i64> = owners.keys().copied().collect();
    let mut records: BTreeMap<CustomerId, Vec<StoredRecord>> = BTreeMap::new();
    for record in records_of_series(transaction, &store.keys, &series).await? {
        if let (None, Some(customer)) = (record.retired_at, owners.get(&record.head.series)) {
            records.entry(*customer).or_default().push(record);
        }
    }
    Ok(records)
}

fn first_hit<'a>(
    store: &Store,
    asked: &[Asked],
    customer: CustomerId,
    records: &'a [StoredRecord],
) -> Option<Hit<'a>> {
    let number = CustomerNumber::from_sequence(customer);
    if let Some(place) = asked
        .iter()
        .position(|one| one.probe == Probe::Number(number))
    {
        let rank = (place, Vec::new(), 0);
        return Some(Hit {
            rank,
            content: None,
        });
    }
    let mut first: Option<Hit<'a>> = None;
    for record in records {
        let Some(content) = &record.content else {
            continue;
        };
        each_rank(store, asked, content, record.head.series, |rank| {
            if first.as_ref().is_none_or(|known| rank < known.rank) {
                first = Some(Hit {
                    rank,
                    content: Some(content),
                });
            }
        });
    }
    first
}

/// Tells the rank of every look-up key of a content that a probe asks for.
fn each_rank(
    store: &Store,
    asked: &[Asked],
    content: &Content,
    series: i64,
    mut tell: impl FnMut(Rank),
) {
    let mut keys = SearchKeys::default();
    lookup_keys(&store.catalogue, content, &mut keys, |key| {
        let (kind, bytes) = match key {
            LookupKey::Readable(kind, text) => (kind, stored(text.as_bytes()).to_vec()),
            LookupKey::Blind(kind, family, value) => {
                let is_asked = asked.iter().any(|one| {
                    matches!(&one.probe, Probe::Blind { kind: asked, value: wanted, .. } if *asked == kind && wanted == value)
                });
                if !is_asked {
                    return;
                }
                let digest = lookup_digest(store.keys.blind(), kind, family, value);
                (kind, digest.to_vec())
            }
        };
        for (place, one) in asked.iter().enumerate() {
            let asks = |(asked, prefix): &(IndexKind, Vec<u8>)| {
                *asked == kind && bytes.starts_with(prefix)
            };
            if one.range.as_ref().is_some_and(asks) {
                tell((place, bytes.clone(), series));
            }
        }
    });
}

/// What of the record was found: the field whose value alone gives the key, or the name that
/// surname and given name give together.
fn matched(store: &Store, disclosure: &Disclosure, asked: &[Asked], hit: &Hit<'_>) -> Matched {
    let by = asked[hit.rank.0].probe.by();
    let fields = hit.content.map(Content::fields).unwrap_or_default();
    let gives = |field: &&Field| {
        let alone = Content::new(vec![(*field).clone()]);
        let mut found = false;
        each_rank(store, asked, &alone, hit.rank.2, |rank| {
            found |= rank == hit.rank;
        });
        found
    };
    let shown = |field: FieldId, text: &str| {
        let class: Class = store.catalogue.class(field);
        disclosure.show(field, text, class)
    };
    let name = store.catalogue.well_known().name;
    let (attribute, text) = match (fields.iter().find(gives), hit.content) {
        (Some(field), _) => (
            store.catalogue.attribute(field.id),
            Some(shown(field.id, &field.value)),
        ),
        (None, Some(content)) => (
            store.catalogue.attribute(name),
            store
                .catalogue
                .name_of(content)
                .map(|text| shown(name, &text)),
        ),
        (None, None) => (None, None),
    };
    Matched {
        by,
        attribute: attribute.map(|attribute| attribute.name.clone()),
        text,
    }
}
