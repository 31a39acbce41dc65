//! Names in words side by side: each word finds its like, words joined or shortened to initials find theirs.

mod acronyms;

use super::evidence::{Evidence, MISSING_NUMBER, OTHER_NUMBER, OTHER_REGION};
use super::lexicon::{self, Class, Meaning};
use super::spelling::{LetterSet, begin_alike, likeness};
use crate::{Reason, Reasons};

/// How alike two words are of which the tables say the same: railway and railroad, Iran and Iranian.
const SAME_MEANING: f64 = 0.88;

/// Words beyond these are not compared.
pub(super) const MOST_WORDS: usize = 32;

/// A word as it is compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'text> {
    /// In Latin letters.
    pub letters: &'text str,
    pub meaning: Meaning,
    /// 1 for a word of the name's own.
    pub weight: f64,
    /// The first letters of its syllables, for words that were Chinese characters.
    pub initials: &'text str,
}

impl Word<'_> {
    fn is_small(&self) -> bool {
        self.meaning.class == Class::Small
    }

    fn is_own(&self) -> bool {
        matches!(self.meaning.class, Class::Own | Class::Known)
    }

    fn may_be_spelled_otherwise(&self) -> bool {
        !matches!(self.meaning.class, Class::Number | Class::Small)
    }
}

/// One side of the comparison: its words, and which have found their like.
struct Side<'words> {
    words: &'words [Word<'words>],
    found: [bool; MOST_WORDS],
    /// The letters of each word, once some words have not found their like.
    letters: [LetterSet; MOST_WORDS],
}

impl<'words> Side<'words> {
    fn new(words: &'words [Word<'words>]) -> Self {
        let words = words.get(..MOST_WORDS).unwrap_or(words);
        Self {
            words,
            found: [false; MOST_WORDS],
            letters: [LetterSet::default(); MOST_WORDS],
        }
    }

    fn open(&self) -> impl Iterator<Item = (usize, &Word<'words>)> {
        self.words
            .iter()
            .enumerate()
            .filter(|(place, _)| !self.found[*place])
    }

    fn is_open(&self) -> bool {
        self.found[..self.words.len()].contains(&false)
    }

    fn read_letters(&mut self) {
        for (set, word) in self.letters.iter_mut().zip(self.words) {
            *set = LetterSet::of(word.letters);
        }
    }

    fn alone(&self) -> f64 {
        self.open().map(|(_, word)| word.weight).sum()
    }
}

/// What two lists of words share.
pub(super) fn align<'words>(
    left: &'words [Word<'words>],
    right: &'words [Word<'words>],
) -> Evidence {
    let mut pairing = Pairing {
        sides: [Side::new(left), Side::new(right)],
        shared: 0.0,
        differing: 0.0,
        own_found: false,
        across: left
            .iter()
            .chain(right)
            .any(|word| !word.initials.is_empty()),
        reasons: Reasons::NONE,
    };
    pairing.same_words();
    if pairing.sides.iter().all(Side::is_open) {
        pairing.sides.iter_mut().for_each(Side::read_letters);
        pairing.joined_words();
        pairing.initials();
        pairing.alike_words();
        pairing.shortened_words();
    }
    pairing.evidence()
}

struct Pairing<'words> {
    sides: [Side<'words>; 2],
    shared: f64,
    differing: f64,
    own_found: bool,
    /// Whether one side was written in Chinese characters.
    across: bool,
    reasons: Reasons,
}

impl Pairing<'_> {
    fn same_words(&mut self) {
        let mut before = None;
        for place in 0..self.sides[0].words.len() {
            let word = self.sides[0].words[place];
            let same = |other: &Word<'_>| other.letters == word.letters && !word.letters.is_empty();
            let like = self.sides[1].open().find(|(_, other)| same(other));
            let like = like.or_else(|| {
                let mut open = self.sides[1].open();
                open.find(|(_, other)| other.meaning.same(word.meaning))
            });
            let Some((other, found)) = like else { continue };
            let translated = found.letters != word.letters && word.meaning.class != Class::Number;
            // Words of one language that mean nearly the same are two words.
            let likeness = if translated && !self.across {
                SAME_MEANING
            } else {
                1.0
            };
            if translated && !word.is_small() {
                self.reasons = self.reasons.with(Reason::Translation);
            }
            if !word.is_small() {
                if before.is_some_and(|before| other < before) {
                    self.reasons = self.reasons.with(Reason::WordOrder);
                    if likeness < 1.0 {
                        self.reasons = self.reasons.with(spelling(likeness));
                    }
                }
                before = Some(other);
            }
            self.pair(place, other, likeness);
        }
    }

    fn pair(&mut self, left: usize, right: usize, likeness: f64) {
        let (one, other) = (self.sides[0].words[left], self.sides[1].words[right]);
        self.sides[0].found[left] = true;
        self.sides[1].found[right] = true;
        let weight = one.weight.min(other.weight);
        self.shared += weight * likeness;
        self.differing += weight * (1.0 - likeness);
        self.own_found |= one.is_own() && other.is_own();
    }

    /// A word on one side that is several joined on the other.
    fn joined_words(&mut self) {
        for side in [0, 1] {
            for place in 0..self.sides[side].words.len() {
                let word = self.sides[side].words[place];
                if self.sides[side].found[place] || word.letters.len() < 2 || word.is_small() {
                    continue;
                }
                let wanted = self.sides[side].letters[place];
                if let Some((from, to, likeness)) = self.joined_to(word.letters, &wanted, 1 - side)
                {
                    let weight = self.take(1 - side, from, to).max(word.weight);
                    self.sides[side].found[place] = true;
                    self.shared += weight * likeness;
                    self.differing += weight * (1.0 - likeness);
                    self.own_found |= word.is_own();
                    self.reasons = self.reasons.with(Reason::WordOrder);
                    if likeness < 1.0 {
                        self.reasons = self.reasons.with(spelling(likeness));
                    }
                }
            }
        }
    }

    /// Neighbouring words of a side whose letters, joined, are the most alike to some letters.
    fn joined_to(
        &self,
        letters: &str,
        wanted: &LetterSet,
        side: usize,
    ) -> Option<(usize, usize, f64)> {
        let words = self.sides[side].words;
        let mut joined = [0_u8; 40];
        let mut best: Option<(usize, usize, f64)> = None;
        for from in 0..words.len() {
            if !words[from].is_small() && !begin_alike(words[from].letters, letters) {
                continue;
            }
            let mut length = 0;
            let mut set = LetterSet::default();
            for (to, word) in words.iter().enumerate().skip(from).take(6) {
                // `H and M` is `H&M`.
                let letters_of_word = if to > from && word.letters == "and" {
                    ""
                } else {
                    word.letters
                };
                let end = length + letters_of_word.len();
                let taken = self.sides[side].found[to] && !word.is_small();
                if taken || end > joined.len() || 3 * end > 4 * letters.len() + 6 {
                    break;
                }
                joined[length..end].copy_from_slice(letters_of_word.as_bytes());
                length = end;
                if !letters_of_word.is_empty() {
                    set = set.joined(self.sides[side].letters[to]);
                }
                // An article alone before a short word joins nothing.
                let article = words[from].is_small() && to == from + 1 && length < 5;
                if to == from || article && !self.across {
                    continue;
                }
                let found = if joined[..length] == *letters.as_bytes() {
                    1.0
                } else if length < 7 || set.is_unlike(wanted) {
                    0.0
                } else {
                    std::str::from_utf8(&joined[..length])
                        .map_or(0.0, |joined| likeness(joined, letters))
                };
                if found > best.map_or(0.85, |(_, _, best)| best) {
                    best = Some((from, to, found));
                }
            }
        }
        best
    }

    /// Marks words as found; what they weigh together.
    fn take(&mut self, side: usize, from: usize, to: usize) -> f64 {
        let mut weight = 0.0;
        for place in from..=to {
            if !self.sides[side].found[place] {
                weight += self.sides[side].words[place].weight;
            }
            self.sides[side].found[place] = true;
        }
        weight
    }

    /// Words that are spelled nearly alike, the most alike first.
    fn alike_words(&mut self) {
        let mut found: [(f64, usize, usize); 24] = [(0.0, 0, 0); 24];
        let mut length = 0;

        for (left, word) in self.sides[0]
            .open()
            .filter(|(_, word)| word.may_be_spelled_otherwise())
        {
            let letters = &self.sides[0].letters[left];
            for (right, other) in self.sides[1]
                .open()
                .filter(|(_, word)| word.may_be_spelled_otherwise())
            {
                if letters.is_unlike(&self.sides[1].letters[right]) {
                    continue;
                }
                let likeness = likeness(word.letters, other.letters);
                if likeness > 0.0 && length < found.len() {
                    found[length] = (likeness, left, right);
                    length += 1;
                }
            }
        }
        let found = &mut found[..length];
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        for &mut (likeness, left, right) in found {
            if !self.sides[0].found[left] && !self.sides[1].found[right] {
                self.reasons = self.reasons.with(spelling(likeness));
                self.pair(left, right, 1.0 - 1.25 * (1.0 - likeness));
            }
        }
    }

    /// A word cut off in the other, `serv` for `service`, or with the legal form behind it, `siemensag`.
    fn shortened_words(&mut self) {
        for left in 0..self.sides[0].words.len() {
            let word = self.sides[0].words[left];
            if self.sides[0].found[left] || word.is_small() {
                continue;
            }
            let mut open = self.sides[1].open();
            let like = open.find_map(|(right, other)| Some((right, cut_off(&word, other)?)));
            drop(open);
            if let Some((right, likeness)) = like {
                self.pair(left, right, likeness);
                self.reasons = self.reasons.with(Reason::Truncation);
            }
        }
    }

    fn evidence(self) -> Evidence {
        let mut reasons = self.reasons;
        let [left, right] = &self.sides;
        let numbers = |side: &Side<'_>| {
            side.open()
                .any(|(_, word)| word.meaning.class == Class::Number)
        };
        let places = |side: &Side<'_>| {
            side.open()
                .any(|(_, word)| word.meaning.class == Class::Place)
        };
        let alone = [left.alone(), right.alone()];
        let mut factor = 1.0;
        match (numbers(left), numbers(right)) {
            (true, true) => {
                reasons = reasons.with(Reason::Number);
                factor *= OTHER_NUMBER;
            }
            (true, false) | (false, true) => {
                reasons = reasons.with(Reason::Number);
                factor *= MISSING_NUMBER;
            }
            _ => {}
        }
        if places(left) && places(right) {
            reasons = reasons.with(Reason::Region);
            factor *= OTHER_REGION;
        } else if places(left) || places(right) {
            reasons = reasons.with(Reason::RegionMissing);
        }
        let own = |side: &Side<'_>| side.open().any(|(_, word)| word.is_own());
        if own(left) && own(right) {
            reasons = reasons.with(Reason::TradeName);
        } else if alone[0] > 0.1 || alone[1] > 0.1 {
            reasons = reasons.with(if alone[0] > 0.1 && alone[1] > 0.1 {
                Reason::OtherWords
            } else {
                Reason::MissingWords
            });
        }
        if !self.own_found {
            reasons = reasons.with(Reason::GenericOnly);
        }
        // Trades are said in other words in another language.
        let translated = self.across && self.own_found && !(own(left) && own(right));
        let scale = if translated { 0.4 } else { 1.0 };
        let alone = alone.map(|weight| weight * scale + self.differing);
        Evidence {
            shared: self.shared,
            alone,
            factor,
            reasons,
        }
    }
}

/// What is said of words that are spelled nearly alike.
fn spelling(likeness: f64) -> Reason {
    if likeness > 0.9 {
        Reason::OneLetter
    } else {
        Reason::Spelling
    }
}

/// How alike two words are of which one goes on where the other ends.
fn cut_off(one: &Word<'_>, other: &Word<'_>) -> Option<f64> {
    let (one, other) = (one.letters, other.letters);
    let (short, long) = if other.len() < one.len() {
        (other, one)
    } else {
        (one, other)
    };
    let rest = long.strip_prefix(short).filter(|_| short.len() >= 3)?;
    let form = lexicon::meaning(rest).is_some_and(|meaning| meaning.class == Class::Form);
    Some(match short.len() {
        _ if form && rest.len() > 1 => 0.95,
        3 | 4 => 0.55,
        _ => 0.75,
    })
}
