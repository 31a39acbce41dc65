//! CSV: UTF-8, commas, `\n`, quotes only where they are needed.

use std::io::Write;

use super::{Destination, RowSink, WriteOptions};
use crate::error::TableProblem;

pub(crate) struct CsvSink {
    destination: Destination,
    line: String,
    for_spreadsheet: bool,
}

impl CsvSink {
    pub(crate) fn open(
        mut destination: Destination,
        header: &[&str],
        options: WriteOptions,
    ) -> Result<Self, TableProblem> {
        if options.byte_order_mark {
            destination.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut sink = Self {
            destination,
            line: String::new(),
            for_spreadsheet: options.for_spreadsheet,
        };
        let names: Vec<Option<&str>> = header.iter().map(|name| Some(*name)).collect();
        sink.write_row(&names)?;
        Ok(sink)
    }

    fn push_cell(&mut self, text: &str) {
        let formula = self.for_spreadsheet && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        // A byte order mark at the very start would be taken for one.
        let quoted = text.is_empty()
            || text.starts_with('\u{FEFF}')
            || text.contains([',', '"', '\n', '\r', ';', '\t', '|', '\u{1a}']);
        if quoted {
            self.line.push('"');
        }
        if formula {
            self.line.push('\'');
        }
        if quoted {
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
    }
}

impl RowSink for CsvSink {
    fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableProblem> {
        self.line.clear();
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.line.push(',');
            }
            match cell {
                Some(text) => self.push_cell(text),
                // Without quotes the line would be blank, and blank lines are skipped.
                None if cells.len() == 1 => self.line.push_str("\"\""),
                None => {}
            }
        }
        self.line.push('\n');
        Ok(self.destination.write_all(self.line.as_bytes())?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableProblem> {
        Ok(self.destination.flush()?)
    }
}
