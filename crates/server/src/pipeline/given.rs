//! A record as a client sends it, and what it says in the words of the packs.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use axum::http::StatusCode;
use domain::intake::{Refusal, gate};
use domain::register::{Catalogue, Content, Field, FieldId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use vault::BlindKey;

use crate::http::{Instant, Problem, Text};
use crate::pipeline::chunk::Incoming;
use crate::pipeline::prepare::{kind_of, observed_of, series_digest};
use crate::register::RegisterError;

/// Bytes of the name of a column that no attribute holds.
const LONGEST_COLUMN_NAME: usize = 1_000;

/// A record on its way in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// The code of the source.
    pub source: String,
    /// The source's own key: the same key again is a new version.
    #[serde(default)]
    pub key: Option<String>,
    /// The kind of party, as the packs or a file would write it.
    #[serde(default)]
    pub kind: Option<String>,
    /// When the source saw this; now, if it does not say.
    #[serde(default)]
    pub observed_at: Option<Instant>,
    /// Values by attribute: a text, a number, or several in a list.
    pub attributes: BTreeMap<String, Value>,
    /// What no attribute holds, kept as given.
    #[serde(default)]
    pub columns: Option<BTreeMap<String, String>>,
}

/// A record is personal data and stays out of the log.
impl fmt::Debug for NewRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NewRecord({})", self.source)
    }
}

/// Why a record cannot be taken: its sender made a mistake, or it says of nobody.
#[derive(Debug, Clone)]
pub(super) enum NotTaken {
    /// The request must be corrected.
    Problem(Problem),
    /// The record does not pass the gate.
    Refused(Refusal),
}

impl From<Problem> for NotTaken {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refusal> for NotTaken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl NewRecord {
    /// The names of columns that no attribute holds, those that cannot be kept left out.
    pub(super) fn column_names(&self) -> impl Iterator<Item = &String> {
        let names = self.columns.iter().flat_map(BTreeMap::keys);
        names.filter(|name| is_column_name(name))
    }

    /// What it says, as a row of a file would.
    pub(super) fn incoming(
        &self,
        catalogue: &Catalogue,
        blind: &BlindKey,
        source: i64,
        columns: &HashMap<String, FieldId>,
    ) -> Result<Incoming, NotTaken> {
        let content = Content::new(self.fields(catalogue, columns)?);
        gate(catalogue, &content, true)?;
        let observed_at = match self.observed_at {
            Some(instant) => Some(instant.0),
            None => observed_of(catalogue, &content)?,
        };
        let key = self.key.as_deref().map(str::trim);
        let key = key.filter(|key| !key.is_empty());
        Ok(Incoming {
            row_number: None,
            series_key: key.map(|key| series_digest(blind, source, key)),
            kind: kind_of(catalogue, &content).map_err(|_| unknown_kind(&content, catalogue))?,
            observed_at,
            content,
            for_customer: None,
        })
    }

    /// What it says, field by field.
    pub(super) fn fields(
        &self,
        catalogue: &Catalogue,
        columns: &HashMap<String, FieldId>,
    ) -> Result<Vec<Field>, Problem> {
        let mut fields = Vec::with_capacity(self.attributes.len() + 2);
        let mut push = |id, value: &str, name: &str| {
            if value.contains('\0') {
                return Err(invalid(name, "含有 NUL 字符", "holds the character NUL"));
            }
            if !value.trim().is_empty() {
                let value = value.to_owned();
                fields.push(Field { id, value });
            }
            Ok(())
        };
        for (name, value) in &self.attributes {
            let attribute = catalogue
                .named(name)
                .ok_or_else(|| RegisterError::UnknownAttribute(name.clone()))?;
            let values = texts(name, value)?;
            if values.len() > 1 && !attribute.multiple {
                return Err(invalid(name, "只能有一个值", "has one value at most"));
            }
            for value in values {
                push(attribute.id, &value, name)?;
            }
        }
        let kind = catalogue.well_known().party_kind;
        if let Some(given) = &self.kind {
            push(kind, given, "kind")?;
        }
        if let Some(key) = &self.key {
            push(FieldId::SOURCE_KEY, key.trim(), "key")?;
        }
        for (name, value) in self.columns.iter().flatten() {
            match columns.get(name).filter(|_| is_column_name(name)) {
                Some(field) => push(*field, value, name)?,
                None => {
                    return Err(invalid(
                        "columns",
                        "中有无法使用的列名",
                        "has a name that is empty, too long or holds the character NUL",
                    ));
                }
            }
        }
        Ok(fields)
    }
}

fn is_column_name(name: &str) -> bool {
    (1..=LONGEST_COLUMN_NAME).contains(&name.len()) && !name.contains('\0')
}

fn unknown_kind(content: &Content, catalogue: &Catalogue) -> Problem {
    let given = content.first(catalogue.well_known().party_kind);
    RegisterError::UnknownPartyKind(given.unwrap_or_default().to_owned()).into()
}

/// The texts of a JSON value; null says nothing.
fn texts(name: &str, value: &Value) -> Result<Vec<String>, Problem> {
    Ok(match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Array(values) => {
            let mut all = Vec::with_capacity(values.len());
            for value in values {
                if value.is_array() {
                    return Err(not_a_value(name));
                }
                all.extend(texts(name, value)?);
            }
            all
        }
        Value::Object(_) => return Err(not_a_value(name)),
    })
}

fn not_a_value(name: &str) -> Problem {
    invalid(
        name,
        "应为文本、数字或其列表",
        "is a text, a number, or a list of them",
    )
}

fn invalid(name: &str, zh: &str, en: &str) -> Problem {
    let title = Text::new(format!("{name} {zh}"), format!("{name} {en}"));
    Problem::new(StatusCode::BAD_REQUEST, "invalid_request", title).field(name)
}
