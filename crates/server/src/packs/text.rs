//! The text of a pack: its files by name, and a digest that says whether two are the same.

use std::collections::BTreeMap;
use std::path::Path;

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

/// Whether a text can be the name of a file or folder that leads nowhere else.
pub(super) fn is_plain(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte);
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(fits)
}

/// Whether a name of a file of a pack stays below the folder of the pack.
pub(super) fn stays_within(name: &str) -> bool {
    name.split('/').all(is_plain)
}

/// Writes the files of a pack into a folder.
pub fn write_files(files: &Files, folder: &Path) -> std::io::Result<()> {
    for (name, text) in files {
        if !stays_within(name) {
            return Err(std::io::Error::other("a name of a file leads elsewhere"));
        }
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_leads_out_of_its_folder_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("pack");
        for name in [
            "../x.toml",
            "/x.toml",
            "a/../../x.toml",
            ".x.toml",
            "a//x.toml",
            "",
        ] {
            let files = [(name.to_owned(), String::new())].into();
            assert!(write_files(&files, &below).is_err(), "{name}");
        }
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
        let files = [("rules/x-1.toml".to_owned(), "a = 1".to_owned())].into();
        write_files(&files, &below).unwrap();
        let written = std::fs::read_to_string(below.join("rules/x-1.toml")).unwrap();
        assert_eq!(written, "a = 1");
    }
}
