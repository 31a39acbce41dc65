//! One address: its parts as written, the division it lies in; and how far another agrees with it.

use addresses::{Address, Agreement, Comparison, Part, Piece};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::authenticity::limited;
use crate::http::{Problem, Text};
use crate::protection::Disclose;
use crate::register::Reason;

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressQuestion {
    text: String,
    /// Another, to be compared with it.
    #[serde(default)]
    other: Option<String>,
}

/// An address in parts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ParsedAddress {
    /// All of the text in order; what has no part is blanks and punctuation.
    pieces: Vec<AddressPiece>,
    /// The division it surely lies in: 6, 9 or 12 digits.
    code: Option<String>,
    /// The names of that division and of those above it, the highest first.
    division_names: Vec<&'static str>,
    /// The address written in one way, with the levels that it left out.
    canonical: String,
    /// How far the other agrees.
    comparison: Option<AddressComparison>,
}

/// How far two addresses agree.
#[derive(Debug, Serialize, ToSchema)]
struct AddressComparison {
    /// From 0 (nothing speaks for the same place) to 1 (all that both say is the same).
    score: f64,
    /// What they say of each level that one of them names.
    reasons: Vec<AddressReason>,
}

/// What two addresses say of one level.
#[derive(Debug, Serialize, ToSchema)]
struct AddressReason {
    /// The level, such as `road`.
    #[schema(value_type = String)]
    part: &'static str,
    #[serde(flatten)]
    reason: Reason,
}

/// A piece of the text.
#[derive(Debug, Serialize, ToSchema)]
struct AddressPiece {
    text: String,
    /// What it is, such as `road`.
    #[schema(value_type = Option<String>)]
    part: Option<&'static str>,
    label: Option<Text>,
}

impl Disclose for ParsedAddress {}

/// Answers a question of an address.
pub(super) fn parse(question: &AddressQuestion) -> Result<ParsedAddress, Problem> {
    let address = addresses::parse(limited("text", &question.text)?);
    let comparison = match &question.other {
        Some(other) => {
            let other = addresses::parse(limited("other", other)?);
            Some(addresses::compare(&address, &other).into())
        }
        None => None,
    };
    let levels = [Part::Province, Part::City, Part::District, Part::Town];
    let names = levels.map(|level| address.completed(level));
    Ok(ParsedAddress {
        pieces: pieces(&address),
        code: address.code().map(|code| code.to_string()),
        division_names: names.into_iter().filter(|name| !name.is_empty()).collect(),
        canonical: address.canonical(),
        comparison,
    })
}

impl From<Comparison> for AddressComparison {
    fn from(comparison: Comparison) -> Self {
        let said = comparison
            .reasons()
            .filter(|reason| reason.agreement != Agreement::Unknown);
        Self {
            score: comparison.score(),
            reasons: said.map(AddressReason::from).collect(),
        }
    }
}

impl From<addresses::Reason> for AddressReason {
    fn from(reason: addresses::Reason) -> Self {
        Self {
            part: reason.part.code(),
            reason: Reason {
                code: reason.code(),
                text: Text::new(reason.zh(), reason.to_string()),
            },
        }
    }
}

/// The pieces and what stands between them: together they are the text.
fn pieces(address: &Address<'_>) -> Vec<AddressPiece> {
    let text = address.text();
    let mut pieces = Vec::new();
    let mut at = 0;
    for piece in address.pieces() {
        pieces.extend(AddressPiece::between(text, at, piece.range().start));
        pieces.push(AddressPiece::of(address, *piece));
        at = piece.range().end;
    }
    pieces.extend(AddressPiece::between(text, at, text.len()));
    pieces
}

impl AddressPiece {
    fn of(address: &Address<'_>, piece: Piece) -> Self {
        Self {
            text: address.says(piece).to_owned(),
            part: Some(piece.part.code()),
            label: Some(label(piece.part)),
        }
    }

    fn between(text: &str, from: usize, to: usize) -> Option<Self> {
        let gap = text.get(from..to).filter(|gap| !gap.is_empty())?;
        Some(Self {
            text: gap.to_owned(),
            part: None,
            label: None,
        })
    }
}

fn label(part: Part) -> Text {
    Text::new(part.zh(), part.code())
}
