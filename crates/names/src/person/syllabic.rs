//! Two names in letters that are both Mandarin: compared syllable by syllable.
//!
//! `Wei` and `Hui` sound alike to the ear that compares Arabic or Russian names, but they are two syllables, and nearly every two
//! syllables make two names. Pinyin, Wade–Giles and the systems of Taiwan may meet here.

use super::form::Form;
use super::token::{EMPTY, digest_with};
use crate::{Comparison, Reason, Reasons};

const SPELLINGS: &[u8] = include_bytes!("../../tables/spellings.bin");
const WIDTH: usize = 8;

/// Names of persons have two to four syllables.
const MOST_SYLLABLES: usize = 4;

/// No spelling of a syllable is longer.
const MOST_LETTERS: usize = 7;

/// As many syllables may be spelled alike.
const MOST_ALIKE: usize = 4;

/// The syllables that a spelling may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spelled {
    digest: u32,
    syllables: [u16; MOST_ALIKE],
}

/// The syllables of a name, and after how many of them the first word ends and the last begins.
struct Syllables {
    spelled: [Spelled; MOST_SYLLABLES],
    count: usize,
    first_word: usize,
    last_word: usize,
}

const NO_SYLLABLE: u16 = 0xffff;

/// Compares two names if both consist of Mandarin syllables and as many.
pub(super) fn compare(left: &Form, right: &Form) -> Option<Comparison> {
    if !has_one_syllable_word(left) || !has_one_syllable_word(right) {
        return None;
    }
    let (left, right) = (Syllables::of(left)?, Syllables::of(right)?);
    if left.count != right.count {
        return None;
    }
    let turns = [0, right.first_word, right.last_word];
    let best = turns
        .iter()
        .map(|turn| left.in_common(&right, *turn))
        .max()?;
    let (common, same_letters) = best;
    let score = match (left.count, left.count - common) {
        (_, 0) if same_letters == common => 0.97,
        // A single syllable that two systems spell otherwise is rather another one.
        (count, 0) if same_letters + 1 == count => 0.74,
        (_, 0) => 0.88,
        (2, 1) => 0.25,
        (3, 1) => 0.42,
        (4, 1) => 0.5,
        (3 | 4, 2) => 0.15,
        _ => 0.0,
    };
    let reason = match left.count - common {
        0 if same_letters == common => Reason::WordOrder,
        0 => Reason::WadeGiles,
        _ => Reason::OtherWords,
    };
    Some(Comparison::new(score, Reasons::of(reason)))
}

/// A quick look that turns nearly all names of other languages away: the shortest word is the surname or a syllable.
fn has_one_syllable_word(form: &Form) -> bool {
    form.words().len() <= MOST_SYLLABLES
        && form.letters().len() <= MOST_SYLLABLES * MOST_LETTERS
        && form
            .words()
            .iter()
            .min_by_key(|word| word.sounds.as_slice().len())
            .is_some_and(|word| look_up(word.key).is_some())
}

impl Syllables {
    fn of(form: &Form) -> Option<Self> {
        let mut syllables = Self {
            spelled: [Spelled {
                digest: 0,
                syllables: [NO_SYLLABLE; MOST_ALIKE],
            }; MOST_SYLLABLES],
            count: 0,
            first_word: 0,
            last_word: 0,
        };
        let mut from = 0;
        for end in 1..=form.letters().len() {
            if form.edges() >> end & 1 == 1 {
                syllables.last_word = syllables.count;
                if !syllables.cut(&form.letters()[from..end]) {
                    return None;
                }
                if from == 0 {
                    syllables.first_word = syllables.count;
                }
                from = end;
            }
        }
        Some(syllables)
    }

    /// Cuts a word into syllables, longer ones first.
    fn cut(&mut self, word: &[u8]) -> bool {
        if word.is_empty() {
            return true;
        }
        if self.count == MOST_SYLLABLES {
            return false;
        }
        let mut found = [None; MOST_LETTERS];
        let mut digest = EMPTY;
        for (place, letter) in word.iter().take(MOST_LETTERS).enumerate() {
            digest = digest_with(digest, *letter);
            found[place] = look_up(digest);
        }
        let before = self.count;
        for length in (1..=word.len().min(MOST_LETTERS)).rev() {
            if let Some(spelled) = found[length - 1] {
                self.spelled[before] = spelled;
                self.count = before + 1;
                if self.cut(&word[length..]) {
                    return true;
                }
                self.count = before;
            }
        }
        false
    }

    /// How many syllables are common if the other name begins after a number of its syllables, and how many of
    /// them are spelled the same.
    fn in_common(&self, other: &Self, turn: usize) -> (usize, usize) {
        let mut common = (0, 0);
        for place in 0..self.count {
            let (one, two) = (
                self.spelled[place],
                other.spelled[(place + turn) % other.count],
            );
            let meet = one
                .syllables
                .iter()
                .any(|syllable| *syllable != NO_SYLLABLE && two.syllables.contains(syllable));
            common.0 += usize::from(meet);
            common.1 += usize::from(one.digest == two.digest);
        }
        common
    }
}

/// Whether letters with this digest spell a syllable.
pub(super) fn is_syllable(digest: u32) -> bool {
    look_up(digest).is_some()
}

/// The syllables that letters with this digest spell.
fn look_up(digest: u32) -> Option<Spelled> {
    let rows = SPELLINGS.len() / WIDTH;
    let key = |row: usize| match SPELLINGS.get(WIDTH * row..WIDTH * row + 4) {
        Some(&[first, second, third, fourth]) => u32::from_le_bytes([first, second, third, fourth]),
        _ => 0,
    };
    // Every round halves what is left, whichever half it is: nothing for a processor to guess wrong.
    let (mut low, mut count) = (0, rows);
    while count > 0 {
        let half = count.div_ceil(2);
        if key(low + half - 1) < digest {
            low += half;
        }
        count -= half;
    }
    if low == rows || key(low) != digest {
        return None;
    }
    let mut syllables = [NO_SYLLABLE; MOST_ALIKE];
    for (place, row) in syllables.iter_mut().zip(low..rows) {
        if key(row) != digest {
            break;
        }
        if let Some(&[first, second]) = SPELLINGS.get(WIDTH * row + 4..WIDTH * row + 6) {
            *place = u16::from_le_bytes([first, second]);
        }
    }
    Some(Spelled { digest, syllables })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(left: &str, right: &str) -> String {
        let found = compare(&Form::read(left), &Form::read(right));
        found.map_or("not Mandarin".to_owned(), |found| {
            format!("{:.2} {}", found.score, found.reasons.codes())
        })
    }

    #[test]
    fn mandarin_names_are_compared_by_syllables() {
        let pairs = [
            ("Mao Zedong", "Mao Tse-tung"),
            ("Zhang Wei", "Wei Zhang"),
            ("Zhang Wei", "Zhang Hui"),
            ("Li Youhan", "Yu-han Li"),
            ("Hsiao Ming Chang", "Zhang Xiaoming"),
            ("John Smith", "Mary Jones"),
        ];
        let shown =
            pairs.map(|(left, right)| format!("{left} | {right} {}", compared(left, right)));
        insta::assert_snapshot!(shown.join("\n"), @r"
    Mao Zedong | Mao Tse-tung 0.88 wade_giles
    Zhang Wei | Wei Zhang 0.97 word_order
    Zhang Wei | Zhang Hui 0.25 other_words
    Li Youhan | Yu-han Li 0.74 wade_giles
    Hsiao Ming Chang | Zhang Xiaoming 0.88 wade_giles
    John Smith | Mary Jones not Mandarin
    ");
    }
}
