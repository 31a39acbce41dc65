//! Two names side by side.

use names::{Comparison, NameKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::authenticity::limited;
use crate::http::{Problem, Text};
use crate::protection::Disclose;
use crate::register::Reason;

/// Two names, and whose they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesQuestion {
    left: String,
    right: String,
    /// Guessed from the names unless said.
    #[serde(default)]
    kind: Option<PartyKind>,
}

/// Whose name it is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PartyKind {
    Person,
    Organisation,
}

/// How far two names agree.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComparedNames {
    kind: PartyKind,
    /// From 0 (nothing in common) to 1 (the same name).
    score: f64,
    reasons: Vec<Reason>,
    /// Index keys that both have: whether a search by one name would find the other.
    shared_keys: Vec<String>,
}

impl Disclose for ComparedNames {}

/// Answers a question of two names.
pub(super) fn compare(question: &NamesQuestion) -> Result<ComparedNames, Problem> {
    let (left, right) = (
        limited("left", &question.left)?,
        limited("right", &question.right)?,
    );
    let kind = question
        .kind
        .map_or_else(|| NameKind::guess_pair(left, right), NameKind::from);
    let Comparison { score, reasons } = names::compare(kind, left, right);
    let others = names::keys(kind, right);
    let mut shared_keys = names::keys(kind, left);
    shared_keys.retain(|key| others.contains(key));
    Ok(ComparedNames {
        kind: kind.into(),
        score,
        reasons: reasons.iter().map(said).collect(),
        shared_keys,
    })
}

fn said(reason: names::Reason) -> Reason {
    Reason {
        code: reason.code(),
        text: Text::new(reason.zh(), reason.to_string()),
    }
}

impl From<PartyKind> for NameKind {
    fn from(kind: PartyKind) -> Self {
        match kind {
            PartyKind::Person => Self::Person,
            PartyKind::Organisation => Self::Organisation,
        }
    }
}

impl From<NameKind> for PartyKind {
    fn from(kind: NameKind) -> Self {
        match kind {
            NameKind::Person => Self::Person,
            NameKind::Organisation => Self::Organisation,
        }
    }
}
