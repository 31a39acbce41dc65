//! Masks and survivorship: what packs say of one attribute.

mod support;

use support::{SAID, loaded, refused};

fn mask(shape: &str, given: &str, expect: &str) -> String {
    format!(
        "[[mask]]\nid = \"shown\"\n{SAID}attribute = \"mobile\"\nshape = \"{shape}\"\nexample = [{{ given = \"{given}\", expect = \"{expect}\" }}]\n"
    )
}

fn survivorship(criteria: &str, expect: &str) -> String {
    let values = r#"{ value = "短", valid = true, trust = 9, observed = 2026-01-01, records = 1 },
    { value = "长一些", valid = true, trust = 3, observed = 2026-03-01, records = 2 },
    { value = "错", valid = false, trust = 9, observed = 2026-06-01, records = 5 },
    { value = "谁知道", trust = 1 }"#;
    format!(
        "[[survivorship]]\nid = \"best\"\n{SAID}attribute = \"mobile\"\ncriteria = [{criteria}]\nexample = [{{ given = [{values}], expect = \"{expect}\" }}]\n"
    )
}

#[test]
fn a_mask_leaves_what_its_example_shows() {
    for (shape, given, expect) in [
        ("keep:3:4", "13800138000", "138****8000"),
        ("keep:3:4", "1380013", "*******"),
        ("all", "王小明", "***"),
        ("date_year", "1988-02-29", "1988-**-**"),
        ("email", "zhang.san@qq.com", "z********@qq.com"),
        (
            "address_district",
            "北京市海淀区中关村大街1号",
            "北京市海淀区*******",
        ),
    ] {
        let (_, coverage) = loaded(&mask(shape, given, expect));
        assert_eq!(coverage.covered, 1, "{shape}");
    }
}

#[test]
fn mistakes_of_a_mask_are_told_once() {
    let rules = mask("keep:3:4", "13800138000", "138****8000");
    refused(&rules, "keep:3:4", "keep:3", "mask", "\"keep:3\"");
    refused(&rules, "keep:3:4", "hide", "mask", "\"hide\"");
    refused(&rules, "138****8000", "138***8000", "example", "{ given");
    refused(
        &rules,
        "attribute = \"mobile\"\n",
        "",
        "missing",
        "[[mask]]",
    );
    refused(
        &rules,
        "given = \"13800138000\", ",
        "",
        "missing",
        "{ expect",
    );
}

#[test]
fn criteria_are_asked_in_order_until_one_tells_values_apart() {
    for (criteria, expect) in [
        ("\"valid\", \"trust\"", "短"),
        ("\"valid\", \"newest\"", "长一些"),
        ("\"trust\", \"newest\"", "错"),
        ("\"valid\", \"longest\"", "长一些"),
        ("\"frequent\"", "错"),
        ("\"longest\", \"valid\"", "长一些"),
    ] {
        let (_, coverage) = loaded(&survivorship(criteria, expect));
        assert_eq!(coverage.covered, 1, "{criteria}");
    }
}

#[test]
fn mistakes_of_survivorship_are_told_once() {
    let rules = survivorship("\"valid\", \"trust\"", "短");
    refused(
        &rules,
        "\"valid\", \"trust\"",
        "\"valid\", \"luck\"",
        "criterion",
        "\"luck\"",
    );
    refused(
        &rules,
        "\"valid\", \"trust\"",
        "\"luck\"",
        "criterion",
        "\"luck\"",
    );
    refused(
        &rules,
        "\"valid\", \"trust\"",
        "",
        "missing",
        "[[survivorship]]",
    );
    refused(
        &rules,
        "expect = \"短\"",
        "expect = \"长一些\"",
        "example",
        "{ given",
    );
    refused(&rules, "trust = 3", "trust = -3", "number", "-3");
    refused(
        &rules,
        "valid = false",
        "valid = \"no\"",
        "wrong_type",
        "\"no\"",
    );
    refused(&rules, "observed = 2026-03-01", "observed = 3", "date", "3");
    refused(&rules, "value = \"短\", ", "", "missing", "{ valid");
}
