//! What persons decided, as linkage takes it in.

use std::collections::{HashMap, HashSet};

use linkage::Decision;
use storage::Transaction;

use crate::register::RegisterError;
use crate::resolution::judgement::verdicts;
use crate::resolution::linkage::gather::Neighbour;

/// What persons decided among the rows, by their places.
pub(super) async fn decisions(
    transaction: &mut Transaction,
    rows: &[Neighbour],
) -> Result<Vec<Decision>, RegisterError> {
    let places: HashMap<i64, u32> = rows.iter().map(|row| row.series).zip(0..).collect();
    let series: Vec<i64> = rows.iter().map(|row| row.series).collect();
    let verdicts = verdicts(transaction, &series).await?;
    let mut decisions: Vec<Decision> = verdicts
        .into_iter()
        .filter_map(|((left, right), same)| {
            Some(Decision {
                left: *places.get(&left)?,
                right: *places.get(&right)?,
                same,
            })
        })
        .collect();
    let pins = rows
        .iter()
        .map(|row| (row.series, row.customer, row.pinned));
    decisions.extend(written_for(pins));
    Ok(decisions)
}

/// What was written for a customer stays with the first of its records. Rows are told by series, customer and whether
/// they were written for it.
pub(super) fn written_for(
    rows: impl Iterator<Item = (i64, Option<i64>, bool)> + Clone,
) -> Vec<Decision> {
    let asked = rows.clone().filter(|(.., pinned)| *pinned);
    let asked: HashSet<i64> = asked.filter_map(|(_, customer, _)| customer).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut firsts: HashMap<i64, (i64, u32)> = HashMap::new();
    for ((series, customer, pinned), place) in rows.clone().zip(0..) {
        let customer = customer.filter(|customer| !pinned && asked.contains(customer));
        if let Some(customer) = customer {
            let first = firsts.entry(customer).or_insert((series, place));
            *first = (*first).min((series, place));
        }
    }
    let mut decisions = Vec::new();
    for ((_, customer, _), place) in rows.zip(0..).filter(|((.., pinned), _)| *pinned) {
        if let Some((_, first)) = customer.and_then(|customer| firsts.get(&customer)) {
            decisions.push(Decision {
                left: *first,
                right: place,
                same: true,
            });
        }
    }
    decisions
}
