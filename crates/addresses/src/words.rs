//! What follows the divisions, where it is written in words: villages, roads, estates, other names.

use crate::address::Part;
use crate::characters::Class;
use crate::endings::Ending;
use crate::forms::FormKind;
use crate::located::Places;
use crate::parser::Parser;
use crate::villages;
use crate::vocabulary::{COMMITTEES, HINTS, NAMES_BEHIND_VILLAGES, VILLAGE_ENDINGS};

impl Parser {
    /// Reads what follows the divisions.
    pub fn local(&mut self, mut at: usize) {
        loop {
            at = self.skip(at);
            if at >= self.characters.len() {
                return;
            }
            at = self.local_step(at).max(at + 1);
        }
    }

    fn local_step(&mut self, at: usize) -> usize {
        if let Some(end) = self.begins_anew(at) {
            return end;
        }
        if let Some(end) = self.late_division(at).or_else(|| self.number(at)) {
            return end;
        }
        if let Some(end) = self.hint(at) {
            self.push(Part::Remainder, at, end);
            return end;
        }
        if let Some(end) = self.village(at) {
            return end;
        }
        self.name(at)
    }

    /// A county or town in full behind the name of a firm, or one that was said already.
    fn late_division(&mut self, at: usize) -> Option<usize> {
        if self.located.level == 0 || self.has(Part::Road) {
            return None;
        }
        let (length, list) = self.longest_first(self.matches(at)).next()?;
        let end = at + length;
        if length < 3 || self.says_no_place(end) || self.characters.class(end) != Class::Other {
            return None;
        }
        if self.located.level < 4
            && let Some(end) = self.plain(at, length, list)
        {
            return Some(end);
        }
        let mut known = self
            .located
            .places
            .iter()
            .flat_map(|place| list.holding(place.place()));
        let again = known.any(|candidate| candidate.kind() == FormKind::Full);
        drop(known);
        if again {
            self.push(Part::Repeated, at, end);
            return Some(end);
        }
        None
    }

    /// A province or city in full, with what lies below it: the address begins here.
    fn begins_anew(&mut self, at: usize) -> Option<usize> {
        if !self.characters.signs().any(at) {
            return None;
        }
        let country = self.characters.says(at, "中国");
        let from = if country { at + 2 } else { at };
        let (length, list) = self.longest_first(self.matches(from)).next()?;
        let strong = list
            .candidates()
            .take_while(|candidate| candidate.level() < 3 || self.located.level == 0)
            .any(|candidate| {
                let continued = || {
                    let mut places = Places::default();
                    places.push(candidate);
                    self.continues(&places, from + length)
                };
                match (candidate.level(), candidate.kind()) {
                    (1, FormKind::Full) => {
                        !(self.has(Part::Road) || self.has(Part::Number)) || continued()
                    }
                    (2, FormKind::Full) => self.located.level == 0 || continued(),
                    (1, FormKind::Short) => continued(),
                    _ => false,
                }
            });
        if !strong || self.says_no_place(from + length) {
            return None;
        }
        let before = if self.located.level == 0 {
            self.count
        } else {
            0
        };
        if country {
            self.push(Part::Remainder, at, from);
        }
        let end = self.divisions(from);
        if end == from {
            return country.then_some(from);
        }
        self.call_remainder(before);
        Some(end)
    }

    /// Words that only help to find the place.
    fn hint(&self, at: usize) -> Option<usize> {
        if let Some(length) = self.characters.word(at, &HINTS) {
            return Some(at + length);
        }
        let behind = self.last().filter(|last| last.to() == at)?;
        let joins =
            behind.part == Part::Road && matches!(self.characters.at(at), '口' | '与' | '和');
        (joins || self.aside(at)).then_some(at + 1)
    }

    /// 旁, and 内 where it ends something.
    fn aside(&self, at: usize) -> bool {
        match self.characters.at(at) {
            '旁' => true,
            '内' => matches!(
                self.characters.class(at + 1),
                Class::Separator | Class::Digit | Class::Letter
            ),
            _ => false,
        }
    }

    /// A village by the table of its town, with or without its ending.
    fn village(&mut self, at: usize) -> Option<usize> {
        if self.has(Part::Community) || self.has(Part::Road) || self.located.level != 4 {
            return None;
        }
        let codes = self.characters.range(at, at + 12);
        let (town, village) = self.located.places.iter().find_map(|town| {
            let village = villages::longest(town.place(), codes);
            let heir = || villages::longest(town.place().successor(), codes);
            // A town of today is what became of it.
            let village = village.or_else(|| if town.is_valid() { None } else { heir() });
            Some((town, village?))
        })?;
        let core = at + village.length;
        let ending = self.characters.word(core, &VILLAGE_ENDINGS);
        let end = core + ending.unwrap_or_default();
        let named_after_road = matches!(
            self.characters.at(core - 1),
            '路' | '街' | '巷' | '弄' | '道' | '苑' | '园' | '寓' | '区'
        );
        let fits = match ending {
            None if named_after_road => false,
            Some(_) => !self.road_follows(end) && !self.characters.says(end, "新村"),
            None => {
                village.length > 1
                    && !self.says_no_place(core)
                    && self.characters.word(core, &NAMES_BEHIND_VILLAGES).is_none()
            }
        };
        if !fits {
            return None;
        }
        if self.located.places.iter().all(|place| place == town) {
            self.located.village = Some(village.code);
        }
        self.push(Part::Community, at, end);
        Some(end)
    }

    /// A name up to the ending that decides what it is, or up to a number.
    fn name(&mut self, at: usize) -> usize {
        let mut soft = None;
        let mut late = None;
        let mut place = self.name_goes_on(at + 1);
        while place < self.characters.len() {
            match self.characters.class(place) {
                Class::Separator | Class::Joint => break,
                Class::Digit | Class::Letter => {
                    if !self.number_within(place) {
                        break;
                    }
                }
                class => {
                    if class == Class::Other && (self.ends_name(place) || self.starts_anew(place)) {
                        break;
                    }
                    match self.ending(at, place) {
                        Some(ending @ (Ending::Road | Ending::Community | Ending::Town)) => {
                            return self.decided(at, place, ending, [soft, late]);
                        }
                        Some(ending) if soft.is_none() && ending != Ending::Weak => {
                            soft = Some((place + 1, ending));
                        }
                        Some(ending) => late = Some((place + 1, ending)),
                        None if self.numbered(place, at) => break,
                        None => {}
                    }
                }
            }
            place = self.name_goes_on(place + 1);
        }
        self.named(at, place, soft);
        place
    }

    /// The next place of a name that is worth a look. Most characters end nothing.
    fn name_goes_on(&self, place: usize) -> usize {
        if self.characters.signs().any(place) {
            place
        } else {
            self.characters.plain().end(place)
        }
    }

    /// Whether a province or city in full begins here, with what lies below it, or the country.
    fn starts_anew(&self, place: usize) -> bool {
        if !self.characters.signs().any(place) {
            return false;
        }
        let sign = |length: usize| matches!(self.characters.at(place + length), '省' | '市');
        if !(sign(2) || sign(3)) {
            return self.characters.at(place) == '中'
                && self.characters.at(place + 1) == '国'
                && (self.characters.at(place + 4) == '省'
                    || self.characters.at(place + 5) == '省');
        }
        self.longest_first(self.matches(place))
            .any(|(length, list)| {
                list.candidates().any(|candidate| {
                    let level = candidate.level();
                    let mut places = Places::default();
                    places.push(candidate);
                    candidate.kind() == FormKind::Full
                        && level < 3
                        && (self.located.level < 2 || self.continues(&places, place + length))
                })
            })
    }

    /// 电联, and 负二楼 or 地下一层: they are no part of the name before them.
    fn ends_name(&self, place: usize) -> bool {
        match self.characters.at(place) {
            '电' => self.characters.at(place + 1) == '联',
            '负' => matches!(
                self.characters.class(place + 1),
                Class::Numeral | Class::Digit
            ),
            '地' => {
                self.characters.at(place + 1) == '下'
                    && matches!(
                        self.characters.class(place + 2),
                        Class::Numeral | Class::Digit
                    )
            }
            _ => false,
        }
    }

    /// Chinese numerals that number something end the name before them.
    fn numbered(&self, place: usize, at: usize) -> bool {
        place > at + 1
            && self.characters.class(place) == Class::Numeral
            && self.characters.class(place - 1) != Class::Numeral
            && self.numeral_unit(place).is_some()
    }

    /// Digits and letters that belong to the name around them: 柳莺路3区, 新兴1路.
    fn number_within(&self, place: usize) -> bool {
        let end = self.characters.digits().end(place);
        if self.characters.class(place) == Class::Letter {
            // Letters inside a name, unless they number a building.
            return self.characters.class(end) == Class::Other
                && !matches!(
                    self.characters.at(end),
                    '座' | '栋' | '幢' | '区' | '号' | '楼' | '单' | '室'
                )
                && end > place + 1;
        }
        matches!(self.characters.at(end), '路' | '区' | '期' | '村' | '街')
            || self.characters.says(end, "组团")
            || self.characters.says(end, "小区")
            || self.characters.says(end, "社区")
    }

    /// A road, village or town that ends here; a soft ending before it may have ended another name.
    fn decided(
        &mut self,
        at: usize,
        place: usize,
        ending: Ending,
        soft: [Option<(usize, Ending)>; 2],
    ) -> usize {
        let part = match ending {
            Ending::Road => Part::Road,
            Ending::Community => Part::Community,
            _ => Part::Town,
        };
        let committee = self.characters.word(place + 1, &COMMITTEES);
        let end = place
            + 1
            + committee
                .filter(|_| self.characters.at(place) == '村')
                .unwrap_or_default();
        let mut from = at;
        for (split, kind) in soft.into_iter().flatten() {
            if place >= split + 2 && split >= from + 2 && !self.road_follows(split) {
                self.push(self.free_part(kind), from, split);
                from = split;
            }
        }
        self.push(part, from, end);
        end
    }

    /// A name up to a number or the end.
    fn named(&mut self, at: usize, end: usize, soft: Option<(usize, Ending)>) {
        match soft {
            Some((split, kind)) if end >= split + 2 && split >= at + 3 => {
                self.push(self.free_part(kind), at, split);
                self.push(self.free_part(Ending::Poi), split, end);
            }
            Some((_, kind)) => self.push(self.free_part(kind), at, end),
            None => self.push(self.free_part(Ending::Poi), at, end),
        }
    }

    fn free_part(&self, kind: Ending) -> Part {
        let part = part_of(kind);
        match part {
            Part::Estate if self.has(Part::Estate) => Part::Poi,
            part => part,
        }
    }
}

fn part_of(ending: Ending) -> Part {
    match ending {
        Ending::Road => Part::Road,
        Ending::Community => Part::Community,
        Ending::Town => Part::Town,
        Ending::Estate => Part::Estate,
        Ending::Poi | Ending::Weak => Part::Poi,
    }
}
