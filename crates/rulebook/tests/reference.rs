//! The pages of `docs/rulebook`: every example on them is a pack that loads and is shown from all sides.

#[path = "support/pages.rs"]
mod pages;

use pages::{PAGES, files, head, rules};
use rulebook::{Foundation, load};

const README: &str = include_str!("../../../docs/rulebook/README.md");

#[test]
fn every_page_has_a_pack_that_loads_and_is_covered() {
    for (kind, page) in PAGES {
        let loaded = load(&files(head(), rules(page)), &Foundation::default());
        let (pack, coverage) = match loaded {
            Ok(loaded) => loaded,
            Err(problems) => panic!("{kind}: {}", problems[0]),
        };
        assert_eq!(coverage.covered, coverage.rules, "{kind}");
        assert!(pack.rules.iter().any(|rule| rule.kind() == kind), "{kind}");
    }
}

#[test]
fn every_page_says_what_a_missing_fact_does_and_what_the_limits_are() {
    for (kind, page) in PAGES {
        assert!(page.starts_with(&format!("# `{kind}`\n")), "{kind}");
        for part in [
            "**Missing facts",
            "**Examples**",
            "**Limits.**",
            "| key | type | |",
        ] {
            assert!(page.contains(part), "{kind} has no {part}");
        }
        assert!(
            README.contains(&format!("[{kind}.md]({kind}.md)")),
            "{kind}"
        );
    }
}
