//! What a pack says of one row of facts, with every reason.

use anyhow::Result;
use rulebook::{Batch, BatchBuilder, Label, Outcome, Pack, Rating, Scorecard, Truth, Value};
use serde::Serialize;

/// The answer: which pack, and what its rules say.
#[derive(Serialize)]
pub struct Sheet<'a> {
    pack: &'a str,
    version: &'a str,
    conditions: Vec<Said<'a>>,
    scorecards: Vec<Scored<'a>>,
}

#[derive(Serialize)]
struct Words<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct Said<'a> {
    id: &'a str,
    label: Words<'a>,
    holds: Option<bool>,
}

#[derive(Serialize)]
struct Scored<'a> {
    id: &'a str,
    grade: &'a str,
    label: Words<'a>,
    total: String,
    /// The direct case that decided, if one did.
    direct: Option<&'a str>,
    items: Vec<ItemScore<'a>>,
    /// Facts that are missing and would have counted.
    missing: Vec<&'a str>,
}

#[derive(Serialize)]
struct ItemScore<'a> {
    id: &'a str,
    family: &'a str,
    label: Words<'a>,
    /// In percent.
    weight: f64,
    score: u8,
    /// Whether it is the score for a missing fact.
    prudent: bool,
}

impl<'a> From<&'a Label> for Words<'a> {
    fn from(label: &'a Label) -> Self {
        Self {
            zh: &label.zh,
            en: &label.en,
        }
    }
}

/// What the pack says of what is known.
pub fn of<'a>(pack: &'a Pack, known: &[(usize, Value)]) -> Result<Sheet<'a>> {
    let mut rows = BatchBuilder::new(&pack.facts, 1);
    rows.push(known)?;
    let batch = rows.finish();
    let conditions = pack.conditions.iter().map(|condition| Said {
        id: &condition.id,
        label: (&condition.label).into(),
        holds: match condition.expression.evaluate(&batch) {
            Outcome::Truths(truths) => match truths[0] {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Missing => None,
            },
            _ => None,
        },
    });
    let cards = pack.scorecards.iter().map(|(card, ..)| card);
    let scored = cards.flat_map(|card| {
        let ratings = card.rate(&batch).into_iter();
        ratings.map(|rating| scored(pack, card, &rating, &batch))
    });
    Ok(Sheet {
        pack: &pack.id,
        version: &pack.version,
        conditions: conditions.collect(),
        scorecards: scored.collect(),
    })
}

fn scored<'a>(pack: &'a Pack, card: &'a Scorecard, rating: &Rating, batch: &Batch) -> Scored<'a> {
    let grade = &card.grades[rating.grade];
    let items = card.items.iter().zip(&rating.scores).enumerate();
    let items = items.map(|(place, (item, score))| ItemScore {
        id: &item.id,
        family: &item.family,
        label: (&item.label).into(),
        weight: f64::from(item.weight) / 100.0,
        score: *score,
        prudent: rating.prudent.contains(&place),
    });
    Scored {
        id: &card.id,
        grade: &grade.id,
        label: (&grade.label).into(),
        total: card.written(rating.total),
        direct: rating.direct.map(|place| card.direct[place].id.as_str()),
        items: items.collect(),
        missing: card.missing(&pack.facts, batch, 0),
    }
}
