//! A name in Chinese characters against one in letters.
//!
//! Every spelling of every reading of the characters is tried along the letters: pinyin, Wade–Giles, the systems of
//! Taiwan, Cantonese; surname first or last, words beside the name allowed. What costs least wins.

use super::characters::{Character, spellings, way};
use super::chinese::surname_length;
use super::form::{FIRST_STAND_IN, Form, MOST_LETTERS_OF_ALL, UNWRITTEN};
use super::names_table::{Classes, Shared};
use crate::readings;
use crate::{Comparison, Reason, Reasons};

/// Longer names are transcriptions of names in other languages.
pub(super) const LONGEST_NAME: usize = 5;

const PLACES: usize = MOST_LETTERS_OF_ALL + 1;

/// Worse than anything that is taken.
const TOO_MUCH: u8 = 40;

/// What an unusual reading, a mixture of systems, a near sound, an initial, a sign for a character, and a surname
/// that only the table knows cost.
const POLYPHONE: u8 = 2;
const MIXTURE: u8 = 12;
const NEAR_SOUND: u8 = 9;
const INITIAL: u8 = 6;
const UNKNOWN: u8 = 8;
const BY_TABLE: u8 = 3;

/// What was noticed on the way, one bit each.
const NOTICED: [(u8, Reason); 4] = [
    (1, Reason::Polyphone),
    (2, Reason::SoundsAlike),
    (4, Reason::Initials),
    (8, Reason::Placeholder),
];

/// Words stand beside the name.
const FOREIGN: u8 = 16;

/// How the letters before a place can be spelled.
#[derive(Clone, Copy)]
struct Reached {
    cost: u8,
    /// The systems in which all syllables so far are spelled.
    ways: u8,
    noticed: u8,
}

const NOWHERE: Reached = Reached {
    cost: TOO_MUCH,
    ways: 0xff,
    noticed: 0,
};

impl Reached {
    fn step(self, cost: u8, ways: u8, noticed: u8) -> Self {
        let both = self.ways & ways;
        let (ways, mixture) = if both == 0 {
            (ways, MIXTURE)
        } else {
            (both, 0)
        };
        Self {
            cost: self.cost.saturating_add(cost + mixture).min(TOO_MUCH),
            ways,
            noticed: self.noticed | noticed,
        }
    }

    /// The reasons, with the one that says by which system the name is spelled.
    fn reasons(self) -> Reasons {
        let systems = [
            (way::PINYIN, Reason::Pinyin),
            (way::CANTONESE, Reason::Cantonese),
            (way::WADE_GILES, Reason::WadeGiles),
            (way::TAIWANESE, Reason::Taiwanese),
            (way::HOKKIEN, Reason::Hokkien),
        ];
        let system = systems.iter().find(|(way, _)| self.ways & way != 0);
        let noticed = NOTICED.iter().filter(|(bit, _)| self.noticed & bit != 0);
        noticed.chain(system).map(|(_, reason)| *reason).collect()
    }
}

/// The letters of a name, where its words begin, and its words where the table of names may be asked.
struct Speller<'form> {
    letters: &'form [u8],
    edges: u64,
    form: &'form Form,
    ask_table: bool,
}

/// Compares folded Chinese characters with the words of another name.
pub(super) fn compare(han: &[char], form: &Form) -> Comparison {
    let mut speller = Speller {
        letters: form.letters(),
        edges: form.edges(),
        form,
        ask_table: false,
    };
    if han.len() > LONGEST_NAME || han.is_empty() || speller.letters.is_empty() {
        return Comparison::new(0.0, Reasons::of(Reason::Different));
    }
    let surname = surname_length(han);
    let best = speller.whole(han, surname);
    if best.cost < TOO_MUCH {
        return speller.spelled(han.len(), best);
    }
    let part = speller.part(han, surname);
    if part.reasons.contains(Reason::Surname) {
        speller.ask_table = true;
        let best = speller.whole(han, surname);
        if best.cost < TOO_MUCH {
            return speller.spelled(han.len(), best);
        }
    }
    part
}

impl Speller<'_> {
    fn is_edge(&self, place: usize) -> bool {
        self.edges >> place & 1 == 1
    }

    /// The cheaper of surname first and surname last.
    fn whole(&self, han: &[char], surname: usize) -> Reached {
        let first = self.spell(han, surname, 0);
        if first.cost == 0 || surname >= han.len() {
            return first;
        }
        let last = self.spell(han, surname, surname);
        if last.cost < first.cost { last } else { first }
    }

    fn spelled(&self, length: usize, best: Reached) -> Comparison {
        // Characters share sounds, and a short name more than a long one.
        let mut score = match length {
            1 => 0.4,
            2 => 0.92,
            _ => 0.94,
        };
        score -= f64::from(best.cost) * 0.02;
        let words = self.edges.count_ones().saturating_sub(1);
        let extra = words.saturating_sub(u32::try_from(length).unwrap_or(u32::MAX));
        let mut reasons = best.reasons();
        if extra > 0 || best.noticed & FOREIGN != 0 {
            score -= 0.04 * f64::from(extra.clamp(1, 4));
            reasons = reasons.with(Reason::ForeignGivenName);
        }
        Comparison::new(score, reasons)
    }

    /// The least cost at which neighbouring words spell all characters, beginning with the one at `first`.
    fn spell(&self, han: &[char], surname: usize, first: usize) -> Reached {
        let length = self.letters.len();
        let mut now = [NOWHERE; PLACES];
        for (place, reached) in now.iter_mut().enumerate().take(length) {
            if self.is_edge(place) {
                reached.cost = 0;
                reached.noticed = if place == 0 { 0 } else { FOREIGN };
            }
        }
        for step in 0..han.len() {
            let at = (step + first) % han.len();
            let mut next = [NOWHERE; PLACES];
            let mut moved = false;
            for (place, from) in now.iter().enumerate().take(length) {
                if from.cost < TOO_MUCH {
                    moved |= self.advance(han[at], at < surname, place, *from, &mut next);
                }
            }
            if !moved {
                return NOWHERE;
            }
            now = next;
        }
        let mut best = NOWHERE;
        for (place, reached) in now.iter().enumerate().take(length + 1) {
            if self.is_edge(place) {
                let mut reached = *reached;
                if place < length {
                    reached.noticed |= FOREIGN;
                }
                // Of two equal ones that which leaves no word over.
                let order = (reached.cost, reached.noticed & FOREIGN);
                if order < (best.cost, best.noticed & FOREIGN) {
                    best = reached;
                }
            }
        }
        best
    }

    /// Spells one character from a place on; whether it could be.
    fn advance(
        &self,
        character: char,
        surname: bool,
        place: usize,
        from: Reached,
        next: &mut [Reached; PLACES],
    ) -> bool {
        if character == UNWRITTEN || u32::from(character) >= FIRST_STAND_IN {
            return self.reach_edge(place, from.step(UNKNOWN, 0xff, 8), next);
        }
        let Some(known) = Character::of(character) else {
            return false;
        };
        let own = if surname {
            readings::surname(character)
        } else {
            readings::usual(character)
        };
        let rest = &self.letters[place..];
        let mut moved = false;
        if let Some(reading) = own
            && rest.starts_with(reading.as_bytes())
        {
            moved |= self.reach(place, reading.len(), from.step(0, way::PINYIN, 0), next);
        }
        for (order, reading) in known.readings().enumerate() {
            let usual = order == 0 && own.is_none();
            moved |= self.advance_syllable(reading.syllable, usual, place, from, next);
        }
        for (order, syllable) in known.cantonese().enumerate() {
            for (flags, text) in spellings(syllable) {
                if rest.starts_with(text) && self.with_apostrophe(flags, false, place, text) != 0 {
                    let step = from.step(u8::from(order > 0), flags, 0);
                    moved |= self.reach(place, text.len(), step, next);
                }
            }
        }
        if surname && self.ask_table {
            moved |= self.advance_by_table(character, place, from, next);
        }
        moved
    }

    fn advance_syllable(
        &self,
        syllable: u16,
        usual: bool,
        place: usize,
        from: Reached,
        next: &mut [Reached; PLACES],
    ) -> bool {
        let rest = &self.letters[place..];
        let initial = usual && self.is_edge(place) && self.is_edge(place + 1);
        // The first spelling is pinyin, whose onset tells aspirated syllables.
        let first = spellings(syllable)
            .next()
            .and_then(|(_, text)| text.first());
        let aspirated = matches!(first, Some(b'p' | b't' | b'k' | b'q' | b'c'));
        let mut moved = false;
        for (flags, text) in spellings(syllable) {
            if rest.first() != text.first() {
                continue;
            }
            if initial && flags & way::PINYIN != 0 {
                moved |= self.reach(place, 1, from.step(INITIAL, way::PINYIN, 4), next);
            }
            if !rest.starts_with(text) {
                continue;
            }
            let flags = self.with_apostrophe(flags, aspirated, place, text);
            if flags == 0 {
                continue;
            }
            let step = match (flags & way::NEAR != 0, usual) {
                (false, true) => from.step(0, flags, 0),
                (false, false) => from.step(POLYPHONE, flags, 1),
                (true, true) => from.step(NEAR_SOUND, way::PINYIN, 2),
                (true, false) => continue,
            };
            moved |= self.reach(place, text.len(), step, next);
        }
        moved
    }

    /// The ways that remain if an apostrophe stands behind the onset: only Wade–Giles writes it, and only for
    /// aspirated syllables. Where a name has it elsewhere, a syllable without it is not aspirated.
    fn with_apostrophe(&self, flags: u8, aspirated: bool, place: usize, text: &[u8]) -> u8 {
        let onset = if text.starts_with(b"ch") || text.starts_with(b"ts") || text.starts_with(b"tz")
        {
            2
        } else {
            1
        };
        let marked = self.form.apostrophes >> (place + onset) & 1 == 1;
        match (marked, aspirated) {
            (true, true) => flags & way::WADE_GILES,
            (true, false) => 0,
            (false, true) if self.form.apostrophes != 0 => flags & !way::WADE_GILES,
            _ => flags,
        }
    }

    /// A word that the table of names knows as a spelling of the surname, as Hokkien ones.
    fn advance_by_table(
        &self,
        character: char,
        place: usize,
        from: Reached,
        next: &mut [Reached; PLACES],
    ) -> bool {
        let word = (self.edges & ((1 << place) - 1)).count_ones() as usize;
        let Some(token) = self.form.words().get(word).filter(|_| self.is_edge(place)) else {
            return false;
        };
        let surname = Classes::of(super::han_key(&[character]));
        surname.shared(&Classes::of(token.key)) == Shared::Name
            && self.reach_edge(place, from.step(BY_TABLE, 0xff, 0), next)
    }

    fn reach_edge(&self, place: usize, reached: Reached, next: &mut [Reached; PLACES]) -> bool {
        let end = (place + 1..=self.letters.len()).find(|end| self.is_edge(*end));
        end.is_some_and(|end| self.reach(place, end - place, reached, next))
    }

    fn reach(
        &self,
        place: usize,
        length: usize,
        reached: Reached,
        next: &mut [Reached; PLACES],
    ) -> bool {
        // A syllable does not run over the end of a word.
        let inside = self.edges >> (place + 1) & ((1 << (length - 1)) - 1);
        if inside != 0 {
            return false;
        }
        match next.get_mut(place + length) {
            Some(known) if reached.cost < known.cost => {
                *known = reached;
                true
            }
            _ => false,
        }
    }

    /// Nothing spells the whole name: whether something spells its surname or its given name.
    fn part(&self, han: &[char], surname: usize) -> Comparison {
        let spelled =
            |part: &[char], surname: usize| self.spell(part, surname, 0).cost <= 2 * POLYPHONE;
        let (family, given) = han.split_at(surname.min(han.len()));
        let has_family = spelled(family, family.len());
        let has_given = !given.is_empty() && spelled(given, 0);
        let has_some = has_family && given.len() > 1 && given.chunks(1).any(|one| spelled(one, 0));
        let (score, reason) = match (has_family, has_given, has_some) {
            (true, true, _) => (0.55, Reason::WordOrder),
            (true, false, true) => (0.35, Reason::GivenName),
            (true, false, false) => (0.2, Reason::GivenName),
            (false, true, _) if given.len() > 1 => (0.35, Reason::Surname),
            (false, true, _) => (0.2, Reason::Surname),
            _ => (0.0, Reason::Different),
        };
        Comparison::new(score, Reasons::of(reason))
    }
}
