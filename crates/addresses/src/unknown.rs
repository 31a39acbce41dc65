//! Divisions that no table knows, by their endings: names that were mistyped, are too old, or too new.

use crate::address::Part;
use crate::divisions::{Step, StepKind};
use crate::forms::FormKind;
use crate::located::Places;
use crate::parser::Parser;
use crate::vocabulary::GENERAL;

impl Parser {
    /// A division of unknown name at a place.
    pub fn unknown(&self, from: usize) -> Option<Step> {
        let end = self.characters.name_end(from).min(from + 8);
        let endings = self.characters.endings();
        let mut at = endings.first(from);
        while at < end {
            let length = at - from + 1;
            let level = match self.characters.at(at) {
                '省' if self.located.level == 0 && matches!(length, 3 | 4) => Some(1),
                '市' if self.city_ends(at, length) => {
                    Some(if self.has(Part::City) { 3 } else { 2 })
                }
                '县' if !self.has(Part::District)
                    && matches!(length, 2..=4)
                    && self.located.level < 3 =>
                {
                    Some(3)
                }
                '区' if self.district_ends(at, length) => Some(3),
                '镇' | '乡' if self.town_ends(at, length) => Some(4),
                '道' if length > 3
                    && self.characters.at(at - 1) == '街'
                    && self.town_ends(at, length) =>
                {
                    Some(4)
                }
                '路' | '村' | '巷' | '弄' | '号' | '园' | '厦' | '司' | '厂' | '店' | '场'
                | '心' | '苑' | '院' | '站' => return None,
                '街' if self.characters.at(at + 1) != '道' && !self.town_follows(at + 1) => {
                    return None;
                }
                _ => None,
            };
            if let Some(level) = level {
                return Some(Step {
                    end: at + 1,
                    level,
                    places: Places::default(),
                    kind: StepKind::Unknown,
                });
            }
            at = endings.first(at + 1);
        }
        None
    }

    fn city_ends(&self, at: usize, length: usize) -> bool {
        let before = self.characters.at(at.saturating_sub(1));
        let after = self.characters.at(at + 1);
        self.located.level < 3
            && matches!(length, 3 | 4)
            && !self.has(Part::District)
            && !matches!(before, '超' | '门' | '城' | '夜' | '菜' | '都')
            && !matches!(after, '场' | '区' | '政' | '民' | '府' | '心')
    }

    fn district_ends(&self, at: usize, length: usize) -> bool {
        let before = self.characters.at(at.saturating_sub(1));
        let behind_city = self.last().is_some_and(|last| last.part == Part::City);
        let fits = matches!(self.located.level, 1 | 2)
            && matches!(length, 3 | 4)
            && !self.has(Part::District);
        if fits
            && behind_city
            && ((length == 3 && matches!(before, '东' | '南' | '西' | '北'))
                || (length == 4 && before == '新'))
        {
            return !matches!(
                self.characters.at(at + 1 - length),
                '城' | '老' | '新' | '小' | '开' | '大'
            );
        }
        fits && !matches!(
            before,
            '小' | '园'
                | '社'
                | '新'
                | '校'
                | '厂'
                | '景'
                | '库'
                | '片'
                | '东'
                | '南'
                | '西'
                | '北'
                | '中'
                | '业'
                | '发'
                | '城'
                | '街'
                | '特'
                | '专'
                | '活'
                | '舍'
                | '宅'
                | '税'
                | '港'
                | '道'
                | '村'
                | '前'
                | '后'
                | '上'
                | '下'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
        )
    }

    fn town_ends(&self, at: usize, length: usize) -> bool {
        let after = self.characters.at(at + 1);
        !self.has(Part::Town)
            && length > 2
            && length < 7
            && !matches!(after, '路' | '街' | '村' | '政' | '人')
            && !(self.characters.at(at) != '道' && self.road_follows(at + 1))
    }

    fn town_follows(&self, at: usize) -> bool {
        matches!(self.characters.at(at), '镇' | '乡')
    }

    /// The end of a development zone that begins at a place, behind a division.
    pub fn zone(&self, from: usize) -> Option<usize> {
        if !self.characters.zones().any(from + 2) || self.has(Part::Zone) {
            return None;
        }
        let end = self.characters.others().end(from).min(from + 14);
        let endings = self.characters.endings();
        let mut at = endings.first(from + 2);
        while at < end {
            match self.characters.at(at) {
                '区' => return self.zone_ends(from, at).then_some(at + 1),
                '路' | '村' | '镇' | '县' | '市' | '号' | '巷' => return None,
                _ => at = endings.first(at + 1),
            }
        }
        None
    }

    fn zone_ends(&self, from: usize, at: usize) -> bool {
        if !self.characters.zones().has(at) {
            return false;
        }
        // A division in front of the zone's name is a division of its own, and 开发区街道 is a town.
        let divided = self
            .longest_first(self.matches(from))
            .any(|(length, list)| {
                list.candidates().any(|candidate| {
                    let full = candidate.kind() == FormKind::Full;
                    let short = candidate.kind() == FormKind::Short
                        && (candidate.level() < 4
                            || (self.located.level > 1 && self.zone_has_name(from + length, at)));
                    let end = from + length;
                    let apart = end < at && (full || short);
                    let longer = end > at + 1 && full && !candidate.is_zone();
                    (apart || longer)
                        && candidate.level() > self.located.level
                        && self.located.allows(candidate.place())
                })
            });
        !divided && !self.road_follows(at + 1)
    }

    /// Whether the rest of a zone's name says more than what kind of zone it is.
    fn zone_has_name(&self, from: usize, at: usize) -> bool {
        at >= from + 4 && self.characters.word(from, &GENERAL).is_none()
    }
}
