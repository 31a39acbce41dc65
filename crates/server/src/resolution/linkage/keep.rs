//! Keeps what was compared, and which series hang together.

use std::collections::BTreeMap;

use storage::{Rows, Transaction};

use crate::clock::Micros;
use crate::register::RegisterError;
use crate::resolution::linkage::closed::note_closed;
use crate::resolution::linkage::gather::Neighbourhood;
use crate::store::Store;

/// What is compared of a series is what it says now.
const REPLACES: &str = "on conflict (series_id) do update set family = excluded.family, \
    component_id = excluded.component_id, cells = excluded.cells, kept_at = excluded.kept_at";

/// Keeps a neighbourhood whose first rows asked.
pub async fn keep(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    found: &mut Neighbourhood,
) -> Result<(), RegisterError> {
    let asked = found.asked;
    let components = hanging_together(found);
    let mut rows = Rows::with_capacity(5, asked);
    let sealed = std::mem::take(&mut found.sealed);
    for ((row, component), sealed) in found.rows.iter().zip(&components).zip(sealed) {
        rows.push([
            row.series.into(),
            found.family.number().into(),
            (*component).into(),
            sealed.into(),
            recorded_at.into(),
        ]);
    }
    transaction
        .insert_many(include_str!("insert_feature.sql"), rows, REPLACES)
        .await?;
    let mut renamed: BTreeMap<i64, i64> = BTreeMap::new();
    for (row, component) in found.rows.iter().zip(&components).skip(asked) {
        if row.component != *component {
            renamed.insert(row.component, *component);
        }
    }
    rename(transaction, &renamed).await?;
    note_closed(
        transaction,
        store,
        found.family,
        &found.model,
        &found.closes,
    )
    .await?;
    Ok(())
}

/// The component of each row from now on: what hung together before still does, because taking things apart is left to
/// whoever divides the whole book.
fn hanging_together(found: &Neighbourhood) -> Vec<i64> {
    let mut names: Vec<i64> = found.rows.iter().map(|row| row.component).collect();
    names.extend(found.rows.iter().map(|row| row.series));
    names.sort_unstable();
    names.dedup();
    let place = |name: i64| names.binary_search(&name).unwrap_or_default();
    let mut parents: Vec<usize> = (0..names.len()).collect();
    for (row, component) in found.rows.iter().zip(&found.components) {
        let first = &found.rows[*component as usize];
        for other in [place(row.component), place(first.series)] {
            let (left, right) = (
                root(&mut parents, place(row.series)),
                root(&mut parents, other),
            );
            // Names are in order, so the first one goes on.
            parents[left.max(right)] = left.min(right);
        }
    }
    let rows = found.rows.iter();
    rows.map(|row| names[root(&mut parents, place(row.series))])
        .collect()
}

fn root(parents: &mut [usize], mut place: usize) -> usize {
    while parents[place] != place {
        parents[place] = parents[parents[place]];
        place = parents[place];
    }
    place
}

/// Calls components by other names.
async fn rename(
    transaction: &mut Transaction,
    renamed: &BTreeMap<i64, i64>,
) -> Result<(), RegisterError> {
    for (old, new) in renamed {
        let cells = [(*new).into(), (*old).into()];
        for sql in [
            include_str!("rename_component.sql"),
            include_str!("rename_first_of_component.sql"),
        ] {
            transaction.execute(sql, cells.clone()).await?;
        }
    }
    Ok(())
}

/// Lets series hang together because a person wants them to be one customer.
pub async fn unite(transaction: &mut Transaction, series: &[i64]) -> Result<(), RegisterError> {
    let sql = include_str!("components_of_series.sql");
    let rows = transaction.fetch_by_keys(sql, series).await?;
    let mut components = rows
        .iter()
        .map(|row| row.integer(0))
        .collect::<Result<Vec<_>, _>>()?;
    components.sort_unstable();
    components.dedup();
    let Some((first, others)) = components.split_first() else {
        return Ok(());
    };
    let renamed = others.iter().map(|other| (*other, *first)).collect();
    rename(transaction, &renamed).await
}
