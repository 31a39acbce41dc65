//! Differences between names written in words: Latin, and other scripts with letters.

use crate::Reason;

/// Longer texts are no names of persons, and are not compared word by word.
const MOST_WORDS: usize = 8;

const FEWEST_LETTERS_FOR_A_SLIP: usize = 5;

/// What explains the difference between two folded names without Chinese characters.
pub(crate) fn explain(left: &str, right: &str) -> Option<Reason> {
    let left_words: Vec<&str> = left.split(' ').collect();
    let right_words: Vec<&str> = right.split(' ').collect();
    if left_words.len() <= MOST_WORDS && right_words.len() <= MOST_WORDS {
        if same_sorted(&left_words, &right_words)
            || is_rotation(&left_words, &right_words)
            || is_rotation(&right_words, &left_words)
        {
            return Some(Reason::WordOrder);
        }
        let (fewer, more) = if left_words.len() <= right_words.len() {
            (left_words, right_words)
        } else {
            (right_words, left_words)
        };
        if let Some(reason) = explain_by_words(fewer, more) {
            return Some(reason);
        }
    }
    differ_by_one_letter(left, right).then_some(Reason::OneLetter)
}

fn same_sorted(left: &[&str], right: &[&str]) -> bool {
    left.len() == right.len() && sorted(left) == sorted(right)
}

fn sorted<'text>(words: &[&'text str]) -> Vec<&'text str> {
    let mut words = words.to_vec();
    words.sort_unstable();
    words
}

/// Whether the letters of one are those of the other, some words moved from front to back.
fn is_rotation(joined: &[&str], rotated: &[&str]) -> bool {
    let letters = || joined.iter().flat_map(|word| word.chars());
    (0..rotated.len()).any(|cut| {
        let (front, back) = rotated.split_at(cut);
        letters().eq(back.iter().chain(front).flat_map(|word| word.chars()))
    })
}

/// Pairs whole words first and initials with what remains; words left over must be on one side.
fn explain_by_words(mut fewer: Vec<&str>, mut more: Vec<&str>) -> Option<Reason> {
    let words = fewer.len();
    let mut whole_word = false;
    fewer.retain(|word| match more.iter().position(|other| other == word) {
        Some(place) => {
            more.remove(place);
            whole_word |= word.chars().nth(1).is_some();
            false
        }
        None => true,
    });
    if words < 2 || !whole_word {
        return None;
    }
    let initials = !fewer.is_empty();
    for word in fewer {
        let place = more
            .iter()
            .position(|other| is_initial(word, other) || is_initial(other, word))?;
        more.remove(place);
    }
    Some(if initials {
        Reason::Initials
    } else {
        Reason::MissingWords
    })
}

fn is_initial(initial: &str, word: &str) -> bool {
    let mut letters = initial.chars();
    letters
        .next()
        .is_some_and(|letter| letters.next().is_none() && word.starts_with(letter))
}

fn differ_by_one_letter(left: &str, right: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|character| *character != ' ').count();
    if letters(left).min(letters(right)) < FEWEST_LETTERS_FOR_A_SLIP {
        return false;
    }
    let (left, right) = without_common_beginning(left, right);
    let (left, right) = without_common_end(left, right);
    let mut left = left.chars();
    let mut right = right.chars();
    match (left.next(), left.next(), right.next(), right.next()) {
        // One letter on either side, or on one.
        (_, None, _, None) => true,
        (Some(first), Some(second), Some(other), Some(another)) => {
            let swapped = first == another && second == other;
            swapped && left.next().is_none() && right.next().is_none()
        }
        _ => false,
    }
}

fn without_common_beginning<'text>(
    left: &'text str,
    right: &'text str,
) -> (&'text str, &'text str) {
    let common: usize = left
        .chars()
        .zip(right.chars())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    (&left[common..], &right[common..])
}

fn without_common_end<'text>(left: &'text str, right: &'text str) -> (&'text str, &'text str) {
    let common: usize = left
        .chars()
        .rev()
        .zip(right.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    (&left[..left.len() - common], &right[..right.len() - common])
}
