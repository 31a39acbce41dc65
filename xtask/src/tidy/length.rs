//! No file over 400 lines. (Functions over 60 are clippy's: `too_many_lines`.)

use super::finding::Finding;
use super::tree::Tree;

const LONGEST: usize = 400;
const ENDINGS: [&str; 6] = [".rs", ".sql", ".ts", ".tsx", ".css", ".mjs"];

/// Generated files are exempt: nobody reads them from top to bottom.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let looked_at = tree.files().iter().filter(|file| {
        ENDINGS.iter().any(|ending| file.path.ends_with(ending))
            && !file.path.ends_with("/schema.d.ts")
    });
    looked_at
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > LONGEST).then(|| {
                let advice = format!("{lines} lines, {LONGEST} are allowed: split it by noun");
                Finding::new(&file.path, LONGEST + 1, advice)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_file_may_have_four_hundred_lines_and_not_one_more() {
        let (good, bad) = ("x\n".repeat(400), "x\n".repeat(401));
        let tree = Tree::of(&[("a.rs", &good), ("b.tsx", &bad), ("c.md", &bad)]);
        assert_eq!(
            listed(&check(&tree)),
            "b.tsx:401: 401 lines, 400 are allowed: split it by noun"
        );
    }
}
