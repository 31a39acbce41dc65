//! What is read: a file of any format of `tables`, or standard input as it comes.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use anyhow::Result;
use domain::Text;
use streaming::{Input, TextOptions};
use tables::{Encoding, Format, HeaderMode, ReadOptions};

use crate::commands::rows::line::AnswerFormat;
use crate::failure::Refusal;

/// What every command that answers row by row takes.
#[derive(Debug, clap::Args)]
pub struct Source {
    /// The file: CSV, a plain list with one value a line, XLSX, NDJSON or Parquet; `-` for standard input
    #[arg(value_name = "FILE|-")]
    file: String,
    /// What the answer is written as [default: csv, or ndjson with --json]
    #[arg(long)]
    format: Option<AnswerFormat>,
    /// The first row is a row like any other; columns are `column_1`, `column_2` and so on
    #[arg(long)]
    pub no_header: bool,
    /// Each line is one value, whatever commas and quotes it holds
    #[arg(long, conflicts_with = "delimiter")]
    lines: bool,
    /// The character between cells [default: found out]
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,
    /// UTF-8, GB18030, UTF-16LE or UTF-16BE [default: found out]
    #[arg(long)]
    encoding: Option<Encoding>,
    /// The sheet of a workbook [default: the first]
    #[arg(long)]
    sheet: Option<String>,
}

impl Source {
    /// The format of the answer.
    pub fn answer_format(&self, json: bool) -> AnswerFormat {
        let otherwise = if json {
            AnswerFormat::Ndjson
        } else {
            AnswerFormat::Csv
        };
        self.format.unwrap_or(otherwise)
    }

    /// Opens the input and waits for its first row.
    pub fn open(&self) -> Result<Input> {
        if self.file == "-" {
            let name = "standard input".to_owned();
            return Ok(Input::of_text(
                name,
                std::io::stdin(),
                &self.text_options()?,
            )?);
        }
        let path = Path::new(&self.file);
        let unreadable = |error: &std::io::Error| {
            Refusal::bad_input(Text::new(
                format!("无法读取 {}：{error}", self.file),
                format!("{} cannot be read: {error}", self.file),
            ))
        };
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        if path.is_dir()
            || table_format(&mut file, &self.file).map_err(|error| unreadable(&error))?
        {
            let reader = tables::open(path, &self.read_options())?;
            return Ok(Input::of_table(self.file.clone(), reader));
        }
        Ok(Input::of_text(
            self.file.clone(),
            file,
            &self.text_options()?,
        )?)
    }

    fn text_options(&self) -> Result<TextOptions> {
        let delimiter = self.delimiter.map(u8::try_from).transpose();
        let delimiter = delimiter.ok().filter(|delimiter| {
            delimiter.is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r'))
        });
        let Some(delimiter) = delimiter else {
            return Err(Refusal::bad_input(Text::new(
                "分隔符应为一个 ASCII 字符，不能是引号或换行",
                "the delimiter must be one ASCII character, no quote and no line end",
            ))
            .into());
        };
        Ok(TextOptions {
            encoding: self.encoding,
            delimiter,
            lines: self.lines,
            batch_bytes: None,
        })
    }

    fn read_options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding,
            header: if self.no_header {
                HeaderMode::None
            } else {
                HeaderMode::FirstRow
            },
            sheet: self.sheet.clone(),
            ..ReadOptions::default()
        }
    }
}

/// Whether a file is of a format that is not text row by row.
fn table_format(file: &mut File, name: &str) -> std::io::Result<bool> {
    let mut start = [0; 4];
    let mut count = 0;
    while count < start.len() {
        match file.read(&mut start[count..])? {
            0 => break,
            more => count += more,
        }
    }
    file.rewind()?;
    let named = Format::from_extension(name).filter(|format| *format != Format::Csv);
    let magic = start == *b"PK\x03\x04" || start == *b"PAR1" || start[0] == b'{';
    Ok(named.is_some() || magic)
}
