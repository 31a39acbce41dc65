//! Syllables with their spellings.
//!
//! `syllables.bin`: numbers of Mandarin and of Cantonese syllables, two bytes each; for each syllable and once more the place
//! (four bytes) behind the places where its spellings begin; the spellings: one byte of flags, one of length, letters.
//! `spellings.bin`: every spelling of Mandarin once more, sorted by its digest: digest (four bytes), syllable (two), flags, a zero.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use super::super::Table;
use super::super::binary::Records;
use super::{cantonese, mandarin};

pub const PINYIN: u8 = 1;
pub const WADE_GILES: u8 = 2;
pub const TAIWANESE: u8 = 4;
pub const CANTONESE: u8 = 8;
/// Not the syllable, but what is often confused with it.
pub const NEAR: u8 = 16;

pub fn make(mandarin_syllables: &[String], cantonese_syllables: &[String]) -> Result<Vec<Table>> {
    let mandarin = mandarin_syllables.iter().map(|it| mandarin::spellings(it));
    let cantonese = cantonese_syllables
        .iter()
        .map(|it| cantonese::spellings(it));
    let all: Vec<Vec<(u8, String)>> = mandarin.chain(cantonese).map(merged).collect();
    let (mut places, mut texts) = (Vec::new(), Vec::new());
    for spellings in &all {
        places.extend(u32::try_from(texts.len())?.to_le_bytes());
        for (flags, spelling) in spellings {
            texts.extend([*flags, u8::try_from(spelling.len())?]);
            texts.extend(spelling.bytes());
        }
    }
    places.extend(u32::try_from(texts.len())?.to_le_bytes());
    let mut bytes = u16::try_from(mandarin_syllables.len())?
        .to_le_bytes()
        .to_vec();
    bytes.extend(u16::try_from(cantonese_syllables.len())?.to_le_bytes());
    bytes.extend(places);
    bytes.extend(texts);
    Ok(vec![
        Table {
            path: "crates/names/tables/syllables.bin",
            what: "a syllable of Mandarin or Cantonese with its spellings",
            rows: all.len(),
            bytes,
        },
        by_spelling(&all[..mandarin_syllables.len()])?,
    ])
}

/// One entry for each spelling, with all its flags; nothing is both the syllable and near it.
fn merged(spellings: Vec<(u8, String)>) -> Vec<(u8, String)> {
    let mut merged: Vec<(u8, String)> = Vec::new();
    for (flags, spelling) in spellings {
        match merged.iter_mut().find(|(_, known)| *known == spelling) {
            Some((known, _)) if *known & NEAR == 0 && flags != NEAR => *known |= flags,
            Some(_) => {}
            None => merged.push((flags, spelling)),
        }
    }
    merged
}

fn by_spelling(all: &[Vec<(u8, String)>]) -> Result<Table> {
    let mut rows = BTreeSet::new();
    for (syllable, spellings) in all.iter().enumerate() {
        for (flags, spelling) in spellings {
            if flags & NEAR == 0 {
                rows.insert((names::word_key(spelling), u16::try_from(syllable)?, *flags));
            }
        }
    }
    let mut records = Records::new(8);
    for (key, syllable, flags) in rows {
        let key = key.context("a spelling without letters")?;
        records.push(&[&key.to_le_bytes(), &syllable.to_le_bytes(), &[flags, 0]])?;
    }
    Ok(Table {
        path: "crates/names/tables/spellings.bin",
        what: "a spelling of a Mandarin syllable",
        rows: records.len(),
        bytes: records.into_bytes(),
    })
}
