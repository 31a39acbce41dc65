//! Plain SHA-256 in its three uses: commitments, session tokens and files.

use sha2::{Digest, Sha256};

/// A commitment (承诺) to `bytes` that nobody can guess or check without `salt`.
///
/// The audit log keeps commitments only: when the salt is destroyed with its key, the log still
/// verifies and says nothing any more.
#[doc(alias = "承诺")]
pub fn commitment(salt: &[u8; 16], bytes: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"hubu commitment\0")
        .chain_update(salt)
        .chain_update(bytes)
        .finalize()
        .into()
}

/// The digest under which a session token is stored. Tokens are 32 random bytes, so no salt and
/// no slow hash is needed; passwords are hashed elsewhere.
pub fn token_digest(token: &[u8]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// SHA-256 of something that arrives in pieces, such as an upload.
#[derive(Debug, Clone, Default)]
pub struct Sha256Stream(Sha256);

impl Sha256Stream {
    /// Nothing taken in yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write;

    pub(crate) fn to_hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    pub(crate) fn from_hex(text: &str) -> Vec<u8> {
        (0..text.len() / 2)
            .map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
            .collect()
    }

    #[test]
    fn token_digests_are_plain_sha_256() {
        assert_eq!(
            to_hex(&token_digest(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_commitment_depends_on_its_salt() {
        let first = commitment(&[1; 16], b"text");
        assert_eq!(first, commitment(&[1; 16], b"text"));
        assert_ne!(first, commitment(&[2; 16], b"text"));
        assert_ne!(first, commitment(&[1; 16], b"other"));
    }

    proptest! {
        #[test]
        fn pieces_do_not_change_the_digest(pieces: Vec<Vec<u8>>) {
            let mut stream = Sha256Stream::new();
            for piece in &pieces {
                stream.update(piece);
            }
            prop_assert_eq!(stream.finish(), token_digest(&pieces.concat()));
        }
    }
}
