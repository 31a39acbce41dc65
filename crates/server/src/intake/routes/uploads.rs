//! Uploads and what they look like.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tables::Encoding;
use utoipa::{IntoParams, ToSchema};

use crate::access::{Allowed, need};
use crate::http::{Id, Json, Path, Problem, Query, StreamedBody, Text};
use crate::intake::upload::hexadecimal;
use crate::intake::wire::Header;
use crate::intake::{self, IntakeError, PreviewWish, UploadPreview, receive_upload};
use crate::protection::{Disclose, Disclosed, Disclosure, Purpose, Shown};
use crate::store::Store;

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UploadQuery {
    /// Its ending says the format where the content does not.
    name: String,
}

/// A file that arrived whole.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Upload {
    id: Id,
    name: String,
    bytes: i64,
    /// SHA-256.
    digest: String,
}

impl Disclose for Upload {}

/// How somebody wants to see an upload.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PreviewRequest {
    source: Option<String>,
    /// A saved mapping of the source.
    mapping: Option<String>,
    sheet: Option<String>,
    header: Option<Header>,
    /// `UTF-8`, `GB18030`, `UTF-16LE` or `UTF-16BE`.
    encoding: Option<String>,
}

/// What an upload looks like.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Preview {
    /// `csv`, `xlsx`, `ndjson`, `parquet`; empty for a file that cannot be read.
    format: String,
    encoding: Option<String>,
    delimiter: Option<String>,
    sheet: Option<String>,
    sheets: Vec<String>,
    /// How many rows there are, where the first ones are all.
    rows: Option<i64>,
    columns: Vec<PreviewColumn>,
    /// The column that seems to be the source's own key.
    key_column: Option<String>,
    /// The mapping of the source that fits.
    saved_mapping: Option<String>,
    /// Why the file cannot be read, or not any further.
    problem: Option<Problem>,
}

/// What a column looks like.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreviewColumn {
    column: String,
    /// Its first values as given: the person brought the file.
    #[schema(value_type = Vec<String>)]
    samples: Vec<Shown>,
    attribute: Option<String>,
    /// From 0 to 1.
    confidence: f64,
    label: Option<Text>,
}

impl Disclose for Preview {}

/// Send a file
///
/// The file is sealed while it arrives. What does not arrive whole leaves nothing behind.
#[utoipa::path(post, path = "/uploads", tag = "intake", params(UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "The file arrived", body = Upload)))]
pub(super) async fn create_upload(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Query(query): Query<UploadQuery>,
    body: StreamedBody,
) -> Result<Disclosed<Upload>, Problem> {
    let upload = receive_upload(&store, &actor.name, &query.name, body).await?;
    Ok(Disclosed::created(upload.into()))
}

/// See what an upload is: its columns, samples, and what each column seems to be
#[utoipa::path(post, path = "/uploads/{id}/preview", tag = "intake", params(("id" = String, Path)),
    request_body = PreviewRequest,
    responses((status = 200, description = "What it looks like", body = Preview)))]
pub(super) async fn preview_upload(
    actor: Allowed<need::Intake>,
    State(store): State<Store>,
    Path(id): Path<Id>,
    Json(request): Json<PreviewRequest>,
) -> Result<Disclosed<Preview>, Problem> {
    let wish = request.try_into()?;
    let preview = intake::preview_upload(&store, &actor.name, id.0, wish).await?;
    Ok(Disclosed::of(show(&store, preview)))
}

impl From<intake::Upload> for Upload {
    fn from(upload: intake::Upload) -> Self {
        Self {
            id: Id(upload.id),
            name: upload.name,
            bytes: upload.bytes,
            digest: hexadecimal(&upload.digest),
        }
    }
}

impl TryFrom<PreviewRequest> for PreviewWish {
    type Error = Problem;

    fn try_from(request: PreviewRequest) -> Result<Self, Problem> {
        let encoding = request.encoding.as_deref().map(str::parse::<Encoding>);
        let encoding = encoding.transpose().map_err(|_| {
            let title = Text::new(
                "编码应为 UTF-8、GB18030、UTF-16LE 或 UTF-16BE",
                "the encoding is UTF-8, GB18030, UTF-16LE or UTF-16BE",
            );
            Problem::invalid(title).field("encoding")
        })?;
        Ok(Self {
            source: request.source,
            mapping: request.mapping,
            sheet: request.sheet,
            header: request.header.map(|header| header == Header::FirstRow),
            encoding,
        })
    }
}

fn show(store: &Store, preview: UploadPreview) -> Preview {
    let description = preview.description;
    let described = description.as_ref();
    Preview {
        format: described
            .map(|found| found.format.to_string())
            .unwrap_or_default(),
        encoding: described
            .and_then(|found| found.encoding)
            .map(|encoding| encoding.to_string()),
        delimiter: described
            .and_then(|found| found.delimiter)
            .map(|byte| char::from(byte).to_string()),
        sheet: described.and_then(|found| found.sheet.clone()),
        sheets: description.map(|found| found.sheets).unwrap_or_default(),
        rows: preview.rows,
        columns: preview
            .columns
            .into_iter()
            .map(|column| show_column(store, column))
            .collect(),
        key_column: preview.key_column,
        saved_mapping: preview.saved_mapping,
        problem: preview
            .problem
            .map(|error| IntakeError::Table(error).into()),
    }
}

fn show_column(store: &Store, column: intake::ColumnPreview) -> PreviewColumn {
    let attribute = column.attribute.as_deref();
    let declared = attribute.and_then(|name| store.catalogue.named(name));
    PreviewColumn {
        label: declared.map(|attribute| (&attribute.label).into()),
        samples: column
            .samples
            .iter()
            .map(|sample| Disclosure::in_full(sample, Purpose::Correction))
            .collect(),
        column: column.column,
        attribute: column.attribute,
        confidence: f64::from(column.confidence) / 100.0,
    }
}
