//! Generated well-formed texts of every kind.

use identifiers::check::{luhn, mod_11_2, mod_11_10, mod_31_3, mod_97_10, organisation_code};
use identifiers::{Division, IdentifierKind, divisions};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const BIRTH: &str = "(19[2-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])";

/// A well-formed text of a kind, as it is usually written.
pub fn text(kind: IdentifierKind) -> BoxedStrategy<String> {
    match kind {
        IdentifierKind::ResidentId => resident_id().boxed(),
        IdentifierKind::CreditCode => credit_code().boxed(),
        IdentifierKind::OrganisationCode => organisation("[0-9A-Z]{8}").boxed(),
        IdentifierKind::RegistrationNumber => registration_number().boxed(),
        IdentifierKind::TaxNumber => tax_number().boxed(),
        IdentifierKind::HongKongMacaoPermit => written("[HM][0-9]{8}([0-9]{2})?"),
        IdentifierKind::TaiwanPermit => written("[0-9]{8}|[0-9]{10}[A-Z]|[0-9]{10}\\([A-Z]\\)"),
        IdentifierKind::ResidencePermit => with_mod_11_2(&format!("8[123]0000{BIRTH}[0-9]{{3}}")),
        IdentifierKind::PermanentResidentCard => permanent_resident_card(),
        IdentifierKind::Passport => {
            written("E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP]E[0-9]{7}|MA[0-9]{7}")
        }
        IdentifierKind::HouseholdRegister => written("[0-9]{9}"),
        IdentifierKind::MilitaryId => written("[军士文海空后]字第[0-9]{7}号"),
        IdentifierKind::PoliceId => written("武字第[0-9]{8}号"),
        IdentifierKind::Mobile => {
            written("1[3-9][0-9]{9}|\\+861[3-9][0-9]{9}|10[0-9]{11}|14[0-9]{11}")
        }
        IdentifierKind::FixedLine => {
            written("0(10|2[0-9])-?[2-8][0-9]{7}|0[3-9][0-9]{2}-[2-8][0-9]{6,7}(-[0-9]{3,4})?")
        }
        IdentifierKind::BankCard => bank_card().boxed(),
        IdentifierKind::Postcode => written("(10|20|3[0-6]|4[0-7]|5[1-7]|6[1-7])[0-9]{4}"),
        IdentifierKind::Plate => {
            written("[京沪粤苏][A-HJ-NP-Z]([0-9]{5}|[DF][0-9]{5}|[0-9]{5}[DF]|[0-9]{4}[警学挂])")
        }
        IdentifierKind::Lei => lei().boxed(),
        IdentifierKind::Email => {
            written("[a-z][a-z0-9._]{0,8}[a-z0-9]@[a-z][a-z0-9]{1,8}\\.(com|cn)")
                .prop_filter("no two dots", |text| !text.contains(".."))
                .boxed()
        }
        IdentifierKind::DivisionCode => division_code().boxed(),
    }
}

/// Every kind, with a well-formed text of it.
pub fn any_kind() -> impl Strategy<Value = (IdentifierKind, String)> {
    select(&IdentifierKind::ALL[..]).prop_flat_map(|kind| (Just(kind), text(kind)))
}

/// Kinds whose numbers are protected by a check.
pub fn with_check() -> impl Strategy<Value = (IdentifierKind, String)> {
    let kinds = vec![
        IdentifierKind::ResidentId,
        IdentifierKind::CreditCode,
        IdentifierKind::OrganisationCode,
        IdentifierKind::RegistrationNumber,
        IdentifierKind::ResidencePermit,
        IdentifierKind::BankCard,
        IdentifierKind::Lei,
    ];
    select(kinds).prop_flat_map(|kind| (Just(kind), text(kind)))
}

pub fn resident_id() -> impl Strategy<Value = String> {
    (division(), tail(&format!("{BIRTH}[0-9]{{3}}"))).prop_map(|(division, tail)| {
        let body = format!("{}{tail}", division.code());
        with(&body, mod_11_2(body.as_bytes()))
    })
}

fn division() -> impl Strategy<Value = Division> {
    let of = |index: Index| divisions().nth(index.index(divisions().len())).unwrap();
    any::<Index>().prop_map(of)
}

fn credit_code() -> impl Strategy<Value = String> {
    (
        tail("[1-9ANY][1-39]"),
        division(),
        organisation("[0-9A-HJ-NP-RTUWXY]{8}"),
    )
        .prop_map(|(head, division, organisation)| {
            let body = format!("{head}{}{organisation}", division.code());
            with(&body, mod_31_3(body.as_bytes()))
        })
}

fn organisation(body: &str) -> impl Strategy<Value = String> + use<> {
    tail(body).prop_map(|body| {
        with(
            &body,
            organisation_code(body.as_bytes().try_into().unwrap()),
        )
    })
}

fn registration_number() -> impl Strategy<Value = String> {
    (division(), tail("[0-9]{8}")).prop_map(|(division, sequence)| {
        let body = format!("{}{sequence}", division.code());
        with(&body, mod_11_10(body.as_bytes()))
    })
}

fn tax_number() -> impl Strategy<Value = String> {
    let old = (division(), organisation("[0-9A-Z]{8}"))
        .prop_map(|(division, organisation)| format!("{}{organisation}", division.code()));
    let person = resident_id().prop_map(|number| format!("{number}00"));
    prop_oneof![old, person]
}

fn permanent_resident_card() -> BoxedStrategy<String> {
    let new = with_mod_11_2(&format!("9(11|31|44)(840|124|392){BIRTH}[0-9]{{3}}"));
    let old = tail("(USA|CAN|JPN)(1100|3100)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{2}");
    prop_oneof![new, old].boxed()
}

fn bank_card() -> impl Strategy<Value = String> {
    tail("62[0-9]{13}|62[0-9]{16}|4[0-9]{14}").prop_map(|body| with(&body, luhn(body.as_bytes())))
}

fn lei() -> impl Strategy<Value = String> {
    tail("[0-9]{4}00[A-Z0-9]{12}").prop_map(|body| {
        let check = mod_97_10(body.as_bytes()).unwrap();
        format!("{body}{check:02}")
    })
}

fn division_code() -> impl Strategy<Value = String> {
    (division(), tail("|[0-9]{3}|[0-9]{6}"))
        .prop_map(|(division, tail)| format!("{}{tail}", division.code()))
}

fn with_mod_11_2(body: &str) -> BoxedStrategy<String> {
    tail(body)
        .prop_map(|body| with(&body, mod_11_2(body.as_bytes())))
        .boxed()
}

fn written(pattern: &str) -> BoxedStrategy<String> {
    tail(pattern).boxed()
}

fn tail(pattern: &str) -> impl Strategy<Value = String> + use<> {
    proptest::string::string_regex(pattern).unwrap()
}

fn with(body: &str, check: Option<u8>) -> String {
    format!("{body}{}", char::from(check.unwrap()))
}
