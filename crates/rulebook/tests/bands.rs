//! Band tables: without gap or overlap, for whole numbers, numbers and days.

mod support;

use proptest::prelude::*;
use rulebook::{Pack, Type};
use support::{SAID, facts, loaded, refused, verdict};

/// A table over `a.age` of this type, with three bands.
fn ages(kind: &str, bounds: [&str; 4], values: [&str; 3]) -> String {
    let label = "label = { zh = \"档\", en = \"a band\" }";
    let [young, from, to, old] = bounds;
    let [one, two, three] = values;
    let declared = facts(&[&format!("a.age {kind}")]);
    let bands = format!(
        "band = [\n{{ id = \"young\", {label}, {young} }},\n{{ id = \"grown\", {label}, {from}, {to} }},\n{{ id = \"old\", {label}, {old} }},\n]\n"
    );
    let shown = |value: &str, band: &str| {
        format!("{{ given = {{ \"a.age\" = {value} }}, expect = \"{band}\" }},\n")
    };
    let shown = shown(one, "young") + &shown(two, "grown") + &shown(three, "old");
    format!(
        "{declared}[[bands]]\nid = \"ages\"\n{SAID}of = 'a.age'\n{bands}example = [\n{shown}{{ given = {{}}, expect = \"missing\" }},\n]\n"
    )
}

fn whole() -> String {
    let bounds = ["up_to = 17", "from = 18", "below = 60", "from = 60"];
    ages("integer", bounds, ["17", "18", "60"])
}

#[track_caller]
fn band(pack: &Pack, age: &str) -> String {
    verdict(pack, "ages", &format!("\"a.age\" = {age}")).outcome
}

#[test]
fn a_whole_number_up_to_17_is_one_below_18() {
    let (pack, coverage) = loaded(&whole());
    assert_eq!((coverage.covered, coverage.examples), (1, 4));
    let found = ["-5", "17", "18", "59", "60", "900"].map(|age| band(&pack, age));
    assert_eq!(found, ["young", "young", "grown", "grown", "old", "old"]);
}

#[test]
fn the_bound_of_a_number_belongs_to_the_band_that_says_so() {
    let bounds = ["up_to = 17.5", "above = 17.5", "below = 60", "from = 60"];
    let (pack, _) = loaded(&ages("number", bounds, ["17.5", "17.51", "60"]));
    assert_eq!(band(&pack, "17.500000001"), "grown");
    assert_eq!(band(&pack, "59.999999999"), "grown");
}

#[test]
fn days_fall_into_bands_too() {
    let bounds = [
        "up_to = 2026-01-31",
        "from = 2026-02-01",
        "below = \"2026-03-01\"",
        "from = 2026-03-01",
    ];
    let days = ["2026-01-31", "2026-02-28", "2026-03-01"];
    let rules = ages("date", bounds, days);
    let (pack, _) = loaded(&rules);
    assert_eq!(band(&pack, "1999-12-31"), "young");
    let rulebook::Rule::Bands(bands) = support::rule(&pack, "ages") else {
        panic!("no bands");
    };
    let end = bands.bands[0].end.map(|end| end.written(Type::Date));
    assert_eq!(end.as_deref(), Some("2026-02-01"));
    refused(
        &rules,
        "from = 2026-03-01",
        "from = 20513",
        "number",
        "20513",
    );
}

#[test]
fn gaps_overlaps_and_missing_bounds_are_told_at_their_band() {
    let rules = whole();
    let grown = "{ id = \"grown\"";
    refused(&rules, "from = 18", "from = 19", "bands", grown);
    refused(&rules, "from = 18", "from = 17", "bands", grown);
    refused(&rules, "from = 18", "above = 18", "bands", grown);
    refused(&rules, "from = 18, ", "", "bands", grown);
    refused(&rules, "from = 18, below = 60", "from = 18", "bands", grown);
    refused(
        &rules,
        "up_to = 17",
        "from = 1, up_to = 17",
        "bands",
        "{ id = \"young\"",
    );
    refused(
        &rules,
        ", from = 60",
        ", from = 60, up_to = 90",
        "bands",
        "{ id = \"old\"",
    );
    refused(
        &rules,
        "below = 60",
        "below = \"many\"",
        "number",
        "\"many\"",
    );
    refused(&rules, "from = 18", "from = 18, above = 18", "bands", "18");
}

#[test]
fn a_band_that_ends_before_it_begins_is_told() {
    let rules = whole()
        .replace("below = 60", "below = 18")
        .replace(", from = 60", ", from = 18");
    let found = support::mistakes(&rules);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("bands: { id = \"grown\""), "{found:?}");
}

#[test]
fn what_is_no_number_lies_in_no_band() {
    let bounds = ["up_to = 1", "above = 1", "below = 60", "from = 60"];
    let rules = ages("number", bounds, ["1", "2", "60"]);
    let rules = rules.replace("of = 'a.age'", "of = 'a.age / a.age * a.age'");
    let (pack, _) = loaded(&rules);
    assert_eq!(band(&pack, "0"), "missing");
}

proptest! {
    #[test]
    fn every_number_lies_in_exactly_the_band_that_holds_it(age in -1_000_i64..1_000) {
        let (pack, _) = loaded(&whole());
        let expected = if age < 18 { "young" } else if age < 60 { "grown" } else { "old" };
        prop_assert_eq!(band(&pack, &age.to_string()), expected);
    }
}
