//! Hangul syllables in the Revised Romanisation of Korean (2000), letter by letter.

use super::letters::{Letter, Script};

const ONSETS: [&str; 19] = [
    "g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "ch", "k", "t", "p", "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const CODAS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// Calls back with the three parts of a syllable.
pub(super) fn spell(syllable: char, mut callback: impl FnMut(Letter)) {
    let place = (u32::from(syllable) - 0xac00) as usize;
    for part in [
        ONSETS[place / 588],
        VOWELS[place % 588 / 28],
        CODAS[place % 28],
    ] {
        callback(Letter::Spelled(part, Script::Vocalised));
    }
}
