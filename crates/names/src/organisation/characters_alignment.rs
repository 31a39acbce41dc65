//! Chinese names side by side: what of trade name and trade is common, character by character in order.

use super::evidence::{Evidence, OTHER_NUMBER};
use super::lexicon::Class;
use super::name::{OrganisationName, PartKind};
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
    shared += found;
    let mut reasons = Reasons::NONE;
    if sound && middle.len() == others_middle.len() {
        reasons = reasons.with(Reason::Homophone);
    }
    let mut factor = 1.0;
    let mut alone =
        [weight(middle) - found, weight(others_middle) - found].map(|alone| alone.max(0.0));
    if numerals(middle) != numerals(others_middle) {
        reasons = reasons.with(Reason::Number);
        factor = OTHER_NUMBER;
    }
    let own_differs = begin < left.own.min(right.own) && alone[0].min(alone[1]) > 0.2;
    if own_differs {
        reasons = reasons.with(Reason::TradeName);
    } else if alone[0].min(alone[1]) > 0.05 {
        // Two trades contradict each other however little one of them says.
        let larger = alone[0].max(alone[1]);
        alone = alone.map(|alone| alone.midpoint(larger));
        reasons = reasons.with(Reason::Trade);
    } else if alone[0].max(alone[1]) > 0.0 {
        reasons = reasons.with(Reason::MissingWords);
    }
    Evidence {
        shared,
        alone,
        factor,
        reasons,
    }
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
