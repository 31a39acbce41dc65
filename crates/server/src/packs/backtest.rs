//! Back-tests (回测): a draft on the whole book beside what is in force, before anybody switches it on. Nothing changes.

use std::time::Duration;

use domain::register::CustomerNumber;
use rulebook::Rule;
use serde_json::json;

use crate::http::{Id, Text};
use crate::packs::backtest_row as rows;
use crate::packs::edition::{EditionRow, find_edition};
use crate::packs::judging::{self, Judged};
use crate::packs::library::{library, today};
use crate::packs::movement::{MovedRule, Movement};
use crate::packs::refusal::PackError;
use crate::packs::switching::note;
use crate::packs::wire::{RuleVerdict, text_of};
use crate::packs::wire_backtest::{BacktestResult, Move, Moved, MovedCustomer};
use crate::register::beside;
use crate::store::Store;

/// Customers that are read and judged at once.
const AT_ONCE: i64 = 2_000;
/// Rules whose moved customers are told with reasons; the others are counted.
const MOST_EXPLAINED: usize = 20;
/// How often somebody looks for back-tests that nobody works at any more.
const WATCH: Duration = Duration::from_secs(30);

/// Starts a back-test of an edition and gives its id.
pub async fn start_backtest(store: &Store, actor: &str, edition: i64) -> Result<i64, PackError> {
    library(store).await?;
    let (mut transaction, now) = store.write().await?;
    let edition = find_edition(&mut transaction, edition).await?;
    let day = today(now).max(edition.effective_from);
    let id = rows::insert(&mut transaction, store, now, (&edition, day, actor)).await?;
    let detail = json!({ "backtest": id, "revision": edition.revision });
    let action = ("pack_edition.backtested", edition.id);
    note(&mut transaction, now, actor, action, detail).await?;
    transaction.commit().await?;
    let store = store.clone();
    tokio::spawn(async move {
        let worked = run_backtest(&store, &edition, day, Some(id)).await;
        if let Err(error) = &worked {
            tracing::warn!(backtest = id, %error, "a back-test stopped");
        }
        let found = worked.as_ref().map_err(PackError::text);
        if let Err(error) = rows::end(&store, id, found).await {
            tracing::error!(backtest = id, %error, "what the back-test found could not be kept");
        }
    });
    Ok(id)
}

/// Judges every customer by what is in force on a day and by what would be with an edition. How far it is, is written
/// down for the back-test of an id.
pub async fn run_backtest(
    store: &Store,
    edition: &EditionRow,
    day: i32,
    noted: Option<i64>,
) -> Result<BacktestResult, PackError> {
    let library = library(store).await?;
    let branch = edition.branch.as_deref();
    let before = library.stack(library.in_force(day, branch).into_iter())?;
    let after = library.stack(library.with(edition, day, branch).into_iter())?;
    let facts = library.facts().facts.clone();
    let total = judging::count(store).await?;
    let mut withheld = judging::withheld(store, &before);
    withheld.extend(judging::withheld(store, &after));
    let mut movement = Movement::new(before, after, withheld);
    let (mut done, mut last) = (0, 0);
    loop {
        let page = judging::page(store, &facts, day, last, AT_ONCE).await?;
        let Some(end) = page.last() else { break };
        last = end.customer;
        done += i64::try_from(page.len()).unwrap_or_default();
        movement = beside(move || {
            movement.judge(&page);
            movement
        })
        .join()
        .await?;
        if let Some(id) = noted {
            rows::note_progress(store, id, (done, total.max(done))).await?;
        }
    }
    let mut moved = Vec::new();
    for (place, rule) in movement.moved().into_iter().enumerate() {
        let sampled = if place < MOST_EXPLAINED {
            explained(store, &facts, day, &movement, &rule).await?
        } else {
            Vec::new()
        };
        moved.push(told(&movement, rule, sampled));
    }
    Ok(BacktestResult {
        customers: done,
        rules: moved,
    })
}

async fn explained(
    store: &Store,
    facts: &rulebook::FactDictionary,
    day: i32,
    movement: &Movement,
    rule: &MovedRule,
) -> Result<Vec<MovedCustomer>, PackError> {
    let mut sampled = Vec::new();
    for customer in &rule.sampled {
        let judged = judging::one(store, facts, day, *customer).await?;
        let Some(Judged { known, .. }) = judged else {
            continue;
        };
        let said = movement.explained(&rule.rule, &known);
        sampled.push(MovedCustomer {
            customer: CustomerNumber::from_sequence(*customer).to_string(),
            before: said.before.map(RuleVerdict::from),
            after: said.after.map(RuleVerdict::from),
        });
    }
    Ok(sampled)
}

fn told(movement: &Movement, moved: MovedRule, sampled: Vec<MovedCustomer>) -> Moved {
    let rule = movement.rule(&moved.rule);
    let counts = moved.counts.into_iter();
    Moved {
        kind: rule.map_or("", Rule::kind).to_owned(),
        label: rule.map_or_else(|| Text::new("", ""), |rule| text_of(&rule.head().label)),
        rule: moved.rule,
        judged: moved.judged.cast_signed(),
        moved: moved.moved.cast_signed(),
        matrix: counts
            .map(|(from, to, customers)| Move {
                from,
                to,
                customers: customers.cast_signed(),
            })
            .collect(),
        sampled,
    }
}

/// The last back-test of an edition, by its id.
pub(super) async fn last_backtest(store: &Store, edition: i64) -> Result<Option<Id>, PackError> {
    let mut transaction = store.database.read().await?;
    let last = rows::last_of(&mut transaction, edition).await?;
    Ok(last.map(|last| Id(last.id)))
}

/// Fails back-tests whose process is silent, for as long as the server runs.
pub async fn look_after_backtests(store: Store) {
    let mut ticks = tokio::time::interval(WATCH);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = rows::fail_silent(&store).await {
            tracing::warn!(%error, "back-tests will be looked after later");
        }
    }
}
