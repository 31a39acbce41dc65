//! A text as characters: folded, numbered as names know them, with their places in the text. All on the stack.

use crate::vocabulary::{WORD, Words};

const CHARACTERS: &[u8] = include_bytes!("../tables/characters.bin");

/// The most characters that are looked at; what follows is remainder.
pub(crate) const LIMIT: usize = 128;

/// What a character is to the grammar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Class {
    /// Blanks and punctuation
    Separator,
    /// 0 to 9
    Digit,
    /// A to Z in either case
    Letter,
    /// 一 to 十, 零, 百, 甲 to 丁
    Numeral,
    /// Joins numbers: - ~
    Joint,
    Other,
}

/// The classes by the three upper bits beside a character's number.
const CLASSES: [Class; 8] = [
    Class::Separator,
    Class::Digit,
    Class::Letter,
    Class::Numeral,
    Class::Joint,
    Class::Other,
    Class::Other,
    Class::Other,
];

const NUMBER_BITS: u16 = 13;

/// Bits of characters that may end a name.
const ENDING: usize = 6;

/// Bits of 省 and 市, which end names as well.
const SIGN: usize = 7;

/// What stands behind the end: of the class of separators, and in no name.
const END: u16 = 0;

/// Places of a text, a bit each.
#[derive(Clone, Copy)]
pub(crate) struct Marks(u128);

impl Marks {
    fn from(self, place: usize) -> u128 {
        if place < LIMIT { self.0 >> place } else { 0 }
    }

    /// The first of these places from one on; the limit where there is none.
    pub fn first(self, place: usize) -> usize {
        (place + self.from(place).trailing_zeros() as usize).min(LIMIT)
    }

    /// The first place from one on that is none of these.
    pub fn end(self, place: usize) -> usize {
        place + self.from(place).trailing_ones() as usize
    }

    /// Whether a place is one of these.
    pub fn has(self, place: usize) -> bool {
        self.from(place) & 1 != 0
    }

    /// Whether one of these places is this one or stands behind it.
    pub fn any(self, place: usize) -> bool {
        self.from(place) != 0
    }
}

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

/// The characters of a text.
pub(crate) struct Characters {
    folded: [char; LIMIT],
    /// The numbers that names know them by, below the class.
    numbers: [u16; LIMIT],
    offsets: [u16; LIMIT + 1],
    length: usize,
    /// The places of the characters of each class.
    marks: [u128; CLASSES.len()],
    /// The places of 区 that end the name of a development zone.
    zones: u128,
}

impl Characters {
    /// No characters yet.
    pub fn none() -> Self {
        Self {
            folded: ['\0'; LIMIT],
            numbers: [END; LIMIT],
            offsets: [0; LIMIT + 1],
            length: 0,
            marks: [0; CLASSES.len()],
            zones: 0,
        }
    }

    /// Reads the first [`LIMIT`] characters.
    pub fn read(&mut self, text: &str) {
        let mut text = text.char_indices();
        let (mut length, mut mark) = (0, 1_u128);
        let mut all = [0; CLASSES.len()];
        let slots = self
            .folded
            .iter_mut()
            .zip(&mut self.numbers)
            .zip(&mut self.offsets);
        for (((folded, number), begin), (offset, character)) in slots.zip(&mut text) {
            let code = u32::from(character).min(0xfffd) as usize;
            if let Some(&[a, b, c, d]) = CHARACTERS.get(code * 4..code * 4 + 4) {
                *folded = char::from_u32(u32::from(u16::from_le_bytes([a, b])))
                    .unwrap_or(char::REPLACEMENT_CHARACTER);
                let known = u16::from_le_bytes([c, d]);
                *number = known;
                all[usize::from(known >> NUMBER_BITS)] |= mark;
            }
            *begin = short(offset);
            mark <<= 1;
            length += 1;
        }
        self.length = length;
        self.marks = all;
        self.join_digits();
        self.mark_zones();
        if let Some(last) = self.offsets.get_mut(self.length) {
            *last = short(text.offset());
        }
    }

    /// 一 between digits is a dash: 12一7一944.
    fn join_digits(&mut self) {
        let [_, digits, _, numerals, joints, ..] = &mut self.marks;
        let mut between = *numerals & *digits << 1 & *digits >> 1;
        while between != 0 {
            let place = between.trailing_zeros() as usize;
            between &= between - 1;
            if let (Some(folded @ '一'), Some(number)) =
                (self.folded.get_mut(place), self.numbers.get_mut(place))
            {
                *folded = '-';
                *number = 4 << NUMBER_BITS;
                *numerals &= !(1 << place);
                *joints |= 1 << place;
            }
        }
    }

    /// 开发区, 高新区, 保税区 and the like.
    fn mark_zones(&mut self) {
        let Marks(mut endings) = self.endings();
        while endings != 0 {
            let place = endings.trailing_zeros() as usize;
            endings &= endings - 1;
            if self.at(place) == '区' && place > 1 {
                let zone = matches!(
                    [self.at(place - 2), self.at(place - 1)],
                    ['开', '发']
                        | ['高', '新']
                        | ['经', '开']
                        | ['保', '税']
                        | ['集', '聚']
                        | ['度', '假']
                );
                self.zones |= u128::from(zone) << place;
            }
        }
    }

    /// Where the names of development zones end.
    pub fn zones(&self) -> Marks {
        Marks(self.zones)
    }

    /// The places of these classes.
    fn marks<const COUNT: usize>(&self, classes: [usize; COUNT]) -> Marks {
        let marks = classes.iter().filter_map(|class| self.marks.get(*class));
        Marks(marks.fold(0, |all, marks| all | marks))
    }

    /// Blanks, punctuation and what joins numbers.
    pub fn gaps(&self) -> Marks {
        self.marks([Class::Joint as usize, Class::Separator as usize])
    }

    /// Digits and letters.
    pub fn digits(&self) -> Marks {
        self.marks([Class::Digit as usize, Class::Letter as usize])
    }

    /// Chinese numerals.
    pub fn numerals(&self) -> Marks {
        self.marks([Class::Numeral as usize])
    }

    /// What is none of these.
    pub fn others(&self) -> Marks {
        self.marks([Class::Other as usize, ENDING, SIGN])
    }

    /// Where a name that begins at a place ends at the latest: at a digit, a letter or a gap.
    pub fn name_end(&self, place: usize) -> usize {
        let (Marks(others), Marks(numerals)) = (self.others(), self.numerals());
        Marks(others | numerals).end(place)
    }

    /// Characters that may end a name.
    pub fn endings(&self) -> Marks {
        self.marks([ENDING, SIGN])
    }

    /// Characters of names that end nothing.
    pub fn plain(&self) -> Marks {
        self.marks([Class::Other as usize])
    }

    /// 省 and 市.
    pub fn signs(&self) -> Marks {
        self.marks([SIGN])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// The folded character at a place; none behind the end.
    pub fn at(&self, place: usize) -> char {
        self.folded.get(place).copied().unwrap_or('\0')
    }

    /// The class of the character at a place; a separator behind the end.
    #[inline]
    pub fn class(&self, place: usize) -> Class {
        let bits = self.numbers.get(place).copied().unwrap_or(END) >> NUMBER_BITS;
        let class = CLASSES.get(usize::from(bits)).copied();
        class.unwrap_or(Class::Other)
    }

    /// The number that names know the character by; 0 where no name uses it, and behind the end.
    pub fn number(&self, place: usize) -> u16 {
        self.numbers.get(place).copied().unwrap_or(END) & ((1 << NUMBER_BITS) - 1)
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
    #[inline]
    pub fn word(&self, place: usize, words: &Words) -> Option<usize> {
        if !words.may_begin(self.at(place)) {
            return None;
        }
        words.longest(self.range(place, place + WORD))
    }

    /// Whether the characters of two ranges are the same.
    pub fn same(&self, left: (usize, usize), right: (usize, usize)) -> bool {
        self.range(left.0, left.1) == self.range(right.0, right.1)
    }
}

/// A place in a text of at most [`LIMIT`] characters.
fn short(offset: usize) -> u16 {
    u16::try_from(offset).unwrap_or(u16::MAX)
}
