//! Numbers: of houses, buildings, entrances, floors, rooms and groups, by their unit and by what stands before them.

use crate::address::Part;
use crate::characters::Class;
use crate::parser::Parser;
use crate::vocabulary::PREFIXES;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    Number,
    Lane,
    Building,
    Entrance,
    Floor,
    Room,
    Group,
    /// 期, 区: belongs to a name.
    Name,
    /// 路, 街: a road that is named by a number.
    Road,
    /// No unit at all.
    Bare,
}

/// Units with what they count; the longest that fits counts.
const UNITS: &[(&str, Unit)] = &[
    ("号楼", Unit::Building),
    ("#楼", Unit::Building),
    ("号院", Unit::Building),
    ("号房", Unit::Room),
    ("号室", Unit::Room),
    ("号", Unit::Number),
    ("#", Unit::Number),
    ("弄", Unit::Lane),
    ("支弄", Unit::Lane),
    ("幢", Unit::Building),
    ("栋", Unit::Building),
    ("座", Unit::Building),
    ("排", Unit::Building),
    ("撞", Unit::Building),
    ("号幢", Unit::Building),
    ("号栋", Unit::Building),
    ("号库", Unit::Name),
    ("单元", Unit::Entrance),
    ("单", Unit::Entrance),
    ("梯", Unit::Entrance),
    ("楼", Unit::Floor),
    ("层", Unit::Floor),
    ("室", Unit::Room),
    ("房", Unit::Room),
    ("户", Unit::Room),
    ("组团", Unit::Name),
    ("组", Unit::Group),
    ("小组", Unit::Group),
    ("队", Unit::Group),
    ("社", Unit::Group),
    ("期", Unit::Name),
    ("区", Unit::Name),
    ("小区", Unit::Name),
    ("村", Unit::Name),
    ("社区", Unit::Name),
    ("苑", Unit::Name),
    ("路", Unit::Road),
    ("街", Unit::Road),
    ("巷", Unit::Road),
    ("大道", Unit::Road),
    ("号路", Unit::Road),
    ("号街", Unit::Road),
    ("大街", Unit::Road),
];

/// A number with its unit.
#[derive(Clone, Copy)]
pub(crate) struct Numbered {
    /// Where the digits end.
    digits_end: usize,
    /// Where the unit ends.
    end: usize,
    unit: Unit,
}

impl Parser {
    /// Reads a number, or a chain of numbers, at a place.
    pub fn number(&mut self, at: usize) -> Option<usize> {
        match self.characters.class(at) {
            Class::Digit | Class::Letter => {}
            Class::Numeral => return self.chinese_number(at),
            Class::Other => return self.prefixed(at),
            _ => return None,
        }
        let numbered = self.numbered_at(at);
        if self.is_telephone(at, &numbered) {
            self.push(Part::Remainder, at, numbered.end);
            return Some(numbered.end);
        }
        match numbered.unit {
            Unit::Bare => self.bare(at, numbered),
            Unit::Road if !self.has(Part::Road) => {
                self.push(Part::Road, at, numbered.end);
                Some(numbered.end)
            }
            Unit::Road | Unit::Name => None,
            unit => Some(self.settle(at, numbered, unit)),
        }
    }

    /// 附3号, 甲5号, 地下一层, 负1楼, 第3幢.
    fn prefixed(&mut self, at: usize) -> Option<usize> {
        let length = self.characters.word(at, &PREFIXES)?;
        let next = at + length;
        let unit = match self.characters.class(next) {
            Class::Digit => self.numbered_at(next),
            Class::Numeral => self.numeral_unit(next)?,
            _ => return None,
        };
        match unit.unit {
            Unit::Bare | Unit::Name | Unit::Road => None,
            kind => Some(self.settle(at, unit, kind)),
        }
    }

    fn chinese_number(&mut self, at: usize) -> Option<usize> {
        let numbered = self.numeral_unit(at)?;
        match numbered.unit {
            Unit::Name => None,
            Unit::Road if self.has(Part::Road) => None,
            Unit::Road => {
                self.push(Part::Road, at, numbered.end);
                Some(numbered.end)
            }
            unit => Some(self.settle(at, numbered, unit)),
        }
    }

    /// A number in Chinese numerals that has a unit.
    pub fn numeral_unit(&self, at: usize) -> Option<Numbered> {
        let mut digits_end = at;
        while self.characters.class(digits_end) == Class::Numeral {
            digits_end += 1;
        }
        let (length, unit) = self.unit_at(digits_end)?;
        // 一路 and 二街 end names; a name before them decides, not they.
        (!matches!(unit, Unit::Name | Unit::Road)).then_some(Numbered {
            digits_end,
            end: digits_end + length,
            unit,
        })
    }

    fn numbered_at(&self, at: usize) -> Numbered {
        let mut digits_end = self.run_end(at);
        // 212-220号, 183~185号: one number.
        while self.characters.class(digits_end) == Class::Joint && self.is_digit(digits_end + 1) {
            let next = self.run_end(digits_end + 1);
            let whole = matches!(self.unit_at(next), Some((_, Unit::Number | Unit::Floor)))
                && self.characters.class(digits_end) == Class::Joint
                && self.has(Part::Road) != self.has(Part::Number);
            if !whole {
                break;
            }
            digits_end = next;
        }
        let (length, unit) = match self.unit_at(digits_end) {
            Some(found) => found,
            None if matches!(self.characters.at(digits_end - 1), 'F' | 'f')
                && self.is_digit(at) =>
            {
                (0, Unit::Floor)
            }
            None => (0, Unit::Bare),
        };
        Numbered {
            digits_end,
            end: digits_end + length,
            unit,
        }
    }

    fn is_digit(&self, at: usize) -> bool {
        matches!(self.characters.class(at), Class::Digit | Class::Letter)
    }

    fn run_end(&self, mut at: usize) -> usize {
        while self.is_digit(at) {
            at += 1;
        }
        at
    }

    fn unit_at(&self, at: usize) -> Option<(usize, Unit)> {
        if self.characters.class(at) != Class::Other && self.characters.at(at) != '#' {
            return None;
        }
        let first = self.characters.at(at);
        let fitting = UNITS
            .iter()
            .filter(|(word, _)| word.starts_with(first) && self.characters.says(at, word));
        let longest = fitting
            .map(|(word, unit)| (word.chars().count(), *unit))
            .max_by_key(|(length, _)| *length)?;
        let after = self.characters.at(at + longest.0);
        match longest.1 {
            // 3楼盘, 2社区, 5号码头 and the like are names.
            Unit::Number if matches!(after, '码' | '线' | '门') => Some((longest.0, Unit::Name)),
            Unit::Room if matches!(after, '地' | '产') => None,
            _ => Some(longest),
        }
    }

    fn is_telephone(&self, at: usize, numbered: &Numbered) -> bool {
        let length = numbered.digits_end - at;
        length >= 7
            && numbered.unit == Unit::Bare
            && (at..numbered.digits_end).all(|place| self.characters.class(place) == Class::Digit)
    }

    /// A number without a unit.
    fn bare(&mut self, at: usize, numbered: Numbered) -> Option<usize> {
        let end = numbered.digits_end;
        let next = self.characters.class(end);
        if matches!(next, Class::Other | Class::Numeral)
            && self.characters.class(at) == Class::Letter
            && end > at + 1
        {
            return None;
        }
        let chained = next == Class::Joint
            && (self.is_digit(end + 1) || self.characters.class(end + 1) == Class::Numeral);
        let part = match self.last_part() {
            Some(Part::Road | Part::Community | Part::Town) if !self.has(Part::Number) => {
                Part::Number
            }
            Some(Part::Number) if self.has(Part::Building) => Part::Room,
            Some(Part::Number) if chained || end - at < 3 => Part::Building,
            Some(Part::Estate | Part::Poi) if chained => Part::Building,
            Some(Part::Estate) if end - at < 3 => Part::Building,
            Some(Part::Building) if chained => Part::Unit,
            _ => Part::Room,
        };
        if matches!(next, Class::Other) && part == Part::Room && self.last_part().is_none() {
            return None;
        }
        let part = if self.has(part) {
            Part::Remainder
        } else {
            part
        };
        self.push(part, at, end);
        Some(end)
    }

    /// Decides what a number with a unit counts here.
    fn settle(&mut self, at: usize, numbered: Numbered, unit: Unit) -> usize {
        let end = numbered.end;
        let part = match unit {
            Unit::Number => self.number_part(at, numbered),
            Unit::Lane if self.has(Part::Number) => Part::Building,
            Unit::Lane => Part::Number,
            Unit::Building => Part::Building,
            Unit::Entrance => Part::Unit,
            Unit::Floor => Part::Floor,
            Unit::Room => Part::Room,
            _ => Part::Road,
        };
        let part = if self.has(part) && part != Part::Road {
            Part::Remainder
        } else {
            part
        };
        self.push(part, at, end);
        end
    }

    fn number_part(&self, at: usize, numbered: Numbered) -> Part {
        let digits = numbered.digits_end - at;
        let more = matches!(
            self.characters.class(self.skip(numbered.end)),
            Class::Digit | Class::Letter
        );
        if self.has(Part::Unit) || self.has(Part::Floor) {
            return Part::Room;
        }
        if self.has(Part::Building) {
            return if more || digits < 3 {
                Part::Unit
            } else {
                Part::Room
            };
        }
        match self.last_part() {
            Some(Part::Estate | Part::Poi) if self.has(Part::Number) => {
                if digits > 2 {
                    Part::Room
                } else {
                    Part::Building
                }
            }
            Some(Part::Number | Part::Estate) => Part::Building,
            _ if self.has(Part::Number) => Part::Building,
            _ => Part::Number,
        }
    }
}
