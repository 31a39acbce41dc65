//! Lets linkage divide what a chunk may matter to, and carries it out: customers, memberships, merges, reviews.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::register::Catalogue;
use domain::resolution::{Family, Features, Group, MembershipReason, Standing, arrange};
use storage::Transaction;

use crate::index::Entries;
use crate::pipeline::chunk::{Chunk, Incoming};
use crate::pipeline::series::Series;
use crate::register::{
    Beside, CustomerId, NewMembership, RegisterError, beside_if_many, insert_memberships,
};
use crate::resolution::{
    Asked, Dividing, Findings, Neighbourhood, Said, gather, keep, open_customers, open_reviews,
    read_said, rearrange,
};
use crate::store::{Linkers, Store};

/// Where a series ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SettledSeries {
    pub customer: Option<CustomerId>,
    pub reason: Option<MembershipReason>,
    /// Whether the customer existed before, or another record of the chunk opened it.
    pub joined: bool,
}

/// A division, carried out.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// For each series of the chunk.
    pub series: Vec<SettledSeries>,
    /// How many customers are new; their numbers are consecutive.
    pub new_customers: u64,
    /// The first new customer.
    pub first_new: CustomerId,
    /// Customers that lost their records to an older one.
    pub absorbed: Vec<CustomerId>,
    /// Customers whose earlier records came or went.
    pub changed: BTreeSet<CustomerId>,
}

impl Resolved {
    /// Whether all that a customer has stands in the chunk.
    pub fn is_fresh(&self, customer: CustomerId) -> bool {
        self.new_customers > 0 && customer >= self.first_new && !self.changed.contains(&customer)
    }
}

/// A neighbourhood, and what becomes of it.
struct Divided {
    found: Neighbourhood,
    /// The place in the chunk's series of each that asked.
    places: Vec<usize>,
    standing: Vec<Standing>,
    groups: Vec<Group>,
    findings: Findings,
}

/// What reads of rows that which is compared.
#[derive(Clone)]
pub(super) struct RowReader {
    linkers: Linkers,
    features: Arc<Features>,
    catalogue: Arc<Catalogue>,
}

impl RowReader {
    pub fn of(store: &Store) -> Self {
        Self {
            linkers: store.linkers.clone(),
            features: Arc::clone(&store.features),
            catalogue: Arc::clone(&store.catalogue),
        }
    }

    pub fn read(&self, rows: &[Incoming]) -> Result<Vec<Said>, RegisterError> {
        let records = rows.iter().map(|row| (Family::of(row.kind), &row.content));
        read_said(&self.linkers, &self.features, &self.catalogue, records)
    }
}

/// What the rows of a chunk say, being read on another core.
pub(super) fn read_ahead(chunk: Chunk<'_>) -> Beside<Result<Vec<Said>, RegisterError>> {
    let (reader, incoming) = (RowReader::of(chunk.store), Arc::clone(chunk.incoming));
    beside_if_many(incoming.len(), move || reader.read(&incoming))
}

/// The families of a chunk, being divided on another core: who asked, by the places of their series.
pub(super) struct Resolving(Vec<(Vec<usize>, Dividing)>);

/// Gathers what the series of a chunk that say something new may matter to, and begins to divide it.
pub(super) async fn begin(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
    mut said: Vec<Said>,
) -> Result<Resolving, RegisterError> {
    let mut resolving = Vec::new();
    for family in Family::ALL {
        let (places, asked) = asked(chunk, series, family, &mut said);
        if !asked.is_empty() {
            let dividing = gather(transaction, chunk.store, family, asked).await?;
            resolving.push((places, dividing));
        }
    }
    Ok(Resolving(resolving))
}

/// Carries out what was found. Gives the index entries under which the series are met from now on.
pub(super) async fn finish(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
    resolving: Resolving,
) -> Result<(Resolved, Entries), RegisterError> {
    let mut divided = Vec::new();
    for (places, dividing) in resolving.0 {
        divided.push(Divided::new(dividing.join().await??, places));
    }
    let mut resolved = open(transaction, chunk, series, &mut divided).await?;
    let mut memberships = Vec::new();
    let mut entries = Entries::default();
    let now = chunk.recorded_at;
    for divided in &mut divided {
        let (standing, groups) = (&divided.standing, &divided.groups);
        let joined = |members: &[usize]| divided.findings.joined(members);
        let rearranged = rearrange(transaction, now, standing, groups, joined).await?;
        resolved.changed.extend(rearranged.changed);
        resolved.absorbed.extend(rearranged.absorbed);
        settle(chunk, series, divided, &mut resolved, &mut memberships);
        keep(transaction, chunk.store, now, &mut divided.found).await?;
        entries.append(&divided.found.entries);
    }
    insert_memberships(transaction, now, &memberships).await?;
    for divided in &divided {
        open_reviews(transaction, now, &divided.findings.holds).await?;
    }
    Ok((resolved, entries))
}

/// The series of a family that say something new, and their places.
fn asked(
    chunk: Chunk<'_>,
    series: &[Series],
    family: Family,
    said: &mut [Said],
) -> (Vec<usize>, Vec<Asked>) {
    let asks = series.iter().enumerate().filter_map(|(place, series)| {
        let row = series.last_row?;
        let incoming = &chunk.incoming[row];
        (Family::of(incoming.kind) == family).then_some(())?;
        let asked = Asked {
            series: series.id?,
            said: std::mem::take(&mut said[row]),
            customer: series.customer,
            pinned: incoming.for_customer.is_some(),
        };
        Some((place, asked))
    });
    asks.unzip()
}

impl Divided {
    fn new(found: Neighbourhood, places: Vec<usize>) -> Self {
        let standing: Vec<Standing> = found
            .rows
            .iter()
            .map(|row| Standing {
                series: row.series,
                customer: row.customer,
            })
            .collect();
        Self {
            groups: arrange(&standing, &found.parties),
            findings: found.findings(),
            standing,
            found,
            places,
        }
    }

    fn asks(&self, place: usize) -> bool {
        place < self.places.len()
    }
}

/// Creates the customers that are new. Series that say nothing new stay where they are.
async fn open(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
    divided: &mut [Divided],
) -> Result<Resolved, RegisterError> {
    let groups = divided.iter_mut().flat_map(|divided| &mut divided.groups);
    let opened = open_customers(transaction, chunk.recorded_at, groups).await?;
    let stays = |series: &Series| SettledSeries {
        customer: series.customer,
        ..SettledSeries::default()
    };
    Ok(Resolved {
        series: series.iter().map(stays).collect(),
        new_customers: opened.clone().count() as u64,
        first_new: opened.start,
        ..Resolved::default()
    })
}

/// Notes where the series that asked ended, and the memberships that begin.
fn settle(
    chunk: Chunk<'_>,
    series: &[Series],
    divided: &Divided,
    resolved: &mut Resolved,
    memberships: &mut Vec<NewMembership>,
) {
    for group in &divided.groups {
        let stood = |place: &&usize| divided.standing[**place].customer.is_some();
        let mut joins = group.members.iter().any(|place| stood(&place));
        for member in group.members.iter().filter(|place| divided.asks(**place)) {
            let place = divided.places[*member];
            let written = series[place].last_row;
            let desk = written.is_some_and(|row| chunk.incoming[row].for_customer.is_some());
            let reason = if desk {
                MembershipReason::Desk
            } else {
                divided
                    .findings
                    .reason(*member, joins, group.members.len() - 1)
            };
            resolved.series[place] = SettledSeries {
                customer: group.customer,
                reason: Some(reason),
                joined: joins,
            };
            joins = true;
            let stands = series[place].customer.is_some() && !series[place].is_new;
            if let (false, Some(series), Some(customer)) =
                (stands, series[place].id, group.customer)
            {
                memberships.push(NewMembership {
                    series,
                    customer,
                    reason,
                });
            }
        }
    }
}
