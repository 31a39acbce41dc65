//! An import as it is asked for, by the command line or over the socket, and how it is run.

use std::path::PathBuf;

use domain::intake::Mapping;
use serde::{Deserialize, Serialize};
use server::Store;
use server::access::Actor;
use server::intake::{Batch, IntakeError, load_mapping};
use server::pipeline::{ImportOptions, ImportReport, Origin, Pace, import_file};
use server::register::find_source;

/// What to import, and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportRequest {
    /// The file, absolute: who runs the import may stand in another folder.
    pub path: PathBuf,
    /// The code of the source.
    pub source: String,
    /// Whether to register the source when nobody did.
    pub new_source: bool,
    /// What the columns mean.
    pub mapping: MappingChoice,
    /// The column with the source's own key; goes before the mapping.
    pub key: Option<String>,
    /// Whether the first row is a row like any other; goes before the mapping.
    pub no_header: bool,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether to write nothing.
    pub dry_run: bool,
}

/// Where a mapping comes from.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingChoice {
    /// The headers say it.
    ByHeader,
    /// A file said it.
    Given(Mapping),
    /// It was saved with the source under this name.
    Saved(String),
}

/// Runs an import in this process.
pub async fn run(
    store: &Store,
    request: ImportRequest,
    pace: Pace,
    progress: impl FnMut(&Batch),
) -> Result<ImportReport, IntakeError> {
    let mapping = mapping_of(store, &request).await?;
    if request.dry_run && !request.new_source {
        // A dry run does not need the source, but whoever mistyped it should learn it now.
        let mut transaction = store.database.read().await?;
        find_source(&mut transaction, &request.source).await?;
    }
    let options = ImportOptions {
        origin: Origin::Path(request.path),
        source: request.source,
        new_source: request.new_source,
        mapping,
        sheet: request.sheet,
        dry_run: request.dry_run,
        actor: Actor::operator().name,
        pace,
    };
    import_file(store, options, progress).await
}

async fn mapping_of(store: &Store, request: &ImportRequest) -> Result<Mapping, IntakeError> {
    let mut mapping = match &request.mapping {
        MappingChoice::ByHeader => Mapping::by_header(None),
        MappingChoice::Given(mapping) => mapping.clone(),
        MappingChoice::Saved(name) => saved_mapping(store, &request.source, name).await?,
    };
    if request.key.is_some() {
        mapping.key_column.clone_from(&request.key);
    }
    if request.no_header {
        mapping.header = false;
    }
    Ok(mapping)
}

async fn saved_mapping(store: &Store, source: &str, name: &str) -> Result<Mapping, IntakeError> {
    let mut transaction = store.database.read().await?;
    let source = find_source(&mut transaction, source).await?;
    load_mapping(&mut transaction, source.id, name).await
}
