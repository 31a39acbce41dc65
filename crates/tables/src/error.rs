//! Why a file cannot be read any further, and where.

use crate::detect::Format;
use crate::place::Place;

/// A file that cannot be read, or not any further.
///
/// The message names the file and the place and says what to correct.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct TableError {
    /// The name of the file as it was given.
    pub file: String,
    /// What is wrong with it.
    #[source]
    pub problem: TableProblem,
}

impl TableError {
    pub(crate) fn new(file: &str, problem: TableProblem) -> Self {
        Self {
            file: file.to_owned(),
            problem,
        }
    }

    /// A code that never changes, for reports and the API.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        format!("{}:{}", self.file, self.problem.zh())
    }
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableProblem {
    /// The operating system refused.
    #[error("cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The path is a directory.
    #[error("is a directory, name a file")]
    Directory,
    /// There is not even a header.
    #[error("is empty, a header is required")]
    Empty,
    /// The content is of a kind that is not read.
    #[error("is {found}, {advice}")]
    Unsupported {
        /// What the content looks like.
        found: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The content does not belong to the format.
    #[error("{place}: cannot be read as {format}: {detail}")]
    Damaged {
        /// The format that was expected.
        format: Format,
        /// Where.
        place: Place,
        /// What the decoder says.
        detail: String,
    },
    /// Bytes that the encoding does not know.
    #[error(
        "line {line}, byte {byte}: not valid {encoding}; save the whole file in one encoding, UTF-8 is best"
    )]
    Encoding {
        /// The encoding the file was read in.
        encoding: &'static str,
        /// The 1-based line.
        line: u64,
        /// The 0-based byte in the file.
        byte: u64,
    },
    /// The file ends inside a character.
    #[error(
        "line {line}, byte {byte}: the file ends inside a {encoding} character, it was cut off"
    )]
    CutOff {
        /// The encoding the file was read in.
        encoding: &'static str,
        /// The 1-based line.
        line: u64,
        /// The 0-based byte in the file.
        byte: u64,
    },
    /// A NUL byte in text.
    #[error("{place}: holds a NUL byte, the file is damaged or not a text file")]
    NulByte {
        /// Line and column.
        place: Place,
    },
    /// A quote that opens and never closes.
    #[error("line {line}, column {column}: the quote that opens here is never closed")]
    UnclosedQuote {
        /// The 1-based line of the opening quote.
        line: u64,
        /// The column, by name if it has one.
        column: String,
    },
    /// Two columns of one name.
    #[error("column {second} has the same name as column {first}: {name:?}; rename one")]
    DuplicateHeader {
        /// The name.
        name: String,
        /// The 1-based column that had it first.
        first: usize,
        /// The 1-based column that has it again.
        second: usize,
    },
    /// More of something than the limit allows.
    #[error("has {found} {what}, {allowed} are allowed")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are, or at least this many.
        found: u64,
        /// How many are allowed.
        allowed: u64,
    },
    /// Something that is larger than the limit.
    #[error("{place}: {what} is larger than {allowed} bytes{hint}")]
    TooLarge {
        /// Where.
        place: Place,
        /// What is too large.
        what: &'static str,
        /// How many bytes are allowed.
        allowed: u64,
        /// A likely cause, or nothing.
        hint: &'static str,
    },
    /// A workbook part that inflates beyond measure.
    #[error("part {part:?} inflates to more than {allowed} times its size: refused as a zip bomb")]
    ZipBomb {
        /// The part inside the workbook.
        part: String,
        /// The ratio that is allowed.
        allowed: u64,
    },
    /// A formula in a workbook.
    #[error("sheet {sheet:?}: cell {cell} holds a formula, save the sheet as values")]
    Formula {
        /// The sheet.
        sheet: String,
        /// The cell, like `C5`.
        cell: String,
    },
    /// A sheet that the workbook does not have.
    #[error("has no sheet {wanted:?}, it has {}", sheets.join(", "))]
    UnknownSheet {
        /// The sheet that was asked for.
        wanted: String,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// An option that cannot be obeyed.
    #[error("cannot be read with this option: {0}")]
    Option(&'static str),
    /// A row handed to a writer that does not fit its header.
    #[error("row {row} has {found} cells, the header names {expected}")]
    RowShape {
        /// The 1-based row.
        row: u64,
        /// How many the header names.
        expected: usize,
        /// How many the row has.
        found: usize,
    },
}

impl TableProblem {
    /// A code that never changes, for reports and the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Directory => "directory",
            Self::Empty => "empty_file",
            Self::Unsupported { .. } => "unsupported_format",
            Self::Damaged { .. } => "damaged_file",
            Self::Encoding { .. } => "bad_encoding",
            Self::CutOff { .. } => "cut_off",
            Self::NulByte { .. } => "nul_byte",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::DuplicateHeader { .. } => "duplicate_header",
            Self::TooMany { .. } => "too_many",
            Self::TooLarge { .. } => "too_large",
            Self::ZipBomb { .. } => "zip_bomb",
            Self::Formula { .. } => "formula_cell",
            Self::UnknownSheet { .. } => "unknown_sheet",
            Self::Option(_) => "bad_option",
            Self::RowShape { .. } => "row_shape",
        }
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Io(error) => format!("无法读写:{error}"),
            Self::Directory => "这是一个目录,请指定文件".to_owned(),
            Self::Empty => "文件是空的,至少需要表头".to_owned(),
            Self::Unsupported { found, .. } => {
                format!("不支持的文件类型({found}),请另存为 CSV、XLSX、NDJSON 或 Parquet")
            }
            Self::Damaged {
                format,
                place,
                detail,
            } => format!("{}:无法作为 {format} 读取:{detail}", place.zh()),
            Self::Encoding { .. } | Self::CutOff { .. } => self.zh_of_encoding(),
            Self::NulByte { place } => {
                format!("{}:含有 NUL 字节,文件已损坏或不是文本文件", place.zh())
            }
            Self::UnclosedQuote { line, column } => {
                format!("第 {line} 行,列 {column}:引号没有闭合")
            }
            Self::DuplicateHeader {
                name,
                first,
                second,
            } => format!("第 {second} 列与第 {first} 列同名“{name}”,请改名"),
            Self::TooMany {
                what,
                found,
                allowed,
            } => format!("{}数量为 {found},上限为 {allowed}", zh_noun(what)),
            Self::TooLarge {
                place,
                what,
                allowed,
                hint,
            } => format!(
                "{}:{}超过 {allowed} 字节{}",
                place.zh(),
                zh_noun(what),
                zh_hint(hint)
            ),
            Self::ZipBomb { part, allowed } => {
                format!("部件“{part}”解压后超过原大小的 {allowed} 倍,按压缩炸弹拒绝")
            }
            Self::Formula { sheet, cell } => {
                format!("工作表“{sheet}”的单元格 {cell} 含有公式,请将工作表另存为数值")
            }
            Self::UnknownSheet { wanted, sheets } => {
                format!("没有工作表“{wanted}”,现有:{}", sheets.join("、"))
            }
            Self::Option(option) => format!("选项无法使用:{option}"),
            Self::RowShape {
                row,
                expected,
                found,
            } => format!("第 {row} 行有 {found} 个单元格,表头有 {expected} 列"),
        }
    }

    /// Split from [`Self::zh`] only to keep that a page long.
    fn zh_of_encoding(&self) -> String {
        match self {
            Self::Encoding {
                encoding,
                line,
                byte,
            } => format!(
                "第 {line} 行(字节 {byte})不是有效的 {encoding} 文本;请将整个文件保存为同一种编码,推荐 UTF-8"
            ),
            Self::CutOff {
                encoding,
                line,
                byte,
            } => format!("第 {line} 行(字节 {byte}):文件在一个 {encoding} 字符中间中断,不完整"),
            _ => String::new(),
        }
    }
}

fn zh_noun(noun: &str) -> &str {
    match noun {
        "columns" => "列",
        "rows" => "行",
        "parts" => "部件",
        "row groups" => "行组",
        "a cell" => "单元格",
        "a row" => "一行",
        "a column name" => "列名",
        "the file" => "文件",
        "the workbook" => "解压后的工作簿",
        "the metadata" => "元数据",
        "what must be in memory at once" => "需要同时放入内存的内容",
        other => other,
    }
}

fn zh_hint(hint: &str) -> &str {
    match hint {
        "; perhaps a quote is not closed" => ";可能有引号没有闭合",
        "; save the sheet alone, or as CSV" => ";请单独保存该工作表,或另存为 CSV",
        "; write the file with smaller pages" => ";请用较小的数据页重新写出该文件",
        ", which is all that a sheet holds" => ",这是工作表单元格的上限",
        // The noun says it already.
        " inflated" => "",
        other => other,
    }
}
