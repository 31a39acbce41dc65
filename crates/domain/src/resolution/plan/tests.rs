//! Claims about the plan.

use proptest::prelude::*;

use super::*;

fn party(series: i64, name: &str, key: u8) -> Party {
    Party {
        series,
        name: (!name.is_empty()).then(|| name.to_owned()),
        person: true,
        keys: vec![(StrongKeyKind::ResidentId, [key; 16])],
    }
}

fn asks(series: i64, name: &str, key: u8) -> Asking {
    Asking {
        party: party(series, name, key),
        customer: None,
    }
}

fn is_known(series: i64, name: &str, key: u8, customer: i64) -> Known {
    Known {
        party: party(series, name, key),
        customer,
    }
}

#[test]
fn the_same_number_with_an_agreeing_name_is_one_customer() {
    let plan = plan(&[asks(10, "张三", 1), asks(11, "ZHANG SAN", 1)], &[], &[]);
    assert_eq!(plan.settled.len(), 1);
    assert_eq!(plan.settled[0].members[0].1, MembershipReason::First);
    assert_eq!(
        plan.settled[0].members[1].1,
        MembershipReason::SameKey(StrongKeyKind::ResidentId)
    );
    assert!(plan.holds.is_empty());
}

#[test]
fn disagreeing_names_under_one_number_are_held() {
    let plan = plan(&[asks(10, "李四", 1)], &[is_known(3, "张三", 1, 7)], &[]);
    assert!(plan.settled[0].customers.is_empty());
    assert_eq!(
        plan.settled[0].members,
        [(0, MembershipReason::Held(StrongKeyKind::ResidentId))]
    );
    assert_eq!(
        plan.holds,
        [Hold {
            asking: 10,
            other: 3,
            kind: StrongKeyKind::ResidentId
        }]
    );
}

#[test]
fn a_record_that_ties_two_customers_names_both_oldest_first() {
    let mut bridge = asks(20, "张三", 1);
    bridge.party.keys.push((StrongKeyKind::ResidentId, [2; 16]));
    let known = [is_known(3, "张三", 2, 9), is_known(4, "张三", 1, 5)];
    let plan = plan(&[bridge], &known, &[]);
    assert_eq!(plan.settled[0].customers, [5, 9]);
}

#[test]
fn what_a_person_judged_apart_is_held_not_joined() {
    let known = [is_known(3, "张三", 1, 7)];
    let apart = [Judgement { left: 3, right: 10 }];
    let plan = plan(&[asks(10, "张三", 1)], &known, &apart);
    assert!(plan.settled[0].customers.is_empty());
    assert_eq!(plan.holds.len(), 1);
}

#[test]
fn a_missing_name_agrees_with_nothing() {
    let plan = plan(&[asks(10, "", 1)], &[is_known(3, "张三", 1, 7)], &[]);
    assert!(plan.settled[0].customers.is_empty());
    assert_eq!(plan.holds.len(), 1);
}

/// The partition that a plan of everything at once gives.
fn at_once(records: &[(String, u8)]) -> Vec<Vec<i64>> {
    let asking: Vec<Asking> = records
        .iter()
        .zip(1..)
        .map(|((name, key), series)| asks(series, name, *key))
        .collect();
    let mut groups: Vec<Vec<i64>> = plan(&asking, &[], &[])
        .settled
        .iter()
        .map(|group| {
            group
                .members
                .iter()
                .map(|(node, _)| asking[*node].party.series)
                .collect()
        })
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// The partition that records arriving one by one, in some order, end in.
fn one_by_one(records: &[(String, u8)], order: &[usize]) -> Vec<Vec<i64>> {
    let mut known: Vec<Known> = Vec::new();
    for (customer, place) in (1..).zip(order) {
        let (name, key) = &records[*place];
        let series = i64::try_from(*place).unwrap() + 1;
        let plan = plan(&[asks(series, name, *key)], &known, &[]);
        let owners = &plan.settled[0].customers;
        let owner = owners.first().copied().unwrap_or(customer);
        for other in &mut known {
            if owners.contains(&other.customer) {
                other.customer = owner;
            }
        }
        known.push(is_known(series, name, *key, owner));
    }
    let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for known in known {
        groups
            .entry(known.customer)
            .or_default()
            .push(known.party.series);
    }
    let mut groups: Vec<Vec<i64>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_change_who_is_who(
        (records, order) in prop::collection::vec(
            (prop::sample::select(vec!["张三", "张珊", "李四", "zhang san", "LI SI", "王五", ""]), 0_u8..3),
            1..8,
        ).prop_flat_map(|records| {
            let order: Vec<usize> = (0..records.len()).collect();
            (Just(records), Just(order).prop_shuffle())
        })
    ) {
        let records: Vec<(String, u8)> =
            records.into_iter().map(|(name, key)| (name.to_owned(), key)).collect();
        prop_assert_eq!(one_by_one(&records, &order), at_once(&records));
    }
}
