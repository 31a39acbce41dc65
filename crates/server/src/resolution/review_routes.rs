//! Reviews over HTTP: the queue, claims, decisions and second opinions.

use axum::extract::State;
use domain::resolution::MembershipReason;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::clock;
use crate::http::{Id, Json, Page, PageQuery, Path, Problem, Query, Text};
use crate::protection::Disclosed;
use crate::resolution::claim;
use crate::resolution::decide::{Decider, decide};
use crate::resolution::queue::{review_counts, review_detail, review_page};
use crate::resolution::review_list::{Wanted, WantedState};
use crate::resolution::second_opinion::second;
use crate::resolution::wire_review::{
    Decision, Holder, Progress, Review, ReviewCounts, ReviewOrder, SecondOpinion, Verdict,
};
use crate::store::Store;

/// The routes of reviews.
pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_reviews))
        .routes(routes!(count_reviews))
        .routes(routes!(get_review))
        .routes(routes!(claim_review, release_review))
        .routes(routes!(decide_review))
        .routes(routes!(second_review))
}

/// Which reviews.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReviewFilter {
    /// Open ones unless said.
    #[param(inline)]
    state: Option<Progress>,
    /// Held by whoever asks, in whatever state they wait; or held by nobody.
    #[param(inline)]
    claim: Option<Holder>,
    /// Opened for this reason only, by its code.
    reason: Option<String>,
    /// In which order those that wait come; decided ones come newest first.
    #[serde(default)]
    #[param(inline)]
    order: ReviewOrder,
}

impl ReviewFilter {
    fn wanted<'a>(&self, actor: &'a str) -> Result<Wanted<'a>, Problem> {
        let reason = self.reason.as_deref().map(reason_called).transpose()?;
        Ok(Wanted {
            state: match self.state.unwrap_or(Progress::Open) {
                Progress::Open => WantedState::Open,
                Progress::SecondOpinion => WantedState::SecondOpinion,
                Progress::Decided => WantedState::Decided,
            },
            holder: self.claim,
            reason,
            order: self.order,
            actor,
            now: clock::now(),
        })
    }
}

/// The reason with a code.
fn reason_called(code: &str) -> Result<MembershipReason, Problem> {
    // The numbers of reasons are few, and never reused.
    let mut reasons = (0..100).filter_map(MembershipReason::from_number);
    reasons.find(|reason| reason.code() == code).ok_or_else(|| {
        let title = Text::new(
            format!("没有提出原因 {code}"),
            format!("no reason of reviews is called {code}"),
        );
        Problem::invalid(title).field("reason")
    })
}

/// Cases that need a person
#[utoipa::path(get, path = "/reviews", tag = "resolution", params(PageQuery, ReviewFilter),
    responses((status = 200, description = "A page of cases", body = Page<Review>)))]
async fn list_reviews(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(filter): Query<ReviewFilter>,
) -> Result<Disclosed<Page<Review>>, Problem> {
    let wanted = filter.wanted(&actor.name)?;
    let page = review_page(&store, wanted, page.after()?, page.limit()?).await?;
    Ok(Disclosed::of(page))
}

/// How many cases there are
#[utoipa::path(get, path = "/reviews/counts", tag = "resolution",
    responses((status = 200, description = "By state, by holder and by reason", body = ReviewCounts)))]
async fn count_reviews(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
) -> Result<Disclosed<ReviewCounts>, Problem> {
    Ok(Disclosed::of(review_counts(&store, &actor.name).await?))
}

/// One case with its fields
#[utoipa::path(get, path = "/reviews/{id}", tag = "resolution",
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The two side by side", body = Review)))]
async fn get_review(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Review>, Problem> {
    Ok(Disclosed::of(
        review_detail(&store, &actor.name, id.0).await?,
    ))
}

/// Claim a case
///
/// Nobody else can decide it until the claim ends by itself or is given back. Claiming again renews it.
#[utoipa::path(post, path = "/reviews/{id}/claim", tag = "resolution",
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The case, claimed", body = Review)))]
async fn claim_review(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Review>, Problem> {
    claim::claim_review(&store, &actor.name, id.0).await?;
    Ok(Disclosed::of(
        review_detail(&store, &actor.name, id.0).await?,
    ))
}

/// Give a case back
#[utoipa::path(delete, path = "/reviews/{id}/claim", tag = "resolution",
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The case, held by nobody", body = Review)))]
async fn release_review(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Review>, Problem> {
    claim::release_review(&store, &actor.name, id.0).await?;
    Ok(Disclosed::of(
        review_detail(&store, &actor.name, id.0).await?,
    ))
}

/// Decide a case
///
/// Where it would be dangerous to join the two, the case waits for the second opinion of somebody else.
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "resolution", request_body = Decision,
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The case, decided or proposed", body = Review)))]
async fn decide_review(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(decision): Json<Decision>,
) -> Result<Disclosed<Review>, Problem> {
    let decider = Decider::new(&actor, &decision.reason);
    decide(&store, decider, id.0, decision.verdict == Verdict::Same).await?;
    Ok(Disclosed::of(
        review_detail(&store, &actor.name, id.0).await?,
    ))
}

/// Agree with a proposed merge, or send it back
///
/// Whoever proposed it may take it back, but not agree.
#[utoipa::path(post, path = "/reviews/{id}/second-opinion", tag = "resolution",
    request_body = SecondOpinion,
    params(("id" = String, Path, description = "The review")),
    responses((status = 200, description = "The case, decided or open again", body = Review)))]
async fn second_review(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(opinion): Json<SecondOpinion>,
) -> Result<Disclosed<Review>, Problem> {
    let decider = Decider::new(&actor, &opinion.reason);
    second(&store, decider, id.0, opinion.agrees).await?;
    Ok(Disclosed::of(
        review_detail(&store, &actor.name, id.0).await?,
    ))
}
