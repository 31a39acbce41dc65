//! Texts that are nearly good.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Generator, cases};

/// What a reader of texts might stumble over: widths, blanks that do not show, marks that join, other digits.
const STRANGE: [&str; 32] = [
    "０",
    "Ｘ",
    "ｘ",
    "O",
    "l",
    "·",
    "•",
    "—",
    "－",
    "，",
    ",",
    "(",
    "）",
    "？",
    "@",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "\u{0}",
    "\u{e000}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "𠮷",
    "👨‍👩‍👧",
    "٣",
    "Ⅷ",
    "①",
    "一",
    "区",
    "字第",
];

/// Good texts, of which broken ones are made.
#[derive(Debug, Clone, Copy)]
pub struct BrokenTexts<'a>(pub &'a [&'a str]);

impl BrokenTexts<'_> {
    /// Holds a claim against pairs of broken texts until the time is up; a failure names its seed and the texts.
    ///
    /// # Panics
    ///
    /// When the claim does, or an environment variable is no number.
    #[track_caller]
    pub fn fuzz(self, claim: impl Fn(&str, &str)) {
        for (seed, mut generator) in cases() {
            let (text, other) = (self.broken(&mut generator), self.broken(&mut generator));
            let outcome = catch_unwind(AssertUnwindSafe(|| claim(&text, &other)));
            assert!(outcome.is_ok(), "HUBU_FUZZ_SEED={seed}: {text:?} {other:?}");
        }
    }

    /// A good text with up to seven changes: replaced, dropped, added, swapped and strange characters, runs repeated
    /// many times, and pieces of another text.
    fn broken(self, generator: &mut Generator) -> String {
        let mut characters: Vec<char> = generator.one_of(self.0).chars().collect();
        for _ in 0..generator.below(8) {
            let at = generator.below(characters.len());
            let end = characters.len().min(at + 1 + generator.below(5));
            match generator.below(7) {
                0 if at < end => characters[at] = character(generator),
                1 => drop(characters.drain(at..end)),
                2 => characters.insert(at, character(generator)),
                3 if at + 1 < characters.len() => characters.swap(at, at + 1),
                4 => drop(characters.splice(at..at, generator.one_of(&STRANGE).chars())),
                5 => {
                    let run = characters[at..end].repeat(1 + generator.below(400));
                    characters.splice(at..at, run);
                }
                _ => {
                    let other = generator.one_of(self.0).chars();
                    characters.splice(at..end, other.skip(generator.below(20)));
                }
            }
        }
        characters.into_iter().collect()
    }
}

/// A digit, another character of ASCII, or any.
fn character(generator: &mut Generator) -> char {
    let (from, below) = match generator.below(3) {
        0 => (u32::from('0'), 10),
        1 => (u32::from(' '), 95),
        _ => (0, 0x3_0000),
    };
    let code = u32::try_from(generator.below(below)).unwrap_or_default();
    char::from_u32(from + code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_text_every_time_and_another_seed_another() {
        let texts = BrokenTexts(&["浙江省杭州市", "11010519491231002X"]);
        let made = |seed| texts.broken(&mut Generator::new(seed));
        assert!((0..200).all(|seed| made(seed) == made(seed)));
        let different: std::collections::BTreeSet<_> = (0..200).map(made).collect();
        assert!(different.len() > 100, "{}", different.len());
    }

    #[test]
    fn a_claim_that_fails_names_its_seed() {
        let failed = catch_unwind(|| BrokenTexts(&["a"]).fuzz(|text, _| assert_eq!(text, "")));
        let message = failed.unwrap_err();
        let message = message.downcast_ref::<String>().unwrap();
        assert!(message.starts_with("HUBU_FUZZ_SEED="), "{message}");
    }
}
