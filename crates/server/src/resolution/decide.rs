//! What a person decides: that two customers are one, that they are not, that a merge was wrong.
//! Each is one transaction with its audit entry and the views that it changes.

use std::collections::BTreeSet;

use domain::register::CustomerNumber;
use domain::resolution::{Danger, MembershipReason};
use serde_json::json;
use storage::Transaction;

use crate::access::Actor;
use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::{
    CustomerId, RegisterError, ReviewRefusal, check_reason, memberships_of, redirect_of,
    refold_after,
};
use crate::resolution::claim::check_claim;
use crate::resolution::judgement::{apart, judge};
use crate::resolution::linkage::unite;
use crate::resolution::merge::{merge_customers, standing_series, undo_merge};
use crate::resolution::review::{ReviewRow, ReviewState, close_review, close_within, find_review};
use crate::resolution::second_opinion::{
    check_claims_between, dangers_between, propose, propose_merge,
};
use crate::store::Store;

/// Somebody who decides, and why.
#[derive(Debug, Clone, Copy)]
pub struct Decider<'a> {
    /// Who.
    pub actor: &'a str,
    /// Why.
    pub reason: &'a str,
}

impl<'a> Decider<'a> {
    /// Who is signed in decides.
    pub fn new(actor: &'a Actor, reason: &'a str) -> Self {
        let actor = &actor.name;
        Self { actor, reason }
    }

    /// A decision without a reason teaches nobody.
    pub(super) fn check(&self) -> Result<(), RegisterError> {
        check_reason(self.reason).map(drop)
    }
}

/// What became of the wish that two customers be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// They are one.
    Merged {
        /// The merge, by which it can be taken back.
        merge: i64,
        /// The customer whose number goes on.
        survivor: CustomerId,
    },
    /// A second person must agree.
    Proposed {
        /// The review where that is done.
        review: i64,
        /// The customer whose number would go on.
        survivor: CustomerId,
        /// Why one person is not enough.
        dangers: Vec<Danger>,
    },
}

/// Joins two customers into one, or proposes it to a second person where that is dangerous.
pub async fn join(
    store: &Store,
    decider: Decider<'_>,
    pair: (CustomerNumber, CustomerNumber),
) -> Result<Joined, RegisterError> {
    decider.check()?;
    let (mut transaction, recorded_at) = store.write_together().await?;
    let (left, _) = redirect_of(&mut transaction, pair.0).await?;
    let (right, _) = redirect_of(&mut transaction, pair.1).await?;
    if left == right {
        return Err(RegisterError::invalid(
            "absorbed",
            "要并入的就是这位客户",
            "is this customer already",
        ));
    }
    let pair = (left, right);
    check_claims_between(&mut transaction, decider.actor, recorded_at, pair).await?;
    let dangers = dangers_between(&mut transaction, store, pair).await?;
    let joined = if dangers.is_empty() {
        let merged = join_in(&mut transaction, store, recorded_at, decider, pair).await?;
        let (merge, survivor) = merged;
        Joined::Merged { merge, survivor }
    } else {
        let review = propose_merge(&mut transaction, recorded_at, decider, pair, &dangers).await?;
        let survivor = left.min(right);
        Joined::Proposed {
            review,
            survivor,
            dangers,
        }
    };
    transaction.commit().await?;
    Ok(joined)
}

/// Takes a merge back.
pub async fn part(store: &Store, decider: Decider<'_>, merge: i64) -> Result<(), RegisterError> {
    decider.check()?;
    let Decider { actor, reason } = decider;
    let (mut transaction, recorded_at) = store.write_together().await?;
    let touched = undo_merge(&mut transaction, recorded_at, merge, actor, reason).await?;
    refold_after(&mut transaction, store, recorded_at, &touched).await?;
    transaction.commit().await?;
    Ok(())
}

/// Decides a review: that its two sides are one party, or that they are not. Where it would be
/// dangerous to join them, a second person is asked.
pub async fn decide(
    store: &Store,
    decider: Decider<'_>,
    review: i64,
    same: bool,
) -> Result<(), RegisterError> {
    decider.check()?;
    let (mut transaction, recorded_at) = store.write_together().await?;
    let review = find_review(&mut transaction, review).await?;
    match review.state {
        ReviewState::Open => {}
        ReviewState::SecondOpinion => {
            return Err(ReviewRefusal::AwaitsSecondOpinion(review.id).into());
        }
        ReviewState::Same | ReviewState::Different => return Err(RegisterError::Changed),
    }
    check_claim(&review, decider.actor, recorded_at)?;
    let pair = sides(&mut transaction, &review).await?;
    if pair.0 == pair.1 && !same {
        return Err(RegisterError::invalid(
            "verdict",
            "两者已是同一客户，不能判为不同；请先撤销该合并，或拆分该客户",
            "cannot be different: the two are one customer already; take that merge back, or split \
             the customer",
        ));
    }
    let dangers = if same {
        dangers_between(&mut transaction, store, pair).await?
    } else {
        Vec::new()
    };
    if dangers.is_empty() {
        let verdict = (same, pair);
        settle(
            &mut transaction,
            store,
            recorded_at,
            decider,
            &review,
            verdict,
        )
        .await?;
    } else {
        propose(&mut transaction, recorded_at, review.id, decider, &dangers).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Closes a review with a verdict on the customers of its sides, and does what follows from it.
pub(super) async fn settle(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    decider: Decider<'_>,
    review: &ReviewRow,
    (same, pair): (bool, (CustomerId, CustomerId)),
) -> Result<(), RegisterError> {
    let Decider { actor, reason } = decider;
    let state = if same {
        ReviewState::Same
    } else {
        ReviewState::Different
    };
    close_review(transaction, recorded_at, review.id, state, actor, reason).await?;
    if same && pair.0 != pair.1 {
        join_in(transaction, store, recorded_at, decider, pair).await?;
    } else {
        let pair = [(review.left, review.right)];
        judge(transaction, recorded_at, &pair, same, actor, reason).await?;
    }
    let entry = NewEntry {
        actor,
        action: "review.decided",
        subject: format!("review/{}", review.id),
        detail: json!({ "verdict": state.word(), "reason": reason }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}

/// The customers that the two sides of a review belong to now.
pub(super) async fn sides(
    transaction: &mut Transaction,
    review: &ReviewRow,
) -> Result<(CustomerId, CustomerId), RegisterError> {
    let members = memberships_of(transaction, &[review.left, review.right]).await?;
    let customer = |series| {
        let member = members.get(&series).map(|member| member.customer);
        member.ok_or_else(|| {
            let en = "is of a record that was withdrawn";
            RegisterError::invalid("review", "此案有一方的记录已撤回", en)
        })
    };
    Ok((customer(review.left)?, customer(review.right)?))
}

pub(super) async fn join_in(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    decider: Decider<'_>,
    pair: (CustomerId, CustomerId),
) -> Result<(i64, CustomerId), RegisterError> {
    let Decider { actor, reason } = decider;
    let left = standing_series(transaction, pair.0).await?;
    let right = standing_series(transaction, pair.1).await?;
    let why = MembershipReason::Merged;
    let merged = merge_customers(transaction, recorded_at, pair, why, actor, reason).await?;
    judge_same(transaction, recorded_at, decider, &left, &right).await?;
    let series = [left, right].concat();
    close_within(transaction, recorded_at, &series, actor, reason).await?;
    unite(transaction, &series).await?;
    refold_after(transaction, store, recorded_at, &[pair.0, pair.1]).await?;
    Ok(merged)
}

/// That two customers are one overrules whatever was said of their series.
async fn judge_same(
    transaction: &mut Transaction,
    recorded_at: Micros,
    decider: Decider<'_>,
    left: &[i64],
    right: &[i64],
) -> Result<(), RegisterError> {
    let judged = apart(transaction, &[left, right].concat()).await?;
    let pairs = judged.into_iter().map(|judged| (judged.left, judged.right));
    let crosses = |(one, other): &(i64, i64)| {
        left.contains(one) && right.contains(other) || right.contains(one) && left.contains(other)
    };
    let mut pairs: BTreeSet<(i64, i64)> = pairs.filter(crosses).collect();
    if let (Some(one), Some(other)) = (left.first(), right.first()) {
        pairs.insert((*one.min(other), *one.max(other)));
    }
    let pairs: Vec<(i64, i64)> = pairs.into_iter().collect();
    let Decider { actor, reason } = decider;
    judge(transaction, recorded_at, &pairs, true, actor, reason).await?;
    Ok(())
}
