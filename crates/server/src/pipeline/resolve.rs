//! Asks the domain for a plan and carries it out: customers, memberships, merges, reviews.

use domain::register::PartyKind;
use domain::resolution::{Asking, MembershipReason, Party, plan};
use storage::Transaction;

use crate::clock::Micros;
use crate::pipeline::chunk::Incoming;
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
    store: &Store,
    recorded_at: Micros,
    incoming: &[Incoming],
    series: &[Series],
) -> Result<Resolved, RegisterError> {
    let mut asking = Vec::with_capacity(series.len());
    let mut places = Vec::with_capacity(series.len());
    for (place, series) in series.iter().enumerate() {
        if let (Some(row), Some(id)) = (series.last_row, series.id) {
            asking.push(ask(store, &incoming[row], id, series.customer));
            places.push(place);
        }
    }
    let (known, judgements) = gather(transaction, store, &asking).await?;
    let plan = plan(&asking, &known, &judgements);
    let new = plan
        .settled
        .iter()
        .filter(|group| group.customers.is_empty())
        .count();
    let mut resolved = Resolved {
        series: series
            .iter()
            .map(|series| SettledSeries {
                customer: series.customer,
                ..SettledSeries::default()
            })
            .collect(),
        new_customers: new as u64,
        ..Resolved::default()
    };
    if new > 0 {
        resolved.first_new = create_customers(transaction, recorded_at, new).await?;
    }
    let mut next = resolved.first_new;
    let mut memberships = Vec::with_capacity(asking.len());
    for group in &plan.settled {
        let mut customer = group.customers.first().copied().unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        for other in group.customers.iter().skip(1) {
            let why = MembershipReason::JoinedByKey;
            let pair = (customer, *other);
            let reason = why.code();
            (_, customer) =
                merge_customers(transaction, recorded_at, pair, why, RESOLVER, reason).await?;
            resolved.absorbed.push(*other);
        }
        for (position, (member, reason)) in group.members.iter().enumerate() {
            let place = places[*member];
            let joined = position > 0 || !group.customers.is_empty();
            let reason = desk_or(
                &incoming[series[place].last_row.unwrap_or_default()],
                *reason,
            );
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
    insert_memberships(transaction, recorded_at, &memberships).await?;
    open_reviews(transaction, recorded_at, &plan.holds).await?;
    Ok(resolved)
}

fn desk_or(incoming: &Incoming, reason: MembershipReason) -> MembershipReason {
    if incoming.for_customer.is_some() {
        MembershipReason::Desk
    } else {
        reason
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
