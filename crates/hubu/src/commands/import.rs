//! `hubu import`: a file of records goes in; the report says what became of every row.

pub(super) mod mapping_file;
mod report;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use domain::Text;
use server::pipeline::{ImportReport, Pace};
use server::{OpenStoreError, Store};

use crate::commands::Session;
use crate::failure::Refusal;
use crate::handover;
use crate::importing::{self, ImportRequest, MappingChoice};
use crate::output;
use crate::progress::Progress;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file: CSV (UTF-8 or GB18030), XLSX, NDJSON or Parquet
    file: PathBuf,
    /// The source that the records come from
    #[arg(long, value_name = "NAME")]
    source: String,
    /// Register the source when nobody did
    #[arg(long)]
    new_source: bool,
    /// The column with the source's own key of a record
    #[arg(long, value_name = "COLUMN")]
    key: Option<String>,
    /// What the columns mean: the name of a mapping saved with the source, or a .toml or .json file
    #[arg(long, value_name = "NAME|FILE")]
    mapping: Option<String>,
    /// The sheet of a workbook [default: the first]
    #[arg(long)]
    sheet: Option<String>,
    /// The first row is a row like any other; columns are `column_1`, `column_2` and so on
    #[arg(long)]
    no_header: bool,
    /// Read everything and say what would become of it; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Large transactions, or short ones for a PostgreSQL store that people use meanwhile
    #[arg(long, default_value = "alone")]
    pace: PaceName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaceName {
    Alone,
    Shared,
}

impl From<PaceName> for Pace {
    fn from(name: PaceName) -> Self {
        match name {
            PaceName::Alone => Self::Alone,
            PaceName::Shared => Self::Shared,
        }
    }
}

/// Imports the file here, or has the server that holds the store import it.
pub async fn run(session: Session, arguments: Arguments) -> Result<()> {
    let request = request(&arguments)?;
    let progress = Progress::new(session.language, ("导入", "importing"));
    let report = match session.try_open().await {
        Ok(store) => here(&store, request, arguments.pace.into(), &progress).await?,
        Err(OpenStoreError::Held(folder)) => handover::import(&folder, request, &progress).await?,
        Err(error) => return Err(error.into()),
    };
    drop(progress);
    if session.json {
        return output::json(&report);
    }
    report::print(&report, session.language)
}

async fn here(
    store: &Store,
    request: ImportRequest,
    pace: Pace,
    progress: &Progress,
) -> Result<ImportReport> {
    let report = importing::run(store, request, pace, |batch| {
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        progress.tell(count(batch.counts.rows_done), count(batch.begun.total_rows));
    })
    .await;
    // Also after a failure: what was committed should not wait in the log of the store.
    store.database.close().await;
    Ok(report?)
}

fn request(arguments: &Arguments) -> Result<ImportRequest> {
    let path = std::path::absolute(&arguments.file).map_err(|error| {
        let file = arguments.file.display();
        Refusal::bad_input(Text::new(
            format!("无法读取 {file}：{error}"),
            format!("{file} cannot be read: {error}"),
        ))
    })?;
    Ok(ImportRequest {
        path,
        source: arguments.source.clone(),
        new_source: arguments.new_source,
        mapping: match &arguments.mapping {
            None => MappingChoice::ByHeader,
            Some(name) => choice(name)?,
        },
        key: arguments.key.clone(),
        no_header: arguments.no_header,
        sheet: arguments.sheet.clone(),
        dry_run: arguments.dry_run,
    })
}

/// A name of a saved mapping has no extension of a file that could hold one.
fn choice(name: &str) -> Result<MappingChoice> {
    if mapping_file::is_file_name(name) {
        return Ok(MappingChoice::Given(mapping_file::read(Path::new(name))?));
    }
    Ok(MappingChoice::Saved(name.to_owned()))
}
