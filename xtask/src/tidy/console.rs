//! The console says the same things in both languages.
//!
//! The console's own tests look closer (placeholders, unused sentences); this one needs no Node.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::tree::Tree;

const CATALOGUES: &str = "console/src/i18n/";
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Each key of a catalogue file stands in the file of the same name of the other language.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let [first, second] = LANGUAGES;
    let mut findings = missing(tree, first, second);
    findings.extend(missing(tree, second, first));
    findings
}

fn missing(tree: &Tree, from: &str, to: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let folder = format!("{CATALOGUES}{from}/");
    for file in tree.files() {
        let Some(name) = file.path.strip_prefix(&folder) else {
            continue;
        };
        let other = tree.find(&format!("{CATALOGUES}{to}/{name}"));
        let there = other.map(|other| keys(&other.text)).unwrap_or_default();
        for (key, line) in keys(&file.text) {
            if !there.contains_key(key) {
                let advice = format!(
                    "`{key}` is missing in {CATALOGUES}{to}/{name}: say it in both languages"
                );
                findings.push(Finding::new(&file.path, line, advice));
            }
        }
    }
    findings
}

/// `shell.brand` of the line `'shell.brand': '…',`.
fn keys(text: &str) -> BTreeMap<&str, usize> {
    text.lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let rest = line.trim_start().strip_prefix('\'')?;
            let (key, rest) = rest.split_once('\'')?;
            rest.starts_with(':').then_some((key, number + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_sentence_that_exists_in_one_language_only_is_found() {
        let tree = Tree::of(&[
            (
                "console/src/i18n/zh/shell.ts",
                "export const shell = {\n  'shell.brand': '户部',\n  'shell.open': '打开',\n};\n",
            ),
            (
                "console/src/i18n/en/shell.ts",
                "export const shell = {\n  'shell.brand': 'Hubu',\n};\n",
            ),
        ]);
        assert_eq!(
            listed(&check(&tree)),
            "console/src/i18n/zh/shell.ts:3: `shell.open` is missing in console/src/i18n/en/shell.ts: say it in both languages"
        );
    }
}
