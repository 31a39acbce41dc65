//! What a change of rules would move (变动矩阵): for each rule how many customers go from which outcome to which, and some
//! of them with reasons.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rulebook::{Batch, Rule, Stack, Verdict, Verdicts};

use crate::packs::judging::Judged;
use crate::register::CustomerId;

/// Moved customers that are kept of each rule.
const SAMPLED: usize = 10;
/// Outcomes of a rule that are counted apart; what comes later is counted together.
const MOST_OUTCOMES: usize = 40;
/// The outcome of a rule that one side does not have.
const ABSENT: &str = "absent";
/// The outcome that stands for those beyond [`MOST_OUTCOMES`].
const OTHER: &str = "other";

/// The movement of every rule.
pub struct Movement {
    before: Stack,
    after: Stack,
    /// Rules whose outcomes are not told.
    withheld: BTreeSet<String>,
    rules: BTreeMap<String, Counted>,
}

/// A rule that says something else of somebody.
pub struct MovedRule {
    /// Its id.
    pub rule: String,
    /// How many customers were judged.
    pub judged: u64,
    /// Of how many it says something else.
    pub moved: u64,
    /// From which outcome to which, and how many.
    pub counts: Vec<(String, String, u64)>,
    /// Some of those that moved, chosen by their numbers alone.
    pub sampled: Vec<CustomerId>,
}

/// A moved customer with what both sides say of it.
pub struct Sampled {
    /// What the rules in force say.
    pub before: Option<Verdict>,
    /// What the draft says.
    pub after: Option<Verdict>,
}

#[derive(Default)]
struct Counted {
    outcomes: Vec<String>,
    places: HashMap<String, usize>,
    counts: HashMap<(usize, usize), u64>,
    judged: u64,
    moved: u64,
    sample: Sample,
}

/// Some of many customers, chosen by their numbers alone: the same ones every time.
#[derive(Default)]
pub(super) struct Sample(BTreeSet<(u64, CustomerId)>);

impl Sample {
    /// By what sorts at random, so that the least ten are a fair choice.
    pub fn take(&mut self, customer: CustomerId) {
        let order = customer.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0.insert((order, customer));
        if self.0.len() > SAMPLED {
            self.0.pop_last();
        }
    }

    /// Those that were chosen.
    pub fn customers(&self) -> impl Iterator<Item = CustomerId> {
        self.0.iter().map(|(_, customer)| *customer)
    }
}

impl Movement {
    /// Nobody judged yet.
    pub fn new(before: Stack, after: Stack, withheld: BTreeSet<String>) -> Self {
        Self {
            withheld,
            before,
            after,
            rules: BTreeMap::new(),
        }
    }

    /// Judges customers by both.
    pub(super) fn judge(&mut self, customers: &[Judged]) {
        let known: Vec<&rulebook::Known> =
            customers.iter().map(|customer| &customer.known).collect();
        let before = self.before.foundation.rows(&known);
        let after = self.after.foundation.rows(&known);
        let ids = self.before.rulings.keys().chain(self.after.rulings.keys());
        let ids: BTreeSet<&String> = ids.filter(|id| !self.withheld.contains(*id)).collect();
        for id in ids {
            let before = said(&self.before, id, &before);
            let after = said(&self.after, id, &after);
            if before.is_some() || after.is_some() {
                let counted = self.rules.entry(id.clone()).or_default();
                counted.take(customers, before.as_ref(), after.as_ref());
            }
        }
    }

    /// The rules that say something else of somebody, those that move most first.
    pub fn moved(&self) -> Vec<MovedRule> {
        let moved = self.rules.iter().filter(|(_, counted)| counted.moved > 0);
        let mut moved: Vec<MovedRule> = moved.map(|(rule, counted)| counted.told(rule)).collect();
        moved.sort_by_key(|rule| std::cmp::Reverse(rule.moved));
        moved
    }

    /// What both sides say of a customer.
    pub fn explained(&self, rule: &str, known: &rulebook::Known) -> Sampled {
        let verdict = |stack: &Stack| stack.rule(rule)?.verdict(known, &stack.foundation);
        Sampled {
            before: verdict(&self.before),
            after: verdict(&self.after),
        }
    }

    /// The rule of an id, as the draft says it where it does.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.after.rule(id).or_else(|| self.before.rule(id))
    }
}

fn said(stack: &Stack, id: &str, batch: &Batch) -> Option<Verdicts> {
    stack.rule(id)?.verdicts(batch, &stack.foundation)
}

/// By the places of outcomes afterwards: the place of the same outcome before. What is counted together is told apart
/// here.
fn same_outcomes(before: Option<&Verdicts>, after: Option<&Verdicts>) -> Vec<Option<u32>> {
    let (Some(before), Some(after)) = (before, after) else {
        return Vec::new();
    };
    let places = before.outcomes.iter().zip(0..);
    let places: HashMap<&String, u32> = places.collect();
    let outcomes = after.outcomes.iter();
    outcomes
        .map(|outcome| places.get(outcome).copied())
        .collect()
}

impl Counted {
    fn take(&mut self, customers: &[Judged], before: Option<&Verdicts>, after: Option<&Verdicts>) {
        let (from, to) = (self.placed(before), self.placed(after));
        let same = same_outcomes(before, after);
        for (row, customer) in customers.iter().enumerate() {
            let place = |verdicts: Option<&Verdicts>, places: &[usize]| {
                let of = verdicts.map_or(0, |verdicts| verdicts.of[row] as usize);
                places[of]
            };
            let (from, to) = (place(before, &from), place(after, &to));
            let is_moved = match (before, after) {
                (Some(before), Some(after)) => same[after.of[row] as usize] != Some(before.of[row]),
                _ => true,
            };
            *self.counts.entry((from, to)).or_default() += 1;
            self.judged += 1;
            if is_moved {
                self.moved += 1;
                self.sample.take(customer.customer);
            }
        }
    }

    /// By the places of outcomes: their places among those of all pages.
    fn placed(&mut self, verdicts: Option<&Verdicts>) -> Vec<usize> {
        let Some(verdicts) = verdicts else {
            return vec![self.place(ABSENT)];
        };
        let outcomes = verdicts.outcomes.iter();
        outcomes.map(|outcome| self.place(outcome)).collect()
    }

    fn place(&mut self, outcome: &str) -> usize {
        if let Some(place) = self.places.get(outcome) {
            return *place;
        }
        let name = if self.outcomes.len() >= MOST_OUTCOMES {
            OTHER
        } else {
            outcome
        };
        let known = self.outcomes.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.outcomes.push(name.to_owned());
            self.outcomes.len() - 1
        });
        self.places.insert(outcome.to_owned(), place);
        place
    }

    fn told(&self, rule: &str) -> MovedRule {
        let name = |place: usize| self.outcomes[place].clone();
        let counts = self.counts.iter();
        let mut counts: Vec<((usize, usize), u64)> =
            counts.map(|(at, count)| (*at, *count)).collect();
        counts.sort_unstable();
        MovedRule {
            rule: rule.to_owned(),
            judged: self.judged,
            moved: self.moved,
            counts: counts
                .into_iter()
                .map(|((from, to), count)| (name(from), name(to), count))
                .collect(),
            sampled: self.sample.customers().collect(),
        }
    }
}
