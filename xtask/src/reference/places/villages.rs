//! Villages and communities, laid out town by town.

use anyhow::{Context, Result};

use super::collected::{Place, rows};

/// The endings that are left out of a name.
const ENDINGS: &[&str] = &[
    "社区居民委员会",
    "社区居委会",
    "村村民委员会",
    "村民委员会",
    "居民委员会",
    "村村委会",
    "村委会",
    "居委会",
    "社区",
    "村",
];

/// The bytes, the number of villages, and for each place where its villages begin plus one (0: none).
///
/// A town is its number of villages (two bytes); for each its first character and where the rest of it stands, in bytes
/// from the town's beginning (two bytes each); and the rests: the last three digits of the code (two bytes), the number of
/// characters (one), and those behind the first (two bytes each).
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
        bytes.extend(town_of(town)?);
        count += town.len();
    }
    Ok((bytes, count, begins))
}

fn town_of(villages: &[(u64, String)]) -> Result<Vec<u8>> {
    let (mut index, mut rests) = (Vec::new(), Vec::new());
    for (code, name) in villages {
        let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
        let name = stem.filter(|stem| !stem.is_empty()).unwrap_or(name);
        let characters: Vec<u16> = name
            .chars()
            .map(|character| u16::try_from(u32::from(character)).unwrap_or(u16::from(b'?')))
            .collect();
        let (first, behind) = characters.split_first().context("a name of a village")?;
        let at = u16::try_from(2 + villages.len() * 4 + rests.len())?;
        index.extend(first.to_le_bytes());
        index.extend(at.to_le_bytes());
        rests.extend(u16::try_from(code % 1_000)?.to_le_bytes());
        rests.push(u8::try_from(characters.len()).context("length of a village's name")?);
        rests.extend(behind.iter().flat_map(|character| character.to_le_bytes()));
    }
    let mut town = u16::try_from(villages.len())?.to_le_bytes().to_vec();
    town.extend(index);
    town.extend(rests);
    Ok(town)
}
