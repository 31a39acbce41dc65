//! Places and the forms of their names, read where they lie: nothing is parsed at start, nothing allocates.
//!
//! The tables are made by `cargo xtask reference`. A place is a record of 28 bytes; places stand in the order of their
//! codes, so what lies below a place is a range of places. A node of the trie is eight bytes: where its children
//! begin and its parent plus one (20 bits each), and its list of places plus one (24 bits).

const PLACES: &[u8] = include_bytes!("../tables/places.bin");
const NAMES: &str = include_str!("../tables/names.txt");
const TRIE: &[u8] = include_bytes!("../tables/trie.bin");
const POSTINGS: &[u8] = include_bytes!("../tables/postings.bin");

const PLACE_BYTES: usize = 28;
const NODE_BYTES: usize = 8;
const SLOT_BITS: u32 = 20;
const SLOTS: u64 = (1 << SLOT_BITS) - 1;

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

/// One of the places that a form may mean. The top byte is the kind of form (two bits), the level of the place
/// (three bits), whether it is a zone and whether it is valid today; so most decisions need no look at the place itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate(u32);

impl Candidate {
    pub fn place(self) -> PlaceIndex {
        PlaceIndex(self.0 & 0x00ff_ffff)
    }

    pub fn kind(self) -> FormKind {
        match (self.0 >> 24) & 3 {
            0 => FormKind::Full,
            1 => FormKind::Short,
            _ => FormKind::Abbreviation,
        }
    }

    /// 1 province, 2 city, 3 county, 4 town.
    pub fn level(self) -> u8 {
        u8::try_from((self.0 >> 26) & 7).unwrap_or_default()
    }

    /// A development zone, farm or the like that counts as a town.
    pub fn is_zone(self) -> bool {
        self.0 >> 29 & 1 != 0
    }

    pub fn is_valid(self) -> bool {
        self.0 >> 30 & 1 != 0
    }
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

    /// What it became, or itself where it stands or that is not known.
    pub fn successor(self) -> Self {
        let told = Self(self.number(12));
        if told != self || self.level() == 4 {
            return told;
        }
        match self.last_year() {
            Some(year) => self.heir(year).unwrap_or(self),
            None => self,
        }
    }

    /// What the history of divisions says that it became, if that is a single one.
    fn heir(self, year: u16) -> Option<Self> {
        let code = identifiers::DivisionKey::of_number(self.code() / 1_000)?;
        let division = identifiers::division(code)?;
        let era = division
            .era_in(year)
            .or_else(|| division.era_in(year.saturating_sub(1)))?;
        let mut today = era.today();
        let heir = today.next()?;
        today.next().is_none().then_some(())?;
        Self::of_code(heir.era.code().number() * 1_000)
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
    #[cfg(test)]
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
    fn bytes(self) -> &'static [u8] {
        let from = self.0 as usize * 4;
        let count = number_at(POSTINGS, from) as usize;
        POSTINGS
            .get(from + 4..from + 4 + count * 4)
            .unwrap_or_default()
    }

    /// Its places in the order of their codes.
    pub fn candidates(self) -> impl Iterator<Item = Candidate> {
        let numbers = self.bytes().chunks_exact(4);
        numbers.map(|bytes| Candidate(number_at(bytes, 0)))
    }

    /// Its places from `low` to before `high`.
    pub fn between(self, low: u32, high: u32) -> impl Iterator<Item = Candidate> {
        let bytes = self.bytes();
        let mut from = 0;
        let mut count = bytes.len() / 4;
        while count > 0 {
            let half = count / 2;
            if Candidate(number_at(bytes, (from + half) * 4)).place().0 < low {
                from += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        let numbers = bytes.get(from * 4..).unwrap_or_default().chunks_exact(4);
        let candidates = numbers.map(|bytes| Candidate(number_at(bytes, 0)));
        candidates.take_while(move |candidate| candidate.place().0 < high)
    }
}

/// The most keys that begin at one place of a text.
const MATCHES: usize = 4;

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
    let (mut slot, mut node) = (0, node_at(0));
    let mut length = 0_u8;
    for number in numbers.take(24) {
        if number == 0 {
            break;
        }
        let next = (node & SLOTS) + u64::from(number);
        node = node_at(next);
        if (node >> SLOT_BITS) & SLOTS != slot + 1 {
            break;
        }
        slot = next;
        length += 1;
        let list = node >> (2 * SLOT_BITS);
        if list != 0 {
            // Where there are more, the longest takes the place of the second longest.
            let place = matches.count.min(MATCHES - 1);
            if let Some(found) = matches.found.get_mut(place) {
                *found = (length, List(u32::try_from(list - 1).unwrap_or_default()));
            }
            matches.count = place + 1;
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

fn node_at(slot: u64) -> u64 {
    let at = usize::try_from(slot).unwrap_or_default() * NODE_BYTES;
    let bytes = TRIE.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
