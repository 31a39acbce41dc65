//! `hubu addresses parse`: the parts of an address as written, and the code of its division.

use std::sync::atomic::{AtomicU64, Ordering};

use ::addresses::{Part, parse};
use anyhow::Result;
use server::store::shipped_catalogue;
use streaming::{Answers, Row, RowProblem};

use crate::commands::Session;
use crate::commands::rows::answer;
use crate::commands::rows::columns::{Columns, Recognition};
use crate::commands::rows::line::Layout;
use crate::commands::rows::source::Source;

const COLUMNS: [&str; 16] = [
    "input",
    "province",
    "city",
    "district",
    "town",
    "community",
    "road",
    "number",
    "estate",
    "building",
    "unit",
    "floor",
    "room",
    "poi",
    "code",
    "remainder",
];

/// The parts between `input` and `code`.
const PARTS: [Part; 13] = [
    Part::Province,
    Part::City,
    Part::District,
    Part::Town,
    Part::Community,
    Part::Road,
    Part::Number,
    Part::Estate,
    Part::Building,
    Part::Unit,
    Part::Floor,
    Part::Room,
    Part::Poi,
];

/// A list of addresses may begin with any words, so only a header that is known is one.
const RECOGNITION: Recognition<'_> = Recognition {
    attributes: &[
        "home_address",
        "registered_address",
        "office_address",
        "domicile_address",
        "work_address",
        "identity_address",
    ],
    words: &[
        "address",
        "addresses",
        "详细地址",
        "input",
        "value",
        "text",
        "raw",
        "rawaddress",
    ],
    may_be_value: |_| true,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    source: Source,
    /// The column of addresses [default: the one that is recognised]
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
}

/// Parses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<()> {
    let input = arguments.source.open()?;
    let named = arguments.column.as_deref();
    let catalogue = shipped_catalogue()?;
    let no_header = arguments.source.no_header;
    let columns = Columns::read(&catalogue, &input, no_header, named.is_some(), &RECOGNITION);
    let answers = Parses {
        layout: Layout::new(arguments.source.answer_format(session.json), COLUMNS),
        column: columns.of_values(named, &RECOGNITION)?,
        refused: AtomicU64::new(0),
    };
    answer(columns.strip(input), &answers)?;
    let refused = answers.refused.into_inner();
    if refused > 0 {
        eprintln!(
            "hubu: {}",
            session.language.choose(
                format!("{refused} 行无法读取，其内容原样写入 remainder"),
                format!(
                    "{refused} rows could not be read; what they hold is in remainder as it is"
                ),
            )
        );
    }
    Ok(())
}

struct Parses {
    layout: Layout,
    column: usize,
    /// Rows that could not be read. The answer has no column for reasons.
    refused: AtomicU64,
}

impl Answers for Parses {
    type Memory = ();

    fn begin(&self, output: &mut Vec<u8>) {
        self.layout.write_header(output);
    }

    fn answer(&self, (): &mut (), row: &Row<'_>, output: &mut Vec<u8>) {
        let text = row.cell(self.column);
        let address = parse(&text);
        // Every part is a piece of the text: where that needs no quotes, none of them does.
        let plain = !text.bytes().fold(false, |quoted, byte| {
            quoted | matches!(byte, b',' | b'"' | b'\n' | b'\r')
        });
        let mut line = self.layout.line(output);
        let mut write = |part: &str| {
            if plain {
                line.word(part);
            } else {
                line.text(part);
            }
        };
        write(&text);
        for part in PARTS {
            write(address.get(part));
        }
        match address.code() {
            Some(code) => line.word(code.write_into(&mut [0; 12])),
            None => line.nothing(),
        }
        line.text(&address.remainder());
        line.end();
    }

    fn refuse(&self, row: &Row<'_>, _: &RowProblem, output: &mut Vec<u8>) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        let cells: Vec<_> = (0..row.len()).map(|place| row.cell(place)).collect();
        let text = cells.join(",");
        let mut line = self.layout.line(output);
        line.text(&text);
        for _ in 2..COLUMNS.len() {
            line.nothing();
        }
        line.text(&text);
        line.end();
    }
}
