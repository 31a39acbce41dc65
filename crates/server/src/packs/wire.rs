//! Packs, their editions and rules as a client sees them.

use std::collections::BTreeMap;

use rulebook::Label;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Id, Instant, Text};
use crate::packs::edition::{EditionRow, State};
use crate::packs::form::PackEdit;
use crate::packs::text::hex;
use crate::protection::Disclose;

/// A label as JSON writes it.
pub fn text_of(label: &Label) -> Text {
    Text::new(label.zh.clone(), label.en.clone())
}

/// An edition of a rule pack (规则包版本).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackEdition {
    pub id: Id,
    /// The pack by its id.
    pub pack: String,
    pub version: String,
    pub label: Text,
    /// Upon which packs it lies: `base`, `industry`, `institution` or `branch`.
    pub layer: String,
    /// The unit for which it is.
    pub branch: Option<String>,
    pub state: State,
    /// Whether it is in force today.
    pub in_force: bool,
    /// Whether whoever asks worked at it or proposed it, so that another person must approve it.
    pub mine: bool,
    /// The first day, as `2026-01-31`.
    pub effective_from: String,
    /// The last day.
    pub effective_to: Option<String>,
    /// SHA-256 over its files.
    pub digest: String,
    /// Rises with every change of a draft.
    pub revision: i64,
    /// The edition that it began with.
    pub base: Option<Id>,
    pub created_at: Instant,
    pub created_by: String,
    pub changed_at: Instant,
    pub changed_by: String,
    pub proposed_at: Option<Instant>,
    pub proposed_by: Option<String>,
    /// Why it was proposed.
    pub proposal: Option<String>,
    pub decided_at: Option<Instant>,
    pub decided_by: Option<String>,
    /// Why it was approved, sent back or discarded.
    pub decision: Option<String>,
}

impl Disclose for PackEdition {}

impl PackEdition {
    pub(super) fn of(row: &EditionRow, in_force: bool, asker: &str) -> Self {
        Self {
            id: Id(row.id),
            pack: row.pack.clone(),
            version: row.version.clone(),
            label: row.identity().map_or_else(
                || Text::new(row.pack.clone(), row.pack.clone()),
                |identity| text_of(&identity.label),
            ),
            layer: row.layer.clone(),
            branch: row.branch.clone(),
            state: row.state,
            in_force,
            mine: row.is_of(asker),
            effective_from: rulebook::written_day(row.effective_from),
            effective_to: row.effective_to.map(rulebook::written_day),
            digest: hex(&row.digest),
            revision: row.revision,
            base: row.base.map(Id),
            created_at: Instant(row.created_at),
            created_by: row.created_by.clone(),
            changed_at: Instant(row.changed_at),
            changed_by: row.changed_by.clone(),
            proposed_at: row.proposed_at.map(Instant),
            proposed_by: row.proposed_by.clone(),
            proposal: row.proposal.clone(),
            decided_at: row.decided_at.map(Instant),
            decided_by: row.decided_by.clone(),
            decision: row.decision.clone(),
        }
    }
}

/// An edition with its text, its rules and what is wrong with it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackEditionDetail {
    #[serde(flatten)]
    pub edition: PackEdition,
    /// The packs whose facts it uses.
    pub builds_on: Vec<String>,
    pub sources: Vec<PackSource>,
    /// Its files by name, as an engineer would write them.
    pub files: BTreeMap<String, String>,
    /// Its rules and facts as tables, in the order of the files.
    pub rules: Vec<PackTable>,
    pub check: PackCheck,
    /// The last back-test.
    pub backtest: Option<Id>,
}

impl Disclose for PackEditionDetail {}

/// What a pack implements.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackSource {
    pub id: String,
    pub title: String,
    pub number: Option<String>,
    pub issuer: Option<String>,
    /// For which rules it is the source.
    pub used_for: Option<String>,
    /// The day on which it came into force.
    pub effective_from: Option<String>,
    /// `read`, `seen` or `memory`: how sure it is that the pack says what the source says.
    pub confidence: String,
}

/// A table of a pack's file: a rule, a fact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackTable {
    /// The key of its tables, as `condition` or `fact`.
    pub kind: String,
    /// Its id, or the name of a fact.
    pub id: String,
    pub file: String,
    /// Its place among the tables of its kind in the file.
    pub place: usize,
    /// What it says.
    #[schema(value_type = Object)]
    pub table: serde_json::Value,
}

/// What a check found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackCheck {
    pub problems: Vec<PackProblem>,
    /// How many rules there are.
    pub rules: usize,
    /// How many of them examples show from all sides.
    pub covered: usize,
    /// How many examples were run.
    pub examples: usize,
}

impl Disclose for PackCheck {}

/// Something wrong in a file of a pack.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackProblem {
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// A word that never changes.
    pub code: String,
    /// The kind of the rule in which it is, or `fact`; of a problem of the pack itself none.
    pub kind: Option<String>,
    /// The id of that rule, or the name of the fact.
    pub rule: Option<String>,
    pub reason: Text,
    /// The line as it stands there.
    pub excerpt: String,
    /// Of an example that turns out otherwise: what its rule says now.
    pub found: Option<String>,
}

/// A rule that counts on a day, with its origin (来源).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleInForce {
    pub rule: String,
    pub kind: String,
    pub label: Text,
    /// The edition that says it.
    pub edition: Id,
    pub pack: String,
    pub version: String,
    /// The packs whose rule it replaces, from the lowest.
    pub replaces: Vec<String>,
    /// What it implements.
    pub source: PackSource,
    pub article: Option<String>,
    /// The facts that it looks at.
    pub facts: Vec<String>,
}

impl Disclose for RuleInForce {}

/// A fact that rules may look at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackFact {
    pub name: String,
    /// `boolean`, `integer`, `number`, `date`, `moment`, `text` or `texts`.
    #[serde(rename = "type")]
    pub kind: String,
    pub label: Text,
    /// The texts that it can be, if it is one of a list.
    pub values: Vec<String>,
    /// Whether rules compute it from other facts.
    pub derived: bool,
}

impl Disclose for PackFact {}

/// A change of a draft.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackChange {
    /// The revision that was seen.
    pub revision: i64,
    /// Values to change, one after the other.
    #[serde(default)]
    pub edits: Vec<PackEdit>,
    /// Files to add or to replace before that, by name; nothing in the place of a text removes the file. `pack.toml` lists
    /// what is added and no longer lists what is removed, unless it is replaced too.
    #[serde(default)]
    pub files: BTreeMap<String, Option<String>>,
}

/// Which revision of a draft somebody has seen.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackRevision {
    /// The revision.
    pub revision: i64,
}

/// Why somebody does something with an edition, and what they saw of it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackReason {
    /// In a sentence.
    pub reason: String,
    /// The revision that was seen: nobody decides about a text that changed meanwhile.
    pub revision: i64,
}

/// Something that is not the same in two editions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackDifference {
    /// The key of its tables, as `condition`; `pack` for what stands in `pack.toml`, `file` for what else stands in a
    /// file.
    pub kind: String,
    pub id: String,
    /// `added`, `removed` or `changed`.
    pub change: String,
    /// What changed, of a rule that both have.
    pub values: Vec<ChangedValue>,
}

impl Disclose for PackDifference {}

/// A value that changed, as TOML writes it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangedValue {
    pub path: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What a rule says, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RuleVerdict {
    /// The outcome, as examples write it.
    pub outcome: String,
    /// What the pack calls the outcome, where it gives it a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_label: Option<Text>,
    /// The total of a scorecard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// What led to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<VerdictReason>,
    /// Of a clock that ends after the last day whose holidays are announced, that day: its outcome is an estimate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_after: Option<String>,
    /// Facts that are missing and would have counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// A part of a rule that counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VerdictReason {
    /// `item`, `direct`, `modifier`, `floor` or `outcome`.
    pub part: String,
    pub id: String,
    pub label: Text,
    /// Of an item, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// Whether the score is that for a missing fact.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prudent: bool,
}

impl From<rulebook::Verdict> for RuleVerdict {
    fn from(verdict: rulebook::Verdict) -> Self {
        let reasons = verdict.reasons.into_iter().map(|reason| VerdictReason {
            part: reason.part.name().to_owned(),
            id: reason.id,
            label: text_of(&reason.label),
            weight: reason.weight.map(|weight| f64::from(weight) / 100.0),
            score: reason.score,
            prudent: reason.prudent,
        });
        Self {
            outcome: verdict.outcome,
            outcome_label: verdict.label.as_ref().map(text_of),
            total: verdict.total,
            reasons: reasons.collect(),
            estimated_after: verdict.estimated_after.map(rulebook::written_day),
            missing: verdict.missing,
        }
    }
}

impl From<&rulebook::Problem> for PackProblem {
    fn from(problem: &rulebook::Problem) -> Self {
        Self {
            file: problem.file.clone(),
            line: problem.line,
            column: problem.column,
            code: problem.code.to_owned(),
            kind: problem.rule.as_ref().map(|rule| rule.kind.to_owned()),
            rule: problem.rule.as_ref().map(|rule| rule.id.clone()),
            reason: Text::new(problem.wording.zh.clone(), problem.wording.en.clone()),
            excerpt: problem.excerpt.clone(),
            found: problem.otherwise.as_ref().map(|other| other.found.clone()),
        }
    }
}
