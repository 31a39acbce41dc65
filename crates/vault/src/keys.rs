//! Keys: 32 bytes that wipe themselves and never appear in a log.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{Randomness, RandomnessUnavailable};

/// Length of every key, in bytes.
pub const KEY_LENGTH: usize = 32;

/// A key that seals blocks, or from which a wrapping or blind key is made (数据密钥).
#[derive(Clone)]
#[doc(alias = "数据密钥")]
pub struct DataKey(Zeroizing<[u8; KEY_LENGTH]>);

impl DataKey {
    /// A fresh random key.
    pub fn generate(randomness: &mut Randomness) -> Result<Self, RandomnessUnavailable> {
        Ok(Self(Zeroizing::new(randomness.bytes()?)))
    }

    /// The key kept as `bytes`.
    pub fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A salt that follows from the key and dies with it.
    pub fn salt(&self, id: i64) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(b"hubu salt");
        hash.update(self.0.as_slice());
        hash.update(id.to_be_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest[..16]);
        salt
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// The one key an institution must keep (主密钥); every other long-lived key follows from it.
#[derive(Clone)]
#[doc(alias = "主密钥")]
pub struct MasterKey(Zeroizing<[u8; KEY_LENGTH]>);

impl MasterKey {
    /// A fresh random master key.
    pub fn generate(randomness: &mut Randomness) -> Result<Self, RandomnessUnavailable> {
        Ok(Self(Zeroizing::new(randomness.bytes()?)))
    }

    /// The master key kept as `bytes`.
    pub fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for writing the key file. Nothing else should ask.
    pub fn expose(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// The key for one purpose; different purposes give keys that say nothing about each other.
    ///
    /// This is the expand step of HKDF (RFC 5869) with our own prefix; the extract step is left
    /// out because a master key is uniformly random already.
    pub fn derive(&self, purpose: &str) -> DataKey {
        let block = keyed_hmac(&self.0)
            .chain_update(b"hubu derived key 1\0")
            .chain_update(purpose.as_bytes())
            .chain_update([1_u8])
            .finalize();
        DataKey(Zeroizing::new(block.into_bytes().into()))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// HMAC-SHA-256 that has already taken in its key; clone it for each message.
pub(crate) fn keyed_hmac(key: &[u8; KEY_LENGTH]) -> Hmac<Sha256> {
    // HMAC pads a short key with zeros to one block; doing so here leaves no error to handle.
    let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
    block[..KEY_LENGTH].copy_from_slice(key);
    let keyed = Hmac::new(&block);
    block.as_mut_slice().zeroize();
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_master_gives_a_different_key_for_each_purpose() {
        let master = MasterKey::from_bytes([7; 32]);
        let wrap = master.derive("wrap");
        assert_eq!(wrap.bytes(), master.derive("wrap").bytes());
        assert_ne!(wrap.bytes(), master.derive("blind").bytes());
        assert_ne!(
            wrap.bytes(),
            MasterKey::from_bytes([8; 32]).derive("wrap").bytes()
        );
    }

    #[test]
    fn debug_shows_no_key() {
        let key = DataKey::from_bytes([0xAB; 32]);
        let master = MasterKey::from_bytes([0xAB; 32]);
        assert_eq!(format!("{key:?} {master:?}"), "DataKey(…) MasterKey(…)");
    }

    #[test]
    fn generated_keys_differ() {
        let mut randomness = Randomness::new();
        let first = DataKey::generate(&mut randomness).unwrap();
        let second = DataKey::generate(&mut randomness).unwrap();
        assert_ne!(first.bytes(), second.bytes());
    }
}
