//! One way in which a person is called, cut into words.

use super::arabic::{arabic_ending, behind_abd, is_article};
use super::characters::{Character, spellings};
use super::letters::{self, Letter, Script};
use super::sounds::Sounds;
use super::token::{Part, Token, key};
use super::{names_table, small_words, syllabic};
use crate::han::{is_han, table};
use crate::variants::VARIANTS;
use crate::{Reason, Reasons};

/// Words beyond these are not compared.
pub(super) const MOST_WORDS: usize = 12;

/// Chinese characters beyond these are not compared.
pub(super) const MOST_CHARACTERS: usize = 12;

/// Letters of all words beyond these are not compared with characters.
pub(super) const MOST_LETTERS_OF_ALL: usize = 48;

/// Stands in a name for a character that could not be written.
pub(super) const UNWRITTEN: char = '\u{fffd}';

/// Characters from here on stand for a syllable, by its digest.
pub(super) const FIRST_STAND_IN: u32 = 0xf_0000;

/// Letters of a word beyond these are not compared.
const MOST_LETTERS: usize = 28;

/// Characters of a name beyond these are not read.
pub(super) const MOST_READ: usize = 200;

/// A name in words and Chinese characters.
#[derive(Debug, Clone)]
pub(super) struct Form {
    words: [Token; MOST_WORDS],
    word_count: usize,
    han: [char; MOST_CHARACTERS],
    han_count: usize,
    letters: [u8; MOST_LETTERS_OF_ALL],
    letter_count: usize,
    edges: u64,
    /// Bit n is set where a dot stands before the Chinese character n: the parts of a transcribed name.
    pub(super) dots: u16,
    /// Bit n is set where an apostrophe stands before letter n of all: in Wade–Giles it says aspiration.
    pub(super) apostrophes: u64,
    /// The words as written, in any order, as one digest.
    pub(super) written: u32,
    /// The place of the first given name: behind the comma of `Surname, Given`, else the first word.
    pub(super) first_given: usize,
    /// What was left out or noticed while reading.
    pub(super) noticed: Reasons,
}

impl Form {
    /// Reads a name without brackets or aliases.
    pub(super) fn read(name: &str) -> Self {
        let mut reader = Reader::new();
        for character in name.chars().take(MOST_READ) {
            reader.read(character);
        }
        reader.end_word();
        if reader.after_abd {
            reader.push(b"abd");
        }
        reader.find_first_given();
        reader.drop_placeholders();
        reader.form
    }

    /// Whether there is nothing to compare.
    pub(super) fn is_empty(&self) -> bool {
        self.word_count == 0 && self.han_count == 0
    }

    /// The parts of a transcribed name as words: spelled in pinyin, known to the table by their characters.
    pub(super) fn of_parts(&self) -> Self {
        let mut reader = Reader::new();
        for part in self.parts() {
            let before = reader.form.word_count;
            for syllable in part.iter().filter_map(|it| pinyin(*it)) {
                for letter in syllable {
                    reader.letter(*letter);
                }
            }
            reader.end_word();
            if let [word] = &mut reader.form.words[before..reader.form.word_count] {
                word.key = super::han_key(part);
                word.part = Part::Name;
                word.weight = 1.0;
            }
        }
        reader.form
    }

    fn parts(&self) -> impl Iterator<Item = &[char]> {
        let mut from = 0;
        (1..=self.han_count).filter_map(move |to| {
            let end = to == self.han_count || self.dots >> to & 1 == 1;
            let part = &self.han[from..to];
            if end {
                from = to;
            }
            end.then_some(part)
        })
    }

    /// The words in letters.
    pub(super) fn words(&self) -> &[Token] {
        &self.words[..self.word_count]
    }

    /// The letters of all words.
    pub(super) fn letters(&self) -> &[u8] {
        &self.letters[..self.letter_count]
    }

    /// Bit n is set where a word begins at letter n of all, or ends before it.
    pub(super) fn edges(&self) -> u64 {
        self.edges
    }

    /// The Chinese characters, folded.
    pub(super) fn han(&self) -> &[char] {
        &self.han[..self.han_count]
    }
}

struct Reader {
    form: Form,
    letters: [u8; MOST_LETTERS],
    length: usize,
    script: Script,
    /// The word before was the first half of a name such as Abd al-Rahman, and is not yet written.
    after_abd: bool,
    /// The letters follow a Chinese character without a blank.
    behind_han: bool,
    /// How many words stand before a comma.
    comma: usize,
}

impl Reader {
    fn new() -> Self {
        Self {
            form: Form {
                words: [Token::NONE; MOST_WORDS],
                word_count: 0,
                han: ['\0'; MOST_CHARACTERS],
                han_count: 0,
                letters: [0; MOST_LETTERS_OF_ALL],
                letter_count: 0,
                edges: 1,
                dots: 0,
                apostrophes: 0,
                written: 0,
                first_given: 0,
                noticed: Reasons::NONE,
            },
            behind_han: false,
            comma: 0,
            letters: [0; MOST_LETTERS],
            length: 0,
            script: Script::Latin,
            after_abd: false,
        }
    }

    fn read(&mut self, character: char) {
        if character.is_ascii_alphabetic() {
            return self.letter(character.to_ascii_lowercase() as u8);
        }
        if matches!(character, '·' | '•' | '．' | '・' | '‧' | '∙' | '.') {
            self.form.dots |= 1 << self.form.han_count;
        }
        if matches!(character, '\'' | '`' | '’' | '‘' | 'ʻ' | 'ʼ') && self.length > 0 {
            let place = self.form.letter_count + self.length;
            self.form.apostrophes |= 1_u64
                .checked_shl(u32::try_from(place).unwrap_or(64))
                .unwrap_or(0);
        }
        if stands_for_unwritten(character) {
            self.end_word();
            self.han(UNWRITTEN);
        } else if character.is_ascii() {
            if character != '\'' && character != '`' {
                self.end_word();
            }
            if character == ',' && self.comma == 0 {
                self.comma = self.form.word_count;
            }
        } else if is_han(character) {
            self.end_word();
            let usual = table().fold(character);
            if usual != character && VARIANTS.iter().any(|(variant, _)| *variant == character) {
                self.form.noticed = self.form.noticed.with(Reason::Variant);
            }
            self.han(usual);
        } else {
            letters::spell(character, |letter| match letter {
                Letter::Spelled(letters, script) => {
                    if script != Script::Latin {
                        self.script = script;
                    }
                    letters.bytes().for_each(|letter| self.letter(letter));
                }
                Letter::Raw(raw) => self.letter(0x80 | (u32::from(raw) & 0x7f) as u8),
                Letter::Dropped => {}
                Letter::Separator => self.end_word(),
            });
        }
    }

    fn han(&mut self, character: char) {
        if let Some(place) = self.form.han.get_mut(self.form.han_count) {
            *place = character;
            self.form.han_count += 1;
            self.behind_han = true;
        }
    }

    fn letter(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = letter;
            self.length += 1;
        }
    }

    fn end_word(&mut self) {
        let word = self.letters;
        let word = &word[..std::mem::take(&mut self.length)];
        if std::mem::take(&mut self.behind_han)
            && let Some(stand_in) = stand_in(word)
        {
            return self.han(stand_in);
        }
        if word.is_empty() {
            self.script = Script::Latin;
            return;
        }
        self.form.written = self.form.written.wrapping_add(key(word));
        if self.after_abd {
            if is_article(word) {
                return;
            }
            self.after_abd = false;
            return self.push_abd(word);
        }
        if let Some(rest) = behind_abd(word) {
            if rest.is_empty() {
                self.after_abd = true;
                return;
            }
            return self.push_abd(rest);
        }
        if let Some((stem, ending)) = arabic_ending(word) {
            let attached = if stem.is_empty() {
                self.attach(ending)
            } else {
                self.push_joined(stem, ending);
                true
            };
            if attached {
                self.script = Script::Latin;
                return;
            }
        }
        if self.script == Script::Unvocalised && word.len() > 4 && word.starts_with(b"al") {
            self.push(b"al");
            return self.push(&word[2..]);
        }
        self.push(word);
        self.script = Script::Latin;
    }

    /// Abd al-Rahman is one name, however it is cut.
    fn push_abd(&mut self, rest: &[u8]) {
        let rest = if self.script == Script::Unvocalised && rest.len() > 3 {
            rest.strip_prefix(b"al").unwrap_or(rest)
        } else {
            rest
        };
        self.push_joined(b"abd", rest);
        self.script = Script::Latin;
    }

    fn push_joined(&mut self, front: &[u8], back: &[u8]) {
        let mut joined = [0; MOST_LETTERS];
        let mut length = 0;
        for (space, letter) in joined.iter_mut().zip(front.iter().chain(back)) {
            *space = *letter;
            length += 1;
        }
        self.push(&joined[..length]);
    }

    /// Writes an ending to the last name, over an article between the two: Badr al-Din is Badreddine.
    fn attach(&mut self, ending: &[u8]) -> bool {
        let words = self.form.words();
        let articles = words
            .iter()
            .rev()
            .take_while(|word| word.is_small() && word.weight < 0.1);
        let Some(place) = words.len().checked_sub(1 + articles.count()) else {
            return false;
        };
        let edges = self.form.edges;
        let edge = |number: usize| {
            (0..64_usize)
                .filter(|bit| edges >> bit & 1 == 1)
                .nth(number)
        };
        let (Some(from), Some(to), true) = (
            edge(place),
            edge(place + 1),
            words[place].part == Part::Name && edges.count_ones() as usize == words.len() + 1,
        ) else {
            return false;
        };
        let letters = self.form.letters;
        self.form.word_count = place;
        self.form.letter_count = from;
        self.form.edges &= (1 << (from + 1)) - 1;
        self.push_joined(&letters[from..to], ending);
        true
    }

    /// Signs alone are no characters.
    fn drop_placeholders(&mut self) {
        if self.form.han().iter().all(|it| *it == UNWRITTEN) {
            self.form.han_count = 0;
        }
    }

    fn find_first_given(&mut self) {
        let given = self.form.words().iter().skip(self.comma);
        let small = given.take_while(|word| word.is_small()).count();
        self.form.first_given = self.comma + small;
    }

    fn push(&mut self, word: &[u8]) {
        let key = key(word);
        let (part, weight, title) = small_words::classify(word, key);
        if title {
            self.form.noticed = self.form.noticed.with(Reason::Title);
        }
        let Some(place) = self.form.words.get_mut(self.form.word_count) else {
            return;
        };
        let sounds = Sounds::of(word);
        let long = (f32::from(u8::try_from(word.len()).unwrap_or(u8::MAX)) / 20.0 + 0.7).min(1.1);
        *place = Token {
            consonants: sounds.consonants(),
            sounds,
            key,
            weight: if part == Part::Name {
                long * names_table::weight(key)
            } else {
                weight
            },
            part,
            first: word[0],
            script: self.script,
        };
        self.form.word_count += 1;
        let from = self.form.letter_count;
        if let Some(space) = self.form.letters.get_mut(from..from + word.len()) {
            space.copy_from_slice(word);
            self.form.letter_count += word.len();
            self.form.edges |= 1 << self.form.letter_count;
        }
    }
}

/// The usual pinyin of a character.
fn pinyin(character: char) -> Option<&'static [u8]> {
    let reading = Character::of(character)?.readings().next()?;
    spellings(reading.syllable).next().map(|(_, text)| text)
}

/// Pinyin that stands for a character which could not be written (魏素jun): a character of the private plane.
fn stand_in(word: &[u8]) -> Option<char> {
    let digest = key(word);
    let spells = !word.is_empty() && syllabic::is_syllable(digest);
    spells
        .then(|| char::from_u32(FIRST_STAND_IN + (digest & 0xffff)))
        .flatten()
}

/// What stands for a character that could not be written, or that is hidden.
fn stands_for_unwritten(character: char) -> bool {
    matches!(
        character,
        '?' | '*' | '？' | '＊' | '□' | '■' | '○' | '●' | '〇' | '\u{fffd}' | '\u{e000}'
            ..='\u{f8ff}'
    )
}
