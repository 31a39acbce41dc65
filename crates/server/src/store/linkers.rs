//! The linkage models in force, made ready once and kept in memory.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use domain::resolution::Family;
use linkage::{Linker, Model, ModelProblem};

/// The models that are shipped.
const PERSON: &str = include_str!("../../../../packs/cn-base/linkage/person.toml");
const ORGANISATION: &str = include_str!("../../../../packs/cn-base/linkage/organisation.toml");

/// A shipped model that cannot be used: the program was put together wrongly.
#[derive(Debug, thiserror::Error)]
pub enum InvalidModel {
    /// It is no model.
    #[error("the linkage model of {0} cannot be read: {1}")]
    Syntax(&'static str, Box<toml::de::Error>),
    /// It contradicts itself.
    #[error("the linkage model of {0} cannot be used: {1}")]
    Model(&'static str, ModelProblem),
}

/// A model that is ready, and the keys that too many records share under it.
pub struct InForce {
    /// The number of the model; 0 for the one that is shipped.
    pub id: i64,
    /// The model.
    pub linker: Linker,
    closed: RwLock<Closed>,
}

#[derive(Default, Clone)]
struct Closed {
    through: i64,
    keys: Arc<HashSet<u64>>,
}

impl InForce {
    /// A model with its number.
    pub fn new(id: i64, linker: Linker) -> Self {
        Self {
            id,
            linker,
            closed: RwLock::default(),
        }
    }

    /// The closed keys that memory knows, and the number of the last one.
    pub fn closed(&self) -> (Arc<HashSet<u64>>, i64) {
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        (Arc::clone(&closed.keys), closed.through)
    }

    /// Takes in keys that were committed, up to this number.
    pub fn close(&self, keys: impl IntoIterator<Item = u64>, through: i64) {
        let mut closed = self.closed.write().unwrap_or_else(PoisonError::into_inner);
        if through > closed.through {
            Arc::make_mut(&mut closed.keys).extend(keys);
            closed.through = through;
        }
    }
}

/// The models in force, one for each family. Cheap to clone.
#[derive(Clone)]
pub struct Linkers(Arc<[RwLock<Arc<InForce>>; 2]>);

impl std::fmt::Debug for Linkers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Linkers").finish_non_exhaustive()
    }
}

impl Linkers {
    /// The models that are shipped.
    pub fn shipped() -> Result<Self, InvalidModel> {
        let person = RwLock::new(Arc::new(shipped(Family::Person)?));
        let organisation = RwLock::new(Arc::new(shipped(Family::Organisation)?));
        Ok(Self(Arc::new([person, organisation])))
    }

    fn slot(&self, family: Family) -> &RwLock<Arc<InForce>> {
        match family {
            Family::Person => &self.0[0],
            Family::Organisation => &self.0[1],
        }
    }

    /// The model that memory has.
    pub fn of(&self, family: Family) -> Arc<InForce> {
        let slot = self.slot(family).read();
        Arc::clone(&slot.unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts a model in the place of the one before.
    pub fn put(&self, family: Family, model: Arc<InForce>) {
        let slot = self.slot(family).write();
        *slot.unwrap_or_else(PoisonError::into_inner) = model;
    }
}

/// The shipped model of a family.
pub fn shipped(family: Family) -> Result<InForce, InvalidModel> {
    let text = match family {
        Family::Person => PERSON,
        Family::Organisation => ORGANISATION,
    };
    let syntax = |error| InvalidModel::Syntax(family.code(), Box::new(error));
    let model: Model = toml::from_str(text).map_err(syntax)?;
    let linker = Linker::new(model);
    let linker = linker.map_err(|problem| InvalidModel::Model(family.code(), problem))?;
    Ok(InForce::new(0, linker))
}
