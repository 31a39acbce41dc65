//! Decisions (规则结论): what the rules in force say of a customer, kept with its facts and editions so that it can be made
//! again to the byte.

use domain::register::CustomerNumber;
use rulebook::{FactDictionary, Stack, Type, Value};
use serde_json::{Map, Value as Json, json};
use storage::{Row, Transaction};
use vault::{DataKey, Randomness};

use crate::audit::{self, NewEntry};
use crate::http::{Id, Instant};
use crate::packs::edition::{EditionRow, find_edition};
use crate::packs::judging::{self, withheld};
use crate::packs::library::{library, library_within, today};
use crate::packs::refusal::PackError;
use crate::packs::wire::{RuleVerdict, text_of};
use crate::packs::wire_decision::{DecidedBy, Replay, RuleDecision, RuleJudgement};
use crate::protection::KeyScope;
use crate::register::{CustomerId, RegisterError, standing};
use crate::store::{Store, allocate};

/// Of the seals of decisions; a change of what is bound to a block raises it.
const SEAL_VERSION: u8 = 1;

/// Judges a customer by the rules in force today and keeps what they say.
pub async fn decide(
    store: &Store,
    actor: &str,
    number: CustomerNumber,
) -> Result<RuleDecision, PackError> {
    library(store).await?;
    let customer = meant(store, number).await?;
    let (mut transaction, now) = store.write().await?;
    let library = library_within(&mut transaction, store).await?;
    let day = today(now);
    let editions: Vec<EditionRow> = library.in_force(day, None).into_iter().cloned().collect();
    let stack = library.stack(editions.iter())?;
    let facts = &stack.foundation.facts;
    let judged = judging::one(store, facts, day, customer).await?;
    let known = judged
        .ok_or_else(|| RegisterError::UnknownCustomer(number.to_string()))?
        .known;
    let judgements = judgements(store, &stack, &known);
    let result = serde_json::to_vec(&judgements).map_err(|_| PackError::Damaged(0))?;
    let written = serde_json::to_vec(&written(&known, facts)).map_err(|_| PackError::Damaged(0))?;
    let id = allocate(&mut transaction, "rule_decision", 1).await?;
    let keys = store.keys.load(KeyScope::Customer, &[customer]).await?;
    let key = keys.get(&customer).ok_or(PackError::Damaged(id))?;
    let mut randomness = Randomness::new();
    let mut seal = |part: u8, bytes: &[u8]| {
        vault::seal(key, &bound_to(part, id), bytes, &mut randomness)
            .map_err(|_| PackError::Damaged(id))
    };
    let ids: Vec<i64> = editions.iter().map(|edition| edition.id).collect();
    let cells = [
        id.into(),
        customer.into(),
        i64::from(day).into(),
        None::<&str>.into(),
        json!(ids).to_string().into(),
        seal(b'f', &written)?.into(),
        seal(b'r', &result)?.into(),
        now.into(),
        actor.into(),
    ];
    transaction
        .execute(include_str!("insert_decision.sql"), cells)
        .await?;
    let entry = NewEntry {
        actor,
        action: "customer.judged",
        subject: format!("customer/{number}"),
        detail: json!({ "decision": id, "editions": ids }),
        root: None,
    };
    audit::append(&mut transaction, now, entry).await?;
    transaction.commit().await?;
    Ok(RuleDecision {
        id: Id(id),
        day: rulebook::written_day(day),
        editions: editions.iter().map(decided_by).collect(),
        judgements,
        made_at: Instant(now),
        made_by: actor.to_owned(),
    })
}

/// The customer that a number leads to.
async fn meant(store: &Store, number: CustomerNumber) -> Result<CustomerId, PackError> {
    let mut transaction = store.database.read().await?;
    let standing = standing(&mut transaction, store, number, None).await?;
    Ok(standing.customer)
}

/// The last decisions about a customer, newest first.
pub async fn decisions_of(
    store: &Store,
    number: CustomerNumber,
    limit: i64,
) -> Result<Vec<RuleDecision>, PackError> {
    let mut transaction = store.database.read().await?;
    let customer = standing(&mut transaction, store, number, None)
        .await?
        .customer;
    let sql = include_str!("decisions_of_customer.sql");
    let rows = transaction
        .fetch_all(sql, [customer.into(), limit.into()])
        .await?;
    let mut decisions = Vec::new();
    for row in &rows {
        let kept = Kept::read(store, row).await?;
        let editions = editions_of(&mut transaction, &kept.editions).await?;
        decisions.push(kept.told(&editions)?);
    }
    Ok(decisions)
}

/// Makes a decision again from the facts and editions that were kept, and under what is in force today.
pub async fn replay(store: &Store, id: i64) -> Result<Replay, PackError> {
    let library = library(store).await?;
    let mut transaction = store.database.read().await?;
    let sql = include_str!("find_decision.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    let kept = Kept::read(store, &row.ok_or(PackError::UnknownDecision(id))?).await?;
    let editions = editions_of(&mut transaction, &kept.editions).await?;
    drop(transaction);
    let again = |stack: &Stack| -> Result<(Vec<RuleJudgement>, Vec<u8>), PackError> {
        let known = read(&kept.facts, &stack.foundation.facts).ok_or(PackError::Damaged(id))?;
        let judgements = judgements(store, stack, &known);
        let bytes = serde_json::to_vec(&judgements).map_err(|_| PackError::Damaged(id))?;
        Ok((judgements, bytes))
    };
    let (_, same) = again(&library.stack(editions.iter())?)?;
    let now = today(crate::clock::now());
    // Whether it is the same does not hang on what is in force today.
    let in_force = library.stack(library.in_force(now, None).into_iter());
    let otherwise = in_force.and_then(|stack| again(&stack)).ok();
    let otherwise = otherwise.filter(|(_, bytes)| *bytes != kept.result);
    Ok(Replay {
        same: same == kept.result,
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

fn bound_to(part: u8, decision: i64) -> [u8; 18] {
    let mut bytes = *b"decision\0\0\0\0\0\0\0\0\0\0";
    (bytes[8], bytes[9]) = (SEAL_VERSION, part);
    bytes[10..].copy_from_slice(&decision.to_be_bytes());
    bytes
}

/// A decision as it was kept, opened.
struct Kept {
    id: i64,
    day: i32,
    editions: Vec<i64>,
    facts: Vec<u8>,
    result: Vec<u8>,
    made_at: i64,
    made_by: String,
}

impl Kept {
    async fn read(store: &Store, row: &Row) -> Result<Self, PackError> {
        let (id, customer): (i64, CustomerId) = (row.integer(0)?, row.integer(1)?);
        let keys = store.keys.load(KeyScope::Customer, &[customer]).await?;
        let key: &DataKey = keys.get(&customer).ok_or(PackError::Damaged(id))?;
        let open = |part: u8, sealed: Vec<u8>| {
            vault::open(key, &bound_to(part, id), &sealed).map_err(|_| PackError::Damaged(id))
        };
        Ok(Self {
            id,
            day: i32::try_from(row.integer(2)?).unwrap_or_default(),
            editions: serde_json::from_str(&row.text(3)?).map_err(|_| PackError::Damaged(id))?,
            facts: open(b'f', row.bytes(4)?)?,
            result: open(b'r', row.bytes(5)?)?,
            made_at: row.integer(6)?,
            made_by: row.text(7)?,
        })
    }

    fn told(self, editions: &[EditionRow]) -> Result<RuleDecision, PackError> {
        let judgements = serde_json::from_slice(&self.result);
        Ok(RuleDecision {
            id: Id(self.id),
            day: rulebook::written_day(self.day),
            editions: editions.iter().map(decided_by).collect(),
            judgements: judgements.map_err(|_| PackError::Damaged(self.id))?,
            made_at: Instant(self.made_at),
            made_by: self.made_by,
        })
    }
}

async fn editions_of(
    transaction: &mut Transaction,
    ids: &[i64],
) -> Result<Vec<EditionRow>, PackError> {
    let mut editions = Vec::new();
    for id in ids {
        editions.push(find_edition(transaction, *id).await?);
    }
    Ok(editions)
}

fn decided_by(edition: &EditionRow) -> DecidedBy {
    DecidedBy {
        edition: Id(edition.id),
        pack: edition.pack.clone(),
        version: edition.version.clone(),
    }
}
