//! Cantonese syllables in Jyutping, and how registries spell them: Hong Kong without tones and without aspiration, and Macao after
//! Portuguese. Registries are not of one mind, so a syllable has several spellings.

use std::collections::BTreeSet;

use super::syllables::CANTONESE;

/// Onsets: Jyutping, Hong Kong, Macao; alternatives are separated by a blank, `-` is nothing.
const ONSETS: [[&str; 3]; 20] = [
    ["ng", "ng -", "ng"],
    ["gw", "kw k", "ku k"],
    ["kw", "kw k", "ku"],
    ["b", "p", "p"],
    ["p", "p", "p"],
    ["m", "m", "m"],
    ["f", "f", "f"],
    ["d", "t", "t"],
    ["t", "t", "t"],
    ["n", "n", "n"],
    ["l", "l", "l"],
    ["g", "k", "k"],
    ["k", "k", "k"],
    ["h", "h", "h"],
    ["w", "w", "v u"],
    ["z", "ch ts", "ch"],
    ["c", "ch ts", "ch"],
    ["s", "s sh", "s"],
    ["j", "y", "i"],
    ["", "-", "-"],
];

/// Rimes that registries write otherwise than Jyutping does: Jyutping, Hong Kong, Macao.
const RIMES: [[&str; 3]; 42] = [
    ["aa", "a ah", "a"],
    ["aai", "ai", "ai"],
    ["aau", "au", "ao"],
    ["aam", "am", "am"],
    ["aan", "an", "an"],
    ["aang", "ang", "ang"],
    ["aap", "ap", "ap"],
    ["aat", "at", "at"],
    ["aak", "ak", "ak"],
    ["ai", "ai", "ai"],
    ["au", "au ow", "ao"],
    ["am", "am um", "am"],
    ["ap", "ap up", "ap"],
    ["e", "e eh", "e"],
    ["ei", "ei i ee", "ei"],
    ["eng", "eng ing", "eang eng"],
    ["ek", "ek ik", "ek"],
    ["i", "i ee", "i"],
    ["iu", "iu", "io iu"],
    ["ing", "ing", "eng"],
    ["ik", "ik", "ek"],
    ["o", "o or aw", "o"],
    ["oi", "oi oy", "oi"],
    ["ou", "o ou", "ou"],
    ["u", "u oo", "u"],
    ["ui", "ui oi", "ui"],
    ["un", "un oon", "un"],
    ["ung", "ung", "ong"],
    ["ut", "ut oot", "ut"],
    ["uk", "uk", "ok"],
    ["eoi", "ui oi", "oi"],
    ["eon", "un on", "on"],
    ["eot", "ut", "ot"],
    ["oe", "eu oh", "e"],
    ["oeng", "eung eong", "eong"],
    ["oek", "euk eok", "eok"],
    ["yu", "u ue yu", "u"],
    ["yun", "uen un yuen", "un"],
    ["yut", "uet ut", "ut"],
    ["m", "m ng", "ng"],
    ["ng", "ng", "ng"],
    ["a", "a", "a"],
];

/// Syllables that registries spell in a way of their own.
const WHOLE: [(&str, &str); 9] = [
    ("si", "sze see si sz"),
    ("zi", "chi tsz tze tse"),
    ("ci", "chi tsz tze tsu"),
    ("ji", "yi yee i"),
    ("jyu", "yu yue u iu"),
    ("jyun", "yuen yun un"),
    ("jyut", "yuet yut ut"),
    ("m", "ng m"),
    ("ng", "ng m eng"),
];

/// Every spelling of a syllable, Jyutping among them.
pub fn spellings(syllable: &str) -> Vec<(u8, String)> {
    let mut all = BTreeSet::from([syllable.to_owned()]);
    if let Some((_, whole)) = WHOLE.iter().find(|(known, _)| *known == syllable) {
        all.extend(whole.split(' ').map(str::to_owned));
    } else {
        let found = ONSETS
            .iter()
            .find_map(|onset| syllable.strip_prefix(onset[0]).map(|rime| (onset, rime)));
        if let Some((onset, rime)) = found {
            for registry in 1..=2 {
                let rimes = RIMES
                    .iter()
                    .find(|row| row[0] == rime)
                    .map_or(rime, |row| row[registry]);
                for start in onset[registry].split(' ') {
                    for end in rimes.split(' ') {
                        all.insert(format!("{}{end}", start.trim_matches('-')));
                    }
                }
            }
        }
    }
    all.into_iter().map(|it| (CANTONESE, it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_spell_in_their_ways() {
        let all = |syllable| {
            let all: Vec<String> = spellings(syllable).into_iter().map(|(_, it)| it).collect();
            all.join(" ")
        };
        assert_eq!(all("zoeng"), "cheong cheung tseong tseung zoeng");
        assert_eq!(all("gyun"), "gyun kuen kun kyuen");
        assert_eq!(all("wong"), "uong vong wong");
    }
}
