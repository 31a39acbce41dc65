//! Records as linkage takes them in, and their keys as the store knows them.

use domain::register::IndexKind;
use domain::resolution::Family;
use linkage::Book;
use tables::{Chunk, Column};

use crate::register::RegisterError;
use crate::store::InForce;

/// A key as the store knows it.
pub(super) fn digest(blind: &vault::BlindKey, family: Family, model: i64, key: u64) -> [u8; 16] {
    let kind = u64::from(IndexKind::BlockKey.number()) << 56;
    let model = model.cast_unsigned() << 8 | family.number().cast_unsigned();
    blind.digest_hash(kind | model, key)
}

/// Records as linkage takes them in.
pub(super) fn book<'a>(
    model: &InForce,
    family: Family,
    cells: impl ExactSizeIterator<Item = &'a [String]>,
    series: impl Iterator<Item = i64>,
) -> Result<Book, RegisterError> {
    let rows = cells.len();
    let chunk = chunk(family, cells);
    let unusable =
        |problem: &dyn std::fmt::Display| RegisterError::Model(family.code(), problem.to_string());
    let builder = model.linker.book(&family.header(), rows);
    let mut builder = builder.map_err(|problem| unusable(&problem))?;
    let identities: Vec<u64> = series.map(i64::cast_unsigned).collect();
    let pushed = builder.push_with(&chunk, &identities);
    pushed.map_err(|problem| unusable(&problem))?;
    Ok(builder.finish())
}

/// Cells as columns.
pub(super) fn chunk<'a>(
    family: Family,
    cells: impl ExactSizeIterator<Item = &'a [String]>,
) -> Chunk {
    let rows = cells.len();
    let mut chunk = Chunk::new(0);
    chunk.columns = family.header().iter().map(|_| Column::new()).collect();
    for cells in cells {
        for (column, cell) in chunk.columns.iter_mut().zip(cells) {
            column.push(Some(cell.as_str()).filter(|cell| !cell.is_empty()));
        }
    }
    chunk.row_numbers = (0..rows as u64).collect();
    chunk
}
