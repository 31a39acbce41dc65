//! Differences between Chinese names, and between a Chinese name and its pinyin.

use pinyin::ToPinyinMulti;

use crate::Reason;
use crate::readings;
use crate::search_keys::each_reading;

/// Longer texts are no names of persons; matching all their readings would take too long.
const LONGEST_NAME: usize = 12;

/// What explains the difference between two folded names of Chinese characters only.
pub(crate) fn explain(left: &str, right: &str) -> Option<Reason> {
    let (left_length, right_length) = (left.chars().count(), right.chars().count());
    match left_length.abs_diff(right_length) {
        0 if left_length >= 2 && differs_by_homophone(left, right) => Some(Reason::Homophone),
        1 if left_length.min(right_length) >= 2
            && (left.starts_with(right) || right.starts_with(left)) =>
        {
            Some(Reason::Truncation)
        }
        _ => None,
    }
}

/// Whether folded words spell the sounds of a folded Chinese name, surname first or last.
pub(crate) fn is_pinyin_of(chinese: &str, words: &str) -> bool {
    let length = chinese.chars().count();
    if !(2..=LONGEST_NAME).contains(&length) {
        return false;
    }
    if spells(chinese, words, true).any_rest(str::is_empty) {
        return true;
    }
    // Surnames have one character, or two.
    (1..=2).filter(|surname| *surname < length).any(|surname| {
        let cut = chinese
            .char_indices()
            .nth(surname)
            .map_or(chinese.len(), |(place, _)| place);
        let (surname, given) = chinese.split_at(cut);
        spells(given, words, false)
            .any_rest(|rest| spells(surname, rest, true).any_rest(str::is_empty))
    })
}

fn differs_by_homophone(left: &str, right: &str) -> bool {
    let mut differing = left
        .chars()
        .zip(right.chars())
        .enumerate()
        .filter(|(_, (a, b))| a != b);
    let (Some((place, (first, second))), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let reading_in = |name: &str| {
        let (mut at, mut found) = (0, None);
        each_reading(name, |_, reading| {
            if at == place {
                found = reading;
            }
            at += 1;
        });
        found
    };
    let (in_left, in_right) = (reading_in(left), reading_in(right));
    let general = readings::general(first);
    (in_left.is_some() && in_left == in_right)
        || (general.is_some() && general == readings::general(second))
}

/// A Chinese text to be found at the beginning of Latin words.
struct Spelling<'text> {
    chinese: &'text str,
    words: &'text str,
    /// Whether the text begins with a surname.
    at_beginning: bool,
}

fn spells<'text>(chinese: &'text str, words: &'text str, at_beginning: bool) -> Spelling<'text> {
    Spelling {
        chinese,
        words,
        at_beginning,
    }
}

impl Spelling<'_> {
    /// Whether the text is spelled at the beginning of the words so that the test holds for the
    /// words that remain, with any combination of the readings its characters have.
    fn any_rest(&self, test: impl Fn(&str) -> bool) -> bool {
        self.any_rest_by(&test)
    }

    fn any_rest_by(&self, test: &dyn Fn(&str) -> bool) -> bool {
        let mut characters = self.chinese.chars();
        let Some(character) = characters.next() else {
            return test(self.words);
        };
        let rest = characters.as_str();
        let words = self.words.trim_start();
        let continues = |reading: &str| {
            after_syllable(words, reading).any(|words| spells(rest, words, false).any_rest_by(test))
        };
        if let Some(reading) = self
            .at_beginning
            .then(|| readings::surname(character))
            .flatten()
            && continues(reading)
        {
            return true;
        }
        if let Some(next) = characters.next()
            && let Some([first, second]) = readings::phrase(character, next)
            && after_syllable(words, first)
                .flat_map(|words| after_syllable(words.trim_start(), second))
                .any(|words| spells(characters.as_str(), words, false).any_rest_by(test))
        {
            return true;
        }
        match character.to_pinyin_multi() {
            Some(all) => all.into_iter().any(|reading| continues(reading.plain())),
            None => readings::general(character).is_some_and(continues),
        }
    }
}

/// What remains of the words behind a syllable; ü may be written in four ways.
fn after_syllable<'words>(
    words: &'words str,
    reading: &str,
) -> impl Iterator<Item = &'words str> + use<'words> {
    let spellings: [Option<&'words str>; 3] = match reading.split_once('ü') {
        None => [words.strip_prefix(reading), None, None],
        Some((initial, final_part)) => ["u", "v", "yu"].map(|sound| {
            words
                .strip_prefix(initial)?
                .strip_prefix(sound)?
                .strip_prefix(final_part)
        }),
    };
    spellings.into_iter().flatten()
}
