//! Weighted scorecards (加权评分表): each item scores by its first case that holds, items weigh, direct cases decide
//! before the sum does, modifiers change the sum, floors keep the grade from falling.
//!
//! The total of a row is Σ score × weight ÷ levels, where weights sum to 100: with five levels it lies between 20 and
//! 100. It is kept in hundredths times the levels, so that no rounding ever decides a grade.

use crate::expression::{Expression, Truth};
use crate::facts::{Batch, FactDictionary, Label};
use crate::pack::reading::Section;
use crate::rule::{Example, Head, Kind, Known, Reading, Trial, missing_facts, truths};
use crate::rules::scorecard_reading;

/// What all weights sum to, in hundredths of a percent.
pub(super) const WHOLE: u32 = 10_000;
/// Shown by an example in which an item has its prudent score.
const PRUDENT: &str = "prudent";

/// A scorecard that was checked.
#[derive(Clone, Debug)]
pub struct Scorecard {
    /// Who it is.
    pub head: Head,
    /// The highest score of an item; 1 is the lowest.
    pub levels: u8,
    /// What is scored.
    pub items: Vec<Item>,
    /// What decides before anything is scored, in order.
    pub direct: Vec<DirectCase>,
    /// What is added to the total, or taken from it.
    pub modifiers: Vec<Modifier>,
    /// Below what the grade does not fall, whatever decided it.
    pub floors: Vec<Floor>,
    /// From the lowest total to the highest.
    pub grades: Vec<Grade>,
    /// What it says of given facts.
    pub examples: Vec<Example<Known>>,
}

/// Something that is scored.
#[derive(Clone, Debug)]
pub struct Item {
    /// By which a sheet names it.
    pub id: String,
    /// What it is about.
    pub label: Label,
    /// The article that asks for it.
    pub article: Option<String>,
    /// Items that belong together, by name.
    pub family: String,
    /// In hundredths of a percent; those of all items sum to 10,000.
    pub weight: u32,
    /// Looked at in order; the first that holds gives the score.
    pub cases: Vec<Case>,
    /// The score where no case holds.
    pub otherwise: u8,
    /// The score where a fact is missing that would decide.
    pub prudent: u8,
}

/// When an item has a score.
#[derive(Clone, Debug)]
pub struct Case {
    /// When it holds.
    pub when: Expression,
    /// The condition as written.
    pub text: String,
    /// The score then.
    pub score: u8,
}

/// What changes a total.
#[derive(Clone, Debug)]
pub struct Modifier {
    /// By which a sheet names it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// When it holds.
    pub when: Expression,
    /// In hundredths, added to the total, which stays between its lowest and its highest.
    pub points: i32,
}

/// What keeps a grade from falling.
#[derive(Clone, Debug)]
pub struct Floor {
    /// By which a sheet names it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// When it holds.
    pub when: Expression,
    /// The place of the lowest grade that is possible then.
    pub grade: usize,
}

/// What decides without a score.
#[derive(Clone, Debug)]
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
    /// The places of the modifiers that hold.
    pub modifiers: Vec<usize>,
    /// The place of the floor that lifted the grade, if one did.
    pub floor: Option<usize>,
    /// The score of each item.
    pub scores: Vec<u8>,
    /// The places of the items whose score is the prudent one.
    pub prudent: Vec<usize>,
}

/// What is known of a row while it is rated.
#[derive(Clone, Copy, Default)]
struct Graded {
    total: u32,
    points: i64,
    grade: usize,
    direct: Option<usize>,
    floor: Option<usize>,
}

/// Something that counts in a row.
enum Part {
    Score {
        place: usize,
        score: u8,
        is_prudent: bool,
    },
    Modifier(usize),
}

/// All that counted in a row.
#[derive(Clone, Default)]
struct Parts {
    scores: Vec<u8>,
    prudent: Vec<usize>,
    modifiers: Vec<usize>,
}

/// The rows in which a condition holds.
fn holding(when: &Expression, batch: &Batch) -> impl Iterator<Item = usize> + use<> {
    let truths = truths(when, batch).into_iter().enumerate();
    truths
        .filter(|(_, truth)| *truth == Truth::True)
        .map(|(row, _)| row)
}

impl Scorecard {
    /// Rates each row, with every score.
    pub fn rate(&self, batch: &Batch) -> Vec<Rating> {
        let mut parts = vec![Parts::default(); batch.len()];
        let graded = self.graded(batch, |row, part| {
            let parts = &mut parts[row];
            match part {
                Part::Score {
                    place,
                    score,
                    is_prudent,
                } => {
                    parts.scores.push(score);
                    parts.prudent.extend(is_prudent.then_some(place));
                }
                Part::Modifier(place) => parts.modifiers.push(place),
            }
        });
        let rating = |(graded, parts): (Graded, Parts)| Rating {
            total: graded.total,
            grade: graded.grade,
            direct: graded.direct,
            modifiers: parts.modifiers,
            floor: graded.floor,
            scores: parts.scores,
            prudent: parts.prudent,
        };
        graded.into_iter().zip(parts).map(rating).collect()
    }

    /// The place of the grade of each row; nothing is kept of how it came about.
    pub fn grades(&self, batch: &Batch) -> Vec<usize> {
        let graded = self.graded(batch, |_, _| {});
        graded.into_iter().map(|graded| graded.grade).collect()
    }

    /// Rates each row, and tells of each score and modifier as it counts.
    fn graded(&self, batch: &Batch, mut tell: impl FnMut(usize, Part)) -> Vec<Graded> {
        let mut rows = vec![Graded::default(); batch.len()];
        for (place, item) in self.items.iter().enumerate() {
            for (row, (score, is_prudent)) in item.score(batch).into_iter().enumerate() {
                rows[row].total += u32::from(score) * item.weight;
                tell(
                    row,
                    Part::Score {
                        place,
                        score,
                        is_prudent,
                    },
                );
            }
        }
        for (place, modifier) in self.modifiers.iter().enumerate() {
            for row in holding(&modifier.when, batch) {
                rows[row].points += i64::from(modifier.points);
                tell(row, Part::Modifier(place));
            }
        }
        for (place, case) in self.direct.iter().enumerate() {
            for row in holding(&case.when, batch) {
                rows[row].direct.get_or_insert(place);
            }
        }
        for row in &mut rows {
            row.total = self.modified(row.total, row.points);
            row.grade = match row.direct {
                Some(place) => self.direct[place].grade,
                None => self.grade(row.total),
            };
        }
        for (place, floor) in self.floors.iter().enumerate() {
            for row in holding(&floor.when, batch) {
                let row = &mut rows[row];
                if row.grade < floor.grade {
                    (row.grade, row.floor) = (floor.grade, Some(place));
                }
            }
        }
        rows
    }

    /// A total with the points that its modifiers add, between that of all lowest and that of all highest scores.
    fn modified(&self, total: u32, points: i64) -> u32 {
        let levels = i64::from(self.levels);
        let sum = i64::from(total) + points * levels;
        sum.clamp(i64::from(WHOLE), i64::from(WHOLE) * levels) as u32
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
        let missing = missing_facts(self.expressions().into_iter(), batch, row);
        let missing = missing.into_iter();
        missing
            .map(|place| facts.fact(place).name.as_str())
            .collect()
    }
}

impl Item {
    /// The score of each row, and whether it is the prudent one.
    fn score(&self, batch: &Batch) -> Vec<(u8, bool)> {
        let mut scores: Vec<Option<(u8, bool)>> = vec![None; batch.len()];
        for Case { when, score, .. } in &self.cases {
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

impl Kind for Scorecard {
    const KEY: &'static str = "scorecard";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        scorecard_reading::read(head, table, reading)
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        let cases = self.items.iter().flat_map(|item| &item.cases);
        let scored = cases.map(|case| &case.when);
        let direct = self.direct.iter().map(|case| &case.when);
        let modifiers = self.modifiers.iter().map(|modifier| &modifier.when);
        let floors = self.floors.iter().map(|floor| &floor.when);
        let all = scored.chain(direct).chain(modifiers).chain(floors);
        all.collect()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let ratings = self.rate(&trial.rows(&self.examples));
        let mut shown = Vec::new();
        for (example, rating) in self.examples.iter().zip(&ratings) {
            let (total, grade) = (self.written(rating.total), &self.grades[rating.grade].id);
            // An example may leave the total open.
            let found = if example.expect.contains(' ') {
                format!("{total} {grade}")
            } else {
                grade.clone()
            };
            trial.compare(&self.head, example, &found);
            shown.push(grade.clone());
            if !rating.prudent.is_empty() {
                shown.push(PRUDENT.to_owned());
            }
        }
        let grades = self.grades.iter().map(|grade| grade.id.as_str());
        let sides: Vec<&str> = grades.collect();
        let prudent = self.items.iter().all(|item| item.cases.is_empty())
            || shown.iter().any(|shown| shown == PRUDENT);
        trial.check_shown(&self.head, &shown, &sides) && prudent
    }
}
