//! Words that are names: which spell one name, and how common they are.
//!
//! `words.bin`: 65,537 places (four bytes each) by the upper half of a word's digest, then records of eight bytes sorted by digest: digest
//! (four bytes), class (four; from 0x800000 on short forms).
//! A word in several classes has several records, the largest class first.
//!
//! `weights.bin`: 16,384 slots of four bytes, found by the lower bits of the digest and those that follow: the upper three bytes of the
//! digest and the weight in two-hundredths, 0 in an empty slot. It holds the commonest words.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::super::binary::Records;
use super::super::package::Folders;
use super::super::{Table, sources};

/// Classes of short forms begin here.
const SHORT_FORMS: u32 = 0x80_0000;

/// As many classes of one word are kept.
const MOST_CLASSES: usize = 4;

#[derive(Default)]
struct Words {
    classes: BTreeMap<u32, Vec<u32>>,
    /// In how many names the word occurs.
    names: BTreeMap<u32, u32>,
    /// Share of persons in hundredths of a percent.
    share: BTreeMap<u32, f64>,
}

/// Slots of the table of weights, and how many of them are used at most.
const SLOTS: usize = 16_384;
const MOST_WEIGHTS: usize = 8_000;

pub fn make(folders: &Folders) -> Result<Vec<Table>> {
    let mut words = Words::default();
    read_names(folders, &mut words)?;
    read_short_forms(folders, &mut words)?;
    for file in ["dist.all.last", "dist.male.first", "dist.female.first"] {
        read_census(folders, file, &mut words)?;
    }
    Ok(vec![table(&words)?, weights(&words)])
}

fn weights(words: &Words) -> Table {
    let keys: BTreeSet<u32> = words
        .names
        .keys()
        .chain(words.share.keys())
        .copied()
        .collect();
    let mut common: Vec<(u8, u32)> = keys.iter().map(|key| (weight(words, *key), *key)).collect();
    common.retain(|(weight, _)| *weight < 195);
    common.sort_unstable();
    common.truncate(MOST_WEIGHTS);
    let rows = common.len();
    let mut slots = vec![[0_u8; 4]; SLOTS];
    for (weight, key) in common {
        let mut slot = key as usize % SLOTS;
        while slots[slot][3] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        let [_, a, b, c] = key.to_le_bytes();
        slots[slot] = [a, b, c, weight];
    }
    Table {
        path: "crates/names/tables/weights.bin",
        what: "a common word of names with its weight",
        rows,
        bytes: slots.concat(),
    }
}

fn read_names(folders: &Folders, words: &mut Words) -> Result<()> {
    let text = folders.text(&sources::RIGOUR, "rigour/data/names/persons.txt")?;
    let mut classes: Vec<BTreeSet<u32>> = Vec::new();
    for line in text.lines() {
        let members = line.split(" => ").next().unwrap_or_default();
        let members: Vec<&str> = members
            .split(',')
            .map(str::trim)
            .filter(|it| is_kept(it))
            .collect();
        let keys: BTreeSet<u32> = members
            .iter()
            .filter_map(|it| names::word_key(it))
            .collect();
        let parts: BTreeSet<u32> = members
            .iter()
            .flat_map(|member| member.split(' '))
            .filter_map(names::word_key)
            .collect();
        for part in parts {
            *words.names.entry(part).or_default() += 1;
        }
        if keys.len() > 1 {
            classes.push(keys);
        }
    }
    // Large classes are names of many languages and come first.
    classes.sort_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
    for (class, keys) in classes.iter().enumerate() {
        for key in keys {
            let known = words.classes.entry(*key).or_default();
            if known.len() < MOST_CLASSES {
                known.push(u32::try_from(class)? + 1);
            }
        }
    }
    Ok(())
}

/// Not kana and other scripts that are not read, phonetic notation, or words such as `surname`.
fn is_kept(member: &str) -> bool {
    let read = |letter: char| {
        letter.is_ascii_alphabetic()
            || matches!(letter, ' ' | '-' | '\'' | '’' | '‘' | 'ʻ' | 'ʿ' | '.')
            || matches!(letter, 'À'..='ɏ' | '\u{300}'..='\u{36f}' | 'Ḁ'..='ỿ' | 'ə')
            || matches!(letter, 'Ͱ'..='Ͽ' | 'Ѐ'..='ӿ' | 'Ա'..='և' | 'א'..='ת' | 'ء'..='ۓ' | 'ა'..='ჰ')
            || matches!(letter, '㐀'..='鿿' | '가'..='힣')
    };
    !member.is_empty()
        && member.chars().all(read)
        && !member.ends_with('姓')
        && !member.ends_with('氏')
}

fn read_short_forms(folders: &Folders, words: &mut Words) -> Result<()> {
    let text = folders.text(&sources::NICKNAMES, "nicknames/names.csv")?;
    let mut forms: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split(',').collect();
        if let [name, "has_nickname", short] = columns[..] {
            forms
                .entry(name)
                .or_default()
                .extend(names::word_key(short));
        }
    }
    for (class, (name, mut keys)) in forms.into_iter().enumerate() {
        keys.extend(names::word_key(name));
        for key in keys {
            let known = words.classes.entry(key).or_default();
            if known.len() < 2 * MOST_CLASSES {
                known.push(SHORT_FORMS + u32::try_from(class)?);
            }
        }
    }
    Ok(())
}

fn read_census(folders: &Folders, file: &str, words: &mut Words) -> Result<()> {
    let text = folders.text(&sources::NAMES, &format!("names/{file}"))?;
    for line in text.lines() {
        let mut columns = line.split_whitespace();
        let (Some(name), Some(share)) = (columns.next(), columns.next()) else {
            continue;
        };
        let share: f64 = share.parse().with_context(|| format!("share of {name}"))?;
        if let Some(key) = names::word_key(name) {
            let known = words.share.entry(key).or_default();
            *known = known.max(share);
        }
    }
    Ok(())
}

fn table(words: &Words) -> Result<Table> {
    let mut places = Vec::new();
    let mut records = Records::new(8);
    let mut half = 0_u32;
    for (key, classes) in &words.classes {
        while half <= key >> 16 {
            places.extend(u32::try_from(records.len())?.to_le_bytes());
            half += 1;
        }
        for class in classes {
            records.push(&[&key.to_le_bytes(), &class.to_le_bytes()])?;
        }
    }
    while half <= 0x1_0000 {
        places.extend(u32::try_from(records.len())?.to_le_bytes());
        half += 1;
    }
    let rows = records.len();
    Ok(Table {
        path: "crates/names/tables/words.bin",
        what: "a word that is a name, with a class of spellings of one name",
        rows,
        bytes: [places, records.into_bytes()].concat(),
    })
}

/// Common words say less: an ordinary word weighs 200, the commonest half as much.
fn weight(words: &Words, key: u32) -> u8 {
    let names = f64::from(words.names.get(&key).copied().unwrap_or(0));
    let share = words.share.get(&key).copied().unwrap_or(0.0);
    let common = ((1.0 + names / 4.0).log2() * 10.0).max((1.0 + share * 50.0).log2() * 10.0);
    // Rounded to whole numbers, so that the last bit of a logarithm never shows.
    let weight = (200.0 - common).clamp(100.0, 200.0).round();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 100 and 200"
    )]
    let weight = weight as u8;
    weight
}
