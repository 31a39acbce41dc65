//! SQL is written once for both databases, lower case, with its columns named.

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

const KEYWORDS: [&str; 14] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "JOIN", "VALUES", "CREATE", "TABLE",
    "INDEX", "ORDER", "LIMIT", "NULL",
];
const DIALECTS: [&str; 2] = [".sqlite.sql", ".postgres.sql"];
const COUNTED_IN: &str = "ARCHITECTURE.md";
const COUNTED_AS: &str = "SQL exceptions:";

/// Upper-case keywords in `.sql` files, and `select *` anywhere.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let sql = tree.with_ending(".sql").flat_map(check_statement);
    let rust = tree
        .with_ending(".rs")
        .filter(|file| file.crate_name().is_some())
        .flat_map(|file| stars(&file.path, &file.code_and_strings()));
    sql.chain(rust).collect()
}

/// The statements that exist once per database are counted, so that their number is a decision.
pub fn check_exceptions(tree: &Tree) -> Vec<Finding> {
    let is_exception =
        |file: &&SourceFile| DIALECTS.iter().any(|ending| file.path.ends_with(ending));
    let mut statements: Vec<&str> = tree
        .files()
        .iter()
        .filter(is_exception)
        .map(|file| statement(&file.path))
        .collect();
    statements.sort_unstable();
    statements.dedup();
    let counted = tree.find(COUNTED_IN).and_then(|file| counted(&file.text));
    match counted {
        Some((_, number)) if number == statements.len() => Vec::new(),
        Some((line, number)) => {
            let advice = format!(
                "{number} SQL exceptions are counted, {} are there: {}",
                statements.len(),
                statements.join(", ")
            );
            vec![Finding::new(COUNTED_IN, line, advice)]
        }
        None => vec![Finding::new(
            COUNTED_IN,
            1,
            format!("the line `{COUNTED_AS} N` is missing"),
        )],
    }
}

fn check_statement(file: &SourceFile) -> Vec<Finding> {
    let mut findings = stars(&file.path, &file.text);
    for (number, line) in file.text.lines().enumerate() {
        let line = line.split("--").next().unwrap_or_default();
        // Every second piece stands between quotes: what data says is not a keyword.
        let code: String = line.split('\'').step_by(2).collect();
        let mut words =
            code.split(|character: char| !character.is_alphanumeric() && character != '_');
        if let Some(word) = words.find(|word| KEYWORDS.contains(word)) {
            let advice = format!("write `{}`: SQL is lower case here", word.to_lowercase());
            findings.push(Finding::new(&file.path, number + 1, advice));
        }
    }
    findings
}

fn stars(path: &str, text: &str) -> Vec<Finding> {
    let is_star = |line: &str| line.to_lowercase().contains("select *");
    let lines = text.lines().enumerate().filter(|(_, line)| is_star(line));
    lines
        .map(|(number, _)| Finding::new(path, number + 1, "name the columns instead of `*`"))
        .collect()
}

fn statement(path: &str) -> &str {
    DIALECTS
        .iter()
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path)
}

fn counted(text: &str) -> Option<(usize, usize)> {
    text.lines().enumerate().find_map(|(number, line)| {
        let rest = line.split_once(COUNTED_AS)?.1;
        let digits: String = rest
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        Some((number + 1, digits.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn stars_and_upper_case_keywords_are_found_but_not_in_values() {
        let tree = Tree::of(&[(
            "a.sql",
            "-- SELECT\nselect * from t\nwhere x = 'FROM' AND y\nORDER by z\n",
        )]);
        assert_eq!(
            listed(&check(&tree)),
            "a.sql:2: name the columns instead of `*`\na.sql:4: write `order`: SQL is lower case here"
        );
    }

    #[test]
    fn a_statement_written_for_each_database_must_be_counted() {
        let pair = [("x/claim.sqlite.sql", ""), ("x/claim.postgres.sql", "")];
        let counted = Tree::of(&[pair[0], pair[1], (COUNTED_IN, "SQL exceptions: **1**")]);
        assert!(check_exceptions(&counted).is_empty());
        let forgotten = Tree::of(&[pair[0], pair[1], (COUNTED_IN, "# A\nSQL exceptions: **0**")]);
        assert_eq!(
            listed(&check_exceptions(&forgotten)),
            "ARCHITECTURE.md:2: 0 SQL exceptions are counted, 1 are there: x/claim"
        );
    }
}
