//! Mappings (字段映射): what each column of a source's files means, saved for next time.

use serde::{Deserialize, Serialize};

use crate::intake::recognise;
use crate::register::{Catalogue, FieldId};

/// What the columns of a file mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[doc(alias = "字段映射")]
pub struct Mapping {
    /// Whether the first row names the columns; else they are `column_1` and so on.
    #[serde(default = "yes")]
    pub header: bool,
    /// The column that holds the source's own key of a record.
    #[serde(default)]
    pub key_column: Option<String>,
    /// What each column means. Columns that are not listed go by their headers.
    #[serde(default)]
    pub columns: Vec<ColumnMapping>,
    /// Values for rows that say nothing of an attribute.
    #[serde(default)]
    pub fixed: Vec<Fixed>,
    /// Cells that mean nothing, such as `-0-`.
    #[serde(default)]
    pub blank_marks: Vec<String>,
}

/// What one column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    /// The column's header.
    pub column: String,
    /// The attribute; none keeps the column as given, unknown.
    pub attribute: Option<String>,
}

/// A value for rows that say nothing of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// The attribute.
    pub attribute: String,
    /// The value.
    pub value: String,
}

/// A mapping that does not fit the file or the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMapping {
    /// The file has no such column.
    #[error("the file has no column {0}")]
    UnknownColumn(String),
    /// The packs declare no such attribute.
    #[error("no attribute is called {0}")]
    UnknownAttribute(String),
}

/// Where the cells of a column go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Into an attribute.
    Attribute(FieldId),
    /// Nobody knows: kept as given.
    Unknown,
}

/// A mapping that fits one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedMapping {
    /// The place of the key column.
    pub key: Option<usize>,
    /// For each column of the file, where its cells go.
    pub targets: Vec<Target>,
    /// Values for rows that say nothing of an attribute.
    pub fixed: Vec<(FieldId, String)>,
    /// Cells that mean nothing.
    pub blank_marks: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Mapping {
    /// A mapping that knows nothing but what the headers say.
    pub fn by_header(key_column: Option<String>) -> Self {
        Self {
            header: true,
            key_column,
            ..Self::default()
        }
    }

    /// Fits the mapping to the headers of a file.
    pub fn resolve(
        &self,
        catalogue: &Catalogue,
        headers: &[String],
    ) -> Result<ResolvedMapping, InvalidMapping> {
        let place = |column: &String| {
            headers
                .iter()
                .position(|header| header == column)
                .ok_or_else(|| InvalidMapping::UnknownColumn(column.clone()))
        };
        let field = |attribute: &String| {
            catalogue
                .named(attribute)
                .map(|attribute| attribute.id)
                .ok_or_else(|| InvalidMapping::UnknownAttribute(attribute.clone()))
        };
        let mut targets: Vec<Target> = recognise(catalogue, headers)
            .into_iter()
            .map(
                |suggestion| match suggestion.attribute.as_ref().map(field) {
                    Some(Ok(field)) => Target::Attribute(field),
                    _ => Target::Unknown,
                },
            )
            .collect();
        for column in &self.columns {
            targets[place(&column.column)?] = match &column.attribute {
                Some(attribute) => Target::Attribute(field(attribute)?),
                None => Target::Unknown,
            };
        }
        let fixed = self
            .fixed
            .iter()
            .map(|fixed| Ok((field(&fixed.attribute)?, fixed.value.clone())))
            .collect::<Result<_, InvalidMapping>>()?;
        Ok(ResolvedMapping {
            key: self.key_column.as_ref().map(place).transpose()?,
            targets,
            fixed,
            blank_marks: self.blank_marks.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(mapping: &Mapping, headers: &[&str]) -> Result<ResolvedMapping, InvalidMapping> {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        mapping.resolve(&catalogue, &headers)
    }

    #[test]
    fn what_a_person_said_goes_before_what_the_header_says() {
        let column = |column: &str, attribute: Option<&str>| ColumnMapping {
            column: column.to_owned(),
            attribute: attribute.map(str::to_owned),
        };
        let mapping = Mapping {
            columns: vec![column("姓名", None), column("x", Some("name"))],
            ..Mapping::by_header(Some("no".to_owned()))
        };
        let resolved = resolve(&mapping, &["no", "姓名", "x"]).unwrap();
        assert_eq!(resolved.key, Some(0));
        assert_eq!(resolved.targets[1], Target::Unknown);
        assert_eq!(resolved.targets[2], Target::Attribute(FieldId(1)));
    }

    #[test]
    fn a_mapping_that_names_what_is_not_there_is_refused_by_name() {
        let mapping = Mapping::by_header(Some("编号".to_owned()));
        assert_eq!(
            resolve(&mapping, &["姓名"]).unwrap_err().to_string(),
            "the file has no column 编号"
        );
    }
}
