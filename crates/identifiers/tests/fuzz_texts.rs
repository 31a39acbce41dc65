//! Every reader of identifiers, fed with broken texts made from good ones, for as long as
//! `HUBU_FUZZ_SECONDS` says (default 1); `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics, what is well-formed has a normal form that is well-formed and its
//! own normal form, and every repair is well-formed. A failure prints its seed;
//! `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in `docs/decisions/0003-fuzzing.md`.

use fuzzing::BrokenTexts;
use identifiers::{CalendarDate, IdentifierKind, RowContext, check, detect, repairs};

/// Good texts, one of every kind at least.
const GOOD: BrokenTexts<'static> = BrokenTexts(&[
    "11010519491231002X",
    "110105491231002",
    "91350100M000100Y43",
    "N2110108MF0000000U",
    "D2143569-X",
    "110108000000016",
    "110108D2143569X",
    "11010519491231002X00",
    "H1234567802",
    "HA1234567",
    "0123456701(B)",
    "830000198802110027",
    "911124198108030024",
    "CAN110078020301",
    "E12345678",
    "MA1234567",
    "001234567",
    "军字第1234567号",
    "武字第00123456号",
    "+86 138-0013-8000",
    "1064812345678",
    "(0571)8765.4321转801",
    "400-610-0000",
    "6222 0212 3456 7890 128",
    "100871",
    "京A·D12345",
    "粤Z1234港",
    "5493 00GF102RMNYVKB19",
    "Li.Lei@例子.中国",
    "110108001001",
]);

#[test]
fn checks_answer_whatever_the_text() {
    GOOD.fuzz(|text, _| {
        for kind in IdentifierKind::ALL {
            let checked = check(kind, text);
            let _ = (checked.parts().to_string(), format!("{checked:?}"));
            for finding in checked.findings.iter() {
                let _ = (finding.to_string(), finding.zh());
            }
            match checked.refusal() {
                Some(refusal) => drop((refusal.to_string(), refusal.zh())),
                None => assert_eq!(check(kind, checked.normal()).normal(), checked.normal()),
            }
            // Lists are written without looking for what would have to be quoted.
            let said = format!("{}{}", checked.normal(), checked.parts());
            let is_marked = said.contains([',', '"', '\\']) || said.contains(char::is_control);
            assert!(kind == IdentifierKind::Email || !is_marked, "{said}");
        }
        let _ = CalendarDate::parse_lenient(text);
    });
}

#[test]
fn detection_answers_whatever_the_text() {
    GOOD.fuzz(|text, _| {
        for candidate in detect(text).iter() {
            assert_eq!(candidate.valid, check(candidate.kind, text).is_valid());
        }
    });
}

#[test]
fn repairs_are_well_formed_whatever_the_text() {
    let row = RowContext {
        birth_date: "1949-12-31".parse().ok(),
        sex: None,
        division: Some("110105"),
    };
    GOOD.fuzz(|text, _| {
        for kind in IdentifierKind::ALL {
            for repair in repairs(kind, text, &row).iter() {
                let _ = (repair.change.to_string(), repair.change.zh());
                assert!(check(kind, repair.text()).is_valid());
            }
        }
    });
}
