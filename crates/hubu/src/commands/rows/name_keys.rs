//! `hubu names keys`: the keys of an index by which a name is found.

use anyhow::Result;
use names::{NameKind, keys};
use server::store::shipped_catalogue;
use streaming::{Answers, Row, RowProblem};

use crate::commands::Session;
use crate::commands::rows::columns::{Columns, Recognition};
use crate::commands::rows::line::Layout;
use crate::commands::rows::name_pairs::KindName;
use crate::commands::rows::source::Source;
use crate::commands::rows::{answer, reason_of_row};
use crate::language::Language;

const COLUMNS: [&str; 4] = ["input", "kind", "keys", "reason"];

/// A list of names looks like a list of headers, so only words that are headers make one.
const RECOGNITION: Recognition<'_> = Recognition {
    attributes: &["name", "name_latin", "former_name", "alias"],
    words: &["name", "names", "姓名", "名称", "input", "value", "text"],
    may_be_value: |_| true,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column of names [default: the one that is recognised]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// What bears the names
    #[arg(long, default_value = "auto")]
    kind: KindName,
}

/// Makes keys.
pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let input = arguments.source.open()?;
    let named = arguments.column.as_deref();
    let no_header = arguments.source.no_header;
    let catalogue = shipped_catalogue()?;
    let columns = Columns::read(&catalogue, &input, no_header, named.is_some(), &RECOGNITION);
    let answers = NameKeys {
        layout: Layout::new(arguments.source.answer_format(session.json), COLUMNS),
        column: columns.of_values(named, &RECOGNITION)?,
        kind: arguments.kind.said(),
        language: session.language,
    };
    answer(columns.strip(input), &answers)
}

struct NameKeys {
    layout: Layout,
    column: usize,
    kind: Option<NameKind>,
    language: Language,
}

impl Answers for NameKeys {
    type Memory = ();

    fn begin(&self, output: &mut Vec<u8>) {
        self.layout.write_header(output);
    }

    fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
        let name = row.cell(self.column);
        let kind = self.kind.unwrap_or_else(|| NameKind::guess(&name));
        let mut line = self.layout.line(output);
        line.text(&name);
        line.word(kind.code());
        line.text(&keys(kind, &name).join(";"));
        line.end();
    }

    fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>) {
        let mut line = self.layout.line(output);
        line.text(&row.cell(0));
        line.nothing();
        line.nothing();
        line.text(&reason_of_row(problem, self.language));
        line.end();
    }
}
