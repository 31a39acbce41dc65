//! Sealed blocks: `suite (1) | nonce (12) | ciphertext | tag (16)`.
//!
//! The suite byte lets a later release add a cipher without touching old blocks. What a block
//! belongs to (table, id, class, key version) goes into the associated data, so that a block
//! copied to another row does not open there.

use std::fmt;

use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit, Nonce, Tag};
use zeroize::Zeroize;

use crate::{DataKey, Randomness, RandomnessUnavailable};

/// How many bytes longer a sealed block is than its plaintext.
pub const SEAL_OVERHEAD: usize = HEAD_LENGTH + TAG_LENGTH;

pub(crate) const SUITE_AES_256_GCM: u8 = 1;
const SUITE_LENGTH: usize = 1;
const NONCE_LENGTH: usize = 12;
const HEAD_LENGTH: usize = SUITE_LENGTH + NONCE_LENGTH;
const TAG_LENGTH: usize = 16;

/// Why a block could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No nonce could be drawn.
    #[error(transparent)]
    Randomness(#[from] RandomnessUnavailable),
    /// AES-GCM takes at most 64 GiB in one block.
    #[error("plaintext has {0} bytes, more than one block may hold")]
    TooLong(usize),
}

/// Why a block could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There are no bytes at all.
    #[error("sealed block is empty")]
    Empty,
    /// The first byte names no cipher this release knows.
    #[error("sealed block uses suite {0}, this release knows only suite 1")]
    UnknownSuite(u8),
    /// The block ends before its tag does.
    #[error("sealed block has {found} bytes, {required} are required")]
    Length {
        /// How many bytes there are.
        found: usize,
        /// How many there must be.
        required: usize,
    },
    /// The tag does not fit.
    #[error("sealed block does not open: it was changed, or the key or its place differ")]
    Refused,
}

/// A data key with its key schedule prepared, for several blocks under one key: preparing costs
/// about as much as sealing 200 bytes.
#[derive(Clone)]
pub struct SealingKey(Aes256Gcm);

impl SealingKey {
    /// Prepares `key`.
    pub fn new(key: &DataKey) -> Self {
        Self(cipher(key))
    }

    /// Appends the sealed block to `target`, which keeps its content and its capacity.
    ///
    /// On an error `target` is as it was.
    pub fn seal_into(
        &self,
        target: &mut Vec<u8>,
        associated: &[u8],
        plaintext: &[u8],
        randomness: &mut Randomness,
    ) -> Result<(), SealError> {
        let start = target.len();
        target.reserve(plaintext.len() + SEAL_OVERHEAD);
        target.push(SUITE_AES_256_GCM);
        target.extend_from_slice(&[0; NONCE_LENGTH]);
        target.extend_from_slice(plaintext);
        target.extend_from_slice(&[0; TAG_LENGTH]);
        let result = seal_block(&self.0, associated, &mut target[start..], randomness);
        if result.is_err() {
            target[start..].zeroize();
            target.truncate(start);
        }
        result
    }

    /// Opens what was sealed with the same key and associated data.
    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        let mut plaintext = ciphertext(sealed)?.to_vec();
        open_block(&self.0, associated, sealed, &mut plaintext)?;
        Ok(plaintext)
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(…)")
    }
}

/// Seals `plaintext` for the place described by `associated`.
pub fn seal(
    key: &DataKey,
    associated: &[u8],
    plaintext: &[u8],
    randomness: &mut Randomness,
) -> Result<Vec<u8>, SealError> {
    let mut sealed = Vec::with_capacity(plaintext.len() + SEAL_OVERHEAD);
    seal_into(&mut sealed, key, associated, plaintext, randomness)?;
    Ok(sealed)
}

/// [`SealingKey::seal_into`] for a single block.
pub fn seal_into(
    target: &mut Vec<u8>,
    key: &DataKey,
    associated: &[u8],
    plaintext: &[u8],
    randomness: &mut Randomness,
) -> Result<(), SealError> {
    SealingKey::new(key).seal_into(target, associated, plaintext, randomness)
}

/// Opens what [`seal`] made with the same key and associated data.
pub fn open(key: &DataKey, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
    SealingKey::new(key).open(associated, sealed)
}

pub(crate) fn cipher(key: &DataKey) -> Aes256Gcm {
    Aes256Gcm::new(key.bytes().into())
}

/// Seals in place a block whose plaintext already stands where the ciphertext belongs.
pub(crate) fn seal_block(
    cipher: &Aes256Gcm,
    associated: &[u8],
    block: &mut [u8],
    randomness: &mut Randomness,
) -> Result<(), SealError> {
    let nonce: [u8; NONCE_LENGTH] = randomness.bytes()?;
    let length = block.len() - SEAL_OVERHEAD;
    let (head, body) = block.split_at_mut(HEAD_LENGTH);
    let (text, tag) = body.split_at_mut(length);
    head[0] = SUITE_AES_256_GCM;
    head[SUITE_LENGTH..].copy_from_slice(&nonce);
    let computed = cipher
        .encrypt_inout_detached(&Nonce::from(nonce), associated, text.into())
        .map_err(|_| SealError::TooLong(length))?;
    tag.copy_from_slice(&computed);
    Ok(())
}

/// The part of a well-formed block between nonce and tag.
pub(crate) fn ciphertext(sealed: &[u8]) -> Result<&[u8], OpenError> {
    match sealed.first() {
        None => return Err(OpenError::Empty),
        Some(&SUITE_AES_256_GCM) => {}
        Some(&other) => return Err(OpenError::UnknownSuite(other)),
    }
    if sealed.len() < SEAL_OVERHEAD {
        return Err(OpenError::Length {
            found: sealed.len(),
            required: SEAL_OVERHEAD,
        });
    }
    Ok(&sealed[HEAD_LENGTH..sealed.len() - TAG_LENGTH])
}

/// Opens `text`, a copy of the block's ciphertext, in place.
pub(crate) fn open_block(
    cipher: &Aes256Gcm,
    associated: &[u8],
    sealed: &[u8],
    text: &mut [u8],
) -> Result<(), OpenError> {
    let nonce =
        Nonce::try_from(&sealed[SUITE_LENGTH..HEAD_LENGTH]).map_err(|_| OpenError::Refused)?;
    let tag =
        Tag::try_from(&sealed[sealed.len() - TAG_LENGTH..]).map_err(|_| OpenError::Refused)?;
    cipher
        .decrypt_inout_detached(&nonce, associated, text.into(), &tag)
        .map_err(|_| OpenError::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tests::from_hex;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    fn key(byte: u8) -> DataKey {
        DataKey::from_bytes([byte; 32])
    }

    #[track_caller]
    fn known_answer(key: &str, nonce: &str, associated: &str, text: (&str, &str), tag: &str) {
        let key = DataKey::from_bytes(from_hex(key).try_into().unwrap());
        let block = [vec![1], from_hex(nonce), from_hex(text.1), from_hex(tag)].concat();
        let opened = open(&key, &from_hex(associated), &block).unwrap();
        assert_eq!(opened, from_hex(text.0));
    }

    #[test]
    fn blocks_agree_with_the_published_gcm_vectors() {
        known_answer(
            &"00".repeat(32),
            &"00".repeat(12),
            "",
            (&"00".repeat(16), "cea7403d4d606b6e074ec5d3baf39d18"),
            "d0d1c8a799996bf0265b98b5d48ab919",
        );
        known_answer(
            &"feffe9928665731c6d6a8f9467308308".repeat(2),
            "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            (
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            ),
            "76fc6ece0f4e1768cddf8853bb2d551b",
        );
    }

    #[test]
    fn refusals_say_what_is_wrong() {
        let refusal = |bytes: &[u8]| open(&key(1), b"", bytes).unwrap_err().to_string();
        assert_snapshot!(refusal(b""), @"sealed block is empty");
        assert_snapshot!(refusal(&[9; 40]), @"sealed block uses suite 9, this release knows only suite 1");
        assert_snapshot!(refusal(&[1; 28]), @"sealed block has 28 bytes, 29 are required");
        assert_snapshot!(refusal(&[1; 29]), @"sealed block does not open: it was changed, or the key or its place differ");
    }

    #[test]
    fn appending_keeps_what_was_there() {
        let mut randomness = Randomness::new();
        let mut target = b"before".to_vec();
        seal_into(&mut target, &key(1), b"", b"text", &mut randomness).unwrap();
        assert_eq!(&target[..6], b"before");
        assert_eq!(open(&key(1), b"", &target[6..]).unwrap(), b"text");
    }

    #[test]
    fn sealing_twice_gives_different_blocks() {
        let mut randomness = Randomness::new();
        let first = seal(&key(1), b"", b"same", &mut randomness).unwrap();
        let second = seal(&key(1), b"", b"same", &mut randomness).unwrap();
        assert_ne!(first, second);
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens(text: Vec<u8>, place: Vec<u8>, key: [u8; 32]) {
            let key = DataKey::from_bytes(key);
            let sealed = seal(&key, &place, &text, &mut Randomness::new()).unwrap();
            prop_assert_eq!(sealed.len(), text.len() + SEAL_OVERHEAD);
            prop_assert_eq!(open(&key, &place, &sealed).unwrap(), text);
        }

        #[test]
        fn a_prepared_key_opens_and_seals_like_the_plain_one(text: Vec<u8>, place: Vec<u8>) {
            let prepared = SealingKey::new(&key(1));
            let mut sealed = Vec::new();
            prepared.seal_into(&mut sealed, &place, &text, &mut Randomness::new()).unwrap();
            prop_assert_eq!(open(&key(1), &place, &sealed).unwrap(), text.clone());
            prop_assert_eq!(prepared.open(&place, &sealed).unwrap(), text);
        }

        #[test]
        fn any_flipped_bit_is_refused(text: Vec<u8>, at: prop::sample::Index, bit in 0..8) {
            let mut sealed = seal(&key(1), b"place", &text, &mut Randomness::new()).unwrap();
            let position = at.index(sealed.len());
            sealed[position] ^= 1_u8 << bit;
            prop_assert!(open(&key(1), b"place", &sealed).is_err());
        }

        #[test]
        fn another_place_or_key_is_refused(text: Vec<u8>, here: Vec<u8>, there: Vec<u8>) {
            prop_assume!(here != there);
            let sealed = seal(&key(1), &here, &text, &mut Randomness::new()).unwrap();
            prop_assert_eq!(open(&key(1), &there, &sealed), Err(OpenError::Refused));
            prop_assert_eq!(open(&key(2), &here, &sealed), Err(OpenError::Refused));
        }
    }
}
