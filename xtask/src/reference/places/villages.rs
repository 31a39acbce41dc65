//! Villages and communities, laid out town by town.

use anyhow::{Context, Result};

use super::collected::{Place, rows};

/// The endings that are left out of a name, each with its kind: 1 village, 2 community, 3 residents' committee.
const ENDINGS: &[(&str, u8)] = &[
    ("社区居民委员会", 2),
    ("社区居委会", 2),
    ("村村民委员会", 1),
    ("村民委员会", 1),
    ("居民委员会", 3),
    ("村村委会", 1),
    ("村委会", 1),
    ("居委会", 3),
    ("社区", 2),
    ("村", 1),
];

/// The bytes, the number of villages, and for each place where its villages begin plus one (0: none).
///
/// A town is its number of villages (two bytes), then for each the last three digits of its code (two bytes), the
/// number of characters, the kind of its ending, and the characters, two bytes each.
pub fn laid_out(places: &[Place], text: &str) -> Result<(Vec<u8>, usize, Vec<u32>)> {
    let mut bytes = Vec::new();
    let mut count = 0;
    let mut begins = vec![0_u32; places.len()];
    let mut all: Vec<(u64, String)> = Vec::new();
    for (code, name) in rows(text) {
        all.push((code.parse()?, name));
    }
    all.sort();
    for town in all.chunk_by(|left, right| left.0 / 1_000 == right.0 / 1_000) {
        let Some((first, _)) = town.first() else {
            continue;
        };
        let code = u32::try_from(first / 1_000)?;
        let from = places.partition_point(|place| place.code < code);
        let begin = u32::try_from(bytes.len() + 1)?;
        let mut known = false;
        for (place, slot) in places
            .iter()
            .zip(&mut begins)
            .skip(from)
            .take_while(|(place, _)| place.code == code)
        {
            // An abolished place of the same code had other villages.
            if place.last == 0 {
                *slot = begin;
                known = true;
            }
        }
        if !known {
            continue;
        }
        bytes.extend(u16::try_from(town.len())?.to_le_bytes());
        for (code, name) in town {
            village(*code, name, &mut bytes)?;
            count += 1;
        }
    }
    Ok((bytes, count, begins))
}

fn village(code: u64, name: &str, bytes: &mut Vec<u8>) -> Result<()> {
    let ending = ENDINGS
        .iter()
        .find_map(|(ending, kind)| Some((name.strip_suffix(ending)?, *kind)));
    let (name, kind) = ending
        .filter(|(stem, _)| !stem.is_empty())
        .unwrap_or((name, 0));
    let characters: Vec<u16> = name
        .chars()
        .map(|character| u16::try_from(u32::from(character)).unwrap_or(u16::from(b'?')))
        .collect();
    bytes.extend(u16::try_from(code % 1_000)?.to_le_bytes());
    bytes.push(u8::try_from(characters.len()).context("length of a village's name")?);
    bytes.push(kind);
    bytes.extend(characters.into_iter().flat_map(u16::to_le_bytes));
    Ok(())
}
