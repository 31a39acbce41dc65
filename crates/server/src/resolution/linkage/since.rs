//! What came while a book was being divided (期间变化): whoever carries the division out asks for it in the transaction in
//! which nobody else writes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::resolution::{Family, MembershipReason};
use storage::Transaction;

use crate::clock::Micros;
use crate::register::{RegisterError, memberships_of};
use crate::resolution::judgement::judged_since;
use crate::resolution::linkage::cells::unpack;
use crate::resolution::linkage::division::Division;
use crate::resolution::linkage::gather::{Asked, TABLE};
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::said::Said;
use crate::store::Store;

/// Series that ask again in the one transaction in which nobody else writes.
const MOST_ASKED: usize = 50_000;

/// What changed since a book was read.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// The customer of each series whose membership changed; none for what was withdrawn.
    pub moved: HashMap<i64, Option<i64>>,
    /// Series that say something else, or of which somebody said something, or whose companions are gone.
    pub asked: Vec<Asked>,
}

/// Asks what changed since an instant before the book was read.
pub(super) async fn since(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    division: &Division,
    instant: Micros,
) -> Result<Since, RunError> {
    let mut moved: HashMap<i64, Option<i64>> = HashMap::new();
    let sql = include_str!("moved_since.sql");
    for row in transaction.fetch_all(sql, [instant.into()]).await? {
        moved.insert(row.integer(0)?, row.optional_integer(1)?);
    }
    let mut asking: BTreeSet<i64> = kept_since(transaction, family, instant).await?;
    asking.extend(judged_since(transaction, instant).await?);
    asking.extend(companions_of_gone(division, &moved));
    // A series that came in and went to another customer before this asks like any other.
    if asking.len() > MOST_ASKED {
        return Err(RunError::Overtaken(asking.len()));
    }
    let asked = asked(transaction, store, family, asking).await?;
    Ok(Since { moved, asked })
}

async fn kept_since(
    transaction: &mut Transaction,
    family: Family,
    instant: Micros,
) -> Result<BTreeSet<i64>, RegisterError> {
    let cells = [family.number().into(), instant.into()];
    let rows = transaction
        .fetch_all(include_str!("kept_since.sql"), cells)
        .await?;
    Ok(rows
        .iter()
        .map(|row| row.integer(0))
        .collect::<Result<_, _>>()?)
}

/// Whoever hung together with what was withdrawn may not any more.
fn companions_of_gone(division: &Division, moved: &HashMap<i64, Option<i64>>) -> Vec<i64> {
    let gone = moved.iter().filter(|(_, customer)| customer.is_none());
    let components: HashSet<u32> = gone
        .filter_map(|(series, _)| division.standings.row(*series))
        .map(|row| division.components[row as usize])
        .collect();
    if components.is_empty() {
        return Vec::new();
    }
    let rows = division.standings.series.iter().zip(&division.components);
    let near = rows.filter(|(_, component)| components.contains(component));
    near.map(|(series, _)| *series).collect()
}

/// Those of the series that still belong to somebody, as they ask.
async fn asked(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    asking: BTreeSet<i64>,
) -> Result<Vec<Asked>, RegisterError> {
    let asking: Vec<i64> = asking.into_iter().collect();
    let members = memberships_of(transaction, &asking).await?;
    let sql = include_str!("features_of_series.sql");
    let columns = family.header().len();
    let mut asked: BTreeMap<i64, Asked> = BTreeMap::new();
    for row in transaction.fetch_by_keys(sql, &asking).await? {
        let series = row.integer(0)?;
        let is_ours = row.integer(3)? == family.number();
        let Some(member) = members.get(&series).filter(|_| is_ours) else {
            continue;
        };
        let cells = store.keys.open_features(TABLE, series, &row.bytes(2)?)?;
        let said = Asked {
            series,
            said: Said::of_cells(unpack(&cells, columns)),
            customer: Some(member.customer),
            pinned: member.reason == Some(MembershipReason::Desk),
        };
        asked.insert(series, said);
    }
    Ok(asked.into_values().collect())
}
