//! A text as characters: folded, numbered for the trie, with their places in the text. All on the stack.

use crate::vocabulary::{WORD, Words};

const CHARACTERS: &[u8] = include_bytes!("../tables/characters.bin");

/// The most characters that are looked at; what follows is remainder.
pub(crate) const LIMIT: usize = 128;

/// What a character is to the grammar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Class {
    Other,
    /// 0 to 9
    Digit,
    /// A to Z in either case
    Letter,
    /// 一 to 十, 零, 百, 甲 to 丁
    Numeral,
    /// Joins numbers: - ~
    Joint,
    /// Blanks and punctuation
    Separator,
}

impl Class {
    /// The three upper bits beside a character's number.
    fn of_bits(bits: u16) -> Self {
        match bits {
            1 => Self::Digit,
            2 => Self::Letter,
            3 => Self::Numeral,
            4 => Self::Joint,
            5 => Self::Separator,
            _ => Self::Other,
        }
    }
}

const NUMBER_BITS: u16 = 13;

/// A character in half width and simplified.
pub(crate) fn fold(character: char) -> char {
    let code = u16::try_from(u32::from(character)).unwrap_or(0xfffd);
    let at = usize::from(code) * 4;
    match CHARACTERS.get(at..at + 2) {
        Some(&[low, high]) if code != 0xfffd => {
            char::from_u32(u32::from(u16::from_le_bytes([low, high]))).unwrap_or(character)
        }
        _ => character,
    }
}

/// The class of characters that may end a name; to the rest of the grammar they are like others.
const ENDING: u16 = 6;

/// What stands behind the end: a blank, of the class of separators.
const END: u16 = 5 << NUMBER_BITS;

/// The characters of a text.
pub(crate) struct Characters {
    folded: [char; LIMIT],
    /// Numbers for the trie below the class.
    numbers: [u16; LIMIT],
    offsets: [u16; LIMIT + 1],
    length: usize,
    /// The first 区.
    zone: usize,
    /// The character behind the last 省 or 市.
    signs: usize,
}

impl Characters {
    /// No characters yet.
    pub fn none() -> Self {
        Self {
            folded: [' '; LIMIT],
            numbers: [END; LIMIT],
            offsets: [0; LIMIT + 1],
            length: 0,
            zone: LIMIT,
            signs: 0,
        }
    }

    /// Reads the first [`LIMIT`] characters.
    pub fn read(&mut self, text: &str) {
        let mut end = 0;
        let mut length = 0;
        let mut dashed = false;
        let slots = self
            .folded
            .iter_mut()
            .zip(&mut self.numbers)
            .zip(&mut self.offsets);
        for ((offset, character), ((folded, number), begin)) in text.char_indices().zip(slots) {
            let code = u32::from(character).min(0xfffd) as usize;
            if let Some(&[a, b, c, d]) = CHARACTERS.get(code * 4..code * 4 + 4) {
                *folded = char::from_u32(u32::from(u16::from_le_bytes([a, b])))
                    .unwrap_or(char::REPLACEMENT_CHARACTER);
                *number = u16::from_le_bytes([c, d]);
            }
            *begin = u16::try_from(offset).unwrap_or(u16::MAX);
            end = offset + character.len_utf8();
            length += 1;
            match *folded {
                '区' => self.zone = self.zone.min(length - 1),
                '省' | '市' => self.signs = length,
                '一' => dashed = true,
                _ => {}
            }
        }
        self.length = length;
        if dashed {
            self.join_digits();
        }
        if let Some(last) = self.offsets.get_mut(self.length) {
            *last = u16::try_from(end).unwrap_or(u16::MAX);
        }
    }

    /// 一 between digits is a dash: 12一7一944.
    fn join_digits(&mut self) {
        for place in 1..self.length.saturating_sub(1) {
            let between = self.at(place) == '一'
                && self.class(place - 1) == Class::Digit
                && self.class(place + 1) == Class::Digit;
            if between
                && let (Some(folded), Some(number)) =
                    (self.folded.get_mut(place), self.numbers.get_mut(place))
            {
                *folded = '-';
                *number = 4 << NUMBER_BITS;
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// The first 区 of the text.
    pub fn first_zone(&self) -> usize {
        self.zone
    }

    /// Whether 省 or 市 stands at a place or behind it.
    pub fn signs_from(&self, place: usize) -> bool {
        place < self.signs
    }

    /// The folded character at a place; a blank behind the end.
    pub fn at(&self, place: usize) -> char {
        self.folded.get(place).copied().unwrap_or(' ')
    }

    /// The class of the character at a place; a separator behind the end.
    pub fn class(&self, place: usize) -> Class {
        Class::of_bits(self.numbers.get(place).copied().unwrap_or(END) >> NUMBER_BITS)
    }

    /// Whether the character may end the name of something.
    pub fn may_end(&self, place: usize) -> bool {
        self.numbers.get(place).copied().unwrap_or(END) >> NUMBER_BITS == ENDING
    }

    /// Numbers for the trie from a place on.
    pub fn numbers_from(&self, place: usize) -> impl Iterator<Item = u16> + '_ {
        let numbers = self.numbers.get(place..self.length).unwrap_or_default();
        numbers
            .iter()
            .map(|number| number & ((1 << NUMBER_BITS) - 1))
    }

    /// The folded characters of a range.
    pub fn range(&self, from: usize, to: usize) -> &[char] {
        self.folded
            .get(from..to.min(self.length))
            .unwrap_or_default()
    }

    /// The byte of the text at which a character begins.
    pub fn offset(&self, place: usize) -> u16 {
        self.offsets
            .get(place.min(self.length))
            .copied()
            .unwrap_or_default()
    }

    /// Whether these characters stand at a place.
    pub fn says(&self, place: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(next, character)| self.at(place + next) == character)
    }

    /// The length of the longest of these words that stands at a place.
    pub fn word(&self, place: usize, words: &Words) -> Option<usize> {
        words.longest(self.range(place, place + WORD))
    }

    /// Whether the characters of two ranges are the same.
    pub fn same(&self, left: (usize, usize), right: (usize, usize)) -> bool {
        self.range(left.0, left.1) == self.range(right.0, right.1)
    }
}
