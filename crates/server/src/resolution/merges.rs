//! Merges as a client sees them.

use domain::register::CustomerNumber;

use crate::http::{Count, Id, Instant, Page};
use crate::register::{RegisterError, redirect_of};
use crate::resolution::decide::Joined;
use crate::resolution::merge::{MergeRow, list_merges, merge_of};
use crate::resolution::queue::show_dangers;
use crate::resolution::wire::{Merge, MergeOutcome};
use crate::store::Store;

/// A page of the merges that a customer took part in, newest first.
pub async fn merge_page(
    store: &Store,
    number: CustomerNumber,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<Merge>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let (customer, _) = redirect_of(&mut transaction, number).await?;
    let mut merges = list_merges(&mut transaction, customer).await?;
    // A number that redirects has merges of its own.
    if customer != number.sequence() {
        merges.extend(list_merges(&mut transaction, number.sequence()).await?);
        merges.sort_unstable_by_key(|merge| std::cmp::Reverse(merge.id));
        merges.dedup();
    }
    let count = Count::exact(i64::try_from(merges.len()).unwrap_or(i64::MAX));
    let before = after.unwrap_or(i64::MAX);
    let wanted = usize::try_from(limit).unwrap_or_default() + 1;
    merges.retain(|merge| merge.id < before);
    merges.truncate(wanted);
    let page = Page::of(merges, limit, count, |last| last.id);
    Ok(page.map(show))
}

/// One merge.
pub async fn view_merge(store: &Store, id: i64) -> Result<Merge, RegisterError> {
    let mut transaction = store.database.read().await?;
    Ok(show(merge_of(&mut transaction, id).await?))
}

/// What became of the wish to merge two customers.
pub fn show_outcome(joined: Joined) -> MergeOutcome {
    match joined {
        Joined::Merged { merge, survivor } => MergeOutcome {
            merge: Some(Id(merge)),
            survivor: CustomerNumber::from_sequence(survivor).to_string(),
            review: None,
            dangers: Vec::new(),
        },
        Joined::Proposed {
            review,
            survivor,
            dangers,
        } => MergeOutcome {
            merge: None,
            survivor: CustomerNumber::from_sequence(survivor).to_string(),
            review: Some(Id(review)),
            dangers: show_dangers(&dangers),
        },
    }
}

fn show(merge: MergeRow) -> Merge {
    Merge {
        id: Id(merge.id),
        at: Instant(merge.recorded_at),
        actor: merge.actor,
        survivor: CustomerNumber::from_sequence(merge.survivor).to_string(),
        absorbed: CustomerNumber::from_sequence(merge.absorbed).to_string(),
        reason: merge.reason,
        undone_at: merge.undone_at.map(Instant),
    }
}
