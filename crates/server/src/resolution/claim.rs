//! Claims (领取): who works at a review, so that no two people decide the same one.
//!
//! A claim ends by itself, so whoever goes home blocks nobody; claiming again renews it. Which of
//! two is first is decided by one conditional update, on however many servers.

use serde_json::json;

use crate::audit::{self, NewEntry};
use crate::clock::{self, Micros};
use crate::register::{RegisterError, ReviewRefusal};
use crate::resolution::review::{ReviewRow, find_review};
use crate::store::Store;

/// How long a claim lasts: long enough to look at a document or to telephone a branch, short enough
/// that a colleague takes over within the hour.
const CLAIM_LASTS: Micros = 30 * MINUTE;

const MINUTE: Micros = 60_000_000;

/// Claims a review, or renews one's claim. Only a new holder is written down in the audit log.
pub async fn claim_review(store: &Store, actor: &str, id: i64) -> Result<(), RegisterError> {
    let (mut transaction, now) = store.write_together().await?;
    let review = find_review(&mut transaction, id).await?;
    let until = now + CLAIM_LASTS;
    let cells = [actor.into(), until.into(), id.into(), now.into()];
    let claimed = transaction
        .execute(include_str!("claim_review.sql"), cells)
        .await?;
    if claimed == 0 {
        check_claim(&review, actor, now)?;
        return Err(RegisterError::Changed);
    }
    if !is_held_by(&review, actor, now) {
        let entry = NewEntry {
            actor,
            action: "review.claimed",
            subject: format!("review/{id}"),
            detail: json!({ "until": clock::rfc3339(until) }),
            root: None,
        };
        audit::append(&mut transaction, now, entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Gives a review back. One that nobody holds stays as it is.
pub async fn release_review(store: &Store, actor: &str, id: i64) -> Result<(), RegisterError> {
    let (mut transaction, now) = store.write_together().await?;
    let review = find_review(&mut transaction, id).await?;
    check_claim(&review, actor, now)?;
    let cells = [id.into(), actor.into()];
    let released = transaction
        .execute(include_str!("release_review.sql"), cells)
        .await?;
    if released > 0 {
        let entry = NewEntry {
            actor,
            action: "review.released",
            subject: format!("review/{id}"),
            detail: json!({}),
            root: None,
        };
        audit::append(&mut transaction, now, entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Refuses whoever would decide what somebody else holds.
pub(super) fn check_claim(
    review: &ReviewRow,
    actor: &str,
    now: Micros,
) -> Result<(), RegisterError> {
    match &review.claim {
        Some(claim) if claim.until > now && claim.by != actor => Err(ReviewRefusal::Claimed {
            by: claim.by.clone(),
            until: claim.until,
            minutes: (claim.until - now + MINUTE - 1) / MINUTE,
        }
        .into()),
        _ => Ok(()),
    }
}

fn is_held_by(review: &ReviewRow, actor: &str, now: Micros) -> bool {
    let claim = review.claim.as_ref();
    claim.is_some_and(|claim| claim.until > now && claim.by == actor)
}
