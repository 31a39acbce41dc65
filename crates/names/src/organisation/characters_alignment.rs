//! Chinese names side by side: what of trade name and trade is common, character by character in order.

use super::evidence::{Evidence, MISSING_NUMBER, OTHER_NUMBER};
use super::lexicon::Class;
use super::name::{OrganisationName, PartKind};
use crate::person::characters::{Character, LOOKS_ALIKE};
use crate::readings;
use crate::{Reason, Reasons};

/// Characters beyond these are not compared.
pub(super) const MOST_CHARACTERS: usize = 48;

/// What the characters of a word of the tables weigh together at least where no word is the name's own.
const LEAST_WITHOUT_OWN: f64 = 0.5;

/// The characters of trade name, trade and kind, with what each weighs.
pub(super) struct Stem {
    characters: [(char, f64); MOST_CHARACTERS],
    length: usize,
    /// How many of them are the trade name, if it is at the beginning.
    own: usize,
}

impl Stem {
    pub fn of(name: &OrganisationName) -> Self {
        let mut stem = Self {
            characters: [('\0', 0.0); MOST_CHARACTERS],
            length: 0,
            own: 0,
        };
        for token in name.tokens() {
            let word = name.word(token);
            let weight = f64::from(token.meaning.weight) / 100.0;
            let (each, total) = match (token.kind, token.meaning.class) {
                (PartKind::TradeName, Class::Own | Class::Known) => (0.5, 0.0),
                (PartKind::TradeName, Class::Place) => (0.0, 0.45),
                (PartKind::TradeName, _) => (0.0, weight.max(0.45)),
                (PartKind::Trade, Class::Trade) if !name.has_own() => {
                    (0.0, weight.max(LEAST_WITHOUT_OWN))
                }
                (PartKind::Trade, _) | (PartKind::LegalForm, Class::Kind) => (0.0, weight),
                _ => continue,
            };
            stem.push(word, each, total, token.kind == PartKind::TradeName);
        }
        stem
    }

    fn push(&mut self, word: &str, each: f64, total: f64, own: bool) {
        let count = word.chars().filter(|character| *character != ' ').count();
        #[expect(clippy::cast_precision_loss, reason = "names have few characters")]
        let shared = total / count.max(1) as f64;
        for character in word.chars().filter(|character| *character != ' ') {
            if self.length == MOST_CHARACTERS {
                return;
            }
            let letter = if character.is_ascii() {
                each.min(0.3)
            } else {
                each
            };
            self.characters[self.length] = (character, if total > 0.0 { shared } else { letter });
            self.length += 1;
        }
        if own {
            self.own = self.length;
        }
    }

    fn characters(&self) -> &[(char, f64)] {
        &self.characters[..self.length]
    }
}

/// What two stems share.
pub(super) fn align(left: &Stem, right: &Stem) -> Evidence {
    let (one, other) = (left.characters(), right.characters());
    let same = |(one, other): &(&(char, f64), &(char, f64))| one.0 == other.0;
    let begin = one.iter().zip(other).take_while(same).count();
    let end = one[begin..]
        .iter()
        .rev()
        .zip(other[begin..].iter().rev())
        .take_while(same)
        .count();
    let weight =
        |characters: &[(char, f64)]| characters.iter().map(|(_, weight)| weight).sum::<f64>();
    let lesser = |one: &[(char, f64)], other: &[(char, f64)]| {
        one.iter()
            .zip(other)
            .map(|(one, other)| one.1.min(other.1))
            .sum::<f64>()
    };
    let (middle, others_middle) = (
        &one[begin..one.len() - end],
        &other[begin..other.len() - end],
    );
    let mut shared = lesser(&one[..begin], &other[..begin]);
    shared += lesser(&one[one.len() - end..], &other[other.len() - end..]);
    let (found, sound) = common(middle, others_middle);
    let mut reasons = Reasons::NONE;
    let mut found = found;
    if let ([one], [other]) = (middle, others_middle)
        && let Some(reason) = exchanged(one.0, other.0)
    {
        found = found.max(EXCHANGED * one.1.min(other.1));
        reasons = reasons.with(reason);
    } else if sound && middle.len() == others_middle.len() {
        reasons = reasons.with(Reason::Homophone);
    }
    shared += found;
    let factor = match (numerals(middle), numerals(others_middle)) {
        (one, other) if one == other => 1.0,
        (0, _) | (_, 0) => MISSING_NUMBER,
        _ => OTHER_NUMBER,
    };
    let alone = [weight(middle) - found, weight(others_middle) - found].map(|alone| alone.max(0.0));
    let mut evidence = Evidence {
        shared,
        alone,
        factor,
        reasons,
    };
    if reasons.is_empty() {
        say_what_differs(
            &mut evidence,
            begin < left.own.min(right.own),
            [left, right],
        );
    }
    if factor < 1.0 {
        evidence = evidence.with(Reason::Number);
    }
    evidence
}

/// Names what each has alone, where no character stands for another.
fn say_what_differs(evidence: &mut Evidence, within_own: bool, stems: [&Stem; 2]) {
    let lesser = evidence.alone[0].min(evidence.alone[1]);
    let larger = evidence.alone[0].max(evidence.alone[1]);
    let (reason, alone) = if within_own && lesser > 0.2 {
        (Reason::TradeName, evidence.alone)
    } else if lesser > 0.05 {
        // Two trades contradict each other however little one of them says.
        (
            Reason::Trade,
            evidence.alone.map(|alone| alone.midpoint(larger)),
        )
    } else if larger > 0.0 {
        // 科技 and 环保科技 are two trades as much as one that is cut short.
        let both_have_trades = stems.iter().all(|stem| stem.length > stem.own);
        let more = if both_have_trades { 0.25 * larger } else { 0.0 };
        (
            Reason::MissingWords,
            evidence.alone.map(|alone| alone + more),
        )
    } else {
        return;
    };
    evidence.alone = alone;
    evidence.reasons = evidence.reasons.with(reason);
}

/// The heaviest common characters in order, and whether one of them only sounds the same.
fn common(left: &[(char, f64)], right: &[(char, f64)]) -> (f64, bool) {
    if left.is_empty() || right.is_empty() {
        return (0.0, false);
    }
    let mut readings_of_right = [None; MOST_CHARACTERS];
    for (slot, (character, _)) in readings_of_right.iter_mut().zip(right) {
        *slot = readings::general(*character);
    }
    let mut rows = [[(0.0_f64, false); MOST_CHARACTERS + 1]; 2];
    for (row, (one, weight)) in left.iter().enumerate() {
        let reading = readings::general(*one);
        let (first, second) = rows.split_at_mut(1);
        let (last, next) = if row % 2 == 0 {
            (&first[0], &mut second[0])
        } else {
            (&second[0], &mut first[0])
        };
        for (column, (other, others_weight)) in right.iter().enumerate() {
            let likeness = if one == other {
                1.0
            } else if reading.is_some() && reading == readings_of_right[column] {
                0.6
            } else {
                0.0
            };
            let mut best = if last[column + 1].0 >= next[column].0 {
                last[column + 1]
            } else {
                next[column]
            };
            let with = last[column].0 + likeness * weight.min(*others_weight);
            if likeness > 0.0 && with > best.0 {
                best = (with, last[column].1 || likeness < 1.0);
            }
            next[column + 1] = best;
        }
    }
    rows[left.len() % 2][right.len()]
}

/// What a character counts that stands for one which sounds or looks alike.
const EXCHANGED: f64 = 0.6;

/// Why one character may stand in place of another.
fn exchanged(one: char, other: char) -> Option<Reason> {
    let is_numeral = |character| numerals(&[(character, 0.0)]) != 0;
    if one.is_ascii() || other.is_ascii() || is_numeral(one) && is_numeral(other) {
        return None;
    }
    if readings::general(one).is_some() && readings::general(one) == readings::general(other) {
        return Some(Reason::Homophone);
    }
    let looks = Character::of(one)?.looks_like(Character::of(other)?);
    (looks >= LOOKS_ALIKE).then_some(Reason::LooksAlike)
}

/// The numerals among some characters, as one number that tells them apart.
fn numerals(characters: &[(char, f64)]) -> u64 {
    characters.iter().fold(0, |sum, (character, _)| {
        let value = match character {
            '0'..='9' => u64::from(*character) - u64::from('0'),
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            _ => return sum,
        };
        sum.wrapping_mul(11).wrapping_add(value + 1)
    })
}
