//! Where a row ends and where its cells are: one pure function of the text, so that whoever cuts
//! the input into batches and whoever reads a batch agree.
//!
//! The format is the CSV of `tables`: RFC 4180, any line end, and a quote inside an unquoted cell
//! is an ordinary character. Beyond that, a quote that never closes costs its own line only: when
//! no row end follows within [`LONGEST_ROW_BYTES`] or before the end, or when a quoted text that
//! spans lines goes on behind its closing quote, the row is taken to be its first line.

use std::borrow::Cow;

/// The longest row that is looked at; a longer one is answered with a problem.
pub const LONGEST_ROW_BYTES: usize = 1 << 20;

/// How the text is divided into rows and cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between cells; none where a line is one cell.
    pub(crate) delimiter: Option<u8>,
    /// Whether a cell may be quoted.
    pub(crate) quotes: bool,
}

/// A cell as a range of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether doubled quotes are still to be halved.
    pub(crate) escaped: bool,
}

/// What the scan from a row start came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A row: its text ends at `end`, the next one begins at `next`.
    Row { end: usize, next: usize },
    /// A line whose quote never closes.
    Unclosed { end: usize, next: usize },
    /// A line that is too long.
    TooLong { end: usize, next: usize },
    /// The text ends first, and more may come.
    Incomplete,
}

/// The row that begins at `start`; `ended` says that no more text will come.
///
/// `cells` is filled for [`Scan::Row`] alone.
pub(crate) fn scan(
    text: &[u8],
    start: usize,
    ended: bool,
    dialect: Dialect,
    cells: &mut Vec<Cell>,
) -> Scan {
    cells.clear();
    let limit = text.len().min(start.saturating_add(LONGEST_ROW_BYTES));
    let window = &text[..limit];
    let last = ended && limit == text.len();
    let mut at = start;
    loop {
        let found = if dialect.quotes && window.get(at) == Some(&b'"') {
            quoted(window, at, last, dialect)
        } else {
            Found::Cell(plain(window, at, dialect))
        };
        let (cell, end) = match found {
            Found::Cell(cell) => (cell, cell.end),
            Found::Quoted(cell) => (cell, cell.end + 1),
            Found::Broken => return first_line(text, start, ended),
            Found::Open => return unfinished(text, start, limit, ended),
        };
        cells.push(cell);
        match window.get(end) {
            Some(byte) if Some(*byte) == dialect.delimiter => at = end + 1,
            Some(_) => {
                return line_end(text, end, ended)
                    .map_or(Scan::Incomplete, |next| Scan::Row { end, next });
            }
            None if last => return Scan::Row { end, next: end },
            None => return unfinished(text, start, limit, ended),
        }
    }
}

/// The text of a cell, its doubled quotes halved; what follows the closing quote is taken as it is.
pub(crate) fn text_of(text: &str, cell: Cell) -> Cow<'_, str> {
    let given = text.get(cell.start..cell.end).unwrap_or_default();
    if !cell.escaped {
        return Cow::Borrowed(given);
    }
    let mut whole = String::with_capacity(given.len());
    let mut rest = given;
    while let Some((before, after)) = rest.split_once('"') {
        whole.push_str(before);
        rest = after;
        match after.strip_prefix('"') {
            Some(after) => {
                whole.push('"');
                rest = after;
            }
            None => break,
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

enum Found {
    /// A cell that ends where its text does.
    Cell(Cell),
    /// A cell with a quote behind its text.
    Quoted(Cell),
    /// A quoted text that spans lines and goes on behind its quote.
    Broken,
    /// The closing quote is not there.
    Open,
}

fn plain(window: &[u8], start: usize, dialect: Dialect) -> Cell {
    let delimiter = dialect.delimiter.unwrap_or(b'\n');
    // Cells are short: a loop is over before a search by blocks has begun.
    let length = window[start.min(window.len())..]
        .iter()
        .take_while(|byte| **byte != delimiter && **byte != b'\n' && **byte != b'\r')
        .count();
    Cell {
        start,
        end: start + length,
        escaped: false,
    }
}

fn quoted(window: &[u8], quote: usize, last: bool, dialect: Dialect) -> Found {
    let start = quote + 1;
    let (mut at, mut escaped) = (start, false);
    loop {
        let rest = window.get(at..).unwrap_or_default();
        let Some(length) = memchr::memchr(b'"', rest) else {
            return Found::Open;
        };
        let end = at + length;
        match window.get(end + 1) {
            Some(b'"') => {
                escaped = true;
                at = end + 2;
            }
            None if !last => return Found::Open,
            Some(byte) if !ends_cell(*byte, dialect) => {
                return goes_on(window, start, end, dialect);
            }
            _ => {
                return Found::Quoted(Cell {
                    start,
                    end,
                    escaped,
                });
            }
        }
    }
}

/// Text behind a closing quote belongs to the cell, as spreadsheets have it, unless the quoted
/// text spans lines: then the quote was more likely never meant to open anything.
fn goes_on(window: &[u8], start: usize, quote: usize, dialect: Dialect) -> Found {
    if memchr::memchr2(b'\n', b'\r', &window[start..quote]).is_some() {
        return Found::Broken;
    }
    Found::Cell(Cell {
        start,
        end: plain(window, quote + 1, dialect).end,
        escaped: true,
    })
}

fn ends_cell(byte: u8, dialect: Dialect) -> bool {
    matches!(byte, b'\n' | b'\r') || Some(byte) == dialect.delimiter
}

/// Where the next row begins when this one ends with the line end at `end`.
fn line_end(text: &[u8], end: usize, ended: bool) -> Option<usize> {
    match (text.get(end), text.get(end + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(end + 2),
        (Some(b'\r'), None) if !ended => None,
        _ => Some(end + 1),
    }
}

/// The row has no end in the window: more text may help, or it is given up.
fn unfinished(text: &[u8], start: usize, limit: usize, ended: bool) -> Scan {
    if limit == text.len() && !ended {
        return Scan::Incomplete;
    }
    first_line(text, start, ended)
}

/// Gives up on more than the first line.
fn first_line(text: &[u8], start: usize, ended: bool) -> Scan {
    let length = memchr::memchr2(b'\n', b'\r', &text[start..]);
    let (end, next) = match length {
        Some(length) => match line_end(text, start + length, ended) {
            Some(next) => (start + length, next),
            None => return Scan::Incomplete,
        },
        None if ended => (text.len(), text.len()),
        None => return Scan::Incomplete,
    };
    if end - start > LONGEST_ROW_BYTES {
        Scan::TooLong { end, next }
    } else {
        Scan::Unclosed { end, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect {
        delimiter: Some(b','),
        quotes: true,
    };

    /// The rows of a whole text as a person would note them.
    fn rows(text: &str) -> Vec<String> {
        let (mut at, mut cells, mut rows) = (0, Vec::new(), Vec::new());
        while at < text.len() {
            let (next, row) = match scan(text.as_bytes(), at, true, COMMA, &mut cells) {
                Scan::Row { next, .. } => {
                    let texts: Vec<_> = cells.iter().map(|cell| text_of(text, *cell)).collect();
                    (next, texts.join("|"))
                }
                Scan::Unclosed { end, next } => (next, format!("unclosed {}", &text[at..end])),
                Scan::TooLong { next, .. } => (next, "too long".to_owned()),
                Scan::Incomplete => (text.len(), "incomplete".to_owned()),
            };
            rows.push(row);
            at = next;
        }
        rows
    }

    #[test]
    fn cells_are_those_of_rfc_4180_with_any_line_end() {
        assert_eq!(
            rows("a,\"b,\"\"c\nd\"\r\n,\rx,\"\""),
            ["a|b,\"c\nd", "|", "x|"]
        );
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_character() {
        assert_eq!(rows("5\" disk,x\n\"a\"b,y\n"), ["5\" disk|x", "ab|y"]);
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_own_line() {
        assert_eq!(rows("1,\"a\n2,b\n3,c\n"), ["unclosed 1,\"a", "2|b", "3|c"]);
        assert_eq!(
            rows("1,\"a\n2,b\n3,\"c\"\n"),
            ["unclosed 1,\"a", "2|b", "3|c"]
        );
    }

    #[test]
    fn a_row_that_is_too_long_costs_itself() {
        let long = "a".repeat(LONGEST_ROW_BYTES + 1);
        assert_eq!(rows(&format!("x\n{long}\ny\n")), ["x", "too long", "y"]);
        assert_eq!(rows(&format!("x\n\"{long}\"\ny\n")), ["x", "too long", "y"]);
        let longest = "a".repeat(LONGEST_ROW_BYTES - 1);
        assert_eq!(rows(&format!("{longest}\n")).len(), 1);
    }
}
