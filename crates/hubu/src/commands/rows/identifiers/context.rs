//! What the other columns of a row say of the person whose number is wrong.

use anyhow::Result;
use domain::register::{Attribute, Catalogue, read};
use identifiers::{CalendarDate, RowContext, Sex};
use streaming::Row;

use crate::commands::rows::columns::Columns;

/// Columns that tell one repair from another; those with a header that is known need not be named.
#[derive(Debug, clap::Args)]
pub struct ContextArguments {
    /// The column of birth dates, which tells one repair from another [default: the one that is recognised]
    #[arg(long, value_name = "NAME")]
    birth_date: Option<String>,
    /// The column of sexes
    #[arg(long, value_name = "NAME")]
    sex: Option<String>,
    /// The column of division codes
    #[arg(long, value_name = "NAME")]
    division: Option<String>,
}

/// Where a row says who it speaks of.
#[derive(Debug)]
pub struct ContextColumns {
    birth_date: Option<usize>,
    sex: Option<usize>,
    division: Option<usize>,
    /// How a sex is read.
    sex_attribute: Option<Attribute>,
}

impl ContextArguments {
    /// Whether one of them is named, so that the input must have a header.
    pub fn names_a_column(&self) -> bool {
        self.birth_date.is_some() || self.sex.is_some() || self.division.is_some()
    }

    /// Their places; `values` is the column of the identifiers themselves.
    pub fn columns(
        &self,
        catalogue: &Catalogue,
        columns: &Columns,
        values: usize,
    ) -> Result<ContextColumns> {
        let place = |named: &Option<String>, attribute: &str| match named {
            Some(name) => columns.named(name).map(Some),
            None => Ok(columns
                .carrying(&[attribute])
                .filter(|place| *place != values)),
        };
        Ok(ContextColumns {
            birth_date: place(&self.birth_date, "birth_date")?,
            sex: place(&self.sex, "sex")?,
            division: place(&self.division, "division")?,
            sex_attribute: catalogue.named("sex").cloned(),
        })
    }
}

impl ContextColumns {
    /// Hands on what the row says.
    pub fn with<T>(&self, row: &Row<'_>, told: impl FnOnce(&RowContext<'_>) -> T) -> T {
        let cell = |place: Option<usize>| place.map(|place| row.cell(place));
        let division = cell(self.division);
        let context = RowContext {
            birth_date: cell(self.birth_date)
                .and_then(|text| CalendarDate::parse_lenient(&text).ok()),
            sex: cell(self.sex).and_then(|text| self.sex_of(&text)),
            division: division
                .as_deref()
                .map(str::trim)
                .and_then(|text| text.get(..6))
                .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit())),
        };
        told(&context)
    }

    fn sex_of(&self, text: &str) -> Option<Sex> {
        let reading = read(self.sex_attribute.as_ref(), text);
        match reading.normal.as_str() {
            "male" => Some(Sex::Male),
            "female" => Some(Sex::Female),
            _ => None,
        }
    }
}
