//! One number: which kind it is of, whether it is well-formed, what it says, how it could be mended.

use identifiers::{
    CalendarDate, Candidate, Checked, IdentifierKind, Part, Repair, RowContext, detect, repairs,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::authenticity::{division_names, limited};
use crate::http::{Problem, Text};
use crate::protection::Disclose;
use crate::register::Reason;

/// A guess below this confidence is not told beside a better one.
const WORTH_TELLING: u8 = 10;
/// More repairs than this nobody reads.
const MOST_REPAIRS: usize = 12;

/// An identifier, and what else is known of whoever bears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentifierQuestion {
    text: String,
    /// A kind such as `resident-id`; the likeliest unless said.
    #[serde(default)]
    kind: Option<String>,
    /// Day of birth of the bearer: repairs that contradict it come last.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    birth_date: Option<String>,
    #[serde(default)]
    sex: Option<Sex>,
    /// Six digits: where the bearer is registered.
    #[serde(default)]
    division: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sex {
    Male,
    Female,
}

/// What an identifier says, or why it is none.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CheckedIdentifier {
    #[serde(flatten)]
    kind: Option<LabelledKind>,
    valid: bool,
    /// The form in which it is compared; empty where it is not valid.
    normal: String,
    parts: Vec<IdentifierPart>,
    /// What to correct, where it is not valid.
    refusal: Option<Reason>,
    /// What is remarkable, valid or not.
    findings: Vec<Reason>,
    /// Texts one slip away that are valid, the likeliest first.
    repairs: Vec<IdentifierRepair>,
    /// Whether the other facts leave the first repair alone.
    outright: bool,
    /// The kinds it may be of, the likeliest first.
    candidates: Vec<IdentifierCandidate>,
}

/// A kind and its label.
#[derive(Debug, Serialize, ToSchema)]
struct LabelledKind {
    #[schema(value_type = String)]
    kind: &'static str,
    label: Text,
}

/// One thing that it says, such as `birth_date`.
#[derive(Debug, Serialize, ToSchema)]
struct IdentifierPart {
    #[schema(value_type = String)]
    name: &'static str,
    value: String,
    /// What a code stands for, in Chinese, where that is known.
    meaning: Option<String>,
}

/// A way to mend it.
#[derive(Debug, Serialize, ToSchema)]
struct IdentifierRepair {
    normal: String,
    /// What was changed, and where.
    change: Text,
}

/// A kind it may be of.
#[derive(Debug, Serialize, ToSchema)]
struct IdentifierCandidate {
    #[serde(flatten)]
    kind: LabelledKind,
    /// In percent: an order more than a measured share.
    confidence: u8,
    valid: bool,
}

impl Disclose for CheckedIdentifier {}

/// Answers a question of an identifier.
pub(super) fn check(question: &IdentifierQuestion) -> Result<CheckedIdentifier, Problem> {
    let text = limited("text", &question.text)?;
    let row = row(question)?;
    let candidates = detect(text);
    let kind = match &question.kind {
        Some(kind) => Some(kind.parse().map_err(unknown_kind)?),
        None => candidates.best().map(|best| best.kind),
    };
    let told = candidates
        .iter()
        .filter(|candidate| candidate.confidence >= WORTH_TELLING);
    let candidates = told.map(IdentifierCandidate::from).collect();
    Ok(match kind {
        Some(kind) => answer(&identifiers::check(kind, text), text, &row, candidates),
        None => nothing_known(),
    })
}

fn answer(
    checked: &Checked,
    text: &str,
    row: &RowContext<'_>,
    candidates: Vec<IdentifierCandidate>,
) -> CheckedIdentifier {
    let repairs = if checked.is_valid() {
        identifiers::Repairs::default()
    } else {
        repairs(checked.kind, text, row)
    };
    CheckedIdentifier {
        kind: Some(checked.kind.into()),
        valid: checked.is_valid(),
        normal: checked.normal().to_owned(),
        parts: checked.parts().map(IdentifierPart::from).collect(),
        refusal: checked.refusal().map(|refusal| Reason {
            code: refusal.code(),
            text: Text::new(refusal.zh(), refusal.to_string()),
        }),
        findings: checked.findings.iter().map(finding).collect(),
        outright: repairs.outright().is_some(),
        repairs: match repairs.outright() {
            Some(only) => vec![only.into()],
            None => repairs.iter().take(MOST_REPAIRS).map(Into::into).collect(),
        },
        candidates,
    }
}

/// The answer to a text that resembles no identifier.
fn nothing_known() -> CheckedIdentifier {
    CheckedIdentifier {
        kind: None,
        valid: false,
        normal: String::new(),
        parts: Vec::new(),
        refusal: Some(Reason {
            code: "identifier_unknown",
            text: Text::new("不像任何已知号码", "resembles no known identifier"),
        }),
        findings: Vec::new(),
        repairs: Vec::new(),
        outright: false,
        candidates: Vec::new(),
    }
}

fn row(question: &IdentifierQuestion) -> Result<RowContext<'_>, Problem> {
    let birth_date = match &question.birth_date {
        Some(day) => Some(CalendarDate::parse_lenient(day).map_err(|error| {
            Problem::invalid(Text::new(error.zh(), error.to_string())).field("birth_date")
        })?),
        None => None,
    };
    Ok(RowContext {
        birth_date,
        sex: question.sex.map(|sex| match sex {
            Sex::Male => identifiers::Sex::Male,
            Sex::Female => identifiers::Sex::Female,
        }),
        division: question.division.as_deref(),
    })
}

fn unknown_kind(error: identifiers::UnknownIdentifierKind) -> Problem {
    Problem::invalid(Text::new(error.zh(), error.to_string())).field("kind")
}

fn finding(finding: identifiers::Finding) -> Reason {
    Reason {
        code: finding.code(),
        text: Text::new(finding.zh(), finding.to_string()),
    }
}

impl From<IdentifierKind> for LabelledKind {
    fn from(kind: IdentifierKind) -> Self {
        Self {
            kind: kind.code(),
            label: Text::new(kind.zh(), kind.en()),
        }
    }
}

impl From<Part<'_>> for IdentifierPart {
    fn from(part: Part<'_>) -> Self {
        let value = part.value.to_string();
        let meaning = match part.name {
            "division" => division_names(&value).concat(),
            _ => String::new(),
        };
        Self {
            name: part.name,
            meaning: (!meaning.is_empty()).then_some(meaning),
            value,
        }
    }
}

impl From<Repair> for IdentifierRepair {
    fn from(repair: Repair) -> Self {
        Self {
            normal: repair.text().to_owned(),
            change: Text::new(repair.change.zh(), repair.change.to_string()),
        }
    }
}

impl From<Candidate> for IdentifierCandidate {
    fn from(candidate: Candidate) -> Self {
        Self {
            kind: candidate.kind.into(),
            confidence: candidate.confidence,
            valid: candidate.valid,
        }
    }
}
