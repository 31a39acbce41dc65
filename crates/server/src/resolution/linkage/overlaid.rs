//! The whole book as it is divided now: what was read and divided before, and over it what came since and asked again.

use std::collections::{HashMap, HashSet};

use domain::resolution::{Group, Hold, MembershipReason, Standing, arrange};

use crate::resolution::linkage::division::{Division, certain, changing};
use crate::resolution::linkage::gather::Neighbourhood;
use crate::resolution::linkage::since::Since;

/// The whole book as it is divided now, what came since among it; of that, who changes.
pub(super) struct Overlaid {
    /// Those whose customers change.
    pub standing: Vec<Standing>,
    /// The parties that they are in from now on.
    pub groups: Vec<Group>,
    /// Series that share a number that makes certain with another of their party.
    certain: HashSet<i64>,
    /// Pairs that a person must look at.
    pub holds: Vec<Hold>,
}

impl Overlaid {
    /// Puts what came since over the division of what was read.
    pub fn of(division: &Division, since: &Since, found: Option<&Neighbourhood>) -> Self {
        let Everybody {
            series,
            customers,
            parties,
        } = overlay(division, since, found);
        let rows = changing(&customers, &parties);
        let standing: Vec<Standing> = rows
            .iter()
            .map(|row| Standing {
                series: series[*row],
                customer: Some(customers[*row]),
            })
            .collect();
        let parties: Vec<u32> = rows.iter().map(|row| parties[*row]).collect();
        let rows = certain(&division.edges, &division.parties).into_iter();
        let mut certain_series: HashSet<i64> = rows
            .map(|row| division.standings.series[row as usize])
            .collect();
        let mut holds = holds_that_stand(division, since, found);
        if let Some(found) = found {
            let rows = certain(&found.edges, &found.parties).into_iter();
            certain_series.extend(rows.map(|row| found.rows[row as usize].series));
            holds.extend(found.findings().holds);
        }
        Self {
            groups: arrange(&standing, &parties),
            standing,
            certain: certain_series,
            holds,
        }
    }

    /// Why the customers of those at these places are one.
    pub fn joined(&self, places: &[usize]) -> MembershipReason {
        let mut members = places.iter();
        if members.any(|place| self.certain.contains(&self.standing[*place].series)) {
            MembershipReason::JoinedByKey
        } else {
            MembershipReason::JoinedByEvidence
        }
    }
}

/// Pairs that a person must look at, without those of whom something came since: what holds of these was found anew.
fn holds_that_stand(
    division: &Division,
    since: &Since,
    found: Option<&Neighbourhood>,
) -> Vec<Hold> {
    let asking: HashSet<i64> = since.asked.iter().map(|asked| asked.series).collect();
    let rows = found
        .iter()
        .flat_map(|found| found.rows.iter().zip(&found.parties));
    let parties: HashMap<i64, u32> = rows.map(|(row, party)| (row.series, *party)).collect();
    let is_known =
        |series: &i64| !asking.contains(series) && !matches!(since.moved.get(series), Some(None));
    let is_one = |hold: &Hold| {
        let party = parties.get(&hold.asking);
        party.is_some() && party == parties.get(&hold.other)
    };
    let holds = division.holds.iter();
    let holds = holds.filter(|hold| is_known(&hold.asking) && is_known(&hold.other));
    holds.filter(|hold| !is_one(hold)).copied().collect()
}

/// Everybody who stands, with the customer of now and the party of from now on.
struct Everybody {
    series: Vec<i64>,
    customers: Vec<i64>,
    parties: Vec<u32>,
}

/// Puts what came since over what was read. Those who asked brought everybody along whom it may matter to, so no party
/// of the others reaches into theirs.
fn overlay(division: &Division, since: &Since, found: Option<&Neighbourhood>) -> Everybody {
    let standings = &division.standings;
    let beyond = u32::try_from(standings.series.len()).unwrap_or(u32::MAX);
    let mut asked: HashMap<i64, (u32, Option<i64>)> = HashMap::new();
    if let Some(found) = found {
        let rows = found.rows.iter().zip(&found.parties);
        asked.extend(rows.map(|(row, party)| (row.series, (beyond + party, row.customer))));
    }
    let mut overlaid = Everybody {
        series: Vec::with_capacity(standings.series.len()),
        customers: Vec::with_capacity(standings.series.len()),
        parties: Vec::with_capacity(standings.series.len()),
    };
    for (row, series) in standings.series.iter().enumerate() {
        let known = asked.remove(series);
        let now = since.moved.get(series).copied();
        let Some(customer) = now.unwrap_or(Some(standings.customers[row])) else {
            continue;
        };
        overlaid.series.push(*series);
        overlaid.customers.push(customer);
        let party = known.map_or(division.parties[row], |(party, _)| party);
        overlaid.parties.push(party);
    }
    let mut new: Vec<(i64, (u32, Option<i64>))> = asked.into_iter().collect();
    new.sort_unstable();
    for (series, (party, customer)) in new {
        if let Some(customer) = customer {
            overlaid.series.push(series);
            overlaid.customers.push(customer);
            overlaid.parties.push(party);
        }
    }
    overlaid
}
