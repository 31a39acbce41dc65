//! Decision tables (决策表): the first row that holds decides, or all that hold are collected.

use crate::expression::{Expression, Truth};
use crate::facts::{Batch, Label};
use crate::pack::identifier;
use crate::pack::reading::Section;
use crate::rule::{Example, Head, Kind, Known, MISSING, Reading, Trial, list, truths};

/// A table of rows, each with what it gives.
#[derive(Clone, Debug)]
pub struct DecisionTable {
    /// Who it is.
    pub head: Head,
    /// Which rows count.
    pub hit: Hit,
    /// What can be decided.
    pub outcomes: Vec<Outcome>,
    /// In order.
    pub rows: Vec<DecisionRow>,
    /// The place of the outcome where no row holds.
    pub otherwise: Option<usize>,
    /// The place of the outcome where a fact is missing that would decide.
    pub prudent: Option<usize>,
    /// What it decides where facts are given.
    pub examples: Vec<Example<Known>>,
}

/// Which rows count (命中策略).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hit {
    /// The first that holds.
    First,
    /// All that hold.
    Collect,
}

/// Something that can be decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// By which decisions name it.
    pub id: String,
    /// What it is called.
    pub label: Label,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// When it holds.
    pub when: Expression,
    /// The condition as written.
    pub text: String,
    /// The place of the outcome that it gives.
    pub gives: usize,
}

/// What a table says of a row of facts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// The places of the outcomes, in their order.
    pub gives: Vec<usize>,
    /// The places of the rows that a missing fact leaves open.
    pub undecided: Vec<usize>,
}

impl DecisionTable {
    /// What is decided for each row of facts.
    pub fn evaluate(&self, batch: &Batch) -> Vec<Decision> {
        let mut decided = vec![false; batch.len()];
        let mut decisions = vec![Decision::default(); batch.len()];
        for (place, row) in self.rows.iter().enumerate() {
            for (at, truth) in truths(&row.when, batch).into_iter().enumerate() {
                let (decision, is_decided) = (&mut decisions[at], &mut decided[at]);
                match truth {
                    Truth::False => {}
                    _ if *is_decided => {}
                    Truth::True => {
                        decision.gives.push(row.gives);
                        *is_decided = self.hit == Hit::First;
                    }
                    Truth::Missing => {
                        decision.undecided.push(place);
                        *is_decided = self.hit == Hit::First;
                    }
                }
            }
        }
        for decision in &mut decisions {
            if decision.gives.is_empty() {
                let left = if decision.undecided.is_empty() {
                    self.otherwise
                } else {
                    self.prudent
                };
                decision.gives.extend(left);
            }
            decision.gives.sort_unstable();
            decision.gives.dedup();
        }
        decisions
    }

    /// With [`Hit::First`], the place of the outcome of each row alone; none where a missing fact leaves it open.
    pub fn first(&self, batch: &Batch) -> Vec<Option<usize>> {
        let mut found = vec![self.otherwise; batch.len()];
        let mut open: Vec<usize> = (0..batch.len()).collect();
        for row in &self.rows {
            let truths = truths(&row.when, batch);
            open.retain(|at| {
                match truths[*at] {
                    Truth::False => return true,
                    Truth::True => found[*at] = Some(row.gives),
                    Truth::Missing => found[*at] = self.prudent,
                }
                false
            });
        }
        found
    }

    /// A decision, as an example writes it.
    pub fn written(&self, decision: &Decision) -> String {
        self.told(&decision.gives)
    }

    /// Outcomes by their places, as an example writes them.
    pub(crate) fn told(&self, gives: &[usize]) -> String {
        let mut said = gives.iter().map(|place| self.outcomes[*place].id.as_str());
        match self.hit {
            Hit::First => said.next().unwrap_or(MISSING).to_owned(),
            Hit::Collect => list(said),
        }
    }
}

impl Kind for DecisionTable {
    const KEY: &'static str = "decision";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let hit = hit(table, reading);
        let outcomes = outcomes(table, reading);
        let rows = rows(table, &outcomes, hit, reading);
        let otherwise = outcome(table, "otherwise", &outcomes, reading);
        let prudent = outcome(table, "prudent", &outcomes, reading);
        if hit == Some(Hit::First) && otherwise.is_none() && table.value("otherwise").is_none() {
            reading.problems.push(table.missing("otherwise"));
        }
        let examples = reading.examples(table, |example, reading| {
            let known = |said: &str| outcomes.iter().any(|outcome| outcome.id == said);
            // What an example expects cannot be read before it is known how rows count.
            example.value("expect");
            match hit? {
                Hit::First => reading.expected_word(example, |said| said == MISSING || known(said)),
                Hit::Collect => reading.expected_words(example, known),
            }
        });
        Some(Self {
            head,
            hit: hit?,
            outcomes,
            rows,
            otherwise,
            prudent,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        self.rows.iter().map(|row| &row.when).collect()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let decisions = self.evaluate(&trial.rows(&self.examples));
        let mut shown = Vec::new();
        for (example, decision) in self.examples.iter().zip(&decisions) {
            trial.compare(&self.head, example, &self.written(decision));
            let given = decision.gives.iter();
            shown.extend(given.map(|place| self.outcomes[*place].id.clone()));
            if !decision.undecided.is_empty() {
                shown.push(MISSING.to_owned());
            }
        }
        let outcomes = self.outcomes.iter().map(|outcome| outcome.id.as_str());
        let sides: Vec<&str> = outcomes.chain([MISSING]).collect();
        trial.check_shown(&self.head, &shown, &sides)
    }
}

fn hit(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Hit> {
    let word = table.text("hit", reading.problems)?;
    match word.text {
        "first" => Some(Hit::First),
        "collect" => Some(Hit::Collect),
        _ => {
            let told = ("hit 为 first 或 collect", "hit is first or collect");
            reading.report(table, &word.span, "hit", told);
            None
        }
    }
}

fn outcomes(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for mut section in table.parts("outcome", reading.problems) {
        let id = identifier(&mut section, reading.problems);
        let label = section.label(reading.problems);
        let before = outcomes.iter().map(|outcome| outcome.id.as_str());
        reading.check_new(&section, id.as_deref(), before);
        outcomes.extend(id.map(|id| Outcome { id, label }));
        section.end(reading.problems);
    }
    outcomes
}

fn rows(
    table: &mut Section<'_>,
    outcomes: &[Outcome],
    hit: Option<Hit>,
    reading: &mut Reading<'_>,
) -> Vec<DecisionRow> {
    let (mut rows, mut spans) = (Vec::new(), Vec::new());
    for mut section in table.sections("row", reading.problems) {
        let when = reading.condition(&mut section, "when");
        let gives = outcome(&mut section, "gives", outcomes, reading);
        if section.value("gives").is_none() {
            reading.problems.push(section.missing("gives"));
        }
        if let (Some((when, written)), Some(gives)) = (when, gives) {
            spans.push(written.span);
            rows.push(DecisionRow {
                when,
                text: written.text.to_owned(),
                gives,
            });
        }
        section.end(reading.problems);
    }
    let looked_at: Vec<_> = rows.iter().map(|row| &row.when).zip(spans).collect();
    match hit {
        Some(Hit::First) => reading.check_reached(table, &looked_at),
        _ => {
            for row in looked_at {
                reading.check_reached(table, &[row]);
            }
        }
    }
    rows
}

/// The place of the outcome that a key names, if it is there.
fn outcome(
    table: &mut Section<'_>,
    key: &'static str,
    outcomes: &[Outcome],
    reading: &mut Reading<'_>,
) -> Option<usize> {
    let named = table.optional(key, reading.problems)?;
    let place = outcomes.iter().position(|outcome| outcome.id == named.text);
    if place.is_none() {
        let told = (
            format!("没有结果 {}", named.text),
            format!("there is no outcome {}", named.text),
        );
        reading.report(table, &named.span, "unknown_outcome", told);
    }
    place
}
