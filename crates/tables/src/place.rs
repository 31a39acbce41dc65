//! Where in a file something is, for people.

use std::fmt;

use crate::detect::Format;
use crate::error::TableProblem;

/// Where in a file something is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The file as a whole.
    File,
    /// The names of the columns, at this 1-based column.
    Header(usize),
    /// A 1-based line, and a column by number or name.
    Line(u64, Option<String>),
    /// A 1-based data row, and a column by number or name; for formats without lines.
    Row(u64, Option<String>),
    /// A sheet, and a cell of it like `C5`.
    Sheet(String, Option<String>),
    /// A part inside a workbook.
    Part(String),
    /// A 1-based row group of a Parquet file, and a column of it.
    RowGroup(usize, String),
    /// The metadata at the end of a Parquet file.
    Footer,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => formatter.write_str("the whole file"),
            Self::Header(column) => write!(formatter, "header, column {column}"),
            Self::Line(line, None) => write!(formatter, "line {line}"),
            Self::Line(line, Some(column)) => write!(formatter, "line {line}, column {column}"),
            Self::Row(row, None) => write!(formatter, "row {row}"),
            Self::Row(row, Some(column)) => write!(formatter, "row {row}, column {column}"),
            Self::Sheet(sheet, None) => write!(formatter, "sheet {sheet:?}"),
            Self::Sheet(sheet, Some(cell)) => write!(formatter, "sheet {sheet:?}, cell {cell}"),
            Self::Part(part) => write!(formatter, "part {part:?}"),
            Self::RowGroup(group, column) => {
                write!(formatter, "row group {group}, column {column}")
            }
            Self::Footer => formatter.write_str("footer"),
        }
    }
}

impl Place {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::File => "整个文件".to_owned(),
            Self::Header(column) => format!("表头第 {column} 列"),
            Self::Line(line, None) => format!("第 {line} 行"),
            Self::Line(line, Some(column)) => format!("第 {line} 行,列 {column}"),
            Self::Row(row, None) => format!("第 {row} 条"),
            Self::Row(row, Some(column)) => format!("第 {row} 条,列 {column}"),
            Self::Sheet(sheet, None) => format!("工作表“{sheet}”"),
            Self::Sheet(sheet, Some(cell)) => format!("工作表“{sheet}”单元格 {cell}"),
            Self::Part(part) => format!("部件“{part}”"),
            Self::RowGroup(group, column) => format!("第 {group} 个行组,列 {column}"),
            Self::Footer => "文件尾".to_owned(),
        }
    }

    /// An error of a decoder at this place.
    pub(crate) fn damaged(self, format: Format, detail: impl fmt::Display) -> TableProblem {
        TableProblem::Damaged {
            format,
            place: self,
            detail: detail.to_string(),
        }
    }

    /// A panic of a decoder at this place.
    pub(crate) fn gave_up(self, format: Format) -> TableProblem {
        self.damaged(format, "the decoder gave up on its content")
    }

    /// Something at this place that is larger than its limit.
    pub(crate) fn too_large(self, what: &'static str, allowed: u64) -> TableProblem {
        TableProblem::TooLarge {
            place: self,
            what,
            allowed,
            hint: "",
        }
    }
}
