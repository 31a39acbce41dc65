//! Villages and communities of a town, read where they lie.
//!
//! A town is its number of villages (two bytes); for each its first character and where the rest of it stands, in bytes
//! from the town's beginning (two bytes each); and the rests: the last three digits of the code (two bytes), the number of
//! characters (one), and those behind the first (two bytes each).

use crate::gazetteer::PlaceIndex;

const VILLAGES: &[u8] = include_bytes!("../tables/villages.bin");

/// A village as the statistics bureau lists it.
#[derive(Clone, Copy)]
pub(crate) struct Village {
    /// The last three digits of its code.
    pub code: u16,
    /// How many characters its name has without the ending.
    pub length: usize,
}

/// The village with the longest name of those that these characters begin with.
pub(crate) fn longest(town: PlaceIndex, characters: &[char]) -> Option<Village> {
    let (first, behind) = characters.split_first()?;
    let first = u16::try_from(u32::from(*first)).ok()?.to_le_bytes();
    let town = VILLAGES.get(town.villages()?..)?;
    let (count, index) = town.split_first_chunk()?;
    let count = usize::from(u16::from_le_bytes(*count));
    let mut longest: Option<Village> = None;
    for entry in index.chunks_exact(4).take(count) {
        let [low, high, rest @ ..] = entry else { break };
        if [*low, *high] != first {
            continue;
        }
        let Some(village) = begun(town, rest, behind) else {
            continue;
        };
        if longest.is_none_or(|known| known.length < village.length) {
            longest = Some(village);
        }
    }
    longest
}

/// The village whose rest stands there, if these characters begin with it.
fn begun(town: &[u8], at: &[u8], characters: &[char]) -> Option<Village> {
    let at = usize::from(u16::from_le_bytes(*at.first_chunk()?));
    let &[low, high, length, ref names @ ..] = town.get(at..)? else {
        return None;
    };
    let length = usize::from(length);
    let own = names.get(..length.saturating_sub(1) * 2)?.chunks_exact(2);
    let stands = own.len() <= characters.len()
        && own.zip(characters).all(|(own, character)| match *own {
            [low, high] => u32::from(u16::from_le_bytes([low, high])) == u32::from(*character),
            _ => false,
        });
    stands.then_some(Village {
        code: u16::from_le_bytes([low, high]),
        length,
    })
}
