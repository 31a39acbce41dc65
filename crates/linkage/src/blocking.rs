//! Keys under which records meet: only records that share one are compared.

use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::frequencies::head;
use crate::grouping::{Entries, Entry};
use crate::hash;
use crate::values::Values;

/// Records under one key above which the key says too little to compare them all.
pub(crate) const MOST_RECORDS_A_KEY: usize = 200;
/// Keys of one record under one rule.
const MOST_KEYS: usize = 12;

/// What of a value makes a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extract {
    /// The whole value.
    Whole,
    /// The sound of a Chinese name.
    Sound,
    /// Each word.
    Word,
    /// The first three letters of each word.
    Beginning,
    /// The first three characters of a code.
    Half,
    /// The trade name of an organisation, by its sound.
    TradeName,
    /// The number of a telephone without its area code.
    LocalNumber,
    /// The year of a date.
    Year,
    /// Month and day of a date.
    Birthday,
}

impl Extract {
    /// The word for it in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Whole => "全部",
            Self::Sound => "读音",
            Self::Word => "一词",
            Self::Beginning => "词首三字母",
            Self::Half => "前三位",
            Self::TradeName => "字号",
            Self::LocalNumber => "不含区号",
            Self::Year => "年",
            Self::Birthday => "月日",
        }
    }

    /// The word for it in a model file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Sound => "sound",
            Self::Word => "word",
            Self::Beginning => "beginning",
            Self::Half => "half",
            Self::TradeName => "trade-name",
            Self::LocalNumber => "local-number",
            Self::Year => "year",
            Self::Birthday => "birthday",
        }
    }
}

/// A field and what of it makes a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct KeyPart {
    /// Which field of the book.
    pub field: usize,
    /// What of it.
    pub extract: Extract,
}

/// Records that agree in all parts are compared.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Rule {
    /// One or two parts; two of the same words are two words in common.
    pub parts: Vec<KeyPart>,
}

impl Book {
    /// All that can be taken from the fields as parts of keys.
    pub(crate) fn key_parts(&self) -> Vec<KeyPart> {
        let extracts = |values: &Values| match values {
            Values::Choice => [].as_slice(),
            Values::Codes(_) | Values::ResidentIds(_) | Values::CreditCodes(_) => {
                &[Extract::Whole, Extract::Half]
            }
            Values::Phones(_) => &[Extract::Whole, Extract::LocalNumber],
            Values::Organisations(_) => &[Extract::Whole, Extract::TradeName],
            Values::Emails(_) | Values::Addresses(_) => &[Extract::Whole],
            Values::Dates(_) => &[Extract::Whole, Extract::Year, Extract::Birthday],
            Values::Names(_) => &[Extract::Whole, Extract::Sound],
            Values::Words(_) => &[Extract::Whole, Extract::Word, Extract::Beginning],
        };
        self.fields
            .iter()
            .enumerate()
            .flat_map(|(field, column)| {
                extracts(&column.values).iter().map(move |extract| KeyPart {
                    field,
                    extract: *extract,
                })
            })
            .collect()
    }

    /// The keys that a part makes of a value: of what it says, whatever else the book holds.
    fn value_keys(&self, part: KeyPart, id: u32, keys: &mut Vec<u32>) {
        let at = id as usize;
        let field = &self.fields[part.field];
        let mut push = |key: u64| keys.push(head(key).max(1));
        match (&field.values, part.extract) {
            _ if id == 0 => {}
            (Values::ResidentIds(numbers), Extract::Whole) => push(numbers[at].key()),
            (_, Extract::Whole) => keys.push(field.heads[at]),
            (Values::Names(names), Extract::Sound) => push(names[at].sound_key()),
            (Values::Words(words), Extract::Word) => words
                .words_of(id)
                .for_each(|word| push(hash::of_bytes(word.bytes()))),
            (Values::Words(words), Extract::Beginning) => {
                words
                    .words_of(id)
                    .filter(|word| word.len() >= 3)
                    .for_each(|word| push(hash::of_bytes(&word.bytes()[..3])));
            }
            (Values::Codes(codes), Extract::Half) if codes[at].len() >= 5 => {
                push(hash::of_bytes(&codes[at].bytes()[..3]));
            }
            (Values::ResidentIds(numbers), Extract::Half) if numbers[at].number.len() >= 5 => {
                push(hash::of_bytes(&numbers[at].number.bytes()[..3]));
            }
            (Values::CreditCodes(codes), Extract::Half) if codes[at].organisation.len() >= 5 => {
                push(hash::of_bytes(&codes[at].organisation.bytes()[..3]));
            }
            (Values::Phones(phones), Extract::LocalNumber) => {
                push(hash::of_bytes(phones[at].number.bytes()));
            }
            (Values::Organisations(names), Extract::TradeName) => {
                names.get(id).trade_name_key().into_iter().for_each(push);
            }
            (Values::Dates(dates), Extract::Year) => push(hash::mix(u64::from(dates[at] / 10_000))),
            (Values::Dates(dates), Extract::Birthday) => {
                push(hash::mix(u64::from(dates[at] % 10_000) | 1 << 32));
            }
            _ => {}
        }
    }

    /// The keys of a part for all values.
    pub(crate) fn part_keys(&self, part: KeyPart) -> PartKeys<'_> {
        let field = &self.fields[part.field];
        if part.extract == Extract::Whole && !field.has_forms() {
            let keys = Keys::Heads(&field.heads);
            return PartKeys { part, keys };
        }
        let cells = field.cells();
        let (mut ends, mut keys) = (Vec::with_capacity(cells + 1), Vec::with_capacity(cells));
        ends.push(0);
        let many = !field.is_single() || matches!(part.extract, Extract::Word | Extract::Beginning);
        for number in 0..cells as u32 {
            let start = keys.len();
            for value in field.values_of(number).iter() {
                self.value_keys(part, value.number(), &mut keys);
            }
            if many {
                keys[start..].sort_unstable();
                ends.push(keys.len() as u32);
            } else if keys.len() == start {
                keys.push(0);
            }
        }
        let keys = if many {
            Keys::Many { ends, keys }
        } else {
            Keys::One(keys)
        };
        PartKeys { part, keys }
    }
}

/// The keys of one part: those of each value of its field.
pub(crate) struct PartKeys<'a> {
    pub part: KeyPart,
    keys: Keys<'a>,
}

enum Keys<'a> {
    /// The heads of the values themselves.
    Heads(&'a [u32]),
    /// One key a value, zero for none.
    One(Vec<u32>),
    /// The keys of each value, sorted.
    Many { ends: Vec<u32>, keys: Vec<u32> },
}

impl PartKeys<'_> {
    #[inline]
    fn of_value(&self, id: u32) -> &[u32] {
        let id = id as usize;
        let one = |keys: &'_ [u32]| if keys[id] == 0 { 0..0 } else { id..id + 1 };
        match &self.keys {
            Keys::Heads(keys) => &keys[one(keys)],
            Keys::One(keys) => &keys[one(keys)],
            Keys::Many { ends, keys } => &keys[ends[id] as usize..ends[id + 1] as usize],
        }
    }

    #[inline]
    fn of(&self, book: &Book, row: u32) -> &[u32] {
        self.of_value(book.record(row)[self.part.field].number())
    }

    /// The rows that have one key in so many, chosen by the hash of the key, in order; and how many such keys there
    /// are.
    pub fn chosen(&self, book: &Book, every: u64) -> (Vec<u32>, usize) {
        let field = &book.fields[self.part.field];
        // A bit for each value fits where its keys do not.
        let (mut bits, mut keys) = (vec![0_u64; field.cells() / 64 + 1], Vec::<u32>::new());
        for id in 0..field.cells() as u32 {
            let before = keys.len();
            let own = self.of_value(id).iter();
            keys.extend(own.filter(|key| is_chosen(**key, every)));
            bits[id as usize / 64] |= u64::from(keys.len() > before) << (id % 64);
        }
        let is_chosen = |row: &u32| {
            let id = book.record(*row)[self.part.field].number();
            bits[id as usize / 64] >> (id % 64) & 1 == 1
        };
        let rows = (0..book.len() as u32).filter(is_chosen).collect();
        keys.sort_unstable();
        keys.dedup();
        (rows, keys.len())
    }
}

#[inline]
fn is_chosen(key: u32, every: u64) -> bool {
    every == 1 || hash::mix(u64::from(key)) <= u64::MAX / every
}

/// The keys of a rule: of one part, or of two together.
pub(crate) struct RuleKeys<'a> {
    pub book: &'a Book,
    pub left: &'a PartKeys<'a>,
    pub right: Option<&'a PartKeys<'a>>,
}

impl RuleKeys<'_> {
    pub fn rule(&self) -> Rule {
        let parts = [Some(self.left), self.right];
        Rule {
            parts: parts.into_iter().flatten().map(|keys| keys.part).collect(),
        }
    }

    /// Calls back for each key of a record whose left part is among the chosen; the same key may come twice.
    #[inline]
    pub fn each(&self, row: u32, every: u64, mut callback: impl FnMut(u64)) {
        let left = self
            .left
            .of(self.book, row)
            .iter()
            .filter(|key| is_chosen(**key, every));
        match self.right {
            None => left.for_each(|key| callback(hash::mix(u64::from(*key)))),
            Some(right) if right.part == self.left.part => {
                for one in left {
                    let others = right
                        .of(self.book, row)
                        .iter()
                        .filter(|other| every > 1 || *other < one);
                    others
                        .take(MOST_KEYS)
                        .for_each(|other| callback(joined(*other.min(one), *one.max(other))));
                }
            }
            Some(right) => {
                let right = right.of(self.book, row);
                for one in left {
                    right
                        .iter()
                        .take(MOST_KEYS)
                        .for_each(|other| callback(joined(*one, *other)));
                }
            }
        }
    }

    /// Gathers these rows under each of their keys, sorted; only one key in so many, chosen by its left part.
    pub fn gather<'a>(
        &self,
        rows: impl Iterator<Item = u32>,
        every: u64,
        entries: &'a mut Entries,
    ) -> &'a mut [Entry] {
        let entries = entries.fill(|entries| {
            for row in rows {
                self.each(row, every, |key| entries.push(Entry { key, row }));
            }
        });
        entries.dedup();
        entries
    }

    /// Whether the rule brings two records together.
    pub fn meet(&self, left: u32, right: u32) -> bool {
        let shares = |keys: &PartKeys<'_>, least: usize| {
            let (mine, theirs) = (
                self.book.record(left)[keys.part.field],
                self.book.record(right)[keys.part.field],
            );
            if mine == theirs {
                let enough = keys.of_value(mine.number()).len() >= least;
                return enough
                    && (self.right.is_some()
                        || self.book.fields[keys.part.field].holders(mine) <= MOST_RECORDS_A_KEY);
            }
            let theirs = keys.of_value(theirs.number());
            keys.of_value(mine.number())
                .iter()
                .filter(|key| theirs.contains(key))
                .take(least)
                .count()
                >= least
        };
        match self.right {
            None => shares(self.left, 1),
            Some(right) if right.part == self.left.part => shares(self.left, 2),
            Some(right) => shares(self.left, 1) && shares(right, 1),
        }
    }
}

#[inline]
fn joined(left: u32, right: u32) -> u64 {
    hash::mix(u64::from(left) << 32 | u64::from(right))
}
