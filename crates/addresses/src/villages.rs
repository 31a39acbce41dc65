//! Villages and communities of a town, read where they lie.
//!
//! A town is its number of villages, then for each the last three digits of its code (two bytes), the number of
//! characters, the kind of its ending (0 none, 1 村, 2 社区, 3 居委会), and the characters, two bytes each.

use crate::gazetteer::PlaceIndex;

const VILLAGES: &[u8] = include_bytes!("../tables/villages.bin");

/// A village as the statistics bureau lists it.
#[derive(Clone, Copy)]
pub(crate) struct Village {
    /// The last three digits of its code.
    pub code: u16,
    characters: &'static [u8],
}

impl Village {
    /// How many characters its name has without the ending.
    pub fn length(self) -> usize {
        self.characters.len() / 2
    }

    fn begins(self, characters: &[char]) -> bool {
        let pairs = self.characters.chunks_exact(2);
        characters.len() >= self.length()
            && pairs.zip(characters).all(|(pair, character)| match *pair {
                [low, high] => u32::from(u16::from_le_bytes([low, high])) == u32::from(*character),
                _ => false,
            })
    }
}

/// The village with the longest name of those that these characters begin with.
pub(crate) fn longest(town: PlaceIndex, characters: &[char]) -> Option<Village> {
    let begin = u32::from(*characters.first()?);
    let mut rest = VILLAGES.get(town.villages()?..)?;
    let mut longest: Option<Village> = None;
    let [low, high, tail @ ..] = rest else {
        return None;
    };
    rest = tail;
    for _ in 0..u16::from_le_bytes([*low, *high]) {
        let &[code_low, code_high, length, _, low, high, ..] = rest else {
            break;
        };
        let end = 4 + usize::from(length) * 2;
        if u32::from(u16::from_le_bytes([low, high])) == begin {
            let village = Village {
                code: u16::from_le_bytes([code_low, code_high]),
                characters: rest.get(4..end)?,
            };
            let longer = longest.is_none_or(|known| known.length() < village.length());
            if longer && village.begins(characters) {
                longest = Some(village);
            }
        }
        rest = rest.get(end..)?;
    }
    longest
}
