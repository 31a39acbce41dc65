//! Pairs to learn from: of each rule a fair share of all pairs that it brings together.

use crate::blocking::{Extract, MOST_RECORDS_A_KEY, PartKeys, RuleKeys};
use crate::book::Book;
use crate::grouping::{self, Entries, Entry};
use crate::hash;

/// Records looked at for each rule, about.
const RECORDS: u64 = 32_768;
/// Pairs kept for each rule, about.
const PAIRS: u64 = 2_000;
/// Pairs of records drawn at random.
const RANDOM_PAIRS: usize = 120_000;
/// Records that they are drawn from, about, chosen by what they say.
const DRAWN_FROM: u64 = 262_144;

/// Some pairs that a rule brings together.
pub(crate) struct Sample<'a> {
    pub keys: RuleKeys<'a>,
    /// Whether the rule brings few enough records together to be used.
    pub affordable: bool,
    pub pairs: Vec<[u32; 2]>,
    /// The level of each field of each pair, pair after pair.
    pub levels: Vec<u8>,
    /// How many pairs one of the sample stands for.
    pub weight: f64,
}

impl Sample<'_> {
    /// Looks how far each pair agrees.
    fn look(&mut self) {
        let book = self.keys.book;
        // Sums of fractions depend on their order, and where rows stand should not matter.
        self.pairs.sort_by_cached_key(|[left, right]| {
            let (mine, theirs) = (book.content(*left), book.content(*right));
            (mine.min(theirs), mine.max(theirs))
        });
        let levels = |[left, right]: &[u32; 2]| {
            let (left, right) = (*left, *right);
            (0..book.fields.len()).map(move |field| book.level(field, left, right).byte())
        };
        self.levels = self.pairs.iter().flat_map(levels).collect();
    }

    /// The levels of each pair.
    pub fn patterns(&self) -> impl Iterator<Item = &[u8]> {
        self.levels.chunks_exact(self.keys.book.fields.len())
    }

    /// Whether the key is made of one whole value.
    pub fn whole_field(&self) -> Option<usize> {
        (self.keys.right.is_none() && self.keys.left.part.extract == Extract::Whole)
            .then_some(self.keys.left.part.field)
    }
}

/// A part and the rows that are looked at to learn of it.
struct Looked<'a> {
    keys: &'a PartKeys<'a>,
    rows: Vec<u32>,
    distinct: usize,
}

/// A sample of each rule that brings together not more pairs than this, and of each field.
///
/// Rules of one part come first; those that bring too many together are combined with each other.
pub(crate) fn samples<'a>(
    book: &'a Book,
    parts: &'a [PartKeys<'a>],
    most_pairs: f64,
) -> Vec<Sample<'a>> {
    let every = (book.len() as u64 / RECORDS).max(1);
    let (mut chosen, mut broad) = (Vec::new(), Vec::new());
    let mut entries = Entries::default();
    for left in parts {
        let (rows, distinct) = left.chosen(book, every);
        let looked = Looked {
            keys: left,
            rows,
            distinct,
        };
        let sample = sample(
            RuleKeys {
                book,
                left,
                right: None,
            },
            &looked.rows,
            every,
            most_pairs,
            &mut entries,
        );
        if !sample.affordable {
            broad.push(looked);
        }
        if sample.affordable || sample.whole_field().is_some() {
            chosen.push(sample);
        }
    }
    // The part with more keys decides which rows are looked at, so that they are a fair share.
    broad.sort_by_key(|looked| std::cmp::Reverse(looked.distinct));
    for (place, left) in broad.iter().enumerate() {
        for right in &broad[place..] {
            let (one, other) = (left.keys.part, right.keys.part);
            let words = one == other && one.extract == Extract::Word;
            if words || one.field != other.field {
                let keys = RuleKeys {
                    book,
                    left: left.keys,
                    right: Some(right.keys),
                };
                let sample = sample(keys, &left.rows, every, most_pairs, &mut entries);
                if sample.affordable {
                    chosen.push(sample);
                }
            }
        }
    }
    chosen.retain(|sample: &Sample| !sample.pairs.is_empty());
    chosen.iter_mut().for_each(Sample::look);
    chosen
}

fn pairs_of(group: &[Entry]) -> u64 {
    let count = group.len() as u64;
    count * (count - 1) / 2
}

fn sample<'a>(
    keys: RuleKeys<'a>,
    rows: &[u32],
    every: u64,
    most_pairs: f64,
    entries: &mut Entries,
) -> Sample<'a> {
    let book = keys.book;
    let entries = keys.gather(rows.iter().copied(), every, entries);
    let all: u64 = grouping::groups(entries).map(pairs_of).sum();
    let affordable = all as f64 * every as f64 <= most_pairs;
    let mut sample = Sample {
        affordable,
        pairs: Vec::new(),
        levels: Vec::new(),
        weight: 0.0,
        keys,
    };
    if !affordable && sample.whole_field().is_none() {
        return sample;
    }
    let stride = (all / PAIRS).max(1);
    sample.weight = (every * stride) as f64;
    for group in entries.chunk_by_mut(|left, right| left.key == right.key) {
        if group.len() > MOST_RECORDS_A_KEY {
            group.sort_unstable_by_key(|entry| book.content(entry.row));
        }
        let group = &group[..group.len().min(MOST_RECORDS_A_KEY)];
        for (place, left) in group.iter().enumerate() {
            for right in &group[..place] {
                let (mine, theirs) = (book.content(left.row), book.content(right.row));
                if hash::mix(mine.wrapping_add(theirs)).is_multiple_of(stride) {
                    sample.pairs.push([right.row, left.row]);
                }
            }
        }
    }
    sample
}

/// Pairs of records drawn without regard to what they say, the same in whatever order the rows stand.
pub(crate) fn random_pairs(book: &Book, seed: u64) -> Vec<[u32; 2]> {
    let mut entries = Entries::default();
    let every = (book.len() as u64 / DRAWN_FROM).max(1);
    let order = entries.fill(|order| {
        let rows = (0..book.len() as u32).map(|row| Entry {
            key: hash::mix(book.content(row)),
            row,
        });
        order.extend(rows.filter(|entry| every == 1 || entry.key <= u64::MAX / every));
    });
    let count = order.len();
    if count < 2 {
        return Vec::new();
    }
    let possible = count * (count - 1) / 2;
    let draws = RANDOM_PAIRS.min(possible * 4);
    (0..draws)
        .map(|draw| {
            let number = hash::both(seed, draw as u64 + 1);
            let left = (number >> 32) as usize % count;
            let right = (number & 0xffff_ffff) as usize % count;
            [order[left].row, order[right].row]
        })
        .filter(|[left, right]| left != right)
        .collect()
}
