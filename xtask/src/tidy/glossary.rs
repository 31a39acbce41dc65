//! `GLOSSARY.md` explains every table and every module of `domain`.

use super::finding::Finding;
use super::table_owner;
use super::tree::Tree;

const GLOSSARY: &str = "GLOSSARY.md";

/// A word is explained where it stands in back quotes.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let text = tree.find(GLOSSARY).map_or("", |file| file.text.as_str());
    let is_missing = |name: &str| !text.contains(&format!("`{name}`"));
    let tables = table_owner::tables(tree)
        .into_iter()
        .filter(|(table, _)| is_missing(table))
        .map(|(table, (path, line))| {
            Finding::new(
                &path,
                line,
                format!(
                    "table `{table}` is not in {GLOSSARY}: add code name, English, 中文 and source"
                ),
            )
        });
    let modules = domain_modules(tree).into_iter().filter(|(module, _)| is_missing(module)).map(|(module, path)| {
        Finding::new(&path, 1, format!("module `{module}` of `domain` is not in {GLOSSARY}: add code name, English, 中文 and source"))
    });
    tables.chain(modules).collect()
}

/// The first-level modules: `rate` for `src/rate.rs` and for `src/rate/mod.rs`.
fn domain_modules(tree: &Tree) -> Vec<(String, String)> {
    let mut modules = Vec::new();
    for file in tree.with_ending(".rs") {
        let Some(rest) = file.path.strip_prefix("crates/domain/src/") else {
            continue;
        };
        let name = match rest.split_once('/') {
            Some((folder, "mod.rs")) => folder,
            Some(_) => continue,
            None => rest.trim_end_matches(".rs"),
        };
        if !["lib", "tests"].contains(&name) {
            modules.push((name.to_owned(), file.path.clone()));
        }
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_table_and_a_module_without_an_explanation_are_found() {
        let tree = Tree::of(&[
            (GLOSSARY, "| `customer` | customer | 客户 | law |"),
            (
                "migrations/1.sql",
                "create table customer (\n);\ncreate table batch (\n);\n",
            ),
            ("crates/domain/src/customer.rs", ""),
            ("crates/domain/src/golden_view/mod.rs", ""),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "migrations/1.sql:3: table `batch` is not in GLOSSARY.md: add code name, English, 中文 and source\n\
             crates/domain/src/golden_view/mod.rs:1: module `golden_view` of `domain` is not in GLOSSARY.md: add code name, English, 中文 and source"
        );
    }
}
