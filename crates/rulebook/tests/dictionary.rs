//! Dictionaries: what a text means, and that it means one thing.

mod support;

use rulebook::{Dictionary, Pack, Rule};
use support::{SAID, loaded, refused, rule};

fn kinds() -> String {
    let shown = "example = [\n{ given = \"身份证\", expect = \"11\" },\n{ given = \"驾驶证\", expect = \"missing\" },\n]\n";
    let code = |code: &str, zh: &str, rest: &str| {
        format!(
            "[[dictionary.code]]\ncode = \"{code}\"\nlabel = {{ zh = \"{zh}\", en = \"document {code}\" }}\n{rest}"
        )
    };
    format!("[[dictionary]]\nid = \"documents\"\n{SAID}{shown}")
        + &code("1", "证件", "")
        + &code(
            "11",
            "居民身份证",
            "written = [\"身份证\", \"ID card\"]\nparent = \"1\"\n",
        )
        + &code("14", "护照", "written = [\"PASSPORT\"]\nparent = \"1\"\n")
}

fn dictionary(pack: &Pack) -> &Dictionary {
    let Rule::Dictionary(dictionary) = rule(pack, "documents") else {
        panic!("no dictionary");
    };
    dictionary
}

#[test]
fn a_code_is_found_by_itself_its_labels_and_how_files_write_it() {
    let (pack, coverage) = loaded(&kinds());
    assert_eq!((coverage.covered, coverage.examples), (1, 2));
    let found = |text| dictionary(&pack).find(text).map(|code| code.code.as_str());
    for text in ["14", "护照", "Document 14", " passport ", "PassPort"] {
        assert_eq!(found(text), Some("14"), "{text}");
    }
    for text in ["", "照", "15", "pass port"] {
        assert_eq!(found(text), None, "{text}");
    }
    let passport = dictionary(&pack).find("护照").unwrap();
    assert_eq!(passport.parent, Some(0));
}

#[test]
fn a_text_that_means_two_codes_is_told_once() {
    let rules = kinds();
    let second = "[[dictionary.code]]";
    refused(&rules, "\"PASSPORT\"", "\"id CARD\"", "twice", second);
    refused(&rules, "code = \"14\"", "code = \"11\"", "twice", second);
    refused(&rules, "zh = \"护照\"", "zh = \"证件\"", "twice", second);
    // To write the same code twice in other letters is no mistake.
    loaded(&rules.replace("[\"PASSPORT\"]", "[\"PASSPORT\", \"passport\", \"护照\"]"));
}

#[test]
fn mistakes_of_a_dictionary_are_told_once() {
    let rules = kinds();
    refused(
        &rules,
        "parent = \"1\"\n",
        "parent = \"2\"\n",
        "unknown_code",
        "\"2\"",
    );
    refused(
        &rules,
        "parent = \"1\"\n",
        "parent = \"14\"\n",
        "unknown_code",
        "\"14\"",
    );
    refused(
        &rules,
        "expect = \"11\"",
        "expect = \"12\"",
        "expect",
        "\"12\"",
    );
    refused(
        &rules,
        "expect = \"11\"",
        "expect = \"14\"",
        "example",
        "{ given",
    );
    refused(&rules, "given = \"身份证\", ", "", "missing", "{ expect");
    refused(
        &rules,
        "{ given = \"驾驶证\", expect = \"missing\" },\n",
        "",
        "missing_example",
        "[[dictionary]]",
    );
}
