//! What a pack stands on: the facts of the program, and the facts, derived facts and calendars of the packs beneath it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::expression::Outcome;
use crate::facts::{Batch, BatchBuilder, FactDictionary};
use crate::rule::Known;
use crate::rules::{Calendar, Derived};

/// Facts, derived facts and calendars, ready for the rules of a pack.
#[derive(Clone, Debug, Default)]
pub struct Foundation {
    /// All facts; each keeps its place in whatever is built upon this.
    pub facts: FactDictionary,
    /// Which of them are derived.
    derived_places: BTreeSet<usize>,
    /// Each after those that it looks at.
    derived: Vec<Arc<Derived>>,
    calendars: BTreeMap<String, Arc<Calendar>>,
}

impl Foundation {
    /// The facts of a program.
    pub fn new(facts: FactDictionary) -> Self {
        Self {
            facts,
            ..Self::default()
        }
    }

    /// Whether a fact is computed from others.
    pub fn is_derived(&self, place: usize) -> bool {
        self.derived_places.contains(&place)
    }

    /// A calendar by its id.
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars.get(id).map(Arc::as_ref)
    }

    /// Computes the derived facts of rows.
    pub fn derive(&self, batch: &mut Batch) {
        for derived in &self.derived {
            let outcome = derived.value.evaluate(batch);
            if outcome != Outcome::Texts {
                batch.fill(derived.place, outcome);
            }
        }
    }

    /// Rows of what is known, with all derived facts. Values that a fact cannot have are missing.
    pub fn rows(&self, known: &[&Known]) -> Batch {
        let mut rows = BatchBuilder::new(&self.facts, known.len());
        for known in known {
            if rows.push(known).is_err() {
                // Whoever reads values checks them; a row stays a row all the same.
                let _empty = rows.push(&[]);
            }
        }
        let mut batch = rows.finish();
        self.derive(&mut batch);
        batch
    }

    pub(crate) fn mark_derived(&mut self, place: usize) {
        self.derived_places.insert(place);
    }

    pub(crate) fn add_calendar(&mut self, calendar: Calendar) {
        let id = calendar.head.id.clone();
        self.calendars.insert(id, Arc::new(calendar));
    }

    /// Takes in derived facts, in the place of those of the same name, and orders all; the ids of those that stand on
    /// themselves otherwise.
    pub(crate) fn add_derived(&mut self, added: Vec<Derived>) -> Result<(), Vec<String>> {
        for derived in added {
            self.derived.retain(|known| known.place != derived.place);
            self.derived.push(Arc::new(derived));
        }
        let (mut ordered, mut left) = (Vec::new(), std::mem::take(&mut self.derived));
        while !left.is_empty() {
            let waits: BTreeSet<usize> = left.iter().map(|derived| derived.place).collect();
            let ready = |derived: &Arc<Derived>| {
                let facts = derived.value.facts();
                facts.iter().all(|fact| !waits.contains(fact))
            };
            let (now, later): (Vec<_>, Vec<_>) = left.into_iter().partition(ready);
            if now.is_empty() {
                self.derived = ordered;
                return Err(later
                    .iter()
                    .map(|derived| derived.head.id.clone())
                    .collect());
            }
            ordered.extend(now);
            left = later;
        }
        self.derived = ordered;
        Ok(())
    }
}
