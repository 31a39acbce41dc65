//! Which linkage model is in force.

use std::sync::Arc;

use domain::resolution::Family;
use linkage::{Linker, Model};
use storage::Transaction;

use crate::register::RegisterError;
use crate::resolution::linkage::closed::closed_keys;
use crate::store::{InForce, Store};

/// The model in force for a family, as the store has it now: another server may have changed it.
pub async fn in_force(
    transaction: &mut Transaction,
    store: &Store,
    family: Family,
) -> Result<Arc<InForce>, RegisterError> {
    let known = store.linkers.of(family);
    let cells = [family.number().into(), known.id.into()];
    let newer = transaction
        .fetch_optional(include_str!("newer_model.sql"), cells)
        .await?;
    let Some(row) = newer else {
        return Ok(known);
    };
    let id = row.integer(0)?;
    let unusable = |problem: String| RegisterError::Model(family.code(), problem);
    let model: Model =
        toml::from_str(&row.text(1)?).map_err(|error| unusable(error.to_string()))?;
    let linker = Linker::new(model).map_err(|problem| unusable(problem.to_string()))?;
    let model = Arc::new(InForce::new(id, linker));
    store.linkers.put(family, Arc::clone(&model));
    Ok(model)
}

/// Reads the models in force and their closed keys, of which there are thousands, so that nobody's first record waits
/// for it.
pub async fn make_ready(store: &Store) -> Result<(), RegisterError> {
    let mut transaction = store.database.read().await?;
    for family in Family::ALL {
        let model = in_force(&mut transaction, store, family).await?;
        closed_keys(&mut transaction, store, family, &model).await?;
    }
    Ok(())
}
