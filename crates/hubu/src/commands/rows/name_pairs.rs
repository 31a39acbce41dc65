//! `hubu names compare`: the rows of the input with a score and its reasons behind them.

use std::collections::HashMap;

use anyhow::Result;
use clap::ValueEnum;
use domain::register::{Catalogue, PartyKind};
use names::{NameKind, compare};
use server::store::shipped_catalogue;
use streaming::{Answers, Row, RowProblem};

use crate::commands::Session;
use crate::commands::rows::columns::{Columns, Recognition};
use crate::commands::rows::line::Layout;
use crate::commands::rows::source::Source;
use crate::commands::rows::{answer, reason_of_row};
use crate::language::Language;

/// The header of a column that says of each row what kind its names are.
const KIND_COLUMN: &str = "kind";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column of one name
    #[arg(long, value_name = "COLUMN")]
    left: String,
    /// The column of the other
    #[arg(long, value_name = "COLUMN")]
    right: String,
    /// What bears the names; `auto` asks a column called `kind`, then the names themselves
    #[arg(long, default_value = "auto")]
    kind: KindName,
    /// Reasons in words behind their codes
    #[arg(long)]
    words: bool,
}

/// What bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindName {
    /// A natural person.
    Person,
    /// A company or any other organisation.
    Organisation,
    /// Whatever the name looks like.
    Auto,
}

impl KindName {
    /// The kind, where it is said.
    pub fn said(self) -> Option<NameKind> {
        match self {
            Self::Person => Some(NameKind::Person),
            Self::Organisation => Some(NameKind::Organisation),
            Self::Auto => None,
        }
    }
}

/// Compares.
pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let input = arguments.source.open()?;
    let recognition = Recognition {
        attributes: &[],
        words: &[],
        may_be_value: |_| true,
    };
    let catalogue = shipped_catalogue()?;
    let columns = Columns::read(
        &catalogue,
        &input,
        arguments.source.no_header,
        true,
        &recognition,
    );
    let asked = arguments.kind.said();
    let format = arguments.source.answer_format(session.json);
    let names = columns.names().iter().map(String::as_str);
    let answers = NamePairs {
        layout: Layout::new(format, names.chain(["score", "reasons"])),
        columns: columns.names().len(),
        left: columns.named(&arguments.left)?,
        right: columns.named(&arguments.right)?,
        kind: asked,
        kind_column: match asked {
            None => columns.named(KIND_COLUMN).ok(),
            Some(_) => None,
        },
        kinds: kinds(&catalogue),
        words: arguments.words,
        language: session.language,
    };
    answer(columns.strip(input), &answers)
}

struct NamePairs {
    layout: Layout,
    columns: usize,
    left: usize,
    right: usize,
    kind: Option<NameKind>,
    kind_column: Option<usize>,
    /// The words for kinds of party, in lower case.
    kinds: HashMap<String, NameKind>,
    words: bool,
    language: Language,
}

impl NamePairs {
    /// What the row says of its kind, in any word that the catalogue knows for one.
    fn kind_of_row(&self, row: &Row<'_>) -> Option<NameKind> {
        let written = row.cell(self.kind_column?);
        let written = written.trim();
        let found = self.kinds.get(written);
        let kind = found.or_else(|| self.kinds.get(&written.to_lowercase()));
        kind.copied()
    }
}

/// Every word that the catalogue knows for a kind of party.
fn kinds(catalogue: &Catalogue) -> HashMap<String, NameKind> {
    let mut kinds = HashMap::new();
    for declared in catalogue.party_kinds() {
        let kind = match declared.name {
            PartyKind::Person => NameKind::Person,
            // A stall may bear its owner's name or one of its own.
            PartyKind::IndividualBusiness => continue,
            _ => NameKind::Organisation,
        };
        let label = [&declared.label.zh, &declared.label.en];
        for word in declared.values.iter().chain(label) {
            kinds.insert(word.to_lowercase(), kind);
        }
        kinds.insert(declared.name.name().to_lowercase(), kind);
    }
    kinds
}

impl Answers for NamePairs {
    type Memory = ();

    fn begin(&self, output: &mut Vec<u8>) {
        self.layout.write_header(output);
    }

    fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
        let (left, right) = (row.cell(self.left), row.cell(self.right));
        let kind = self.kind.or_else(|| self.kind_of_row(row));
        let kind = kind.unwrap_or_else(|| NameKind::guess_pair(&left, &right));
        let comparison = compare(kind, &left, &right);
        let mut line = self.layout.line(output);
        for place in 0..self.columns {
            line.text(&row.cell(place));
        }
        line.share(comparison.score);
        let reasons = comparison.reasons;
        if self.words && !reasons.is_empty() {
            let words = self.language.choose(reasons.zh(), reasons.to_string());
            line.text(&format!("{}: {words}", reasons.codes()));
        } else {
            line.text(&reasons.codes());
        }
        line.end();
    }

    fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>) {
        let mut line = self.layout.line(output);
        for place in 0..self.columns {
            line.text(&row.cell(place));
        }
        line.nothing();
        line.text(&reason_of_row(problem, self.language));
        line.end();
    }
}
