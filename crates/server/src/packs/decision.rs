//! Decisions (规则结论): what the rules in force say of a customer, kept with its facts and editions so that it can be made
//! again to the byte.

use domain::register::CustomerNumber;
use rulebook::{FactDictionary, Stack, Type, Value};
use serde_json::{Map, Value as Json, json};

use crate::audit::{self, NewEntry};
use crate::packs::decision_row::{self as rows, Kept, NewDecision, editions_of};
use crate::packs::edition::EditionRow;
use crate::packs::judging::{self, withheld};
use crate::packs::library::{check_branch, library, library_within, today};
use crate::packs::refusal::PackError;
use crate::packs::wire::{RuleVerdict, text_of};
use crate::packs::wire_decision::{Replay, RuleDecision, RuleJudgement};
use crate::register::{RegisterError, redirect_of};
use crate::store::Store;

/// Judges a customer by the rules in force today, for a unit those of the unit too, and keeps what they say.
pub async fn decide(
    store: &Store,
    actor: &str,
    number: CustomerNumber,
    branch: Option<&str>,
) -> Result<RuleDecision, PackError> {
    check_branch(branch)?;
    library(store).await?;
    let (mut transaction, now) = store.write().await?;
    let (customer, _) = redirect_of(&mut transaction, number).await?;
    let library = library_within(&mut transaction, store).await?;
    let day = today(now);
    let editions: Vec<EditionRow> = library.in_force(day, branch).into_iter().cloned().collect();
    let stack = library.stack(editions.iter())?;
    let facts = &stack.foundation.facts;
    let judged = judging::one(store, facts, day, customer).await?;
    let known = judged
        .ok_or_else(|| RegisterError::UnknownCustomer(number.to_string()))?
        .known;
    let judgements = judgements(store, &stack, &known);
    let result = serde_json::to_vec(&judgements).map_err(|_| PackError::Damaged(0))?;
    let facts = serde_json::to_vec(&written(&known, facts)).map_err(|_| PackError::Damaged(0))?;
    let ids: Vec<i64> = editions.iter().map(|edition| edition.id).collect();
    let decision = NewDecision {
        customer,
        day,
        branch,
        editions: &ids,
        facts: &facts,
        result: &result,
        by: actor,
    };
    let id = rows::insert(&mut transaction, store, now, decision).await?;
    let entry = NewEntry {
        actor,
        action: "customer.judged",
        subject: format!("customer/{number}"),
        detail: json!({ "decision": id, "editions": ids, "branch": branch }),
        root: None,
    };
    audit::append(&mut transaction, now, entry).await?;
    let kept = rows::find(&mut transaction, store, id).await?;
    transaction.commit().await?;
    kept.told(&editions)
}

/// The last decisions about a customer and about those merged into it, newest first.
pub async fn decisions_of(
    store: &Store,
    number: CustomerNumber,
    limit: i64,
) -> Result<Vec<RuleDecision>, PackError> {
    let mut transaction = store.database.read().await?;
    let (customer, _) = redirect_of(&mut transaction, number).await?;
    let mut decisions = Vec::new();
    for kept in rows::of_customer(&mut transaction, store, customer, limit).await? {
        let editions = editions_of(&mut transaction, store, &kept.editions).await?;
        decisions.push(kept.told(&editions)?);
    }
    Ok(decisions)
}

/// One decision, unless it was erased.
pub async fn decision(store: &Store, id: i64) -> Result<RuleDecision, PackError> {
    let (kept, editions) = found(store, id).await?;
    kept.opened()?;
    kept.told(&editions)
}

async fn found(store: &Store, id: i64) -> Result<(Kept, Vec<EditionRow>), PackError> {
    let mut transaction = store.database.read().await?;
    let kept = rows::find(&mut transaction, store, id).await?;
    let editions = editions_of(&mut transaction, store, &kept.editions).await?;
    Ok((kept, editions))
}

/// Makes a decision again from the facts and editions that were kept, and under what is in force today.
pub async fn replay(store: &Store, id: i64) -> Result<Replay, PackError> {
    let library = library(store).await?;
    let (kept, editions) = found(store, id).await?;
    let opened = kept.opened()?;
    let again = |stack: &Stack| -> Result<(Vec<RuleJudgement>, Vec<u8>), PackError> {
        let known = read(&opened.facts, &stack.foundation.facts).ok_or(PackError::Damaged(id))?;
        let judgements = judgements(store, stack, &known);
        let bytes = serde_json::to_vec(&judgements).map_err(|_| PackError::Damaged(id))?;
        Ok((judgements, bytes))
    };
    let (_, same) = again(&library.stack(editions.iter())?)?;
    let now = today(crate::clock::now());
    // Whether it is the same does not hang on what is in force today.
    let in_force = library.in_force(now, kept.branch.as_deref());
    let otherwise = library.stack(in_force.into_iter());
    let otherwise = otherwise.and_then(|stack| again(&stack)).ok();
    let otherwise = otherwise.filter(|(_, bytes)| *bytes != opened.result);
    Ok(Replay {
        same: same == opened.result,
        today: otherwise.map_or_else(Vec::new, |(judgements, _)| judgements),
    })
}

fn judgements(store: &Store, stack: &Stack, known: &rulebook::Known) -> Vec<RuleJudgement> {
    let withheld = withheld(store, stack);
    let judged = stack.rulings.values().filter_map(|ruling| {
        let rule = stack.said(ruling);
        if withheld.contains(&rule.head().id) {
            return None;
        }
        let verdict = rule.verdict(known, &stack.foundation)?;
        Some(RuleJudgement {
            rule: rule.head().id.clone(),
            kind: rule.kind().to_owned(),
            label: text_of(&rule.head().label),
            pack: stack.packs[ruling.pack].identity.id.clone(),
            verdict: RuleVerdict::from(verdict),
        })
    });
    judged.collect()
}

/// Facts by their names: days, moments and numbers with a fraction as texts, all else as JSON has it.
fn written(known: &rulebook::Known, facts: &FactDictionary) -> Map<String, Json> {
    let entries = known.iter().map(|(place, value)| {
        let json = match value {
            Value::Boolean(value) => json!(value),
            Value::Integer(value) => json!(value),
            // As a text, which is read back to the last digit.
            Value::Number(value) => json!(value.to_string()),
            Value::Text(text) => json!(text),
            Value::Texts(texts) => json!(texts),
            at @ (Value::Date(_) | Value::Moment(_)) => json!(at.to_string()),
        };
        (facts.fact(*place).name.clone(), json)
    });
    entries.collect()
}

/// What [`written`] wrote. A fact that nobody declares any more is not looked at by any rule either.
fn read(bytes: &[u8], facts: &FactDictionary) -> Option<rulebook::Known> {
    let entries: Map<String, Json> = serde_json::from_slice(bytes).ok()?;
    let mut known = Vec::new();
    for (name, json) in entries {
        let Some(place) = facts.place(&name) else {
            continue;
        };
        let value = match facts.fact(place).kind {
            Type::Boolean => Value::Boolean(json.as_bool()?),
            Type::Integer => Value::Integer(json.as_i64()?),
            Type::Number => Value::Number(json.as_str()?.parse().ok()?),
            Type::Date => Value::Date(rulebook::day(json.as_str()?)?),
            Type::Moment => Value::Moment(rulebook::moment(json.as_str()?)?),
            Type::Text => Value::Text(json.as_str()?.to_owned()),
            Type::Texts => {
                let texts = json.as_array()?.iter();
                let texts = texts.map(|text| text.as_str().map(str::to_owned));
                Value::Texts(texts.collect::<Option<_>>()?)
            }
        };
        known.push((place, value));
    }
    Some(known)
}
