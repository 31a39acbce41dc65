//! Words that say little of who somebody is: articles, prepositions, words for son and daughter, titles.

use super::token::Part;

/// Articles, prepositions and words of descent of the languages whose names have them, sorted.
const PARTICLES: [&str; 71] = [
    "ad", "af", "al", "an", "ap", "ar", "as", "ash", "at", "av", "az", "bar", "bat", "ben", "bin",
    "binti", "bint", "d", "da", "dal", "das", "de", "del", "della", "den", "der", "des", "di",
    "do", "dos", "du", "e", "ed", "el", "en", "er", "es", "ibn", "ibni", "ed", "i", "ied", "il",
    "ila", "in", "la", "las", "le", "les", "lo", "los", "mac", "o", "of", "oglu", "ogly", "ould",
    "qizi", "san", "saint", "st", "te", "ter", "the", "ul", "ur", "van", "vom", "von", "y", "zu",
];

/// Titles and honorifics, in plain letters.
const TITLES: [&str; 62] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "doctor",
    "sir",
    "madam",
    "mme",
    "herr",
    "frau",
    "senor",
    "senora",
    "sr",
    "jr",
    "hon",
    "gen",
    "general",
    "col",
    "colonel",
    "capt",
    "captain",
    "lt",
    "maj",
    "major",
    "brig",
    "sheikh",
    "shaykh",
    "shaikh",
    "sheik",
    "cheikh",
    "haji",
    "hajji",
    "hadji",
    "hajj",
    "mullah",
    "mulla",
    "molla",
    "maulavi",
    "mawlawi",
    "maulawi",
    "maulana",
    "qari",
    "hafiz",
    "ustad",
    "sayyid",
    "sayed",
    "seyed",
    "syed",
    "sayyed",
    "said",
    "imam",
    "amir",
    "emir",
    "engineer",
    "rev",
    "phd",
    "esq",
    "comrade",
    "tov",
];

/// Titles that are also names: they say little, but are not left out.
const TITLES_AND_NAMES: [&str; 13] = [
    "amir", "emir", "said", "sayed", "seyed", "syed", "sayyed", "sayyid", "hafiz", "imam", "sr",
    "general", "hajj",
];

/// What a word of a name is by its letters alone, and its weight.
pub(super) fn classify(letters: &[u8]) -> (Part, f32, bool) {
    let Ok(word) = std::str::from_utf8(letters) else {
        return (Part::Name, 1.0, false);
    };
    if word.len() <= 9 {
        if TITLES.contains(&word) {
            let weight = if TITLES_AND_NAMES.contains(&word) {
                0.3
            } else {
                0.05
            };
            return (Part::Small, weight, true);
        }
        if PARTICLES.contains(&word) {
            return (Part::Small, 0.08, false);
        }
    }
    if let [letter] = letters {
        return (Part::Initial(*letter), 0.3, false);
    }
    if is_patronymic(word) {
        return (Part::Patronymic, 0.5, false);
    }
    (Part::Name, 1.0, false)
}

fn is_patronymic(word: &str) -> bool {
    word.len() >= 7
        && [
            "ovich", "evich", "ovych", "yovich", "ovna", "evna", "ivna", "yvna", "avich", "auna",
            "ovic", "owicz", "ewitsch", "owitsch", "ovitch", "evitch", "owna", "ewna",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
}
