//! The parts of a name in words: Latin, and other scripts with letters.
//!
//! Legal forms stand at the end or at the beginning, everything else anywhere. The longest phrase that a table knows is
//! one word here; two letters are a legal form only where such stand.

use super::lexicon::{self, Class, Cursor, Meaning};
use super::name::{PartKind, Token};
use super::romanise;

/// Words beyond these are not read.
const MOST_WORDS: usize = 32;

/// Legal forms of two letters that stand at the beginning.
const IN_FRONT: [&str; 7] = ["ao", "ip", "pt", "ud", "cv", "ab", "tk"];

/// The words of a folded name, and the text in which they lie.
pub(super) fn tokens(folded: String) -> (String, Vec<Token>) {
    let mut text = if has_lone_letter(&folded) {
        joined(&folded)
    } else {
        folded
    };
    let mut tokens = Vec::with_capacity(8);
    let mut from = 0;
    while from < text.len() && tokens.len() < MOST_WORDS {
        let (length, meaning) = phrase(&text[from..]);
        tokens.push(token(from, from + length, meaning));
        from += length + 1;
    }
    settle_numbers(&text, &mut tokens);
    settle_short_forms(&text, &mut tokens);
    for token in &mut tokens {
        token.kind = kind(token.meaning.class);
        let word = &text[usize::from(token.from)..usize::from(token.to)];
        if !word.is_ascii() {
            let word = word.to_owned();
            let from = text.len();
            romanise::write(&word, &mut text);
            token.spelled = (narrow(from), narrow(text.len()));
        }
    }
    (text, tokens)
}

/// Whether a letter may stand alone; in other scripts than Latin, always.
fn has_lone_letter(folded: &str) -> bool {
    let bytes = folded.as_bytes();
    let blank = |place: usize| bytes.get(place).is_none_or(|byte| *byte == b' ');
    !folded.is_ascii()
        || blank(1)
        || (1..bytes.len()).any(|place| bytes[place - 1] == b' ' && blank(place + 1))
}

/// Letters that stand alone joined with such neighbours: `l l c`, but `v l p` is a number and a legal form.
fn joined(folded: &str) -> String {
    let mut text = String::with_capacity(2 * folded.len());
    // Where letters that stood alone begin.
    let mut run = None;
    for word in folded.split(' ') {
        let mut letters = word.chars();
        let is_alone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        if !is_alone {
            part_number_from_form(&mut text, run.take());
        }
        if !(text.is_empty() || is_alone && run.is_some()) {
            text.push(' ');
        }
        if is_alone {
            run.get_or_insert(text.len());
        }
        text.push_str(word);
    }
    part_number_from_form(&mut text, run);
    text
}

fn part_number_from_form(text: &mut String, run: Option<usize>) {
    let Some(run) = run.and_then(|run| Some((run, text.get(run..)?))) else {
        return;
    };
    let is_form =
        |letters: &str| lexicon::meaning(letters).is_some_and(|it| it.class == Class::Form);
    let (from, letters) = run;
    let number = letters.len() > 2 && matches!(letters.as_bytes()[0], b'i' | b'v' | b'x');
    if number && !is_form(letters) && is_form(&letters[1..]) {
        text.insert(from + 1, ' ');
    }
}

/// The longest phrase at the beginning of a text that a table knows, else its first word.
fn phrase(text: &str) -> (usize, Meaning) {
    let first = text.bytes().position(|letter| letter == b' ');
    let first = first.unwrap_or(text.len());
    let mut found = (first, Meaning::OWN);
    let mut cursor = Cursor::START;
    for (place, character) in text.char_indices() {
        let Some(next) = cursor.step(character) else {
            break;
        };
        cursor = next;
        let end = place + character.len_utf8();
        if (end == text.len() || text[end..].starts_with(' '))
            && let Some(meaning) = cursor.meaning()
            && (end > 2 || !matches!(meaning.class, Class::Trade | Class::Generic | Class::Kind))
        {
            found = (end, meaning);
        }
    }
    found
}

/// Short legal forms count only at the end, or at the beginning if they are such as stand there.
fn settle_short_forms(text: &str, tokens: &mut [Token]) {
    let mut at_end = true;
    for place in (0..tokens.len()).rev() {
        let Some(token) = tokens.get_mut(place) else {
            return;
        };
        let word = &text[usize::from(token.from)..usize::from(token.to)];
        match token.meaning.class {
            Class::Form if word.len() <= 2 && word != "co" => {
                if !(at_end && place > 0 || place == 0 && IN_FRONT.contains(&word)) {
                    token.meaning = Meaning::OWN;
                    at_end = false;
                }
            }
            Class::Form | Class::Branch | Class::Small | Class::Place => {}
            _ => at_end = false,
        }
    }
}

/// Numbers in digits, and in Roman letters behind the first word.
fn settle_numbers(text: &str, tokens: &mut [Token]) {
    for (place, token) in tokens.iter_mut().enumerate() {
        let word = &text[usize::from(token.from)..usize::from(token.to)];
        if token.meaning.class == Class::Number {
            token.meaning.weight = NUMBER_WEIGHT;
            continue;
        }
        let may_be = token.meaning.class == Class::Own || word.len() < 5 && roman(word).is_some();
        if !may_be {
            continue;
        }
        let number = word
            .parse::<u16>()
            .ok()
            .or_else(|| roman(word).filter(|_| place > 0));
        if let Some(number) = number {
            token.meaning = Meaning {
                class: Class::Number,
                weight: NUMBER_WEIGHT,
                concept: number,
                other: 0,
            };
        }
    }
}

const NUMBER_WEIGHT: u8 = 60;

/// The value of a Roman number up to 39.
fn roman(word: &str) -> Option<u16> {
    if word.len() > 6 {
        return None;
    }
    let value = |letter: u8| match letter {
        b'i' => Some(1_u16),
        b'v' => Some(5),
        b'x' => Some(10),
        _ => None,
    };
    let mut sum = 0_u16;
    let mut largest = 0;
    for letter in word.bytes().rev() {
        let value = value(letter)?;
        if value >= largest {
            largest = value;
            sum += value;
        } else {
            sum = sum.checked_sub(value)?;
        }
    }
    Some(sum).filter(|sum| *sum > 0)
}

fn kind(class: Class) -> PartKind {
    match class {
        Class::Own | Class::Known | Class::Number => PartKind::TradeName,
        Class::Place => PartKind::Region,
        Class::Form => PartKind::LegalForm,
        Class::Trade | Class::Generic | Class::Kind => PartKind::Trade,
        Class::Branch => PartKind::Branch,
        Class::Small => PartKind::Joining,
    }
}

fn token(from: usize, to: usize, meaning: Meaning) -> Token {
    let (from, to) = (narrow(from), narrow(to));
    Token {
        kind: PartKind::TradeName,
        meaning,
        from,
        to,
        spelled: (from, to),
    }
}

fn narrow(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
