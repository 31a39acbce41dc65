//! Second opinion (复核): a dangerous merge takes two people with accounts of their own. The first
//! proposes it, the second agrees or sends it back with a note.

use domain::resolution::{Danger, MembershipReason, MergeSide, dangers};
use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::{CustomerId, RegisterError, ReviewRefusal, latest_of_series};
use crate::resolution::claim::check_claim;
use crate::resolution::decide::{Decider, settle, sides};
use crate::resolution::merge::standing_series;
use crate::resolution::review::{
    NewReview, ReviewRow, ReviewState, find_review, insert_reviews, reviews_between,
};
use crate::store::Store;

/// Why a merge of two customers needs a second person.
pub(super) async fn dangers_between(
    transaction: &mut Transaction,
    store: &Store,
    pair: (CustomerId, CustomerId),
) -> Result<Vec<Danger>, RegisterError> {
    if pair.0 == pair.1 {
        return Ok(Vec::new());
    }
    let left = side_of(transaction, store, pair.0).await?;
    let right = side_of(transaction, store, pair.1).await?;
    Ok(dangers(&left, &right))
}

async fn side_of(
    transaction: &mut Transaction,
    store: &Store,
    customer: CustomerId,
) -> Result<MergeSide, RegisterError> {
    let series = standing_series(transaction, customer).await?;
    let latest = latest_of_series(transaction, &store.keys, &series).await?;
    let mut side = MergeSide::default();
    for record in latest.values() {
        let content = record.content.as_ref();
        side.add(&store.catalogue, record.head.kind, content);
    }
    Ok(side)
}

/// Proposes that the sides of a review are one, for somebody else to agree.
pub(super) async fn propose(
    transaction: &mut Transaction,
    now: Micros,
    review: i64,
    decider: Decider<'_>,
    dangers: &[Danger],
) -> Result<(), RegisterError> {
    let Decider { actor, reason } = decider;
    let codes: Vec<&str> = dangers.iter().map(|danger| danger.code()).collect();
    let cells = [
        now.into(),
        actor.into(),
        reason.into(),
        codes.join(",").into(),
        review.into(),
    ];
    let proposed = transaction
        .execute(include_str!("propose_review.sql"), cells)
        .await?;
    if proposed == 0 {
        return Err(ReviewRefusal::AwaitsSecondOpinion(review).into());
    }
    let entry = NewEntry {
        actor,
        action: "review.proposed",
        subject: format!("review/{review}"),
        detail: json!({ "dangers": codes, "reason": reason }),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}

/// Proposes a merge that nobody had a review for, or that has one. Gives the review.
pub(super) async fn propose_merge(
    transaction: &mut Transaction,
    now: Micros,
    decider: Decider<'_>,
    pair: (CustomerId, CustomerId),
    dangers: &[Danger],
) -> Result<i64, RegisterError> {
    let left = standing_series(transaction, pair.0).await?;
    let right = standing_series(transaction, pair.1).await?;
    let found = reviews_between(transaction, &left, &right).await?;
    let review = match waiting_first(found) {
        Some(review) => review.id,
        None => open_between(transaction, now, &left, &right).await?,
    };
    propose(transaction, now, review, decider, dangers).await?;
    Ok(review)
}

/// The one that waits, or else any that was decided.
fn waiting_first(reviews: Vec<ReviewRow>) -> Option<ReviewRow> {
    let rank = |review: &ReviewRow| match review.state {
        ReviewState::SecondOpinion => 0,
        ReviewState::Open => 1,
        ReviewState::Same | ReviewState::Different => 2,
    };
    reviews.into_iter().min_by_key(rank)
}

async fn open_between(
    transaction: &mut Transaction,
    now: Micros,
    left: &[i64],
    right: &[i64],
) -> Result<i64, RegisterError> {
    let (Some(one), Some(other)) = (left.first(), right.first()) else {
        return Err(RegisterError::invalid(
            "absorbed",
            "其中一方已没有记录，无法合并",
            "cannot be merged: one of the two has no records any more",
        ));
    };
    let review = NewReview {
        left: *one,
        right: *other,
        reason: MembershipReason::Proposed,
        bits: None,
    };
    insert_reviews(transaction, now, &[review]).await?;
    let opened = reviews_between(transaction, &[*one], &[*other]).await?;
    opened
        .first()
        .map(|review| review.id)
        .ok_or(RegisterError::Changed)
}

/// A second person agrees, and the two become one; or does not, and the review is open again.
/// Whoever proposed it may take it back, but not agree.
pub async fn second(
    store: &Store,
    decider: Decider<'_>,
    review: i64,
    agrees: bool,
) -> Result<(), RegisterError> {
    decider.check()?;
    let (mut transaction, now) = store.write_together().await?;
    let review = find_review(&mut transaction, review).await?;
    let proposal = review.proposed.as_ref();
    let (ReviewState::SecondOpinion, Some(proposal)) = (review.state, proposal) else {
        return Err(RegisterError::Changed);
    };
    if agrees && proposal.by == decider.actor {
        return Err(ReviewRefusal::SecondPerson.into());
    }
    check_claim(&review, decider.actor, now)?;
    if agrees {
        agree(&mut transaction, store, now, decider, &review).await?;
    } else {
        send_back(&mut transaction, now, decider, review.id).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn agree(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    decider: Decider<'_>,
    review: &ReviewRow,
) -> Result<(), RegisterError> {
    let Decider { actor, reason } = decider;
    let proposal = review.proposed.as_ref();
    let entry = NewEntry {
        actor,
        action: "review.seconded",
        subject: format!("review/{}", review.id),
        detail: json!({ "proposed_by": proposal.map(|first| &first.by), "reason": reason }),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    // Who asks for the reason of the merge finds what both of them said.
    let both = proposal.map_or_else(
        || reason.to_owned(),
        |first| format!("{}（{}）；{reason}（{actor}）", first.reason, first.by),
    );
    let decider = Decider {
        actor,
        reason: &both,
    };
    let pair = sides(transaction, review).await?;
    settle(transaction, store, now, decider, review, (true, pair)).await
}

async fn send_back(
    transaction: &mut Transaction,
    now: Micros,
    decider: Decider<'_>,
    review: i64,
) -> Result<(), RegisterError> {
    let Decider { actor, reason } = decider;
    let cells = [now.into(), actor.into(), reason.into(), review.into()];
    transaction
        .execute(include_str!("return_review.sql"), cells)
        .await?;
    let entry = NewEntry {
        actor,
        action: "review.returned",
        subject: format!("review/{review}"),
        detail: json!({ "reason": reason }),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}

/// The reviews of the two that somebody else works at must be decided there.
pub(super) async fn check_claims_between(
    transaction: &mut Transaction,
    actor: &str,
    now: Micros,
    pair: (CustomerId, CustomerId),
) -> Result<(), RegisterError> {
    let left = standing_series(transaction, pair.0).await?;
    let right = standing_series(transaction, pair.1).await?;
    let between = reviews_between(transaction, &left, &right).await?;
    let waiting = between.iter().filter(|review| review.state.is_waiting());
    for review in waiting {
        check_claim(review, actor, now)?;
    }
    Ok(())
}
