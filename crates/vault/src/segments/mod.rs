//! Sealed files that can be read from any place: uploads, documents, key-store backups.
//!
//! The plaintext is cut into segments of 64 KiB, each a sealed block of its own. File id, segment
//! number and whether it is the last are associated data, so a segment that was moved, borrowed
//! from another file, or became the last by truncation does not open. There is always a last
//! segment, in an empty file an empty one.

mod reader;
mod writer;

pub use reader::SealedReader;
pub use writer::SealedWriter;

use crate::{OpenError, SEAL_OVERHEAD};

/// Bytes of plaintext in each segment but the last.
pub const SEGMENT_LENGTH: usize = 64 * 1024;

const SEALED_SEGMENT_LENGTH: usize = SEGMENT_LENGTH + SEAL_OVERHEAD;

/// Why a sealed file could not be read; found inside the [`std::io::Error`] of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    /// The file cannot be cut into segments.
    #[error("sealed file has {0} bytes, which no whole number of segments has")]
    Length(u64),
    /// A segment does not open.
    #[error("segment {number} of the sealed file: {reason}")]
    Segment {
        /// The first segment is number 0.
        number: u64,
        /// Why it does not open.
        reason: OpenError,
    },
}

impl From<SegmentError> for std::io::Error {
    fn from(error: SegmentError) -> Self {
        std::io::Error::new(std::io::ErrorKind::InvalidData, error)
    }
}

fn associated(file: &[u8; 16], number: u64, last: bool) -> [u8; 33] {
    let mut associated = [0; 33];
    associated[..8].copy_from_slice(b"segment1");
    associated[8..24].copy_from_slice(file);
    associated[24..32].copy_from_slice(&number.to_be_bytes());
    associated[32] = u8::from(last);
    associated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DataKey;
    use proptest::prelude::*;
    use std::io::{Cursor, Read, Seek, SeekFrom, Write};

    const FILE: [u8; 16] = [5; 16];
    const FULL: usize = SEALED_SEGMENT_LENGTH;

    fn key() -> DataKey {
        DataKey::from_bytes([4; 32])
    }

    fn plain(length: usize) -> Vec<u8> {
        (0..=250_u8).cycle().take(length).collect()
    }

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut writer = SealedWriter::new(Vec::new(), &key(), FILE);
        for piece in plain.chunks(10_000) {
            writer.write_all(piece).unwrap();
        }
        writer.finish().unwrap()
    }

    fn read_back(sealed: Vec<u8>) -> std::io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        SealedReader::new(Cursor::new(sealed), &key(), FILE)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn every_length_around_a_segment_border_reads_back() {
        for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
            let written = sealed(&plain(length));
            let segments = length.div_ceil(SEGMENT_LENGTH).max(1);
            assert_eq!(written.len(), length + segments * SEAL_OVERHEAD);
            let reader = SealedReader::new(Cursor::new(&written), &key(), FILE).unwrap();
            assert_eq!(reader.plain_length(), length as u64);
            assert!(read_back(written).unwrap() == plain(length), "{length}");
        }
    }

    #[test]
    fn truncation_is_detected_when_the_file_is_opened() {
        let whole = sealed(&plain(200_000));
        for kept in [0, 1, 28, 29, FULL, FULL + 28, 2 * FULL, whole.len() - 1] {
            let shorter = whole[..kept].to_vec();
            assert!(
                SealedReader::new(Cursor::new(shorter), &key(), FILE).is_err(),
                "{kept}"
            );
        }
    }

    #[test]
    fn an_unfinished_file_does_not_open() {
        let mut target = Vec::new();
        let mut writer = SealedWriter::new(&mut target, &key(), FILE);
        writer.write_all(&plain(150_000)).unwrap();
        writer.flush().unwrap();
        drop(writer);
        assert_eq!(target.len(), 2 * FULL);
        assert!(SealedReader::new(Cursor::new(target), &key(), FILE).is_err());
    }

    #[test]
    fn swapped_segments_are_refused_by_number() {
        let mut file = sealed(&plain(200_000));
        let (first, second) = file.split_at_mut(FULL);
        first.swap_with_slice(&mut second[..FULL]);
        let refusal = read_back(file).unwrap_err().to_string();
        assert!(refusal.starts_with("segment 0 of the sealed file: sealed block does not open"));
    }

    #[test]
    fn a_segment_of_another_file_or_key_is_refused() {
        let file = sealed(&plain(10));
        assert!(SealedReader::new(Cursor::new(&file), &key(), [6; 16]).is_err());
        let other = DataKey::from_bytes([9; 32]);
        assert!(SealedReader::new(Cursor::new(&file), &other, FILE).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_flipped_bit_anywhere_is_detected(at: prop::sample::Index, bit in 0..8) {
            let mut file = sealed(&plain(140_000));
            let position = at.index(file.len());
            file[position] ^= 1_u8 << bit;
            prop_assert!(read_back(file).is_err());
        }

        #[test]
        fn seeking_anywhere_reads_what_the_plain_file_has(
            moves in prop::collection::vec((0..150_000_u64, 0..70_000_usize), 1..8),
        ) {
            let plain = plain(140_000);
            let file = sealed(&plain);
            let mut expected = Cursor::new(&plain);
            let mut reader = SealedReader::new(Cursor::new(file), &key(), FILE).unwrap();
            for (position, count) in moves {
                expected.seek(SeekFrom::Start(position)).unwrap();
                reader.seek(SeekFrom::Start(position)).unwrap();
                let (mut wanted, mut found) = (Vec::new(), Vec::new());
                expected.by_ref().take(count as u64).read_to_end(&mut wanted).unwrap();
                reader.by_ref().take(count as u64).read_to_end(&mut found).unwrap();
                prop_assert!(found == wanted);
                prop_assert_eq!(reader.stream_position().unwrap(), expected.stream_position().unwrap());
            }
        }
    }

    #[test]
    fn seeks_count_from_the_end_and_never_go_before_the_start() {
        let mut reader =
            SealedReader::new(Cursor::new(sealed(&plain(70_000))), &key(), FILE).unwrap();
        assert_eq!(reader.seek(SeekFrom::End(-10)).unwrap(), 69_990);
        let mut rest = Vec::new();
        reader.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, &plain(70_000)[69_990..]);
        assert_eq!(reader.seek(SeekFrom::Current(-4)).unwrap(), 69_996);
        assert!(reader.seek(SeekFrom::Current(-70_001)).is_err());
    }
}
