//! The review queue (核对队列), and one review side by side.

use domain::resolution::{MembershipReason, compare};
use storage::Transaction;

use crate::http::{Id, Instant, Page};
use crate::protection::Disclosure;
use crate::register::{RegisterError, latest_of_series, memberships_of, rows_of};
use crate::resolution::decide::sides;
use crate::resolution::review::{ReviewRow, ReviewState, find_review, list_reviews};
use crate::resolution::wire::{Progress, Review, ReviewField, Verdict};
use crate::store::Store;

/// A page of reviews.
pub async fn review_page(
    store: &Store,
    state: Progress,
    after: Option<i64>,
    limit: i64,
) -> Result<Page<Review>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let open = state == Progress::Open;
    let (reviews, count) = list_reviews(&mut transaction, open, after, limit).await?;
    let page = Page::of(reviews, limit, count, |last| last.id);
    let items = show_all(&mut transaction, store, &page.items).await?;
    Ok(Page {
        items,
        next: page.next,
        count: page.count,
    })
}

/// One review with its fields side by side.
pub async fn review_detail(store: &Store, id: i64) -> Result<Review, RegisterError> {
    let mut transaction = store.database.read().await?;
    let row = find_review(&mut transaction, id).await?;
    // Says what is wrong where a side was withdrawn.
    sides(&mut transaction, &row).await?;
    let fields = fields(&mut transaction, store, &row).await?;
    let mut shown = show_all(&mut transaction, store, &[row]).await?;
    let mut review = shown.pop().ok_or(RegisterError::UnknownReview(id))?;
    review.fields = Some(fields);
    Ok(review)
}

/// Reviews whose sides both belong to somebody.
async fn show_all(
    transaction: &mut Transaction,
    store: &Store,
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
        Some(Review {
            id: Id(review.id),
            opened_at: Instant(review.opened_at),
            reason: review.reason.unwrap_or(MembershipReason::First).into(),
            left: row(review.left)?,
            right: row(review.right)?,
            state: match review.state {
                ReviewState::Open => Progress::Open,
                ReviewState::Same | ReviewState::Different => Progress::Decided,
            },
            verdict: match review.state {
                ReviewState::Open => None,
                ReviewState::Same => Some(Verdict::Same),
                ReviewState::Different => Some(Verdict::Different),
            },
            fields: None,
        })
    };
    Ok(reviews.iter().filter_map(show).collect())
}

async fn fields(
    transaction: &mut Transaction,
    store: &Store,
    review: &ReviewRow,
) -> Result<Vec<ReviewField>, RegisterError> {
    let series = [review.left, review.right];
    let latest = latest_of_series(transaction, &store.keys, &series).await?;
    let (Some(left), Some(right)) = (latest.get(&review.left), latest.get(&review.right)) else {
        return Ok(Vec::new());
    };
    let (Some(left_said), Some(right_said)) = (&left.content, &right.content) else {
        return Ok(Vec::new());
    };
    let person = left.head.kind.is_person() && right.head.kind.is_person();
    let disclosure = Disclosure::new(store.catalogue.clone());
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
    Ok(compared.into_iter().filter_map(show).collect())
}
