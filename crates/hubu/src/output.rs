//! What goes to standard output: JSON, or a table whose columns line up.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

/// Writes one JSON value on lines of its own.
pub fn json(value: &impl Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Writes one JSON value on one line.
pub fn json_line(value: &impl Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Writes one line.
pub fn line(text: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}

/// Rows whose columns line up, Chinese ones too.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table whose first row names the columns.
    pub fn new<const WIDTH: usize>(header: [&str; WIDTH]) -> Self {
        let mut table = Self::default();
        table.push(header);
        table
    }

    /// Adds a row.
    pub fn push<Cell: Into<String>>(&mut self, row: impl IntoIterator<Item = Cell>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    /// Writes it.
    pub fn print(&self) -> Result<()> {
        let mut out = std::io::stdout().lock();
        for line in self.lines() {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width_of = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(cell)).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width_of).collect();
        self.rows.iter().map(move |row| {
            let mut line = String::new();
            for (cell, wide) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', wide - width(cell) + 2));
            }
            line.truncate(line.trim_end().len());
            line
        })
    }
}

/// How many columns of a terminal a text takes: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|character| if character < '\u{1100}' { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_below_chinese_words() {
        let mut table = Table::new(["客户号", "name"]);
        table.push(["12", "张三"]);
        let lines: Vec<String> = table.lines().collect();
        assert_eq!(lines, ["客户号  name", "12      张三"]);
    }
}
