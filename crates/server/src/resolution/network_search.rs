//! Finding who may share something with a customer: by the index, never by reading through the register.

use std::collections::{BTreeMap, BTreeSet};

use domain::register::{Content, IndexKind, LookupFamily};
use domain::resolution::{Contact, ContactFamily, Family, Party};
use storage::Transaction;

use crate::index::{Range, look, scan};
use crate::register::{
    CustomerId, RegisterError, StoredRecord, latest_of_series, lookup_digest, memberships_of,
};
use crate::resolution::linkage::sharing_keys;
use crate::store::Store;

/// Series of others that are looked at.
const SERIES_LOOKED_AT: usize = 400;

/// Under which keys of a customer others are looked for.
struct Clue {
    /// The contacts that are not wholly counted if not everybody under the key is looked at.
    counts: Vec<usize>,
    range: Range,
}

/// Who was found.
pub struct Found {
    /// What the records of each say.
    pub parties: BTreeMap<CustomerId, Party>,
    /// Contacts that more records may say than were looked at.
    pub partly: BTreeSet<usize>,
    /// Whether not everybody was looked at.
    pub is_cut: bool,
}

/// Finds who may share a contact, or a legal representative, with a customer.
pub async fn find(
    transaction: &mut Transaction,
    store: &Store,
    (customer, own): (CustomerId, &Party),
    records: &[&StoredRecord],
    contacts: &[Contact],
) -> Result<Found, RegisterError> {
    let mut clues = exact(store, own, contacts);
    let mut partly = BTreeSet::new();
    let (by_comparison, mut is_cut) = compared(transaction, store, records, contacts).await?;
    clues.extend(by_comparison);
    if is_cut {
        partly.extend(homes(contacts));
    }
    let mut under: Vec<(Clue, Vec<i64>)> = Vec::with_capacity(clues.len());
    let ranges: Vec<_> = clues.iter().map(|clue| (&clue.range, None)).collect();
    let limit = SERIES_LOOKED_AT + records.len() + 1;
    let mut sight = look(transaction, &ranges, limit).await?;
    let own_series: BTreeSet<i64> = records.iter().map(|record| record.head.series).collect();
    for clue in clues {
        let found = scan(
            transaction,
            &store.index,
            &mut sight,
            &clue.range,
            None,
            limit,
        )
        .await?;
        let series = found.into_iter().map(|found| found.reference);
        let series = series.filter(|series| !own_series.contains(series));
        under.push((clue, series.collect()));
    }
    // What few share says most.
    under.sort_by_key(|(_, series)| series.len());
    let mut wanted: BTreeSet<i64> = BTreeSet::new();
    for (clue, series) in under {
        for series in series {
            if wanted.len() == SERIES_LOOKED_AT && !wanted.contains(&series) {
                partly.extend(&clue.counts);
                is_cut = true;
                break;
            }
            wanted.insert(series);
        }
    }
    let wanted: Vec<i64> = wanted.into_iter().collect();
    let mut parties = read(transaction, store, &wanted).await?;
    parties.remove(&customer);
    Ok(Found {
        parties,
        partly,
        is_cut,
    })
}

/// Whole values: telephones, e-mail addresses, documents of legal representatives.
fn exact(store: &Store, own: &Party, contacts: &[Contact]) -> Vec<Clue> {
    let clue = |counts: Vec<usize>, kind: IndexKind, family: LookupFamily, value: &str| {
        let prefix = lookup_digest(store.keys.blind(), kind, family, value).to_vec();
        Clue {
            counts,
            range: Range { kind, prefix },
        }
    };
    let said = contacts.iter().enumerate().filter_map(|(place, contact)| {
        let (kind, family) = contact.lookup()?;
        Some(clue(vec![place], kind, family, contact.normal()))
    });
    let (kind, family) = (IndexKind::Exact, LookupFamily::Number);
    let numbers = own.representative_numbers();
    said.chain(numbers.map(|number| clue(Vec::new(), kind, family, number)))
        .collect()
}

/// The contacts that are homes.
fn homes(contacts: &[Contact]) -> Vec<usize> {
    let is_home = |place: &usize| contacts[*place].family() == ContactFamily::Address;
    (0..contacts.len()).filter(is_home).collect()
}

/// What records are compared by: homes, and of organisations names and who stands for them. Also whether so many
/// share one of these that nobody is found by it.
async fn compared(
    transaction: &mut Transaction,
    store: &Store,
    records: &[&StoredRecord],
    contacts: &[Contact],
) -> Result<(Vec<Clue>, bool), RegisterError> {
    let mut is_closed = false;
    let mut clues = Vec::new();
    for family in Family::ALL {
        let (columns, counts): (&[&str], _) = match family {
            Family::Person => (&["home_address"], homes(contacts)),
            Family::Organisation => (&["name", "legal_representative_name"], Vec::new()),
        };
        let of = records
            .iter()
            .filter(|record| Family::of(record.head.kind) == family);
        let contents: Vec<&Content> = of.filter_map(|record| record.content.as_ref()).collect();
        if contents.is_empty() {
            continue;
        }
        let keys = sharing_keys(transaction, store, family, columns, &contents).await?;
        is_closed |= keys.is_closed;
        clues.extend(keys.open.into_iter().map(|digest| Clue {
            counts: counts.clone(),
            range: Range {
                kind: IndexKind::BlockKey,
                prefix: digest.to_vec(),
            },
        }));
    }
    Ok((clues, is_closed))
}

/// What the series say now, by the customers that they belong to now.
async fn read(
    transaction: &mut Transaction,
    store: &Store,
    series: &[i64],
) -> Result<BTreeMap<CustomerId, Party>, RegisterError> {
    let owners = memberships_of(transaction, series).await?;
    let records = latest_of_series(transaction, &store.keys, series).await?;
    let mut parties: BTreeMap<CustomerId, Party> = BTreeMap::new();
    for (series, record) in &records {
        if let (Some(owner), Some(content)) = (owners.get(series), &record.content) {
            let party = parties.entry(owner.customer).or_default();
            party.add(&store.catalogue, record.head.kind, content);
        }
    }
    Ok(parties)
}
