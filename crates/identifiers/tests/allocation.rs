//! Checks and look-ups in tables reserve no memory. The count is one for the whole process, so
//! this binary has one test.

use identifiers::{
    AreaCode, CardIssue, Country, IdentifierKind, MobileSegment, check, detect, division, identify,
    plate_division, postcode_division,
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// How many bytes some work held at most beyond what was held before.
fn reserved(work: impl FnOnce()) -> usize {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    work();
    ALLOCATOR.peak_usage().saturating_sub(before)
}

const TEXTS: [(IdentifierKind, &str); 24] = [
    (IdentifierKind::ResidentId, "11010519491231002X"),
    (IdentifierKind::ResidentId, "１１０１０５ 491231 002"),
    (IdentifierKind::ResidentId, "110105194912310021"),
    (IdentifierKind::CreditCode, "91350100M000100Y43"),
    (IdentifierKind::OrganisationCode, "D2143569-X"),
    (IdentifierKind::RegistrationNumber, "110108000000016"),
    (IdentifierKind::TaxNumber, "110108D2143569X"),
    (IdentifierKind::HongKongMacaoPermit, "H1234567802"),
    (IdentifierKind::TaiwanPermit, "0123456701(B)"),
    (IdentifierKind::ResidencePermit, "830000198802110027"),
    (IdentifierKind::PermanentResidentCard, "911124198108030024"),
    (IdentifierKind::Passport, "E12345678"),
    (IdentifierKind::HouseholdRegister, "001234567"),
    (IdentifierKind::MilitaryId, "军字第1234567号"),
    (IdentifierKind::PoliceId, "武字第00123456号"),
    (IdentifierKind::Mobile, "+86 138-0013-8000"),
    (IdentifierKind::FixedLine, "(0571) 8765 4321 转 801"),
    (IdentifierKind::BankCard, "6222 0212 3456 7890 128"),
    (IdentifierKind::Postcode, "100871"),
    (IdentifierKind::Plate, "京A·D12345"),
    (IdentifierKind::Lei, "213800KUD8LAJWSQ9D15"),
    (IdentifierKind::Email, "li.lei@mail.example.com"),
    (IdentifierKind::Email, "no address"),
    (IdentifierKind::DivisionCode, "110108001001"),
];

#[test]
fn checks_and_tables_reserve_no_memory() {
    for (kind, text) in TEXTS {
        let bytes = reserved(|| {
            let checked = check(kind, text);
            assert!(checked.parts().count() < 9 && checked.normal().len() < 64);
        });
        assert_eq!(bytes, 0, "check {kind} {text}");
        let bytes = reserved(|| {
            assert!(detect(text).iter().count() < 22);
            assert!(identify(text).is_none_or(|checked| checked.normal().len() < 64));
        });
        assert_eq!(bytes, 0, "detect {text}");
    }
    let bytes = reserved(|| {
        let code = identifiers::DivisionKey::of_number(310_108);
        let names = code
            .and_then(division)
            .map(|division| division.name().len());
        assert!(names.is_some());
        assert!(AreaCode::of("0731").is_some_and(|area| area.divisions().count() > 0));
        assert!(MobileSegment::of("13800138000").is_some());
        assert!(CardIssue::of("6222021234567890128").is_some());
        assert!(Country::of_alpha3("CHN").is_some());
        assert!(postcode_division("518000").is_some() && plate_division("粤B12345").is_some());
    });
    assert_eq!(bytes, 0, "tables");
}
