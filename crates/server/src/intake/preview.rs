//! Preview (预览, R2.2): the first rows of an upload, and what its columns seem to be.

use domain::intake::{Mapping, Suggestion, Target, recognise};
use domain::register::Catalogue;
use serde_json::json;
use tables::{Chunk, Description, Encoding, HeaderMode, ReadOptions, TableError};

use crate::audit::{self, NewEntry};
use crate::intake::{
    IntakeError, SavedMapping, Upload, blocking, find_upload, list_mappings, load_mapping,
    open_sealed, upload_key, upload_path,
};
use crate::register::{Source, find_source};
use crate::store::Store;

/// Rows that are looked at.
const ROWS: usize = 200;
/// Samples of a column.
const SAMPLES: usize = 5;
/// A sample shows so many characters at most.
const SAMPLE_CHARACTERS: usize = 200;
/// Mappings of a source that are tried.
const MAPPINGS_TRIED: i64 = 100;

/// How somebody wants to see an upload.
#[derive(Debug, Clone, Default)]
pub struct PreviewWish {
    /// The source that it is from.
    pub source: Option<String>,
    /// The saved mapping to apply.
    pub mapping: Option<String>,
    /// The sheet to read.
    pub sheet: Option<String>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// The encoding, where the detected one is wrong.
    pub encoding: Option<Encoding>,
}

/// What an upload looks like.
#[derive(Debug)]
pub struct UploadPreview {
    /// What the file turned out to be; none when it cannot be read.
    pub description: Option<Description>,
    /// How many rows it has, where the first ones are all.
    pub rows: Option<i64>,
    /// Its columns.
    pub columns: Vec<ColumnPreview>,
    /// The column that seems to be the source's own key.
    pub key_column: Option<String>,
    /// The mapping of the source that fits.
    pub saved_mapping: Option<String>,
    /// Why it cannot be read, or not any further.
    pub problem: Option<TableError>,
}

/// What a column looks like.
pub struct ColumnPreview {
    /// Its header.
    pub column: String,
    /// Its first values, as given.
    pub samples: Vec<String>,
    /// What it seems to be, or is by the mapping.
    pub attribute: Option<String>,
    /// How sure that is, in percent.
    pub confidence: u8,
}

/// Samples are personal data and stay out of the log.
impl std::fmt::Debug for ColumnPreview {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ColumnPreview({})", self.column)
    }
}

/// Shows what an upload is. A file that cannot be read is no failure: the answer says why.
pub async fn preview_upload(
    store: &Store,
    actor: &str,
    id: i64,
    wish: PreviewWish,
) -> Result<UploadPreview, IntakeError> {
    let mut transaction = store.database.read().await?;
    let upload = find_upload(&mut transaction, id).await?;
    let source = match &wish.source {
        Some(code) => Some(find_source(&mut transaction, code).await?),
        None => None,
    };
    let applied = match (&source, &wish.mapping) {
        (Some(source), Some(name)) => Some(load_mapping(&mut transaction, source.id, name).await?),
        _ => None,
    };
    let saved = match &source {
        Some(source) => {
            list_mappings(&mut transaction, source.id, "", MAPPINGS_TRIED)
                .await?
                .0
        }
        None => Vec::new(),
    };
    drop(transaction);
    let head = read_head(store, &upload, read_options(&wish, applied.as_ref())).await?;
    note_preview(store, actor, &upload, source.as_ref()).await?;
    describe(&store.catalogue, head, &wish, applied.as_ref(), &saved)
}

/// The beginning of a file, as far as it can be read.
#[derive(Default)]
struct Head {
    description: Option<Description>,
    header: Vec<String>,
    chunk: Chunk,
    is_whole: bool,
    problem: Option<TableError>,
}

fn read_options(wish: &PreviewWish, mapping: Option<&Mapping>) -> ReadOptions {
    let has_header = wish.header.or(mapping.map(|mapping| mapping.header));
    ReadOptions {
        header: match has_header {
            Some(false) => HeaderMode::None,
            _ => HeaderMode::FirstRow,
        },
        sheet: wish.sheet.clone(),
        encoding: wish.encoding,
        ..ReadOptions::default()
    }
}

async fn read_head(
    store: &Store,
    upload: &Upload,
    options: ReadOptions,
) -> Result<Head, IntakeError> {
    let key = upload_key(store, upload.id).await?;
    let path = upload_path(store, upload.id);
    let (id, name) = (upload.id, upload.name.clone());
    blocking(move || {
        let sealed = open_sealed(&path, id, &key).map_err(|error| IntakeError::File {
            name: name.clone(),
            error,
        })?;
        let length = sealed.plain_length();
        let mut head = Head::default();
        let mut reader = match tables::open_source(sealed, &name, length, &options) {
            Ok(reader) => reader,
            Err(problem) => {
                head.problem = Some(problem);
                return Ok(head);
            }
        };
        head.description = Some(reader.description().clone());
        head.header = reader.header().to_vec();
        match reader.next_chunk(ROWS) {
            Ok(chunk) => {
                head.chunk = chunk.unwrap_or_default();
                head.is_whole = head.chunk.rows_covered() < ROWS;
            }
            Err(problem) => head.problem = Some(problem),
        }
        Ok(head)
    })
    .await
}

fn describe(
    catalogue: &Catalogue,
    head: Head,
    wish: &PreviewWish,
    applied: Option<&Mapping>,
    saved: &[SavedMapping],
) -> Result<UploadPreview, IntakeError> {
    let suggestions = match applied {
        Some(mapping) if head.problem.is_none() => by_mapping(catalogue, mapping, &head.header)?,
        _ => recognise(catalogue, &head.header),
    };
    let fits = saved.iter().find(|saved| match &wish.mapping {
        Some(name) => saved.name == *name,
        None => fits(catalogue, &saved.mapping, &head.header),
    });
    let key_column = match applied.and_then(|mapping| mapping.key_column.clone()) {
        Some(column) => Some(column),
        None => key_column(catalogue, &head.header),
    };
    let rows = i64::try_from(head.chunk.rows_covered()).ok();
    let columns = head.header.into_iter().zip(suggestions).enumerate();
    Ok(UploadPreview {
        rows: rows.filter(|_| head.is_whole && head.problem.is_none()),
        columns: columns
            .map(|(place, (column, suggestion))| ColumnPreview {
                column,
                samples: samples(&head.chunk, place),
                attribute: suggestion.attribute,
                confidence: suggestion.confidence,
            })
            .collect(),
        key_column,
        saved_mapping: fits.map(|saved| saved.name.clone()),
        description: head.description,
        problem: head.problem,
    })
}

fn by_mapping(
    catalogue: &Catalogue,
    mapping: &Mapping,
    header: &[String],
) -> Result<Vec<Suggestion>, IntakeError> {
    let resolved = mapping.resolve(catalogue, header)?;
    let suggest = |target: &Target| Suggestion {
        attribute: match target {
            Target::Attribute(field) => catalogue
                .attribute(*field)
                .map(|attribute| attribute.name.clone()),
            Target::Unknown => None,
        },
        confidence: 100,
    };
    Ok(resolved.targets.iter().map(suggest).collect())
}

/// Whether a mapping was made for files with these columns.
fn fits(catalogue: &Catalogue, mapping: &Mapping, header: &[String]) -> bool {
    let names_columns = mapping.key_column.is_some() || !mapping.columns.is_empty();
    names_columns && mapping.resolve(catalogue, header).is_ok()
}

fn key_column(catalogue: &Catalogue, header: &[String]) -> Option<String> {
    let plain = |text: &str| text.trim().to_lowercase();
    let keys = catalogue.key_headers();
    let found = header.iter().find(|column| {
        let column = plain(column);
        keys.iter().any(|key| plain(key) == column)
    });
    found.cloned()
}

fn samples(chunk: &Chunk, column: usize) -> Vec<String> {
    let Some(column) = chunk.columns.get(column) else {
        return Vec::new();
    };
    let given = column
        .iter()
        .flatten()
        .filter(|cell| !cell.trim().is_empty());
    given
        .take(SAMPLES)
        .map(|cell| cell.chars().take(SAMPLE_CHARACTERS).collect())
        .collect()
}

async fn note_preview(
    store: &Store,
    actor: &str,
    upload: &Upload,
    source: Option<&Source>,
) -> Result<(), IntakeError> {
    let (mut transaction, recorded_at) = store.write().await?;
    let entry = NewEntry {
        actor,
        action: "upload.previewed",
        subject: format!("upload/{}", upload.id),
        detail: json!({ "source": source.map(|source| &source.said.code) }),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    Ok(transaction.commit().await?)
}
