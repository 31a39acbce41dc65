//! The divisions that an address begins with: province, city, district, town, in any of their forms.

use crate::address::Part;
use crate::gazetteer::{FormKind, List, PlaceIndex, matches};
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

/// The places that a form may mean, level by level.
#[derive(Default)]
struct Senses {
    levels: [Places; 4],
    /// Whether the form is a full one for the places of a level.
    full: [bool; 4],
    abbreviation: bool,
}

pub(crate) fn part_of(level: u8) -> Part {
    match level {
        1 => Part::Province,
        2 => Part::City,
        3 => Part::District,
        _ => Part::Town,
    }
}

const LEVELS: [Part; 4] = [Part::Province, Part::City, Part::District, Part::Town];

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
                self.push(Part::Zone, from, end);
                at = end;
                continue;
            }
            let Some(step) = self.division(from) else {
                return from;
            };
            self.take(from, &step);
            at = step.end;
        }
    }

    /// Words of forms that stand where a division would.
    fn filler(&self, from: usize) -> Option<usize> {
        let length = self.characters.word(from, &FILLERS)?;
        let country = self.characters.at(from) == '中';
        let follows = !country || !matches(self.characters.numbers_from(from + length)).is_empty();
        follows.then_some(length)
    }

    fn take(&mut self, from: usize, step: &Step) {
        let part = part_of(step.level);
        let above = usize::from(step.level.saturating_sub(1)).min(3);
        match step.kind {
            StepKind::Below => {
                self.located.places = step.places;
                self.located.level = step.level;
            }
            StepKind::Again => {
                self.call_repeated(LEVELS.get(above..).unwrap_or_default());
                self.located.places = step.places;
                self.located.level = step.level;
                self.located.contradictory = false;
            }
            StepKind::Contradicts => {
                self.located.contradictory = true;
                self.located.places = step.places;
                self.located.level = step.level;
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

    /// The division at a place.
    fn division(&self, from: usize) -> Option<Step> {
        let found = matches(self.characters.numbers_from(from));
        for (length, list) in found.longest_first() {
            let end = from + length;
            let known = self.located.level > 0
                && list
                    .candidates()
                    .any(|candidate| self.located.places.contain(candidate.place));
            if !known && let Some(step) = self.below(from, end, list) {
                return Some(step);
            }
            if self.located.level > 0
                && let Some(step) = self.again(from, end, list)
            {
                return Some(step);
            }
        }
        self.unknown(from)
    }

    /// What the places of a list may mean here, level by level; full forms beat short ones.
    fn senses(&self, list: List) -> Senses {
        let mut senses = Senses::default();
        for candidate in list.candidates() {
            let level = candidate.place.level();
            if level <= self.located.level || !self.located.allows(candidate.place) {
                continue;
            }
            let index = usize::from(level - 1);
            if let (Some(places), Some(is_full)) =
                (senses.levels.get_mut(index), senses.full.get_mut(index))
            {
                match candidate.kind {
                    FormKind::Full if !*is_full => {
                        *is_full = true;
                        *places = Places::default();
                        places.push(candidate.place);
                    }
                    FormKind::Short if *is_full => {}
                    FormKind::Abbreviation => {
                        senses.abbreviation = true;
                        places.push(candidate.place);
                    }
                    _ => places.push(candidate.place),
                }
            }
        }
        senses
    }

    /// A place below what is known.
    fn below(&self, from: usize, end: usize, list: List) -> Option<Step> {
        let Senses {
            levels,
            full,
            abbreviation,
        } = self.senses(list);
        let filled = || {
            (1_u8..)
                .zip(levels.iter().zip(full))
                .filter(|(_, (places, _))| !places.is_empty())
        };
        let continued = filled().find(|(_, (places, _))| self.continues(places, end));
        let (level, (places, full)) = continued.or_else(|| filled().next())?;
        if abbreviation && continued.is_none() {
            return None;
        }
        if full && level == 4 && places.iter().all(PlaceIndex::is_zone) {
            return None;
        }
        // 城区, 新区: names that say nothing without their city.
        if full && end - from < 3 && level == 3 && self.located.level < 2 {
            return None;
        }
        if !full
            && continued.is_none()
            && let Some(step) = self.extended(end, level)
        {
            return Some(step);
        }
        let fits = if full {
            match level {
                1 => !self.says_no_place(end),
                4 => !self.direction_road_follows(end),
                _ => true,
            }
        } else {
            continued.is_some() || self.short_fits(from, end, level)
        };
        fits.then_some(Step {
            end,
            level,
            places: *places,
            kind: StepKind::Below,
        })
    }

    /// A place that was said already, or that begins the address anew.
    fn again(&self, from: usize, end: usize, list: List) -> Option<Step> {
        let mut places = Places::default();
        let mut level = 5;
        let mut full = false;
        for candidate in list.candidates() {
            let candidate_level = candidate.place.level();
            let is_full = candidate.kind == FormKind::Full;
            if candidate.kind == FormKind::Abbreviation
                || (full && !is_full)
                || candidate_level > level
            {
                continue;
            }
            if candidate_level < level || (is_full && !full) {
                places = Places::default();
            }
            level = candidate_level;
            full = is_full;
            places.push(candidate.place);
        }
        let said = self.has(part_of(level)) || level <= self.located.level;
        let next = self.skip(end);
        let continued = self.continues(&places, end);
        let kind = if said {
            StepKind::Again
        } else {
            StepKind::Contradicts
        };
        let fits = match (kind, full) {
            (StepKind::Again, true) => {
                (level < 4 && end - from > 2) || continued || self.said_before(from, end)
            }
            (StepKind::Again, false) => {
                level < 4 && (continued || (next > end && self.said_before(from, end)))
            }
            (_, true) => level == 3 && end - from > 2,
            (_, false) => false,
        };
        (fits && !self.says_no_place(end)).then_some(Step {
            end,
            level,
            places,
            kind,
        })
    }

    /// Whether an earlier division was written alike, as far as the shorter goes.
    fn said_before(&self, from: usize, end: usize) -> bool {
        let found = self.found.iter().take(self.count);
        found
            .filter(|piece| LEVELS.contains(&piece.part))
            .any(|piece| {
                let length = (piece.to - piece.from).min(end - from);
                self.characters
                    .same((piece.from, piece.from + length), (from, from + length))
            })
    }

    /// Whether a division below these places follows.
    pub fn continues(&self, places: &Places, end: usize) -> bool {
        let next = self.skip(end);
        let found = matches(self.characters.numbers_from(next));
        found.longest_first().any(|(length, list)| {
            list.candidates().any(|candidate| {
                candidate.kind != FormKind::Abbreviation
                    && places.cover(candidate.place)
                    && (candidate.kind == FormKind::Full
                        || (candidate.place.level() < 4 && !self.says_no_place(next + length)))
            })
        })
    }
}
