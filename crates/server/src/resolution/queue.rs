//! The review queue (复核队列), and one review side by side.

use domain::resolution::{Danger, MembershipReason, compare};
use storage::Transaction;

use crate::clock::{self, Micros};
use crate::http::{Count, Id, Instant, Page};
use crate::protection::Disclosure;
use crate::register::{
    Reason, RegisterError, StoredRecord, latest_of_series, memberships_of, rows_of,
};
use crate::resolution::decide::sides;
use crate::resolution::evidence::evidence_of;
use crate::resolution::review::{ReviewRow, ReviewState, Said, find_review};
use crate::resolution::review_list::{Figure, Place, Wanted, WantedState, figures, list_reviews};
use crate::resolution::second_opinion::dangers_between;
use crate::resolution::wire_review::{
    Holder, Progress, ReasonCount, Review, ReviewClaim, ReviewCounts, ReviewField, ReviewOrder,
    ReviewRemark, Verdict,
};
use crate::store::Store;

/// A page of reviews.
pub async fn review_page(
    store: &Store,
    wanted: Wanted<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Page<Review>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let (reviews, count) = list_reviews(&mut transaction, wanted, after, limit).await?;
    let page = Page::of(reviews, limit, count, Place::of);
    let onlooker = Onlooker {
        actor: wanted.actor,
        now: wanted.now,
    };
    let items = show_all(&mut transaction, store, onlooker, &page.items).await?;
    Ok(Page {
        items,
        next: page.next,
        count: page.count,
    })
}

/// How many reviews there are of each kind.
pub async fn review_counts(store: &Store, actor: &str) -> Result<ReviewCounts, RegisterError> {
    let mut transaction = store.database.read().await?;
    let mut wanted = Wanted {
        state: WantedState::Open,
        holder: None,
        reason: None,
        order: ReviewOrder::Age,
        actor,
        now: clock::now(),
    };
    let open = figures(&mut transaction, wanted).await?;
    wanted.holder = Some(Holder::Mine);
    let mine = figures(&mut transaction, wanted).await?;
    wanted.holder = None;
    wanted.state = WantedState::SecondOpinion;
    let second_opinion = figures(&mut transaction, wanted).await?;
    wanted.state = WantedState::Decided;
    let decided = figures(&mut transaction, wanted).await?;
    let all = |figures: &[Figure]| Count::up_to(figures.iter().map(|figure| figure.all).sum());
    Ok(ReviewCounts {
        free: Count {
            value: open.iter().map(|figure| figure.free).sum(),
            exact: all(&open).exact,
        },
        open: all(&open),
        mine: all(&mine),
        second_opinion: all(&second_opinion),
        decided: all(&decided),
        reasons: open
            .iter()
            .map(|figure| ReasonCount {
                reason: figure.reason.unwrap_or(MembershipReason::First).into(),
                count: figure.all,
            })
            .collect(),
    })
}

/// One review with its fields side by side, as somebody sees it.
pub async fn review_detail(store: &Store, actor: &str, id: i64) -> Result<Review, RegisterError> {
    let mut transaction = store.database.read().await?;
    let row = find_review(&mut transaction, id).await?;
    // Says what is wrong where a side was withdrawn.
    let pair = sides(&mut transaction, &row).await?;
    let series = [row.left, row.right];
    let mut latest = latest_of_series(&mut transaction, &store.keys, &series).await?;
    let (left, right) = (latest.remove(&row.left), latest.remove(&row.right));
    let (fields, evidence) = match (&left, &right) {
        (Some(left), Some(right)) => {
            let pair = (row.left, row.right);
            let evidence = evidence_of(&mut transaction, store, pair, [left, right]).await?;
            (fields(store, left, right), evidence)
        }
        _ => (Vec::new(), None),
    };
    let dangers = match row.state {
        ReviewState::Open => dangers_between(&mut transaction, store, pair).await?,
        _ => row.dangers.clone(),
    };
    let onlooker = Onlooker {
        actor,
        now: clock::now(),
    };
    let mut shown = show_all(&mut transaction, store, onlooker, &[row]).await?;
    let mut review = shown.pop().ok_or(RegisterError::UnknownReview(id))?;
    review.fields = Some(fields);
    review.evidence = evidence;
    review.dangers = show_dangers(&dangers);
    Ok(review)
}

/// Why a merge needs a second person, as a client sees it.
pub fn show_dangers(dangers: &[Danger]) -> Vec<Reason> {
    let show = |danger: &Danger| Reason {
        code: danger.code(),
        text: danger.text().into(),
    };
    dangers.iter().map(show).collect()
}

/// Who looks at reviews, and when.
#[derive(Debug, Clone, Copy)]
struct Onlooker<'a> {
    actor: &'a str,
    now: Micros,
}

impl Onlooker<'_> {
    fn remark(self, said: Said) -> ReviewRemark {
        ReviewRemark {
            at: Instant(said.at),
            mine: said.by == self.actor,
            by: said.by,
            reason: said.reason,
        }
    }

    fn claim(self, review: &ReviewRow) -> Option<ReviewClaim> {
        let claim = review.claim.as_ref()?;
        (claim.until > self.now).then(|| ReviewClaim {
            by: claim.by.clone(),
            until: Instant(claim.until),
            mine: claim.by == self.actor,
        })
    }
}

/// Reviews whose sides both belong to somebody.
async fn show_all(
    transaction: &mut Transaction,
    store: &Store,
    onlooker: Onlooker<'_>,
    reviews: &[ReviewRow],
) -> Result<Vec<Review>, RegisterError> {
    let series: Vec<i64> = reviews
        .iter()
        .flat_map(|review| [review.left, review.right])
        .collect();
    let members = memberships_of(transaction, &series).await?;
    let mut customers: Vec<i64> = members.values().map(|member| member.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    let rows = rows_of(transaction, store, &customers).await?;
    let row = |series| {
        let member = members.get(&series)?;
        rows.get(&member.customer).cloned()
    };
    let show = |review: &ReviewRow| {
        let (state, verdict) = match review.state {
            ReviewState::Open => (Progress::Open, None),
            ReviewState::SecondOpinion => (Progress::SecondOpinion, None),
            ReviewState::Same => (Progress::Decided, Some(Verdict::Same)),
            ReviewState::Different => (Progress::Decided, Some(Verdict::Different)),
        };
        let is_second = review.state == ReviewState::SecondOpinion;
        let remark = |said: &Option<Said>| said.clone().map(|said| onlooker.remark(said));
        Some(Review {
            id: Id(review.id),
            opened_at: Instant(review.opened_at),
            reason: review.reason.unwrap_or(MembershipReason::First).into(),
            left: row(review.left)?,
            right: row(review.right)?,
            state,
            verdict,
            bits: review.millibits.map(bits),
            claim: onlooker.claim(review),
            proposed: remark(&review.proposed),
            returned: remark(&review.returned),
            decided: remark(&review.decided),
            dangers: show_dangers(if is_second { &review.dangers } else { &[] }),
            fields: None,
            evidence: None,
        })
    };
    Ok(reviews.iter().filter_map(show).collect())
}

/// Bits as a client reads them.
#[expect(
    clippy::cast_precision_loss,
    reason = "thousandths of some dozens of bits"
)]
fn bits(millibits: i64) -> f64 {
    millibits as f64 / 1_000.0
}

fn fields(store: &Store, left: &StoredRecord, right: &StoredRecord) -> Vec<ReviewField> {
    let (Some(left_said), Some(right_said)) = (&left.content, &right.content) else {
        return Vec::new();
    };
    let person = left.head.kind.is_person() && right.head.kind.is_person();
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let compared = compare(&store.catalogue, person, left_said, right_said);
    let show = |compared: domain::resolution::Compared| {
        let attribute = store.catalogue.attribute(compared.field)?;
        let shown = |text: String| disclosure.show(attribute.id, &text, attribute.class);
        Some(ReviewField {
            attribute: attribute.name.clone(),
            label: (&attribute.label).into(),
            left: compared.left.map(shown),
            right: compared.right.map(shown),
            agreement: compared.agreement.code(),
        })
    };
    compared.into_iter().filter_map(show).collect()
}
