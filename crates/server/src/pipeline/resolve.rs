//! Lets linkage divide what a chunk may matter to, and carries it out: customers, memberships, merges, reviews.

use std::collections::BTreeSet;

use domain::resolution::{Family, Group, MembershipReason, Standing, arrange};
use storage::Transaction;

use crate::index::Entries;
use crate::pipeline::chunk::Chunk;
use crate::pipeline::series::Series;
use crate::register::{CustomerId, NewMembership, RegisterError, insert_memberships};
use crate::resolution::{
    Asked, Findings, Neighbourhood, gather, keep, open_customers, open_reviews, rearrange,
};

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

/// Resolves the series of a chunk that say something new. Gives the index entries under which they are met from now on.
pub(super) async fn resolve(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
) -> Result<(Resolved, Entries), RegisterError> {
    let mut divided = Vec::new();
    for family in Family::ALL {
        let (places, asked) = asked(chunk, series, family);
        if !asked.is_empty() {
            let found = gather(transaction, chunk.store, family, asked).await?;
            divided.push(Divided::new(found, places));
        }
    }
    let mut resolved = open(transaction, chunk, series, &mut divided).await?;
    let mut memberships = Vec::new();
    let mut entries = Entries::default();
    for divided in &mut divided {
        let (standing, groups) = (&divided.standing, &divided.groups);
        let joined = |members: &[usize]| divided.findings.joined(members);
        let now = chunk.recorded_at;
        let rearranged = rearrange(transaction, now, standing, groups, joined).await?;
        resolved.changed.extend(rearranged.changed);
        resolved.absorbed.extend(rearranged.absorbed);
        settle(chunk, series, divided, &mut resolved, &mut memberships);
        keep(transaction, chunk.store, now, &mut divided.found).await?;
        entries.append(&divided.found.entries);
    }
    insert_memberships(transaction, chunk.recorded_at, &memberships).await?;
    for divided in &divided {
        let holds = &divided.findings.holds;
        open_reviews(transaction, chunk.recorded_at, holds).await?;
    }
    Ok((resolved, entries))
}

/// The series of a family that say something new, and their places.
fn asked(chunk: Chunk<'_>, series: &[Series], family: Family) -> (Vec<usize>, Vec<Asked>) {
    let store = chunk.store;
    let asks = series.iter().enumerate().filter_map(|(place, series)| {
        let incoming = &chunk.incoming[series.last_row?];
        (Family::of(incoming.kind) == family).then_some(())?;
        let asked = Asked {
            series: series.id?,
            cells: store
                .features
                .of(&store.catalogue, family, &incoming.content),
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
