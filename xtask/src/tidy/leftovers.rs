//! No ignored test, no unfinished branch.

use super::finding::Finding;
use super::tree::Tree;

const RUST: [(&str, &str); 3] = [
    ("#[ignore", "run the test or delete it"),
    (
        "todo!(",
        "write it, or open an issue and refuse the request with a clear error",
    ),
    (
        "unimplemented!(",
        "write it, or open an issue and refuse the request with a clear error",
    ),
];
const SCRIPT: [(&str, &str); 4] = [
    ("test.skip(", "run the test or delete it"),
    ("it.skip(", "run the test or delete it"),
    ("describe.skip(", "run the tests or delete them"),
    ("it.only(", "a test that runs alone hides the others"),
];

/// Looks at the whole file, tests included.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        let (text, patterns) = match file.path.rsplit_once('.') {
            Some((_, "rs")) => (super::blanked::code(&file.text), RUST.as_slice()),
            Some((_, "ts" | "tsx" | "mjs")) => (file.text.clone(), SCRIPT.as_slice()),
            _ => continue,
        };
        for (number, line) in text.lines().enumerate() {
            for (pattern, advice) in patterns
                .iter()
                .filter(|(pattern, _)| line.contains(pattern))
            {
                let advice = format!("`{pattern}`: {advice}");
                findings.push(Finding::new(&file.path, number + 1, advice));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn ignored_tests_are_found_in_rust_and_in_the_console() {
        let tree = Tree::of(&[
            ("a.rs", "fn a() { x(\"todo!()\") }\n#[ignore]\n"),
            ("b.test.ts", "it.skip('x')\n"),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "a.rs:2: `#[ignore`: run the test or delete it\nb.test.ts:1: `it.skip(`: run the test or delete it"
        );
    }
}
