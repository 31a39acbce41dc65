//! Keys for an index of names of persons.
//!
//! Each begins with a letter that says its kind. `l`: all letters of the name in the order of the alphabet, so that neither the
//! order of the words nor where they are cut matters; a Chinese name has one for each usual way of spelling it. `s`: the consonants of two
//! words, or of the only one, related consonants as one. `c`: the consonants of a short name, for Cantonese spellings. `h`: Chinese characters, whole or with one left open.

use super::characters::{Character, spellings, way};
use super::chinese::surname_length;
use super::form::{Form, UNWRITTEN};
use super::sounds::Sounds;
use super::token::{Part, Token};
use crate::readings;

/// Words beyond these are in no key of two.
const MOST_WORDS: usize = 6;

/// Longer Chinese names are found by their characters only.
const LONGEST_SPELLED: usize = 4;

/// A name of so many Cantonese readings is found by the first of them.
const MOST_CANTONESE: usize = 4;

/// Names with more letters are no Chinese ones.
const LONGEST_LETTERS: usize = 24;

/// Adds the keys of one way in which a person is called.
pub(super) fn add(form: &Form, keys: &mut Vec<String>) {
    if form.han().is_empty() {
        words(form.words(), form, keys);
    } else {
        characters(form.han(), keys);
    }
}

fn words(words: &[Token], form: &Form, keys: &mut Vec<String>) {
    let letters = form.letters();
    if !letters.is_empty() {
        keys.push(alphabetical(letters));
        if words.len() <= LONGEST_SPELLED && letters.len() <= LONGEST_LETTERS {
            keys.push(heard(letters));
        }
    }
    // A given name of another language beside a Chinese name stands first or last.
    let edges: Vec<usize> = (1..letters.len())
        .filter(|place| form.edges() >> place & 1 == 1)
        .collect();
    if let ([first, .., last], true) = (&edges[..], words.len() <= 4) {
        for rest in [&letters[*first..], &letters[..*last]] {
            keys.push(alphabetical(rest));
            if letters.len() <= LONGEST_LETTERS {
                keys.push(heard(rest));
            }
        }
    }
    let named: Vec<String> = words
        .iter()
        .filter(|word| matches!(word.part, Part::Name | Part::Patronymic))
        .take(MOST_WORDS)
        .map(|word| consonants(&word.sounds))
        .collect();
    if let [only] = &named[..] {
        keys.push(format!("s{only}"));
    }
    for (place, one) in named.iter().enumerate() {
        for other in &named[place + 1..] {
            let (one, other) = if one <= other {
                (one, other)
            } else {
                (other, one)
            };
            keys.push(format!("s{one} {other}"));
        }
    }
}

fn characters(han: &[char], keys: &mut Vec<String>) {
    if !han.contains(&UNWRITTEN) {
        keys.push(std::iter::once('h').chain(han.iter().copied()).collect());
    }
    if han.len() > 2 {
        // One character may be another, or be missing.
        keys.extend((0..han.len()).map(|place| with_one_open(han, place)));
    } else if han.len() == 2 {
        keys.push(with_one_open(&[han[0], han[1], UNWRITTEN], 2));
    }
    if han.len() <= LONGEST_SPELLED {
        spelled(han, keys);
    }
}

fn with_one_open(han: &[char], open: usize) -> String {
    let shown = han
        .iter()
        .enumerate()
        .map(|(place, character)| if place == open { '_' } else { *character });
    std::iter::once('h').chain(shown).collect()
}

/// Keys of the letters of a Chinese name in pinyin, Wade–Giles, the systems of Taiwan, and Cantonese.
fn spelled(han: &[char], keys: &mut Vec<String>) {
    let surname = surname_length(han);
    for wanted in [way::PINYIN, way::WADE_GILES, way::TAIWANESE] {
        let mut ways: Vec<Vec<u8>> = vec![Vec::new()];
        for (place, character) in han.iter().enumerate() {
            let own = if place < surname {
                readings::surname(*character)
            } else {
                readings::usual(*character)
            };
            let found: Vec<&[u8]> = match (own, Character::of(*character)) {
                (Some(own), _) if wanted == way::PINYIN => vec![own.as_bytes()],
                (_, Some(known)) => known
                    .readings()
                    .take(if place < surname { 2 } else { 1 })
                    .flat_map(|reading| spellings(reading.syllable))
                    .filter(|(flags, _)| flags & wanted != 0)
                    .map(|(_, text)| text)
                    .collect(),
                _ => return,
            };
            ways = extended(&ways, &found, 8);
        }
        keys.extend(ways.iter().map(|letters| alphabetical(letters)));
    }
    let mut ways: Vec<Vec<u8>> = vec![Vec::new()];
    for character in han {
        let syllables = Character::of(*character)
            .into_iter()
            .flat_map(Character::cantonese);
        let found: Vec<&[u8]> = syllables
            .take(2)
            .filter_map(|syllable| spellings(syllable).next())
            .map(|(_, text)| text)
            .collect();
        ways = extended(&ways, &found, MOST_CANTONESE);
    }
    keys.extend(ways.iter().map(|letters| heard(letters)));
}

fn extended(ways: &[Vec<u8>], found: &[&[u8]], most: usize) -> Vec<Vec<u8>> {
    ways.iter()
        .flat_map(|way| found.iter().map(move |text| [&way[..], text].concat()))
        .take(most)
        .collect()
}

/// The letters in the order of the alphabet; ü is typed as `v` or `u`.
fn alphabetical(letters: &[u8]) -> String {
    let mut sorted: Vec<u8> = letters
        .iter()
        .map(|letter| if *letter == b'v' { b'u' } else { *letter })
        .collect();
    sorted.sort_unstable();
    let sorted = sorted.iter().map(|letter| char::from(*letter));
    std::iter::once('l').chain(sorted).collect()
}

/// The consonants of a whole name in the order of the alphabet, as registries of Cantonese spellings confuse them.
fn heard(letters: &[u8]) -> String {
    let mut found: Vec<u8> = Vec::new();
    let mut before = 0;
    for letter in letters {
        let sound = match letter {
            b'b' | b'p' => b'p',
            b'd' | b't' => b't',
            b'g' | b'k' => b'k',
            b'c' | b'z' => b'c',
            // `ts` is one sound with `ch`.
            b's' if before == b't' => {
                found.pop();
                b'c'
            }
            b'l' | b'm' | b'n' | b'f' | b's' | b'r' | b'x' | b'q' => *letter,
            _ => 0,
        };
        if sound != 0 {
            found.push(sound);
        }
        before = *letter;
    }
    found.sort_unstable();
    std::iter::once('c')
        .chain(found.into_iter().map(char::from))
        .collect()
}

/// The consonants of a word, related ones as one letter; a vowel at the beginning is heard.
fn consonants(sounds: &Sounds) -> String {
    let mut heard = String::new();
    for (place, sound) in sounds.as_slice().iter().enumerate() {
        match sounds.family_letter(place) {
            Some(letter) if !heard.ends_with(letter) => heard.push(letter),
            None if place == 0 && *sound < 6 => heard.push('a'),
            _ => {}
        }
    }
    heard
}
