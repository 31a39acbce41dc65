//! The keys under which records meet that share one value, for those who ask without linking anything.

use std::collections::BTreeSet;

use domain::register::Content;
use domain::resolution::Family;
use storage::Transaction;

use crate::register::RegisterError;
use crate::resolution::linkage::closed::closed_keys;
use crate::resolution::linkage::gather::{book, digest};
use crate::resolution::linkage::models::in_force;
use crate::store::Store;

/// The keys, as the index knows them, of what records say in some columns of their family. Keys that too many records
/// share are left out: nobody is found under them any more.
pub async fn sharing_keys(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    columns: &[&str],
    contents: &[&Content],
) -> Result<BTreeSet<[u8; 16]>, RegisterError> {
    let model = in_force(transaction, store, family).await?;
    let closed = closed_keys(transaction, store, family, &model).await?;
    let header = family.header();
    let cells = contents.iter().map(|content| {
        let mut cells = store.features.of(&store.catalogue, family, content);
        for (cell, column) in cells.iter_mut().zip(&header) {
            if !columns.contains(&column.as_str()) {
                cell.clear();
            }
        }
        cells
    });
    let cells: Vec<Vec<String>> = cells.collect();
    let rows = 0..i64::try_from(cells.len()).unwrap_or(i64::MAX);
    let book = book(&model, family, cells.iter().map(Vec::as_slice), rows)?;
    let keys = model.linker.keys(&book).into_iter().flatten();
    let open = keys.filter(|key| !closed.contains(key));
    Ok(open
        .map(|key| digest(store.keys.blind(), family, model.id, key))
        .collect())
}
