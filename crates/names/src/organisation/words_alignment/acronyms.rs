//! Short words made of the initials of others (首字母缩写): IBM for International Business Machines.

use super::{Class, Pairing, Side, Word};
use crate::Reason;

impl Pairing<'_> {
    /// A short word that is made of the initials of words, or of the syllables of one, on the other side.
    pub(super) fn initials(&mut self) {
        for side in [0, 1] {
            for place in 0..self.sides[side].words.len() {
                let word = self.sides[side].words[place];
                let fits = (2..=8).contains(&word.letters.len())
                    && matches!(word.meaning.class, Class::Own | Class::Known);
                if self.sides[side].found[place] || !fits {
                    continue;
                }
                let other = 1 - side;
                let syllables = self.sides[other]
                    .open()
                    .find(|(_, it)| it.initials.len() > 1 && it.initials == word.letters);
                let run = syllables
                    .map(|(place, _)| (place, place))
                    .or_else(|| self.run_of_initials(word.letters, other));
                if let Some((from, to)) = run {
                    let weight = self.take(other, from, to).max(word.weight).min(2.0);
                    self.sides[side].found[place] = true;
                    let likeness = self.likeness_of_initials(side, &word);
                    self.shared += weight * likeness;
                    self.differing += weight * (1.0 - likeness);
                    self.own_found = true;
                    self.reasons = self.reasons.with(Reason::Acronym);
                }
            }
        }
    }

    /// Few letters are the initials of many names; as the whole of a name they say more.
    fn likeness_of_initials(&self, side: usize, word: &Word<'_>) -> f64 {
        let whole = |side: &Side<'_>| side.open().all(|(_, word)| word.is_small());
        let whole = self.sides.iter().all(whole) && self.sides[side].words.len() == 1;
        match (word.letters.len(), whole) {
            (2, false) => 0.55,
            (2, true) => 0.75,
            (3, false) => 0.8,
            (3, true) => 0.92,
            (_, false) => 0.9,
            (_, true) => 0.95,
        }
    }

    /// Neighbouring words of a side that begin with some letters; small words may be left out.
    fn run_of_initials(&self, letters: &str, side: usize) -> Option<(usize, usize)> {
        let words = self.sides[side].words;
        let first = |letters: &str| letters.bytes().next();
        (0..words.len()).find_map(|from| {
            if first(words[from].letters) != first(letters) && !words[from].is_small() {
                return None;
            }
            let mut wanted = letters.bytes();
            let mut next = wanted.next();
            for (to, word) in words.iter().enumerate().skip(from) {
                if self.sides[side].found[to] && !word.is_small() {
                    return None;
                }
                // A phrase of the tables stands for all of its words.
                for part in word.letters.split(' ') {
                    let first = part.bytes().next();
                    if first.is_some() && first == next {
                        next = wanted.next();
                    } else if !word.is_small() {
                        return None;
                    }
                }
                if next.is_none() {
                    return (to > from).then_some((from, to));
                }
            }
            None
        })
    }
}
