//! What a rule says (结论): one outcome a row for counting, and of a single row every reason.

use std::collections::HashMap;
use std::hash::Hash;

use crate::expression::{Outcome, Truth};
use crate::facts::{Batch, Label, Type, Value};
use crate::foundation::Foundation;
use crate::rule::{Known, MISSING, Rule, missing_facts};
use crate::rules::{Due, Found, Hit, Scorecard};

/// The outcomes of many rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdicts {
    /// Each outcome once, as examples write it, in a lasting order.
    pub outcomes: Vec<String>,
    /// By row: the place of its outcome.
    pub of: Vec<u32>,
}

/// What a rule says of one row, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The outcome, as examples write it.
    pub outcome: String,
    /// What the outcome is called, where the rule gives it a name; of several, all their names.
    pub label: Option<Label>,
    /// The total of a scorecard.
    pub total: Option<String>,
    /// What led to it, in the order of the rule.
    pub reasons: Vec<Reason>,
    /// Of a clock that ends after the last day whose holidays are announced: that day. Its outcome is an estimate.
    pub estimated_after: Option<i32>,
    /// The facts that are missing and would have counted.
    pub missing: Vec<String>,
}

/// A part of a rule that counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// Which part of the rule it is.
    pub part: Part,
    /// The part by its id.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// Of an item its weight in hundredths of a percent.
    pub weight: Option<u32>,
    /// Of an item its score.
    pub score: Option<u8>,
    /// Whether the score is that for a missing fact.
    pub prudent: bool,
}

/// A part of a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// An item of a scorecard, or one that a completeness list lacks.
    Item,
    /// A direct case of a scorecard.
    Direct,
    /// A modifier of a scorecard.
    Modifier,
    /// A floor of a scorecard.
    Floor,
    /// A band, or an outcome of a decision table.
    Outcome,
}

impl Part {
    /// The word for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Direct => "direct",
            Self::Modifier => "modifier",
            Self::Floor => "floor",
            Self::Outcome => "outcome",
        }
    }
}

impl Reason {
    fn new(part: Part, id: &str, label: &Label) -> Self {
        Self {
            part,
            id: id.to_owned(),
            label: label.clone(),
            weight: None,
            score: None,
            prudent: false,
        }
    }
}

impl Verdicts {
    /// Outcomes that are places of a list of names.
    fn placed(
        names: impl Iterator<Item = String>,
        of: impl Iterator<Item = Option<usize>>,
    ) -> Self {
        let mut outcomes: Vec<String> = names.collect();
        let missing = outcomes.len() as u32;
        outcomes.push(MISSING.to_owned());
        let of = of.map(|place| place.map_or(missing, |place| place as u32));
        Self {
            of: of.collect(),
            outcomes,
        }
    }

    /// Outcomes of which each is written when it first comes.
    fn told<K: Hash + Eq>(rows: impl Iterator<Item = K>, write: impl Fn(&K) -> String) -> Self {
        let mut places: HashMap<K, u32> = HashMap::new();
        let mut verdicts = Self::default();
        for told in rows {
            let next = verdicts.outcomes.len() as u32;
            let outcomes = &mut verdicts.outcomes;
            let place = *places.entry(told).or_insert_with_key(|told| {
                outcomes.push(write(told));
                next
            });
            verdicts.of.push(place);
        }
        verdicts
    }

    /// What a derived fact is, in the canonical form of its type.
    fn computed(outcome: Outcome, kind: Type) -> Option<Self> {
        let written = |value: Option<Value>| {
            value.map_or_else(|| MISSING.to_owned(), |value| value.to_string())
        };
        Some(match outcome {
            Outcome::Truths(truths) => Self::told(truths.into_iter(), Truth::to_string),
            Outcome::Integers(values) => Self::told(values.into_iter(), |value| {
                written(value.and_then(|value| match kind {
                    Type::Date => Some(Value::Date(i32::try_from(value).ok()?)),
                    Type::Moment => Some(Value::Moment(value)),
                    _ => Some(Value::Integer(value)),
                }))
            }),
            Outcome::Numbers(values) => {
                let bits = values.into_iter().map(|value| value.map(f64::to_bits));
                Self::told(bits, |bits| {
                    written(bits.map(|bits| Value::Number(f64::from_bits(bits))))
                })
            }
            Outcome::Texts => return None,
        })
    }

    /// The outcome of a row.
    pub fn outcome(&self, row: usize) -> &str {
        &self.outcomes[self.of[row] as usize]
    }
}

impl Rule {
    /// What it says of each row; nothing of rules that do not judge rows, as calendars and masks.
    pub fn verdicts(&self, batch: &Batch, foundation: &Foundation) -> Option<Verdicts> {
        Some(match self {
            Self::Condition(condition) => {
                let truths = condition.evaluate(batch).into_iter();
                let names = ["false", "true"].map(str::to_owned).into_iter();
                Verdicts::placed(
                    names,
                    truths.map(|truth| match truth {
                        Truth::False => Some(0),
                        Truth::True => Some(1),
                        Truth::Missing => None,
                    }),
                )
            }
            Self::Derived(derived) => {
                let value = &derived.value;
                return Verdicts::computed(value.evaluate(batch), value.kind());
            }
            Self::Completeness(list) => {
                let found = list.evaluate(batch);
                Verdicts::told(found.iter(), |found| list.written(found))
            }
            Self::Bands(bands) => {
                let names = bands.bands.iter().map(|band| band.id.clone());
                Verdicts::placed(names, bands.evaluate(batch).into_iter())
            }
            Self::Scorecard(card) => {
                let names = card.grades.iter().map(|grade| grade.id.clone());
                Verdicts::placed(names, card.grades(batch).into_iter().map(Some))
            }
            Self::Decision(table) if table.hit == Hit::First => {
                let names = table.outcomes.iter().map(|outcome| outcome.id.clone());
                Verdicts::placed(names, table.first(batch).into_iter())
            }
            Self::Decision(table) => {
                let decisions = table.evaluate(batch);
                Verdicts::told(decisions.iter().map(|decision| &decision.gives), |gives| {
                    table.told(gives)
                })
            }
            Self::Clock(clock) => {
                let due = clock.evaluate(batch, foundation).into_iter();
                Verdicts::told(due, |due| due.written())
            }
            Self::Calendar(_)
            | Self::Mask(_)
            | Self::Survivorship(_)
            | Self::Sampling(_)
            | Self::Dictionary(_) => return None,
        })
    }

    /// What it says of one row, with its reasons.
    pub fn verdict(&self, known: &Known, foundation: &Foundation) -> Option<Verdict> {
        let batch = foundation.rows(&[known]);
        let outcome = self.verdicts(&batch, foundation)?.outcome(0).to_owned();
        let (mut total, mut reasons, mut estimated_after) = (None, Vec::new(), None);
        match self {
            Self::Scorecard(card) => {
                let (written, found) = scored(card, &batch);
                (total, reasons) = (Some(written), found);
            }
            Self::Completeness(list) => {
                if let Some(Found::Lacking(lacking)) = list.evaluate(&batch).pop() {
                    let items = lacking.iter().map(|place| &list.items[*place]);
                    reasons
                        .extend(items.map(|item| Reason::new(Part::Item, &item.id, &item.label)));
                }
            }
            Self::Bands(bands) => {
                let place = bands.evaluate(&batch).pop().flatten();
                let band = place.map(|place| &bands.bands[place]);
                reasons.extend(band.map(|band| Reason::new(Part::Outcome, &band.id, &band.label)));
            }
            Self::Decision(table) => {
                let given = table.evaluate(&batch).pop().unwrap_or_default().gives;
                let given = given.iter().map(|place| &table.outcomes[*place]);
                reasons
                    .extend(given.map(|given| Reason::new(Part::Outcome, &given.id, &given.label)));
            }
            Self::Clock(clock) => estimated_after = clock.estimated_after(&batch, foundation),
            _ => {}
        }
        let is_open = outcome == MISSING;
        Some(Verdict {
            label: self.label_of(&outcome, &reasons),
            outcome,
            total,
            reasons,
            estimated_after,
            missing: self.missing(&batch, foundation, is_open),
        })
    }

    /// What an outcome is called: a grade by itself, the others by what led to them.
    fn label_of(&self, outcome: &str, reasons: &[Reason]) -> Option<Label> {
        match self {
            Self::Scorecard(card) => {
                let grade = card.grades.iter().find(|grade| grade.id == outcome);
                grade.map(|grade| grade.label.clone())
            }
            Self::Bands(_) | Self::Decision(_) | Self::Completeness(_) => {
                let said = |word: fn(&Label) -> &str, between: &str| {
                    let words = reasons.iter().map(|reason| word(&reason.label));
                    words.collect::<Vec<_>>().join(between)
                };
                (!reasons.is_empty()).then(|| Label {
                    zh: said(|label| &label.zh, "、"),
                    en: said(|label| &label.en, ", "),
                })
            }
            _ => None,
        }
    }

    /// The names of the facts that the first row lacks and that would have counted.
    fn missing(&self, batch: &Batch, foundation: &Foundation, is_open: bool) -> Vec<String> {
        let name = |place: usize| foundation.facts.fact(place).name.clone();
        let places = match self {
            Self::Derived(_) | Self::Bands(_) if !is_open => Vec::new(),
            Self::Derived(_) | Self::Bands(_) => {
                let facts = self.facts().into_iter();
                facts.filter(|place| batch.lacks(*place, 0)).collect()
            }
            Self::Decision(table) if table.hit == Hit::First => {
                let decision = table.evaluate(batch).pop().unwrap_or_default();
                let open = decision.undecided.iter();
                missing_facts(open.map(|place| &table.rows[*place].when), batch, 0)
            }
            Self::Clock(clock) => {
                if clock.evaluate(batch, foundation).pop() != Some(Due::Missing) {
                    return Vec::new();
                }
                let mut places = missing_facts(self.expressions().into_iter(), batch, 0);
                places.extend(Some(clock.starts).filter(|starts| batch.lacks(*starts, 0)));
                places.sort_unstable();
                places.dedup();
                places
            }
            _ => missing_facts(self.expressions().into_iter(), batch, 0),
        };
        places.into_iter().map(name).collect()
    }
}

/// The total of the first row and what led to its grade.
fn scored(card: &Scorecard, batch: &Batch) -> (String, Vec<Reason>) {
    let Some(rating) = card.rate(batch).pop() else {
        return (String::new(), Vec::new());
    };
    let mut reasons = Vec::new();
    if let Some(place) = rating.direct {
        let case = &card.direct[place];
        reasons.push(Reason::new(Part::Direct, &case.id, &case.label));
    }
    if let Some(place) = rating.floor {
        let floor = &card.floors[place];
        reasons.push(Reason::new(Part::Floor, &floor.id, &floor.label));
    }
    for place in &rating.modifiers {
        let modifier = &card.modifiers[*place];
        reasons.push(Reason::new(Part::Modifier, &modifier.id, &modifier.label));
    }
    for (place, (item, score)) in card.items.iter().zip(&rating.scores).enumerate() {
        reasons.push(Reason {
            weight: Some(item.weight),
            score: Some(*score),
            prudent: rating.prudent.contains(&place),
            ..Reason::new(Part::Item, &item.id, &item.label)
        });
    }
    (card.written(rating.total), reasons)
}
