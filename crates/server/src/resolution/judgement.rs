//! Judgements: what a person said of two series. Appended, never changed; the latest counts.

use std::collections::BTreeMap;

use domain::resolution::Judgement;
use storage::{Row, Rows, StorageError, Transaction};

use crate::clock::Micros;

/// That two series are different parties.
const DIFFERENT: &str = "different";
/// That two series are one party.
const SAME: &str = "same";

/// Appends the same judgement of pairs of series, each pair once.
pub async fn judge(
    transaction: &mut Transaction,
    recorded_at: Micros,
    pairs: &[(i64, i64)],
    same: bool,
    actor: &str,
    reason: &str,
) -> Result<(), StorageError> {
    let verdict = if same { SAME } else { DIFFERENT };
    let mut rows = Rows::with_capacity(6, pairs.len());
    for (one, other) in pairs {
        rows.push([
            (*one.min(other)).into(),
            (*one.max(other)).into(),
            recorded_at.into(),
            verdict.into(),
            actor.into(),
            reason.into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_judgements.sql"), rows, "")
        .await
}

/// The pairs among the given series that stand judged to be different.
pub(super) async fn apart(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<Vec<Judgement>, StorageError> {
    let mut latest: BTreeMap<Judgement, (Micros, bool)> = BTreeMap::new();
    for row in transaction
        .fetch_by_keys(include_str!("judgements.sql"), series)
        .await?
    {
        let judgement = Judgement {
            left: row.integer(0)?,
            right: row.integer(1)?,
        };
        let said = (row.integer(2)?, row.text(3)? == DIFFERENT);
        let known = latest.entry(judgement).or_insert(said);
        if known.0 < said.0 {
            *known = said;
        }
    }
    let different = latest.into_iter().filter(|(_, (_, different))| *different);
    Ok(different.map(|(judgement, _)| judgement).collect())
}

/// What stands judged of pairs of which both are among the given series: whether they are one party.
pub(super) async fn verdicts(
    transaction: &mut Transaction,
    series: &[i64],
) -> Result<BTreeMap<(i64, i64), bool>, StorageError> {
    if series.len() < 2 || !is_anything_judged(transaction).await? {
        return Ok(BTreeMap::new());
    }
    let sql = include_str!("judgements.sql");
    latest(&transaction.fetch_by_keys(sql, series).await?)
}

/// What stands judged of every pair.
pub(super) async fn all_verdicts(
    transaction: &mut Transaction,
) -> Result<BTreeMap<(i64, i64), bool>, StorageError> {
    let sql = include_str!("all_judgements.sql");
    latest(&transaction.fetch_all(sql, []).await?)
}

/// The series of which something was judged after an instant.
pub(super) async fn judged_since(
    transaction: &mut Transaction,
    since: Micros,
) -> Result<Vec<i64>, StorageError> {
    let sql = include_str!("judged_since.sql");
    let rows = transaction.fetch_all(sql, [since.into()]).await?;
    let mut series = Vec::with_capacity(2 * rows.len());
    for row in rows {
        series.extend([row.integer(0)?, row.integer(1)?]);
    }
    Ok(series)
}

/// What was said last of each pair: whether they are one party.
fn latest(rows: &[Row]) -> Result<BTreeMap<(i64, i64), bool>, StorageError> {
    let mut latest: BTreeMap<(i64, i64), (Micros, bool)> = BTreeMap::new();
    for row in rows {
        let said = (row.integer(2)?, row.text(3)? != DIFFERENT);
        let known = latest
            .entry((row.integer(0)?, row.integer(1)?))
            .or_insert(said);
        if known.0 < said.0 {
            *known = said;
        }
    }
    let verdicts = latest.into_iter();
    Ok(verdicts.map(|(pair, (_, same))| (pair, same)).collect())
}

/// Whether anybody judged anything yet. Most imports meet no judgement at all.
pub(super) async fn is_anything_judged(
    transaction: &mut Transaction,
) -> Result<bool, StorageError> {
    Ok(transaction
        .fetch_optional(include_str!("any_judgement.sql"), [])
        .await?
        .is_some())
}
