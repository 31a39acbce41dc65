//! Packs upon each other (规则包叠加): base, industry, institution, branch; a later one replaces rules by their ids.

mod order;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::foundation::Foundation;
use crate::pack::{Identity, Layer, Pack};
use crate::rule::Rule;

pub use order::ordered;

/// A version of a pack that may be in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edition {
    /// Who it is.
    pub identity: Identity,
    /// When it was switched on, in the order of such events: of two editions that begin with the same day, the later
    /// switched on counts.
    pub order: u64,
}

/// The editions in force on a day for a unit, from the lowest; a function of nothing but these. Of each pack it is the
/// edition that began last, and none if that one has ended.
pub fn in_force(editions: &[Edition], day: i32, branch: Option<&str>) -> Vec<usize> {
    let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, edition) in editions.iter().enumerate() {
        let identity = &edition.identity;
        let concerns = identity.branch.is_none() || identity.branch.as_deref() == branch;
        if !concerns || identity.validity.from > day {
            continue;
        }
        let began = |place: usize| {
            let edition = &editions[place];
            (edition.identity.validity.from, edition.order)
        };
        let kept = latest.entry(&identity.id).or_insert(place);
        if began(place) > began(*kept) {
            *kept = place;
        }
    }
    let mut found: Vec<usize> = latest.into_values().collect();
    found.retain(|place| editions[*place].identity.validity.covers(day));
    let packs: Vec<&Identity> = found
        .iter()
        .map(|place| &editions[*place].identity)
        .collect();
    ordered(&packs)
        .into_iter()
        .map(|place| found[place])
        .collect()
}

/// Packs upon each other, each rule with where it comes from.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// From the lowest.
    pub packs: Vec<Arc<Pack>>,
    /// By their ids.
    pub rulings: BTreeMap<String, Ruling>,
    /// What all packs declare.
    pub foundation: Foundation,
}

/// The rule that counts under an id, and its origin (来源).
#[derive(Clone, Debug)]
pub struct Ruling {
    /// The place of the pack that says it.
    pub pack: usize,
    /// The place of the rule in the pack.
    pub rule: usize,
    /// The places of the packs that said it before, from the lowest.
    pub replaces: Vec<usize>,
}

impl Stack {
    /// A stack upon the facts of a program.
    pub fn new(foundation: Foundation) -> Self {
        Self {
            foundation,
            ..Self::default()
        }
    }

    /// Lays a pack upon the others that was loaded upon [`Stack::foundation`]; the ids of rules that replace a rule of
    /// another kind otherwise.
    pub fn lay(&mut self, pack: Arc<Pack>) -> Result<(), Vec<String>> {
        let other_kind = |rule: &&Rule| {
            let replaced = self.rule(&rule.head().id);
            replaced.is_some_and(|replaced| replaced.kind() != rule.kind())
        };
        let wrong: Vec<String> = pack
            .rules
            .iter()
            .filter(other_kind)
            .map(|rule| rule.head().id.clone())
            .collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let place = self.packs.len();
        for (rule, said) in pack.rules.iter().enumerate() {
            let ruling = Ruling {
                pack: place,
                rule,
                replaces: Vec::new(),
            };
            let kept = self.rulings.entry(said.head().id.clone());
            let kept = kept.and_modify(|kept| {
                kept.replaces.push(kept.pack);
                (kept.pack, kept.rule) = (place, rule);
            });
            kept.or_insert(ruling);
        }
        self.foundation = pack.foundation.clone();
        self.packs.push(pack);
        Ok(())
    }

    /// The rule that counts under an id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rulings.get(id).map(|ruling| self.said(ruling))
    }

    /// The rule of a ruling.
    pub fn said(&self, ruling: &Ruling) -> &Rule {
        &self.packs[ruling.pack].rules[ruling.rule]
    }

    /// The rules that count, in the order of their ids.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rulings.values().map(|ruling| self.said(ruling))
    }

    /// Whether a pack may lie upon those that are there.
    pub fn takes(&self, layer: Layer) -> bool {
        let highest = self.packs.last().map(|pack| pack.identity.layer);
        highest.is_none_or(|highest| highest <= layer)
    }
}
