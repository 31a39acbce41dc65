//! Rows as columns: the one shape in which tables flow through the product.

use std::fmt;

/// One text column: all bytes in one buffer, an end offset per row, a presence bit per row.
///
/// A cell that is absent (`None`) and a cell that holds empty text are different things where the
/// format can tell them apart.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Column {
    bytes: String,
    ends: Vec<usize>,
    present: Vec<u64>,
}

impl Column {
    /// An empty column.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty column with room for so many rows and bytes of text.
    pub fn with_capacity(rows: usize, bytes: usize) -> Self {
        Self {
            bytes: String::with_capacity(bytes),
            ends: Vec::with_capacity(rows),
            present: Vec::with_capacity(rows.div_ceil(64)),
        }
    }

    /// Appends the cell of the next row.
    #[inline]
    pub fn push(&mut self, cell: Option<&str>) {
        let row = self.ends.len();
        if row.is_multiple_of(64) {
            self.present.push(0);
        }
        if let Some(text) = cell {
            self.bytes.push_str(text);
            if let Some(word) = self.present.last_mut() {
                *word |= 1 << (row % 64);
            }
        }
        self.ends.push(self.bytes.len());
    }

    /// Appends a cell that is written just now.
    pub(crate) fn push_written(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.bytes);
        self.push(Some(""));
    }

    /// Makes room for so many more rows and bytes of text.
    pub(crate) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.bytes.reserve(bytes);
        self.ends.reserve(rows);
        self.present.reserve(rows.div_ceil(64));
    }

    /// All text, cell behind cell.
    pub(crate) fn text(&self) -> &str {
        &self.bytes
    }

    /// Where the text of a row begins; of the row behind the last one, where it ends.
    pub(crate) fn start(&self, row: usize) -> usize {
        match row.checked_sub(1) {
            Some(before) => self.ends[before],
            None => 0,
        }
    }

    /// The cell of a row; `None` if it is absent or the row does not exist.
    #[inline]
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)?;
        if self.present.get(row / 64)? & (1 << (row % 64)) == 0 {
            return None;
        }
        Some(&self.bytes[self.start(row)..end])
    }

    /// How many rows the column has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the column has no rows.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of text in all cells together.
    pub fn text_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The cells in row order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Forgets all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.present.clear();
    }
}

impl<'a> FromIterator<Option<&'a str>> for Column {
    fn from_iter<T: IntoIterator<Item = Option<&'a str>>>(cells: T) -> Self {
        let mut column = Self::new();
        for cell in cells {
            column.push(cell);
        }
        column
    }
}

/// Cells are personal data: a log line shows how many there are, never what they say.
impl fmt::Debug for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Column({} rows, {} bytes)",
            self.len(),
            self.text_bytes()
        )
    }
}

/// A run of rows of one file, as columns in the order of the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The 1-based data row in the file of each row; the header and blank lines are not counted,
    /// rejected rows are.
    pub row_numbers: Vec<u64>,
    /// The 1-based line where each row begins: lines of CSV and NDJSON, sheet rows of XLSX; empty
    /// for Parquet, which has none.
    pub lines: Vec<u64>,
    /// One column per header name, each as long as `row_numbers`.
    pub columns: Vec<Column>,
    /// The rows of this stretch of the file that are no rows of this table.
    pub rejected: Vec<RejectedRow>,
}

impl Chunk {
    /// A chunk without rows.
    pub fn new(columns: usize) -> Self {
        Self {
            columns: vec![Column::new(); columns],
            ..Self::default()
        }
    }

    /// How many rows fit the table.
    pub fn len(&self) -> usize {
        self.row_numbers.len()
    }

    /// Whether no row fits the table; there may still be rejected ones.
    pub fn is_empty(&self) -> bool {
        self.row_numbers.is_empty()
    }

    /// How many rows of the file this chunk answers for, rejected ones included.
    pub fn rows_covered(&self) -> usize {
        self.row_numbers.len() + self.rejected.len()
    }
}

/// A row that is no row of this table; it belongs in quarantine (待更正).
#[derive(Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// The 1-based data row in the file.
    pub row_number: u64,
    /// The line or sheet row, where the format has one.
    pub line: Option<u64>,
    /// The column that is to blame, if one is.
    pub column: Option<String>,
    /// Why the row was rejected.
    pub reason: RowProblem,
    /// The cells as given; for a bad NDJSON line, the line itself.
    pub cells: Vec<String>,
}

impl RejectedRow {
    /// Bytes of text kept for this row.
    pub(crate) fn text_bytes(&self) -> usize {
        self.cells.iter().map(String::len).sum()
    }
}

/// Cells are personal data and stay out of the log.
impl fmt::Debug for RejectedRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RejectedRow")
            .field("row_number", &self.row_number)
            .field("line", &self.line)
            .field("column", &self.column)
            .field("reason", &self.reason)
            .field("cells", &self.cells.len())
            .finish()
    }
}

/// Why a row is no row of its table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowProblem {
    /// More or fewer cells than the header names.
    #[error("has {found} cells, the header names {expected}")]
    CellCount {
        /// How many the header names.
        expected: usize,
        /// How many the row has.
        found: usize,
    },
    /// A spreadsheet cell holds an error value.
    #[error("cell {cell} holds the error {value}, correct it in the sheet")]
    ErrorCell {
        /// The cell, like `C5`.
        cell: String,
        /// The error value, like `#REF!`.
        value: String,
    },
    /// A spreadsheet keeps only 15 digits of a number; the rest of this one is lost.
    #[error(
        "cell {cell} holds a number of more than 15 digits, its last digits are lost: format the column as text and enter it again"
    )]
    PrecisionLost {
        /// The cell, like `C5`.
        cell: String,
    },
    /// An NDJSON line is not one JSON object.
    #[error("is not one JSON object: {problem}")]
    BadJson {
        /// What the parser says, with the column of the line.
        problem: String,
    },
    /// An NDJSON line has a key that is no column.
    #[error("has the key {key:?}, which none of the first {lines} lines has")]
    UnknownKey {
        /// The key.
        key: String,
        /// How many lines were read to learn the columns.
        lines: usize,
    },
    /// An NDJSON line names one key twice.
    #[error("names the key {key:?} twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A cell holds the character NUL, which no store takes.
    #[error("holds the character NUL, remove it")]
    NulCharacter,
    /// An NDJSON line is nested too deeply.
    #[error("is nested deeper than {allowed} levels")]
    TooDeep {
        /// How deep is allowed.
        allowed: usize,
    },
}

impl RowProblem {
    /// A code that never changes, for reports and the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CellCount { .. } => "cell_count",
            Self::ErrorCell { .. } => "error_cell",
            Self::PrecisionLost { .. } => "precision_lost",
            Self::BadJson { .. } => "bad_json",
            Self::UnknownKey { .. } => "unknown_key",
            Self::DuplicateKey { .. } => "duplicate_key",
            Self::NulCharacter => "nul_character",
            Self::TooDeep { .. } => "too_deep",
        }
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::CellCount { expected, found } => {
                format!("本行有 {found} 个单元格,表头有 {expected} 列")
            }
            Self::ErrorCell { cell, value } => {
                format!("单元格 {cell} 是错误值 {value},请在表中更正")
            }
            Self::PrecisionLost { cell } => format!(
                "单元格 {cell} 的数字超过 15 位,末尾数字已丢失:请将该列设为文本格式后重新录入"
            ),
            Self::BadJson { problem } => format!("不是一个 JSON 对象:{problem}"),
            Self::UnknownKey { key, lines } => {
                format!("含有前 {lines} 行都没有的键“{key}”")
            }
            Self::DuplicateKey { key } => format!("键“{key}”出现两次"),
            Self::NulCharacter => "含有 NUL 字符,请删除".to_owned(),
            Self::TooDeep { allowed } => format!("嵌套超过 {allowed} 层"),
        }
    }
}
