//! What a division would change (预览): counts, sizes, and a sample of customers before and after.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::register::CustomerNumber;
use domain::resolution::{Group, Standing, arrange};
use linkage::Edge;
use serde::{Deserialize, Serialize};

use crate::http::Id;
use crate::resolution::linkage::division::{Division, changing};
use crate::resolution::linkage::words::hundredths;
use crate::resolution::wire_linkage_run::{
    ChangedCustomer, ClusterSizes, LinkageChange, LinkageFigures, ThresholdPoint,
};

/// Changes that a preview shows.
const SAMPLED: usize = 50;
/// Series of a customer that a preview names.
const NAMED: usize = 20;

/// What a run found, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Summary {
    pub figures: LinkageFigures,
    pub curve: Vec<ThresholdPoint>,
    pub changes: Vec<LinkageChange>,
}

/// Compares a division with the customers that stand.
pub(super) fn summarise(division: &Division) -> Summary {
    let standings = &division.standings;
    let rows = changing(&standings.customers, &division.parties);
    let standing: Vec<Standing> = rows
        .iter()
        .map(|row| Standing {
            series: standings.series[*row],
            customer: Some(standings.customers[*row]),
        })
        .collect();
    let parties: Vec<u32> = rows.iter().map(|row| division.parties[*row]).collect();
    let groups = arrange(&standing, &parties);
    let losing: HashSet<i64> = groups
        .iter()
        .flat_map(|group| &group.moved)
        .filter_map(|place| standing[*place].customer)
        .collect();
    let parties = division.parties.iter().map(|party| i64::from(*party));
    let (customers_before, sizes_before) = sizes(standings.customers.iter().copied());
    let (customers_after, sizes_after) = sizes(parties);
    let figures = LinkageFigures {
        records: many(standings.series.len()),
        customers_before,
        customers_after,
        merges: many(groups.iter().map(|group| group.absorbed.len()).sum()),
        splits: many(losing.len()),
        moved: many(groups.iter().map(|group| group.moved.len()).sum()),
        reviews: many(division.holds.len()),
        unlinkable: many(division.unlinkable),
        compared: many(division.compared),
        sizes_before,
        sizes_after,
    };
    let point = |threshold: &linkage::Threshold| ThresholdPoint {
        bits: f64::from(threshold.bits),
        precision: threshold.precision,
        recall: threshold.recall,
    };
    Summary {
        figures,
        curve: division.curve.iter().map(point).collect(),
        changes: Sample::of(&standing, &rows, groups).changes(&division.edges),
    }
}

fn many(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How many there are, and how many have how many records.
fn sizes(of_rows: impl Iterator<Item = i64>) -> (i64, ClusterSizes) {
    let mut records: HashMap<i64, u32> = HashMap::new();
    for party in of_rows {
        *records.entry(party).or_default() += 1;
    }
    let mut sizes = ClusterSizes::default();
    for records in records.values() {
        let size = match records {
            0 | 1 => &mut sizes.one,
            2 => &mut sizes.two,
            3 => &mut sizes.three,
            4 => &mut sizes.four,
            5..=9 => &mut sizes.five_to_nine,
            _ => &mut sizes.ten_and_more,
        };
        *size += 1;
    }
    (many(records.len()), sizes)
}

/// Groups that change, brought together where they share a customer.
struct Sample<'a> {
    standing: &'a [Standing],
    /// The row of each that stands.
    rows: &'a [usize],
    /// Each of the sampled changes: the groups that the records are in afterwards.
    changes: Vec<Vec<Group>>,
}

impl<'a> Sample<'a> {
    fn of(standing: &'a [Standing], rows: &'a [usize], groups: Vec<Group>) -> Self {
        let mut homes: HashMap<i64, usize> = HashMap::new();
        let mut together: Vec<usize> = (0..groups.len()).collect();
        for (place, group) in groups.iter().enumerate() {
            for customer in group.members.iter().filter_map(|at| standing[*at].customer) {
                let home = *homes.entry(customer).or_insert(place);
                let (left, right) = (root(&together, home), root(&together, place));
                together[left.max(right)] = left.min(right);
            }
        }
        let mut changes: BTreeMap<usize, Vec<Group>> = BTreeMap::new();
        for (place, group) in groups.into_iter().enumerate() {
            let first = root(&together, place);
            changes.entry(first).or_default().push(group);
        }
        let (splits, merges): (Vec<_>, Vec<_>) = changes
            .into_values()
            .partition(|groups| groups.iter().any(|group| !group.moved.is_empty()));
        // Half of the room for each, unless the other needs less.
        let for_merges = merges
            .len()
            .min(SAMPLED.saturating_sub(splits.len()).max(SAMPLED / 2));
        let for_splits = splits.len().min(SAMPLED - for_merges);
        let mut chosen = spread(splits, for_splits);
        chosen.extend(spread(merges, for_merges));
        Self {
            standing,
            rows,
            changes: chosen,
        }
    }

    /// The sampled changes with what the strongest pair of each says.
    fn changes(&self, edges: &[Edge]) -> Vec<LinkageChange> {
        let mut places: HashMap<usize, (usize, usize, usize)> = HashMap::new();
        for (change, groups) in self.changes.iter().enumerate() {
            for (party, group) in groups.iter().enumerate() {
                for place in &group.members {
                    places.insert(self.rows[*place], (change, party, *place));
                }
            }
        }
        // What joins two customers, and what does not hold together the parts of one.
        let mut bits: Vec<(Option<f32>, Option<f32>)> = vec![(None, None); self.changes.len()];
        for edge in edges {
            let left = places.get(&(edge.left as usize));
            let right = places.get(&(edge.right as usize));
            let (Some(left), Some(right)) = (left, right) else {
                continue;
            };
            let customers = [left.2, right.2].map(|place| self.standing[place].customer);
            let (joins, parts) = &mut bits[left.0];
            if left.1 == right.1 && customers[0] != customers[1] {
                *joins = Some(joins.map_or(edge.bits, |known| known.max(edge.bits)));
            } else if left.1 != right.1 && customers[0] == customers[1] {
                *parts = Some(parts.map_or(edge.bits, |known| known.max(edge.bits)));
            }
        }
        let changes = self.changes.iter().zip(bits);
        changes
            .map(|(groups, (joins, parts))| LinkageChange {
                before: self.before(groups),
                after: groups.iter().map(|group| self.after(group)).collect(),
                bits: joins.or(parts).map(hundredths),
            })
            .collect()
    }

    fn before(&self, groups: &[Group]) -> Vec<ChangedCustomer> {
        let mut customers: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for place in groups.iter().flat_map(|group| &group.members) {
            let Standing { series, customer } = self.standing[*place];
            customers
                .entry(customer.unwrap_or_default())
                .or_default()
                .push(series);
        }
        let customers = customers.into_iter();
        customers
            .map(|(customer, series)| shown(Some(customer), series))
            .collect()
    }

    fn after(&self, group: &Group) -> ChangedCustomer {
        let series = group
            .members
            .iter()
            .map(|place| self.standing[*place].series);
        shown(group.customer, series.collect())
    }
}

fn shown(customer: Option<i64>, mut series: Vec<i64>) -> ChangedCustomer {
    series.sort_unstable();
    ChangedCustomer {
        number: customer.map(|customer| CustomerNumber::from_sequence(customer).to_string()),
        records: many(series.len()),
        series: series.into_iter().take(NAMED).map(Id).collect(),
    }
}

fn root(together: &[usize], mut place: usize) -> usize {
    while together[place] != place {
        place = together[place];
    }
    place
}

/// So many of a list, evenly from its beginning to its end.
fn spread<T>(list: Vec<T>, wanted: usize) -> Vec<T> {
    let all = list.len();
    let chosen = |place: &usize| (place + 1) * wanted / all > place * wanted / all;
    let places = (0..all).map(|place| chosen(&place));
    let places: Vec<bool> = places.collect();
    let list = list.into_iter().zip(places);
    list.filter_map(|(item, chosen)| chosen.then_some(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(left: u32, right: u32, bits: f32) -> Edge {
        Edge {
            left,
            right,
            bits,
            verdict: linkage::Verdict::Evidence,
        }
    }

    fn changes(customers: &[i64], parties: &[u32], edges: &[Edge]) -> Vec<LinkageChange> {
        let rows = changing(customers, parties);
        let standing: Vec<Standing> = rows
            .iter()
            .map(|row| Standing {
                series: 100 + many(*row),
                customer: Some(customers[*row]),
            })
            .collect();
        let parties: Vec<u32> = rows.iter().map(|row| parties[*row]).collect();
        let groups = arrange(&standing, &parties);
        Sample::of(&standing, &rows, groups).changes(edges)
    }

    fn numbers(customers: &[ChangedCustomer]) -> Vec<(Option<&str>, i64)> {
        let customers = customers.iter();
        customers
            .map(|customer| (customer.number.as_deref(), customer.records))
            .collect()
    }

    #[test]
    fn a_merge_and_a_split_are_shown_as_they_were_and_will_be() {
        let number = |customer| CustomerNumber::from_sequence(customer).to_string();
        let (first, second, third) = (number(1), number(2), number(3));
        let customers = [1, 2, 3, 3, 4];
        let parties = [0, 0, 2, 3, 4];
        let found = changes(&customers, &parties, &[edge(0, 1, 9.5), edge(2, 3, -4.0)]);
        assert_eq!(found.len(), 2);
        let (split, merge) = (&found[0], &found[1]);
        assert_eq!(
            numbers(&merge.before),
            [(Some(first.as_str()), 1), (Some(&second), 1)]
        );
        assert_eq!(numbers(&merge.after), [(Some(first.as_str()), 2)]);
        assert_eq!(merge.bits, Some(9.5));
        assert_eq!(numbers(&split.before), [(Some(third.as_str()), 2)]);
        assert_eq!(
            numbers(&split.after),
            [(Some(third.as_str()), 1), (None, 1)]
        );
        assert_eq!(split.after[1].series, [Id(103)]);
        assert_eq!(split.bits, Some(-4.0));
    }

    #[test]
    fn a_sample_has_merges_and_splits_and_is_spread_over_all() {
        // A hundred pairs of customers that become one, and ten customers that fall apart.
        let merges = (0..200_i64).map(|row| (row, u32::try_from(row - row % 2).unwrap()));
        let splits = (200..220_i64).map(|row| (200 + (row - 200) / 2, u32::try_from(row).unwrap()));
        let (customers, parties): (Vec<i64>, Vec<u32>) = merges.chain(splits).unzip();
        let found = changes(&customers, &parties, &[]);
        let falls_apart = |change: &&LinkageChange| change.after.len() > 1;
        assert_eq!(found.len(), SAMPLED);
        assert_eq!(found.iter().filter(falls_apart).count(), 10);
        let (_, sizes) = sizes([7, 7, 8, 9, 9, 9, 9, 9].into_iter());
        assert_eq!((sizes.one, sizes.two, sizes.five_to_nine), (1, 1, 1));
        assert_eq!(spread(vec![1, 2, 3, 4], 2), [2, 4]);
        assert!(spread(Vec::<i64>::new(), 0).is_empty());
    }
}
