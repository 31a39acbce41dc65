//! Decisions as the store keeps them: the table `rule_decision`, facts and result sealed with the customer's key.

use std::collections::HashMap;

use domain::register::CustomerNumber;
use serde_json::json;
use storage::{Row, Transaction};
use vault::DataKey;

use crate::clock::Micros;
use crate::http::{Id, Instant};
use crate::packs::edition::{EditionRow, find_edition};
use crate::packs::refusal::PackError;
use crate::packs::wire_decision::{DecidedBy, RuleDecision};
use crate::protection::KeyScope;
use crate::register::CustomerId;
use crate::store::{Store, allocate};

/// Of the seals of decisions; a change of what is bound to a block raises it.
const SEAL_VERSION: u8 = 1;

/// A decision about to be kept.
pub(super) struct NewDecision<'a> {
    pub customer: CustomerId,
    pub day: i32,
    pub branch: Option<&'a str>,
    pub editions: &'a [i64],
    pub facts: &'a [u8],
    pub result: &'a [u8],
    pub by: &'a str,
}

/// Keeps a decision and gives its id.
pub(super) async fn insert(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    decision: NewDecision<'_>,
) -> Result<i64, PackError> {
    let id = allocate(transaction, "rule_decision", 1).await?;
    let customer = decision.customer;
    let key = store.keys.load_one(KeyScope::Customer, customer).await?;
    let seal = |part: u8, bytes: &[u8]| store.keys.seal(&key, &bound_to(part, id), bytes);
    let cells = [
        id.into(),
        customer.into(),
        i64::from(decision.day).into(),
        decision.branch.into(),
        json!(decision.editions).to_string().into(),
        seal(b'f', decision.facts)?.into(),
        seal(b'r', decision.result)?.into(),
        now.into(),
        decision.by.into(),
    ];
    transaction
        .execute(include_str!("insert_decision.sql"), cells)
        .await?;
    Ok(id)
}

fn bound_to(part: u8, decision: i64) -> [u8; 18] {
    let mut bytes = *b"decision\0\0\0\0\0\0\0\0\0\0";
    (bytes[8], bytes[9]) = (SEAL_VERSION, part);
    bytes[10..].copy_from_slice(&decision.to_be_bytes());
    bytes
}

/// A decision as it was kept.
pub(super) struct Kept {
    pub id: i64,
    pub customer: CustomerId,
    pub day: i32,
    pub branch: Option<String>,
    pub editions: Vec<i64>,
    /// Nothing where the key of the customer was destroyed.
    pub opened: Option<Opened>,
    pub made_at: Micros,
    pub made_by: String,
}

/// What was sealed of a decision.
pub(super) struct Opened {
    pub facts: Vec<u8>,
    pub result: Vec<u8>,
}

/// One decision, and what was sealed of it.
pub(super) async fn find(
    transaction: &mut Transaction,
    store: &Store,
    id: i64,
) -> Result<Kept, PackError> {
    let sql = include_str!("find_decision.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    let found = read(store, row.as_slice()).await?.pop();
    found.ok_or(PackError::UnknownDecision(id))
}

/// The last decisions about a customer and those merged into it, newest first.
pub(super) async fn of_customer(
    transaction: &mut Transaction,
    store: &Store,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<Kept>, PackError> {
    let sql = include_str!("decisions_of_customer.sql");
    let cells = [customer.into(), limit.into()];
    let rows = transaction.fetch_all(sql, cells).await?;
    read(store, &rows).await
}

async fn read(store: &Store, rows: &[Row]) -> Result<Vec<Kept>, PackError> {
    let customers = rows.iter().map(|row| row.integer(1));
    let mut customers = customers.collect::<Result<Vec<CustomerId>, _>>()?;
    customers.sort_unstable();
    customers.dedup();
    let keys = store.keys.load(KeyScope::Customer, &customers).await?;
    rows.iter().map(|row| into_kept(&keys, row)).collect()
}

fn into_kept(keys: &HashMap<CustomerId, DataKey>, row: &Row) -> Result<Kept, PackError> {
    let (id, customer): (i64, CustomerId) = (row.integer(0)?, row.integer(1)?);
    let damaged = || PackError::Damaged(id);
    let (facts, result) = (row.bytes(5)?, row.bytes(6)?);
    let open = |key: &DataKey| -> Result<Opened, PackError> {
        let open = |part: u8, sealed: &[u8]| {
            vault::open(key, &bound_to(part, id), sealed).map_err(|_| damaged())
        };
        Ok(Opened {
            facts: open(b'f', &facts)?,
            result: open(b'r', &result)?,
        })
    };
    Ok(Kept {
        id,
        customer,
        day: i32::try_from(row.integer(2)?).map_err(|_| damaged())?,
        branch: row.optional_text(3)?,
        editions: serde_json::from_str(&row.text(4)?).map_err(|_| damaged())?,
        opened: keys.get(&customer).map(open).transpose()?,
        made_at: row.integer(7)?,
        made_by: row.text(8)?,
    })
}

impl Kept {
    /// What was sealed, unless it was erased.
    pub fn opened(&self) -> Result<&Opened, PackError> {
        self.opened.as_ref().ok_or(PackError::Erased(self.id))
    }

    /// As a client sees it.
    pub fn told(self, editions: &[EditionRow]) -> Result<RuleDecision, PackError> {
        let judgements = self.opened.as_ref().map(|opened| {
            serde_json::from_slice(&opened.result).map_err(|_| PackError::Damaged(self.id))
        });
        Ok(RuleDecision {
            id: Id(self.id),
            customer: CustomerNumber::from_sequence(self.customer).to_string(),
            day: rulebook::written_day(self.day),
            branch: self.branch,
            editions: editions.iter().map(decided_by).collect(),
            erased: judgements.is_none(),
            judgements: judgements.transpose()?.unwrap_or_default(),
            made_at: Instant(self.made_at),
            made_by: self.made_by,
        })
    }
}

/// The editions that a decision stands on, from the lowest.
pub(super) async fn editions_of(
    transaction: &mut Transaction,
    store: &Store,
    ids: &[i64],
) -> Result<Vec<EditionRow>, PackError> {
    let mut editions = Vec::new();
    for id in ids {
        editions.push(find_edition(transaction, store, *id).await?);
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
