//! What people write where a number is asked for: full width, lower case, blanks in between.
//!
//! Reading goes into a fixed array, so refusing costs no allocation however long the text is.

/// At most `N` canonical characters of a text, and what is needed to say why it does not fit.
pub(crate) struct Written<const N: usize> {
    /// Canonical characters; zero behind the end and in place of a character that is not ASCII.
    characters: [u8; N],
    /// How many characters there were, blanks left out; may exceed `N`.
    length: usize,
    foreign: Option<(usize, char)>,
}

impl<const N: usize> Written<N> {
    /// Reads a text, leaving out blanks and the characters that `separator` names.
    pub(crate) fn read(text: &str, separator: impl Fn(u8) -> bool) -> Self {
        if let Some((characters, length)) = plain_up_to(text) {
            return Self {
                characters,
                length,
                foreign: None,
            };
        }
        let mut written = Self {
            characters: [0; N],
            length: 0,
            foreign: None,
        };
        for character in text.chars() {
            match fold(character) {
                Folded::Ascii(character) if separator(character) => {}
                Folded::Ascii(character) => written.push(character),
                Folded::Blank => {}
                Folded::Foreign => {
                    if written.foreign.is_none() {
                        written.foreign = Some((written.length + 1, character));
                    }
                    written.push(0);
                }
            }
        }
        written
    }

    fn push(&mut self, character: u8) {
        if let Some(place) = self.characters.get_mut(self.length) {
            *place = character;
        }
        self.length += 1;
    }

    /// How many characters the text has, blanks and separators left out.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// The characters kept: all of them, unless the text is longer than `N`.
    pub(crate) fn characters(&self) -> &[u8] {
        &self.characters[..self.length.min(N)]
    }

    /// The characters by value, zeros behind the end.
    pub(crate) fn into_characters(self) -> [u8; N] {
        self.characters
    }

    /// Position (from one) and character of the first that is no ASCII character in any width.
    pub(crate) fn foreign(&self) -> Option<(usize, char)> {
        self.foreign
    }
}

/// Why a text is not so many characters.
pub(crate) enum Unread {
    /// It has so many, blanks and separators left out.
    Length(usize),
    /// One of them is no ASCII character in any width.
    Foreign { position: usize, found: char },
}

/// The text as exactly `N` characters, leaving out blanks and the characters that `separator` names.
pub(crate) fn exactly<const N: usize>(
    text: &str,
    separator: impl Fn(u8) -> bool,
) -> Result<[u8; N], Unread> {
    if let Some(characters) = plain(text) {
        return Ok(characters);
    }
    let written = Written::<N>::read(text, separator);
    match written.foreign {
        _ if written.length != N => Err(Unread::Length(written.length)),
        Some((position, found)) => Err(Unread::Foreign { position, found }),
        None => Ok(written.characters),
    }
}

/// The text as exactly `N` letters and digits when it is already written that way: the common
/// case, several times faster than reading character by character.
pub(crate) fn plain<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut characters: [u8; N] = text.as_bytes().try_into().ok()?;
    let mut plain = true;
    for character in &mut characters {
        plain &= character.is_ascii_alphanumeric();
        character.make_ascii_uppercase();
    }
    plain.then_some(characters)
}

/// The text as at most `N` letters and digits when it is already written that way, and how many;
/// zeros behind the end.
pub(crate) fn plain_up_to<const N: usize>(text: &str) -> Option<([u8; N], usize)> {
    let mut characters = [0; N];
    let mut plain = true;
    let written = characters.get_mut(..text.len())?;
    for (place, found) in written.iter_mut().zip(text.as_bytes()) {
        plain &= found.is_ascii_alphanumeric();
        *place = found.to_ascii_uppercase();
    }
    plain.then_some((characters, text.len()))
}

/// Full-width form of an ASCII character brought back to ASCII; anything else as it is.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{3000}' => ' ',
        _ => character,
    }
}

/// Whether a character only takes room: white space, and what spreadsheets leave behind unseen.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character only parts groups from each other: hyphen and dot.
pub(crate) fn is_mark(character: u8) -> bool {
    matches!(character, b'-' | b'.')
}

enum Folded {
    Ascii(u8),
    Blank,
    Foreign,
}

fn fold(character: char) -> Folded {
    let character = half_width(character);
    if is_blank(character) {
        return Folded::Blank;
    }
    match character {
        // Hyphens and dashes of other keyboards and of typesetting.
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Folded::Ascii(b'-'),
        // Dots that stand between groups, as on licence plates.
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{30fb}' | '\u{ff65}' => Folded::Ascii(b'.'),
        _ if character.is_ascii() => Folded::Ascii((character as u8).to_ascii_uppercase()),
        _ => Folded::Foreign,
    }
}
