//! Short names of divisions: 杭州 for 杭州市. What follows decides whether one is meant.

use crate::address::Part;
use crate::characters::Class;
use crate::divisions::{Step, StepKind};
use crate::located::Places;
use crate::parser::Parser;
use crate::vocabulary::{COUNTY_ENDINGS, NAMES_BEHIND_TOWNS, NO_PLACES};

impl Parser {
    /// A short name with an ending that its place does not have: 光明新区, 恩施区, 都安瑶族自治区.
    pub fn extended(&self, end: usize, level: u8) -> Option<Step> {
        let length = if matches!(level, 2 | 3) && !self.has(Part::District) {
            self.characters
                .word(end, &COUNTY_ENDINGS)
                .or_else(|| self.autonomy(end))
        } else {
            None
        }?;
        let end = end + length;
        let fits = !self.road_follows(end)
            && !matches!(self.characters.at(end), '场' | '政' | '中' | '委');
        fits.then_some(Step {
            end,
            level: 3,
            places: Places::default(),
            kind: StepKind::Unknown,
        })
    }

    /// 瑶族自治县, however the people is written.
    fn autonomy(&self, at: usize) -> Option<usize> {
        (1..10).find_map(|length| {
            let people = self.characters.at(at + length - 1) == '族'
                && self.characters.says(at + length, "自治");
            (people
                && matches!(
                    self.characters.at(at + length + 2),
                    '县' | '区' | '州' | '旗'
                ))
            .then_some(length + 3)
        })
    }

    /// A short form must not be the beginning of another name.
    pub fn short_fits(&self, from: usize, end: usize, level: u8) -> bool {
        let next = self.characters.class(end);
        if next == Class::Separator {
            return true;
        }
        if self.says_no_place(end) || (level > 2 && self.landscape_road_follows(end)) {
            return false;
        }
        match level {
            1 | 2 => true,
            3 => next == Class::Other || self.located.level > 0,
            _ => {
                let names = self.characters.word(end, &NAMES_BEHIND_TOWNS).is_some();
                let numbered = next == Class::Numeral
                    && matches!(self.characters.at(end + 1), '区' | '期' | '村');
                let road = matches!(self.characters.at(end - 1), '路' | '街' | '巷' | '道');
                matches!(next, Class::Other | Class::Numeral)
                    && !road
                    && !numbered
                    && !names
                    && (self.located.level > 0 || from == 0)
            }
        }
    }

    /// Whether what follows makes a road, a station, a firm of the name before it.
    pub fn says_no_place(&self, at: usize) -> bool {
        if self.road_follows(at) {
            return true;
        }
        self.characters.word(at, &NO_PLACES).is_some_and(|length| {
            let end = at + length;
            // 学院路, 站前路
            !self.road_follows(end) && !self.road_follows(end + 1)
        })
    }

    /// 东路 behind 梁弄镇 is rather 镇东路 behind 梁弄.
    pub fn direction_road_follows(&self, at: usize) -> bool {
        let direction = matches!(self.characters.at(at), '东' | '南' | '西' | '北')
            && matches!(self.characters.at(at + 1), '路' | '街');
        self.characters.at(at) == '路' || (self.characters.at(at - 1) == '镇' && direction)
    }

    /// 山路 behind 白云, 江路 behind 南滨: a road named for a hill or a river.
    fn landscape_road_follows(&self, at: usize) -> bool {
        matches!(
            self.characters.at(at),
            '山' | '河' | '江' | '湖' | '头' | '港' | '岭' | '溪'
        ) && self.road_follows(at + 1)
    }

    /// 路, 东路, 南大街, 东一路 and the like.
    pub fn road_follows(&self, at: usize) -> bool {
        let mut place = at;
        if matches!(
            self.characters.at(place),
            '东' | '南' | '西' | '北' | '中' | '前' | '后'
        ) {
            place += 1;
        }
        if matches!(
            self.characters.at(place),
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
        ) {
            place += 1;
        }
        if matches!(self.characters.at(place), '支' | '横' | '大') {
            place += 1;
        }
        match self.characters.at(place) {
            '路' | '巷' | '弄' => true,
            '街' => !matches!(self.characters.at(place + 1), '道' | '镇' | '乡' | '村'),
            '道' => place > at && self.characters.at(place - 1) == '大',
            _ => false,
        }
    }
}
