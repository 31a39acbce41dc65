//! `hubu sample`: an invented customer book, and the truth about it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use domain::Text;
use sample::{Book, Options, truth_path, write_book};
use serde_json::json;
use tables::Format;

use crate::commands::Session;
use crate::failure::Refusal;
use crate::output;
use crate::progress::Progress;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How many records
    #[arg(long, value_name = "N")]
    records: u64,
    /// Which of the many books; equal seeds give equal files
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The format [default: what --output ends with, else csv]
    #[arg(long)]
    format: Option<FormatName>,
    /// Who is in it
    #[arg(long, default_value = "mixed")]
    parties: PartiesName,
    /// The file; the truth is written beside it as FILE.truth.csv [default: sample.FORMAT]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Csv,
    Xlsx,
    Ndjson,
    Parquet,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PartiesName {
    /// Persons, businesses and organisations, and updates of earlier records.
    Mixed,
    /// Persons only, each record with its own number.
    Persons,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Csv => Self::Csv,
            FormatName::Xlsx => Self::Xlsx,
            FormatName::Ndjson => Self::Ndjson,
            FormatName::Parquet => Self::Parquet,
        }
    }
}

/// Makes the book.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    let (output, format) = place(&arguments);
    if let Some(folder) = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
    }
    let options = Options {
        seed: arguments.seed,
        records: arguments.records,
        parties: match arguments.parties {
            PartiesName::Mixed => sample::Parties::Mixed,
            PartiesName::Persons => sample::Parties::PersonsOnly,
        },
        language: session
            .language
            .choose(sample::Language::Chinese, sample::Language::English),
    };
    let progress = Progress::new(session.language, ("生成", "making"));
    let total = arguments.records;
    let file = output.clone();
    tokio::task::spawn_blocking(move || {
        let book = Book::new(options);
        write_book(&book, &file, format, |done| progress.tell(done, total))
    })
    .await??;
    let truth = truth_path(&output);
    if session.json {
        return output::json(&json!({
            "records": total,
            "seed": arguments.seed,
            "format": format.as_str(),
            "output": output,
            "truth": truth,
        }));
    }
    let (output, truth) = (output.display(), truth.display());
    output::line(&session.language.choose(
        format!("已生成 {total} 条记录：{output}，真值：{truth}"),
        format!("made {total} records: {output}, the truth about them: {truth}"),
    ))
}

fn place(arguments: &Arguments) -> (PathBuf, Format) {
    let said = arguments.format.map(Format::from);
    if let Some(output) = &arguments.output {
        let by_name = || Format::from_extension(&output.to_string_lossy());
        (output.clone(), said.or_else(by_name).unwrap_or(Format::Csv))
    } else {
        let format = said.unwrap_or(Format::Csv);
        (PathBuf::from(format!("sample.{format}")), format)
    }
}

fn unusable(folder: &Path, error: &std::io::Error) -> Refusal {
    Refusal::bad_input(Text::new(
        format!("无法建立目录 {}：{error}", folder.display()),
        format!("the folder {} cannot be made: {error}", folder.display()),
    ))
}
