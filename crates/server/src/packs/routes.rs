//! Rule packs over HTTP.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Page, Path, Problem, Query, Text};
use crate::packs::adopt::adopt_examples;
use crate::packs::backtest::{backtest, start_backtest};
use crate::packs::decision;
use crate::packs::draft::{NewEdition, change_draft, create_draft};
use crate::packs::showing;
use crate::packs::switching;
use crate::packs::wire::{
    PackChange, PackCheck, PackDifference, PackEdition, PackEditionDetail, PackFact, PackReason,
    PackRevision, RuleInForce,
};
use crate::packs::wire_backtest::{Backtest, NewBacktest};
use crate::packs::wire_decision::{NewRuleDecision, Replay, RuleDecision};
use crate::protection::Disclosed;
use crate::register::Numbered;
use crate::store::Store;

/// Decisions about a customer that are listed.
const DECISIONS_LISTED: i64 = 50;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(list_pack_editions, create_pack_edition))
        .routes(routes!(get_pack_edition, change_pack_edition))
        .routes(routes!(check_pack_edition))
        .routes(routes!(adopt_pack_examples))
        .routes(routes!(get_pack_differences))
        .routes(routes!(start_pack_backtest))
        .routes(routes!(get_backtest))
        .routes(routes!(propose_pack_edition))
        .routes(routes!(approve_pack_edition))
        .routes(routes!(return_pack_edition))
        .routes(routes!(discard_pack_edition))
        .routes(routes!(list_rules_in_force))
        .routes(routes!(list_pack_facts))
        .routes(routes!(list_rule_decisions, make_rule_decision))
        .routes(routes!(get_rule_decision))
        .routes(routes!(replay_rule_decision))
}

/// Editions of rule packs that nobody discarded
#[utoipa::path(get, path = "/pack-editions", tag = "packs",
    responses((status = 200, description = "By pack and from the oldest", body = Page<PackEdition>)))]
async fn list_pack_editions(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
) -> Result<Disclosed<Page<PackEdition>>, Problem> {
    Ok(Disclosed::of(Page::whole(
        showing::list(&store, &actor.name).await?,
    )))
}

/// Begin a draft: a copy of an edition, or a new pack
#[utoipa::path(post, path = "/pack-editions", tag = "packs", request_body = NewEdition,
    responses((status = 201, description = "The draft", body = PackEditionDetail)))]
async fn create_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Json(wanted): Json<NewEdition>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    let id = create_draft(&store, &actor.name, wanted).await?;
    Ok(Disclosed::created(
        showing::detail(&store, &actor.name, id).await?,
    ))
}

/// One edition with its text, its rules and what is wrong with it
#[utoipa::path(get, path = "/pack-editions/{id}", tag = "packs",
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The edition", body = PackEditionDetail)))]
async fn get_pack_edition(
    actor: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Change a draft
///
/// Values by their places in files that are there, or whole files: those to add, to replace and, with nothing in the place
/// of a text, to remove. Comments and order of everything else stay. A draft with problems can be kept and cannot be
/// proposed.
#[utoipa::path(patch, path = "/pack-editions/{id}", tag = "packs", request_body = PackChange,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The draft", body = PackEditionDetail)))]
async fn change_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(change): Json<PackChange>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    let PackChange {
        revision,
        edits,
        files,
    } = change;
    change_draft(&store, &actor.name, (id.0, revision), &edits, files).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Check a draft as it would be with some changes, which are not kept
#[utoipa::path(post, path = "/pack-editions/{id}/check", tag = "packs", request_body = PackChange,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "What was found", body = PackCheck)))]
async fn check_pack_edition(
    _: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(change): Json<PackChange>,
) -> Result<Disclosed<PackCheck>, Problem> {
    Ok(Disclosed::of(showing::trial(&store, id.0, change).await?))
}

/// Let the examples of a draft expect what its rules say now
#[utoipa::path(post, path = "/pack-editions/{id}/adopt-examples", tag = "packs", request_body = PackRevision,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The draft", body = PackEditionDetail)))]
async fn adopt_pack_examples(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(seen): Json<PackRevision>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    adopt_examples(&store, &actor.name, id.0, seen.revision).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Than which edition.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Than {
    /// Another edition; the one that it began with unless said.
    #[param(value_type = Option<String>)]
    than: Option<Id>,
}

/// What an edition says otherwise than another
#[utoipa::path(get, path = "/pack-editions/{id}/differences", tag = "packs",
    params(("id" = String, Path, description = "The edition"), Than),
    responses((status = 200, description = "By kind and id", body = Page<PackDifference>)))]
async fn get_pack_differences(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Query(Than { than }): Query<Than>,
) -> Result<Disclosed<Page<PackDifference>>, Problem> {
    let found = showing::differences_of(&store, id.0, than.map(|id| id.0)).await?;
    Ok(Disclosed::of(Page::whole(found)))
}

/// Try a draft on the whole book
///
/// Nothing changes: the answer says how many customers each rule would judge otherwise, and shows some with reasons. An
/// account has one that runs, and two run at a time.
#[utoipa::path(post, path = "/pack-editions/{id}/backtests", tag = "packs", request_body = NewBacktest,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 202, description = "The back-test, begun", body = Backtest)))]
async fn start_pack_backtest(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(wanted): Json<NewBacktest>,
) -> Result<Disclosed<Backtest>, Problem> {
    let begun = start_backtest(&store, &actor.name, id.0, wanted.branch).await?;
    Ok(Disclosed::accepted(backtest(&store, begun).await?))
}

/// One back-test with what it found
#[utoipa::path(get, path = "/pack-backtests/{id}", tag = "packs",
    params(("id" = String, Path, description = "The back-test")),
    responses((status = 200, description = "The back-test", body = Backtest)))]
async fn get_backtest(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Backtest>, Problem> {
    Ok(Disclosed::of(backtest(&store, id.0).await?))
}

/// Ask for a draft to be switched on
#[utoipa::path(post, path = "/pack-editions/{id}/propose", tag = "packs", request_body = PackReason,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The edition, proposed", body = PackEditionDetail)))]
async fn propose_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<PackReason>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    switching::propose(&store, &actor.name, (id.0, said.revision), &said.reason).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Switch a proposed edition on, as a second person
#[utoipa::path(post, path = "/pack-editions/{id}/approve", tag = "packs", request_body = PackReason,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The edition, approved", body = PackEditionDetail)))]
async fn approve_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<PackReason>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    switching::approve(&store, &actor.name, (id.0, said.revision), &said.reason).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Send a proposed edition back to whoever works at it
#[utoipa::path(post, path = "/pack-editions/{id}/return", tag = "packs", request_body = PackReason,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The edition, a draft again", body = PackEditionDetail)))]
async fn return_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<PackReason>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    switching::send_back(&store, &actor.name, (id.0, said.revision), &said.reason).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// Put away an edition that was not switched on
#[utoipa::path(post, path = "/pack-editions/{id}/discard", tag = "packs", request_body = PackReason,
    params(("id" = String, Path, description = "The edition")),
    responses((status = 200, description = "The edition, discarded", body = PackEditionDetail)))]
async fn discard_pack_edition(
    actor: Allowed<need::KeepRules>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(said): Json<PackReason>,
) -> Result<Disclosed<PackEditionDetail>, Problem> {
    switching::discard(&store, &actor.name, (id.0, said.revision), &said.reason).await?;
    Ok(Disclosed::of(
        showing::detail(&store, &actor.name, id.0).await?,
    ))
}

/// On which day, for which unit.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OnDay {
    /// A day as `2026-01-31`; today unless said.
    day: Option<String>,
    /// The unit whose own packs count too.
    branch: Option<String>,
}

impl OnDay {
    fn day(&self) -> Result<Option<i32>, Problem> {
        let Some(text) = &self.day else {
            return Ok(None);
        };
        let told = || {
            let text = Text::new("日期写作 2026-01-31", "a day is written as 2026-01-31");
            Problem::invalid(text).field("day")
        };
        rulebook::day(text).map(Some).ok_or_else(told)
    }
}

/// The rules that count on a day, each with its origin
#[utoipa::path(get, path = "/rules", tag = "packs", params(OnDay),
    responses((status = 200, description = "By id", body = Page<RuleInForce>)))]
async fn list_rules_in_force(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Query(on): Query<OnDay>,
) -> Result<Disclosed<Page<RuleInForce>>, Problem> {
    let rules = showing::rules_in_force(&store, on.day()?, on.branch.as_deref()).await?;
    Ok(Disclosed::of(Page::whole(rules)))
}

/// The facts that rules may look at
#[utoipa::path(get, path = "/rule-facts", tag = "packs",
    responses((status = 200, description = "In their order", body = Page<PackFact>)))]
async fn list_pack_facts(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
) -> Result<Disclosed<Page<PackFact>>, Problem> {
    Ok(Disclosed::of(Page::whole(showing::facts(&store).await?)))
}

/// What rules decided of a customer and of those merged into it, newest first
#[utoipa::path(get, path = "/customers/{number}/rule-decisions", tag = "packs",
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 200, description = "The last fifty", body = Page<RuleDecision>)))]
async fn list_rule_decisions(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Numbered(number): Numbered,
) -> Result<Disclosed<Page<RuleDecision>>, Problem> {
    let decisions = decision::decisions_of(&store, number, DECISIONS_LISTED).await?;
    Ok(Disclosed::of(Page::whole(decisions)))
}

/// Judge a customer by the rules in force and keep what they say
#[utoipa::path(post, path = "/customers/{number}/rule-decisions", tag = "packs", request_body = NewRuleDecision,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 201, description = "The decision", body = RuleDecision)))]
async fn make_rule_decision(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(wanted): Json<NewRuleDecision>,
) -> Result<Disclosed<RuleDecision>, Problem> {
    let branch = wanted.branch.as_deref();
    Ok(Disclosed::created(
        decision::decide(&store, &actor.name, number, branch).await?,
    ))
}

/// One decision by rules
///
/// Gone (410) when what it kept was erased with the customer's key.
#[utoipa::path(get, path = "/rule-decisions/{id}", tag = "packs",
    params(("id" = String, Path, description = "The decision")),
    responses((status = 200, description = "The decision", body = RuleDecision)))]
async fn get_rule_decision(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<RuleDecision>, Problem> {
    Ok(Disclosed::of(decision::decision(&store, id.0).await?))
}

/// Make a decision again from what was kept of it
#[utoipa::path(post, path = "/rule-decisions/{id}/replay", tag = "packs",
    params(("id" = String, Path, description = "The decision")),
    responses((status = 200, description = "Whether it is the same", body = Replay)))]
async fn replay_rule_decision(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
    Path(id): Path<Id>,
) -> Result<Disclosed<Replay>, Problem> {
    Ok(Disclosed::of(decision::replay(&store, id.0).await?))
}
