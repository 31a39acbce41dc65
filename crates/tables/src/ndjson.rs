//! NDJSON: one flat JSON object per line; what is nested stays JSON text in its column.
//!
//! The columns are the keys of the first lines in the order of their first appearance. A later
//! line with another key is rejected with the key's name, so nothing is dropped in silence.
//! Numbers keep the digits they were written with. Blank lines are skipped.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::chunk::{Chunk, RejectedRow, RowProblem};
use crate::detect::Format;
use crate::error::TableProblem;
use crate::header;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::place::Place;
use crate::reader::RowSource;
use crate::text::TextBlocks;

/// A line that was read ahead.
struct Ahead {
    line: u64,
    text: String,
}

pub(crate) struct NdjsonReader {
    lines: Lines,
    ahead: VecDeque<Ahead>,
    header: Vec<String>,
    positions: HashMap<String, usize>,
    limits: Limits,
    row_number: u64,
}

impl NdjsonReader {
    pub(crate) fn open(blocks: TextBlocks, limits: &Limits) -> Result<Self, TableProblem> {
        let mut lines = Lines::new(blocks, limits.row_bytes);
        let (ahead, names) = read_ahead(&mut lines, limits)?;
        if names.is_empty() {
            return Err(match ahead.front() {
                None => TableProblem::Empty,
                Some(first) => TableProblem::Damaged {
                    format: Format::Ndjson,
                    place: Place::Line(first.line, None),
                    detail: "none of the first lines is a JSON object with a key".to_owned(),
                },
            });
        }
        let header = header::named(names, limits)?;
        let positions = header.iter().cloned().zip(0..).collect();
        Ok(Self {
            lines,
            ahead,
            header,
            positions,
            limits: limits.clone(),
            row_number: 0,
        })
    }

    fn next_line(&mut self) -> Result<Option<Ahead>, TableProblem> {
        if let Some(ahead) = self.ahead.pop_front() {
            return Ok(Some(ahead));
        }
        next_filled(&mut self.lines)
    }

    /// The cells of one line by column.
    fn cells(&self, text: &str) -> Result<Vec<Option<String>>, Misfit> {
        let mut cells = vec![None; self.header.len()];
        let mut seen = vec![false; self.header.len()];
        for (key, value) in object(text, self.header.len())?.0 {
            let position = self.positions.get(key.as_ref()).copied();
            let Some(position) = position else {
                return Err(Misfit::of(RowProblem::UnknownKey {
                    key: key.into_owned(),
                    lines: self.limits.json_header_lines,
                }));
            };
            if std::mem::replace(&mut seen[position], true) {
                return Err(Misfit::of(RowProblem::DuplicateKey {
                    key: key.into_owned(),
                }));
            }
            let cell = cell_text(value.get(), self.limits.json_depth)
                .map_err(|reason| Misfit::at(&self.header[position], reason))?;
            cells[position] = cell;
        }
        Ok(cells)
    }

    fn judge_sizes(&self, line: u64, cells: &[Option<String>]) -> Result<(), TableProblem> {
        let allowed = self.limits.cell_bytes;
        let large = |cell: &Option<String>| cell.as_ref().is_some_and(|text| text.len() > allowed);
        match cells.iter().position(large) {
            None => Ok(()),
            Some(position) => Err(Place::Line(line, Some(self.header[position].clone()))
                .too_large("a cell", allowed as u64)),
        }
    }
}

impl RowSource for NdjsonReader {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem> {
        let mut chunk = Chunk::new(self.header.len());
        let mut bytes = 0;
        while chunk.rows_covered() < max_rows && bytes < self.limits.chunk_bytes {
            let Some(Ahead { line, text }) = self.next_line()? else {
                break;
            };
            self.row_number += 1;
            bytes += text.len();
            match self.cells(&text) {
                Ok(cells) => {
                    self.judge_sizes(line, &cells)?;
                    for (column, cell) in chunk.columns.iter_mut().zip(&cells) {
                        column.push(cell.as_deref());
                    }
                    chunk.row_numbers.push(self.row_number);
                    chunk.lines.push(line);
                }
                Err(misfit) => chunk.rejected.push(RejectedRow {
                    row_number: self.row_number,
                    line: Some(line),
                    column: misfit.column,
                    reason: misfit.reason,
                    cells: vec![text],
                }),
            }
        }
        Ok((chunk.rows_covered() > 0).then_some(chunk))
    }
}

/// Why a line is no row, and the column to blame.
struct Misfit {
    column: Option<String>,
    reason: RowProblem,
}

impl Misfit {
    fn of(reason: RowProblem) -> Self {
        Self {
            column: None,
            reason,
        }
    }

    fn at(column: &str, reason: RowProblem) -> Self {
        Self {
            column: Some(column.to_owned()),
            reason,
        }
    }
}

fn next_filled(lines: &mut Lines) -> Result<Option<Ahead>, TableProblem> {
    while let Some((line, text)) = lines.next()? {
        if !text.trim().is_empty() {
            return Ok(Some(Ahead {
                line,
                text: text.to_owned(),
            }));
        }
    }
    Ok(None)
}

/// The first lines and the keys they have.
fn read_ahead(
    lines: &mut Lines,
    limits: &Limits,
) -> Result<(VecDeque<Ahead>, Vec<String>), TableProblem> {
    let mut ahead = VecDeque::new();
    let mut names: Vec<String> = Vec::new();
    let mut known = std::collections::HashSet::new();
    let mut bytes = 0;
    // The sample ends early when it grows fat, so that reading ahead stays within one chunk.
    while ahead.len() < limits.json_header_lines && bytes < limits.chunk_bytes {
        let Some(next) = next_filled(lines)? else {
            break;
        };
        bytes += next.text.len();
        if let Ok(Fields(fields)) = object(&next.text, limits.columns) {
            for (key, _) in fields {
                if known.insert(key.to_string()) {
                    names.push(key.into_owned());
                    header::within_columns(names.len(), limits)?;
                }
            }
        }
        ahead.push_back(next);
    }
    Ok((ahead, names))
}

/// The keys and values of one object in the order of the line.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// Keeps one field more than a row may have, which is enough to see that there are too many: a line
/// of nothing but keys costs ten times as much here as in the file.
struct FieldsVisitor {
    columns: usize,
}

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut fields = Vec::new();
        while fields.len() <= self.columns {
            let Some(Key(key)) = map.next_key()? else {
                return Ok(Fields(fields));
            };
            fields.push((key, map.next_value()?));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Fields(fields))
    }
}

/// A key, borrowed from the line unless it has escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn object(line: &str, columns: usize) -> Result<Fields<'_>, Misfit> {
    let mut json = serde_json::Deserializer::from_str(line);
    json.deserialize_map(FieldsVisitor { columns })
        .and_then(|fields| json.end().map(|()| fields))
        .map_err(|error| {
            // The parser sees one line only; its own line number would mislead.
            let sentence = error.to_string();
            let problem = sentence.replace(" at line 1 column ", " at character ");
            Misfit::of(RowProblem::BadJson { problem })
        })
}

fn cell_text(raw: &str, depth_allowed: usize) -> Result<Option<String>, RowProblem> {
    let text = match raw.as_bytes().first() {
        Some(b'n') => return Ok(None),
        Some(b'"') => serde_json::from_str::<String>(raw).map_err(|error| RowProblem::BadJson {
            problem: error.to_string(),
        })?,
        Some(b'{' | b'[') if depth(raw) >= depth_allowed => {
            return Err(RowProblem::TooDeep {
                allowed: depth_allowed,
            });
        }
        _ => raw.to_owned(),
    };
    if text.contains('\0') {
        return Err(RowProblem::NulCharacter);
    }
    Ok(Some(text))
}

/// How deeply well-formed JSON text is nested.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
