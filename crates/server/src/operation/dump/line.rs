//! The lines of a dump. Each begins with the word for what it is.

use serde::Serialize;

/// What a record is called: by source, file, row and version, never by an id of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RecordName {
    pub source: String,
    /// The first half of the SHA-256 of the file; none for a record that came alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<i64>,
    pub version: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct SourceLine<'a> {
    pub source: &'a str,
    pub columns: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct RecordLine {
    pub record: RecordName,
    /// The first version of its series, where this is a later one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_version: Option<RecordName>,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    pub retired: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<&'static str>,
    /// Attributes, or columns that nobody recognised, and values as given.
    pub says: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
pub(super) struct HeldLine<'a> {
    pub quarantined: RecordName,
    pub column: Option<&'a str>,
    pub code: &'a str,
    pub state: &'static str,
    pub cells: &'a [(String, String)],
}

#[derive(Debug, Serialize)]
pub(super) struct CustomerLine {
    pub customer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirects_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
}

#[derive(Debug, Serialize)]
pub(super) struct View {
    pub kind: &'static str,
    pub name: String,
    pub records: i64,
    pub values: Vec<ViewValue>,
}

#[derive(Debug, Serialize)]
pub(super) struct ViewValue {
    pub attribute: String,
    pub value: String,
    pub valid: Option<bool>,
    pub losers: u32,
    pub from: Option<RecordName>,
}

#[derive(Debug, Serialize)]
pub(super) struct MergeLine {
    pub merged: String,
    pub into: String,
    pub reason: String,
    pub undone: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct SplitLine {
    pub split: String,
    pub off: String,
    pub records: i64,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ReviewLine {
    pub review: (Option<RecordName>, Option<RecordName>),
    pub because: Option<&'static str>,
    pub state: String,
}

#[derive(Debug, Serialize)]
pub(super) struct TallyLine {
    pub tally: String,
    pub value: i64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}
