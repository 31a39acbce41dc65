//! NDJSON: all cells are strings, an absent one is `null`, so that every line names every column.

use std::io::Write;

use super::{Destination, RowSink};
use crate::error::TableProblem;

pub(crate) struct NdjsonSink {
    destination: Destination,
    /// The keys as JSON, each with its colon.
    keys: Vec<String>,
    line: Vec<u8>,
}

impl NdjsonSink {
    pub(crate) fn open(destination: Destination, header: &[&str]) -> Result<Self, TableProblem> {
        let keys = header
            .iter()
            .map(|name| Ok(serde_json::to_string(name)? + ":"))
            .collect::<serde_json::Result<_>>();
        Ok(Self {
            destination,
            keys: keys.map_err(std::io::Error::from)?,
            line: Vec::new(),
        })
    }
}

impl RowSink for NdjsonSink {
    fn write_row(&mut self, cells: &[Option<&str>]) -> Result<(), TableProblem> {
        self.line.clear();
        for (key, cell) in self.keys.iter().zip(cells) {
            self.line
                .push(if self.line.is_empty() { b'{' } else { b',' });
            self.line.extend_from_slice(key.as_bytes());
            serde_json::to_writer(&mut self.line, cell).map_err(std::io::Error::from)?;
        }
        self.line.extend_from_slice(b"}\n");
        Ok(self.destination.write_all(&self.line)?)
    }

    fn finish(mut self: Box<Self>) -> Result<(), TableProblem> {
        Ok(self.destination.flush()?)
    }
}
