//! The evidence for and against a pair (证据), weighed field by field, as a client draws it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Text;

/// Why two records are, or are not, one party; and what would change that (R4.5).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evidence {
    /// Before anything is compared: how likely any two records are one, in bits.
    pub prior_bits: f64,
    /// From how many bits on a pair is one party.
    pub threshold_bits: f64,
    /// All of it together, the prior among it.
    pub bits: f64,
    /// The same as a chance between nought and one.
    pub chance: f64,
    /// What each field adds or takes away, in the order in which it is added.
    pub fields: Vec<EvidenceField>,
    /// The attribute that contradicts so strongly that nothing else counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contradiction: Option<String>,
    /// The labels of the attributes any of which would link the two if it agreed.
    pub would_link: Vec<Text>,
    /// What keeps the two apart whatever the sum is.
    pub guards: Vec<EvidenceGuard>,
}

/// What one field adds to the evidence.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvidenceField {
    /// The attribute.
    pub attribute: String,
    /// What a person calls it.
    pub label: Text,
    /// A code for how the two values relate.
    pub agreement: String,
    /// The same in words.
    pub agreement_text: Text,
    /// What it adds, in bits; less than nought where it speaks against.
    pub bits: f64,
    /// Whether it is told beside the sum and adds nothing to it.
    pub beside: bool,
    /// What it would add if the two said the same.
    pub bits_if_same: f64,
}

/// Something that keeps two records apart whatever the sum is (R4.3).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvidenceGuard {
    /// A code that never changes.
    pub code: String,
    /// What a person reads.
    pub text: Text,
}
