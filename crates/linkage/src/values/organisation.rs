//! Names of organisations by their parts: what is their own decides, region, trade and legal form may be left out.

use std::collections::HashMap;

use names::{OrganisationName, PartKind, SearchKeys, write_search_keys};

use crate::frequencies::{self, Frequencies, FrequencyModel};
use crate::hash;
use crate::level::{Agreement, Level, rarity};
use crate::word::Word;

/// The parts of a name as far as they are compared.
#[derive(Clone, Copy, Default)]
pub(crate) struct Organisation {
    /// The characters of the trade name; none where it is in letters.
    own: [u16; 8],
    /// The trade name in letters, or how it sounds.
    sound: Word,
    /// The whole sound as a number, and the same of the region.
    sounds: u32,
    region_sounds: u32,
    /// The region without the words that say its level, and the first four characters of the trade.
    region: [u16; 6],
    trade: [u16; 4],
    branch: u32,
    name: u32,
    former: u32,
    form: u8,
    /// How rare the trade name is.
    rarity: u8,
}

/// What the trade names of two organisations have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    /// The same, or the same in another script.
    Same,
    /// The same sound, or one character or letter is another.
    Near,
    /// One is short for the other, or its beginning.
    Short,
    Other,
}

/// Names of organisations, and how often each trade name occurs.
#[derive(Default)]
pub(crate) struct Organisations {
    names: Vec<Organisation>,
    /// How many names there were before each was kept once, and how many of them had each trade name.
    read: usize,
    counts: HashMap<u32, u32>,
}

impl Organisations {
    pub fn reserve(&mut self, cells: usize) {
        self.names.reserve(cells);
    }

    pub fn push(&mut self, cell: &str, keys: &mut SearchKeys) -> u64 {
        let (hash, name) = Organisation::new(cell, keys);
        self.names.push(name);
        hash
    }

    /// Keeps the names of these rows; trade names say as much as where the frequencies were counted, or as they do here.
    pub fn keep(&mut self, rows: &[u32], known: Option<&Frequencies>) {
        for name in self.names.iter().filter(|name| name.sounds != 0) {
            *self.counts.entry(name.sounds).or_default() += 1;
            self.read += 1;
        }
        let bits = |sounds: u32| match (known, self.counts.get(&sounds)) {
            (Some(known), _) => known.word_bits(u64::from(sounds) << 32),
            (None, Some(count)) => frequencies::bits(frequencies::quarters(*count, self.read)),
            (None, None) => 0.0,
        };
        let kept = rows.iter().map(|row| {
            let name = self.names[*row as usize];
            let rarity = rarity(bits(name.sounds));
            Organisation { rarity, ..name }
        });
        self.names = kept.collect();
    }

    /// Notes how much each trade name says.
    pub fn note(&self, model: &mut FrequencyModel) {
        let says = |(sounds, count): (&u32, &u32)| {
            let quarters = frequencies::quarters(*count, self.read);
            (u64::from(*sounds) << 32, quarters)
        };
        model.add_words(self.read, self.counts.iter().map(says));
    }

    pub fn get(&self, value: u32) -> &Organisation {
        &self.names[value as usize]
    }
}

impl Organisation {
    fn new(cell: &str, keys: &mut SearchKeys) -> (u64, Self) {
        let name = OrganisationName::parse(cell);
        let normal = name.normal();
        if normal.is_empty() {
            return (0, Self::default());
        }
        let own = name.part(PartKind::TradeName);
        let own = own.as_deref().unwrap_or(normal);
        let sounds = sound(own, keys);
        let mut organisation = Self {
            own: characters(own),
            sound: Word::new(keys.pinyin.as_bytes()),
            sounds,
            name: short_hash(normal),
            former: name.former_names().next().map_or(0, |former| {
                short_hash(OrganisationName::parse(former).normal())
            }),
            ..Self::default()
        };
        if let Some(region) = name
            .part(PartKind::Region)
            .filter(|region| region != "中国")
        {
            let region: String = region
                .chars()
                .filter(|character| !is_level_word(*character))
                .collect();
            organisation.region_sounds = sound(&region, keys);
            organisation.region = characters(&region);
        }
        if let Some(trade) = name.part(PartKind::Trade) {
            organisation.trade = units(trade.chars().filter(|letter| *letter != ' '));
        }
        if let Some(branch) = name.part(PartKind::Branch) {
            let branch: String = branch
                .chars()
                .filter(|character| !is_level_word(*character))
                .collect();
            organisation.branch = short_hash(&branch);
        }
        if let Some(form) = name
            .part(PartKind::LegalForm)
            .filter(|_| organisation.is_chinese())
        {
            organisation.form = family(&form);
        }
        (hash::of_bytes(normal.as_bytes()), organisation)
    }

    /// The trade name by its sound, as a key for blocking.
    pub fn trade_name_key(&self) -> Option<u64> {
        (self.sounds != 0).then(|| hash::mix(u64::from(self.sounds)))
    }

    /// How two names that are written differently agree, and how rare the trade name is that they share.
    pub fn level(&self, other: &Self) -> Level {
        let agreement = self.compare(other);
        let rarity = if matches!(agreement, Agreement::Slip | Agreement::Little) {
            self.rarity.min(other.rarity)
        } else {
            0
        };
        Level::new(agreement, rarity)
    }

    fn is_chinese(&self) -> bool {
        self.own[0] != 0
    }

    /// How two names that are written differently agree.
    fn compare(&self, other: &Self) -> Agreement {
        let told = |one: &Self, other: &Self| {
            one.former != 0 && (one.former == other.name || one.former == other.former)
        };
        if told(self, other) || told(other, self) {
            return Agreement::Change;
        }
        let own = self.compare_own(other);
        let contradicts = self.contradicts(other);
        let one_branch = (self.branch == 0) != (other.branch == 0);
        let other_branch = self.branch != other.branch && self.is_chinese() == other.is_chinese();
        match own {
            Own::Other if !contradicts && self.may_be_renamed(other) => Agreement::Some,
            Own::Other => Agreement::Different,
            Own::Same | Own::Short if one_branch && !contradicts => Agreement::Part,
            Own::Same if contradicts || other_branch => Agreement::Little,
            Own::Same => Agreement::Slip,
            _ if contradicts || one_branch || other_branch => Agreement::Different,
            _ => Agreement::Change,
        }
    }

    /// Whether both are told to be of the same place and the same trade: what stays when the trade name changes.
    fn may_be_renamed(&self, other: &Self) -> bool {
        let same = |left: &[u16], right: &[u16]| left[0] != 0 && left == right;
        self.branch == other.branch
            && same(&self.region, &other.region)
            && same(&self.trade, &other.trade)
    }

    fn compare_own(&self, other: &Self) -> Own {
        let both = self.is_chinese() && other.is_chinese();
        if self.sounds == other.sounds {
            return if both && self.own != other.own {
                Own::Near
            } else {
                Own::Same
            };
        }
        if both {
            return if differ_in_one(&self.own, &other.own) {
                Own::Near
            } else if [(self, other), (other, self)]
                .into_iter()
                .any(|(one, other)| one.is_short_for(other) || one.is_cut_from(other))
            {
                Own::Short
            } else {
                Own::Other
            };
        }
        let shorter = self.sound.len().min(other.sound.len());
        match self.sound.distance(other.sound) {
            1 if shorter >= 5 => Own::Near,
            2 if shorter >= 9 => Own::Near,
            _ => Own::Other,
        }
    }

    /// Whether region, trade or legal form are told of both and cannot be the same.
    fn contradicts(&self, other: &Self) -> bool {
        let both = self.is_chinese() && other.is_chinese();
        let regions = if both {
            part_of(&self.region, &other.region)
        } else {
            self.region_sounds == other.region_sounds
                || self.region_sounds == 0
                || other.region_sounds == 0
        };
        let trades = self.is_chinese() != other.is_chinese() || part_of(&self.trade, &other.trade);
        let forms = self.form == other.form || self.form == 0 || other.form == 0;
        !(regions && trades && forms)
    }

    /// Whether the trade name, which stands alone, takes its characters in turn from the other's parts:
    /// 中石化 from 中国石油化工.
    fn is_short_for(&self, other: &Self) -> bool {
        let short = told(&self.own);
        let alone = self.region[0] == 0 && self.trade[0] == 0;
        if !alone || !(2..=5).contains(&short.len()) {
            return false;
        }
        let parts = [told(&other.region), told(&other.own), told(&other.trade)];
        if parts.iter().map(|part| part.len()).sum::<usize>() <= short.len() {
            return false;
        }
        let mut rest = parts.iter().copied().flatten();
        parts.iter().any(|part| part.first() == short.first())
            && short.iter().all(|wanted| rest.any(|own| own == wanted))
    }

    /// Whether three characters or more from the trade name on are the beginning of the other's: the end was cut off.
    fn is_cut_from(&self, other: &Self) -> bool {
        let from_own = |name: &Self| {
            let parts = [told(&name.own), told(&name.trade)];
            parts.concat()
        };
        let (cut, whole) = (from_own(self), from_own(other));
        (3..whole.len()).contains(&cut.len()) && self.form == 0 && whole.starts_with(&cut)
    }
}

/// Words that say of what level a region is, and are left out.
fn is_level_word(character: char) -> bool {
    matches!(
        character,
        '省' | '市' | '区' | '县' | '州' | '盟' | '旗' | ' '
    )
}

/// The kind of legal form: those of one kind turn into each other, those of two do not.
fn family(form: &str) -> u8 {
    const FAMILIES: [&str; 5] = ["公司", "集团", "合伙", "个体", "合作社"];
    match FAMILIES.iter().position(|word| form.contains(word)) {
        Some(0 | 1) => 1,
        Some(place) => place as u8,
        None => 8 + (hash::of_bytes(form.as_bytes()) % 248) as u8,
    }
}

/// How a text sounds, as a number; 0 where it is empty. The letters stand in the keys.
fn sound(text: &str, keys: &mut SearchKeys) -> u32 {
    write_search_keys(text, keys);
    // The two provinces are told apart in letters, though not in sound.
    let province = if text.starts_with('陕') { 1 << 40 } else { 0 };
    match keys.pinyin.as_bytes() {
        [] => 0,
        letters => (hash::both(hash::of_bytes(letters), province) >> 32).max(1) as u32,
    }
}

fn short_hash(text: &str) -> u32 {
    (hash::of_bytes(text.as_bytes()) >> 32).max(1) as u32
}

/// The first characters of a Chinese text; none of another.
fn characters<const MOST: usize>(text: &str) -> [u16; MOST] {
    if text.chars().any(super::is_han) {
        units(text.chars())
    } else {
        [0; MOST]
    }
}

fn units<const MOST: usize>(text: impl Iterator<Item = char>) -> [u16; MOST] {
    let mut units = [0; MOST];
    for (unit, character) in units.iter_mut().zip(text) {
        // Of rare characters the lower half says enough.
        *unit = (character as u32 & 0xffff) as u16;
    }
    units
}

fn told(units: &[u16]) -> &[u16] {
    let length = units.iter().take_while(|unit| **unit != 0).count();
    &units[..length]
}

/// Whether one stands in the other; what is not told stands in everything.
fn part_of(left: &[u16], right: &[u16]) -> bool {
    let (left, right) = (told(left), told(right));
    let (shorter, longer) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    shorter.is_empty() || longer.windows(shorter.len()).any(|part| part == shorter)
}

/// Numerals and quarters tell one organisation from another.
fn tells_apart(unit: u16) -> bool {
    char::from_u32(u32::from(unit)).is_some_and(|character| {
        "一二三四五六七八九十东南西北上下大小新老".contains(character) || character.is_ascii_digit()
    })
}

/// Whether all but one of three characters and more are the same, and the one is no numeral.
fn differ_in_one(left: &[u16], right: &[u16]) -> bool {
    let (left, right) = (told(left), told(right));
    let mut differing = left.iter().zip(right).filter(|(left, right)| left != right);
    left.len() == right.len()
        && left.len() >= 3
        && differing
            .next()
            .is_some_and(|(left, right)| !tells_apart(*left) && !tells_apart(*right))
        && differing.next().is_none()
}

#[cfg(test)]
mod tests;
