//! Words that say little of who somebody is: articles, prepositions, words for son and daughter, titles.

use super::token::{EMPTY, Part, digest_with};

/// Articles, prepositions and words of descent of the languages whose names have them, sorted.
const PARTICLES: &str = "ad af al an ap ar as ash at av az bar bat ben bin bint binti da dal das de del della den der des di do dos du \
     ed el en er es ibn ibni ied il ila in la las le les lo los mac of oglu ogly ould qizi saint san st te ter the ul ur van vom von zu";

/// Titles and honorifics, in plain letters.
const TITLES: &str = "mr mrs ms miss dr prof professor doctor sir madam mme herr frau senor senora sr jr hon gen general col colonel capt captain lt maj \
     major brig sheikh shaykh shaikh sheik cheikh haji hajji hadji hajj mullah mulla molla maulavi mawlawi maulawi maulana qari hafiz \
     ustad sayyid sayed seyed syed sayyed said imam amir emir engineer rev phd esq comrade tov";

/// Titles that are also names: they say little, but are not left out.
const TITLES_AND_NAMES: [&str; 13] = [
    "amir", "emir", "said", "sayed", "seyed", "syed", "sayyed", "sayyid", "hafiz", "imam", "sr",
    "general", "hajj",
];

/// A bit for the digest of each word above: what has no bit is none of them.
const FILTER: [u64; FILTER_WORDS] = {
    let mut bits = [0; FILTER_WORDS];
    let mut list = 0;
    while list < 2 {
        let text = [PARTICLES, TITLES][list].as_bytes();
        let (mut place, mut digest) = (0, EMPTY);
        while place <= text.len() {
            if place == text.len() || text[place] == b' ' {
                let bit = digest % FILTER_BITS;
                bits[bit as usize / 64] |= 1 << (bit % 64);
                digest = EMPTY;
            } else {
                digest = digest_with(digest, text[place]);
            }
            place += 1;
        }
        list += 1;
    }
    bits
};

const FILTER_WORDS: usize = 64;
const FILTER_BITS: u32 = 4096;

/// What a word of a name is by its letters alone, its weight, and whether it is a title; `key` is its digest.
pub(super) fn classify(letters: &[u8], key: u32) -> (Part, f32, bool) {
    if let [letter] = letters {
        return (Part::Initial(*letter), 0.3, false);
    }
    let bit = (key % FILTER_BITS) as usize;
    if FILTER[bit / 64] >> (bit % 64) & 1 == 1 {
        let is = |list: &str| list.split(' ').any(|word| word.as_bytes() == letters);
        if is(TITLES) {
            let name = TITLES_AND_NAMES
                .iter()
                .any(|word| word.as_bytes() == letters);
            return (Part::Small, if name { 0.3 } else { 0.05 }, true);
        }
        if is(PARTICLES) {
            return (Part::Small, 0.08, false);
        }
    }
    if letters.len() >= 7 && is_patronymic(letters) {
        return (Part::Patronymic, 0.5, false);
    }
    (Part::Name, 1.0, false)
}

fn is_patronymic(word: &[u8]) -> bool {
    let endings: &[&str] = match word.last() {
        Some(b'h') => &[
            "ovich", "evich", "ovych", "avich", "ewitsch", "owitsch", "ovitch", "evitch",
        ],
        Some(b'a') => &["ovna", "evna", "ivna", "yvna", "auna", "owna", "ewna"],
        Some(b'c' | b'z') => &["ovic", "owicz"],
        _ => &[],
    };
    endings
        .iter()
        .any(|ending| word.ends_with(ending.as_bytes()))
}
