//! Two series side by side under the model in force.

use std::sync::Arc;

use domain::resolution::Family;
use linkage::Explanation;
use storage::Transaction;

use crate::register::RegisterError;
use crate::resolution::linkage::book::book;
use crate::resolution::linkage::gather::known;
use crate::resolution::linkage::models::in_force;
use crate::store::{InForce, Store};

/// What the model in force says of two series.
pub struct Compared {
    /// The model.
    pub model: Arc<InForce>,
    /// The evidence, field by field.
    pub explanation: Explanation,
    /// The words of the guards that hold.
    pub guards: Vec<String>,
}

/// Compares two series; none where they are of different families, or one was never compared with anything.
pub async fn compared(
    transaction: &mut Transaction,
    store: &Store,
    (left, right): (i64, i64),
) -> Result<Option<Compared>, RegisterError> {
    let sql = include_str!("features_of_series.sql");
    for family in Family::ALL {
        let found = known(transaction, store, family, sql, &[left, right]).await?;
        let (Some(one), Some(other)) = (found.get(&left), found.get(&right)) else {
            continue;
        };
        let model = in_force(transaction, store, family).await?;
        let cells = [one.cells(), other.cells()].into_iter();
        let book = book(&model, family, cells, [left, right].into_iter())?;
        let guards = model.linker.guards(&book, 0, 1);
        let guards = guards.into_iter().map(|guard| guard.code.clone()).collect();
        return Ok(Some(Compared {
            explanation: model.linker.explain(&book, 0, 1),
            guards,
            model,
        }));
    }
    Ok(None)
}
