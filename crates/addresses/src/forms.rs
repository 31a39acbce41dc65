//! The forms of names and the places that each may mean, found by their first two characters.
//!
//! The tables are made by `cargo xtask reference` and are numbers of eight bytes. The index has one number for each first
//! character: where the slots of its pairs begin (24 bits), and its own list (8 bits for the length, then the place). The
//! slot of a pair is its first character (16 bits), the number of forms that begin with it (8 bits) and where they stand.
//! There each form has its length behind the pair and the length of its list (8 bits each), where its body stands behind
//! the first form (16 bits), and its fourth and third character. A body is what is left of the form, four characters to
//! a number, and the list. So most names cost three looks at memory, whatever their length.

use crate::characters::Characters;
use crate::gazetteer::PlaceIndex;

const INDEX: &[u8] = include_bytes!("../tables/beginnings.bin");
const FORMS: &[u8] = include_bytes!("../tables/forms.bin");

/// Bytes of a number.
const NUMBER: usize = 8;

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

/// One of the places that a form may mean: the place (24 bits), the kind of form (two bits), the level of the place
/// (three bits), whether it is a zone, whether it is valid today, and above bit 32 the place behind the last one below
/// it; so most decisions need no look at the place itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Candidate(u64);

impl Candidate {
    /// A place that no form led to, in full.
    pub fn of(place: PlaceIndex) -> Self {
        let valid = u64::from(place.last_year().is_none());
        let sense = valid << 6 | u64::from(place.is_zone()) << 5 | u64::from(place.level()) << 2;
        Self(u64::from(place.end()) << 32 | sense << 24 | u64::from(place.0))
    }

    pub fn place(self) -> PlaceIndex {
        PlaceIndex(low(self.0) & 0x00ff_ffff)
    }

    /// The places below it are those from the next one to before this one.
    pub fn end(self) -> u32 {
        low(self.0 >> 32)
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

/// The places behind a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct List {
    from: u32,
    count: u32,
}

/// Up to so many places are looked at one by one.
const FEW: usize = 8;

impl List {
    fn bytes(self) -> &'static [u8] {
        let from = self.from as usize * NUMBER;
        let end = from + self.count as usize * NUMBER;
        FORMS.get(from..end).unwrap_or_default()
    }

    /// Its places in the order of their codes.
    pub fn candidates(self) -> impl Iterator<Item = Candidate> {
        candidates(self.bytes())
    }

    /// The place, where it is one of them.
    pub fn holding(self, place: PlaceIndex) -> impl Iterator<Item = Candidate> {
        self.between(place.0, place.0 + 1)
    }

    /// Its places from `low` to before `high`.
    pub fn between(self, low: u32, high: u32) -> impl Iterator<Item = Candidate> {
        let mut bytes = self.bytes();
        while bytes.len() > FEW * NUMBER {
            let (below, above) = bytes.split_at(bytes.len() / NUMBER / 2 * NUMBER);
            let middle = Candidate(number_at(above, 0)).place().0;
            if middle <= low {
                bytes = above;
            } else if middle >= high {
                bytes = below;
            } else {
                break;
            }
        }
        candidates(bytes)
            .skip_while(move |candidate| candidate.place().0 < low)
            .take_while(move |candidate| candidate.place().0 < high)
    }
}

fn candidates(bytes: &'static [u8]) -> impl Iterator<Item = Candidate> {
    let numbers = bytes.chunks_exact(NUMBER);
    numbers.map(|bytes| Candidate(number_at(bytes, 0)))
}

/// The bits of the third and fourth character that a form of this length behind its pair has.
const MASKS: [u64; 3] = [0, 0xffff_0000, 0xffff_ffff];

/// Forms that begin at one place.
#[derive(Clone, Copy)]
pub(crate) struct Matches {
    at: usize,
    /// The list of the first character alone.
    alone: List,
    /// Where the forms of the first two characters begin.
    begin: u32,
    heads: &'static [u8],
    /// The third and fourth character of the text.
    behind: u64,
}

/// The forms that stand at a place.
#[inline]
pub(crate) fn matches(characters: &Characters, at: usize) -> Matches {
    let first = characters.number(at);
    let entry = number_at(INDEX, usize::from(first));
    let base = low(entry & 0x00ff_ffff) as usize;
    let second = characters.number(at + 1);
    let slot = if base == 0 || second == 0 {
        0
    } else {
        number_at(INDEX, base + usize::from(second))
    };
    let begin = low(slot >> 24);
    let heads = if slot & 0xffff == u64::from(first) {
        let count = low(slot >> 16 & 0xff) as usize;
        let from = begin as usize * NUMBER;
        FORMS.get(from..from + count * NUMBER).unwrap_or_default()
    } else {
        &[]
    };
    Matches {
        at,
        alone: List {
            from: low(entry >> 32),
            count: low(entry >> 24 & 0xff),
        },
        begin,
        heads,
        behind: u64::from(characters.number(at + 2)) << 16 | u64::from(characters.number(at + 3)),
    }
}

impl Matches {
    /// Length and list of each, the longest first.
    #[inline]
    pub fn longest_first(self, text: &Characters) -> impl Iterator<Item = (usize, List)> {
        // Forms stand in the order of their characters, so the longer stands behind what it begins with.
        let heads = self.heads.chunks_exact(NUMBER).rev();
        let alone = (self.alone.count > 0).then_some((1, self.alone));
        let found = heads.filter_map(move |head| self.form(number_at(head, 0), text));
        found.chain(alone)
    }

    /// The form of this head, if the text goes on as it does.
    #[inline]
    fn form(self, head: u64, text: &Characters) -> Option<(usize, List)> {
        let [length, count, ..] = head.to_le_bytes();
        let compared = MASKS[usize::from(length.min(2))];
        if self.behind & compared != head >> 32 {
            return None;
        }
        let body = self.begin + low(head >> 16 & 0xffff);
        let left = length.saturating_sub(2);
        if left > 0 && !goes_on(text, self.at + 4, body, usize::from(left)) {
            return None;
        }
        let list = List {
            from: body + u32::from(left.div_ceil(4)),
            count: u32::from(count),
        };
        Some((usize::from(length) + 2, list))
    }
}

/// Whether what is left of a form stands at a place.
fn goes_on(characters: &Characters, at: usize, body: u32, left: usize) -> bool {
    let bytes = FORMS.get(body as usize * NUMBER..).unwrap_or_default();
    let mut numbers = bytes.chunks_exact(2).take(left).zip(at..);
    numbers.all(|(bytes, place)| characters.number(place).to_le_bytes() == *bytes)
}

fn number_at(bytes: &[u8], place: usize) -> u64 {
    let bytes = bytes.get(place * NUMBER..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// The lower half.
fn low(number: u64) -> u32 {
    (number & 0xffff_ffff) as u32
}
