//! `hubu identifiers check`: is it well-formed, what does it say, what is to be corrected.

mod context;
mod parts;

use std::io::Write as _;

use anyhow::Result;
use domain::Text;
use identifiers::{Checked, IdentifierKind, Repairs, check, identify};
use server::store::shipped_catalogue;
use streaming::{Answers, Row, RowProblem};

use crate::commands::Session;
use crate::commands::rows::columns::{Columns, Recognition};
use crate::commands::rows::line::Layout;
use crate::commands::rows::source::Source;
use crate::commands::rows::{answer, reason_of_row};
use crate::failure::Refusal;
use crate::language::Language;
use context::{ContextArguments, ContextColumns};

const COLUMNS: [&str; 7] = [
    "input",
    "kind",
    "valid",
    "normal",
    "parts",
    "reason",
    "suggestion",
];
/// The word for whatever the text looks like.
const AUTO: &str = "auto";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The kind of all rows: resident-id, credit-code, organisation-code, registration-number, mobile, bank-card and so on; `auto` detects it
    #[arg(long, value_name = "KIND", default_value = AUTO)]
    kind: String,
    /// The column of identifiers [default: the one that is recognised]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    #[command(flatten)]
    context: ContextArguments,
}

/// Checks.
pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let kind = kind(&arguments.kind)?;
    let recognition = Recognition {
        attributes: attributes(kind),
        words: &WORDS,
        may_be_value,
    };
    let input = arguments.source.open()?;
    let named = arguments.column.as_deref();
    let required = named.is_some() || arguments.context.names_a_column();
    let catalogue = shipped_catalogue()?;
    let columns = Columns::read(
        &catalogue,
        &input,
        arguments.source.no_header,
        required,
        &recognition,
    );
    let column = columns.of_values(named, &recognition)?;
    let answers = Checks {
        layout: Layout::new(arguments.source.answer_format(session.json), COLUMNS),
        kind,
        column,
        context: arguments.context.columns(&catalogue, &columns, column)?,
        language: session.language,
    };
    answer(columns.strip(input), &answers)
}

fn kind(name: &str) -> Result<Option<IdentifierKind>, Refusal> {
    if name == AUTO {
        return Ok(None);
    }
    let parsed = name.parse::<IdentifierKind>();
    parsed
        .map(Some)
        .map_err(|unknown| Refusal::bad_input(Text::new(unknown.zh(), unknown.to_string())))
}

/// Headers of lists of numbers that no attribute has.
const WORDS: [&str; 14] = [
    "identifier",
    "identifiers",
    "input",
    "value",
    "number",
    "text",
    "code",
    "证号",
    "证件",
    "号码",
    "代码",
    "编号",
    "no",
    "id",
];

/// A header has no digit and is no address of e-mail.
fn may_be_value(cell: &str) -> bool {
    cell.chars()
        .any(|character| character.is_numeric() || character == '@')
}

/// The attributes of the catalogue that carry a kind, the likeliest first.
fn attributes(kind: Option<IdentifierKind>) -> &'static [&'static str] {
    match kind {
        Some(IdentifierKind::CreditCode) => &["credit_code", "identity_number"],
        Some(IdentifierKind::OrganisationCode) => &["organisation_code", "identity_number"],
        Some(IdentifierKind::RegistrationNumber) => &["registration_number", "identity_number"],
        Some(IdentifierKind::TaxNumber) => &["tax_number", "identity_number"],
        Some(IdentifierKind::Mobile) => &["mobile", "phone"],
        Some(IdentifierKind::FixedLine) => &["phone", "fax", "mobile"],
        Some(IdentifierKind::BankCard) => &["account_number"],
        Some(IdentifierKind::Postcode) => &["postcode"],
        Some(IdentifierKind::Email) => &["email"],
        Some(IdentifierKind::DivisionCode) => &["division"],
        Some(IdentifierKind::HouseholdRegister) => &["household_number", "identity_number"],
        Some(IdentifierKind::Plate | IdentifierKind::Lei) => &[],
        Some(_) => &["identity_number"],
        None => &[
            "identity_number",
            "credit_code",
            "organisation_code",
            "registration_number",
            "tax_number",
            "account_number",
            "mobile",
            "phone",
            "email",
        ],
    }
}

struct Checks {
    layout: Layout,
    kind: Option<IdentifierKind>,
    column: usize,
    context: ContextColumns,
    language: Language,
}

impl Answers for Checks {
    /// Nothing is kept from row to row.
    type Memory = ();

    fn begin(&self, output: &mut Vec<u8>) {
        self.layout.write_header(output);
    }

    fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
        let text = row.cell(self.column);
        let checked = match self.kind {
            Some(kind) => Some(check(kind, &text)),
            None => identify(&text),
        };
        match checked {
            Some(checked) => self.checked(&text, &checked, row, output),
            None => self.undetected(&text, output),
        }
    }

    fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>) {
        // A row with cells too few or too many may still show its number.
        let place = if row.len() > self.column {
            self.column
        } else {
            0
        };
        let mut line = self.layout.line(output);
        line.text(&row.cell(place));
        line.word(self.kind.map_or("", IdentifierKind::code));
        line.boolean(false);
        line.nothing();
        line.nothing();
        line.text(&reason_of_row(problem, self.language));
        line.end();
    }
}

impl Checks {
    fn checked(&self, text: &str, checked: &Checked, row: &Row<'_>, output: &mut Vec<u8>) {
        let mut line = self.layout.line(output);
        line.text(text);
        line.word(checked.kind.code());
        line.boolean(checked.is_valid());
        if checked.kind == IdentifierKind::Email {
            line.text(checked.normal());
            line.written(|output| parts::write(checked, output));
        } else {
            // Only addresses of e-mail may hold what has to be quoted.
            line.plain(|output| output.extend_from_slice(checked.normal().as_bytes()));
            line.plain(|output| parts::write(checked, output));
        }
        line.written(|output| self.reasons(checked, output));
        if checked.is_valid() {
            line.nothing();
        } else {
            let found = self.context.repairs(checked.kind, text, row);
            line.plain(|output| suggest(&found, output));
        }
        line.end();
    }

    fn undetected(&self, text: &str, output: &mut Vec<u8>) {
        let mut line = self.layout.line(output);
        line.text(text);
        line.nothing();
        line.boolean(false);
        line.nothing();
        line.nothing();
        line.text(self.language.choose(
            "unknown_kind: 不像任何一种已知的标识",
            "unknown_kind: resembles no kind of identifier that is known",
        ));
        line.end();
    }

    /// What to correct, then what is remarkable.
    fn reasons(&self, checked: &Checked, output: &mut Vec<u8>) {
        let start = output.len();
        if let Some(refusal) = checked.refusal() {
            output.extend_from_slice(refusal.code().as_bytes());
            output.extend_from_slice(b": ");
            match self.language {
                Language::Zh => refusal.write_zh(output),
                Language::En => {
                    // Writing to bytes in memory never fails.
                    let _ = write!(output, "{refusal}");
                }
            }
        }
        for finding in checked.findings.iter() {
            if output.len() > start {
                output.extend_from_slice(b"; ");
            }
            output.extend_from_slice(finding.code().as_bytes());
            output.extend_from_slice(b": ");
            match self.language {
                Language::Zh => finding.write_zh(output),
                Language::En => {
                    let _ = write!(output, "{finding}");
                }
            }
        }
    }
}

/// The one that the row leaves; else the few that are left, the likeliest first. A single one that
/// nothing in the row speaks for carries a question mark, so that nobody takes it for sure.
fn suggest(repairs: &Repairs, output: &mut Vec<u8>) {
    repairs.write_texts(b';', output);
    if repairs.len() == 1 && !repairs.has_outright() {
        output.push(b'?');
    }
}
