//! Learning a model from the book itself (重新学习), instead of the one that is shipped or was learnt before.

use std::sync::Arc;

use domain::resolution::Family;
use linkage::{BookBuilder, Limits, Linker, Model};

use crate::register::beside;
use crate::resolution::judgement::all_verdicts;
use crate::resolution::linkage::division::decisions;
use crate::resolution::linkage::progress::{Progress, Stage};
use crate::resolution::linkage::refusal::RunError;
use crate::resolution::linkage::whole;
use crate::store::{InForce, Store};

/// Records that are needed to learn from.
const FEWEST_RECORDS: usize = 500;
/// Records that must say something in a column; of one with fewer nothing can be learnt.
const FEWEST_VALUES: u64 = 100;
/// The same records and the same seed give the same model.
const SEED: u64 = 1;
/// Nothing is linked on less, whatever a book promises: a wrong merge costs more than a missing one.
const LEAST_THRESHOLD_BITS: f32 = 5.6;
/// From here on a person looks.
const REVIEW_BITS: f32 = -2.0;
/// What a record that arrives may look at.
const RECORDS_A_KEY: u32 = 40;
const KEYS_A_RECORD: u32 = 10;

/// Learns a model of the columns that the one in force compares, also from what persons decided. Gives it ready for use, and as a file.
pub(super) async fn relearn(
    store: &Store,
    family: Family,
    in_force: &Arc<InForce>,
    progress: &Progress,
) -> Result<(Arc<InForce>, String), RunError> {
    let unusable = |problem: &dyn std::fmt::Display| RunError::Model(problem.to_string());
    let records = whole::count(store, family).await?;
    progress.begin(Stage::Reading, records);
    let header = family.header();
    let plan = in_force.linker.model().plan(&header);
    let plan = plan.map_err(|problem| unusable(&problem))?;
    let builder = BookBuilder::new(plan, usize::try_from(records).unwrap_or_default());
    let (standings, book) = whole::read(store, family, builder, progress).await?;
    if book.len() < FEWEST_RECORDS {
        return Err(RunError::TooFew {
            records: book.len(),
            least: FEWEST_RECORDS,
        });
    }
    progress.begin(Stage::Learning, 0);
    let base = Arc::clone(in_force);
    let mut transaction = store.database.read().await?;
    let verdicts = all_verdicts(&mut transaction).await?;
    drop(transaction);
    let learnt = beside(move || {
        let labels = decisions(&standings, &verdicts);
        let learned = linkage::learn_from(&book, &header, &labels, SEED).model;
        prudent(learned, base.linker.model(), &header, &standings.filled)
    });
    let model = learnt.join().await?;
    let body = toml::to_string(&model).map_err(|problem| unusable(&problem))?;
    Ok((Arc::new(read_model(&body, 0)?), body))
}

/// A model from its file.
pub(super) fn read_model(body: &str, id: i64) -> Result<InForce, RunError> {
    let model: Model = toml::from_str(body).map_err(|error| RunError::Model(error.to_string()))?;
    let linker = Linker::new(model).map_err(|problem| RunError::Model(problem.to_string()))?;
    Ok(InForce::new(id, linker))
}

/// What was learnt, within the limits of a book that grows record by record, and with what an institution set. What
/// nobody says enough to learn from stays as it was.
fn prudent(mut learned: Model, base: &Model, header: &[String], filled: &[u64]) -> Model {
    learned.threshold_bits = learned.threshold_bits.max(LEAST_THRESHOLD_BITS);
    learned.review_bits = REVIEW_BITS;
    learned.limits = Limits {
        records_a_key: RECORDS_A_KEY,
        keys_a_record: KEYS_A_RECORD,
        ..base.limits
    };
    learned.guards.clone_from(&base.guards);
    for field in &mut learned.fields {
        let column = header.iter().position(|name| *name == field.name);
        let values = column.and_then(|column| filled.get(column)).copied();
        let before = base.fields.iter().find(|before| before.name == field.name);
        if let (true, Some(before)) = (values < Some(FEWEST_VALUES), before) {
            field.clone_from(before);
        }
    }
    learned
}
