//! From parties to customers: who keeps a number, who is joined to whom, what moves (R4.6).
//!
//! Linkage says which records are one party; it knows no customers. Here each party gets one: the oldest of those
//! whose first record is in it. A customer whose records turn out to be several parties keeps the one with its first
//! record, and the others move. So the partition is that of the parties, whatever stood before, and numbers stay where
//! they mean most.

use std::collections::BTreeMap;

/// A series of records as it stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The series.
    pub series: i64,
    /// The customer that it belongs to, if it is known.
    pub customer: Option<i64>,
}

/// The records of one party and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Places among those who stand, in order.
    pub members: Vec<usize>,
    /// The customer that they are from now on; none for a new one.
    pub customer: Option<i64>,
    /// Customers that turn out to be the same, oldest first.
    pub absorbed: Vec<i64>,
    /// Places of those that belonged to a customer who is somebody else.
    pub moved: Vec<usize>,
}

impl Group {
    /// Whether anything is done for those who stood before.
    pub fn changes(&self) -> bool {
        !self.absorbed.is_empty() || !self.moved.is_empty()
    }
}

/// Gives each party its customer. `parties` names the party of each of `standing` in any way; all standing series of a
/// customer must be among them. Groups come in the order of their first members.
pub fn arrange(standing: &[Standing], parties: &[u32]) -> Vec<Group> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    // The party with the first record of each customer.
    let mut homes: BTreeMap<i64, (i64, u32)> = BTreeMap::new();
    for (place, (row, party)) in standing.iter().zip(parties).enumerate() {
        members.entry(*party).or_default().push(place);
        if let Some(customer) = row.customer {
            let first = homes.entry(customer).or_insert((row.series, *party));
            *first = (*first).min((row.series, *party));
        }
    }
    let mut owned: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for (customer, (_, party)) in homes {
        owned.entry(party).or_default().push(customer);
    }
    let mut groups: Vec<Group> = members
        .into_iter()
        .map(|(party, members)| {
            let owned = owned.remove(&party).unwrap_or_default();
            let moved = members.iter().copied().filter(|place| {
                let customer = standing[*place].customer;
                customer.is_some_and(|customer| !owned.contains(&customer))
            });
            Group {
                moved: moved.collect(),
                customer: owned.first().copied(),
                absorbed: owned.get(1..).unwrap_or_default().to_vec(),
                members,
            }
        })
        .collect();
    groups.sort_by_key(|group| group.members.first().copied());
    groups
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing(rows: &[(i64, Option<i64>)]) -> Vec<Standing> {
        rows.iter()
            .map(|(series, customer)| Standing {
                series: *series,
                customer: *customer,
            })
            .collect()
    }

    #[test]
    fn the_oldest_number_goes_on_and_the_others_are_absorbed() {
        let rows = standing(&[(10, Some(2)), (11, Some(1)), (12, None)]);
        let groups = arrange(&rows, &[0, 0, 0]);
        assert_eq!(groups.len(), 1);
        assert_eq!(
            (groups[0].customer, &groups[0].absorbed),
            (Some(1), &vec![2])
        );
        assert!(groups[0].moved.is_empty());
    }

    #[test]
    fn a_customer_that_falls_apart_keeps_the_part_of_its_first_record() {
        let rows = standing(&[(10, Some(1)), (11, Some(1)), (12, Some(1)), (13, None)]);
        let groups = arrange(&rows, &[0, 1, 0, 1]);
        assert_eq!((groups[0].customer, groups[0].changes()), (Some(1), false));
        assert_eq!((groups[1].customer, &groups[1].moved), (None, &vec![1]));
    }

    proptest! {
        #[test]
        fn the_partition_is_that_of_the_parties(rows in prop::collection::vec((prop::option::of(0_i64..6), 0_u32..6), 1..24)) {
            let standing: Vec<Standing> = rows
                .iter()
                .zip(100..)
                .map(|((customer, _), series)| Standing { series, customer: *customer })
                .collect();
            let parties: Vec<u32> = rows.iter().map(|(_, party)| *party).collect();
            let groups = arrange(&standing, &parties);
            let mut customers = vec![0; rows.len()];
            for (new, group) in (1_000..).zip(&groups) {
                for place in &group.members {
                    customers[*place] = group.customer.unwrap_or(new);
                    let stays = standing[*place].customer == group.customer;
                    let absorbed = standing[*place].customer.is_some_and(|customer| group.absorbed.contains(&customer));
                    let moved = group.moved.contains(place);
                    prop_assert!(stays || absorbed || moved || standing[*place].customer.is_none());
                }
            }
            for left in 0..rows.len() {
                for right in 0..rows.len() {
                    prop_assert_eq!(customers[left] == customers[right], parties[left] == parties[right]);
                }
            }
        }
    }
}
