//! What is read: text as it comes, or a table of another format.

use std::io::{Cursor, Read};

use tables::Encoding;

use crate::cells::{Dialect, LONGEST_ROW_BYTES, Scan, scan, text_of};
use crate::cutting::{Cutter, Stretch};
use crate::encoding::{Utf16, decoded, marked};
use crate::error::StreamError;

/// Bytes of one batch. Large enough that handing it over costs nothing beside the work, small
/// enough that the batches on their way fit a processor's cache.
const BATCH_BYTES: usize = 32 << 10;

/// How text is divided; what is `None` is read off its first rows.
#[derive(Debug, Clone, Default)]
pub struct TextOptions {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// Between cells.
    pub delimiter: Option<u8>,
    /// Each line is one value, whatever characters it holds.
    pub lines: bool,
    /// How many bytes are read at most at a time; for tests.
    pub batch_bytes: Option<usize>,
}

/// An input that has been opened: its first row is known, nothing of it is answered yet.
pub struct Input {
    pub(crate) name: String,
    pub(crate) first_row: Vec<String>,
    pub(crate) rows: Rows,
}

pub(crate) enum Rows {
    Text(TextRows),
    Table(tables::Reader),
}

pub(crate) struct TextRows {
    pub(crate) cutter: Cutter,
    pub(crate) dialect: Dialect,
    pub(crate) encoding: Option<Encoding>,
    /// Bytes that the first row takes, blank lines before it included.
    first_row_bytes: usize,
}

impl Input {
    /// Text from a file or a pipe. Waits until the first row has come, or the end.
    ///
    /// UTF-8 with or without a byte order mark, UTF-16 with one, GB18030. The delimiter is the one
    /// of comma, semicolon, tab and bar that the first row has most of; where it has none, a line
    /// is one cell.
    pub fn of_text(
        name: String,
        source: impl Read + Send + 'static,
        options: &TextOptions,
    ) -> Result<Self, StreamError> {
        let batch_bytes = options.batch_bytes.unwrap_or(BATCH_BYTES);
        let cutter = Cutter::new(Box::new(source), batch_bytes);
        match opened(cutter, options) {
            Ok(Opened::Text(rows, first_row)) => Ok(Self {
                name,
                first_row,
                rows: Rows::Text(rows),
            }),
            Ok(Opened::Stranger(found, advice)) => Err(StreamError::Unsupported {
                name,
                found,
                advice,
            }),
            Err(problem) => Err(StreamError::Read { name, problem }),
        }
    }

    /// A table of any format that `tables` reads. Its header is the first row.
    pub fn of_table(name: String, reader: tables::Reader) -> Self {
        Self {
            name,
            first_row: reader.header().to_vec(),
            rows: Rows::Table(reader),
        }
    }

    /// The cells of the first row; none where there is no row.
    pub fn first_row(&self) -> &[String] {
        &self.first_row
    }

    /// Whether the first row is a header for certain: text does not say, other formats do.
    pub fn has_header(&self) -> bool {
        matches!(self.rows, Rows::Table(_))
    }

    /// Says that the first row is a header, which is not answered.
    #[must_use]
    pub fn with_header(mut self) -> Self {
        if let Rows::Text(rows) = &mut self.rows {
            rows.cutter.pass(rows.first_row_bytes);
            rows.first_row_bytes = 0;
        }
        self
    }
}

impl TextRows {
    /// The next rows, and the encoding they are in.
    pub(crate) fn next_stretch(&mut self) -> std::io::Result<Option<(Stretch, Encoding)>> {
        let Some(stretch) = self.cutter.next_stretch(self.dialect)? else {
            return Ok(None);
        };
        let (Stretch::Rows(bytes) | Stretch::TooLong(bytes)) = &stretch;
        let encoding = *match &mut self.encoding {
            Some(encoding) => encoding,
            none if !bytes.is_ascii() => none.insert(Encoding::of_sample(bytes)),
            None => &Encoding::Utf8,
        };
        Ok(Some((stretch, encoding)))
    }
}

enum Opened {
    Text(TextRows, Vec<String>),
    Stranger(&'static str, &'static str),
}

fn opened(mut cutter: Cutter, options: &TextOptions) -> std::io::Result<Opened> {
    read_first_line(&mut cutter)?;
    if let Some((found, advice)) = stranger(cutter.held()) {
        return Ok(Opened::Stranger(found, advice));
    }
    let mut encoding = options.encoding;
    if let Some((marked, length)) = byte_order_mark(cutter.held()) {
        cutter.pass(length);
        encoding = Some(marked);
    }
    if let Some(wide @ (Encoding::Utf16BigEndian | Encoding::Utf16LittleEndian)) = encoding {
        cutter = cutter.replace(|held, source| {
            Box::new(Utf16::new(Box::new(Cursor::new(held).chain(source)), wide))
        });
        encoding = Some(Encoding::Utf8);
        read_first_line(&mut cutter)?;
    }
    loop {
        if encoding.is_none() && !cutter.held().is_ascii() {
            encoding = Some(Encoding::of_sample(whole_lines(cutter.held())));
        }
        let text = first_text(cutter.held(), encoding.unwrap_or(Encoding::Utf8));
        let (dialect, first_row) = divided(&text, options);
        let end = first_row_end(&cutter, dialect);
        // A quoted header may span lines that have not come yet.
        let long = cutter.held().len() > LONGEST_ROW_BYTES;
        if end.is_some() || long || !cutter.read_more()? {
            let rows = TextRows {
                cutter,
                dialect,
                encoding,
                first_row_bytes: end.unwrap_or_default(),
            };
            return Ok(Opened::Text(rows, first_row));
        }
    }
}

/// Reads until a line that is not blank is there.
fn read_first_line(cutter: &mut Cutter) -> std::io::Result<()> {
    loop {
        let held = cutter.held();
        let filled = held.iter().position(|byte| !matches!(byte, b'\n' | b'\r'));
        let whole =
            filled.is_some_and(|start| memchr::memchr2(b'\n', b'\r', &held[start..]).is_some());
        if whole || held.len() > LONGEST_ROW_BYTES || !cutter.read_more()? {
            return Ok(());
        }
    }
}

fn byte_order_mark(start: &[u8]) -> Option<(Encoding, usize)> {
    if start.starts_with(b"\xEF\xBB\xBF") {
        Some((Encoding::Utf8, 3))
    } else if start.starts_with(b"\xFF\xFE") {
        Some((Encoding::Utf16LittleEndian, 2))
    } else if start.starts_with(b"\xFE\xFF") {
        Some((Encoding::Utf16BigEndian, 2))
    } else {
        None
    }
}

/// What people do hand in and what is no text.
fn stranger(start: &[u8]) -> Option<(&'static str, &'static str)> {
    const FILE: &str = "name the file instead of writing it to standard input";
    const STRANGERS: [(&[u8], &str, &str); 5] = [
        (b"PK\x03\x04", "a workbook or an archive", FILE),
        (b"PAR1", "a Parquet file", FILE),
        (b"\x1F\x8B", "gzip-compressed", "decompress it first"),
        (b"%PDF", "a PDF", "export the table as CSV"),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Office file",
            "save it as XLSX or CSV",
        ),
    ];
    let found = STRANGERS
        .iter()
        .find(|(magic, ..)| start.starts_with(magic));
    found.map(|&(_, found, advice)| (found, advice))
}

/// What is held, as far as its lines have come whole.
fn whole_lines(held: &[u8]) -> &[u8] {
    let filled = held.trim_ascii_start().len();
    match memchr::memrchr2(b'\n', b'\r', held) {
        Some(end) if end > held.len() - filled => &held[..=end],
        _ => held,
    }
}

/// As much text as the first rows need.
fn first_text(held: &[u8], encoding: Encoding) -> std::borrow::Cow<'_, str> {
    let start = whole_lines(held);
    decoded(start, encoding).unwrap_or_else(|| marked(start, encoding))
}

fn divided(text: &str, options: &TextOptions) -> (Dialect, Vec<String>) {
    let whole = Dialect {
        delimiter: None,
        quotes: !options.lines,
    };
    if options.lines {
        return (whole, first_cells(text, whole));
    }
    let candidate = Dialect {
        delimiter: Some(
            options
                .delimiter
                .unwrap_or_else(|| tables::delimiter_of(text)),
        ),
        quotes: true,
    };
    let cells = first_cells(text, candidate);
    if cells.len() > 1 || options.delimiter.is_some() {
        (candidate, cells)
    } else {
        (whole, first_cells(text, whole))
    }
}

fn first_cells(text: &str, dialect: Dialect) -> Vec<String> {
    let text = text.trim_start_matches(['\n', '\r']);
    let mut cells = Vec::new();
    match scan(text.as_bytes(), 0, true, dialect, &mut cells) {
        Scan::Row { .. } if !text.is_empty() => {
            let texts = cells.iter().map(|cell| text_of(text, *cell).into_owned());
            texts.collect()
        }
        _ => Vec::new(),
    }
}

/// Where the first row ends, if it has come whole or can never be read.
fn first_row_end(cutter: &Cutter, dialect: Dialect) -> Option<usize> {
    let held = cutter.held();
    let blank = held.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let start = blank.count();
    match scan(held, start, cutter.ended(), dialect, &mut Vec::new()) {
        Scan::Row { next, .. } => Some(next),
        Scan::Incomplete => None,
        Scan::Unclosed { .. } | Scan::TooLong { .. } => Some(start),
    }
}
