//! Blind digests: equal values give equal digests, and nobody without the key can try values.

use std::fmt;

use aes_gcm::KeyInit as _;
use aes_gcm::aes::Aes256;
use aes_gcm::aes::cipher::BlockCipherEncrypt;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::DataKey;
use crate::keys::keyed_hmac;

/// The key of the look-up index over sealed values (盲索引密钥), with its version.
///
/// While keys rotate, look-ups ask with the old and the new key.
#[derive(Clone)]
#[doc(alias = "盲索引")]
pub struct BlindKey {
    keyed: Hmac<Sha256>,
    /// Of hashes, under a key of its own.
    hashes: Aes256,
    version: u32,
}

impl BlindKey {
    /// Prepares `key`, which should be used for nothing else.
    pub fn new(key: &DataKey, version: u32) -> Self {
        let keyed = keyed_hmac(key.bytes());
        let mut derived = keyed.clone();
        derived.update(b"digests of hashes");
        Self {
            hashes: Aes256::new(&derived.finalize().into_bytes()),
            keyed,
            version,
        }
    }

    /// The digest of a value that is a hash of eight bytes already, beside what tells apart where it is looked up: one
    /// block of AES-256, which nobody without the key can tell from chance.
    pub fn digest_hash(&self, context: u64, hash: u64) -> [u8; 16] {
        let mut block = [0; 16];
        block[..8].copy_from_slice(&context.to_be_bytes());
        block[8..].copy_from_slice(&hash.to_be_bytes());
        let mut block = block.into();
        self.hashes.encrypt_block(&mut block);
        block.into()
    }

    /// The version that is stored beside each digest.
    pub fn key_version(&self) -> u32 {
        self.version
    }

    /// The first 16 bytes of HMAC-SHA-256 over `kind` (big-endian) and `value`.
    ///
    /// `kind` tells apart what is looked up (whole number, last four, …), so that equal text in
    /// two attributes shows no link between them.
    pub fn digest(&self, kind: u16, value: &[u8]) -> [u8; 16] {
        let mut keyed = self.keyed.clone();
        keyed.update(&kind.to_be_bytes());
        keyed.update(value);
        let full = keyed.finalize().into_bytes();
        let mut digest = [0; 16];
        digest.copy_from_slice(&full[..16]);
        digest
    }
}

impl fmt::Debug for BlindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlindKey(version {})", self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tests::to_hex;
    use proptest::prelude::*;

    fn short_key(bytes: &[u8]) -> BlindKey {
        let mut padded = [0; 32];
        padded[..bytes.len()].copy_from_slice(bytes);
        BlindKey::new(&DataKey::from_bytes(padded), 1)
    }

    /// HMAC pads a short key with zeros, and the kind stands first: so the published message
    /// begins with the two bytes of the kind.
    #[test]
    fn digests_agree_with_the_vectors_of_rfc_4231() {
        let kind = |two: &[u8; 2]| u16::from_be_bytes(*two);
        let first = short_key(&[0x0b; 20]).digest(kind(b"Hi"), b" There");
        assert_eq!(to_hex(&first), "b0344c61d8db38535ca8afceaf0bf12b");
        let second = short_key(b"Jefe").digest(kind(b"wh"), b"at do ya want for nothing?");
        assert_eq!(to_hex(&second), "5bdcc146bf60754e6a042426089575c7");
    }

    #[test]
    fn debug_shows_the_version_and_no_key() {
        assert_eq!(format!("{:?}", short_key(b"Jefe")), "BlindKey(version 1)");
        assert_eq!(short_key(b"Jefe").key_version(), 1);
    }

    #[test]
    fn hashes_are_told_apart_by_key_context_and_value() {
        let key = |byte| BlindKey::new(&DataKey::from_bytes([byte; 32]), 1);
        let digests = [
            key(1).digest_hash(1, 1),
            key(1).digest_hash(1, 2),
            key(1).digest_hash(2, 1),
            key(2).digest_hash(1, 1),
        ];
        for (place, one) in digests.iter().enumerate() {
            assert!(digests[place + 1..].iter().all(|other| one != other));
        }
        assert_eq!(digests[0], key(1).digest_hash(1, 1));
    }

    proptest! {
        #[test]
        fn value_kind_and_key_all_change_the_digest(value: Vec<u8>, kind: u16) {
            let key = short_key(b"one");
            let digest = key.digest(kind, &value);
            prop_assert_eq!(digest, key.digest(kind, &value));
            prop_assert_ne!(digest, key.digest(kind.wrapping_add(1), &value));
            prop_assert_ne!(digest, short_key(b"two").digest(kind, &value));
            let longer = [value.as_slice(), b"x"].concat();
            prop_assert_ne!(digest, key.digest(kind, &longer));
        }
    }
}
