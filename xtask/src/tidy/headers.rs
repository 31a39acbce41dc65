//! A column header means one attribute.
//!
//! Header recognition takes the first that fits; two attributes that claim one header would make
//! the answer depend on the order of the file.

use std::collections::HashMap;

use super::finding::Finding;
use super::tree::{SourceFile, Tree};

/// Looks at each `attributes.toml` of `packs/` by itself: a later pack may override an earlier one.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.with_ending("/attributes.toml")
        .filter(|file| file.path.starts_with("packs/"))
        .flat_map(check_pack)
        .collect()
}

fn check_pack(file: &SourceFile) -> Vec<Finding> {
    let pack: toml::Table = match file.text.parse() {
        Ok(pack) => pack,
        Err(problem) => return vec![Finding::new(&file.path, 1, format!("not TOML: {problem}"))],
    };
    let mut claimed: HashMap<String, String> = HashMap::new();
    let mut findings = Vec::new();
    let keys = strings(pack.get("key_headers")).map(|header| (header, "key_headers"));
    let attributes = pack
        .get("attribute")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let headers = attributes.flat_map(|attribute| {
        let name = attribute
            .get("name")
            .and_then(toml::Value::as_str)
            .unwrap_or("?");
        strings(attribute.get("headers")).map(move |header| (header, name))
    });
    for (header, name) in keys.chain(headers) {
        if let Some(other) = claimed.insert(folded(header), name.to_owned()) {
            let advice =
                format!("header `{header}` stands in `{other}` and in `{name}`: decide for one");
            findings.push(Finding::new(&file.path, line_of(&file.text, name), advice));
        }
    }
    findings
}

fn strings(list: Option<&toml::Value>) -> impl Iterator<Item = &str> {
    list.and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
}

/// As recognition reads it: case, blanks and underscores do not matter.
fn folded(header: &str) -> String {
    header
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .collect()
}

fn line_of(text: &str, name: &str) -> usize {
    let declaration = format!("name = \"{name}\"");
    text.lines()
        .position(|line| line == declaration)
        .map_or(1, |position| position + 1)
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn a_header_that_two_attributes_claim_is_found_whatever_its_case() {
        let pack = "key_headers = [\"id\"]\n[[attribute]]\nname = \"sex\"\nheaders = [\"sex\", \"I D\"]\n[[attribute]]\nname = \"kind\"\nheaders = [\"SEX_\"]\n";
        let tree = Tree::of(&[("packs/cn-base/attributes.toml", pack)]);
        assert_eq!(
            listed(&check(&tree)),
            "packs/cn-base/attributes.toml:3: header `I D` stands in `key_headers` and in `sex`: decide for one\n\
             packs/cn-base/attributes.toml:6: header `SEX_` stands in `sex` and in `kind`: decide for one"
        );
    }
}
