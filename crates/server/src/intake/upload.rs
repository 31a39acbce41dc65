//! Uploads (上传文件): a file on its way in, sealed while it arrives and never held whole.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use serde_json::json;
use storage::{StorageError, Transaction};
use tokio::sync::mpsc;
use vault::{DataKey, SealedReader, SealedWriter, Sha256Stream};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::http::{Problem, StreamedBody};
use crate::intake::IntakeError;
use crate::protection::{KeyError, KeyScope};
use crate::register::RegisterError;
use crate::store::{Store, allocate};

/// How long an upload is kept that no unfinished batch needs: a week.
pub const UPLOADS_KEPT_FOR: Micros = 7 * 24 * 60 * 60 * 1_000_000;
const LONGEST_NAME: usize = 255;
/// Pieces that wait for the disk.
const PIECES_AHEAD: usize = 4;

/// A file that arrived whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its number.
    pub id: i64,
    /// What the sender calls it.
    pub name: String,
    /// How long it is, in clear.
    pub bytes: i64,
    /// SHA-256.
    pub digest: [u8; 32],
    /// When it arrived.
    pub created_at: Micros,
    /// Who sent it.
    pub created_by: String,
}

/// Takes a file in. What did not arrive whole leaves nothing behind.
pub async fn receive_upload(
    store: &Store,
    actor: &str,
    name: &str,
    body: StreamedBody,
) -> Result<Upload, Problem> {
    let name = plain_name(name)?;
    let (mut transaction, _) = store.write().await?;
    let id = allocate(&mut transaction, "upload", 1).await?;
    transaction.commit().await?;
    let key = store.keys.make_and_save(KeyScope::Upload, id).await?;
    let arriving = Arriving::new(store, id).map_err(|error| failed(&name, error))?;
    let (bytes, digest) = match seal_body(&arriving, &name, id, key, body).await {
        Ok(sealed) => sealed,
        Err(problem) => {
            store.keys.destroy(KeyScope::Upload, id).await?;
            return Err(problem);
        }
    };
    let (mut transaction, created_at) = store.write().await?;
    let upload = Upload {
        id,
        name,
        bytes,
        digest,
        created_at,
        created_by: actor.to_owned(),
    };
    insert(&mut transaction, &upload).await?;
    // The file gets its name before the row is committed: a row always has its file.
    let sealed = upload_path(store, id);
    let error_of = |error| failed(&upload.name, error);
    std::fs::rename(&arriving.path, &sealed).map_err(error_of)?;
    transaction.commit().await?;
    Ok(upload)
}

/// The upload with a number.
pub async fn find_upload(transaction: &mut Transaction, id: i64) -> Result<Upload, IntakeError> {
    let row = transaction
        .fetch_optional(include_str!("find_upload.sql"), [id.into()])
        .await?
        .ok_or(IntakeError::UnknownUpload(id))?;
    Ok(Upload {
        id: row.integer(0)?,
        name: row.text(1)?,
        bytes: row.integer(2)?,
        digest: row.array(3)?,
        created_at: row.integer(4)?,
        created_by: row.text(5)?,
    })
}

/// Where the sealed file of an upload lies.
pub fn upload_path(store: &Store, id: i64) -> PathBuf {
    folder(store).join(format!("{id}.sealed"))
}

/// The id that the segments of an upload's file are bound to.
pub fn upload_file_id(upload: i64) -> [u8; 16] {
    let mut id = *b"upload\0\0\0\0\0\0\0\0\0\0";
    id[8..].copy_from_slice(&upload.to_be_bytes());
    id
}

/// Opens the file of an upload, sealed as it is.
pub fn open_sealed(path: &Path, id: i64, key: &DataKey) -> std::io::Result<SealedReader<File>> {
    SealedReader::new(File::open(path)?, key, upload_file_id(id))
}

/// Destroys uploads that are older than `kept_for` and that no batch still needs; what they brought in
/// stays. Gives how many. The key goes first, so that no copy of a file can be read any more; cut off
/// at any point, the next time goes on.
pub async fn purge_uploads(store: &Store, kept_for: Micros) -> Result<u64, KeyError> {
    let (mut transaction, now) = store.write().await?;
    let rows = transaction
        .fetch_all(include_str!("old_uploads.sql"), [(now - kept_for).into()])
        .await?;
    let mut purged = 0;
    for row in rows {
        let id = row.integer(0)?;
        store.keys.destroy(KeyScope::Upload, id).await?;
        let path = upload_path(store, id);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(upload = id, %error, "an old upload will be forgotten later");
            }
            _ => {
                purged += transaction
                    .execute(include_str!("delete_upload.sql"), [id.into()])
                    .await?;
                note_destroyed(&mut transaction, now, id).await?;
            }
        }
    }
    transaction.commit().await?;
    Ok(purged)
}

async fn note_destroyed(
    transaction: &mut Transaction,
    recorded_at: Micros,
    id: i64,
) -> Result<(), StorageError> {
    let entry = NewEntry {
        actor: "hubu",
        action: "upload.destroyed",
        subject: format!("upload/{id}"),
        detail: json!({}),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(())
}

/// The key of an upload, which is gone when the upload is.
pub async fn upload_key(store: &Store, id: i64) -> Result<DataKey, IntakeError> {
    match store.keys.load_one(KeyScope::Upload, id).await {
        Err(KeyError::Destroyed { .. }) => Err(IntakeError::UnknownUpload(id)),
        other => Ok(other?),
    }
}

/// A file that is not whole yet; it goes when this goes.
#[derive(Debug)]
struct Arriving {
    path: PathBuf,
}

impl Arriving {
    fn new(store: &Store, id: i64) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder(store))?;
        let path = folder(store).join(format!("{id}.part"));
        Ok(Self { path })
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        // Not there any more means that the upload succeeded.
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a part of an upload is left");
            }
            _ => {}
        }
    }
}

async fn seal_body(
    arriving: &Arriving,
    name: &str,
    id: i64,
    key: DataKey,
    mut body: StreamedBody,
) -> Result<(i64, [u8; 32]), Problem> {
    let (sender, pieces) = mpsc::channel::<Bytes>(PIECES_AHEAD);
    let path = arriving.path.clone();
    let sealing = tokio::task::spawn_blocking(move || seal_pieces(&path, id, &key, pieces));
    let mut broken = None;
    loop {
        match body.next_chunk().await {
            Ok(Some(piece)) => {
                if sender.send(piece).await.is_err() {
                    // The disk refused; the result says why.
                    break;
                }
            }
            Ok(None) => break,
            Err(problem) => {
                broken = Some(problem);
                break;
            }
        }
    }
    drop(sender);
    let sealed = sealing
        .await
        .map_err(|error| Problem::internal("upload", &error))?;
    match broken {
        Some(problem) => Err(problem),
        None => sealed.map_err(|error| failed(name, error).into()),
    }
}

fn seal_pieces(
    path: &Path,
    id: i64,
    key: &DataKey,
    mut pieces: mpsc::Receiver<Bytes>,
) -> std::io::Result<(i64, [u8; 32])> {
    let file = BufWriter::with_capacity(1 << 18, File::create(path)?);
    let mut writer = SealedWriter::new(file, key, upload_file_id(id));
    let mut digest = Sha256Stream::new();
    let mut bytes = 0;
    while let Some(piece) = pieces.blocking_recv() {
        writer.write_all(&piece)?;
        digest.update(&piece);
        bytes += i64::try_from(piece.len()).unwrap_or(i64::MAX);
    }
    let file = writer.finish()?;
    let file = file
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_data()?;
    Ok((bytes, digest.finish()))
}

async fn insert(transaction: &mut Transaction, upload: &Upload) -> Result<(), StorageError> {
    let cells = [
        upload.id.into(),
        upload.name.as_str().into(),
        upload.bytes.into(),
        upload.digest.into(),
        upload.created_at.into(),
        upload.created_by.as_str().into(),
    ];
    transaction
        .execute(include_str!("insert_upload.sql"), cells)
        .await?;
    // The name of a file may be the name of a person.
    let entry = NewEntry {
        actor: &upload.created_by,
        action: "upload.received",
        subject: format!("upload/{}", upload.id),
        detail: json!({ "bytes": upload.bytes, "digest": hexadecimal(&upload.digest) }),
        root: None,
    };
    audit::append(transaction, upload.created_at, entry).await?;
    Ok(())
}

/// Bytes as a person compares them.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(digit).collect()
}

/// What the sender calls the file, without the folders of his machine.
fn plain_name(name: &str) -> Result<String, IntakeError> {
    let plain = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let is_short = (1..=LONGEST_NAME).contains(&plain.len());
    if is_short && !plain.chars().any(char::is_control) {
        return Ok(plain.to_owned());
    }
    Err(RegisterError::invalid(
        "name",
        format!("文件名应为 1 至 {LONGEST_NAME} 字节"),
        format!("is the name of a file and has 1 to {LONGEST_NAME} bytes"),
    )
    .into())
}

fn folder(store: &Store) -> PathBuf {
    store.folder().join("uploads")
}

fn failed(name: &str, error: std::io::Error) -> IntakeError {
    IntakeError::File {
        name: name.to_owned(),
        error,
    }
}
