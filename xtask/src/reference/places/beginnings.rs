//! The forms of names by their first two characters, and with each form the places that it may mean.
//!
//! Most pairs begin one or two forms, so a name is found with three looks: at its first character, at the pair, and at
//! what the pair begins. The layout stands in `addresses::forms`.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use super::collected::Place;
use super::folding::Characters;

/// A form as numbers of characters, with its candidates.
type Form = (Vec<u16>, Vec<u64>);

/// The index by the first two characters, and the forms with their candidates; both in numbers of eight bytes.
pub fn built(
    keys: &BTreeMap<String, Vec<u32>>,
    characters: &Characters,
    places: &[Place],
) -> Result<(Vec<u8>, Vec<u8>)> {
    let ends: Vec<u64> = places
        .iter()
        .map(|place| places.partition_point(|other| other.code < place.code + place.span()))
        .map(|end| Ok(u64::try_from(end)?))
        .collect::<Result<_>>()?;
    let mut forms: Vec<Form> = Vec::new();
    for (key, senses) in keys {
        let numbers = key.chars().map(|character| characters.number(character));
        forms.push((numbers.collect(), candidates(senses, &ends)?));
    }
    forms.sort();
    let mut text = Vec::new();
    let mut alone: BTreeMap<u16, u64> = BTreeMap::new();
    let mut pairs: BTreeMap<u16, BTreeMap<u16, u64>> = BTreeMap::new();
    for group in forms.chunk_by(|left, right| left.0.get(..2) == right.0.get(..2)) {
        let begin = u64::try_from(text.len())?;
        match group {
            [(key, candidates)] if key.len() == 1 => {
                let count = u64::from(u8::try_from(candidates.len())?);
                alone.insert(*key.first().context("a character")?, begin << 8 | count);
                text.extend(candidates);
            }
            _ => {
                let (key, _) = group.first().context("a form")?;
                let [first, second, ..] = key[..] else {
                    anyhow::bail!("a character alone has two lists");
                };
                let count = u64::from(u8::try_from(group.len())?);
                let seconds = pairs.entry(first).or_default();
                seconds.insert(second, begin << 8 | count);
                grouped(group, &mut text)?;
            }
        }
    }
    ensure!(text.len() < 1 << 24, "the forms are too many");
    let index = indexed(&alone, &pairs, usize::from(characters.count()) + 1)?;
    Ok((bytes(&index), bytes(&text)))
}

/// The places in the order of their codes, each with the place behind the last one below it.
fn candidates(senses: &[u32], ends: &[u64]) -> Result<Vec<u64>> {
    let mut senses = senses.to_vec();
    senses.sort_by_key(|sense| (sense & 0x00ff_ffff, sense >> 24));
    senses.dedup_by_key(|sense| *sense & 0x00ff_ffff);
    let mut candidates = Vec::with_capacity(senses.len());
    for sense in senses {
        let place = sense & 0x00ff_ffff;
        let end = ends.get(usize::try_from(place)?).context("an end")?;
        candidates.push(end << 32 | u64::from(sense));
    }
    Ok(candidates)
}

/// What stands behind the pair, form by form; then for each form what is left of it, and its candidates.
fn grouped(group: &[Form], text: &mut Vec<u64>) -> Result<()> {
    let (mut heads, mut bodies) = (Vec::new(), Vec::new());
    for (key, candidates) in group {
        let rest = key.get(2..).unwrap_or_default();
        let at = u16::try_from(group.len() + bodies.len())?;
        let behind = |place: usize| u64::from(rest.get(place).copied().unwrap_or_default());
        heads.push(
            behind(0) << 48
                | behind(1) << 32
                | u64::from(at) << 16
                | u64::from(u8::try_from(candidates.len())?) << 8
                | u64::from(u8::try_from(rest.len())?),
        );
        for four in rest.get(2..).unwrap_or_default().chunks(4) {
            let packed = four.iter().rev();
            bodies.push(packed.fold(0, |packed, number| packed << 16 | u64::from(*number)));
        }
        bodies.extend(candidates);
    }
    text.extend(heads);
    text.extend(bodies);
    Ok(())
}

/// One number for each first character, then the slots of the pairs.
fn indexed(
    alone: &BTreeMap<u16, u64>,
    pairs: &BTreeMap<u16, BTreeMap<u16, u64>>,
    firsts: usize,
) -> Result<Vec<u64>> {
    let mut index = vec![0_u64; firsts];
    let mut free = firsts;
    for (first, seconds) in pairs {
        while index.get(free).is_some_and(|slot| *slot != 0) {
            free += 1;
        }
        let numbers: Vec<usize> = seconds.keys().map(|second| usize::from(*second)).collect();
        let base = base_for(&index, &numbers, free.max(firsts));
        *index
            .get_mut(usize::from(*first))
            .context("a first character")? = u64::try_from(base)?;
        for (second, group) in seconds {
            let slot = base + usize::from(*second);
            if index.len() <= slot {
                index.resize(slot + 1, 0);
            }
            *index.get_mut(slot).context("a slot")? = group << 16 | u64::from(*first);
        }
    }
    ensure!(index.len() < 1 << 24, "the pairs are too many");
    for (first, list) in alone {
        *index
            .get_mut(usize::from(*first))
            .context("a first character")? |= list << 24;
    }
    Ok(index)
}

/// The least base under which all seconds fall on free slots behind the first characters.
fn base_for(index: &[u64], seconds: &[usize], free: usize) -> usize {
    let least = seconds.first().copied().unwrap_or_default();
    let is_free = |slot: usize| index.get(slot).is_none_or(|slot| *slot == 0);
    let mut base = free.saturating_sub(least).max(1);
    while !seconds.iter().all(|second| is_free(base + second)) {
        base += 1;
    }
    base
}

fn bytes(numbers: &[u64]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}
