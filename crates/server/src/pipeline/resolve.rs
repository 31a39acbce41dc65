//! Asks the domain for a plan and carries it out: customers, memberships, merges, reviews.

use domain::register::PartyKind;
use domain::resolution::{Asking, MembershipReason, Party, Plan, Settled, plan};
use storage::Transaction;

use crate::clock::Micros;
use crate::pipeline::chunk::{Chunk, Incoming};
use crate::pipeline::series::Series;
use crate::register::{
    CustomerId, NewMembership, RegisterError, create_customers, insert_memberships,
};
use crate::resolution::{blind_keys, gather, merge_customers, open_reviews};
use crate::store::Store;

/// Who merges where two customers turn out to be one.
const RESOLVER: &str = "resolver";

/// Where a series ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SettledSeries {
    pub customer: Option<CustomerId>,
    pub reason: Option<MembershipReason>,
    /// Whether the customer existed before, or another record of the chunk opened it.
    pub joined: bool,
}

/// A plan, carried out.
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
}

/// Resolves the series of a chunk that say something new.
pub(super) async fn resolve(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
) -> Result<Resolved, RegisterError> {
    let mut asking = Vec::with_capacity(series.len());
    let mut places = Vec::with_capacity(series.len());
    for (place, series) in series.iter().enumerate() {
        if let (Some(row), Some(id)) = (series.last_row, series.id) {
            asking.push(ask(chunk.store, &chunk.incoming[row], id, series.customer));
            places.push(place);
        }
    }
    let (known, judgements) = gather(transaction, chunk.store, &asking).await?;
    let plan = plan(&asking, &known, &judgements);
    let mut resolved = open_customers(transaction, chunk.recorded_at, series, &plan).await?;
    let mut next = resolved.first_new;
    let mut memberships = Vec::with_capacity(asking.len());
    for group in &plan.settled {
        let customer = if let Some(oldest) = group.customers.first() {
            let others = &group.customers[1..];
            merge_into(transaction, chunk.recorded_at, *oldest, others).await?;
            resolved.absorbed.extend(others);
            *oldest
        } else {
            next += 1;
            next - 1
        };
        settle(
            chunk,
            series,
            &places,
            group,
            customer,
            &mut resolved,
            &mut memberships,
        );
    }
    insert_memberships(transaction, chunk.recorded_at, &memberships).await?;
    open_reviews(transaction, chunk.recorded_at, &plan.holds).await?;
    Ok(resolved)
}

/// Creates the customers that a plan opens. Series that say nothing new stay where they are.
async fn open_customers(
    transaction: &mut Transaction,
    recorded_at: Micros,
    series: &[Series],
    plan: &Plan,
) -> Result<Resolved, RegisterError> {
    let new = plan
        .settled
        .iter()
        .filter(|group| group.customers.is_empty())
        .count();
    let first_new = if new > 0 {
        create_customers(transaction, recorded_at, new).await?
    } else {
        0
    };
    let stays = |series: &Series| SettledSeries {
        customer: series.customer,
        ..SettledSeries::default()
    };
    Ok(Resolved {
        series: series.iter().map(stays).collect(),
        new_customers: new as u64,
        first_new,
        absorbed: Vec::new(),
    })
}

/// Joins customers that turned out to be one; the oldest number survives.
async fn merge_into(
    transaction: &mut Transaction,
    recorded_at: Micros,
    oldest: CustomerId,
    others: &[CustomerId],
) -> Result<(), RegisterError> {
    for other in others {
        let why = MembershipReason::JoinedByKey;
        let pair = (oldest, *other);
        merge_customers(transaction, recorded_at, pair, why, RESOLVER, why.code()).await?;
    }
    Ok(())
}

/// Notes where the series of a group ended, and the memberships that begin.
fn settle(
    chunk: Chunk<'_>,
    series: &[Series],
    places: &[usize],
    group: &Settled,
    customer: CustomerId,
    resolved: &mut Resolved,
    memberships: &mut Vec<NewMembership>,
) {
    for (position, (member, reason)) in group.members.iter().enumerate() {
        let place = places[*member];
        let joined = position > 0 || !group.customers.is_empty();
        let asked = series[place].last_row.map(|row| &chunk.incoming[row]);
        let reason = match asked.and_then(|incoming| incoming.for_customer) {
            Some(_) => MembershipReason::Desk,
            None => *reason,
        };
        resolved.series[place] = SettledSeries {
            customer: Some(customer),
            reason: Some(reason),
            joined,
        };
        let stands = series[place].customer.is_some() && !series[place].is_new;
        if let (false, Some(series)) = (stands, series[place].id) {
            memberships.push(NewMembership {
                series,
                customer,
                reason,
            });
        }
    }
}

fn ask(store: &Store, incoming: &Incoming, series: i64, customer: Option<CustomerId>) -> Asking {
    Asking {
        party: Party {
            series,
            name: store.catalogue.name_of(&incoming.content),
            person: incoming.kind == PartyKind::Person,
            keys: blind_keys(store, &incoming.content),
        },
        customer,
    }
}
