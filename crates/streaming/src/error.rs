//! Why a row cannot be answered, and why a run cannot go on.

use tables::TableError;

/// A row that is no row of this table; the run goes on behind it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowProblem {
    /// More or fewer cells than the first row has.
    #[error("has {found} cells, the first row has {expected}")]
    CellCount {
        /// How many the first row has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// Bytes that the encoding of the file does not know.
    #[error("holds bytes that are not valid {encoding}; save the file as UTF-8")]
    Encoding {
        /// The encoding that the file is read in.
        encoding: &'static str,
    },
    /// A quote that opens and never closes; the row is taken to end with its line.
    #[error("the quote that opens in this line is never closed")]
    UnclosedQuote,
    /// More bytes than a row may have.
    #[error("is longer than {allowed} bytes")]
    TooLong {
        /// How many are allowed.
        allowed: usize,
    },
    /// The answers broke down over this row, which is a fault of the program.
    #[error("could not be answered; please report this row")]
    Unanswered,
    /// A row that the reader of another format refused.
    #[error("{0}")]
    Rejected(tables::RowProblem),
}

impl RowProblem {
    /// A code that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CellCount { .. } => "cell_count",
            Self::Encoding { .. } => "bad_encoding",
            Self::UnclosedQuote => "unclosed_quote",
            Self::TooLong { .. } => "too_large",
            Self::Unanswered => "unanswered",
            Self::Rejected(problem) => problem.code(),
        }
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::CellCount { expected, found } => {
                format!("本行有 {found} 个单元格，首行有 {expected} 个")
            }
            Self::Encoding { encoding } => {
                format!("含有不是有效 {encoding} 的字节，请将文件保存为 UTF-8")
            }
            Self::UnclosedQuote => "本行的引号没有闭合".to_owned(),
            Self::TooLong { allowed } => format!("本行超过 {allowed} 字节"),
            Self::Unanswered => "本行无法处理，请报告此行".to_owned(),
            Self::Rejected(problem) => problem.zh(),
        }
    }
}

/// A run that ends before the input does. What was written until then stays written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The input cannot be read any further.
    #[error("{name}: cannot be read: {problem}")]
    Read {
        /// The name of the input.
        name: String,
        /// What the operating system says.
        problem: std::io::Error,
    },
    /// The output takes no more.
    #[error("the output cannot be written: {0}")]
    Write(#[source] std::io::Error),
    /// The table cannot be read any further.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The input is of a kind that is not read as it comes.
    #[error("{name}: is {found}, {advice}")]
    Unsupported {
        /// The name of the input.
        name: String,
        /// What it begins like.
        found: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A thread of the run ended without an answer.
    #[error("a worker ended unexpectedly")]
    Worker,
}

impl StreamError {
    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Read { name, problem } => format!("{name}：无法读取：{problem}"),
            Self::Write(problem) => format!("无法写出：{problem}"),
            Self::Table(problem) => problem.zh(),
            Self::Unsupported { name, found, .. } => {
                format!("{name}：不支持的输入（{found}），请给出 CSV，或以文件形式给出")
            }
            Self::Worker => "处理线程意外结束".to_owned(),
        }
    }
}
