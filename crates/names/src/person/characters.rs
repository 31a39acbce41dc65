//! Sounds and shapes of Chinese characters.
//!
//! `cargo xtask reference` makes the tables and describes their layout.

const CHARACTERS: &[u8] = include_bytes!("../../tables/characters.bin");
const SYLLABLES: &[u8] = include_bytes!("../../tables/syllables.bin");

const FIRST: u32 = 0x3400;
const WIDTH: usize = 24;
const NONE: u16 = 0xffff;

/// From here on two characters look alike.
pub(crate) const LOOKS_ALIKE: f32 = 0.6;

/// Ways of spelling, one bit each.
pub(super) mod way {
    pub(in crate::person) const PINYIN: u8 = 1;
    pub(in crate::person) const WADE_GILES: u8 = 2;
    pub(in crate::person) const TAIWANESE: u8 = 4;
    pub(in crate::person) const CANTONESE: u8 = 8;
    /// Not the syllable, but what is often confused with it.
    pub(in crate::person) const NEAR: u8 = 16;
    /// A surname as people of Fujian and Chaozhou abroad spell it; by the table of names.
    pub(in crate::person) const HOKKIEN: u8 = 32;
}

/// What the table says of one character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Character(&'static [u8]);

/// A Mandarin reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) syllable: u16,
    pub(super) tone: u8,
}

impl Character {
    /// The record of a folded character; nothing outside of the two blocks that the table covers.
    pub(crate) fn of(character: char) -> Option<Self> {
        let place = u32::from(character).checked_sub(FIRST)? as usize;
        CHARACTERS.get(WIDTH * place..WIDTH * (place + 1)).map(Self)
    }

    /// Mandarin readings, the usual first.
    pub(super) fn readings(self) -> impl Iterator<Item = Reading> {
        (0..4).map_while(move |place| {
            let code = self.number(2 * place);
            (code != NONE).then_some(Reading {
                syllable: code >> 3,
                tone: (code & 7) as u8,
            })
        })
    }

    /// Cantonese syllables, as numbers of spellings.
    pub(super) fn cantonese(self) -> impl Iterator<Item = u16> {
        (0..3).map_while(move |place| {
            let code = self.number(8 + 2 * place);
            (code != NONE).then(|| code + mandarin_syllables())
        })
    }

    /// From 0 to 1: how alike two characters look, by sound-giving part, four corners and Cangjie code.
    pub(crate) fn looks_like(self, other: Self) -> f32 {
        let mut points = 0.0;
        let phonetic = self.number(14);
        if phonetic != 0 && phonetic == other.number(14) {
            points += 0.4;
        }
        let (corners, other_corners) = (self.wide(16), other.wide(16));
        let known = corners >> 16 & 15 != 15 && other_corners >> 16 & 15 != 15;
        if known {
            let equal = (0..5)
                .filter(|place| {
                    let digit = |code: u32| code >> (16 - 4 * place) & 15;
                    digit(corners) == digit(other_corners)
                })
                .count();
            points += [0.0, 0.0, 0.1, 0.2, 0.35, 0.5][equal];
        }
        points += self.same_parts(other);
        let strokes = (corners >> 20).abs_diff(other_corners >> 20);
        if strokes > 4 {
            points -= 0.2;
        }
        if strokes <= 1 {
            points += 0.1;
        }
        f32::clamp(points, 0.0, 1.0)
    }

    /// Letters of the Cangjie code that agree from both ends.
    fn same_parts(self, other: Self) -> f32 {
        let letters = |code: u32| (0..5).map(move |place| code >> (5 * place) & 31);
        let length = |code: u32| letters(code).filter(|letter| *letter != 0).count();
        let (mine, others) = (self.wide(20), other.wide(20));
        let (long, short) = (
            length(mine).max(length(others)),
            length(mine).min(length(others)),
        );
        if short == 0 {
            return 0.0;
        }
        let at = |code: u32, place: usize| code >> (5 * place) & 31;
        let front = (0..short)
            .take_while(|place| at(mine, *place) == at(others, *place))
            .count();
        let (mine_length, others_length) = (length(mine), length(others));
        let back = (1..=short - front)
            .take_while(|place| at(mine, mine_length - place) == at(others, others_length - place))
            .count();
        #[allow(clippy::cast_precision_loss, reason = "five at most")]
        let share = (front + back) as f32 / long as f32;
        share * 0.5
    }

    fn number(self, place: usize) -> u16 {
        match self.0.get(place..place + 2) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => NONE,
        }
    }

    fn wide(self, place: usize) -> u32 {
        u32::from(self.number(place)) | u32::from(self.number(place + 2)) << 16
    }
}

fn mandarin_syllables() -> u16 {
    match SYLLABLES {
        [low, high, ..] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    }
}

/// The spellings of a syllable, each with the ways in which it is one.
pub(super) fn spellings(syllable: u16) -> impl Iterator<Item = (u8, &'static [u8])> {
    let count = |place: usize| match SYLLABLES.get(place..place + 2) {
        Some(&[low, high]) => usize::from(u16::from_le_bytes([low, high])),
        _ => 0,
    };
    let place = |row: usize| match SYLLABLES.get(4 + 4 * row..8 + 4 * row) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    };
    let texts = 4 + 4 * (count(0) + count(2) + 1);
    let row = usize::from(syllable);
    let mut rest = SYLLABLES
        .get(texts + place(row)..texts + place(row + 1))
        .unwrap_or_default();
    std::iter::from_fn(move || {
        let [flags, length, tail @ ..] = rest else {
            return None;
        };
        let (spelling, behind) = tail.split_at_checked(usize::from(*length))?;
        rest = behind;
        Some((*flags, spelling))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(character: char) -> String {
        let character = Character::of(character).unwrap();
        let all = character
            .readings()
            .map(|reading| reading.syllable)
            .chain(character.cantonese())
            .map(|syllable| {
                let texts: Vec<String> = spellings(syllable)
                    .map(|(flags, text)| format!("{}{flags}", std::str::from_utf8(text).unwrap()))
                    .collect();
                texts.join(" ")
            });
        all.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_character_is_spelled_in_every_system() {
        insta::assert_snapshot!(spelled('张'), @"zhang1 chang2 jhang4 jang4 zang16 zhan16 | cheong8 cheung8 tseong8 tseung8 zoeng8");
        insta::assert_snapshot!(spelled('吕'), @"lv1 lu3 lyu5 lue1 liu4 nv16 rv16 | leoi8 loi8 lui8");
    }

    #[test]
    fn lookalikes_are_told_from_others() {
        let looks = |one, other| {
            let [one, other] = [one, other].map(|it| Character::of(it).unwrap());
            assert!((one.looks_like(other) - other.looks_like(one)).abs() < 1e-6);
            one.looks_like(other)
        };
        for (one, other) in [('未', '末'), ('晴', '睛'), ('土', '士')] {
            assert!(
                looks(one, other) >= LOOKS_ALIKE,
                "{one}{other} {}",
                looks(one, other)
            );
        }
        for (one, other) in [('芳', '丽'), ('伟', '强'), ('明', '国')] {
            assert!(
                looks(one, other) < LOOKS_ALIKE,
                "{one}{other} {}",
                looks(one, other)
            );
        }
    }
}
