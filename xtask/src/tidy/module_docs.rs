//! Every Rust file starts with its `//!`.

use super::finding::Finding;
use super::tree::Tree;

/// Inner attributes such as `#![cfg(unix)]` may stand before it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.with_ending(".rs")
        .filter(|file| {
            let mut lines = file.text.lines().map(str::trim);
            let first = lines.find(|line| !line.is_empty() && !line.starts_with("#!"));
            !first.is_some_and(|line| line.starts_with("//! ") || line.starts_with("/*!"))
        })
        .map(|file| {
            let advice = "no module documentation: start with `//!`, what this is and what it deliberately does not do";
            Finding::new(&file.path, 1, advice)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_file_without_its_documentation_is_found() {
        let tree = Tree::of(&[
            ("a.rs", "//! Good.\n"),
            ("b.rs", "use x;\n//! Late.\n"),
            ("c.rs", "#![cfg(unix)]\n//! Good.\n"),
        ]);
        assert!(listed(&check(&tree)).starts_with("b.rs:1: no module documentation"));
        assert_eq!(check(&tree).len(), 1);
    }
}
