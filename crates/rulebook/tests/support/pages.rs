//! The pages of `docs/rulebook`, and the packs that stand on them.

use std::collections::BTreeMap;

const HEAD: &str = include_str!("../../../../docs/rulebook/README.md");
/// Each kind with its page.
pub const PAGES: [(&str, &str); 12] = [
    ("bands", include_str!("../../../../docs/rulebook/bands.md")),
    (
        "calendar",
        include_str!("../../../../docs/rulebook/calendar.md"),
    ),
    ("clock", include_str!("../../../../docs/rulebook/clock.md")),
    (
        "completeness",
        include_str!("../../../../docs/rulebook/completeness.md"),
    ),
    (
        "condition",
        include_str!("../../../../docs/rulebook/condition.md"),
    ),
    (
        "decision",
        include_str!("../../../../docs/rulebook/decision.md"),
    ),
    (
        "derived",
        include_str!("../../../../docs/rulebook/derived.md"),
    ),
    (
        "dictionary",
        include_str!("../../../../docs/rulebook/dictionary.md"),
    ),
    ("mask", include_str!("../../../../docs/rulebook/mask.md")),
    (
        "sampling",
        include_str!("../../../../docs/rulebook/sampling.md"),
    ),
    (
        "scorecard",
        include_str!("../../../../docs/rulebook/scorecard.md"),
    ),
    (
        "survivorship",
        include_str!("../../../../docs/rulebook/survivorship.md"),
    ),
];

/// The TOML of a page.
fn toml(page: &str) -> &str {
    let (_, rest) = page.split_once("```toml\n").unwrap_or_default();
    rest.split_once("```\n").unwrap_or_default().0
}

/// `pack.toml` as the first page writes it.
pub fn head() -> &'static str {
    toml(HEAD)
}

/// The rules of a page.
pub fn rules(page: &'static str) -> &'static str {
    toml(page)
}

/// A pack of these two files.
pub fn files(head: &str, rules: &str) -> BTreeMap<String, String> {
    let files = [("pack.toml", head), ("rules.toml", rules)];
    files
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into()
}
