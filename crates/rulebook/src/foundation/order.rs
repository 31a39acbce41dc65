//! The order in which derived facts are computed, and the circles that have none.

use std::collections::HashMap;
use std::sync::Arc;

use crate::rules::Derived;

/// Derived facts, each after those that it looks at, and every circle apart. The work grows with the facts and what they
/// look at, not with how many stand upon each other.
pub(super) fn ordered(all: &[Arc<Derived>]) -> (Vec<Arc<Derived>>, Vec<Vec<Arc<Derived>>>) {
    let mut waiting = Waiting::new(all);
    let (mut order, mut circles) = (Vec::new(), Vec::new());
    loop {
        waiting.take_ready(&mut order);
        let Some(circle) = waiting.circle() else {
            break;
        };
        for own in &circle {
            waiting.release(*own);
        }
        circles.push(circle.iter().map(|own| Arc::clone(&all[*own])).collect());
    }
    let order = order.into_iter().map(|own: usize| Arc::clone(&all[own]));
    (order.collect(), circles)
}

struct Waiting {
    /// By derived fact: those that it looks at.
    below: Vec<Vec<usize>>,
    /// By derived fact: those that look at it.
    above: Vec<Vec<usize>>,
    /// By derived fact: for how many it waits.
    waits: Vec<usize>,
    is_done: Vec<bool>,
    ready: Vec<usize>,
    /// All before this one are done.
    first: usize,
}

impl Waiting {
    fn new(all: &[Arc<Derived>]) -> Self {
        let places = all.iter().enumerate();
        let places: HashMap<usize, usize> =
            places.map(|(own, derived)| (derived.place, own)).collect();
        let below = all.iter().map(|derived| {
            let facts = derived.value.facts().iter();
            facts.filter_map(|fact| places.get(fact).copied()).collect()
        });
        let below: Vec<Vec<usize>> = below.collect();
        let mut above = vec![Vec::new(); all.len()];
        for (own, looks_at) in below.iter().enumerate() {
            for other in looks_at {
                above[*other].push(own);
            }
        }
        let waits: Vec<usize> = below.iter().map(Vec::len).collect();
        // The last is taken first.
        let ready = (0..all.len()).rev().filter(|own| waits[*own] == 0);
        Self {
            ready: ready.collect(),
            is_done: vec![false; all.len()],
            below,
            above,
            waits,
            first: 0,
        }
    }

    fn take_ready(&mut self, order: &mut Vec<usize>) {
        while let Some(own) = self.ready.pop() {
            if !self.is_done[own] {
                order.push(own);
                self.release(own);
            }
        }
    }

    /// Nobody waits for this one any longer.
    fn release(&mut self, own: usize) {
        self.is_done[own] = true;
        for above in std::mem::take(&mut self.above[own]) {
            self.waits[above] -= 1;
            if self.waits[above] == 0 {
                self.ready.push(above);
            }
        }
    }

    /// A circle among those that still wait, if any does.
    fn circle(&mut self) -> Option<Vec<usize>> {
        while *self.is_done.get(self.first)? {
            self.first += 1;
        }
        let (mut path, mut steps) = (Vec::new(), HashMap::new());
        let mut own = self.first;
        loop {
            if let Some(start) = steps.insert(own, path.len()) {
                return Some(path.split_off(start));
            }
            path.push(own);
            let mut below = self.below[own].iter();
            own = *below.find(|other| !self.is_done[**other])?;
        }
    }
}
