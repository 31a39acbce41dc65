//! A table is written by one module of `server`, and by one at least.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

const WRITES: [&str; 3] = ["insert into ", "update ", "delete from "];

/// Tables are those of `migrations/`; writing is a statement in a `.sql` or `.rs` file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let writers = writers(tree);
    for (table, (path, line)) in tables(tree) {
        let Some(places) = writers.get(&table) else {
            let advice = format!(
                "table `{table}` is written by nobody: remove it, or write the module that fills it"
            );
            findings.push(Finding::new(&path, line, advice));
            continue;
        };
        let modules: BTreeSet<&str> = places.iter().map(|place| place.module.as_str()).collect();
        if modules.len() < 2 {
            continue;
        }
        let all = modules.iter().copied().collect::<Vec<_>>().join("`, `");
        for place in places {
            let advice = format!(
                "table `{table}` is written by `{all}`: one module owns it, the others call that module"
            );
            findings.push(Finding::new(&place.path, place.line, advice));
        }
    }
    findings
}

struct Place {
    module: String,
    path: String,
    line: usize,
}

/// Every table with the place that makes it.
pub fn tables(tree: &Tree) -> BTreeMap<String, (String, usize)> {
    let mut tables = BTreeMap::new();
    for file in tree
        .with_ending(".sql")
        .filter(|file| file.path.starts_with("migrations/"))
    {
        for (number, line) in file.text.lines().enumerate() {
            let Some(rest) = line.trim_start().strip_prefix("create table ") else {
                continue;
            };
            let name = word(rest.trim_start_matches("if not exists "));
            tables
                .entry(name)
                .or_insert((file.path.clone(), number + 1));
        }
    }
    tables
}

fn writers(tree: &Tree) -> BTreeMap<String, Vec<Place>> {
    let mut writers: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for file in tree.files() {
        let Some(module) = file.server_module() else {
            continue;
        };
        for (line, table) in written_tables(file) {
            let place = Place {
                module: module.to_owned(),
                path: file.path.clone(),
                line,
            };
            writers.entry(table).or_default().push(place);
        }
    }
    writers
}

fn written_tables(file: &SourceFile) -> Vec<(usize, String)> {
    let text = match file.path.rsplit_once('.') {
        Some((_, "rs")) => file.code_and_strings(),
        Some((_, "sql")) => file.text.clone(),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split("--").next().unwrap_or_default();
        for write in WRITES {
            found.extend(line.match_indices(write).filter_map(|(position, _)| {
                // `for update`, `do update set` and `on update` write nothing of their own.
                let before = line[..position].trim_end();
                let is_clause = write == "update "
                    && ["for", "do", "on", "no key"]
                        .iter()
                        .any(|word| before.ends_with(word));
                let table = word(&line[position + write.len()..]);
                (!is_clause && !table.is_empty() && table != "set").then_some((number + 1, table))
            }));
        }
    }
    found
}

fn word(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    const SCHEMA: (&str, &str) = (
        "migrations/0001.sql",
        "create table customer (\n);\ncreate table lonely (\n);\n",
    );

    #[test]
    fn two_writers_of_one_table_and_a_table_without_a_writer_are_found() {
        let tree = Tree::of(&[
            SCHEMA,
            (
                "crates/server/src/register/insert.sql",
                "insert into customer (id) values ($1)\non conflict do update set id = 1",
            ),
            (
                "crates/server/src/intake/rows.rs",
                "// delete from customer\nquery(\"update customer set id = 2\")\n",
            ),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "crates/server/src/register/insert.sql:1: table `customer` is written by `intake`, `register`: one module owns it, the others call that module\n\
             crates/server/src/intake/rows.rs:2: table `customer` is written by `intake`, `register`: one module owns it, the others call that module\n\
             migrations/0001.sql:3: table `lonely` is written by nobody: remove it, or write the module that fills it"
        );
    }
}
