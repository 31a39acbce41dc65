//! Reading a sealed file from any place.

use std::io::{self, Read, Seek, SeekFrom};

use aes_gcm::Aes256Gcm;
use zeroize::Zeroizing;

use super::{SEALED_SEGMENT_LENGTH, SEGMENT_LENGTH, SegmentError, associated};
use crate::DataKey;
use crate::seal::{SEAL_OVERHEAD, cipher, ciphertext, open_block};

/// Reads a sealed file as if it were plain, holding one open segment at a time.
pub struct SealedReader<R: Read + Seek> {
    source: R,
    cipher: Aes256Gcm,
    file: [u8; 16],
    last: u64,
    plain_length: u64,
    position: u64,
    sealed: Vec<u8>,
    plain: Zeroizing<Vec<u8>>,
    loaded: Option<u64>,
}

impl<R: Read + Seek> SealedReader<R> {
    /// Opens the sealed file `file` and verifies its last segment, so that a truncated file is
    /// refused before anything of it is used.
    pub fn new(mut source: R, key: &DataKey, file: [u8; 16]) -> io::Result<Self> {
        let length = source.seek(SeekFrom::End(0))?;
        let segments = length.div_ceil(SEALED_SEGMENT_LENGTH as u64);
        let plain_length = length.checked_sub(segments * SEAL_OVERHEAD as u64);
        let last = segments.checked_sub(1);
        let (Some(plain_length), Some(last)) = (plain_length, last) else {
            return Err(SegmentError::Length(length).into());
        };
        let mut reader = Self {
            source,
            cipher: cipher(key),
            file,
            last,
            plain_length,
            position: 0,
            sealed: Vec::new(),
            plain: Zeroizing::new(Vec::new()),
            loaded: None,
        };
        reader.load(last)?;
        Ok(reader)
    }

    /// How many bytes of plaintext the file holds.
    pub fn plain_length(&self) -> u64 {
        self.plain_length
    }

    fn load(&mut self, number: u64) -> io::Result<()> {
        if self.loaded == Some(number) {
            return Ok(());
        }
        self.loaded = None;
        let start = number * SEALED_SEGMENT_LENGTH as u64;
        self.source.seek(SeekFrom::Start(start))?;
        self.sealed.clear();
        let mut segment = self.source.by_ref().take(SEALED_SEGMENT_LENGTH as u64);
        segment.read_to_end(&mut self.sealed)?;
        let refusal = |reason| SegmentError::Segment { number, reason };
        self.plain.clear();
        self.plain
            .extend_from_slice(ciphertext(&self.sealed).map_err(refusal)?);
        let place = associated(&self.file, number, number == self.last);
        open_block(&self.cipher, &place, &self.sealed, &mut self.plain).map_err(refusal)?;
        self.loaded = Some(number);
        Ok(())
    }
}

impl<R: Read + Seek> Read for SealedReader<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.plain_length || target.is_empty() {
            return Ok(0);
        }
        let segment = SEGMENT_LENGTH as u64;
        self.load(self.position / segment)?;
        let within = usize::try_from(self.position % segment).unwrap_or(SEGMENT_LENGTH);
        // The source may have shrunk since it was opened; then nothing is left of this segment.
        let rest = self.plain.get(within..).unwrap_or_default();
        let count = rest.len().min(target.len());
        target[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Read + Seek> Seek for SealedReader<R> {
    fn seek(&mut self, target: SeekFrom) -> io::Result<u64> {
        let position = match target {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.plain_length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                "seek before the start of the sealed file",
            )
        })?;
        Ok(self.position)
    }
}
