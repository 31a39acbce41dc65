//! The text of a pack: its files by name, and a digest that says whether two are the same.

use std::collections::BTreeMap;

use vault::Sha256Stream;

/// Files by their names.
pub(super) type Files = BTreeMap<String, String>;

/// SHA-256 over names and texts, each with its length before it.
pub fn digest(files: &Files) -> [u8; 32] {
    let mut stream = Sha256Stream::new();
    for part in files.iter().flat_map(|(name, text)| [name, text]) {
        stream.update(&(part.len() as u64).to_be_bytes());
        stream.update(part.as_bytes());
    }
    stream.finish()
}

/// A digest in hexadecimal digits.
pub fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text never fails.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
