//! The catalogue in force (有效属性目录): the declarations with the masks and the survivorship of the packs in force.
//!
//! Whoever folds a view does it within a write, and every write begins by asking whether survivorship changed. So no
//! view is ever folded by what another server no longer goes by.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::protection::Mask;
use domain::register::{AttributeRules, Catalogue};
use storage::{StorageError, Transaction};

use crate::store::Store;

/// Shared by all clones of a store.
#[derive(Debug, Clone)]
pub(super) struct CatalogueInForce(Arc<RwLock<Known>>);

#[derive(Debug)]
struct Known {
    /// The survivorship that counts; 0 is that of the declarations.
    number: i64,
    rules: AttributeRules,
    catalogue: Arc<Catalogue>,
}

impl CatalogueInForce {
    pub fn of(declared: &Arc<Catalogue>) -> Self {
        Self(Arc::new(RwLock::new(Known {
            number: 0,
            rules: AttributeRules::default(),
            catalogue: Arc::clone(declared),
        })))
    }

    fn known<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// The declarations with what packs in force say in their place. Take it anew for every piece of work.
    pub fn catalogue_in_force(&self) -> Arc<Catalogue> {
        self.in_force.known(|known| Arc::clone(&known.catalogue))
    }

    /// What packs in force say in the place of the declarations.
    pub fn attribute_rules(&self) -> AttributeRules {
        self.in_force.known(|known| known.rules.clone())
    }

    /// Shows values by these masks from now on.
    pub fn mask_by(&self, masks: BTreeMap<String, Mask>) {
        if self.in_force.known(|known| known.rules.masks != masks) {
            self.put(|_, rules| rules.masks = masks);
        }
    }

    /// Takes in the survivorship that counts, if it is another than the one known.
    pub(crate) async fn heed_view_rules(
        &self,
        transaction: &mut Transaction,
    ) -> Result<(), StorageError> {
        let last = transaction
            .fetch_one(include_str!("last_view_rules.sql"), [])
            .await?;
        let last = last.integer(0)?;
        if self.in_force.known(|known| known.number == last) {
            return Ok(());
        }
        let row = transaction
            .fetch_one(include_str!("view_rules.sql"), [])
            .await?;
        let unreadable = |_| StorageError::Missing("view rules that can be read".to_owned());
        let said = serde_json::from_str(&row.text(1)?).map_err(unreadable)?;
        let heeded = row.integer(0)?;
        self.put(|number, rules| {
            *number = heeded;
            rules.survivorship = said;
        });
        Ok(())
    }

    fn put(&self, change: impl FnOnce(&mut i64, &mut AttributeRules)) {
        let known = self.in_force.0.write();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        let Known { number, rules, .. } = &mut *known;
        change(number, rules);
        known.catalogue = Arc::new(self.catalogue.with(&known.rules));
    }
}
