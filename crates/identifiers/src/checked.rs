//! The one entry for every kind: is it well-formed, what is its normal form, what does it say.

use crate::finding::Findings;
use crate::remarks::{of_identifier, of_refused};
use crate::{Division, Identifier, IdentifierKind, Part, Parts, Refusal};

/// The answer of [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The kind that was asked for.
    pub kind: IdentifierKind,
    /// The identifier, or what to correct.
    pub outcome: Result<Identifier, Refusal>,
    /// What is remarkable, whether or not it is well-formed.
    pub findings: Findings,
    /// The division of a resident number, which findings and parts both ask for.
    division: Option<Division>,
}

/// Checks a text as an identifier of a kind.
///
/// Costs no allocation for anything but very long e-mail addresses, and does not look further
/// than the longest form of the kind.
///
/// ```
/// use identifiers::{IdentifierKind, check};
///
/// let checked = check(IdentifierKind::ResidentId, "１１０１０５ 491231 002");
/// assert_eq!(checked.normal(), "11010519491231002X");
/// assert_eq!(
///     checked.parts().to_string(),
///     "form=15;birth_date=1949-12-31;sex=female;division=110105;place=朝阳区",
/// );
/// assert!(checked.findings.contains("expired_document"));
///
/// let checked = check(IdentifierKind::ResidentId, "110105194912310021");
/// let refusal = checked.refusal().map(ToString::to_string);
/// assert_eq!(refusal.as_deref(), Some("check digit is 1, X is required"));
/// ```
pub fn check(kind: IdentifierKind, text: &str) -> Checked {
    let outcome = Identifier::read(kind, text);
    let division = outcome.as_ref().ok().and_then(Identifier::division);
    let findings = match &outcome {
        Ok(identifier) => of_identifier(identifier, division),
        Err(_) => of_refused(text),
    };
    Checked {
        kind,
        outcome,
        findings,
        division,
    }
}

impl Checked {
    /// Whether the text is a well-formed identifier of the kind.
    pub fn is_valid(&self) -> bool {
        self.outcome.is_ok()
    }

    /// The identifier, when it is well-formed.
    pub fn identifier(&self) -> Option<&Identifier> {
        self.outcome.as_ref().ok()
    }

    /// What to correct, when it is not.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.outcome.as_ref().err()
    }

    /// The normal form; empty when the text is not well-formed.
    pub fn normal(&self) -> &str {
        self.identifier()
            .map(Identifier::normal)
            .unwrap_or_default()
    }

    /// What the identifier says; nothing when it is not well-formed.
    pub fn parts(&self) -> Parts<'_> {
        self.identifier()
            .map_or_else(Parts::none, Identifier::parts)
    }

    /// Tells each part in reading order; none when the text is not well-formed.
    pub fn for_each_part<'text>(&'text self, listen: impl FnMut(Part<'text>)) {
        if let Some(identifier) = self.identifier() {
            identifier.for_each_part_in(self.division, listen);
        }
    }
}
