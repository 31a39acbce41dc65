//! Numbers: of houses, buildings, entrances, floors, rooms and groups, by their unit and by what stands before them.

use crate::address::Part;
use crate::characters::Class;
use crate::parser::Parser;
use crate::units::{COUNTED, UNITS, Unit};
use crate::vocabulary::PREFIXES;

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
            // Lanes between the stalls of a market.
            Unit::Road if self.is_inside() && !self.has(Part::Unit) => {
                self.push(Part::Unit, at, numbered.end);
                Some(numbered.end)
            }
            Unit::Road if !self.has(Part::Road) => {
                self.push(Part::Road, at, numbered.end);
                Some(numbered.end)
            }
            Unit::Road | Unit::Name => None,
            unit => Some(self.settle(at, numbered, unit)),
        }
    }

    /// Whether the last piece lies inside a building, or is the building.
    fn is_inside(&self) -> bool {
        self.has(Part::Floor)
            || (self.last_part() == Some(Part::Poi) && self.has(Part::Poi) && self.behind_halls())
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
            Unit::Road if self.is_inside() && !self.has(Part::Unit) => {
                self.push(Part::Unit, at, numbered.end);
                Some(numbered.end)
            }
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
        let digits_end = self.characters.numerals().end(at);
        let (length, unit) = self.unit_at(digits_end)?;
        // 九房 and 三单 are names.
        if matches!(self.characters.at(digits_end), '房' | '单') && length == 1 {
            return None;
        }
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
                && self.has(Part::Road) != self.has(Part::Number);
            let range = self.unit_at(next).is_none()
                && self.last_part() == Some(Part::Road)
                && self.rises(at, digits_end, next);
            let rooms = matches!(self.unit_at(next), Some((_, Unit::Room)))
                || (self.has(Part::Building)
                    && matches!(self.unit_at(next), Some((_, Unit::Number))));
            let one = whole || range || (rooms && self.rises(at, digits_end, next));
            if !one {
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

    /// 212-220 is a range of houses, 103-4 is not.
    fn rises(&self, at: usize, joint: usize, end: usize) -> bool {
        let (first, second) = (
            self.characters.range(at, joint),
            self.characters.range(joint + 1, end),
        );
        self.characters.class(end) != Class::Joint && first.len() == second.len() && first < second
    }

    fn is_digit(&self, at: usize) -> bool {
        matches!(self.characters.class(at), Class::Digit | Class::Letter)
    }

    fn run_end(&self, at: usize) -> usize {
        self.characters.digits().end(at)
    }

    fn unit_at(&self, at: usize) -> Option<(usize, Unit)> {
        if self.characters.class(at) != Class::Other && self.characters.at(at) != '#' {
            return None;
        }
        if !UNITS.may_begin(self.characters.at(at)) {
            return None;
        }
        let (index, length) = UNITS.find(self.characters.range(at, at + 4))?;
        let longest = (length, *COUNTED.get(index)?);
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
        let chained = next == Class::Joint && self.is_digit(self.skip(end));
        let short = end - at < 3;
        let behind_joint = at > 0 && self.characters.class(at - 1) == Class::Joint;
        let part = match self.last_part() {
            Some(Part::Road | Part::Community | Part::Town) if !self.has(Part::Number) => {
                Part::Number
            }
            Some(Part::Number) if self.has(Part::Building) => Part::Room,
            Some(Part::Number | Part::Estate | Part::Poi) if chained || short => Part::Building,
            Some(Part::Building) if chained || (short && behind_joint) => Part::Unit,
            Some(Part::Unit) if chained => Part::Floor,
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
            Unit::Building if self.is_yard(numbered) => Part::Number,
            Unit::Building if self.has(Part::Building) => Part::Unit,
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
        if self.last_part() == Some(Part::Road) && !self.has(Part::Number) {
            return Part::Number;
        }
        if self.has(Part::Unit) || self.has(Part::Floor) {
            return Part::Room;
        }
        if self.has(Part::Building) {
            return if more { Part::Unit } else { Part::Room };
        }
        match self.last_part() {
            Some(Part::Estate | Part::Poi) if self.has(Part::Number) && digits > 2 => Part::Room,
            Some(Part::Poi) if digits > 2 && !self.has(Part::Estate) && self.behind_halls() => {
                Part::Room
            }
            Some(Part::Number | Part::Estate) => Part::Building,
            Some(Part::Poi) if self.has(Part::Estate) => Part::Building,
            _ if self.has(Part::Number) => Part::Building,
            _ => Part::Number,
        }
    }

    /// 2号院 behind a road is its number.
    fn is_yard(&self, numbered: Numbered) -> bool {
        self.characters.at(numbered.end - 1) == '院' && !self.has(Part::Number)
    }

    /// Whether the last name is that of a market or of a tower, whose numbers are those of shops and offices.
    fn behind_halls(&self) -> bool {
        let end = self
            .last()
            .map(|last| self.characters.at(last.to().saturating_sub(1)));
        matches!(end, Some('场' | '厦' | '心'))
    }
}
