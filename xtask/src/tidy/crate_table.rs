//! A crate depends on what the table of `ARCHITECTURE.md` allows, and every crate stands in it.
//!
//! A row is `` | `name` | what lives there | `a`, `b` | ``. A row whose last cell names nothing in
//! back quotes (the shell, the binary) is not limited here.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

const TABLE: &str = "ARCHITECTURE.md";
/// Any crate may state its errors, and none needs a table row for that.
const EVERYWHERE: [&str; 1] = ["thiserror"];

/// Only `[dependencies]` counts; tests may use what they like.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let allowed = tree
        .find(TABLE)
        .map(|file| rows(&file.text))
        .unwrap_or_default();
    tree.with_ending("/Cargo.toml")
        .flat_map(|manifest| check_manifest(manifest, &allowed))
        .collect()
}

fn check_manifest(manifest: &SourceFile, allowed: &BTreeMap<String, Vec<String>>) -> Vec<Finding> {
    let Some(name) = manifest
        .path
        .strip_prefix("crates/")
        .and_then(|rest| rest.strip_suffix("/Cargo.toml"))
    else {
        return Vec::new();
    };
    let Some(may) = allowed.get(name) else {
        let advice =
            format!("crate `{name}` stands in no row of the crate table of {TABLE}: add it");
        return vec![Finding::new(&manifest.path, 1, advice)];
    };
    if may.is_empty() {
        return Vec::new();
    }
    dependencies(&manifest.text)
        .filter(|(_, found)| !may.iter().any(|one| one == found) && !EVERYWHERE.contains(found))
        .map(|(line, found)| {
            let advice =
                format!("`{name}` may not depend on `{found}`: see the crate table of {TABLE}");
            Finding::new(&manifest.path, line, advice)
        })
        .collect()
}

fn rows(text: &str) -> BTreeMap<String, Vec<String>> {
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line
                .trim()
                .trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect();
            let [first, _, last] = cells.as_slice() else {
                return None;
            };
            let name = first.strip_prefix('`')?.strip_suffix('`')?;
            Some((name.to_owned(), quoted(last)))
        })
        .collect()
}

fn quoted(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    manifest
        .lines()
        .enumerate()
        .filter_map(move |(number, line)| {
            let line = line.trim();
            if line.starts_with('[') {
                inside = line == "[dependencies]";
                return None;
            }
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            (inside && !name.is_empty() && !name.starts_with('#')).then_some((number + 1, name))
        })
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    const ROWS: &str = "| crate | what | may depend on |\n| --- | --- | --- |\n| `names` | names | `pinyin` |\n| `server` | shell | everything above |\n";

    #[test]
    fn a_dependency_outside_the_table_is_found_with_its_line() {
        let manifest = "[package]\nname = \"names\"\n[dependencies]\npinyin.workspace = true\nserde = \"1\"\nthiserror = \"2\"\n[dev-dependencies]\ninsta = \"1\"\n";
        let tree = Tree::of(&[
            (TABLE, ROWS),
            ("crates/names/Cargo.toml", manifest),
            ("crates/server/Cargo.toml", "[dependencies]\naxum = \"1\"\n"),
            ("crates/odd/Cargo.toml", ""),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "crates/names/Cargo.toml:5: `names` may not depend on `serde`: see the crate table of ARCHITECTURE.md\n\
             crates/odd/Cargo.toml:1: crate `odd` stands in no row of the crate table of ARCHITECTURE.md: add it"
        );
    }
}
