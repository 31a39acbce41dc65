//! The file of an import: where it lies, what it is, and that it can be read to its end.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::intake::Mapping;
use tables::{HeaderMode, ReadOptions, Reader};
use vault::{DataKey, SealedReader, Sha256Stream};

use crate::intake::{IntakeError, open_sealed};

/// Where a file lies.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file of the person who imports it.
    Path(PathBuf),
    /// An upload, sealed.
    Upload {
        /// Where the sealed file lies.
        path: PathBuf,
        /// Its number.
        id: i64,
        /// Its key.
        key: DataKey,
        /// What it was called.
        name: String,
    },
}

/// What was found by reading a file through once. A file that fails halfway is refused before
/// anything of it is written.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// What it is called.
    pub name: String,
    /// SHA-256.
    pub digest: [u8; 32],
    /// Its format.
    pub format: String,
    /// Its encoding, where it has one.
    pub encoding: Option<String>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// Its headers.
    pub header: Vec<String>,
    /// Its rows, those that are no rows of the table included.
    pub rows: u64,
}

impl Origin {
    /// What the file is called.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => name_of(path),
            Self::Upload { name, .. } => name.clone(),
        }
    }

    /// The number of the upload.
    pub fn upload(&self) -> Option<i64> {
        match self {
            Self::Path(_) => None,
            Self::Upload { id, .. } => Some(*id),
        }
    }

    /// Opens it as a table.
    pub fn open(&self, options: &ReadOptions) -> Result<Reader, IntakeError> {
        match self {
            Self::Path(path) => Ok(tables::open(path, options)?),
            Self::Upload {
                path,
                id,
                key,
                name,
            } => {
                let plain = self.sealed(path, *id, key)?;
                let length = plain.plain_length();
                Ok(tables::open_source(plain, name, length, options)?)
            }
        }
    }

    fn sealed(
        &self,
        path: &Path,
        id: i64,
        key: &DataKey,
    ) -> Result<SealedReader<File>, IntakeError> {
        let failed = |error| IntakeError::File {
            name: self.name(),
            error,
        };
        open_sealed(path, id, key).map_err(failed)
    }

    fn digest(&self) -> Result<[u8; 32], IntakeError> {
        let failed = |error| IntakeError::File {
            name: self.name(),
            error,
        };
        let mut source: Box<dyn Read> = match self {
            Self::Path(path) => Box::new(File::open(path).map_err(failed)?),
            Self::Upload { path, id, key, .. } => Box::new(self.sealed(path, *id, key)?),
        };
        let mut digest = Sha256Stream::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            match source.read(&mut buffer).map_err(failed)? {
                0 => return Ok(digest.finish()),
                read => digest.update(&buffer[..read]),
            }
        }
    }

    /// Reads the file through once, on both cores.
    pub fn survey(&self, options: &ReadOptions) -> Result<FileFacts, IntakeError> {
        let reader = self.open(options)?;
        let header = reader.header().to_vec();
        let description = reader.description().clone();
        let (rows, digest) = std::thread::scope(|scope| {
            let digest = scope.spawn(|| self.digest());
            let survey = tables::survey_reader(reader);
            (survey, digest.join())
        });
        let rows = rows?;
        let digest = digest.unwrap_or_else(|_| {
            let error = std::io::Error::other("the thread that digests the file ended early");
            Err(IntakeError::File {
                name: self.name(),
                error,
            })
        })?;
        Ok(FileFacts {
            name: self.name(),
            digest,
            format: description.format.to_string(),
            encoding: description.encoding.map(|encoding| encoding.to_string()),
            sheet: description.sheet,
            header,
            rows: rows.rows + rows.rejected,
        })
    }
}

/// How a mapping wants its file read.
pub fn read_options(mapping: &Mapping, sheet: Option<&str>) -> ReadOptions {
    ReadOptions {
        header: if mapping.header {
            HeaderMode::FirstRow
        } else {
            HeaderMode::None
        },
        sheet: sheet.map(str::to_owned),
        ..ReadOptions::default()
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
