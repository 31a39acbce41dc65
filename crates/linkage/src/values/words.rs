//! Words with spaces between them, in whatever order: names, places, streets.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::book::Cell;
use crate::frequencies::{self, Frequencies, FrequencyModel};
use crate::hash;
use crate::level::{Agreement, Level, rarity};
use crate::word::Word;

/// Words of a text that are looked at; those after them count only in the whole.
const MOST_WORDS: usize = 8;

/// Texts as lists of words, each distinct word kept once.
#[derive(Default)]
pub(crate) struct WordLists {
    ids: HashMap<Word, u32, BuildHasherDefault<WordHasher>>,
    words: Vec<Word>,
    /// How many texts hold each word.
    counts: Vec<u32>,
    /// How many texts there were before each was kept once.
    texts: usize,
    /// How many bits each word says: the negative logarithm of its share of the texts.
    bits: Vec<f32>,
    ends: Vec<u32>,
    lists: Vec<u32>,
    /// The whole text without spaces.
    wholes: Vec<Word>,
}

/// What two lists have in common.
struct Common {
    /// Bits of the words that agree; a word that agrees but for a slip says less.
    bits: f32,
    /// Words of the shorter list that are in the longer, to the letter or nearly.
    found: usize,
    /// How many of those only nearly.
    nearly: usize,
}

impl WordLists {
    /// Makes room for so many texts.
    pub fn reserve(&mut self, texts: usize) {
        self.ends.reserve(texts);
        self.wholes.reserve(texts);
    }

    /// Keeps the words of a text; the hash of its words in their order.
    pub fn push(&mut self, cell: &str, text: &mut String) -> u64 {
        let start = self.lists.len();
        let mut whole = String::new();
        let mut hash = 0;
        for part in cell.split(|character: char| !character.is_alphanumeric()) {
            super::compact(part, text);
            if text.is_empty() {
                continue;
            }
            whole.push_str(text);
            hash = hash::both(hash, hash::of_bytes(text.as_bytes())).max(1);
            if self.lists.len() - start < MOST_WORDS {
                let word = self.id(Word::new(text.as_bytes()));
                if !self.lists[start..].contains(&word) {
                    self.lists.push(word);
                    self.counts[word as usize] += 1;
                }
            }
        }
        self.ends.push(self.lists.len() as u32);
        self.wholes.push(Word::new(whole.as_bytes()));
        hash
    }

    fn id(&mut self, word: Word) -> u32 {
        let next = self.words.len() as u32;
        let id = *self.ids.entry(word).or_insert(next);
        if id == next {
            self.words.push(word);
            self.counts.push(0);
        }
        id
    }

    /// Keeps the texts of these rows; words say as much as where the frequencies were counted, or as they do here.
    pub fn keep(&mut self, rows: &[u32], known: Option<&Frequencies>) {
        self.texts = self.ends.len();
        let says = |(word, count): (&Word, &u32)| match known {
            Some(known) => known.word_bits(frequencies::word_hash(word.bytes())),
            None => frequencies::bits(frequencies::quarters(*count, self.texts)),
        };
        self.bits = self.words.iter().zip(&self.counts).map(says).collect();
        self.ids = HashMap::default();
        let mut lists = Vec::with_capacity(rows.len() * 2);
        let mut ends = Vec::with_capacity(rows.len());
        for row in rows {
            lists.extend_from_slice(self.list(*row));
            ends.push(lists.len() as u32);
        }
        self.lists = lists;
        self.ends = ends;
        self.wholes = rows.iter().map(|row| self.wholes[*row as usize]).collect();
    }

    /// Notes how much each word says.
    pub fn note(&self, model: &mut FrequencyModel) {
        let quarters = |count: &u32| frequencies::quarters(*count, self.texts);
        let words = self.words.iter().zip(&self.counts);
        let words =
            words.map(|(word, count)| (frequencies::word_hash(word.bytes()), quarters(count)));
        model.add_words(self.texts, words);
    }

    fn list(&self, value: u32) -> &[u32] {
        let value = value as usize;
        let start = if value == 0 { 0 } else { self.ends[value - 1] };
        &self.lists[start as usize..self.ends[value] as usize]
    }

    /// The words of a value, packed.
    pub fn words_of(&self, value: u32) -> impl Iterator<Item = Word> {
        self.list(value)
            .iter()
            .map(|word| self.words[*word as usize])
    }

    /// How two different texts agree.
    pub fn compare(&self, left: Cell, right: Cell) -> Level {
        // Where both are as long, what they say decides whose words are looked for in the other.
        let by_length = |value: u32| (self.list(value).len(), self.wholes[value as usize]);
        let mut values = [left.number(), right.number()];
        values.sort_unstable_by(|left, right| {
            let order = by_length(*left).cmp(&by_length(*right));
            order.then_with(|| self.words_of(*left).cmp(self.words_of(*right)))
        });
        let [shorter, longer] = values.map(|value| self.list(value));
        let common = self.common(shorter, longer);
        let known = rarity(common.bits / 2.0);
        let complete = common.found == shorter.len() && !shorter.is_empty();
        let as_long = shorter.len() == longer.len();
        match (complete, as_long, common.nearly) {
            (true, true, 0) => Level::new(Agreement::Slip, known),
            (true, true, _) => Level::new(Agreement::Change, known),
            _ if shorter.len() + longer.len() > 2
                && self.is_joined_otherwise(left.number(), right.number()) =>
            {
                let rarer = left.rarity().max(right.rarity());
                Level::new(Agreement::Change, rarer / 2)
            }
            (true, false, 0) => Level::new(Agreement::Part, known),
            (true, false, _) => Level::new(Agreement::NearPart, known),
            _ if common.found > 0 => Level::new(Agreement::Some, known),
            _ => Level::new(Agreement::Different, 0),
        }
    }

    /// The same but for where the spaces are, and one slip.
    fn is_joined_otherwise(&self, left: u32, right: u32) -> bool {
        self.wholes[left as usize].distance(self.wholes[right as usize]) <= 1
    }

    fn common(&self, shorter: &[u32], longer: &[u32]) -> Common {
        let mut common = Common {
            bits: 0.0,
            found: 0,
            nearly: 0,
        };
        let mut taken = 0_u32;
        for mine in shorter {
            let free = |place: &usize| taken >> place & 1 == 0;
            let places = || (0..longer.len()).filter(free);
            let same = places().find(|place| longer[*place] == *mine);
            if let Some(place) = same {
                taken |= 1 << place;
                common.found += 1;
                common.bits += self.bits[*mine as usize];
            } else if let Some(place) = places().find(|place| self.is_near(*mine, longer[*place])) {
                taken |= 1 << place;
                common.found += 1;
                common.nearly += 1;
                let bits = self.bits[*mine as usize].min(self.bits[longer[place] as usize]);
                common.bits += (bits - 4.0).max(0.0);
            }
        }
        common
    }

    fn is_near(&self, left: u32, right: u32) -> bool {
        let (left, right) = (self.words[left as usize], self.words[right as usize]);
        match left.len().min(right.len()) {
            0..3 => false,
            3..6 => left.distance(right) <= 1,
            _ => left.distance(right) <= 2,
        }
    }
}

/// Words are spread by the hash of the crate.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::both(self.0, hash::of_bytes(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::WordLists;
    use crate::book::Cell;
    use crate::level::{Agreement, Level};

    const TEXTS: [&str; 8] = [
        "ann de la cruz",
        "ann dela cruz",
        "cruz ann de la",
        "an de la cruz",
        "ann cruz",
        "bob smith",
        "bob smyth",
        "bob smith lee",
    ];

    /// The texts as values 0 to 7, and their hashes.
    fn lists() -> (WordLists, Vec<u64>) {
        let mut lists = WordLists::default();
        let hashes = TEXTS
            .iter()
            .map(|text| lists.push(text, &mut String::new()))
            .collect();
        lists.keep(&[0, 1, 2, 3, 4, 5, 6, 7], None);
        (lists, hashes)
    }

    fn compare(lists: &WordLists, left: u32, right: u32) -> Level {
        lists.compare(Cell::new(left, 3), Cell::new(right, 3))
    }

    #[test]
    fn texts_agree_as_far_as_their_words_do() {
        let (lists, _) = lists();
        let agreement = |left, right| compare(&lists, left, right).agreement();
        assert_eq!(agreement(0, 1), Some(Agreement::Change));
        assert_eq!(agreement(0, 2), Some(Agreement::Slip));
        assert_eq!(agreement(0, 4), Some(Agreement::Part));
        assert_eq!(agreement(5, 6), Some(Agreement::Change));
        assert_eq!(agreement(6, 7), Some(Agreement::NearPart));
        assert_eq!(agreement(4, 5), Some(Agreement::Different));
    }

    #[test]
    fn neither_side_nor_order_of_reading_decides() {
        let (lists, hashes) = lists();
        for left in 0..TEXTS.len() {
            for right in 0..TEXTS.len() {
                // Texts with other words are other values, so it never matters which of them was read first.
                assert_eq!(
                    hashes[left] == hashes[right],
                    left == right,
                    "{} {}",
                    TEXTS[left],
                    TEXTS[right]
                );
                assert_eq!(
                    compare(&lists, left as u32, right as u32),
                    compare(&lists, right as u32, left as u32)
                );
            }
        }
    }
}
