//! Gathers what a record that arrives may matter to, and lets linkage divide it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use domain::register::IndexKind;
use domain::resolution::{Family, MembershipReason};
use linkage::{Circumstances, Decision, Edge, Verdict};
use storage::{Row, Transaction};

use crate::index::{Entries, find_many};
use crate::protection::Keys;
use crate::register::{Beside, RegisterError, beside, beside_if_many, memberships_of};
use crate::resolution::linkage::book::{book, digest};
use crate::resolution::linkage::cells::{pack, unpack};
use crate::resolution::linkage::closed::{closed_keys, crowded, truly_crowded};
use crate::resolution::linkage::decisions::decisions;
use crate::resolution::linkage::models::in_force;
use crate::resolution::linkage::said::Said;
use crate::store::{InForce, Store};

/// The table of what is compared.
pub(super) const TABLE: &str = "linkage_feature";

/// A series that asks which customer it belongs to.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The series.
    pub series: i64,
    /// What of it is compared.
    pub said: Said,
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
    /// How many rows asked.
    pub asked: usize,
    /// What is compared of each asking series, sealed.
    pub sealed: Vec<Vec<u8>>,
    /// The index entries under which the asking series are met from now on.
    pub entries: Entries,
    /// Pairs that share a number and not a name.
    pub numbered: HashSet<(u32, u32)>,
    /// Keys that are closed from now on.
    pub closes: Vec<u64>,
}

/// Features that are opened together.
const OPENED_AT_ONCE: usize = 2_000;

/// The keys of those who ask, and under which digest each is looked for.
pub(super) struct BlockKeys {
    pub of: Vec<Vec<u64>>,
    /// Each key once, in the order of the digests.
    pub asked: Vec<AskedKey>,
}

/// A key of those who ask.
pub(super) struct AskedKey {
    pub digest: [u8; 16],
    pub key: u64,
    /// How many of those who ask have it.
    pub holders: u32,
}

/// Gathers, and begins to divide. The caller holds the one write that is open, so nobody else decides meanwhile.
pub async fn gather(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    asked: Vec<Asked>,
) -> Result<Dividing, RegisterError> {
    let model = in_force(transaction, store, family).await?;
    gather_under(transaction, store, family, model, asked).await
}

/// A division that is being made on another core.
pub type Dividing = Beside<Result<Neighbourhood, RegisterError>>;

/// Gathers, and begins to divide, under a model that is in force, or will be when the transaction is committed.
pub(super) async fn gather_under(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    model: Arc<InForce>,
    asked: Vec<Asked>,
) -> Result<Dividing, RegisterError> {
    let closed = closed_keys(transaction, store, family, &model).await?;
    let (asked, keys) = keys_of(store, family, &model, asked, &closed).await?;
    let digests: Vec<[u8; 16]> = keys.asked.iter().map(|asked| asked.digest).collect();
    let found = find_many(transaction, &store.index, IndexKind::BlockKey, &digests).await?;
    let asking: HashSet<i64> = asked.iter().map(|asked| asked.series).collect();
    let crowded = crowded(&model, &keys.asked, &found, &asking);
    let near: BTreeSet<i64> = found.iter().map(|(_, series)| *series).collect();
    let rows = neighbours(transaction, store, family, asked, &near).await?;
    let decisions = decisions(transaction, &rows).await?;
    let known = (crowded, closed, decisions);
    Ok(divide(store, family, model, rows, keys, known))
}

/// Makes the keys of those who ask, without the closed ones.
async fn keys_of(
    store: &Store,
    family: Family,
    model: &Arc<InForce>,
    mut asked: Vec<Asked>,
    closed: &Arc<HashSet<u64>>,
) -> Result<(Vec<Asked>, BlockKeys), RegisterError> {
    let (model, closed) = (Arc::clone(model), Arc::clone(closed));
    let blind = store.keys.blind().clone();
    let rows = asked.len();
    let work = move || {
        let mut of = if let Some(keys) = keys_made(&mut asked, model.id) {
            keys
        } else {
            let cells = asked.iter().map(|asked| asked.said.cells.as_slice());
            let series = asked.iter().map(|asked| asked.series);
            model.linker.keys(&book(&model, family, cells, series)?)
        };
        let mut all = Vec::new();
        for keys in &mut of {
            keys.retain(|key| !closed.contains(key));
            all.extend_from_slice(keys);
        }
        all.sort_unstable();
        let alike = all.chunk_by(|left, right| left == right);
        let mut asked_keys: Vec<AskedKey> = alike
            .map(|alike| AskedKey {
                digest: digest(&blind, family, model.id, alike[0]),
                key: alike[0],
                holders: u32::try_from(alike.len()).unwrap_or(u32::MAX),
            })
            .collect();
        asked_keys.sort_unstable_by_key(|asked| asked.digest);
        let keys = BlockKeys {
            of,
            asked: asked_keys,
        };
        Ok((asked, keys))
    };
    beside_if_many(rows, work).join().await?
}

/// The keys that were made ahead, if this model made all of them.
fn keys_made(asked: &mut [Asked], model: i64) -> Option<Vec<Vec<u64>>> {
    let made = |asked: &Asked| asked.said.keys.as_ref().is_some_and(|(by, _)| *by == model);
    let all = asked.iter().all(made);
    let take = |asked: &mut Asked| Some(asked.said.keys.take()?.1);
    all.then(|| asked.iter_mut().filter_map(take).collect())
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
            cells: asked.said.cells,
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

/// The features of a family that a query finds, by series. While the next are read, those before are opened.
pub(super) async fn known(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    sql: &'static str,
    ids: &[i64],
) -> Result<BTreeMap<i64, Neighbour>, RegisterError> {
    let (first, others) = ids.split_at(ids.len().min(OPENED_AT_ONCE));
    let first = transaction.fetch_by_keys(sql, first).await?;
    if others.is_empty() {
        let known = opened(&store.keys, family, &first)?;
        return Ok(known.into_iter().collect());
    }
    let open = |rows: Vec<Row>| {
        let keys = store.keys.clone();
        beside(move || opened(&keys, family, &rows))
    };
    let mut opening = vec![open(first)];
    for ids in others.chunks(OPENED_AT_ONCE) {
        opening.push(open(transaction.fetch_by_keys(sql, ids).await?));
    }
    let mut known = Vec::with_capacity(ids.len());
    for opening in opening {
        known.append(&mut opening.join().await??);
    }
    Ok(known.into_iter().collect())
}

fn opened(
    keys: &Keys,
    family: Family,
    rows: &[Row],
) -> Result<Vec<(i64, Neighbour)>, RegisterError> {
    let columns = family.header().len();
    let mut known = Vec::with_capacity(rows.len());
    for row in rows {
        if row.integer(3)? != family.number() {
            continue;
        }
        let series = row.integer(0)?;
        let cells = keys.open_features(TABLE, series, &row.bytes(2)?)?;
        let row = Neighbour {
            series,
            customer: None,
            component: row.integer(1)?,
            cells: unpack(&cells, columns),
            pinned: false,
        };
        known.push((series, row));
    }
    Ok(known)
}

/// Divides the rows into parties.
fn divide(
    store: &Store,
    family: Family,
    model: Arc<InForce>,
    rows: Vec<Neighbour>,
    keys: BlockKeys,
    (full, mut closed, decisions): (Vec<u64>, Arc<HashSet<u64>>, Vec<Decision>),
) -> Dividing {
    let (sealing, asking) = (store.keys.clone(), keys.of.len());
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
            asked: keys.of.len(),
            sealed: seal(&sealing, &rows[..keys.of.len()])?,
            entries: entries(&keys, &rows, &full),
            rows,
            parties: divided.parties,
            components,
            edges: divided.edges,
            closes: full,
            model,
        })
    };
    beside_if_many(asking, work)
}

/// What is compared of each row, sealed.
fn seal(keys: &Keys, rows: &[Neighbour]) -> Result<Vec<Vec<u8>>, RegisterError> {
    let mut bytes = Vec::new();
    let mut ends = Vec::with_capacity(rows.len());
    for row in rows {
        pack(row.cells(), &mut bytes);
        ends.push(bytes.len());
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let blocks = rows.iter().zip(starts.zip(&ends));
    let blocks = blocks.map(|(row, (start, end))| (row.series, &bytes[start..*end]));
    let mut sealed = Vec::with_capacity(rows.len());
    keys.seal_many_features(TABLE, blocks, |block| sealed.push(block))?;
    Ok(sealed)
}

/// The index entries of those who asked, without the keys that are closed now.
fn entries(keys: &BlockKeys, rows: &[Neighbour], closed: &[u64]) -> Entries {
    let digests: HashMap<u64, [u8; 16]> = keys
        .asked
        .iter()
        .filter(|asked| closed.binary_search(&asked.key).is_err())
        .map(|asked| (asked.key, asked.digest))
        .collect();
    let mut entries = Entries::default();
    for (row, keys) in rows.iter().zip(&keys.of) {
        for digest in keys.iter().filter_map(|key| digests.get(key)) {
            entries.push(IndexKind::BlockKey, digest, row.series);
        }
    }
    entries
}
