//! Differences between Chinese names, and between a Chinese name and its pinyin.

use pinyin::ToPinyinMulti;

use crate::Reason;
use crate::readings;
use crate::search_keys::each_reading;

/// Longer texts are no names of persons.
const LONGEST_NAME: usize = 12;

/// Six letters a syllable at most, and less than the bits of a set of places.
const LONGEST_SPELLING: usize = 6 * LONGEST_NAME;

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
    let letters: String = words.chars().filter(|letter| *letter != ' ').collect();
    let mut name: Vec<char> = chinese.chars().take(LONGEST_NAME + 1).collect();
    if !(2..=LONGEST_NAME).contains(&name.len()) || letters.len() > LONGEST_SPELLING {
        return false;
    }
    if spells(&name, 0, &letters) {
        return true;
    }
    // Surnames have one character, or two: each turn moves one more behind the given name.
    let length = name.len();
    (1..=2).filter(|surname| *surname < length).any(|surname| {
        name.rotate_left(1);
        spells(&name, length - surname, &letters)
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

/// Whether letters spell characters with any combination of the readings these have.
///
/// Works on the set of places that can be reached, so a name of many readings costs no more than
/// the product of its length and theirs.
fn spells(name: &[char], surname: usize, letters: &str) -> bool {
    // Bit n of entry m: the first m characters can be spelled by the first n letters.
    let mut reached = [0_u128; LONGEST_NAME + 1];
    reached[0] = 1;
    for (place, &character) in name.iter().enumerate() {
        let from = reached[place];
        if from == 0 {
            continue;
        }
        let mut read = |reading| reached[place + 1] |= advance(from, letters, reading);
        match character.to_pinyin_multi() {
            Some(all) => all.into_iter().for_each(|reading| read(reading.plain())),
            None => readings::general(character).into_iter().for_each(&mut read),
        }
        readings::usual(character).into_iter().for_each(&mut read);
        if place == surname {
            readings::surname(character).into_iter().for_each(&mut read);
        }
        if let Some(next) = name.get(place + 1)
            && let Some([first, second]) = readings::phrase(character, *next)
        {
            reached[place + 2] |= advance(advance(from, letters, first), letters, second);
        }
    }
    reached[name.len()] >> letters.len() & 1 == 1
}

/// The places behind a syllable, from any of the places where it may begin; ü has more than one
/// spelling.
fn advance(from: u128, letters: &str, reading: &str) -> u128 {
    let places = (0..letters.len()).filter(|place| from >> place & 1 == 1);
    let spelled = places.flat_map(|place| {
        let rest = letters.get(place..).unwrap_or_default();
        let ends: [Option<&str>; 3] = match reading.split_once('ü') {
            None => [rest.strip_prefix(reading), None, None],
            Some((initial, end)) => ["u", "v", "yu"].map(|sound| {
                rest.strip_prefix(initial)?
                    .strip_prefix(sound)?
                    .strip_prefix(end)
            }),
        };
        ends.into_iter().flatten()
    });
    spelled.fold(0, |to, rest| to | 1 << (letters.len() - rest.len()))
}
