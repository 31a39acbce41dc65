//! Every reader of identifiers, fed with broken texts made from good ones, for as long as
//! `HUBU_FUZZ_SECONDS` says (default 1); `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics, what is well-formed has a normal form that is well-formed and its
//! own normal form, and every repair is well-formed. A failure prints its seed;
//! `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use identifiers::{CalendarDate, IdentifierKind, RowContext, check, detect, repairs};

/// Good texts, one of every kind at least.
const SEEDS: [&str; 30] = [
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
];

/// Characters that a reader might stumble over.
const STRANGE: [&str; 24] = [
    "０",
    "Ｘ",
    "ｘ",
    "O",
    "l",
    "·",
    "•",
    "—",
    "－",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "\u{0}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "𠮷",
    "👨‍👩‍👧",
    "٣",
    "Ⅷ",
    "①",
    "字第",
    "@",
];

/// `SplitMix64`: small, seeded and the same everywhere.
struct Generator(u64);

impl Generator {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((value ^ (value >> 31)) % bound.max(1) as u64).unwrap()
    }

    /// A good text with up to five changes: replaced, dropped, doubled, swapped and strange
    /// characters, runs repeated many times, and pieces of another text.
    fn text(&mut self) -> String {
        let mut characters: Vec<char> = SEEDS[self.below(SEEDS.len())].chars().collect();
        for _ in 0..self.below(6) {
            let at = self.below(characters.len());
            let end = characters.len().min(at + 1 + self.below(4));
            match self.below(8) {
                0 if at < characters.len() => characters[at] = self.character(),
                1 => drop(characters.drain(at..end)),
                2 => characters.insert(at, self.character()),
                3 if at + 1 < characters.len() => characters.swap(at, at + 1),
                4 => {
                    let strange = STRANGE[self.below(STRANGE.len())];
                    characters.splice(at..at, strange.chars());
                }
                5 => {
                    let run = characters[at..end].repeat(1 + self.below(400));
                    characters.splice(at..at, run);
                }
                6 => {
                    let other = SEEDS[self.below(SEEDS.len())];
                    characters.splice(at..end, other.chars().skip(self.below(12)));
                }
                _ => {}
            }
        }
        characters.into_iter().collect()
    }

    fn character(&mut self) -> char {
        match self.below(3) {
            0 => char::from(b"0123456789"[self.below(10)]),
            1 => char::from(b' ' + u8::try_from(self.below(95)).unwrap()),
            _ => char::from_u32(u32::try_from(self.below(0x3_0000)).unwrap()).unwrap_or('\u{fffd}'),
        }
    }
}

/// Feeds a claim with texts until the time is up.
#[track_caller]
fn fuzz(claim: impl Fn(&str)) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<u64>().ok())
    };
    let until = Instant::now() + Duration::from_secs(number("HUBU_FUZZ_SECONDS").unwrap_or(1));
    let mut seed = number("HUBU_FUZZ_SEED").unwrap_or(1);
    while Instant::now() < until {
        let text = Generator(seed).text();
        let outcome = catch_unwind(AssertUnwindSafe(|| claim(&text)));
        assert!(outcome.is_ok(), "HUBU_FUZZ_SEED={seed}: {text:?}");
        seed = seed.wrapping_add(1);
    }
}

#[test]
fn checks_answer_whatever_the_text() {
    fuzz(|text| {
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
        }
        let _ = CalendarDate::parse_lenient(text);
    });
}

#[test]
fn detection_answers_whatever_the_text() {
    fuzz(|text| {
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
    fuzz(|text| {
        for kind in IdentifierKind::ALL {
            for repair in repairs(kind, text, &row).iter() {
                let _ = (repair.change.to_string(), repair.change.zh());
                assert!(check(kind, repair.text()).is_valid());
            }
        }
    });
}
