//! Which reviews there are: those that wait, by age or by evidence, those that somebody holds, and
//! those that were decided; and how many of each.

use domain::resolution::MembershipReason;
use serde::{Deserialize, Serialize};
use storage::{Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::http::Count;
use crate::resolution::review::{ReviewRow, ReviewState, into_review};
use crate::resolution::wire_review::{Holder, ReviewOrder};

/// Where a page of reviews ended: in the order of evidence, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place(i64, i64);

/// Where a pair without evidence stands, as the index has it.
const NO_EVIDENCE: i64 = 9_007_199_254_740_991;

impl Place {
    /// Where a review stands.
    pub fn of(review: &ReviewRow) -> Self {
        Self(
            review.millibits.map_or(NO_EVIDENCE, |bits| -bits),
            review.id,
        )
    }
}

/// Which reviews are wanted, by whom, and when that is.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// In which state; none for all that somebody holds.
    pub state: WantedState,
    /// Held by whoever asks, by nobody, or by anybody.
    pub holder: Option<Holder>,
    /// Opened for this reason only.
    pub reason: Option<MembershipReason>,
    /// In which order those that wait come.
    pub order: ReviewOrder,
    /// Who asks.
    pub actor: &'a str,
    /// When.
    pub now: Micros,
}

/// States that are listed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedState {
    /// Nobody decided yet.
    Open,
    /// A second person must agree.
    SecondOpinion,
    /// Decided either way.
    Decided,
}

impl WantedState {
    fn word(self) -> &'static str {
        match self {
            Self::SecondOpinion => ReviewState::SecondOpinion.word(),
            Self::Open | Self::Decided => ReviewState::Open.word(),
        }
    }
}

/// Up to `limit + 1` reviews; decided ones newest first. And how many there are.
pub async fn list_reviews(
    transaction: &mut Transaction,
    wanted: Wanted<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<(Vec<ReviewRow>, Count), StorageError> {
    let rows = match (wanted.state, wanted.holder) {
        (WantedState::Decided, _) => decided(transaction, wanted, after, limit).await?,
        (_, Some(Holder::Mine)) => claimed(transaction, wanted, after, limit).await?,
        _ => waiting(transaction, wanted, after, limit).await?,
    };
    let reviews = rows.iter().map(into_review).collect::<Result<_, _>>()?;
    Ok((reviews, count(transaction, wanted).await?))
}

async fn decided(
    transaction: &mut Transaction,
    wanted: Wanted<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StorageError> {
    let before = after.map_or(i64::MAX, |place| place.1);
    let cells = [before.into(), reason(wanted).into(), (limit + 1).into()];
    let sql = include_str!("list_decided_reviews.sql");
    transaction.fetch_all(sql, cells).await
}

async fn waiting(
    transaction: &mut Transaction,
    wanted: Wanted<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StorageError> {
    let Place(evidence, id) = after.unwrap_or(Place(i64::MIN, 0));
    let state = wanted.state.word().into();
    let free = wanted.holder.map(|_| wanted.now).into();
    let (reason, limit) = (reason(wanted).into(), (limit + 1).into());
    match wanted.order {
        ReviewOrder::Age => {
            let sql = include_str!("list_waiting_by_age.sql");
            let cells = [state, id.into(), reason, free, limit];
            transaction.fetch_all(sql, cells).await
        }
        ReviewOrder::Evidence => {
            let sql = include_str!("list_waiting_by_evidence.sql");
            let cells = [state, evidence.into(), id.into(), reason, free, limit];
            transaction.fetch_all(sql, cells).await
        }
    }
}

async fn claimed(
    transaction: &mut Transaction,
    wanted: Wanted<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StorageError> {
    let Place(evidence, id) = after.unwrap_or(Place(i64::MIN, 0));
    let (actor, now) = (wanted.actor.into(), wanted.now.into());
    let (reason, limit) = (reason(wanted).into(), (limit + 1).into());
    match wanted.order {
        ReviewOrder::Age => {
            let sql = include_str!("list_claimed_by_age.sql");
            let cells = [actor, now, id.into(), reason, limit];
            transaction.fetch_all(sql, cells).await
        }
        ReviewOrder::Evidence => {
            let sql = include_str!("list_claimed_by_evidence.sql");
            let cells = [actor, now, evidence.into(), id.into(), reason, limit];
            transaction.fetch_all(sql, cells).await
        }
    }
}

fn reason(wanted: Wanted<'_>) -> Option<i64> {
    wanted.reason.map(MembershipReason::number)
}

async fn count(transaction: &mut Transaction, wanted: Wanted<'_>) -> Result<Count, StorageError> {
    let figures = figures(transaction, wanted).await?;
    let is_wanted = |figure: &&Figure| wanted.reason.is_none_or(|it| figure.reason == Some(it));
    let of = |figure: &Figure| match (wanted.state, wanted.holder) {
        (WantedState::Open | WantedState::SecondOpinion, Some(Holder::Free)) => figure.free,
        _ => figure.all,
    };
    Ok(Count::up_to(figures.iter().filter(is_wanted).map(of).sum()))
}

/// How many reviews there are for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The reason.
    pub reason: Option<MembershipReason>,
    /// How many.
    pub all: i64,
    /// How many of them nobody holds.
    pub free: i64,
}

/// How many reviews there are for each reason. Counting stops at ten thousand in all.
pub async fn figures(
    transaction: &mut Transaction,
    wanted: Wanted<'_>,
) -> Result<Vec<Figure>, StorageError> {
    let rows = match (wanted.state, wanted.holder) {
        (WantedState::Decided, _) => {
            let sql = include_str!("count_decided.sql");
            transaction.fetch_all(sql, []).await?
        }
        (_, Some(Holder::Mine)) => {
            let cells = [wanted.actor.into(), wanted.now.into()];
            let sql = include_str!("count_claimed.sql");
            transaction.fetch_all(sql, cells).await?
        }
        (state, _) => {
            let cells = [state.word().into(), wanted.now.into()];
            let sql = include_str!("count_waiting.sql");
            transaction.fetch_all(sql, cells).await?
        }
    };
    let is_waiting = wanted.state != WantedState::Decided && wanted.holder != Some(Holder::Mine);
    rows.iter()
        .map(|row| {
            Ok(Figure {
                reason: MembershipReason::from_number(row.integer(0)?),
                all: row.integer(1)?,
                free: if is_waiting { row.integer(2)? } else { 0 },
            })
        })
        .collect()
}
