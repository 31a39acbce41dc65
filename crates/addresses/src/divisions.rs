//! The divisions that an address begins with: province, city, district, town, in any of their forms.

use crate::address::Part;
use crate::forms::{Candidate, FormKind, List, Matches};
use crate::located::Places;
use crate::parser::Parser;
use crate::vocabulary::FILLERS;

/// A division found at a place.
pub(crate) struct Step {
    pub end: usize,
    pub level: u8,
    pub places: Places,
    pub kind: StepKind,
}

/// How it stands to what is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepKind {
    /// Lies below it.
    Below,
    /// Begins again, at the same level or above.
    Again,
    /// Contradicts it, but is written in full.
    Contradicts,
    /// Known by its ending only.
    Unknown,
}

/// What a form may mean here, level by level.
#[derive(Default)]
struct Senses {
    /// How many places of each level; full forms beat short ones.
    counts: [u16; 4],
    /// Whether the form is a full one for the places of a level.
    full: [bool; 4],
    abbreviation: bool,
    /// Whether all of them are zones.
    zones: bool,
}

impl Senses {
    fn take(&mut self, candidate: Candidate) {
        let index = usize::from(candidate.level()).saturating_sub(1);
        let (Some(count), Some(full)) = (self.counts.get_mut(index), self.full.get_mut(index))
        else {
            return;
        };
        match candidate.kind() {
            FormKind::Full if !*full => {
                *full = true;
                *count = 1;
            }
            FormKind::Short if *full => return,
            kind => {
                self.abbreviation |= kind == FormKind::Abbreviation;
                *count = count.saturating_add(1);
            }
        }
        self.zones &= candidate.is_zone();
    }

    /// The levels that have places, the upper first.
    fn levels(&self) -> impl Iterator<Item = (u8, bool)> + '_ {
        let all = (1_u8..).zip(self.counts.iter().zip(self.full));
        all.filter(|(_, (count, _))| **count > 0)
            .map(|(level, (_, full))| (level, full))
    }
}

pub(crate) fn part_of(level: u8) -> Part {
    match level {
        1 => Part::Province,
        2 => Part::City,
        3 => Part::District,
        _ => Part::Town,
    }
}

/// The divisions, the upper first.
pub(crate) const LEVELS: [Part; 4] = [Part::Province, Part::City, Part::District, Part::Town];

impl Parser {
    /// Reads divisions from a place on, and answers where they end.
    pub fn divisions(&mut self, mut at: usize) -> usize {
        loop {
            let from = self.skip(at);
            if from >= self.characters.len() {
                return from;
            }
            if let Some(length) = self.filler(from) {
                self.push(Part::Remainder, from, from + length);
                at = from + length;
                continue;
            }
            if let Some(end) = self.zone(from) {
                self.locate_zone(from, end);
                self.push(Part::Zone, from, end);
                at = end;
                continue;
            }
            let found = self.matches(from);
            let longest = self.longest_first(found).next();
            if let Some(end) = longest.and_then(|(length, list)| self.plain(from, length, list)) {
                at = end;
                continue;
            }
            let known = longest.and_then(|_| self.division(from, found));
            let Some(step) = known.or_else(|| self.unknown(from)) else {
                return from;
            };
            self.take(from, &step);
            at = step.end;
        }
    }

    /// Some zones have a county's code.
    fn locate_zone(&mut self, from: usize, end: usize) {
        let found = self.matches(from);
        let Some((_, list)) = self
            .longest_first(found)
            .find(|(length, _)| from + length == end)
        else {
            return;
        };
        if self.located.level > 0 && self.located.level < 3 {
            let places = self.places(list, 3, true);
            if !places.is_empty() {
                self.located.go(places, 3);
            }
        }
    }

    /// Words of forms that stand where a division would.
    fn filler(&self, from: usize) -> Option<usize> {
        let length = self.characters.word(from, &FILLERS)?;
        let country = self.characters.at(from) == '中';
        let mut behind = self.longest_first(self.matches(from + length));
        let follows = !country || behind.next().is_some();
        follows.then_some(length)
    }

    fn take(&mut self, from: usize, step: &Step) {
        let part = part_of(step.level);
        let above = usize::from(step.level.saturating_sub(1)).min(3);
        match step.kind {
            StepKind::Below => {
                self.located.go(step.places, step.level);
            }
            StepKind::Again => {
                self.call_repeated(LEVELS.get(above..).unwrap_or_default());
                self.located.go(step.places, step.level);
                self.located.contradictory = false;
            }
            StepKind::Contradicts => {
                self.located.contradictory = true;
                self.located.go(step.places, step.level);
            }
            StepKind::Unknown => {
                // The places known stay the deepest certain ones.
            }
        }
        if self.has(part) {
            self.push(Part::Remainder, from, step.end);
        } else {
            self.push(part, from, step.end);
        }
    }

    /// The division that one of these names is.
    fn division(&self, from: usize, found: Matches) -> Option<Step> {
        for (length, list) in self.longest_first(found) {
            let end = from + length;
            // 金华市 behind 金华 is the city again, and not the county-level city that once was in it.
            if let Some(step) = self.below(from, end, list)
                && (step.places.any_valid() || !self.names_what_is_known(list))
            {
                return Some(step);
            }
            if self.located.level > 0
                && let Some(step) = self.again(from, end, list)
            {
                return Some(step);
            }
        }
        None
    }

    /// Whether a form may mean the places that are known already.
    fn names_what_is_known(&self, list: List) -> bool {
        let mut known = self.located.places.iter();
        known.any(|place| list.holding(place.place()).next().is_some())
    }

    /// The plain case: a full name that one place bears today, and none of a higher level ever bore.
    pub fn plain(&mut self, from: usize, length: usize, list: List) -> Option<usize> {
        let end = from + length;
        let mut only: Option<Candidate> = None;
        let mut several = false;
        let mut highest = u8::MAX;
        self.visit(list, |candidate| {
            if candidate.kind() == FormKind::Full {
                highest = highest.min(candidate.level());
                if candidate.is_valid() {
                    several |= only.is_some();
                    only = Some(candidate);
                }
            }
        });
        let candidate = only
            .filter(|candidate| !several && !candidate.is_zone() && candidate.level() == highest)?;
        let fits = match candidate.level() {
            1 => !self.says_no_place(end),
            2 => true,
            3 => length > 2,
            _ => !self.direction_road_follows(end),
        };
        let part = part_of(candidate.level());
        if !fits || self.has(part) {
            return None;
        }
        self.located.go_to(candidate, candidate.level());
        self.push(part, from, end);
        Some(end)
    }

    /// Looks at every place of a list that lies below what is known.
    fn visit(&self, list: List, mut look: impl FnMut(Candidate)) {
        let level = self.located.level;
        if level == 0 {
            list.candidates().for_each(look);
            return;
        }
        for (low, high) in self.located.below.iter() {
            list.between(low, high)
                .filter(|candidate| candidate.level() > level)
                .for_each(&mut look);
        }
    }

    /// The places of one level that a form means.
    fn places(&self, list: List, level: u8, full: bool) -> Places {
        let mut places = Places::default();
        self.visit(list, |candidate| {
            if candidate.level() == level && full == (candidate.kind() == FormKind::Full) {
                places.push(candidate);
            }
        });
        places
    }

    /// A place below what is known.
    fn below(&self, from: usize, end: usize, list: List) -> Option<Step> {
        let mut senses = Senses {
            zones: true,
            ..Senses::default()
        };
        self.visit(list, |candidate| senses.take(candidate));
        let (level, full) = senses.levels().next()?;
        let only = senses.levels().nth(1).is_none();
        // 城区, 新区: names that say nothing without their city. Zones are read as such.
        let says_nothing = level == 3
            && end - from == 2
            && self.located.level < 2
            && self.characters.at(from + 1) == '区';
        if says_nothing || (senses.zones && full) {
            return None;
        }
        let mut step = Step {
            end,
            level,
            places: self.places(list, level, full),
            kind: StepKind::Below,
        };
        if full && only {
            let fits = match level {
                1 => !self.says_no_place(end),
                4 => !self.direction_road_follows(end),
                _ => true,
            };
            return fits.then_some(step);
        }
        if let Some((level, places)) = self.continued(&senses, &step, list) {
            (step.level, step.places) = (level, places);
            return Some(step);
        }
        if senses.abbreviation {
            return None;
        }
        let valid = senses.levels().find_map(|(level, full)| {
            let places = self.places(list, level, full);
            places.any_valid().then_some((level, places))
        });
        if let Some((level, places)) = valid.filter(|_| full) {
            (step.level, step.places) = (level, places);
        }
        if full {
            return (level > 1 || !self.says_no_place(end)).then_some(step);
        }
        self.extended(end, level)
            .or_else(|| self.short_fits(from, end, level).then_some(step))
    }

    /// The level at which what follows lies below the form. What is valid today comes first: 石河子市 is no prefecture
    /// any more.
    fn continued(&self, senses: &Senses, step: &Step, list: List) -> Option<(u8, Places)> {
        let mut outlived = None;
        for (level, full) in senses.levels() {
            let places = if level == step.level {
                step.places
            } else {
                self.places(list, level, full)
            };
            if !self.continues(&places, step.end) {
                continue;
            }
            if places.any_valid() {
                return Some((level, places));
            }
            outlived = outlived.or(Some((level, places)));
        }
        outlived
    }

    /// Whether a division below these places follows.
    pub fn continues(&self, places: &Places, end: usize) -> bool {
        let next = self.skip(end);
        let mut names = self.longest_first(self.matches(next));
        let Some(longest) = names.next() else {
            return false;
        };
        let ranges = places.ranges();
        let lies_below = |(length, list): (usize, List)| {
            let mut candidates = ranges
                .iter()
                .flat_map(|(low, high)| list.between(low, high));
            candidates.any(|candidate| match candidate.kind() {
                FormKind::Full => true,
                FormKind::Short => candidate.level() < 4 && !self.says_no_place(next + length),
                FormKind::Abbreviation => false,
            })
        };
        lies_below(longest) || names.any(lies_below)
    }
}
