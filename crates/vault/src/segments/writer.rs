//! Writing a sealed file, one segment at a time.

use std::io::{self, Write};

use aes_gcm::Aes256Gcm;
use zeroize::Zeroizing;

use super::{SEALED_SEGMENT_LENGTH, SEGMENT_LENGTH, associated};
use crate::seal::{SEAL_OVERHEAD, cipher, seal_block};
use crate::{DataKey, Randomness};

// Where the plaintext stands in a block: after suite and nonce.
const TEXT_START: usize = 13;

/// Seals what is written to it, segment by segment.
///
/// Call [`SealedWriter::finish`]: without it the last segment is missing and readers refuse the
/// file, which is what should happen to half a file.
pub struct SealedWriter<W: Write> {
    target: W,
    cipher: Aes256Gcm,
    file: [u8; 16],
    number: u64,
    // One block with room for nonce and tag; the plaintext of the segment gathers in its middle.
    block: Zeroizing<Vec<u8>>,
    gathered: usize,
    randomness: Randomness,
}

impl<W: Write> SealedWriter<W> {
    /// Starts the sealed file `file`; a key may seal many files if their ids differ.
    pub fn new(target: W, key: &DataKey, file: [u8; 16]) -> Self {
        Self {
            target,
            cipher: cipher(key),
            file,
            number: 0,
            block: Zeroizing::new(vec![0; SEALED_SEGMENT_LENGTH]),
            gathered: 0,
            randomness: Randomness::new(),
        }
    }

    /// Writes the last segment and gives the target back.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_segment(true)?;
        self.target.flush()?;
        Ok(self.target)
    }

    fn write_segment(&mut self, last: bool) -> io::Result<()> {
        let block = &mut self.block[..self.gathered + SEAL_OVERHEAD];
        let place = associated(&self.file, self.number, last);
        seal_block(&self.cipher, &place, block, &mut self.randomness).map_err(io::Error::other)?;
        self.target.write_all(block)?;
        self.number += 1;
        self.gathered = 0;
        Ok(())
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full segment waits until more comes: only then is it known not to be the last.
        if self.gathered == SEGMENT_LENGTH && !bytes.is_empty() {
            self.write_segment(false)?;
        }
        let count = bytes.len().min(SEGMENT_LENGTH - self.gathered);
        let start = TEXT_START + self.gathered;
        self.block[start..start + count].copy_from_slice(&bytes[..count]);
        self.gathered += count;
        Ok(count)
    }

    /// Flushes whole segments only; a segment is never sealed before it is full or the last.
    fn flush(&mut self) -> io::Result<()> {
        self.target.flush()
    }
}
