//! The parser and the comparison, fed with broken addresses made from good ones, for as long as `HUBU_FUZZ_SECONDS`
//! says (default 1); `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics; pieces are in order, never overlap, and what lies between them is neither letter nor
//! digit (一 between digits is a dash); an address is wholly the same as itself. A failure prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is
//! done this way stands in `docs/decisions/0003-fuzzing.md`.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use addresses::{compare, parse, parse_at};

const SEEDS: [&str; 14] = [
    "浙江省杭州市西湖区三墩镇双桥村金渡北路12号金地小区3幢2单元5层501室",
    "浙江杭州西湖文三路1号",
    "上海市浦东新区世纪大道100弄5号楼三单元602室",
    "湖北省襄樊市樊城区人民路5号",
    "浙江省宁波市浙江省宁波市鄞州区中河街道",
    "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县",
    "内蒙古呼伦贝尔市扎兰屯市蘑菇气镇",
    "海南省文昌市文城镇文建路附近",
    "义乌市国际商贸城二区八楼15街12345号",
    "张三，13800138000，杭州经济技术开发区10号大街8号（电联）",
    "廣東省廣州市越秀區中山五路１８號３樓",
    "城关镇城东村二组",
    "四川省广元市昭化区元坝镇三沟村5-2-301",
    "重庆市酉阳土家族苗族自治县桃花源街道",
];

const STRANGE: [&str; 16] = [
    "０",
    "Ｘ",
    "·",
    "—",
    "－",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "\u{0}",
    "e\u{301}",
    "𠮷",
    "👨‍👩‍👧",
    "①",
    "一",
    "中国",
    "区",
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

    /// A good address with up to seven changes.
    fn text(&mut self) -> String {
        let mut characters: Vec<char> = SEEDS[self.below(SEEDS.len())].chars().collect();
        for _ in 0..self.below(8) {
            let at = self.below(characters.len());
            let end = characters.len().min(at + 1 + self.below(5));
            match self.below(7) {
                0 if at < characters.len() => {
                    let code = u32::try_from(self.below(0x3_0000)).unwrap();
                    characters[at] = char::from_u32(code).unwrap_or('\u{fffd}');
                }
                1 => drop(characters.drain(at..end)),
                2 if at + 1 < characters.len() => characters.swap(at, at + 1),
                3 => {
                    let strange = STRANGE[self.below(STRANGE.len())];
                    characters.splice(at..at, strange.chars());
                }
                4 => {
                    let run = characters[at..end].repeat(1 + self.below(200));
                    characters.splice(at..at, run);
                }
                _ => {
                    let other = SEEDS[self.below(SEEDS.len())];
                    characters.splice(at..end, other.chars().skip(self.below(20)));
                }
            }
        }
        characters.into_iter().collect()
    }
}

/// Feeds a claim with texts until the time is up.
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
        let (text, other) = (generator.text(), generator.text());
        let outcome = catch_unwind(AssertUnwindSafe(|| claim(&text, &other)));
        assert!(outcome.is_ok(), "HUBU_FUZZ_SEED={seed}: {text:?} {other:?}");
        seed = seed.wrapping_add(1);
    }
}

#[test]
fn pieces_cover_what_is_read_whatever_the_text() {
    fuzz(|text, _| {
        for address in [parse(text), parse_at(text, 1995)] {
            let mut end = 0;
            for piece in address.pieces() {
                let range = piece.range();
                assert!(range.start >= end && range.end > range.start, "{address:?}");
                let between = text.get(end..range.start).unwrap();
                assert!(
                    !between.contains(|character: char| character.is_ascii_alphanumeric()
                        || ('丁'..='龥').contains(&character)),
                    "{between}"
                );
                end = range.end;
            }
            let read: String = text.chars().take(128).collect();
            let rest = read.get(end..).unwrap_or_default();
            assert!(
                !rest.contains(|character: char| ('丁'..='龥').contains(&character)),
                "{rest}"
            );
            let _ = (
                address.remainder(),
                address.canonical(),
                format!("{address:?}"),
            );
        }
    });
}

#[test]
fn comparisons_are_symmetric_whatever_the_texts() {
    fuzz(|text, other| {
        let (one, other) = (parse(text), parse(other));
        assert_eq!(compare(&one, &other), compare(&other, &one));
        assert_eq!(compare(&one, &one).permille(), 1_000);
        for reason in compare(&one, &other).reasons() {
            let _ = (reason.to_string(), reason.zh(), reason.code());
        }
    });
}
