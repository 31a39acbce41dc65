//! Opening a file of any format and reading it in chunks.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::chunk::Chunk;
use crate::csv::CsvReader;
use crate::detect::{self, Encoding, Format};
use crate::error::{TableError, TableProblem};
use crate::limits::Limits;
use crate::ndjson::NdjsonReader;
use crate::parquet::ParquetReader;
use crate::place::Place;
use crate::source::{Meter, Metered, Source};
use crate::text::TextBlocks;
use crate::xlsx::XlsxReader;

/// Where column names come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HeaderMode {
    /// The first row that is not blank.
    #[default]
    FirstRow,
    /// Nowhere: the columns are called `column_1`, `column_2` and so on.
    None,
}

/// How to read a file; what is `None` is detected.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Upper bounds.
    pub limits: Limits,
    /// The format.
    pub format: Option<Format>,
    /// The encoding of a text format.
    pub encoding: Option<Encoding>,
    /// The delimiter of a CSV.
    pub delimiter: Option<u8>,
    /// Where the column names of a CSV or a sheet come from.
    pub header: HeaderMode,
    /// The sheet of a workbook; without it the first one.
    pub sheet: Option<String>,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The format.
    pub format: Format,
    /// The encoding of a text format.
    pub encoding: Option<Encoding>,
    /// The delimiter of a CSV.
    pub delimiter: Option<u8>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// All sheets of the workbook.
    pub sheets: Vec<String>,
}

impl Description {
    pub(crate) fn of(format: Format) -> Self {
        Self {
            format,
            encoding: None,
            delimiter: None,
            sheet: None,
            sheets: Vec::new(),
        }
    }
}

/// What every format can do.
pub(crate) trait RowSource: Send {
    fn header(&self) -> &[String];

    /// How many rows the file says it has, where it does.
    fn rows_declared(&self) -> Option<u64> {
        None
    }

    fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem>;
}

/// A table being read from start to end.
pub struct Reader {
    name: String,
    description: Description,
    rows: Box<dyn RowSource>,
    rows_read: u64,
    rows_allowed: u64,
    meter: Meter,
    total_bytes: u64,
    /// A table that failed once has nothing more to say.
    failed: bool,
}

/// Opens the file at `path`.
pub fn open(path: &Path, options: &ReadOptions) -> Result<Reader, TableError> {
    let name = path.display().to_string();
    let fail = |problem| TableError::new(&name, problem);
    let metadata = std::fs::metadata(path).map_err(|error| fail(error.into()))?;
    if metadata.is_dir() {
        return Err(fail(TableProblem::Directory));
    }
    let file = File::open(path).map_err(|error| fail(error.into()))?;
    open_source(file, &name, metadata.len(), options)
}

/// Opens what is not a plain file, such as a sealed upload, of `length` bytes.
///
/// The name stands in every error, and its extension says the format where the content does not.
pub fn open_source<S: Read + Seek + Send + 'static>(
    source: S,
    name: &str,
    length: u64,
    options: &ReadOptions,
) -> Result<Reader, TableError> {
    open_boxed(Box::new(source), name, length, options)
        .map_err(|problem| TableError::new(name, problem))
}

fn open_boxed(
    mut source: Box<dyn Source>,
    name: &str,
    length: u64,
    options: &ReadOptions,
) -> Result<Reader, TableProblem> {
    if length > options.limits.file_bytes {
        return Err(Place::File.too_large("the file", options.limits.file_bytes));
    }
    let mut start = [0; 512];
    let count = detect::read_full(&mut source, &mut start)?;
    let format = match options.format {
        Some(_) if count == 0 => return Err(TableProblem::Empty),
        Some(format) => format,
        None => detect::format_of(&start[..count], name)?,
    };
    source.seek(SeekFrom::Start(0))?;
    let meter = Meter::default();
    let source = Metered::new(source, meter.clone());
    let (description, rows): (Description, Box<dyn RowSource>) = match format {
        Format::Csv => open_csv(source, &meter, options)?,
        Format::Xlsx => open_xlsx(source, length, &meter, options)?,
        Format::Ndjson => open_ndjson(source, &meter, options)?,
        Format::Parquet => open_parquet(source, length, &meter, options)?,
    };
    Ok(Reader {
        name: name.to_owned(),
        description,
        rows,
        rows_read: 0,
        rows_allowed: options.limits.rows,
        meter,
        total_bytes: length,
        failed: false,
    })
}

/// Decides the encoding and stands the source behind its byte order mark.
fn open_text(
    mut source: Metered,
    meter: &Meter,
    options: &ReadOptions,
) -> Result<TextBlocks, TableProblem> {
    let (detected, mark) = detect::encoding_of(&mut source)?;
    let encoding = options.encoding.unwrap_or(detected);
    let skipped = if encoding == detected { mark } else { 0 };
    source.seek(SeekFrom::Start(skipped))?;
    meter.reset();
    Ok(TextBlocks::new(source, encoding, skipped))
}

fn open_csv(
    source: Metered,
    meter: &Meter,
    options: &ReadOptions,
) -> Result<(Description, Box<dyn RowSource>), TableProblem> {
    let blocks = open_text(source, meter, options)?;
    let encoding = blocks.encoding();
    let reader = CsvReader::open(blocks, options.delimiter, options.header, &options.limits)?;
    let description = Description {
        encoding: Some(encoding),
        delimiter: Some(reader.delimiter()),
        ..Description::of(Format::Csv)
    };
    Ok((description, Box::new(reader)))
}

fn open_ndjson(
    source: Metered,
    meter: &Meter,
    options: &ReadOptions,
) -> Result<(Description, Box<dyn RowSource>), TableProblem> {
    let blocks = open_text(source, meter, options)?;
    let description = Description {
        encoding: Some(blocks.encoding()),
        ..Description::of(Format::Ndjson)
    };
    let reader = NdjsonReader::open(blocks, &options.limits)?;
    Ok((description, Box::new(reader)))
}

fn open_xlsx(
    source: Metered,
    length: u64,
    meter: &Meter,
    options: &ReadOptions,
) -> Result<(Description, Box<dyn RowSource>), TableProblem> {
    let reader = XlsxReader::open(source, length, meter, options)?;
    let description = Description {
        sheet: Some(reader.sheet().to_owned()),
        sheets: reader.sheets().to_vec(),
        ..Description::of(Format::Xlsx)
    };
    Ok((description, Box::new(reader)))
}

fn open_parquet(
    source: Metered,
    length: u64,
    meter: &Meter,
    options: &ReadOptions,
) -> Result<(Description, Box<dyn RowSource>), TableProblem> {
    let reader = ParquetReader::open(source, length, &options.limits)?;
    meter.reset();
    Ok((Description::of(Format::Parquet), Box::new(reader)))
}

impl Reader {
    /// What the file turned out to be.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        self.rows.header()
    }

    /// How many rows the file says it has, where its format tells; the file may be wrong.
    pub fn rows_declared(&self) -> Option<u64> {
        self.rows.rows_declared()
    }

    /// The next rows, at most `max_rows` of them with the rejected ones; `None` at the
    /// end and after an error.
    pub fn next_chunk(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableError> {
        if self.failed {
            return Ok(None);
        }
        let advanced = self.advance(max_rows.max(1));
        self.failed = advanced.is_err();
        advanced.map_err(|problem| TableError::new(&self.name, problem))
    }

    fn advance(&mut self, max_rows: usize) -> Result<Option<Chunk>, TableProblem> {
        let Some(chunk) = self.rows.next_chunk(max_rows)? else {
            return Ok(None);
        };
        self.rows_read += chunk.rows_covered() as u64;
        if self.rows_read > self.rows_allowed {
            return Err(TableProblem::TooMany {
                what: "rows",
                found: self.rows_read,
                allowed: self.rows_allowed,
            });
        }
        Ok(Some(chunk))
    }

    /// How many bytes of the file were read so far, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.meter.bytes().min(self.total_bytes)
    }

    /// How many bytes the file has.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }

    /// Passes over rows that were handled before a crash; stops quietly at the end of the file.
    pub fn skip_rows(&mut self, rows: u64) -> Result<(), TableError> {
        const STEP: u64 = 8_192;
        let mut left = rows;
        while left > 0 {
            let step = usize::try_from(left.min(STEP)).unwrap_or(usize::MAX);
            match self.next_chunk(step)? {
                Some(chunk) => left -= chunk.rows_covered() as u64,
                None => break,
            }
        }
        Ok(())
    }
}

/// What a whole pass over a file found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Survey {
    /// Rows that fit the table.
    pub rows: u64,
    /// Rows that do not.
    pub rejected: u64,
}

/// Reads a file to its end and keeps nothing: proves that it can be read, and counts.
pub fn survey(path: &Path, options: &ReadOptions) -> Result<Survey, TableError> {
    survey_reader(open(path, options)?)
}

/// Reads the rest of a table and keeps nothing.
pub fn survey_reader(mut reader: Reader) -> Result<Survey, TableError> {
    let mut survey = Survey::default();
    while let Some(chunk) = reader.next_chunk(8_192)? {
        survey.rows += chunk.len() as u64;
        survey.rejected += chunk.rejected.len() as u64;
    }
    Ok(survey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn opened(text: &'static str) -> Reader {
        let length = text.len() as u64;
        let source = Cursor::new(text);
        open_source(source, "a.csv", length, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn a_reader_can_move_to_another_thread() {
        fn movable<T: Send>(_: &T) {}
        movable(&opened("a\n1\n"));
    }

    #[test]
    fn a_survey_counts_what_fits_and_what_does_not() {
        let survey = survey_reader(opened("a,b\n1,2\n3\n4,5\n")).unwrap();
        assert_eq!(
            survey,
            Survey {
                rows: 2,
                rejected: 1
            }
        );
    }

    #[test]
    fn rows_passed_over_keep_their_numbers() {
        let mut reader = opened("a,b\n1,2\n3\n4,5\n");
        reader.skip_rows(2).unwrap();
        let chunk = reader.next_chunk(10).unwrap().unwrap();
        assert_eq!(chunk.row_numbers, [3]);
    }

    #[test]
    fn a_table_that_failed_has_nothing_more_to_say() {
        let mut reader = opened("a,b\n1,\"2\n");
        assert_eq!(reader.next_chunk(10).unwrap_err().code(), "unclosed_quote");
        assert_eq!(reader.next_chunk(10).unwrap(), None);
    }
}
