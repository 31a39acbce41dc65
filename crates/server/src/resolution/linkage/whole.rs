//! The whole book of a family: every series that belongs to a customer, read page by page (整库).

use domain::resolution::{Family, MembershipReason};
use linkage::{Book, BookBuilder};
use storage::{Row, StorageError};

use crate::protection::Keys;
use crate::register::{RegisterError, beside};
use crate::resolution::linkage::book::chunk;
use crate::resolution::linkage::cells::unpack;
use crate::resolution::linkage::gather::TABLE;
use crate::resolution::linkage::progress::Progress;
use crate::store::Store;

/// Series read by one statement.
const PAGE: i64 = 10_000;

/// Who stands in a book, row by row in the order of series.
#[derive(Debug, Default)]
pub(super) struct Standings {
    /// The series.
    pub series: Vec<i64>,
    /// The customer that each belongs to.
    pub customers: Vec<i64>,
    /// Whether somebody wrote it for that customer, whatever it says.
    pub pinned: Vec<bool>,
    /// How many records say something in each column.
    pub filled: Vec<u64>,
}

impl Standings {
    /// The row of a series.
    pub fn row(&self, series: i64) -> Option<u32> {
        let place = self.series.binary_search(&series).ok()?;
        u32::try_from(place).ok()
    }
}

/// How many series of a family were compared at any time.
pub(super) async fn count(store: &Store, family: Family) -> Result<u64, StorageError> {
    let mut transaction = store.database.read().await?;
    let sql = include_str!("count_features.sql");
    let row = transaction.fetch_one(sql, [family.number().into()]).await?;
    Ok(row.integer(0)?.cast_unsigned())
}

/// Reads a whole book. Pages are read one after the other while others write: whoever needs to know what came
/// meanwhile asks for that afterwards.
pub(super) async fn read(
    store: &Store,
    family: Family,
    builder: BookBuilder,
    progress: &Progress,
) -> Result<(Standings, Book), RegisterError> {
    let mut reading = Reading {
        builder,
        standings: Standings {
            filled: vec![0; family.header().len()],
            ..Standings::default()
        },
    };
    let mut after = 0;
    loop {
        let mut transaction = store.database.read().await?;
        let cells = [family.number().into(), after.into(), PAGE.into()];
        let rows = transaction
            .fetch_all(include_str!("page_of_features.sql"), cells)
            .await?;
        drop(transaction);
        let Some(last) = rows.last() else { break };
        after = last.integer(0)?;
        progress.add(rows.len());
        let keys = store.keys.clone();
        let read = beside(move || reading.take(&keys, family, &rows));
        reading = read.join().await??;
    }
    let Reading { builder, standings } = reading;
    let book = beside(move || builder.finish()).join().await?;
    Ok((standings, book))
}

/// A book on its way.
struct Reading {
    builder: BookBuilder,
    standings: Standings,
}

impl Reading {
    fn take(mut self, keys: &Keys, family: Family, rows: &[Row]) -> Result<Self, RegisterError> {
        let columns = family.header().len();
        let mut page: Vec<Vec<String>> = Vec::with_capacity(rows.len());
        let mut identities = Vec::with_capacity(rows.len());
        for row in rows {
            let series = row.integer(0)?;
            let cells = unpack(&keys.open_features(TABLE, series, &row.bytes(1)?)?, columns);
            for (filled, cell) in self.standings.filled.iter_mut().zip(&cells) {
                *filled += u64::from(!cell.is_empty());
            }
            page.push(cells);
            identities.push(series.cast_unsigned());
            let reason = MembershipReason::from_number(row.integer(3)?);
            let standings = &mut self.standings;
            standings.series.push(series);
            standings.customers.push(row.integer(2)?);
            standings
                .pinned
                .push(reason == Some(MembershipReason::Desk));
        }
        let chunk = chunk(family, page.iter().map(Vec::as_slice));
        let pushed = self.builder.push_with(&chunk, &identities);
        pushed.map_err(|problem| RegisterError::Model(family.code(), problem.to_string()))?;
        Ok(self)
    }
}
