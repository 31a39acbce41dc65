//! The words that names of organisations are made of, in a tree that is read where it lies.
//!
//! The layout is said in `xtask/src/reference/organisation/trie.rs`. A look-up is one search among the children of a node
//! for each character: nothing is parsed at start and nothing is allocated. Bytes that are not such a tree hold no words.

static TREE: &[u8] = include_bytes!("../../tables/organisation.bin");

/// Characters whose children of the root are found without a search.
const ASCII: usize = 0x80;
const HAN: usize = 0x5200;
const HEADER: usize = 4 + 2 * (ASCII + HAN);
const NODE: usize = 10;
const ENTRY: usize = 6;

/// What a word is in the name of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// A word of the name's own (字号).
    Own,
    /// A country, a division or another place.
    Place,
    /// A legal form (组织形式).
    Form,
    /// What it does (行业).
    Trade,
    /// Says little: group, international, development.
    Generic,
    /// The kind of organisation, where that ends the name as a legal form would: hospital, university.
    Kind,
    /// A branch, an office.
    Branch,
    /// A short name that stands for a certain organisation.
    Known,
    /// A number or an ordinal.
    Number,
    /// A word that joins others.
    Small,
}

/// The meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub class: Class,
    /// What the word counts, 100 for one of the name's own; for a place its level.
    pub weight: u8,
    /// Words of one class with the same number mean the same.
    pub concept: u16,
    /// For a legal form its family; for a place the place above it, 0 if that is not unique.
    pub other: u16,
}

impl Meaning {
    /// A word that no table knows.
    pub const OWN: Self = Self {
        class: Class::Own,
        weight: 100,
        concept: 0,
        other: 0,
    };

    /// Whether a place is a county without its suffix, which many other names begin with.
    pub fn is_short_county(self) -> bool {
        self.class == Class::Place && self.weight >= 8
    }

    /// Whether two meanings are one.
    pub fn same(self, other: Self) -> bool {
        self.class == other.class && self.concept == other.concept && self.concept != 0
    }
}

/// A place in the tree: the characters so far.
#[derive(Clone, Copy)]
pub(crate) struct Cursor(usize);

impl Cursor {
    /// Before the first character.
    pub const START: Self = Self(0);

    /// One character on, if any word goes on so.
    #[inline]
    pub fn step(self, character: char) -> Option<Self> {
        if self.0 == 0
            && let Some(row) = row_of_first(character)
        {
            let place = two(TREE.get(4 + 2 * row..)?.first_chunk::<2>()?, 0);
            return (place != 0).then_some(Self(usize::from(place)));
        }
        self.child(character)
    }

    fn child(self, character: char) -> Option<Self> {
        let node = node(self.0)?;
        let wanted = u32::from(character);
        let (mut low, mut count) = (three(node, 3), usize::from(two(node, 6)));
        if count > 0 && wanted < 0x80 {
            return among_letters(low, low + count - 1, wanted).map(Self);
        }
        // Every round halves what is left, whichever half it is: nothing for a processor to guess wrong.
        while count > 1 {
            let half = count / 2;
            if character_at(low + half)? <= wanted {
                low += half;
            }
            count -= half;
        }
        (count == 1 && character_at(low)? == wanted).then_some(Self(low))
    }

    /// Along all characters of a text.
    pub fn along(self, text: &str) -> Option<Self> {
        text.chars().try_fold(self, Self::step)
    }

    /// The meaning of what was read so far, if it is a word.
    pub fn meaning(self) -> Option<Meaning> {
        let place = usize::from(two(node(self.0)?, 8));
        if place == 0 {
            return None;
        }
        let from = HEADER + count() * NODE + place * ENTRY;
        let entry = TREE.get(from..from + ENTRY)?;
        Some(Meaning {
            class: class(entry[0])?,
            weight: entry[1],
            concept: two(entry, 2),
            other: two(entry, 4),
        })
    }
}

/// The meaning of a whole word.
pub(crate) fn meaning(word: &str) -> Option<Meaning> {
    Cursor::START.along(word)?.meaning()
}

/// The longest word at the beginning of some characters that a condition lets through, with its length.
pub(crate) fn longest(
    characters: &[char],
    mut wanted: impl FnMut(Meaning, usize) -> bool,
) -> Option<(usize, Meaning)> {
    let mut cursor = Cursor::START;
    let mut found = None;
    for (place, &character) in characters.iter().enumerate() {
        let Some(next) = cursor.step(character) else {
            break;
        };
        cursor = next;
        if let Some(meaning) = cursor.meaning()
            && wanted(meaning, place + 1)
        {
            found = Some((place + 1, meaning));
        }
    }
    found
}

fn row_of_first(character: char) -> Option<usize> {
    match character {
        '\0'..='\u{7f}' => Some(character as usize),
        '\u{4e00}'..='\u{9fff}' => Some(character as usize - 0x4e00 + ASCII),
        _ => None,
    }
}

/// A letter among children that are mostly letters: no further behind the first than in the alphabet, so the search
/// begins there and walks back.
fn among_letters(mut first: usize, last: usize, wanted: u32) -> Option<usize> {
    if first < last && character_at(first)? == u32::from(' ') {
        if wanted == u32::from(' ') {
            return Some(first);
        }
        first += 1;
    }
    let behind = wanted.checked_sub(character_at(first)?)? as usize;
    let mut place = last.min(first + behind);
    loop {
        let found = character_at(place)?;
        if found <= wanted {
            return (found == wanted).then_some(place);
        }
        place = place.checked_sub(1).filter(|place| *place >= first)?;
    }
}

fn count() -> usize {
    TREE.first_chunk()
        .map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
}

fn node(place: usize) -> Option<&'static [u8]> {
    let from = HEADER + place * NODE;
    TREE.get(from..from + NODE)
}

fn character_at(place: usize) -> Option<u32> {
    let node = node(place)?;
    Some(u32::from_le_bytes([node[0], node[1], node[2], 0]))
}

fn two(bytes: &[u8], from: usize) -> u16 {
    u16::from_le_bytes([bytes[from], bytes[from + 1]])
}

fn three(bytes: &[u8], from: usize) -> usize {
    u32::from_le_bytes([bytes[from], bytes[from + 1], bytes[from + 2], 0]) as usize
}

fn class(number: u8) -> Option<Class> {
    Some(match number {
        1 => Class::Place,
        2 => Class::Form,
        3 => Class::Trade,
        4 => Class::Generic,
        5 => Class::Kind,
        6 => Class::Branch,
        7 => Class::Known,
        8 => Class::Number,
        9 => Class::Small,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every word of the tree.
    fn words() -> Vec<(String, Meaning)> {
        let mut found = Vec::new();
        let mut open = vec![(Cursor::START, String::new())];
        while let Some((cursor, word)) = open.pop() {
            if let Some(meaning) = cursor.meaning() {
                found.push((word.clone(), meaning));
            }
            let from = node(cursor.0).unwrap();
            let first = three(from, 3);
            for place in first..first + usize::from(two(from, 6)) {
                let next = char::from_u32(character_at(place).unwrap()).unwrap();
                open.push((Cursor(place), format!("{word}{next}")));
            }
        }
        found
    }

    #[test]
    fn words_are_written_as_names_are_folded() {
        let words = words();
        assert!(words.len() > 9_000, "{}", words.len());
        for (word, _) in &words {
            let folded = crate::fold(word);
            assert!(
                folded == *word || word.len() > 1 && folded.len() == word.len(),
                "{word} {folded}"
            );
        }
    }

    #[test]
    fn every_legal_form_in_characters_begins_with_one_of_the_known() {
        let forms = words()
            .into_iter()
            .filter(|(_, meaning)| meaning.class == Class::Form);
        for (form, _) in forms.filter(|(form, _)| !form.is_ascii()) {
            let first = form.chars().next().unwrap();
            let known = crate::organisation::chinese_parts::begins_form(first);
            assert!(known || !crate::han::is_han(first), "{form}");
        }
    }

    #[test]
    fn every_word_is_found_again() {
        for (word, found) in words() {
            assert_eq!(meaning(&word), Some(found), "{word}");
        }
        for stranger in ["", "zhongguancun", "字节飞动", "x y z", "\u{0}"] {
            assert_eq!(meaning(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn words_of_several_languages_mean_the_same() {
        for words in [
            ["银行", "banco"],
            ["北京", "beijing"],
            ["有限责任公司", "gmbh"],
            ["医院", "hospital"],
            ["工行", "icbc"],
            ["德国", "german"],
        ] {
            let [one, other] = words.map(|word| meaning(word).unwrap());
            assert!(one.same(other), "{words:?} {one:?} {other:?}");
        }
    }
}
