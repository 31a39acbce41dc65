//! Whole words in Rust identifiers: the abbreviations that breed are refused.

use super::finding::Finding;
use super::tree::Tree;

const REFUSED: [(&str, &str); 8] = [
    ("cust", "customer"),
    ("cfg", "settings"),
    ("ctx", "the thing it is"),
    ("mgr", "the noun it manages"),
    ("svc", "the capability"),
    ("dto", "request, domain type or row"),
    ("utils", "the noun it serves"),
    ("helpers", "the noun it serves"),
];

/// Looks at identifiers, part by part; `cfg` as Rust's own attribute is Rust's.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.with_ending(".rs") {
        for (number, line) in super::blanked::code(&file.text).lines().enumerate() {
            if line.contains("cfg(") || line.contains("cfg!(") || line.contains("cfg_attr(") {
                continue;
            }
            let mut parts = identifiers(line).flat_map(parts);
            let found = parts.find_map(|part| REFUSED.iter().find(|(short, _)| *short == part));
            if let Some((short, instead)) = found {
                let advice = format!("`{short}` in a name: write {instead}");
                findings.push(Finding::new(&file.path, number + 1, advice));
            }
        }
    }
    findings
}

fn identifiers(line: &str) -> impl Iterator<Item = &str> {
    line.split(|character: char| !character.is_alphanumeric() && character != '_')
}

/// `cust`, `id` of `cust_id` and of `CustId`.
fn parts(identifier: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for character in identifier.chars() {
        if character == '_' || character.is_uppercase() {
            parts.push(String::new());
        }
        if character != '_'
            && let Some(part) = parts.last_mut()
        {
            part.extend(character.to_lowercase());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::finding::listed;
    use super::*;

    #[test]
    fn abbreviations_are_found_in_snake_and_camel_case_but_not_in_strings() {
        let text =
            "#[cfg(test)]\nlet custom = \"cust_id\";\nlet cust_id = 1;\nstruct CustomerDto;\n";
        let tree = Tree::of(&[("a.rs", text)]);
        assert_eq!(
            listed(&check(&tree)),
            "a.rs:3: `cust` in a name: write customer\na.rs:4: `dto` in a name: write request, domain type or row"
        );
    }
}
