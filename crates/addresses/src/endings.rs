//! The characters that names of roads, villages, estates and other places end with.

use crate::address::Part;
use crate::characters::Class;
use crate::parser::Parser;
use crate::vocabulary::JOINED;

/// What a character ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    Road,
    Community,
    Town,
    Estate,
    Poi,
    /// Ends a name before a road only.
    Weak,
}

impl Parser {
    /// What ends with the character at `place` of a name that begins at `at`.
    pub fn ending(&self, at: usize, place: usize) -> Option<Ending> {
        let before = self.characters.at(place.saturating_sub(1));
        let after = self.characters.at(place + 1);
        let road = |yes: bool| yes.then_some(Ending::Road);
        match self.characters.at(place) {
            '街' if after == '道' => None,
            '路' | '街' | '巷' => road(!self.hard_follows(place + 1)),
            '弄' => road(self.characters.class(place - 1) == Class::Other),
            '道' if before == '街' => {
                (place > at + 1 && !self.has(Part::Town) && !self.has(Part::Road))
                    .then_some(Ending::Town)
            }
            '道' => road(
                (matches!(before, '大' | '国' | '省' | '县' | '环' | '干')
                    || self.characters.class(place + 1) == Class::Digit)
                    && !self.hard_follows(place + 1),
            ),
            '线' => road(
                self.characters.class(place + 1) == Class::Digit
                    || self.characters.class(place - 1) == Class::Digit,
            ),
            '同' => road(before == '胡'),
            '村' if before == '新' => Some(Ending::Estate),
            '村' => (!self.has(Part::Community) && !self.hard_follows(place + 1))
                .then_some(Ending::Community),
            '镇' | '乡' => {
                let fits = place > at + 1
                    && place < at + 6
                    && !self.has(Part::Town)
                    && !self.has(Part::Road);
                (fits && !self.hard_follows(place + 1) && after != '政').then_some(Ending::Town)
            }
            '会' if matches!(before, '委' | '员')
                && (self.characters.says(place - 2, "居委")
                    || self.characters.says(place - 2, "村委")) =>
            {
                Some(Ending::Community)
            }
            '区' if before == '社' => (!self.has(Part::Community)
                && !self.hard_follows(place + 1))
            .then_some(Ending::Community),
            '区' if before == '小' => Some(Ending::Estate),
            '查' if before == '嘎' => Some(Ending::Community),
            '组' => road(
                (self.has(Part::Community) || self.located.level == 4)
                    && !self.has(Part::Road)
                    && matches!(
                        self.characters.class(place + 1),
                        Class::Separator | Class::Digit
                    ),
            ),
            _ => soft_ending(self.characters.at(place), before, after),
        }
    }

    /// Whether the ending before this place is part of a longer one.
    fn hard_follows(&self, place: usize) -> bool {
        self.road_follows(place)
            || matches!(self.characters.at(place), '村' | '镇' | '乡')
            || self.characters.word(place, &JOINED).is_some()
    }
}

/// Endings of estates and other named points; a road or village may still follow.
fn soft_ending(character: char, before: char, after: char) -> Option<Ending> {
    match character {
        '苑' | '墅' | '庭' | '邸' | '寓' | '轩' | '府' | '墘' => Some(Ending::Estate),
        '园' if matches!(
            before,
            '花' | '家' | '嘉' | '庄' | '佳' | '名' | '雅' | '春' | '景' | '新' | '校' | '乐'
        ) =>
        {
            Some(Ending::Estate)
        }
        '庄' if matches!(before, '山' | '新') => Some(Ending::Estate),
        '际' => (before == '国').then_some(Ending::Weak),
        '期' => matches!(before, '一' | '二' | '三' | '四' | '五').then_some(Ending::Weak),
        '市' => matches!(before, '超' | '门' | '城' | '夜' | '菜').then_some(Ending::Poi),
        '行' => (before == '银' || before == '支' || before == '分').then_some(Ending::Poi),
        '园' | '场' | '城' | '学' | '厂' if matches!(after, '区' | '校' | '院' | '房' | '长') => {
            None
        }
        '城' | '厦' | '心' | '场' | '园' | '区' | '馆' | '院' | '店' | '厂' | '司' | '局'
        | '所' | '校' | '学' | '团' | '站' => Some(Ending::Poi),
        _ => None,
    }
}
