//! What is shown of the library: editions with their rules and problems, rules in force with their origin, facts.

use std::collections::BTreeMap;

use rulebook::{Change, Source, Stack, differences};
use serde_json::Value as Json;

use crate::clock;
use crate::http::Id;
use crate::packs::backtest::last_backtest;
use crate::packs::draft::{Checked, check, check_draft};
use crate::packs::edition::{EditionRow, find_edition};
use crate::packs::library::{Library, library, today};
use crate::packs::refusal::PackError;
use crate::packs::text::Files;
use crate::packs::wire::{
    ChangedValue, PackChange, PackCheck, PackDifference, PackEdition, PackEditionDetail, PackFact,
    PackProblem, PackSource, PackTable, RuleInForce, text_of,
};
use crate::store::Store;

/// Every edition that nobody discarded.
pub(super) async fn list(store: &Store, asker: &str) -> Result<Vec<PackEdition>, PackError> {
    let library = library(store).await?;
    let on = in_force_today(&library);
    let editions = library.editions.iter();
    Ok(editions
        .map(|edition| PackEdition::of(edition, on.contains(&edition.id), asker))
        .collect())
}

fn in_force_today(library: &Library) -> Vec<i64> {
    let day = today(clock::now());
    let branches = library
        .editions
        .iter()
        .map(|edition| edition.branch.as_deref());
    let mut units: Vec<Option<&str>> = branches.chain([None]).collect();
    units.sort_unstable();
    units.dedup();
    let in_force = units
        .into_iter()
        .flat_map(|unit| library.in_force(day, unit));
    in_force.map(|edition| edition.id).collect()
}

/// One edition with everything about it.
pub(super) async fn detail(
    store: &Store,
    asker: &str,
    id: i64,
) -> Result<PackEditionDetail, PackError> {
    let library = library(store).await?;
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    drop(transaction);
    let checked = check(&library, &edition);
    let backtest = last_backtest(store, id).await?;
    let on = in_force_today(&library).contains(&id);
    Ok(PackEditionDetail {
        builds_on: builds_on(edition.files()),
        sources: sources(edition.files()),
        rules: tables(edition.files()),
        check: told(&checked),
        backtest,
        edition: PackEdition::of(&edition, on, asker),
        files: edition.files().clone(),
    })
}

/// What a check says of a draft as it would be with some changes.
pub(super) async fn trial(
    store: &Store,
    id: i64,
    change: PackChange,
) -> Result<PackCheck, PackError> {
    let checked = check_draft(store, id, &change.edits, change.files).await?;
    Ok(told(&checked))
}

fn told(checked: &Checked) -> PackCheck {
    PackCheck {
        problems: checked.problems.iter().map(PackProblem::from).collect(),
        rules: checked.coverage.rules,
        covered: checked.coverage.covered,
        examples: checked.coverage.examples,
    }
}

fn table_of(text: &str) -> toml::Table {
    // What is no TOML is told by the check; here it says nothing.
    text.parse().unwrap_or_default()
}

/// A day as TOML writes it, or as a text.
fn plain(value: &toml::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn builds_on(files: &Files) -> Vec<String> {
    let head = table_of(files.get("pack.toml").map_or("", String::as_str));
    let named = head.get("builds_on").and_then(toml::Value::as_array);
    let named = named.into_iter().flatten().filter_map(toml::Value::as_str);
    named.map(str::to_owned).collect()
}

fn sources(files: &Files) -> Vec<PackSource> {
    let head = table_of(files.get("pack.toml").map_or("", String::as_str));
    let sources = head.get("source").and_then(toml::Value::as_array);
    let sources = sources.into_iter().flatten().map(|source| {
        let said = |key: &str| {
            source
                .get(key)
                .and_then(toml::Value::as_str)
                .map(str::to_owned)
        };
        PackSource {
            id: said("id").unwrap_or_default(),
            title: said("title").unwrap_or_default(),
            number: said("number"),
            issuer: said("issuer"),
            used_for: said("used_for"),
            effective_from: source.get("effective_from").map(plain),
            confidence: said("confidence").unwrap_or_default(),
        }
    });
    sources.collect()
}

/// The tables of the files of rules, as JSON.
pub(super) fn tables(files: &Files) -> Vec<PackTable> {
    let head = table_of(files.get("pack.toml").map_or("", String::as_str));
    let listed = head.get("files").and_then(toml::Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(toml::Value::as_str);
    let mut found = Vec::new();
    for name in listed {
        let table = table_of(files.get(name).map_or("", String::as_str));
        for (kind, tables) in table {
            for (place, table) in tables.as_array().into_iter().flatten().enumerate() {
                let id = table.get("id").or_else(|| table.get("name"));
                found.push(PackTable {
                    kind: kind.clone(),
                    id: id
                        .and_then(toml::Value::as_str)
                        .unwrap_or_default()
                        .to_owned(),
                    file: name.to_owned(),
                    place,
                    table: json_of(table),
                });
            }
        }
    }
    found
}

/// TOML as JSON: days become texts.
fn json_of(value: &toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::from(text.as_str()),
        toml::Value::Integer(number) => Json::from(*number),
        toml::Value::Float(number) => Json::from(*number),
        toml::Value::Boolean(value) => Json::from(*value),
        toml::Value::Datetime(moment) => Json::from(moment.to_string()),
        toml::Value::Array(list) => list.iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            let entries = table.iter();
            Json::Object(
                entries
                    .map(|(key, value)| (key.clone(), json_of(value)))
                    .collect(),
            )
        }
    }
}

/// The rules that count on a day for a unit.
pub(super) async fn rules_in_force(
    store: &Store,
    day: Option<i32>,
    branch: Option<&str>,
) -> Result<Vec<RuleInForce>, PackError> {
    let library = library(store).await?;
    let day = day.unwrap_or_else(|| today(clock::now()));
    let editions = library.in_force(day, branch);
    let stack = library.stack(editions.iter().copied())?;
    let rules = stack.rulings.values().map(|ruling| {
        let rule = stack.said(ruling);
        let (head, pack) = (rule.head(), &stack.packs[ruling.pack]);
        let source = pack.sources.iter().find(|source| source.id == head.source);
        let replaced = ruling.replaces.iter();
        RuleInForce {
            rule: head.id.clone(),
            kind: rule.kind().to_owned(),
            label: text_of(&head.label),
            edition: Id(editions[ruling.pack].id),
            pack: pack.identity.id.clone(),
            version: editions[ruling.pack].version.clone(),
            replaces: replaced
                .map(|place| stack.packs[*place].identity.id.clone())
                .collect(),
            source: source_of(&head.source, source),
            article: head.article.clone(),
            facts: fact_names(&stack, &rule.facts()),
        }
    });
    Ok(rules.collect())
}

fn source_of(id: &str, source: Option<&Source>) -> PackSource {
    PackSource {
        id: id.to_owned(),
        title: source
            .map(|source| source.title.clone())
            .unwrap_or_default(),
        number: source.and_then(|source| source.number.clone()),
        issuer: source.and_then(|source| source.issuer.clone()),
        used_for: source.and_then(|source| source.used_for.clone()),
        effective_from: source
            .and_then(|source| source.effective_from)
            .map(rulebook::written_day),
        confidence: source
            .map_or("", |source| source.confidence.name())
            .to_owned(),
    }
}

fn fact_names(stack: &Stack, places: &[usize]) -> Vec<String> {
    let facts = &stack.foundation.facts;
    let names = places.iter().map(|place| facts.fact(*place).name.clone());
    names.collect()
}

/// The facts that rules may look at today.
pub(super) async fn facts(store: &Store) -> Result<Vec<PackFact>, PackError> {
    let library = library(store).await?;
    let in_force = library.in_force(today(clock::now()), None);
    let stack = library.stack(in_force.into_iter())?;
    let facts = stack.foundation.facts.facts().iter().enumerate();
    let facts = facts.map(|(place, fact)| PackFact {
        name: fact.name.clone(),
        kind: fact.kind.name().to_owned(),
        label: text_of(&fact.label),
        values: fact.values.clone(),
        derived: stack.foundation.is_derived(place),
    });
    Ok(facts.collect())
}

/// What an edition says otherwise than another: than the one that it began with, unless another is named.
pub(super) async fn differences_of(
    store: &Store,
    id: i64,
    to: Option<i64>,
) -> Result<Vec<PackDifference>, PackError> {
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    let base: Option<EditionRow> = match to.or(edition.base) {
        Some(base) => Some(find_edition(&mut transaction, store, base).await?),
        None => None,
    };
    let before = base.map_or_else(BTreeMap::new, |base| base.files().clone());
    let found = differences(&before, edition.files()).into_iter();
    let told = found.map(|difference| {
        let (change, values) = match difference.change {
            Change::Added => ("added", Vec::new()),
            Change::Removed => ("removed", Vec::new()),
            Change::Changed(values) => ("changed", values),
        };
        let values = values
            .into_iter()
            .map(|(path, before, after)| ChangedValue {
                path,
                before,
                after,
            });
        PackDifference {
            kind: difference.kind,
            id: difference.id,
            change: change.to_owned(),
            values: values.collect(),
        }
    });
    Ok(told.collect())
}
