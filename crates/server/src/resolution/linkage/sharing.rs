//! The keys under which records meet that share one value, for those who ask without linking anything.

use std::collections::BTreeSet;

use domain::register::Content;
use domain::resolution::Family;
use storage::Transaction;

use crate::register::RegisterError;
use crate::resolution::linkage::book::{book, digest};
use crate::resolution::linkage::closed::closed_keys;
use crate::resolution::linkage::models::in_force;
use crate::store::Store;

/// Keys as the index knows them.
pub struct SharingKeys {
    /// Those under which others are found.
    pub open: BTreeSet<[u8; 16]>,
    /// Whether too many records share one of the others: nobody new is found under it any more.
    pub is_closed: bool,
}

/// The keys of what records say in some columns of their family.
pub async fn sharing_keys(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
    columns: &[&str],
    contents: &[&Content],
) -> Result<SharingKeys, RegisterError> {
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
    let mut sharing = SharingKeys {
        open: BTreeSet::new(),
        is_closed: false,
    };
    for key in model.linker.keys(&book).into_iter().flatten() {
        if closed.contains(&key) {
            sharing.is_closed = true;
        } else {
            let digest = digest(store.keys.blind(), family, model.id, key);
            sharing.open.insert(digest);
        }
    }
    Ok(sharing)
}
