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

/// The villages of a town.
pub(crate) fn of(town: PlaceIndex) -> impl Iterator<Item = Village> {
    let mut rest = town
        .villages()
        .and_then(|begin| VILLAGES.get(begin..))
        .unwrap_or_default();
    let mut count = match rest {
        [low, high, tail @ ..] => {
            rest = tail;
            u16::from_le_bytes([*low, *high])
        }
        _ => 0,
    };
    std::iter::from_fn(move || {
        count = count.checked_sub(1)?;
        let [low, high, length, _, tail @ ..] = rest else {
            return None;
        };
        let (characters, tail) = tail.split_at_checked(usize::from(*length) * 2)?;
        rest = tail;
        Some(Village {
            code: u16::from_le_bytes([*low, *high]),
            characters,
        })
    })
}

/// The village with the longest name of those that these characters begin with.
pub(crate) fn longest(town: PlaceIndex, characters: &[char]) -> Option<Village> {
    of(town)
        .filter(|village| village.begins(characters))
        .max_by_key(|village| village.length())
}
