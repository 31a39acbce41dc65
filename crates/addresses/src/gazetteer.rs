//! Places and the forms of their names, read where they lie: nothing is parsed at start, nothing allocates.
//!
//! The tables are made by `cargo xtask reference`. A place is a record of 28 bytes; places stand in the order of their
//! codes, so what lies below a place is a range of places. A node of the trie is 12 bytes: where its children begin,
//! its parent plus one, and its list of places plus one.

const PLACES: &[u8] = include_bytes!("../tables/places.bin");
const NAMES: &str = include_str!("../tables/names.txt");
const TRIE: &[u8] = include_bytes!("../tables/trie.bin");
const POSTINGS: &[u8] = include_bytes!("../tables/postings.bin");

const PLACE_BYTES: usize = 28;
const NODE_BYTES: usize = 12;

/// A place by its position in the order of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct PlaceIndex(pub u32);

/// How a place is named by a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormKind {
    /// Says the level: 杭州市, 红河州.
    Full,
    /// Leaves it out: 杭州.
    Short,
    /// One character for a province: 浙.
    Abbreviation,
}

/// One of the places that a form may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub place: PlaceIndex,
    pub kind: FormKind,
}

impl PlaceIndex {
    fn number(self, at: usize) -> u32 {
        number_at(PLACES, self.0 as usize * PLACE_BYTES + at)
    }

    fn byte(self, at: usize) -> u8 {
        let place = self.0 as usize * PLACE_BYTES + at;
        PLACES.get(place).copied().unwrap_or_default()
    }

    /// Nine digits: province, city, county two each, town three.
    pub fn code(self) -> u32 {
        self.number(0)
    }

    /// The places below it are those from the next one to before this one.
    pub fn end(self) -> u32 {
        self.number(4)
    }

    /// Its name as the authority writes it.
    pub fn name(self) -> &'static str {
        let from = self.number(8) as usize;
        NAMES
            .get(from..from + usize::from(self.byte(20)))
            .unwrap_or_default()
    }

    /// What it became, or itself.
    pub fn successor(self) -> Self {
        Self(self.number(12))
    }

    /// Where its villages begin, if it has any.
    pub fn villages(self) -> Option<usize> {
        (self.number(16) as usize).checked_sub(1)
    }

    /// 1 province, 2 city, 3 county, 4 town.
    pub fn level(self) -> u8 {
        self.byte(21)
    }

    /// First year of validity, if the sources say so.
    pub fn first_year(self) -> Option<u16> {
        year(self.byte(22))
    }

    /// Last year of validity of a place that is no more.
    pub fn last_year(self) -> Option<u16> {
        year(self.byte(23))
    }

    /// A development zone, farm or the like that counts as a town.
    pub fn is_zone(self) -> bool {
        self.byte(24) != 0
    }

    /// The valid place of this code, or the last that was.
    pub fn of_code(code: u32) -> Option<Self> {
        let mut low = 0;
        let mut high = u32::try_from(PLACES.len() / PLACE_BYTES).unwrap_or_default();
        let count = high;
        while low < high {
            let middle = low.midpoint(high);
            if Self(middle).code() < code {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < count && Self(low).code() == code).then_some(Self(low))
    }
}

fn year(byte: u8) -> Option<u16> {
    (byte != 0).then(|| 1900 + u16::from(byte))
}

/// The list of places behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct List(u32);

impl List {
    /// Its places in the order of their codes.
    pub fn candidates(self) -> impl Iterator<Item = Candidate> {
        let from = self.0 as usize * 4;
        let count = number_at(POSTINGS, from) as usize;
        let places = POSTINGS
            .get(from + 4..from + 4 + count * 4)
            .unwrap_or_default();
        places.chunks_exact(4).map(|bytes| {
            let number = number_at(bytes, 0);
            Candidate {
                place: PlaceIndex(number & 0x00ff_ffff),
                kind: match number >> 24 {
                    0 => FormKind::Full,
                    1 => FormKind::Short,
                    _ => FormKind::Abbreviation,
                },
            }
        })
    }
}

/// The most keys that begin at one place of a text.
const MATCHES: usize = 6;

/// Keys of the trie that begin at one place, the shortest first.
#[derive(Clone, Copy, Default)]
pub(crate) struct Matches {
    /// Number of characters and list of each.
    found: [(u8, List); MATCHES],
    count: usize,
}

impl Matches {
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The longest first.
    pub fn longest_first(&self) -> impl Iterator<Item = (usize, List)> + '_ {
        let found = self.found.get(..self.count).unwrap_or_default();
        found
            .iter()
            .rev()
            .map(|(length, list)| (usize::from(*length), *list))
    }
}

/// Every key that these characters begin with, given their numbers.
pub(crate) fn matches(numbers: impl Iterator<Item = u16>) -> Matches {
    let mut matches = Matches::default();
    let mut node = 0_usize;
    let mut length = 0_u8;
    for number in numbers.take(24) {
        if number == 0 {
            break;
        }
        let next = number_at(TRIE, node * NODE_BYTES) as usize + usize::from(number);
        if number_at(TRIE, next * NODE_BYTES + 4) as usize != node + 1 {
            break;
        }
        node = next;
        length += 1;
        let list = number_at(TRIE, node * NODE_BYTES + 8);
        if list != 0
            && let Some(slot) = matches.found.get_mut(matches.count)
        {
            *slot = (length, List(list - 1));
            matches.count += 1;
        }
    }
    matches
}

pub(crate) fn number_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}
