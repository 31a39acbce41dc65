//! Remembers which steps were done on which inputs, so that a second run repeats nothing.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The digest of files and folders (names and content) that a step reads.
///
/// Not a cryptographic digest: it tells "the same as last time" from "changed".
pub fn digest(inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(input, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Does the work unless the stamp says that it was done on the same inputs and its result is there.
pub fn unless_unchanged(
    stamp: &Path,
    inputs: &[PathBuf],
    result: &Path,
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let now = digest(inputs)?;
    if result.exists() && fs::read_to_string(stamp).is_ok_and(|before| before == now) {
        return Ok(false);
    }
    work()?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, now).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(true)
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    path.hash(hasher);
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .with_context(|| format!("cannot list {}", path.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    content.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_repeated_only_when_its_input_changed_or_its_result_is_gone() {
        let folder = std::env::temp_dir().join(format!("hubu-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (input, result, stamp) = (folder.join("in"), folder.join("out"), folder.join("stamp"));
        fs::write(&input, "one").unwrap();
        let again = || {
            let work = || Ok(fs::write(&result, "made")?);
            unless_unchanged(&stamp, std::slice::from_ref(&input), &result, work).unwrap()
        };
        assert!(again());
        assert!(!again());
        fs::write(&input, "two").unwrap();
        assert!(again());
        fs::remove_file(&result).unwrap();
        assert!(again());
        fs::remove_dir_all(&folder).unwrap();
    }
}
