//! Weighted scorecards (加权评分表): each item scores by its first case that holds, items weigh, direct cases decide
//! before the sum does.
//!
//! The total of a row is Σ score × weight ÷ levels, where weights sum to 100: with five levels it lies between 20 and
//! 100. It is kept in hundredths times the levels, so that no rounding ever decides a grade.

use crate::expression::{Expression, Outcome, Truth};
use crate::facts::{Batch, FactDictionary, Label};

/// A scorecard that was checked.
#[derive(Debug)]
pub struct Scorecard {
    /// By which decisions name it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// The source and, where there is one, the article.
    pub origin: (String, Option<String>),
    /// The highest score of an item; 1 is the lowest.
    pub levels: u8,
    /// What is scored.
    pub items: Vec<Item>,
    /// What decides before anything is scored, in order.
    pub direct: Vec<DirectCase>,
    /// From the lowest total to the highest.
    pub grades: Vec<Grade>,
}

/// Something that is scored.
#[derive(Debug)]
pub struct Item {
    /// By which a sheet names it.
    pub id: String,
    /// What it is about.
    pub label: Label,
    /// Items that belong together, by name.
    pub family: String,
    /// In hundredths of a percent; those of all items sum to 10,000.
    pub weight: u32,
    /// Looked at in order; the first that holds gives the score.
    pub cases: Vec<(Expression, u8)>,
    /// The score where no case holds.
    pub otherwise: u8,
    /// The score where a fact is missing that would decide.
    pub prudent: u8,
}

/// What decides without a score.
#[derive(Debug)]
pub struct DirectCase {
    /// By which a sheet names it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// When it holds.
    pub when: Expression,
    /// The place of the grade that it gives.
    pub grade: usize,
}

/// A grade and the totals that it takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grade {
    /// By which decisions name it.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// The highest total in it, in hundredths; none for the last.
    pub up_to: Option<u32>,
}

/// What a scorecard says of one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rating {
    /// The total in hundredths times the levels.
    pub total: u32,
    /// The place of the grade.
    pub grade: usize,
    /// The place of the direct case that decided, if one did.
    pub direct: Option<usize>,
    /// The score of each item.
    pub scores: Vec<u8>,
    /// The places of the items whose score is the prudent one.
    pub prudent: Vec<usize>,
}

impl Scorecard {
    /// Rates each row.
    pub fn rate(&self, batch: &Batch) -> Vec<Rating> {
        let mut ratings = vec![
            Rating {
                total: 0,
                grade: 0,
                direct: None,
                scores: Vec::with_capacity(self.items.len()),
                prudent: Vec::new(),
            };
            batch.len()
        ];
        for (place, item) in self.items.iter().enumerate() {
            for (rating, score) in ratings.iter_mut().zip(item.score(batch)) {
                let (score, is_prudent) = score;
                rating.total += u32::from(score) * item.weight;
                rating.scores.push(score);
                if is_prudent {
                    rating.prudent.push(place);
                }
            }
        }
        for (place, case) in self.direct.iter().enumerate() {
            for (rating, truth) in ratings.iter_mut().zip(truths(&case.when, batch)) {
                if truth == Truth::True && rating.direct.is_none() {
                    rating.direct = Some(place);
                }
            }
        }
        for rating in &mut ratings {
            rating.grade = match rating.direct {
                Some(place) => self.direct[place].grade,
                None => self.grade(rating.total),
            };
        }
        ratings
    }

    /// The place of the grade that a total lies in.
    fn grade(&self, total: u32) -> usize {
        let within = |grade: &Grade| {
            let most = grade.up_to.map(|most| most * u32::from(self.levels));
            most.is_none_or(|most| total <= most)
        };
        let last = self.grades.len().saturating_sub(1);
        self.grades.iter().position(within).unwrap_or(last)
    }

    /// A total as people write it: at most two digits behind the point.
    pub fn written(&self, total: u32) -> String {
        let hundredths = f64::from(total) / f64::from(self.levels) / 100.0;
        let text = format!("{hundredths:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The names of the facts that are missing in a row and of which a score or a direct case says so.
    pub fn missing<'a>(
        &self,
        facts: &'a FactDictionary,
        batch: &Batch,
        row: usize,
    ) -> Vec<&'a str> {
        let cases = self.items.iter().flat_map(|item| &item.cases);
        let scored = cases.map(|(when, _)| when);
        let all = scored.chain(self.direct.iter().map(|case| &case.when));
        let mut missing: Vec<usize> = all
            .filter(|when| truths(when, batch)[row] == Truth::Missing)
            .flat_map(Expression::facts)
            .copied()
            .filter(|place| batch.lacks(*place, row))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
            .into_iter()
            .map(|place| facts.fact(place).name.as_str())
            .collect()
    }
}

impl Item {
    /// The score of each row, and whether it is the prudent one.
    fn score(&self, batch: &Batch) -> Vec<(u8, bool)> {
        let mut scores: Vec<Option<(u8, bool)>> = vec![None; batch.len()];
        for (when, score) in &self.cases {
            for (found, truth) in scores.iter_mut().zip(truths(when, batch)) {
                if found.is_none() {
                    *found = match truth {
                        Truth::True => Some((*score, false)),
                        Truth::Missing => Some((self.prudent, true)),
                        Truth::False => None,
                    };
                }
            }
        }
        let scores = scores.into_iter();
        scores
            .map(|score| score.unwrap_or((self.otherwise, false)))
            .collect()
    }
}

fn truths(when: &Expression, batch: &Batch) -> Vec<Truth> {
    match when.evaluate(batch) {
        Outcome::Truths(truths) => truths,
        _ => vec![Truth::Missing; batch.len()],
    }
}
