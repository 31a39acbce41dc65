//! What the other columns of a row say of the person whose number is wrong.

use addresses::parse;
use anyhow::Result;
use domain::register::{Attribute, Catalogue, read};
use identifiers::{CalendarDate, IdentifierKind, Repairs, RowContext, Sex, likeliest_repairs};
use streaming::Row;

use crate::commands::rows::columns::Columns;

/// Repairs that are worth reading; a wrong digit has about six.
const MOST_REPAIRS: usize = 6;

/// Columns that tell one repair from another; those with a header that is known need not be named.
#[derive(Debug, clap::Args)]
pub struct ContextArguments {
    /// The column of birth dates, which tells one repair from another [default: the one that is recognised]
    #[arg(long, value_name = "NAME")]
    birth_date: Option<String>,
    /// The column of sexes
    #[arg(long, value_name = "NAME")]
    sex: Option<String>,
    /// The column of division codes, or of addresses that lie in the division
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
        let place = |named: &Option<String>, attributes: &[&str]| match named {
            Some(name) => columns.named(name).map(Some),
            None => Ok(columns
                .carrying(attributes)
                .filter(|place| *place != values)),
        };
        Ok(ContextColumns {
            birth_date: place(&self.birth_date, &["birth_date"])?,
            sex: place(&self.sex, &["sex"])?,
            division: place(&self.division, &DIVISIONS)?,
            sex_attribute: catalogue.named("sex").cloned(),
        })
    }
}

/// What says where somebody is registered, the surest first.
const DIVISIONS: [&str; 4] = [
    "division",
    "identity_address",
    "domicile_address",
    "home_address",
];

impl ContextColumns {
    /// The likeliest repairs of a number that is not well-formed, judged by what its row says.
    pub fn repairs(&self, kind: IdentifierKind, text: &str, row: &Row<'_>) -> Repairs {
        let cell = |place: Option<usize>| place.map(|place| row.cell(place));
        let division = cell(self.division).and_then(|text| division_of(&text));
        let context = RowContext {
            birth_date: cell(self.birth_date)
                .and_then(|text| CalendarDate::parse_lenient(&text).ok()),
            sex: cell(self.sex).and_then(|text| self.sex_of(&text)),
            division: division.as_deref(),
        };
        likeliest_repairs(kind, text, &context, MOST_REPAIRS)
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

/// Six digits as they stand, or the division of an address.
fn division_of(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == text.len() {
        return text.get(..6).map(str::to_owned);
    }
    let code = parse(text).code()?.to_string();
    code.get(..6).map(str::to_owned)
}
