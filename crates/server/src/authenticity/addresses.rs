//! One address: its parts as written, the division it lies in; and how far another agrees with it.

use addresses::{Address, Part, Piece};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::authenticity::{division_names, limited};
use crate::http::{Problem, Text};
use crate::protection::Disclose;

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressQuestion {
    text: String,
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
    let code = address.code().map(|code| code.to_string());
    Ok(ParsedAddress {
        pieces: pieces(&address),
        division_names: code.as_deref().map(division_names).unwrap_or_default(),
        code,
    })
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
