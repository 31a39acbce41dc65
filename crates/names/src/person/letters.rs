//! Letters of other scripts in plain Latin ones, in the commonest spelling of names.
//!
//! This is no transliteration that could be undone: what different usages write differently is brought together
//! later, by sound.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian letters from U+0430, after BGN/PCGN where they differ.
const CYRILLIC: [&str; 48] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "e", "yo", "dj", "g",
    "ye", "dz", "i", "yi", "j", "lj", "nj", "c", "k", "i", "u", "dz",
];

/// Arabic letters from U+0621; short vowels are not written.
const ARABIC: [&str; 42] = [
    "", "a", "a", "w", "a", "y", "a", "b", "a", "t", "th", "j", "h", "kh", "d", "dh", "r", "z",
    "s", "sh", "s", "d", "t", "z", "a", "gh", "", "", "", "", "", "", "f", "q", "k", "l", "m", "n",
    "h", "w", "a", "y",
];

/// Greek letters from U+03B1.
const GREEK: [&str; 25] = [
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s",
    "t", "y", "f", "ch", "ps", "o",
];

/// Hebrew letters from U+05D0.
const HEBREW: [&str; 27] = [
    "a", "v", "g", "d", "h", "v", "z", "ch", "t", "y", "k", "k", "l", "m", "m", "n", "n", "s", "a",
    "f", "p", "ts", "ts", "k", "r", "sh", "t",
];

/// Georgian letters from U+10D0.
const GEORGIAN: [&str; 33] = [
    "a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s", "t",
    "u", "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h",
];

/// Armenian letters from U+0561.
const ARMENIAN: [&str; 38] = [
    "a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz", "gh",
    "ch", "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "v", "p", "k",
    "o", "f",
];

/// The scripts that matter to comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin letters.
    Latin,
    /// Scripts that write vowels: Cyrillic, Greek, Georgian, Armenian, kana, Hangul.
    Vocalised,
    /// Scripts that leave short vowels out: Arabic, Hebrew.
    Unvocalised,
}

/// What a character is in a name.
pub(crate) enum Letter {
    /// A piece of a word, in plain lower-case Latin letters (possibly none).
    Spelled(&'static str, Script),
    /// A letter of a script without a table.
    Raw(char),
    /// Belongs to the letter before, or to nothing.
    Dropped,
    /// Ends a word.
    Separator,
}

/// Calls back for each letter of a character that is no ASCII and no Chinese one.
pub(crate) fn spell(character: char, mut callback: impl FnMut(Letter)) {
    if let Some((letters, script)) = of_script(character) {
        return callback(Letter::Spelled(letters, script));
    }
    match character {
        '\u{ac00}'..='\u{d7a3}' => return super::korean::spell(character, callback),
        '\u{3041}'..='\u{30fa}' | 'ー' => return callback(Letter::Raw(character)),
        _ => {}
    }
    decompose_compatible(character, |part| callback(of_part(part)));
}

fn of_part(part: char) -> Letter {
    if part.is_ascii_alphabetic() {
        return Letter::Spelled(latin(part.to_ascii_lowercase()), Script::Latin);
    }
    if let Some((letters, script)) = of_script(part) {
        return Letter::Spelled(letters, script);
    }
    if is_dropped(part) {
        return Letter::Dropped;
    }
    if part.is_alphanumeric() {
        return Letter::Raw(part.to_lowercase().next().unwrap_or(part));
    }
    Letter::Separator
}

/// Accents, apostrophes and marks without width.
pub(super) fn is_dropped(character: char) -> bool {
    matches!(character,
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{640}')
        || is_combining_mark(character)
}

fn latin(letter: char) -> &'static str {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let place = usize::from((letter as u8).saturating_sub(b'a'));
    LETTERS.get(place..=place).unwrap_or_default()
}

fn of_script(character: char) -> Option<(&'static str, Script)> {
    let from = |table: &'static [&'static str], first: u32| {
        let place = usize::try_from(u32::from(character) - first).ok()?;
        table.get(place).copied()
    };
    let vocalised = |letters| Some((letters, Script::Vocalised));
    match character {
        '\u{410}'..='\u{42f}' => vocalised(CYRILLIC[(u32::from(character) - 0x410) as usize]),
        '\u{400}'..='\u{40f}' => vocalised(CYRILLIC[(u32::from(character) - 0x400 + 32) as usize]),
        '\u{430}'..='\u{45f}' => vocalised(from(&CYRILLIC, 0x430)?),
        'ґ' | 'Ґ' | 'ғ' | 'Ғ' => vocalised("g"),
        'қ' | 'Қ' => vocalised("k"),
        'ң' | 'Ң' => vocalised("n"),
        'ә' | 'Ә' => vocalised("a"),
        'ө' | 'Ө' => vocalised("o"),
        'ү' | 'Ү' | 'ұ' | 'Ұ' | 'ӯ' | 'Ӯ' => vocalised("u"),
        'һ' | 'Һ' | 'ҳ' | 'Ҳ' => vocalised("h"),
        'ҷ' | 'Ҷ' => vocalised("j"),
        'ӣ' | 'Ӣ' => vocalised("i"),
        '\u{391}'..='\u{3a9}' => vocalised(GREEK[(u32::from(character) - 0x391) as usize]),
        '\u{3b1}'..='\u{3c9}' => vocalised(from(&GREEK, 0x3b1)?),
        '\u{10d0}'..='\u{10f0}' => vocalised(from(&GEORGIAN, 0x10d0)?),
        '\u{531}'..='\u{556}' => vocalised(ARMENIAN[(u32::from(character) - 0x531) as usize]),
        '\u{561}'..='\u{586}' => vocalised(from(&ARMENIAN, 0x561)?),
        '\u{621}'..='\u{64a}' => Some((from(&ARABIC, 0x621)?, Script::Unvocalised)),
        '\u{5d0}'..='\u{5ea}' => Some((from(&HEBREW, 0x5d0)?, Script::Unvocalised)),
        'ی' | 'ے' | 'ۍ' | 'ې' | 'ۀ' => Some(("y", Script::Unvocalised)),
        'ک' => Some(("k", Script::Unvocalised)),
        'گ' | 'ګ' => Some(("g", Script::Unvocalised)),
        'پ' => Some(("p", Script::Unvocalised)),
        'چ' => Some(("ch", Script::Unvocalised)),
        'ژ' => Some(("zh", Script::Unvocalised)),
        'ٹ' | 'ټ' => Some(("t", Script::Unvocalised)),
        'ڈ' | 'ډ' => Some(("d", Script::Unvocalised)),
        'ڑ' | 'ړ' => Some(("r", Script::Unvocalised)),
        'ں' | 'ڼ' => Some(("n", Script::Unvocalised)),
        'ہ' | 'ۃ' | 'ە' | 'ھ' => Some(("h", Script::Unvocalised)),
        'ښ' => Some(("sh", Script::Unvocalised)),
        'ځ' | 'څ' => Some(("z", Script::Unvocalised)),
        'ٱ' => Some(("a", Script::Unvocalised)),
        'ß' | 'ẞ' => Some(("ss", Script::Latin)),
        'æ' | 'Æ' => Some(("ae", Script::Latin)),
        'œ' | 'Œ' => Some(("oe", Script::Latin)),
        'ø' | 'Ø' => Some(("o", Script::Latin)),
        'đ' | 'Đ' | 'ð' | 'Ð' => Some(("d", Script::Latin)),
        'ł' | 'Ł' => Some(("l", Script::Latin)),
        'þ' | 'Þ' => Some(("th", Script::Latin)),
        'ħ' | 'Ħ' => Some(("h", Script::Latin)),
        'ŧ' | 'Ŧ' => Some(("t", Script::Latin)),
        'ı' | 'İ' => Some(("i", Script::Latin)),
        'ə' | 'Ə' => Some(("a", Script::Latin)),
        _ => None,
    }
}
