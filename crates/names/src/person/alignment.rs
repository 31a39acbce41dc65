//! Which word of one name is which of the other, and what that says.

mod score;

use super::form::{Form, MOST_WORDS};
use super::names_table::{Classes, Shared};
use super::token::{Part, Token};
use super::{sounds, syllabic};
use crate::{Comparison, Reason, Reasons};

/// Below this likeness two words are two words.
const LEAST_LIKENESS: f32 = 0.5;

/// From here on words are paired before anybody thinks of joining words.
const SURE_LIKENESS: f32 = 0.86;

/// Words that are joined have so many sounds more or less than the one that they are.
const MOST_MORE_SOUNDS: usize = 4;

/// How heavily it weighs that each name has words of its own.
const CONFLICT: f32 = 1.8;

struct Alignment<'names> {
    left: &'names Form,
    right: &'names Form,
    likeness: [[f32; MOST_WORDS]; MOST_WORDS],
    /// Of which words on the right one on the left is a short form, or the other way round.
    short_forms: [u16; MOST_WORDS],
    left_used: u16,
    right_used: u16,
    /// Which word on the right each on the left is.
    partners: [Option<u8>; MOST_WORDS],
    /// The weight of what is paired, and how much of it agrees.
    matched: f32,
    agreed: f32,
    names_matched: u32,
    reasons: Reasons,
}

/// Compares two names in words.
pub(super) fn compare(left: &Form, right: &Form) -> Comparison {
    // Always in the same order: sums of fractions depend on it.
    let (left, right) = if (left.letters(), left.edges()) <= (right.letters(), right.edges()) {
        (left, right)
    } else {
        (right, left)
    };
    let mut alignment = Alignment {
        left,
        right,
        likeness: [[0.0; MOST_WORDS]; MOST_WORDS],
        short_forms: [0; MOST_WORDS],
        left_used: 0,
        right_used: 0,
        partners: [None; MOST_WORDS],
        matched: 0.0,
        agreed: 0.0,
        names_matched: 0,
        reasons: Reasons::NONE,
    };
    alignment.pair_equal();
    if alignment.open() {
        if same_letters(left, right) || same_letters(right, left) {
            return Comparison::new(0.97, Reasons::of(Reason::WordOrder));
        }
        if let Some(compared) = syllabic::compare(left, right) {
            return compared;
        }
        alignment.hear();
        alignment.pair(SURE_LIKENESS);
    }
    if alignment.open() && alignment.is_promising() {
        alignment.look_up();
        alignment.pair(SURE_LIKENESS);
    }
    alignment.join();
    alignment.pair(LEAST_LIKENESS);
    alignment.score()
}

impl Alignment<'_> {
    /// Whether both names have words that are not paired.
    fn open(&self) -> bool {
        open_words(self.left.words(), self.left_used)
            .next()
            .is_some()
            && open_words(self.right.words(), self.right_used)
                .next()
                .is_some()
    }

    /// The large table is asked only about names that have something in common already.
    fn is_promising(&self) -> bool {
        const FEWEST: usize = 2;
        self.names_matched > 0
            || self.left.words().len().min(self.right.words().len()) < FEWEST
            || open_words(self.left.words(), self.left_used).any(|(place, _)| {
                let row = &self.likeness[place][..self.right.words().len()];
                row.iter().any(|likeness| *likeness > 0.75)
            })
    }

    fn pair_equal(&mut self) {
        for (place, left) in self.left.words().iter().enumerate() {
            let equal = open_words(self.right.words(), self.right_used)
                .find(|(_, right)| right.key == left.key);
            if let Some((other, _)) = equal {
                self.take(place, other, 1.0);
            }
        }
    }

    fn hear(&mut self) {
        for (place, left) in open_words(self.left.words(), self.left_used) {
            for (other, right) in open_words(self.right.words(), self.right_used) {
                self.likeness[place][other] = likeness(left, right);
            }
        }
    }

    /// Asks the table of names about the words that are left.
    fn look_up(&mut self) {
        let mut classes = [Classes::NONE; MOST_WORDS];
        for (other, right) in open_words(self.right.words(), self.right_used) {
            classes[other] = Classes::of(right.key);
        }
        for (place, left) in open_words(self.left.words(), self.left_used) {
            let mine = Classes::of(left.key);
            for (other, _) in open_words(self.right.words(), self.right_used) {
                let likeness = &mut self.likeness[place][other];
                match mine.shared(&classes[other]) {
                    Shared::Name => *likeness = likeness.max(0.94),
                    Shared::ShortForm if *likeness < 0.9 => {
                        *likeness = 0.9;
                        self.short_forms[place] |= 1 << other;
                    }
                    Shared::Nothing | Shared::ShortForm => {}
                }
            }
        }
    }

    /// Takes the best pair again and again, down to a likeness.
    fn pair(&mut self, least: f32) {
        loop {
            let mut best = (least, 0, 0);
            for (place, _) in open_words(self.left.words(), self.left_used) {
                for (other, _) in open_words(self.right.words(), self.right_used) {
                    if self.likeness[place][other] > best.0 {
                        best = (self.likeness[place][other], place, other);
                    }
                }
            }
            if best.0 <= least {
                return;
            }
            self.take(best.1, best.2, best.0);
        }
    }

    fn take(&mut self, place: usize, other: usize, likeness: f32) {
        self.left_used |= 1 << place;
        self.right_used |= 1 << other;
        self.partners[place] = u8::try_from(other).ok();
        let (left, right) = (&self.left.words()[place], &self.right.words()[other]);
        let initial = left.is_initial() || right.is_initial();
        let weight = if initial {
            left.weight.min(right.weight)
        } else {
            f32::midpoint(left.weight, right.weight)
        };
        self.count(weight, likeness);
        if !left.is_small() && !right.is_small() && !initial {
            self.names_matched += 1;
        }
        let said = if self.short_forms[place] >> other & 1 == 1 {
            Reasons::of(Reason::Nickname)
        } else {
            reasons(left, right, likeness)
        };
        self.reasons = self.reasons.and(said);
    }

    fn count(&mut self, weight: f32, likeness: f32) {
        // A pair at the least likeness says as little as two words that are not paired.
        let share = ((likeness - LEAST_LIKENESS) / (1.0 - LEAST_LIKENESS)).clamp(0.0, 1.0);
        // Slips and usages are many small differences; names that are two differ at once and wholly.
        let share = share.sqrt();
        self.matched += weight * (1.0 + (CONFLICT - 1.0) * (1.0 - share));
        self.agreed += weight * share;
    }

    /// Words that one name writes as one and the other as two or three.
    fn join(&mut self) {
        for (place, left) in open_words(self.left.words(), self.left_used) {
            if left.is_small() || self.left_used >> place & 1 == 1 {
                continue;
            }
            if let Some((parts, likeness)) = joined(left, self.right.words(), self.right_used) {
                self.take_joined(left, parts, self.right.words(), likeness);
                self.left_used |= 1 << place;
                self.right_used |= parts;
            }
        }
        for (place, right) in open_words(self.right.words(), self.right_used) {
            if right.is_small() || self.right_used >> place & 1 == 1 {
                continue;
            }
            if let Some((parts, likeness)) = joined(right, self.left.words(), self.left_used) {
                self.take_joined(right, parts, self.left.words(), likeness);
                self.right_used |= 1 << place;
                self.left_used |= parts;
            }
        }
    }

    fn take_joined(&mut self, one: &Token, parts: u16, many: &[Token], likeness: f32) {
        let weights: f32 = open_words(many, !parts).map(|(_, word)| word.weight).sum();
        self.count(f32::midpoint(one.weight, weights), likeness);
        self.names_matched += 2;
        self.reasons = self.reasons.with(Reason::WordOrder);
        if likeness < 0.995 {
            self.reasons = self.reasons.with(Reason::Romanisation);
        }
    }
}

/// Whether the letters are the same, however they are cut into words, if some words are moved from the front to the back of one.
fn same_letters(left: &Form, right: &Form) -> bool {
    let (one, other) = (left.letters(), right.letters());
    if one.len() != other.len() || one.len() < 4 {
        return false;
    }
    (0..other.len())
        .filter(|place| right.edges() >> place & 1 == 1)
        .any(|place| {
            let (front, back) = other.split_at(place);
            one.starts_with(back) && one.ends_with(front)
        })
}

/// The words of which no bit is set, with their places.
fn open_words(words: &[Token], used: u16) -> impl Iterator<Item = (usize, &Token)> {
    words
        .iter()
        .enumerate()
        .filter(move |(place, _)| used >> place & 1 == 0)
}

fn likeness(left: &Token, right: &Token) -> f32 {
    match (left.part, right.part) {
        (Part::Initial(letter), _) => return initial(letter, right),
        (_, Part::Initial(letter)) => return initial(letter, left),
        (Part::Small, Part::Small) => {}
        (Part::Small, _) | (_, Part::Small) if left.weight.min(right.weight) < 0.1 => return 0.0,
        _ => {}
    }
    if (left.consonants ^ right.consonants).count_ones() > 2 {
        return 0.0;
    }
    let unvocalised = left.differs_in_vowels(right);
    sounds::similarity_above(LEAST_LIKENESS, &left.sounds, &right.sounds, unvocalised).min(0.985)
}

fn initial(letter: u8, word: &Token) -> f32 {
    match word.part {
        Part::Name | Part::Patronymic if word.first == letter => 0.9,
        _ => 0.0,
    }
}

/// Two or three neighbouring words that together are written as one.
fn joined(one: &Token, many: &[Token], used: u16) -> Option<(u16, f32)> {
    let mut best: Option<(u16, f32)> = None;
    for (from, word) in open_words(many, used) {
        // A part is heard within the whole.
        if (word.consonants & !one.consonants).count_ones() > 1 {
            continue;
        }
        let (mut consonants, mut length) = (word.consonants, word.sounds.as_slice().len());
        for (to, next) in many.iter().enumerate().take(from + 3).skip(from + 1) {
            if used >> to & 1 == 1 {
                break;
            }
            consonants |= next.consonants;
            length += next.sounds.as_slice().len();
            // Where two words meet, one sound may be heard instead of two.
            let nearest = one
                .sounds
                .as_slice()
                .len()
                .clamp(length - (to - from), length);
            if nearest.abs_diff(one.sounds.as_slice().len()) > MOST_MORE_SOUNDS
                || (consonants ^ one.consonants).count_ones() > 1
            {
                continue;
            }
            let sounds = many[from + 1..=to]
                .iter()
                .fold(word.sounds, |sounds, next| sounds.joined(&next.sounds));
            let lengths = sounds
                .as_slice()
                .len()
                .abs_diff(one.sounds.as_slice().len());
            if lengths > MOST_MORE_SOUNDS {
                continue;
            }
            let unvocalised = one.differs_in_vowels(word);
            let likeness =
                sounds::similarity_above(SURE_LIKENESS, &one.sounds, &sounds, unvocalised);
            if likeness >= SURE_LIKENESS && best.is_none_or(|(_, before)| likeness > before) {
                best = Some((((1 << (to + 1 - from)) - 1) << from, likeness));
            }
        }
    }
    best
}

fn reasons(left: &Token, right: &Token, likeness: f32) -> Reasons {
    if left.key == right.key && left.script == right.script {
        return Reasons::NONE;
    }
    if left.is_initial() || right.is_initial() {
        return Reasons::of(Reason::Initials);
    }
    if left.script != right.script {
        return Reasons::of(Reason::Script);
    }
    Reasons::of(if likeness >= 0.88 {
        Reason::Romanisation
    } else {
        Reason::Spelling
    })
}
