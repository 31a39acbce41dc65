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
    const PACKS: &[ShippedPack] = &[
        pack!(
            "cn-base",
            [
                "pack.toml",
                "attributes.toml",
                "bands.toml",
                "calendar.toml",
                "consistency.toml",
                "derived.toml",
                "dictionaries.toml",
                "facts.toml",
                "linkage/organisation.toml",
                "linkage/person.toml",
                "masks.toml",
                "sampling.toml",
                "survivorship.toml",
            ]
        ),
        pack!(
            "cn-cdd-2007",
            [
                "pack.toml",
                "identity.toml",
                "recheck.toml",
                "retention.toml",
                "thresholds.toml",
            ]
        ),
        pack!(
            "cn-cdd-2025",
            [
                "pack.toml",
                "facts.toml",
                "identity.toml",
                "insurance.toml",
                "measures.toml",
                "recheck.toml",
                "retention.toml",
                "thresholds.toml",
                "transition.toml",
            ]
        ),
        pack!(
            "cn-aml-2013",
            [
                "pack.toml",
                "assessment.toml",
                "bands.toml",
                "clocks.toml",
                "facts.toml",
                "measures.toml",
                "scorecard.toml",
                "trades-and-countries.toml",
            ]
        ),
    ];
    PACKS
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::packs::foundation;
    use crate::register::Catalogue;

    fn catalogue() -> Catalogue {
        Catalogue::parse(include_str!("../../../../packs/cn-base/attributes.toml")).unwrap()
    }

    /// The TOML files below a folder, by their names from there.
    fn files_below(folder: &Path, within: &str, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{within}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                files_below(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn every_pack_of_the_folder_is_shipped_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
        let mut lying: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        lying.sort();
        let mut ids: Vec<&str> = shipped().iter().map(|pack| pack.id).collect();
        ids.sort_unstable();
        assert_eq!(ids, lying);
        for pack in shipped() {
            let mut files = BTreeMap::new();
            files_below(&folder.join(pack.id), "", &mut files);
            assert_eq!(pack.files(), files, "{}", pack.id);
        }
    }

    #[test]
    fn every_pack_is_sound_and_shown_from_all_sides() {
        let mut foundation = foundation(&catalogue()).unwrap();
        for pack in shipped() {
            let loaded = rulebook::load(&pack.files(), &foundation);
            let (loaded, coverage) = loaded.unwrap_or_else(|problems| {
                let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
                panic!("{}: {}", pack.id, told.join("\n"))
            });
            assert_eq!(coverage.covered, coverage.rules, "{}", pack.id);
            foundation = loaded.foundation;
        }
    }

    #[test]
    fn masks_and_survivorship_say_what_the_attributes_declare() {
        let catalogue = catalogue();
        let base = shipped().iter().find(|pack| pack.id == "cn-base").unwrap();
        let foundation = foundation(&catalogue).unwrap();
        let (base, _) = rulebook::load(&base.files(), &foundation).unwrap();
        let mut compared = 0;
        for rule in &base.rules {
            match rule {
                rulebook::Rule::Mask(mask) => {
                    let attribute = catalogue.named(&mask.attribute).unwrap();
                    assert_eq!(mask.shape, attribute.mask, "{}", mask.attribute);
                }
                rulebook::Rule::Survivorship(best) => {
                    let attribute = catalogue.named(&best.attribute).unwrap();
                    assert_eq!(best.criteria, attribute.survivorship, "{}", best.attribute);
                }
                _ => continue,
            }
            compared += 1;
        }
        assert!(compared > 20, "{compared}");
    }
}
