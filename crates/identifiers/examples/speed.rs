//! Prints what a check, a detection and a repair cost:
//! `cargo run --release -p identifiers --example speed [PART OF A NAME]`.

use std::hint::black_box;
use std::time::Instant;

use identifiers::{
    CalendarDate, IdentifierKind, PersonIdNumber, RowContext, UnifiedSocialCreditCode, check,
    detect, repairs,
};

const BATCHES: u32 = 400;
const BATCH: u32 = 500;

/// A well-formed text of every kind, and some that are not.
const CHECKS: [(IdentifierKind, &str, &str); 27] = [
    (
        IdentifierKind::ResidentId,
        "18 characters",
        "11010519491231002X",
    ),
    (IdentifierKind::ResidentId, "15 digits", "110105491231002"),
    (
        IdentifierKind::ResidentId,
        "full width",
        "１１０１０５１９４９１２３１００２Ｘ",
    ),
    (
        IdentifierKind::ResidentId,
        "wrong check digit",
        "110105194912310021",
    ),
    (IdentifierKind::CreditCode, "", "91350100M000100Y43"),
    (
        IdentifierKind::CreditCode,
        "wrong check",
        "91350100M000100Y44",
    ),
    (IdentifierKind::OrganisationCode, "", "D2143569-X"),
    (IdentifierKind::RegistrationNumber, "", "110108000000016"),
    (IdentifierKind::TaxNumber, "", "110108D2143569X"),
    (IdentifierKind::HongKongMacaoPermit, "", "H12345678"),
    (IdentifierKind::TaiwanPermit, "", "12345678"),
    (IdentifierKind::ResidencePermit, "", "830000198802110027"),
    (
        IdentifierKind::PermanentResidentCard,
        "",
        "911124198108030024",
    ),
    (IdentifierKind::Passport, "", "E12345678"),
    (IdentifierKind::HouseholdRegister, "", "001234567"),
    (IdentifierKind::MilitaryId, "", "军字第1234567号"),
    (IdentifierKind::PoliceId, "", "012345"),
    (IdentifierKind::Mobile, "", "13800138000"),
    (
        IdentifierKind::Mobile,
        "+86 and hyphens",
        "+86 138-0013-8000",
    ),
    (IdentifierKind::FixedLine, "", "010-65529988"),
    (IdentifierKind::BankCard, "19 digits", "6222021234567890128"),
    (
        IdentifierKind::BankCard,
        "in groups",
        "6222 0212 3456 7890 128",
    ),
    (IdentifierKind::Postcode, "", "100871"),
    (IdentifierKind::Plate, "", "京AD12345"),
    (IdentifierKind::Lei, "", "213800KUD8LAJWSQ9D15"),
    (IdentifierKind::Email, "", "li.lei@example.com"),
    (IdentifierKind::DivisionCode, "", "110108001001"),
];

fn main() {
    for (kind, form, text) in CHECKS {
        let name = format!("check {kind} {form}");
        measure(&name, text, |text| check(kind, text).is_valid());
    }
    for (_, form, text) in [CHECKS[0], CHECKS[4], CHECKS[17], CHECKS[25]] {
        measure(&format!("detect {text} {form}"), text, |text| {
            detect(text).best().is_some()
        });
    }
    let row = RowContext::default();
    for (kind, text) in [
        (IdentifierKind::ResidentId, "110105194912310021"),
        (IdentifierKind::CreditCode, "91350100M000100Y44"),
        (IdentifierKind::BankCard, "6222021234567890127"),
    ] {
        measure(&format!("repairs {kind}"), text, |text| {
            repairs(kind, text, &row).is_empty()
        });
    }
    measure("type PersonIdNumber", "11010519491231002X", |text| {
        PersonIdNumber::parse(text).is_ok()
    });
    measure(
        "type UnifiedSocialCreditCode",
        "91350100M000100Y43",
        |text| text.parse::<UnifiedSocialCreditCode>().is_ok(),
    );
    measure("date, ISO", "1980-01-02", |text| {
        CalendarDate::parse_lenient(text).is_ok()
    });
    measure("date, Chinese", "1980年1月2日", |text| {
        CalendarDate::parse_lenient(text).is_ok()
    });
}

/// The fastest of many short batches: what else runs on the machine then hardly counts.
fn measure(what: &str, text: &str, read: impl Fn(&str) -> bool) {
    if !std::env::args()
        .nth(1)
        .is_none_or(|part| what.contains(&part))
    {
        return;
    }
    let batch = |_| {
        let start = Instant::now();
        for _ in 0..BATCH {
            black_box(read(black_box(text)));
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(BATCH)
    };
    let nanoseconds = (0..BATCHES).map(batch).fold(f64::INFINITY, f64::min);
    println!("{what:44} {nanoseconds:8.1} ns");
}
