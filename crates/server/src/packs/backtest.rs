//! Back-tests (回测): a draft on the whole book beside what is in force, before anybody switches it on. Nothing changes.

use std::cmp::Reverse;
use std::time::Duration;

use domain::register::CustomerNumber;
use rulebook::{FactDictionary, Rule};
use serde_json::json;

use crate::http::{Id, Text};
use crate::packs::backtest_row as rows;
use crate::packs::edition::{EditionRow, find_edition};
use crate::packs::judging::{self, Judged};
use crate::packs::library::{check_branch, library, today};
use crate::packs::movement::{MovedRule, Movement};
use crate::packs::refusal::PackError;
use crate::packs::sample;
use crate::packs::switching::note;
use crate::packs::value_movement::ValueMovement;
use crate::packs::wire::{RuleVerdict, text_of};
use crate::packs::wire_backtest::{Backtest, BacktestResult, Move, Moved, MovedCustomer};
use crate::register::{CustomerId, beside};
use crate::store::Store;

/// Customers that are read and judged at once.
const AT_ONCE: i64 = 2_000;
/// Rules whose moved customers are told with reasons; the others are counted.
const MOST_EXPLAINED: usize = 20;
/// How often somebody looks for back-tests that nobody works at any more.
const WATCH: Duration = Duration::from_secs(30);

/// Starts a back-test of an edition, for a unit if one is named, and gives its id.
pub async fn start_backtest(
    store: &Store,
    actor: &str,
    edition: i64,
    branch: Option<String>,
) -> Result<i64, PackError> {
    check_branch(branch.as_deref())?;
    library(store).await?;
    let (mut transaction, now) = store.write().await?;
    let edition = find_edition(&mut transaction, store, edition).await?;
    let branch = unit_of(&edition, branch)?;
    rows::check_room(&mut transaction, now, actor).await?;
    let day = today(now).max(edition.effective_from);
    let id = rows::insert(&mut transaction, store, now, (&edition, day, actor)).await?;
    let detail = json!({ "backtest": id, "revision": edition.revision, "branch": branch });
    let action = ("pack_edition.backtested", edition.id);
    note(&mut transaction, now, actor, action, detail).await?;
    transaction.commit().await?;
    let store = store.clone();
    tokio::spawn(async move {
        let worked = run_backtest(&store, &edition, (day, branch), Some(id)).await;
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

/// The unit whose packs judge: that of an edition of a branch, else the one that is named.
pub fn unit_of(edition: &EditionRow, branch: Option<String>) -> Result<Option<String>, PackError> {
    match (&edition.branch, branch) {
        (Some(own), Some(branch)) if *own != branch => Err(PackError::Branch(Text::new(
            format!("该规则包仅用于分支机构 {own}"),
            format!("the pack is for the branch {own} alone"),
        ))),
        (Some(own), _) => Ok(Some(own.clone())),
        (None, branch) => Ok(branch),
    }
}

/// Judges every customer by what is in force on a day for a unit and by what would be with an edition. How far it is, is
/// written down for the back-test of an id.
pub async fn run_backtest(
    store: &Store,
    edition: &EditionRow,
    (day, branch): (i32, Option<String>),
    noted: Option<i64>,
) -> Result<BacktestResult, PackError> {
    let library = library(store).await?;
    let unit = branch.as_deref();
    let before = library.stack(library.in_force(day, unit).into_iter())?;
    let after = library.stack(library.with(edition, day, unit).into_iter());
    let after = after.map_err(|error| error.by_edition(None))?;
    let facts = library.facts().facts.clone();
    let mut withheld = judging::withheld(store, &before);
    withheld.extend(judging::withheld(store, &after));
    let total = judging::count(store).await?;
    // There is one view of a customer: packs of a branch do not speak of values.
    let mut values = match unit {
        None => ValueMovement::of(&store.catalogue, &before, &after),
        Some(_) => None,
    };
    let mut movement = Movement::new(before, after, withheld);
    let mut progress = Progress {
        store,
        noted,
        done: 0,
        total,
    };
    let mut last = 0;
    loop {
        let page = judging::page(store, &facts, day, last, AT_ONCE).await?;
        let Some(end) = page.last() else { break };
        last = end.customer;
        progress.done += i64::try_from(page.len()).unwrap_or_default();
        if let Some(folded) = values.take() {
            let customers: Vec<CustomerId> = page.iter().map(|judged| judged.customer).collect();
            values = Some(folded.judge(store, &customers).await?);
        }
        movement = beside(move || {
            movement.judge(&page);
            movement
        })
        .join()
        .await?;
        progress.note().await?;
    }
    let mut rules = moved(&progress, &facts, day, &movement).await?;
    rules.extend(values.into_iter().flat_map(ValueMovement::told));
    rules.sort_by_key(|rule| Reverse(rule.moved));
    Ok(BacktestResult {
        customers: progress.done,
        rules,
        branch,
    })
}

/// How far a back-test is; of a trial that nobody keeps nothing is noted.
struct Progress<'a> {
    store: &'a Store,
    noted: Option<i64>,
    done: i64,
    total: i64,
}

impl Progress<'_> {
    async fn note(&self) -> Result<(), PackError> {
        if let Some(id) = self.noted {
            let steps = (self.done, self.total.max(self.done));
            rows::note_progress(self.store, id, steps).await?;
        }
        Ok(())
    }
}

/// The rules that move somebody, those that move most with some of whom they move. That takes long with rules that look
/// at much, so each rule is noted.
async fn moved(
    progress: &Progress<'_>,
    facts: &FactDictionary,
    day: i32,
    movement: &Movement,
) -> Result<Vec<Moved>, PackError> {
    let mut moved = Vec::new();
    for (place, rule) in movement.moved().into_iter().enumerate() {
        let sampled = if place < MOST_EXPLAINED {
            progress.note().await?;
            explained(progress.store, facts, day, movement, &rule).await?
        } else {
            Vec::new()
        };
        moved.push(told(movement, rule, sampled));
    }
    Ok(moved)
}

async fn explained(
    store: &Store,
    facts: &FactDictionary,
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
    Ok(last.map(Id))
}

/// A back-test with what it found.
pub(super) async fn backtest(store: &Store, id: i64) -> Result<Backtest, PackError> {
    let mut transaction = store.database.read().await?;
    let mut row = rows::find(&mut transaction, id).await?;
    drop(transaction);
    let result = match row.result.take() {
        Some(kept) => Some(sample::open(store, id, kept).await?),
        None => None,
    };
    Ok(Backtest::of(row, result))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rulebook::{Foundation, Stack};

    use super::*;
    use crate::packs::wire_backtest::BacktestState;
    use crate::store::temporary_store;

    async fn begun(store: &Store) -> (i64, EditionRow) {
        let library = library(store).await.unwrap();
        let edition = library.editions[0].clone();
        let (mut transaction, now) = store.write().await.unwrap();
        let begins = (&edition, today(now), "somebody");
        let id = rows::insert(&mut transaction, store, now, begins).await;
        transaction.commit().await.unwrap();
        (id.unwrap(), edition)
    }

    async fn silenced(store: &Store) {
        let (mut transaction, _) = store.write().await.unwrap();
        let sql = "update pack_backtest set held_until = 0";
        transaction.execute(sql, []).await.unwrap();
        transaction.commit().await.unwrap();
    }

    #[tokio::test]
    async fn what_was_found_is_kept_also_after_a_long_silence() {
        let (_folder, store) = temporary_store().await;
        let (id, edition) = begun(&store).await;
        silenced(&store).await;
        rows::fail_silent(&store).await.unwrap();
        let given_up = backtest(&store, id).await.unwrap();
        assert_eq!(given_up.state, BacktestState::Failed);
        let at = (edition.effective_from, Some("east".to_owned()));
        let found = run_backtest(&store, &edition, at, Some(id)).await.unwrap();
        rows::end(&store, id, Ok(&found)).await.unwrap();
        let ended = backtest(&store, id).await.unwrap();
        assert_eq!(ended.state, BacktestState::Ready);
        assert_eq!(ended.result.unwrap().branch.as_deref(), Some("east"));
    }

    #[tokio::test]
    async fn a_back_test_that_explains_is_not_silent() {
        let (_folder, store) = temporary_store().await;
        let (id, edition) = begun(&store).await;
        silenced(&store).await;
        let progress = Progress {
            store: &store,
            noted: Some(id),
            done: 1,
            total: 1,
        };
        let mut movement = moving();
        movement.judge(&[Judged {
            customer: 1,
            known: Vec::new(),
        }]);
        let facts = FactDictionary::default();
        let day = edition.effective_from;
        let told = moved(&progress, &facts, day, &movement).await.unwrap();
        assert_eq!(told[0].moved, 1);
        rows::fail_silent(&store).await.unwrap();
        let running = backtest(&store, id).await.unwrap();
        assert_eq!(running.state, BacktestState::Running);
    }

    /// Between no rules and one.
    fn moving() -> Movement {
        let head = "id = \"a\"\nversion = \"1\"\nlayer = \"base\"\neffective_from = 2020-01-01\nlabel = { zh = \"试\", en = \"try\" }\nfiles = [\"r.toml\"]\n[[source]]\nid = \"own\"\ntitle = \"制度\"\nconfidence = \"read\"\n";
        let rule = "[[fact]]\nname = \"a.b\"\ntype = \"boolean\"\nlabel = { zh = \"乙\", en = \"b\" }\n[[condition]]\nid = \"c\"\nlabel = { zh = \"丙\", en = \"c\" }\nsource = \"own\"\nwhen = \"a.b\"\nexample = [{ given = { \"a.b\" = true }, expect = true }]\n";
        let files = [("pack.toml", head), ("r.toml", rule)];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let pack = rulebook::compile(&files.into(), &Foundation::default()).unwrap();
        let mut after = Stack::new(Foundation::default());
        after.lay(std::sync::Arc::new(pack)).unwrap();
        Movement::new(Stack::new(Foundation::default()), after, BTreeSet::new())
    }
}
