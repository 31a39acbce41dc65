//! One cell of a row, as a range of the text that is still to be read as text.

/// A cell as a range of the buffered text.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: CellKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    Plain,
    Quoted,
    /// Quoted, and what is between the quotes is not yet the text.
    Escaped,
}

/// The text of a cell; `None` if there is nothing, not even quotes.
#[inline]
pub(crate) fn cell_text<'a>(text: &'a str, cell: Cell, scratch: &'a mut String) -> Option<&'a str> {
    let given = &text[cell.start..cell.end];
    match cell.kind {
        CellKind::Plain if given.is_empty() => None,
        CellKind::Plain | CellKind::Quoted => Some(given),
        CellKind::Escaped => {
            unescape(given, scratch);
            Some(scratch)
        }
    }
}

/// Halves the doubled quotes; what follows the closing quote is taken as it is.
fn unescape(given: &str, scratch: &mut String) {
    scratch.clear();
    let mut rest = given;
    while let Some(quote) = rest.find('"') {
        scratch.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                scratch.push('"');
                rest = after;
            }
            None => break,
        }
    }
    scratch.push_str(rest);
}
