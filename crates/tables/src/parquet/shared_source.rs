//! One file that the columns of a table read in turn, each where it stands.

use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use crate::source::Metered;

/// A file of a known length; clones share it.
#[derive(Clone)]
pub(crate) struct SharedSource {
    source: Arc<Mutex<Metered>>,
    length: u64,
}

impl SharedSource {
    pub(crate) fn new(source: Metered, length: u64) -> Self {
        Self {
            source: Arc::new(Mutex::new(source)),
            length,
        }
    }

    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Reads `length` bytes at `start`, or fewer where the file ends.
    pub(crate) fn read_at(&self, start: u64, length: u64) -> std::io::Result<Vec<u8>> {
        let length = length.min(self.length.saturating_sub(start));
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        source.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
