//! Divisions that were said already, or with which an address begins anew.

use crate::divisions::{LEVELS, Step, StepKind, part_of};
use crate::forms::{FormKind, List};
use crate::located::Places;
use crate::parser::Parser;

impl Parser {
    /// A place that was said already, or that begins the address anew.
    pub fn again(&self, from: usize, end: usize, list: List) -> Option<Step> {
        let mut places = Places::default();
        let mut level = 5;
        let mut full = false;
        for candidate in list.candidates() {
            let candidate_level = candidate.level();
            let is_full = candidate.kind() == FormKind::Full;
            if candidate.kind() == FormKind::Abbreviation
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
            places.push(candidate);
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
        let written_alike =
            full && level > 1 && kind == StepKind::Again && self.said_before(from, end);
        (fits && (written_alike || !self.says_no_place(end))).then_some(Step {
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
                let length = (piece.to() - piece.from()).min(end - from);
                self.characters
                    .same((piece.from(), piece.from() + length), (from, from + length))
            })
    }
}
