//! Laws of comparison over any names, and mutated names in the way of the fuzz targets.

use std::time::{Duration, Instant};

use names::{NameKind, PreparedName, compare, fold, keys};
use proptest::prelude::*;

const KINDS: [NameKind; 2] = [NameKind::Person, NameKind::Organisation];

/// Names that look like names, so that the deep parts are reached.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[张章欧阳司马三丰伟玮喆？*·（）曾用名：a-z ]{0,8}",
        "(zhang|MA|Wei|Tse-tung|lü|Jack|Mr|bin|al-|Abd|Rahman|Ivanovich|é|,|\\(|a\\.k\\.a\\.|1)( |-|, )?{0,4}",
        "(Мухаммад|Иван|محمد|عبد الرحمن|김정은|ひろ|Γιάννης)( ){0,3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn comparison_is_symmetric_and_within_bounds(left in name(), right in name()) {
        for kind in KINDS {
            let comparison = compare(kind, &left, &right);
            prop_assert!((0.0..=1.0).contains(&comparison.score));
            prop_assert_eq!(comparison, compare(kind, &right, &left));
            prop_assert!(!comparison.reasons.is_empty());
        }
    }

    #[test]
    fn a_name_is_itself(name in name()) {
        let comparison = compare(NameKind::Person, &name, &name);
        let empty = fold(&name).is_empty();
        let expected = if empty { 0.0 } else { 1.0 };
        prop_assert!((comparison.score - expected).abs() < 1e-9);
    }

    #[test]
    fn case_width_and_blanks_change_nothing(
        name in "([张欧阳三丰伟]{2,4}|(zhang|ma|wei|john|de|smith|abd|rahman)( (zhang|ma|wei|john|de|smith|abd|rahman)){0,3})",
        other in "([张欧阳三丰伟]{2,4}|(zhang|ma|wei|john|de|smith|abd|rahman)( (zhang|ma|wei|john|de|smith|abd|rahman)){0,3})",
    ) {
        let wide: String = name
            .to_uppercase()
            .chars()
            .map(|it| match it {
                ' ' => '\u{3000}',
                'A'..='Z' => char::from_u32(u32::from(it) + 0xfee0).unwrap(),
                _ => it,
            })
            .collect();
        let written = compare(NameKind::Person, &name, &other).score;
        let rewritten = compare(NameKind::Person, &format!(" {wide}\t"), &other).score;
        prop_assert!((written - rewritten).abs() < 1e-6, "{} {}", written, rewritten);
        prop_assert_eq!(keys(NameKind::Person, &name), keys(NameKind::Person, &wide));
    }

    #[test]
    fn a_prepared_name_compares_like_the_text(left in name(), right in name()) {
        let prepared = PreparedName::new(&left).compare(&PreparedName::new(&right));
        let compared = compare(NameKind::Person, &left, &right);
        // Only the comparison of texts sees that two are written the same.
        if left != right {
            prop_assert_eq!(prepared, compared);
        }
    }

    #[test]
    fn keys_are_sorted_few_and_there_when_letters_are(name in name()) {
        let found = keys(NameKind::Person, &name);
        prop_assert!(found.is_sorted() && found.len() <= 200);
    }
}

#[test]
fn very_long_names_are_compared_quickly() {
    let begun = Instant::now();
    for unit in ["张", "a ", "al-", "(", "曾用名：张", "м", "ع", "\u{300}"] {
        let long = unit.repeat(200_000);
        for kind in KINDS {
            compare(kind, &long, &format!("{long}x"));
        }
        assert!(keys(NameKind::Person, &long).len() < 1_000);
    }
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
}
