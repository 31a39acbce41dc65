//! What persons decided, as linkage takes it in.

use std::collections::HashMap;

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
    // What was written for a customer stays with the first of its records.
    let mut firsts: HashMap<i64, (i64, u32)> = HashMap::new();
    for (row, place) in rows.iter().zip(0..).filter(|(row, _)| !row.pinned) {
        if let Some(customer) = row.customer {
            let first = firsts.entry(customer).or_insert((row.series, place));
            *first = (*first).min((row.series, place));
        }
    }
    for (row, place) in rows.iter().zip(0..).filter(|(row, _)| row.pinned) {
        let first = row.customer.and_then(|customer| firsts.get(&customer));
        if let Some((_, first)) = first {
            decisions.push(Decision {
                left: *first,
                right: place,
                same: true,
            });
        }
    }
    Ok(decisions)
}
