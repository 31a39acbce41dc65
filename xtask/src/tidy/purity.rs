//! Engines and `domain` never name the database, the web, clocks or random sources.

use super::finding::Finding;
use super::tree::Tree;

/// The crates that answer the same to the same input.
pub const PURE: [&str; 10] = [
    "identifiers",
    "names",
    "addresses",
    "tables",
    "linkage",
    "watchlist",
    "rulebook",
    "vault",
    "domain",
    "sample",
];
const WORDS: [&str; 9] = [
    "sqlx",
    "rusqlite",
    "axum",
    "tokio",
    "SystemTime",
    "Instant",
    "Utc",
    "rand",
    "getrandom",
];

/// `vault` may name the operating system's random source: sealing needs it, and nobody else does.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_ending(".rs") {
        let Some(name) = file.crate_name().filter(|name| PURE.contains(name)) else {
            continue;
        };
        for (number, line) in file.code().lines().enumerate() {
            let named = WORDS.iter().find(|word| {
                !(name == "vault" && **word == "getrandom")
                    && words(line).any(|found| found == **word)
            });
            if let Some(word) = named {
                let advice = format!(
                    "`{name}` names `{word}`: pass what it gives as an argument, or move this to `server`"
                );
                findings.push(Finding::new(&file.path, number + 1, advice));
            }
        }
    }
    findings
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|character: char| !character.is_alphanumeric() && character != '_')
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn an_engine_that_reads_the_clock_is_found_and_a_comment_is_not() {
        let tree = Tree::of(&[
            (
                "crates/domain/src/rate.rs",
                "// not tokio\nlet now = Instant::now();\n",
            ),
            ("crates/vault/src/random.rs", "getrandom::fill(bytes)?;\n"),
            ("crates/server/src/clock.rs", "SystemTime::now()\n"),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "crates/domain/src/rate.rs:2: `domain` names `Instant`: pass what it gives as an argument, or move this to `server`"
        );
    }
}
