//! Laws of checking, detecting and repairing, over generated texts of every kind.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

mod valid;

use identifiers::{
    Change, IdentifierKind, PersonIdNumber, Repair, RowContext, check, detect, identify, repairs,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// The same text in full width.
fn full_width(text: &str) -> String {
    let widen = |found: char| match found {
        '!'..='~' => char::from_u32(found as u32 + 0xfee0).unwrap(),
        _ => found,
    };
    text.chars().map(widen).collect()
}

/// A character replaced by another of the same sort.
fn mistyped(text: &str, place: usize, shift: u8) -> String {
    let mut characters = text.as_bytes().to_vec();
    let found = &mut characters[place];
    *found = match *found {
        b'0'..=b'9' => b'0' + (*found - b'0' + shift % 9 + 1) % 10,
        letter => b'A' + (letter.to_ascii_uppercase() - b'A' + shift % 25 + 1) % 26,
    };
    String::from_utf8(characters).unwrap()
}

fn is_one_edit_away(from: &str, repair: &Repair) -> bool {
    let (from, to) = (from.as_bytes(), repair.text().as_bytes());
    let differing: Vec<usize> = (0..from.len().min(to.len()))
        .filter(|&place| from[place] != to[place])
        .collect();
    match repair.change {
        Change::Replaced { position, .. } => from.len() == to.len() && differing == [position - 1],
        Change::Swapped { position, .. } => {
            from.len() == to.len() && differing == [position - 1, position]
        }
        Change::Removed { .. } => from.len() == to.len() + 1,
        Change::Inserted { .. } => from.len() + 1 == to.len(),
        Change::LookAlikes { count, .. } => differing.len() == count,
    }
}

proptest! {
    #[test]
    fn generated_texts_are_well_formed((kind, text) in valid::any_kind()) {
        let checked = check(kind, &text);
        prop_assert!(checked.is_valid(), "{kind} {text}: {:?}", checked.refusal());
    }

    #[test]
    fn the_normal_form_is_well_formed_and_its_own_normal_form((kind, text) in valid::any_kind()) {
        let checked = check(kind, &text);
        let again = check(kind, checked.normal());
        prop_assert_eq!(again.normal(), checked.normal());
    }

    #[test]
    fn width_and_blanks_around_do_not_matter((kind, text) in valid::any_kind()) {
        let normal = check(kind, &text).normal().to_owned();
        for written in [full_width(&text), format!("\u{feff} {text}\u{3000}\t"), text.to_lowercase()] {
            let found = check(kind, &written);
            prop_assert_eq!(found.normal(), &normal, "{}: {:?}", written, found.refusal());
        }
    }

    #[test]
    fn a_text_is_detected_as_its_kind_or_as_another_that_it_is_too((kind, text) in valid::any_kind()) {
        let candidates = detect(&text);
        let own = candidates.iter().find(|found| found.kind == kind);
        let best = candidates.best().unwrap();
        prop_assert!(own.is_some_and(|own| own.valid && own.confidence <= best.confidence));
        prop_assert!(best.valid && check(best.kind, &text).is_valid());
        prop_assert_eq!(identify(&text).unwrap().kind, best.kind);
    }

    #[test]
    fn candidates_come_the_likeliest_first(text in any::<String>(), near in "[0-9A-Z+ -]{0,24}") {
        for text in [text, near] {
            let confidences: Vec<u8> = detect(&text).iter().map(|found| found.confidence).collect();
            prop_assert!(confidences.is_sorted_by(|before, after| before >= after));
            prop_assert!(confidences.iter().all(|confidence| (1..=99).contains(confidence)));
        }
    }

    #[test]
    fn a_mistyped_character_is_caught_and_the_true_number_is_among_the_repairs(
        (kind, text) in valid::with_check(), place in any::<Index>(), shift in any::<u8>(),
    ) {
        let wrong = mistyped(&text, place.index(text.len()), shift);
        // The check of organisation codes is taken modulo 11 of values up to 35, so that some
        // letters stand for each other; and a letter may stand for a digit of another share.
        let weak = kind == IdentifierKind::OrganisationCode || kind == IdentifierKind::Lei;
        if check(kind, &wrong).is_valid() {
            prop_assert!(weak, "{text} {wrong}");
        } else {
            let found = repairs(kind, &wrong, &RowContext::default());
            prop_assert!(found.iter().any(|repair| repair.text() == text), "{wrong} {found:?}");
            prop_assert!(found.outright().is_none());
        }
    }

    #[test]
    fn swapped_neighbours_are_caught_or_the_true_number_is_among_the_repairs(
        (kind, text) in valid::with_check(), place in any::<Index>(),
    ) {
        let place = place.index(text.len() - 1);
        let mut characters = text.clone().into_bytes();
        characters.swap(place, place + 1);
        let wrong = String::from_utf8(characters).unwrap();
        if !check(kind, &wrong).is_valid() {
            let found = repairs(kind, &wrong, &RowContext::default());
            prop_assert!(found.iter().any(|repair| repair.text() == text), "{wrong} {found:?}");
        }
    }

    #[test]
    fn a_missing_or_a_further_character_is_found(
        (kind, text) in valid::with_check(), place in any::<Index>(), further in "[0-9]",
    ) {
        let place = place.index(text.len());
        let (mut short, mut long) = (text.clone(), text.clone());
        short.remove(place);
        long.insert_str(place, &further);
        for wrong in [short, long] {
            // Cards have many lengths, and a card of another length is judged as it is.
            if kind != IdentifierKind::BankCard && !check(kind, &wrong).is_valid() && wrong.len() != 15 {
                let found = repairs(kind, &wrong, &RowContext::default());
                prop_assert!(found.iter().any(|repair| repair.text() == text), "{wrong} {found:?}");
            }
        }
    }

    #[test]
    fn each_repair_is_well_formed_and_one_edit_away(
        kind in proptest::sample::select(&IdentifierKind::ALL[..]),
        text in "[0-9A-Z]{8,21}", (_, near) in valid::with_check(), shift in any::<u8>(), place in any::<Index>(),
    ) {
        let near = mistyped(&near, place.index(near.len()), shift);
        for text in [text, near] {
            for repair in repairs(kind, &text, &RowContext::default()).iter() {
                prop_assert!(check(kind, repair.text()).is_valid());
                prop_assert!(is_one_edit_away(&text, &repair), "{text} {repair:?}");
            }
        }
    }

    #[test]
    fn what_is_proposed_outright_agrees_with_the_row(
        number in valid::resident_id(), place in 0_usize..18, shift in any::<u8>(),
    ) {
        let truth = PersonIdNumber::parse(&number).unwrap().number();
        let row = RowContext {
            birth_date: Some(truth.birth_date()),
            sex: Some(truth.sex()),
            division: Some(truth.division()),
        };
        let wrong = mistyped(&number, place, shift);
        let found = repairs(IdentifierKind::ResidentId, &wrong, &row);
        if let Some(repair) = found.outright() {
            prop_assert_eq!(repair.text(), truth.as_str());
        }
        // A slip in the birth date, which the row states, leaves one repair only.
        if (6..14).contains(&place) {
            prop_assert!(found.outright().is_some(), "{wrong} {found:?}");
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>(), near in "[0-9A-Za-z０-９Ａ-Ｚ京军字第号使@.+() -]{0,26}") {
        for text in [text, near] {
            for kind in IdentifierKind::ALL {
                let checked = check(kind, &text);
                let _ = (checked.normal(), checked.parts().to_string(), checked.findings);
                let _ = checked.refusal().map(|refusal| (refusal.code(), refusal.zh(), refusal.to_string()));
                let _ = repairs(kind, &text, &RowContext::default());
            }
            let _ = detect(&text);
        }
    }
}

/// Of so many generated texts of a kind, how many are detected as it before any other.
#[test]
fn most_texts_are_detected_as_their_kind() {
    const TEXTS: usize = 200;
    let mut runner = TestRunner::deterministic();
    for kind in IdentifierKind::ALL {
        let mut is_hit = |_: &usize| {
            let text = valid::text(kind).new_tree(&mut runner).unwrap().current();
            identify(&text).unwrap().kind == kind
        };
        let hits = (0..TEXTS).filter(&mut is_hit).count();
        // Nine digits may be the number of a household register; nothing tells that they are.
        let least = if kind == IdentifierKind::HouseholdRegister {
            0
        } else {
            TEXTS * 95 / 100
        };
        assert!(hits >= least, "{kind}: {hits} of {TEXTS}");
    }
}
