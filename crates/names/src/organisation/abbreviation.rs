//! Short names (简称): 中石化 for 中国石油化工, 工行 for 中国工商银行, 北大 for 北京大学.
//!
//! The characters of a short name are taken in order from the words of the long one, usually the first of each, of the last
//! word often its last. How many words give a character, and which, is what the answer says.

use super::lexicon::{self, Class, Meaning};
use super::name::{OrganisationName, PartKind};

/// A short name has so many characters at most.
const LONGEST: usize = 6;

/// Words of a long name that are looked at.
const MOST_WORDS: usize = 16;

/// How well one name can be a short form of the other, from 0 to 1.
pub(super) fn fits(left: &OrganisationName, right: &OrganisationName) -> f64 {
    one_way(left, right).max(one_way(right, left))
}

/// Whether both are known to be names of one organisation.
pub(super) fn known_alike(left: &OrganisationName, right: &OrganisationName) -> bool {
    let one = known(left);
    if one.iter().all(Option::is_none) {
        return false;
    }
    let other = known(right);
    one.iter()
        .flatten()
        .any(|meaning| other.iter().flatten().any(|other| meaning.same(*other)))
}

/// The organisations that a name as a whole, or without its region, is known to stand for.
fn known(name: &OrganisationName) -> [Option<Meaning>; 3] {
    let mut tokens = name.tokens().iter();
    let word = tokens.find(|token| token.meaning.class == Class::Known);
    let word = word.map(|token| token.meaning);
    if !name.is_chinese() {
        // Phrases of words were looked up when the name was read.
        return [word, None, None];
    }
    let mut whole = String::with_capacity(48);
    let mut region = 0;
    for token in name
        .tokens()
        .iter()
        .filter(|token| is_stem(token.kind, token.meaning))
    {
        whole.push_str(name.word(token));
        if token.kind == PartKind::Region && whole.len() == region + name.word(token).len() {
            region = whole.len();
        }
    }
    let of = |text: &str| lexicon::meaning(text).filter(|meaning| meaning.class == Class::Known);
    let without_region = whole.get(region..).unwrap_or_default();
    [of(&whole), of(without_region), word]
}

fn is_stem(kind: PartKind, meaning: Meaning) -> bool {
    matches!(
        kind,
        PartKind::Region | PartKind::TradeName | PartKind::Trade
    ) || meaning.class == Class::Kind
}

fn one_way(short: &OrganisationName, long: &OrganisationName) -> f64 {
    let mut characters = ['\0'; LONGEST];
    let mut length = 0;
    for token in short
        .tokens()
        .iter()
        .filter(|token| is_stem(token.kind, token.meaning))
    {
        for character in short.word(token).chars() {
            let Some(place) = characters.get_mut(length) else {
                return 0.0;
            };
            *place = character;
            length += 1;
        }
    }
    if length < 2 {
        return 0.0;
    }
    let mut words: [&str; MOST_WORDS] = [""; MOST_WORDS];
    let mut count = 0;
    for token in long
        .tokens()
        .iter()
        .filter(|token| is_stem(token.kind, token.meaning))
    {
        let word = long.word(token);
        let whole = token.meaning.class != Class::Own;
        let mut rest = word;
        while !rest.is_empty() && count < MOST_WORDS {
            // A name of its own is mostly made of words of two characters.
            let cut = rest
                .char_indices()
                .nth(2)
                .map_or(rest.len(), |(place, _)| place);
            let cut = if whole { rest.len() } else { cut };
            let (word, after) = rest.split_at(cut);
            words[count] = word;
            count += 1;
            rest = after;
        }
    }
    let words = &words[..count];
    if words.iter().map(|word| word.chars().count()).sum::<usize>() <= length {
        return 0.0;
    }
    let begins = (0..words.len().min(2))
        .map(|skipped| taken(&characters[..length], &words[skipped..], skipped));
    begins.fold(0.0, f64::max)
}

/// Takes the characters from the words in order, the first from the first word.
fn taken(characters: &[char], words: &[&str], skipped: usize) -> f64 {
    let (mut sum, mut giving) = (0.0, 0.0);
    let mut rest = characters.iter().copied().peekable();
    for (place, word) in words.iter().enumerate() {
        let last = place + 1 == words.len();
        let length = word.chars().count();
        let mut at = 0;
        let mut gave = false;
        while let Some(wanted) = rest.peek().copied() {
            let Some(found) = word
                .chars()
                .skip(at)
                .position(|character| character == wanted)
            else {
                break;
            };
            let found = at + found;
            let worth = match found {
                0 => 1.0,
                _ if gave && found == at => 0.9,
                _ if found + 1 == length => {
                    if last {
                        0.9
                    } else {
                        0.7
                    }
                }
                _ => 0.3,
            };
            if worth < 0.5 {
                break;
            }
            sum += worth;
            gave = true;
            at = found + 1;
            rest.next();
        }
        if gave {
            giving += 1.0;
        } else if place == 0 {
            return 0.0;
        }
    }
    if rest.next().is_some() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "names have few words")]
    let (length, all) = (characters.len() as f64, (words.len() + skipped) as f64);
    let covered: f64 = giving / all;
    (sum / length) * (0.5 + 0.5 * covered)
}
