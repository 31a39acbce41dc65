//! Comparison and keys of names, fed with broken names made from good ones, for as long as `HUBU_FUZZ_SECONDS` says (default 1);
//! `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics, a score lies between 0 and 1 and does not depend on the order, every score has a reason, and keys are
//! sorted. A failure prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in
//! `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use names::{NameKind, PreparedName, compare, keys};

/// Good names of many scripts and forms.
const SEEDS: [&str; 28] = [
    "张三",
    "欧阳娜娜",
    "張偉先生",
    "王喆",
    "买买提·吐尔逊",
    "张三（曾用名：李四）",
    "魏素jun",
    "张*丰",
    "ZHANG, San-feng",
    "Zhāng Sānfēng",
    "Chang Hsiao-ming",
    "CHAN Tai Man, Peter",
    "Jack MA Yun",
    "Abd al-Rahman bin Muhammad al-Sudais",
    "عبد الرحمن بن محمد",
    "Чайковский Пётр Ильич",
    "김정은",
    "Γιάννης Παπαδόπουλος",
    "O'Brien-Müller, José (a.k.a. Pepe)",
    "Mr. J. R. Smith Jr.",
    "北京字节跳动科技有限公司",
    "中国银行股份有限公司上海市分行",
    "ABC Trading Co., Ltd.",
    "さくら",
    "字节跳动（北京）科技有限公司（原名：甲乙丙有限公司）",
    "中国工商银行股份有限公司北京分行海淀支行",
    "S.C. Muhammad Jamal Network (MJN) S. de R.L. de C.V.",
    "ООО «Байкал II», Sp. z o.o.",
];

/// Characters that a reader might stumble over.
const STRANGE: [&str; 20] = [
    "·",
    "•",
    "，",
    ",",
    "(",
    "）",
    "a.k.a.",
    "曾用名",
    "先生",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "\u{0}",
    "e\u{301}",
    "ß",
    "İ",
    "𠮷",
    "👨‍👩‍👧",
    "\u{e000}",
    "？",
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

    /// A good name with up to five changes.
    fn name(&mut self) -> String {
        let mut characters: Vec<char> = SEEDS[self.below(SEEDS.len())].chars().collect();
        for _ in 0..self.below(6) {
            let at = self.below(characters.len());
            let end = characters.len().min(at + 1 + self.below(4));
            match self.below(7) {
                0 => drop(characters.drain(at..end)),
                1 => characters.insert(at, self.character()),
                2 if at + 1 < characters.len() => characters.swap(at, at + 1),
                3 => {
                    let strange = STRANGE[self.below(STRANGE.len())];
                    characters.splice(at..at, strange.chars());
                }
                4 => {
                    let run = characters[at..end].repeat(1 + self.below(400));
                    characters.splice(at..at, run);
                }
                5 => {
                    let other = SEEDS[self.below(SEEDS.len())];
                    characters.splice(at..end, other.chars().skip(self.below(12)));
                }
                _ => {}
            }
        }
        characters.into_iter().collect()
    }

    fn character(&mut self) -> char {
        let code = if self.below(2) == 0 { 0x80 } else { 0x3_0000 };
        char::from_u32(u32::try_from(self.below(code)).unwrap()).unwrap_or('\u{fffd}')
    }
}

/// Feeds a claim with pairs of names until the time is up.
#[track_caller]
fn fuzz(claim: impl Fn(&str, &str)) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<u64>().ok())
    };
    let until = Instant::now() + Duration::from_secs(number("HUBU_FUZZ_SECONDS").unwrap_or(1));
    let mut seed = number("HUBU_FUZZ_SEED").unwrap_or(1);
    while Instant::now() < until {
        let mut generator = Generator(seed);
        let (left, right) = (generator.name(), generator.name());
        let outcome = catch_unwind(AssertUnwindSafe(|| claim(&left, &right)));
        assert!(outcome.is_ok(), "HUBU_FUZZ_SEED={seed}: {left:?} {right:?}");
        seed = seed.wrapping_add(1);
    }
}

#[test]
fn comparison_answers_whatever_the_names() {
    fuzz(|left, right| {
        for kind in [NameKind::Person, NameKind::Organisation] {
            let comparison = compare(kind, left, right);
            assert!((0.0..=1.0).contains(&comparison.score));
            assert_eq!(comparison, compare(kind, right, left));
            assert!(!comparison.reasons.is_empty());
            let _ = (comparison.reasons.to_string(), comparison.reasons.zh());
        }
        NameKind::guess_pair(left, right);
        PreparedName::new(left).compare(&PreparedName::new(right));
    });
}

#[test]
fn keys_answer_whatever_the_name() {
    fuzz(|left, right| {
        for kind in [NameKind::Person, NameKind::Organisation] {
            for name in [left, right] {
                assert!(keys(kind, name).is_sorted());
            }
        }
    });
}
