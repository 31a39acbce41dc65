//! The book as facts (取数): customers page by page, each as a row that rules can judge.

use std::collections::BTreeSet;

use domain::packs::{Known, facts_of};
use domain::register::GoldenView;
use rulebook::{FactDictionary, Rule, Stack, Type};
use storage::StorageError;

use crate::packs::library::today;
use crate::packs::refusal::PackError;
use crate::register::{CustomerId, GoldenRow, created_of, load_golden, page_of_golden};
use crate::store::Store;

/// A customer and what is known of it.
pub(super) struct Judged {
    pub customer: CustomerId,
    pub known: rulebook::Known,
}

/// The customers behind one, in the order of their numbers, as rules see them on a day; with the last of them.
pub(super) async fn page(
    store: &Store,
    facts: &FactDictionary,
    day: i32,
    after: CustomerId,
    limit: i64,
) -> Result<Vec<Judged>, PackError> {
    let mut transaction = store.database.read().await?;
    let views = page_of_golden(&mut transaction, store, after, limit).await?;
    let customers: Vec<CustomerId> = views.keys().copied().collect();
    let created = created_of(&mut transaction, &customers).await?;
    drop(transaction);
    let judged = views.into_values().map(|view| {
        let since = created.get(&view.customer).copied().map(today);
        judged(store, facts, day, since, view)
    });
    Ok(judged.collect())
}

/// One customer as rules see it on a day.
pub(super) async fn one(
    store: &Store,
    facts: &FactDictionary,
    day: i32,
    customer: CustomerId,
) -> Result<Option<Judged>, PackError> {
    let mut transaction = store.database.read().await?;
    let mut views = load_golden(&mut transaction, store, &[customer]).await?;
    let created = created_of(&mut transaction, &[customer]).await?;
    let since = created.get(&customer).copied().map(today);
    let view = views.remove(&customer);
    Ok(view.map(|view| judged(store, facts, day, since, view)))
}

/// The rules whose outcome is itself a value of somebody's sensitive attributes, as a derived day or the end of a clock:
/// whoever may see outcomes need not be allowed to see those.
pub(super) fn withheld(store: &Store, stack: &Stack) -> BTreeSet<String> {
    let mut sensitive = domain::packs::sensitive_facts(&store.catalogue, &stack.foundation.facts);
    let looks = |rule: &Rule, sensitive: &BTreeSet<usize>| {
        rule.facts().iter().any(|place| sensitive.contains(place))
    };
    loop {
        let derived = stack.rules().filter_map(|rule| match rule {
            Rule::Derived(derived) if looks(rule, &sensitive) => Some(derived.place),
            _ => None,
        });
        let found: BTreeSet<usize> = derived.collect();
        if found.is_subset(&sensitive) {
            break;
        }
        sensitive.extend(found);
    }
    let tells = stack.rules().filter(|rule| match rule {
        Rule::Derived(derived) => {
            derived.value.kind() != Type::Boolean && sensitive.contains(&derived.place)
        }
        Rule::Clock(clock) => sensitive.contains(&clock.starts),
        _ => false,
    });
    tells.map(|rule| rule.head().id.clone()).collect()
}

/// How many customers there are to judge.
pub(super) async fn count(store: &Store) -> Result<i64, StorageError> {
    let mut transaction = store.database.read().await?;
    let row = transaction
        .fetch_one(include_str!("count_views.sql"), [])
        .await?;
    row.integer(0)
}

fn judged(
    store: &Store,
    facts: &FactDictionary,
    day: i32,
    since: Option<i32>,
    row: GoldenRow,
) -> Judged {
    let view = GoldenView {
        kind: row.kind,
        name: row.name,
        values: row.values,
    };
    let known = Known {
        view: &view,
        records: row.records,
        since,
        today: day,
    };
    Judged {
        customer: row.customer,
        known: facts_of(&known, &store.catalogue, facts),
    }
}
