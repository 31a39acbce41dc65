//! Gathers what a record that arrives may matter to, and lets linkage divide it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use domain::register::IndexKind;
use domain::resolution::{Family, MembershipReason};
use linkage::{Book, Circumstances, Decision, Edge, Verdict};
use storage::Transaction;
use tables::{Chunk, Column};

use crate::index::find_many;
use crate::register::{RegisterError, beside, memberships_of};
use crate::resolution::linkage::cells::unpack;
use crate::resolution::linkage::closed::{closed_keys, crowded, truly_crowded};
use crate::resolution::linkage::decisions::decisions;
use crate::resolution::linkage::models::in_force;
use crate::store::{InForce, Store};

/// The table of what is compared.
pub(super) const TABLE: &str = "linkage_feature";

/// A series that asks which customer it belongs to.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The series.
    pub series: i64,
    /// What of it is compared.
    pub cells: Vec<String>,
    /// The customer that it belongs to already, or for which somebody wrote it.
    pub customer: Option<i64>,
    /// Whether somebody wrote it for that customer, whatever it says.
    pub pinned: bool,
}

/// A series that takes part.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// The series.
    pub series: i64,
    /// The customer that it belongs to.
    pub customer: Option<i64>,
    /// The component that it belonged to before.
    pub component: i64,
    cells: Vec<String>,
    pub(super) pinned: bool,
}

impl Neighbour {
    /// What of it is compared.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// Everything that the asking series may matter to, divided into parties.
pub struct Neighbourhood {
    /// The family of all of them.
    pub family: Family,
    /// The model that divided them.
    pub model: Arc<InForce>,
    /// The asking series in their order, then the others.
    pub rows: Vec<Neighbour>,
    /// The party of each.
    pub parties: Vec<u32>,
    /// The component of each.
    pub components: Vec<u32>,
    /// The pairs that were worth keeping.
    pub edges: Vec<Edge>,
    /// The keys of each asking series, as the store knows them.
    pub digests: Vec<Vec<[u8; 16]>>,
    /// Pairs that share a number and not a name.
    pub numbered: HashSet<(u32, u32)>,
    /// Keys that are closed from now on.
    pub closes: Vec<u64>,
}

/// The keys of those who ask, and under which digest each is looked for.
pub(super) struct Keys {
    pub of: Vec<Vec<u64>>,
    pub by_digest: BTreeMap<[u8; 16], u64>,
}

/// Gathers and divides. The caller holds the one write that is open, so nobody else decides meanwhile.
pub async fn gather(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    asked: Vec<Asked>,
) -> Result<Neighbourhood, RegisterError> {
    let model = in_force(transaction, store, family).await?;
    let closed = closed_keys(transaction, store, family, &model).await?;
    let (asked, keys) = keys_of(store, family, &model, asked, &closed).await?;
    let digests: Vec<[u8; 16]> = keys.by_digest.keys().copied().collect();
    let found = find_many(transaction, &store.index, IndexKind::BlockKey, &digests).await?;
    let asking: HashSet<i64> = asked.iter().map(|asked| asked.series).collect();
    let crowded = crowded(&model, &keys, &digests, &found, &asking);
    let near: BTreeSet<i64> = found.iter().map(|(_, series)| *series).collect();
    let rows = neighbours(transaction, store, family, asked, &near).await?;
    let decisions = decisions(transaction, &rows).await?;
    divide(
        store,
        family,
        model,
        rows,
        keys,
        (crowded, closed, decisions),
    )
    .await
}

/// Makes the keys of those who ask, without the closed ones.
async fn keys_of(
    store: &Store,
    family: Family,
    model: &Arc<InForce>,
    asked: Vec<Asked>,
    closed: &Arc<HashSet<u64>>,
) -> Result<(Vec<Asked>, Keys), RegisterError> {
    let (model, closed) = (Arc::clone(model), Arc::clone(closed));
    let blind = store.keys.blind().clone();
    let work = move || {
        let cells = asked.iter().map(|asked| asked.cells.as_slice());
        let book = book(
            &model,
            family,
            cells,
            asked.iter().map(|asked| asked.series),
        )?;
        let mut of = model.linker.keys(&book);
        let mut by_digest = BTreeMap::new();
        for key in of.iter_mut().flat_map(|keys| {
            keys.retain(|key| !closed.contains(key));
            keys.iter()
        }) {
            by_digest.insert(digest(&blind, family, model.id, *key), *key);
        }
        Ok((asked, Keys { of, by_digest }))
    };
    // One record takes less than a thread costs.
    beside(work).join().await?
}

/// A key as the store knows it.
pub(super) fn digest(blind: &vault::BlindKey, family: Family, model: i64, key: u64) -> [u8; 16] {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&family.number().to_be_bytes());
    bytes[8..16].copy_from_slice(&model.to_be_bytes());
    bytes[16..].copy_from_slice(&key.to_be_bytes());
    blind.digest(IndexKind::BlockKey.number(), &bytes)
}

/// Records as linkage takes them in.
pub(super) fn book<'a>(
    model: &InForce,
    family: Family,
    cells: impl ExactSizeIterator<Item = &'a [String]>,
    series: impl Iterator<Item = i64>,
) -> Result<Book, RegisterError> {
    let header = family.header();
    let rows = cells.len();
    let mut chunk = Chunk::new(0);
    chunk.columns = header.iter().map(|_| Column::new()).collect();
    for cells in cells {
        for (column, cell) in chunk.columns.iter_mut().zip(cells) {
            column.push(Some(cell.as_str()).filter(|cell| !cell.is_empty()));
        }
    }
    chunk.row_numbers = (0..rows as u64).collect();
    let unusable =
        |problem: &dyn std::fmt::Display| RegisterError::Model(family.code(), problem.to_string());
    let builder = model.linker.book(&header, rows);
    let mut builder = builder.map_err(|problem| unusable(&problem))?;
    let identities: Vec<u64> = series.map(i64::cast_unsigned).collect();
    let pushed = builder.push_with(&chunk, &identities);
    pushed.map_err(|problem| unusable(&problem))?;
    Ok(builder.finish())
}

/// Those who ask, whoever shares a key with one of them, and everybody in the components of these.
async fn neighbours(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    asked: Vec<Asked>,
    near: &BTreeSet<i64>,
) -> Result<Vec<Neighbour>, RegisterError> {
    let asking: HashSet<i64> = asked.iter().map(|asked| asked.series).collect();
    let mut wanted: Vec<i64> = near
        .union(&asking.iter().copied().collect())
        .copied()
        .collect();
    // Whom somebody writes for takes part.
    let pinned: Vec<i64> = asked
        .iter()
        .filter(|asked| asked.pinned)
        .filter_map(|asked| asked.customer)
        .collect();
    let members = crate::register::members_of(transaction, &pinned).await?;
    let standing = members.iter().filter(|member| member.until.is_none());
    wanted.extend(standing.map(|member| member.series));
    let mut known = hanging_together(transaction, store, family, &wanted).await?;
    let series: Vec<i64> = known.keys().copied().collect();
    let memberships = memberships_of(transaction, &series).await?;
    let mut rows: Vec<Neighbour> = Vec::with_capacity(asked.len() + known.len());
    for asked in asked {
        let before = known.remove(&asked.series);
        let desk = memberships.get(&asked.series);
        let desk = desk.is_some_and(|member| member.reason == Some(MembershipReason::Desk));
        rows.push(Neighbour {
            component: before.map_or(asked.series, |row| row.component),
            series: asked.series,
            customer: asked.customer,
            cells: asked.cells,
            pinned: asked.pinned || desk,
        });
    }
    // What was withdrawn belongs to nobody and takes no part.
    rows.extend(known.into_values().filter_map(|row| {
        let member = memberships.get(&row.series)?;
        Some(Neighbour {
            customer: Some(member.customer),
            pinned: member.reason == Some(MembershipReason::Desk),
            ..row
        })
    }));
    Ok(rows)
}

/// Series and everybody in their components, by series.
async fn hanging_together(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    wanted: &[i64],
) -> Result<BTreeMap<i64, Neighbour>, RegisterError> {
    let by_series = include_str!("features_of_series.sql");
    let by_component = include_str!("features_of_components.sql");
    let mut found = known(transaction, store, family, by_series, wanted).await?;
    let mut components: Vec<i64> = found.values().map(|row| row.component).collect();
    components.sort_unstable();
    components.dedup();
    let first = |component: &i64| !found.contains_key(component);
    let firsts: Vec<i64> = components.iter().copied().filter(first).collect();
    for (sql, ids) in [(by_component, &components), (by_series, &firsts)] {
        for (series, row) in known(transaction, store, family, sql, ids).await? {
            found.entry(series).or_insert(row);
        }
    }
    Ok(found)
}

/// The features of a family that a query finds, by series.
pub(super) async fn known(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    sql: &'static str,
    ids: &[i64],
) -> Result<BTreeMap<i64, Neighbour>, RegisterError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let columns = family.header().len();
    let mut known = BTreeMap::new();
    for row in transaction.fetch_by_keys(sql, ids).await? {
        if row.integer(3)? != family.number() {
            continue;
        }
        let series = row.integer(0)?;
        let cells = store.keys.open_features(TABLE, series, &row.bytes(2)?)?;
        let row = Neighbour {
            series,
            customer: None,
            component: row.integer(1)?,
            cells: unpack(&cells, columns),
            pinned: false,
        };
        known.insert(series, row);
    }
    Ok(known)
}

/// Divides the rows into parties.
async fn divide(
    store: &Store,
    family: Family,
    model: Arc<InForce>,
    rows: Vec<Neighbour>,
    keys: Keys,
    (full, mut closed, decisions): (Vec<u64>, Arc<HashSet<u64>>, Vec<Decision>),
) -> Result<Neighbourhood, RegisterError> {
    let blind = store.keys.blind().clone();
    let work = move || {
        let cells = rows.iter().map(|row| row.cells.as_slice());
        let book = book(&model, family, cells, rows.iter().map(|row| row.series))?;
        let full = truly_crowded(&model, &book, full);
        if !full.is_empty() {
            Arc::make_mut(&mut closed).extend(&full);
        }
        let circumstances = Circumstances {
            closed: Some(&closed),
            decisions: &decisions,
        };
        let divided = model.linker.link(&book, &circumstances);
        let components = model.linker.components(&book, &divided);
        let open = |key: &&u64| full.binary_search(key).is_err();
        let digest = |key: &u64| digest(&blind, family, model.id, *key);
        let digests = keys.of.iter();
        let digests = digests.map(|keys| keys.iter().filter(open).map(digest).collect());
        let numbered = |edge: &&Edge| {
            edge.verdict == Verdict::Held && {
                let guards = model.linker.guards(&book, edge.left, edge.right);
                guards.iter().any(|guard| guard.review)
            }
        };
        let held = divided.edges.iter().filter(numbered);
        Ok(Neighbourhood {
            family,
            numbered: held.map(|edge| (edge.left, edge.right)).collect(),
            digests: digests.collect(),
            rows,
            parties: divided.parties,
            components,
            edges: divided.edges,
            closes: full,
            model,
        })
    };
    beside(work).join().await?
}
