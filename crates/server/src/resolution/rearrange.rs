//! Carrying out what linkage found: customers that are new, series that move, customers that turn out to be one.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::resolution::{Group, MembershipReason, Standing};
use storage::Transaction;

use crate::clock::Micros;
use crate::register::{CustomerId, RegisterError, create_customers};
use crate::resolution::merge::{merge_customers, move_apart};
use crate::resolution::review::close_within;

/// Who moves and merges where no person does.
const RESOLVER: &str = "resolver";

/// Customers whose earlier records came, went or joined another.
#[derive(Debug, Default)]
pub struct Rearranged {
    /// Those that go on and must be folded anew.
    pub changed: BTreeSet<CustomerId>,
    /// Those that lost their records to an older one.
    pub absorbed: Vec<CustomerId>,
}

/// Creates the customers that groups open and gives each its own. Their numbers are consecutive.
pub async fn open_customers<'a>(
    transaction: &mut Transaction,
    now: Micros,
    groups: impl Iterator<Item = &'a mut Group>,
) -> Result<Range<CustomerId>, RegisterError> {
    let opened: Vec<&mut Group> = groups.filter(|group| group.customer.is_none()).collect();
    if opened.is_empty() {
        return Ok(0..0);
    }
    let first = create_customers(transaction, now, opened.len()).await?;
    let mut next = first;
    for group in opened {
        group.customer = Some(next);
        next += 1;
    }
    Ok(first..next)
}

/// Moves what belongs to somebody else, then joins what turned out to be one; the oldest number survives, and open
/// reviews inside a group are closed. `joined` says why the members at these places are one.
pub async fn rearrange(
    transaction: &mut Transaction,
    now: Micros,
    standing: &[Standing],
    groups: &[Group],
    joined: impl Fn(&[usize]) -> MembershipReason,
) -> Result<Rearranged, RegisterError> {
    let changing = groups.iter().filter(|group| group.changes());
    let changing: Vec<(&Group, CustomerId)> = changing
        .filter_map(|group| Some((group, group.customer?)))
        .collect();
    let mut rearranged = Rearranged::default();
    for (group, customer) in &changing {
        for place in &group.moved {
            let Standing {
                series,
                customer: from,
            } = standing[*place];
            if let Some(from) = from {
                move_apart(transaction, now, series, (from, *customer), RESOLVER).await?;
                rearranged.changed.extend([from, *customer]);
            }
        }
    }
    for (group, customer) in &changing {
        let why = joined(&group.members);
        for absorbed in &group.absorbed {
            let pair = (*customer, *absorbed);
            merge_customers(transaction, now, pair, why, RESOLVER, why.code()).await?;
            rearranged.absorbed.push(*absorbed);
            rearranged.changed.insert(*customer);
        }
        let members = group.members.iter().map(|place| standing[*place].series);
        let members: Vec<i64> = members.collect();
        close_within(transaction, now, &members, RESOLVER, why.code()).await?;
    }
    for absorbed in &rearranged.absorbed {
        rearranged.changed.remove(absorbed);
    }
    Ok(rearranged)
}
