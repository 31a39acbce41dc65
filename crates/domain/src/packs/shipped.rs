//! The packs that are shipped with the program, as they lie in `packs/`.

use std::collections::BTreeMap;

/// A pack of the program.
#[derive(Debug, Clone, Copy)]
pub struct ShippedPack {
    /// The folder in `packs/`, which is its id.
    pub id: &'static str,
    files: &'static [(&'static str, &'static str)],
}

impl ShippedPack {
    /// Its files by their names.
    pub fn files(&self) -> BTreeMap<String, String> {
        let files = self.files.iter();
        files
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    }
}

/// Names files of a pack and takes in their texts.
macro_rules! pack {
    ($id:literal, [$($file:literal),* $(,)?]) => {
        ShippedPack {
            id: $id,
            files: &[$(($file, include_str!(concat!("../../../../packs/", $id, "/", $file)))),*],
        }
    };
}

/// The packs of the program, each after those that it builds on.
pub fn shipped() -> &'static [ShippedPack] {
    const PACKS: &[ShippedPack] = &[pack!(
        "cn-base",
        [
            "pack.toml",
            "attributes.toml",
            "linkage/person.toml",
            "linkage/organisation.toml",
        ]
    )];
    PACKS
}
