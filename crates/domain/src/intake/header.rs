//! Header recognition (表头识别, R2.2): what a column is called, in Chinese or English.

use std::collections::HashMap;

use crate::register::Catalogue;

/// What a column seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The name of an attribute; none where nobody recognises the header.
    pub attribute: Option<String>,
    /// How sure, in percent: 100 for a declared header, 80 for one with a note in brackets.
    pub confidence: u8,
}

/// Recognises the headers of a file. An attribute that a party has once goes to the first column
/// that is called so; a second one is left unknown rather than guessed.
pub fn recognise(catalogue: &Catalogue, headers: &[String]) -> Vec<Suggestion> {
    let mut known: HashMap<String, &str> = HashMap::new();
    for attribute in catalogue.attributes() {
        let labels = [&attribute.name, &attribute.label.zh, &attribute.label.en];
        for header in attribute.headers.iter().chain(labels) {
            known.entry(folded(header)).or_insert(&attribute.name);
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    headers
        .iter()
        .map(|header| {
            let exact = known.get(folded(header).as_str()).map(|name| (*name, 100));
            let noted = || {
                known
                    .get(folded(without_note(header)).as_str())
                    .map(|name| (*name, 80))
            };
            let found = exact.or_else(noted).filter(|(name, _)| {
                let multiple = catalogue
                    .named(name)
                    .is_some_and(|attribute| attribute.multiple);
                multiple || !taken.contains(name)
            });
            if let Some((name, _)) = found {
                taken.push(name);
            }
            Suggestion {
                attribute: found.map(|(name, _)| name.to_owned()),
                confidence: found.map_or(0, |(_, confidence)| confidence),
            }
        })
        .collect()
}

/// Case, blanks and joining marks do not matter in a header.
fn folded(header: &str) -> String {
    names::fold(header)
        .chars()
        .filter(|character| !character.is_whitespace() && !"_-/.:：*".contains(*character))
        .collect()
}

/// A header without the note behind it: `手机号码（必填）`, `name (required)`.
fn without_note(header: &str) -> &str {
    let header = header.trim().trim_start_matches('*');
    header
        .split(['(', '（', '[', '【', '\n'])
        .next()
        .unwrap_or(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognised(headers: &[&str]) -> Vec<(String, u8)> {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        recognise(&catalogue, &headers)
            .into_iter()
            .map(|found| (found.attribute.unwrap_or_default(), found.confidence))
            .collect()
    }

    fn found(name: &str, confidence: u8) -> (String, u8) {
        (name.to_owned(), confidence)
    }

    #[test]
    fn headers_are_known_in_both_languages() {
        assert_eq!(
            recognised(&[
                "客户姓名",
                "full_name",
                "证件号码",
                "Date of Birth",
                "手机号码（必填）",
                "星座"
            ]),
            [
                found("name", 100),
                found("", 0),
                found("identity_number", 100),
                found("birth_date", 100),
                found("mobile", 80),
                found("", 0),
            ]
        );
    }

    #[test]
    fn a_record_number_is_no_attribute() {
        assert_eq!(
            recognised(&["record_id", "rec_id", "记录编号"]),
            vec![found("", 0); 3]
        );
    }
}
