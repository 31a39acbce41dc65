//! Writing the keys of a new model into the index, before it is in force: a portion in each transaction, so that nobody
//! waits long.

use std::sync::Arc;

use domain::register::IndexKind;
use domain::resolution::Family;

use crate::index::{Entries, write_run};
use crate::register::beside;
use crate::resolution::linkage::book::digest;
use crate::resolution::linkage::division::Division;
use crate::resolution::linkage::progress::{Progress, Stage};
use crate::resolution::linkage::refusal::RunError;
use crate::store::{InForce, Store};

/// Entries of one transaction.
const PORTION: usize = 100_000;

/// Writes the keys of a divided book. Gives those that more records share than the model compares: they are closed from
/// the beginning, and nobody is found under them.
pub(super) async fn write(
    store: &Store,
    family: Family,
    model: &Arc<InForce>,
    division: &Division,
    progress: &Progress,
) -> Result<Vec<u64>, RunError> {
    progress.begin(Stage::Indexing, 0);
    let (sender, mut portions) = tokio::sync::mpsc::channel::<Entries>(2);
    let (model, book) = (Arc::clone(model), Arc::clone(&division.book));
    let (blind, series) = (
        store.keys.blind().clone(),
        division.standings.series.clone(),
    );
    let making = beside(move || {
        let most = model.linker.model().limits.records_a_key as usize;
        let (mut entries, mut closed) = (Entries::default(), Vec::new());
        model.linker.each_key(&book, |key, rows| {
            if rows.len() > most {
                closed.push(key);
                return;
            }
            let digest = digest(&blind, family, model.id, key);
            for row in rows {
                entries.push(IndexKind::BlockKey, &digest, series[*row as usize]);
            }
            if entries.len() >= PORTION {
                // Nobody listens when writing failed; then nobody needs the rest.
                let _ = sender.blocking_send(std::mem::take(&mut entries));
            }
        });
        let _ = sender.blocking_send(entries);
        closed
    });
    while let Some(entries) = portions.recv().await {
        let written = entries.len();
        let (mut transaction, _) = store.write().await?;
        write_run(&mut transaction, &store.index, entries).await?;
        transaction.commit().await?;
        progress.add(written);
    }
    Ok(making.join().await?)
}
