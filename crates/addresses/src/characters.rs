//! A text as characters: folded, numbered for the trie, with their places in the text. All on the stack.

use crate::vocabulary::{WORD, Words};

const CHARACTERS: &[u8] = include_bytes!("../tables/characters.bin");

/// The most characters that are looked at; what follows is remainder.
pub(crate) const LIMIT: usize = 256;

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

/// The characters of a text.
pub(crate) struct Characters {
    folded: [u16; LIMIT],
    /// Numbers for the trie below the class.
    numbers: [u16; LIMIT],
    offsets: [u16; LIMIT + 1],
    length: usize,
}

impl Characters {
    /// Reads the first [`LIMIT`] characters.
    pub fn read(text: &str) -> Self {
        let mut characters = Self {
            folded: [0; LIMIT],
            numbers: [0; LIMIT],
            offsets: [0; LIMIT + 1],
            length: 0,
        };
        let mut offset = 0;
        for (place, character) in text.chars().take(LIMIT).enumerate() {
            let code = u16::try_from(u32::from(character)).unwrap_or(0xfffd);
            let at = usize::from(code) * 4;
            let (folded, number) = match CHARACTERS.get(at..at + 4) {
                Some(&[a, b, c, d]) => (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])),
                _ => (code, 0),
            };
            if let (Some(to), Some(slot), Some(begin)) = (
                characters.folded.get_mut(place),
                characters.numbers.get_mut(place),
                characters.offsets.get_mut(place),
            ) {
                *to = folded;
                *slot = number;
                *begin = offset;
            }
            offset += u16::try_from(character.len_utf8()).unwrap_or_default();
            characters.length = place + 1;
        }
        if let Some(end) = characters.offsets.get_mut(characters.length) {
            *end = offset;
        }
        characters
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// The folded character at a place; a blank behind the end.
    pub fn at(&self, place: usize) -> char {
        let code = self.code(place);
        char::from_u32(u32::from(code)).unwrap_or(' ')
    }

    fn code(&self, place: usize) -> u16 {
        if place < self.length {
            self.folded.get(place).copied().unwrap_or(32)
        } else {
            32
        }
    }

    /// The class of the character at a place; a separator behind the end.
    pub fn class(&self, place: usize) -> Class {
        if place < self.length {
            let bits = self.numbers.get(place).copied().unwrap_or_default() >> NUMBER_BITS;
            Class::of_bits(bits)
        } else {
            Class::Separator
        }
    }

    /// Numbers for the trie from a place on.
    pub fn numbers_from(&self, place: usize) -> impl Iterator<Item = u16> + '_ {
        let numbers = self.numbers.get(place..self.length).unwrap_or_default();
        numbers
            .iter()
            .map(|number| number & ((1 << NUMBER_BITS) - 1))
    }

    /// Folded codes of a range.
    pub fn codes(&self, from: usize, to: usize) -> &[u16] {
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
        words.longest(self.codes(place, place + WORD))
    }

    /// Whether the characters of two ranges are the same.
    pub fn same(&self, left: (usize, usize), right: (usize, usize)) -> bool {
        self.codes(left.0, left.1) == self.codes(right.0, right.1)
    }
}
