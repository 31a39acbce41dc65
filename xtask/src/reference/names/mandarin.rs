//! Mandarin syllables, and their spellings by rule: Wade–Giles (Giles 1912), Tongyong (Taiwan, 2002), MPS II (Taiwan, 1986).

/// Letters with the mark of a tone, four for each vowel.
const MARKED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'v'];

/// Onsets: pinyin, Wade–Giles, Tongyong, MPS II; before `i` and `ü` the second line of a palatal holds.
const ONSETS: [[&str; 4]; 21] = [
    ["zh", "ch", "jh", "j"],
    ["ch", "ch", "ch", "ch"],
    ["sh", "sh", "sh", "sh"],
    ["b", "p", "b", "b"],
    ["p", "p", "p", "p"],
    ["m", "m", "m", "m"],
    ["f", "f", "f", "f"],
    ["d", "t", "d", "d"],
    ["t", "t", "t", "t"],
    ["n", "n", "n", "n"],
    ["l", "l", "l", "l"],
    ["g", "k", "g", "g"],
    ["k", "k", "k", "k"],
    ["h", "h", "h", "h"],
    ["j", "ch", "j", "j"],
    ["q", "ch", "c", "ch"],
    ["x", "hs", "s", "sh"],
    ["r", "j", "r", "r"],
    ["z", "ts", "z", "tz"],
    ["c", "ts", "c", "ts"],
    ["s", "s", "s", "s"],
];

/// Rimes that other systems write otherwise; the rest is written as in pinyin.
const RIMES: [[&str; 4]; 20] = [
    ["ie", "ieh", "ie", "ie"],
    ["ian", "ien", "ian", "ian"],
    ["ong", "ung", "ong", "ung"],
    ["iong", "iung", "yong", "iung"],
    ["uo", "o", "uo", "uo"],
    ["ui", "ui", "uei", "uei"],
    ["iu", "iu", "iou", "iou"],
    ["un", "un", "un", "uen"],
    ["ao", "ao", "ao", "au"],
    ["iao", "iao", "iao", "iau"],
    ["v", "u", "yu", "iu"],
    ["ve", "ueh", "yue", "iue"],
    ["van", "uan", "yuan", "iuan"],
    ["vn", "un", "yun", "iun"],
    ["er", "erh", "er", "er"],
    ["e", "e", "e", "e"],
    ["eng", "eng", "eng", "eng"],
    ["en", "en", "en", "en"],
    ["ou", "ou", "ou", "ou"],
    ["ei", "ei", "ei", "ei"],
];

/// Syllables that follow no rule of onset and rime.
const WHOLE: [[&str; 4]; 30] = [
    ["zhi", "chih", "jhih", "jr"],
    ["chi", "chih", "chih", "chr"],
    ["shi", "shih", "shih", "shr"],
    ["ri", "jih", "rih", "r"],
    ["zi", "tzu", "zih", "tz"],
    ["ci", "tzu", "cih", "tsz"],
    ["si", "ssu", "sih", "sz"],
    ["guo", "kuo", "guo", "guo"],
    ["kuo", "kuo", "kuo", "kuo"],
    ["huo", "huo", "huo", "huo"],
    ["shuo", "shuo", "shuo", "shuo"],
    ["gui", "kuei", "guei", "guei"],
    ["kui", "kuei", "kuei", "kuei"],
    ["ge", "ko", "ge", "ge"],
    ["ke", "ko", "ke", "ke"],
    ["he", "ho", "he", "he"],
    ["yi", "i", "yi", "yi"],
    ["ye", "yeh", "ye", "ye"],
    ["you", "yu", "you", "you"],
    ["yan", "yen", "yan", "yan"],
    ["yong", "yung", "yong", "yung"],
    ["wen", "wen", "wun", "wen"],
    ["weng", "weng", "wong", "weng"],
    ["feng", "feng", "fong", "feng"],
    ["yue", "yueh", "yue", "yue"],
    ["yao", "yao", "yao", "yau"],
    ["e", "o", "e", "e"],
    ["er", "erh", "er", "er"],
    ["xu", "hsu", "syu", "shiu"],
    ["xun", "hsun", "syun", "shiun"],
];

/// A syllable without tone (`lv` for lü) and its tone, 5 for none, of pinyin with marks.
pub fn without_tone(marked: &str) -> Option<(String, u8)> {
    let (mut plain, mut tone) = (String::new(), 5);
    for letter in marked.to_lowercase().chars() {
        if let Some(place) = MARKED.chars().position(|known| known == letter) {
            plain.push(VOWELS[place / 4]);
            tone = u8::try_from(place % 4 + 1).ok()?;
        } else if letter == 'ü' {
            plain.push('v');
        } else if letter.is_ascii_lowercase() {
            plain.push(letter);
        } else {
            return None;
        }
    }
    plain.contains(VOWELS).then_some((plain, tone))
}

/// The spellings of a syllable: pinyin with each way of typing ü, then the other systems.
pub fn spellings(syllable: &str) -> Vec<(u8, String)> {
    let mut spellings: Vec<(u8, String)> = match syllable.split_once('v') {
        None => vec![(super::syllables::PINYIN, syllable.to_owned())],
        Some((onset, rest)) => ["v", "u", "yu", "ue"]
            .iter()
            .filter(|vowel| **vowel != "ue" || rest.is_empty())
            .map(|vowel| (super::syllables::PINYIN, format!("{onset}{vowel}{rest}")))
            .collect(),
    };
    for (system, flag) in [
        (1, super::syllables::WADE_GILES),
        (2, super::syllables::TAIWANESE),
        (3, super::syllables::TAIWANESE),
    ] {
        spellings.push((flag, spelled(syllable, system)));
    }
    for near in near(syllable) {
        spellings.push((super::syllables::NEAR, near));
    }
    spellings
}

fn spelled(syllable: &str, system: usize) -> String {
    if let Some(row) = WHOLE.iter().find(|row| row[0] == syllable) {
        return row[system].to_owned();
    }
    let (onset, rime) = cut(syllable);
    // Behind j, q, x and y the letter u stands for ü.
    let rounded = matches!(onset, "j" | "q" | "x") && rime.starts_with('u');
    let rime = if rounded {
        rime.replacen('u', "v", 1)
    } else {
        rime.to_owned()
    };
    let onset = ONSETS
        .iter()
        .find(|row| row[0] == onset)
        .map_or(onset, |row| row[system]);
    let rime = RIMES
        .iter()
        .find(|row| row[0] == rime)
        .map_or(rime.as_str(), |row| row[system]);
    format!("{onset}{rime}")
}

/// Onset and rime; the onset is empty for syllables that begin with a vowel, `y` or `w`.
fn cut(syllable: &str) -> (&str, &str) {
    ONSETS
        .iter()
        .find_map(|row| syllable.strip_prefix(row[0]).map(|rime| (row[0], rime)))
        .unwrap_or(("", syllable))
}

/// What people write who do not tell apart zh and z, n and l, h and f, an and ang, en and eng, in and ing.
fn near(syllable: &str) -> Vec<String> {
    const ONSETS_OF_ONE_EAR: [(&str, &str); 6] = [
        ("zh", "z"),
        ("ch", "c"),
        ("sh", "s"),
        ("n", "l"),
        ("h", "f"),
        ("r", "l"),
    ];
    const RIMES_OF_ONE_EAR: [&str; 3] = ["an", "en", "in"];
    let (onset, rime) = cut(syllable);
    let mut found = Vec::new();
    for (one, other) in ONSETS_OF_ONE_EAR {
        if onset == one {
            found.push(format!("{other}{rime}"));
        } else if onset == other {
            found.push(format!("{one}{rime}"));
        }
    }
    for end in RIMES_OF_ONE_EAR {
        if rime.ends_with(end) {
            found.push(format!("{syllable}g"));
        } else if let Some(short) = syllable
            .strip_suffix('g')
            .filter(|short| short.ends_with(end))
        {
            found.push(short.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_systems_follow_the_rules_of_their_tables() {
        let all = |syllable: &str| [1, 2, 3].map(|system| spelled(syllable, system)).join(" ");
        assert_eq!(all("zhang"), "chang jhang jang");
        assert_eq!(all("xiao"), "hsiao siao shiau");
        assert_eq!(all("xu"), "hsu syu shiu");
        assert_eq!(all("quan"), "chuan cyuan chiuan");
        assert_eq!(all("guo"), "kuo guo guo");
        assert_eq!(without_tone("lǜ"), Some(("lv".to_owned(), 4)));
        assert_eq!(without_tone("m̀"), None);
    }
}
