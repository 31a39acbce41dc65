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

const LONGEST_PARTICLE: usize = 5;
const LONGEST_TITLE: usize = 9;

/// The digests of the words of a list.
const fn digests<const COUNT: usize>(list: &str) -> [u32; COUNT] {
    let text = list.as_bytes();
    let mut digests = [0; COUNT];
    let (mut place, mut count, mut digest) = (0, 0, EMPTY);
    while place <= text.len() {
        if place == text.len() || text[place] == b' ' {
            digests[count] = digest;
            count += 1;
            digest = EMPTY;
        } else {
            digest = digest_with(digest, text[place]);
        }
        place += 1;
    }
    digests
}

const PARTICLE_DIGESTS: [u32; PARTICLE_COUNT] = digests(PARTICLES);
const TITLE_DIGESTS: [u32; TITLE_COUNT] = digests(TITLES);

const fn count(list: &str) -> usize {
    let text = list.as_bytes();
    let (mut place, mut count) = (0, 1);
    while place < text.len() {
        if text[place] == b' ' {
            count += 1;
        }
        place += 1;
    }
    count
}

const PARTICLE_COUNT: usize = count(PARTICLES);
const TITLE_COUNT: usize = count(TITLES);

/// What a word of a name is by its letters alone, its weight, and whether it is a title; `key` is its digest.
pub(super) fn classify(letters: &[u8], key: u32) -> (Part, f32, bool) {
    if let [letter] = letters {
        return (Part::Initial(*letter), 0.3, false);
    }
    if letters.len() <= LONGEST_PARTICLE && PARTICLE_DIGESTS.contains(&key) {
        return (Part::Small, 0.08, false);
    }
    if letters.len() <= LONGEST_TITLE && TITLE_DIGESTS.contains(&key) {
        let name = TITLES_AND_NAMES
            .iter()
            .any(|word| word.as_bytes() == letters);
        return (Part::Small, if name { 0.3 } else { 0.05 }, true);
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
