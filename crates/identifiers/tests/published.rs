//! Numbers that standards, issuers and other packages publish or test themselves with: none of the
//! valid ones is refused, none of the invalid ones accepted.
//!
//! `published.csv` names for each where it stands. What packages and this crate see differently is
//! stated below and explained in `docs/identifiers.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use identifiers::{IdentifierKind, check};

struct Published {
    kind: IdentifierKind,
    text: &'static str,
    valid: bool,
}

fn published() -> impl Iterator<Item = Published> {
    include_str!("published.csv").lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap();
        Published {
            kind: cell().parse().unwrap(),
            text: cell(),
            valid: cell() == "true",
        }
    })
}

#[test]
fn what_others_hold_valid_is_valid_and_what_they_refuse_is_refused() {
    for number in published() {
        let checked = check(number.kind, number.text);
        let refusal = checked.refusal().map(ToString::to_string);
        assert_eq!(
            checked.is_valid(),
            number.valid,
            "{} {}: {refusal:?}",
            number.kind,
            number.text
        );
    }
    assert!(published().count() > 350);
}

#[test]
fn what_others_hold_valid_has_no_better_repair() {
    for number in published().filter(|number| number.valid) {
        let repairs = identifiers::repairs(
            number.kind,
            number.text,
            &identifiers::RowContext::default(),
        );
        assert!(repairs.is_empty(), "{}", number.text);
    }
}

#[track_caller]
fn findings(kind: IdentifierKind, text: &str) -> Vec<&'static str> {
    let checked = check(kind, text);
    assert!(checked.is_valid(), "{text}: {:?}", checked.refusal());
    checked
        .findings
        .iter()
        .map(|finding| finding.code())
        .collect()
}

#[test]
fn a_division_younger_than_its_bearer_is_normal_though_packages_refuse_it() {
    let resident_id = |text| findings(IdentifierKind::ResidentId, text);
    // Refused by python-stdnum 2.2: 110111 was given to Fangshan in 1986.
    assert_eq!(resident_id("110111198012010078"), [""; 0]);
    // Refused by id-validator 1.0.20: 500154 was given to Kaizhou in 2016.
    assert_eq!(resident_id("500154199301135886"), [""; 0]);
}

#[test]
fn a_division_abolished_before_the_birth_is_remarked_though_packages_refuse_it() {
    // Refused by python-stdnum 2.2: 110201 ended before 1993.
    let found = findings(IdentifierKind::ResidentId, "110201199312010077");
    assert_eq!(found, ["division_abolished"]);
}

#[test]
fn soldiers_collectives_and_others_have_credit_codes_though_packages_refuse_them() {
    for authority in "ANY".chars() {
        let body = format!("{authority}1110000600037341");
        let check = char::from(identifiers::check::mod_31_3(body.as_bytes()).unwrap());
        assert_eq!(
            findings(IdentifierKind::CreditCode, &format!("{body}{check}")),
            [""; 0]
        );
    }
}

#[test]
fn a_card_of_union_pay_that_fails_its_check_is_refused_though_a_package_accepts_it() {
    // Accepted by card-validator 10.0.4, which checks no card that begins with 62.
    assert!(!check(IdentifierKind::BankCard, "6221558812340000").is_valid());
}
