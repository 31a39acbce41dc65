//! Wrapped keys: a data key sealed by another key, so it may lie in the key store.

use std::fmt;

use aes_gcm::Aes256Gcm;
use zeroize::Zeroize;

use crate::keys::KEY_LENGTH;
use crate::seal::{self, SEAL_OVERHEAD};
use crate::{DataKey, OpenError, Randomness, SealError};

/// Length of a wrapped key, in bytes.
pub const WRAPPED_LENGTH: usize = KEY_LENGTH + SEAL_OVERHEAD;

/// A key that wraps other keys (包裹密钥), with its key schedule prepared: an import wraps a
/// million keys with one of these.
#[derive(Clone)]
#[doc(alias = "包裹密钥")]
pub struct WrappingKey(Aes256Gcm);

impl WrappingKey {
    /// Prepares `key`, which should be used for nothing else.
    pub fn new(key: &DataKey) -> Self {
        Self(seal::cipher(key))
    }

    /// Wraps `key` for the place described by `associated`.
    pub fn wrap(
        &self,
        associated: &[u8],
        key: &DataKey,
        randomness: &mut Randomness,
    ) -> Result<[u8; WRAPPED_LENGTH], SealError> {
        let mut block = [0; WRAPPED_LENGTH];
        let start = WRAPPED_LENGTH - KEY_LENGTH - 16;
        block[start..start + KEY_LENGTH].copy_from_slice(key.bytes());
        let sealed = seal::seal_block(&self.0, associated, &mut block, randomness);
        if sealed.is_err() {
            block.zeroize();
        }
        sealed.map(|()| block)
    }

    /// Gives back the key that [`WrappingKey::wrap`] took.
    pub fn unwrap_key(&self, associated: &[u8], wrapped: &[u8]) -> Result<DataKey, OpenError> {
        let ciphertext = seal::ciphertext(wrapped)?;
        let mut bytes: [u8; KEY_LENGTH] = ciphertext.try_into().map_err(|_| OpenError::Length {
            found: wrapped.len(),
            required: WRAPPED_LENGTH,
        })?;
        seal::open_block(&self.0, associated, wrapped, &mut bytes)?;
        let key = DataKey::from_bytes(bytes);
        bytes.zeroize();
        Ok(key)
    }
}

impl fmt::Debug for WrappingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrappingKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapping() -> WrappingKey {
        WrappingKey::new(&DataKey::from_bytes([3; 32]))
    }

    #[test]
    fn a_wrapped_key_has_sixty_one_bytes_and_the_layout_of_a_sealed_block() {
        let key = DataKey::from_bytes([9; 32]);
        let wrapped = wrapping()
            .wrap(b"place", &key, &mut Randomness::new())
            .unwrap();
        assert_eq!(wrapped.len(), 61);
        let opened = crate::open(&DataKey::from_bytes([3; 32]), b"place", &wrapped).unwrap();
        assert_eq!(opened, key.bytes());
    }

    #[test]
    fn a_sealed_block_of_another_length_is_no_wrapped_key() {
        let secret = DataKey::from_bytes([3; 32]);
        let block = crate::seal(&secret, b"", b"text", &mut Randomness::new()).unwrap();
        assert_eq!(
            wrapping().unwrap_key(b"", &block).unwrap_err().to_string(),
            "sealed block has 33 bytes, 61 are required"
        );
    }

    proptest! {
        #[test]
        fn what_was_wrapped_unwraps_in_its_own_place_only(bytes: [u8; 32], place: [u8; 4]) {
            let key = DataKey::from_bytes(bytes);
            let wrapped = wrapping().wrap(&place, &key, &mut Randomness::new()).unwrap();
            let unwrapped = wrapping().unwrap_key(&place, &wrapped).unwrap();
            prop_assert_eq!(unwrapped.bytes(), &bytes);
            prop_assert!(wrapping().unwrap_key(b"elsewhere", &wrapped).is_err());
        }
    }
}
