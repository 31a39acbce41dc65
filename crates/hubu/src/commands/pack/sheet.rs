//! What a pack says of one row of facts, with every reason.

use rulebook::{Known, Label, Pack, Reason, Rule, Verdict};
use serde::Serialize;

/// The answer: which pack, and what its rules say.
#[derive(Serialize)]
pub struct Sheet<'a> {
    pack: &'a str,
    version: &'a str,
    verdicts: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Words {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct Said<'a> {
    rule: &'a str,
    kind: &'static str,
    label: Words,
    source: &'a str,
    article: Option<&'a str>,
    outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Because>,
    /// The last day whose holidays are announced, where a clock ends later: its outcome is an estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_after: Option<String>,
    /// Facts that are missing and would have counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
}

#[derive(Serialize)]
struct Because {
    part: &'static str,
    id: String,
    label: Words,
    /// In percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    /// Whether it is the score for a missing fact.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    prudent: bool,
}

impl From<Label> for Words {
    fn from(Label { zh, en }: Label) -> Self {
        Self { zh, en }
    }
}

impl From<Reason> for Because {
    fn from(reason: Reason) -> Self {
        Self {
            part: reason.part.name(),
            id: reason.id,
            label: reason.label.into(),
            weight: reason.weight.map(|weight| f64::from(weight) / 100.0),
            score: reason.score,
            prudent: reason.prudent,
        }
    }
}

/// What the rules of a pack say of what is known.
pub fn of<'a>(pack: &'a Pack, known: &Known) -> Sheet<'a> {
    let verdicts = pack.rules.iter().filter_map(|rule| {
        let verdict = rule.verdict(known, &pack.foundation)?;
        Some(said(rule, verdict))
    });
    Sheet {
        pack: &pack.identity.id,
        version: &pack.identity.version,
        verdicts: verdicts.collect(),
    }
}

fn said(rule: &Rule, verdict: Verdict) -> Said<'_> {
    let head = rule.head();
    Said {
        rule: &head.id,
        kind: rule.kind(),
        label: head.label.clone().into(),
        source: &head.source,
        article: head.article.as_deref(),
        outcome: verdict.outcome,
        total: verdict.total,
        reasons: verdict.reasons.into_iter().map(Because::from).collect(),
        estimated_after: verdict.estimated_after.map(rulebook::written_day),
        missing: verdict.missing,
    }
}
