//! What a pack stands on: the facts of the program, and the facts, derived facts and calendars of the packs beneath it.

mod order;

use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// By the place of a derived fact: which of them it is.
    orders: HashMap<usize, usize>,
    /// Derived facts that cannot be computed because of a mistake, and those that look at them.
    broken: BTreeSet<usize>,
    calendars: BTreeMap<String, Arc<Calendar>>,
    /// The attributes of the program; none where it named none, as on the command line without one.
    attributes: Option<Arc<BTreeSet<String>>>,
}

impl Foundation {
    /// The facts of a program.
    pub fn new(facts: FactDictionary) -> Self {
        Self {
            facts,
            ..Self::default()
        }
    }

    /// With the attributes that masks and survivorship rules may speak of.
    #[must_use]
    pub fn with_attributes(self, names: impl IntoIterator<Item = String>) -> Self {
        Self {
            attributes: Some(Arc::new(names.into_iter().collect())),
            ..self
        }
    }

    /// Whether there is such an attribute, as far as that is known.
    pub(crate) fn may_have_attribute(&self, name: &str) -> bool {
        let known = self.attributes.as_ref();
        known.is_none_or(|known| known.contains(name))
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
            fill(batch, derived);
        }
    }

    /// Rows of what is known, with all derived facts. Values that a fact cannot have are missing.
    pub fn rows(&self, known: &[&Known]) -> Batch {
        let mut batch = self.given(known);
        self.derive(&mut batch);
        batch
    }

    /// Rows of what is known, with those derived facts alone that somebody looks at.
    pub(crate) fn rows_with(&self, known: &[&Known], facts: &[usize]) -> Batch {
        let mut batch = self.given(known);
        let (mut wanted, mut open) = (BTreeSet::new(), facts.to_vec());
        while let Some(fact) = open.pop() {
            if let Some(order) = self.orders.get(&fact)
                && wanted.insert(*order)
            {
                open.extend(self.derived[*order].value.facts());
            }
        }
        for order in wanted {
            fill(&mut batch, &self.derived[order]);
        }
        batch
    }

    fn given(&self, known: &[&Known]) -> Batch {
        let mut rows = BatchBuilder::new(&self.facts, known.len());
        for known in known {
            if rows.push(known).is_err() {
                // Whoever reads values checks them; a row stays a row all the same.
                let _empty = rows.push(&[]);
            }
        }
        rows.finish()
    }

    pub(crate) fn mark_derived(&mut self, place: usize) {
        self.derived_places.insert(place);
    }

    pub(crate) fn add_calendar(&mut self, calendar: Calendar) {
        let id = calendar.head.id.clone();
        self.calendars.insert(id, Arc::new(calendar));
    }

    /// Whether one of these facts cannot be computed because of a mistake that was told.
    pub(crate) fn is_broken(&self, facts: &[usize]) -> bool {
        facts.iter().any(|fact| self.broken.contains(fact))
    }

    /// Takes in derived facts, in the place of those of the same name, and orders all; `broken` are the places of those
    /// that could not be read. Gives every circle, as the ids of facts of which each looks at the next.
    pub(crate) fn add_derived(
        &mut self,
        added: Vec<Derived>,
        broken: BTreeSet<usize>,
    ) -> Vec<Vec<String>> {
        let replaced: BTreeSet<usize> = added.iter().map(|derived| derived.place).collect();
        self.derived
            .retain(|known| !replaced.contains(&known.place) && !broken.contains(&known.place));
        self.derived.extend(added.into_iter().map(Arc::new));
        let (ordered, circles) = order::ordered(&self.derived);
        self.broken = broken;
        for circle in &circles {
            self.broken
                .extend(circle.iter().map(|derived| derived.place));
        }
        for derived in &ordered {
            if self.is_broken(derived.value.facts()) {
                self.broken.insert(derived.place);
            }
        }
        let orders = ordered.iter().enumerate();
        self.orders = orders
            .map(|(order, derived)| (derived.place, order))
            .collect();
        self.derived = ordered;
        let ids = |circle: Vec<Arc<Derived>>| {
            let ids = circle.iter().map(|derived| derived.head.id.clone());
            ids.collect()
        };
        circles.into_iter().map(ids).collect()
    }
}

fn fill(batch: &mut Batch, derived: &Derived) {
    let outcome = derived.value.evaluate(batch);
    if outcome != Outcome::Texts {
        batch.fill(derived.place, outcome);
    }
}
