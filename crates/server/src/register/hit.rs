//! Hits (命中) of a search: whether a customer really says what an entry of the index says of it, at
//! which place of the search he is found first, and by what.

use std::collections::{BTreeMap, HashMap};

use domain::register::{
    Class, Content, CustomerNumber, Field, FieldId, Lookup, LookupKey, Probe, lookup_keys,
};
use names::SearchKeys;
use storage::{Question, Row, StorageError, Transaction};

use crate::index::{Found, Range, stored};
use crate::protection::Disclosure;
use crate::register::digest::lookup_digest;
use crate::register::membership::into_member;
use crate::register::record::open_in_order;
use crate::register::wire::Matched;
use crate::register::{CustomerId, RegisterError};
use crate::store::Store;

/// A probe as the index is asked.
pub(super) struct Asked {
    pub(super) probe: Probe,
    /// What the index is asked for; none for a customer number.
    pub(super) range: Option<Range>,
}

/// Where an entry stands among all that a search looks at.
type Rank = (usize, Vec<u8>, i64);

/// What the records of each customer say, by series; every version that was not withdrawn.
type Said = BTreeMap<CustomerId, Vec<(i64, Content)>>;

/// The first place at which a customer is found, and the record that says so.
struct Hit<'a> {
    rank: Rank,
    content: Option<&'a Content>,
}

/// For each entry that probe `place` found the customer that it is the first to find, if it is.
pub(super) async fn first_hits(
    transaction: &mut Transaction,
    store: &Store,
    asked: &[Asked],
    place: usize,
    found: &[Found],
) -> Result<Vec<Option<(CustomerId, Matched)>>, RegisterError> {
    let (owners, said) = read(transaction, store, asked, place, found).await?;
    let mut first: BTreeMap<CustomerId, Hit<'_>> = BTreeMap::new();
    for (customer, said) in &said {
        first.extend(first_hit(store, asked, *customer, said).map(|hit| (*customer, hit)));
    }
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let mut hits = Vec::with_capacity(found.len());
    for entry in found {
        let customer = owners.get(&entry.reference).copied();
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

/// The customer of each series that was found, and what those customers' records say.
async fn read(
    transaction: &mut Transaction,
    store: &Store,
    asked: &[Asked],
    place: usize,
    found: &[Found],
) -> Result<(HashMap<i64, CustomerId>, Said), RegisterError> {
    let mut series: Vec<i64> = found.iter().map(|entry| entry.reference).collect();
    series.sort_unstable();
    series.dedup();
    let readable = is_readable(store, &asked[..=place]);
    let (first, later) = if readable {
        (
            include_str!("names_beside.sql"),
            include_str!("later_names_beside.sql"),
        )
    } else {
        (
            include_str!("records_beside.sql"),
            include_str!("later_records_beside.sql"),
        )
    };
    let [owners, mut rows, later] = transaction
        .fetch_together([
            Question::by_keys(include_str!("memberships_of_series.sql"), &series),
            Question::by_keys(first, &series),
            Question::by_keys(later, &series),
        ])
        .await?;
    rows.extend(later);
    let owners = owners.iter().map(|row| {
        let member = into_member(row)?;
        Ok((member.series, member.customer))
    });
    let said = if readable {
        said_readably(&rows)?
    } else {
        said_at_all(store, &rows).await?
    };
    Ok((owners.collect::<Result<_, StorageError>>()?, said))
}

/// Whether nothing sealed decides where a customer stands among the first hits of these probes.
fn is_readable(store: &Store, asked: &[Asked]) -> bool {
    let known = store.catalogue.well_known();
    let parts = [known.name, known.surname, known.given_name];
    let attributes = store.catalogue.attributes().iter();
    let mut names = attributes.filter(|attribute| {
        attribute.lookup.contains(&Lookup::Name) || parts.contains(&attribute.id)
    });
    asked
        .iter()
        .all(|one| !matches!(one.probe, Probe::Blind { .. }))
        && names.all(|attribute| attribute.class == Class::General)
}

/// What general blocks say. No key is asked for.
fn said_readably(rows: &[Row]) -> Result<Said, RegisterError> {
    let mut known: BTreeMap<i64, &Row> = BTreeMap::new();
    for row in rows {
        known.insert(row.integer(0)?, row);
    }
    let mut said = Said::new();
    for (record, row) in known {
        let general = row.bytes(2)?;
        let content = Content::from_blocks([general.as_slice()])
            .map_err(|source| RegisterError::Damaged { record, source })?;
        let said = said.entry(row.integer(3)?).or_default();
        said.push((row.integer(1)?, content));
    }
    Ok(said)
}

/// What all blocks say.
async fn said_at_all(store: &Store, rows: &[Row]) -> Result<Said, RegisterError> {
    let mut owners = HashMap::with_capacity(rows.len());
    for row in rows {
        owners.insert(row.integer(1)?, row.integer(15)?);
    }
    let mut said = Said::new();
    for record in open_in_order(&store.keys, rows).await? {
        let owner = owners.get(&record.head.series);
        if let (None, Some(customer), Some(content)) = (record.retired_at, owner, record.content) {
            let said = said.entry(*customer).or_default();
            said.push((record.head.series, content));
        }
    }
    Ok(said)
}

fn first_hit<'a>(
    store: &Store,
    asked: &[Asked],
    customer: CustomerId,
    said: &'a [(i64, Content)],
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
    for (series, content) in said {
        each_rank(store, asked, content, *series, |rank| {
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
            let asks = |range: &Range| range.kind == kind && bytes.starts_with(&range.prefix);
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
