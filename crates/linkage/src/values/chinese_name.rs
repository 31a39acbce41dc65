//! Names of persons in Chinese characters: same characters, same sound, one character another.

use names::{SearchKeys, write_search_keys};

use crate::hash;
use crate::level::Agreement;
use crate::word::Word;

/// The characters of a name and its sound.
#[derive(Clone, Copy, Default)]
pub(crate) struct ChineseName {
    /// Up to four characters of the basic plane; none where the name is written otherwise.
    characters: [u16; 4],
    /// Syllables without tones, joined.
    sound: Word,
}

impl ChineseName {
    pub fn new(cell: &str, keys: &mut SearchKeys) -> (u64, Self) {
        write_search_keys(cell, keys);
        keys.folded.retain(|character| character != ' ');
        if keys.folded.is_empty() {
            return (0, Self::default());
        }
        let characters = units(&keys.folded).unwrap_or_default();
        let sound = Word::new(keys.pinyin.as_bytes());
        (
            hash::of_bytes(keys.folded.as_bytes()),
            Self { characters, sound },
        )
    }

    /// The sound as a key for blocking.
    pub fn sound_key(&self) -> u64 {
        hash::of_bytes(self.sound.bytes())
    }

    fn sorted(&self) -> [u16; 4] {
        let mut sorted = self.characters;
        sorted.sort_unstable();
        sorted
    }

    fn length(&self) -> usize {
        self.characters
            .iter()
            .take_while(|unit| **unit != 0)
            .count()
    }

    /// How two names that are written differently agree.
    pub fn compare(&self, other: &Self) -> Agreement {
        if self.sound == other.sound {
            return Agreement::Slip;
        }
        let (mine, theirs) = (self.length(), other.length());
        if mine == 0 || theirs == 0 {
            return match self.sound.distance(other.sound) {
                1 | 2 => Agreement::Change,
                _ => Agreement::Different,
            };
        }
        let shorter = mine.min(theirs);
        let same = (0..shorter)
            .filter(|place| self.characters[*place] == other.characters[*place])
            .count();
        if same == shorter {
            return Agreement::Part;
        }
        if mine == theirs && self.sorted() == other.sorted() {
            return Agreement::Change;
        }
        let surname = self.characters[0] == other.characters[0];
        match (mine == theirs, same + 1 == mine, surname) {
            (true, true, true) if mine > 2 => Agreement::Change,
            (true, true, false) => Agreement::Some,
            (_, _, true) => Agreement::Little,
            _ => Agreement::Different,
        }
    }
}

/// Up to four characters of the basic plane that are no letters of an alphabet.
fn units(name: &str) -> Option<[u16; 4]> {
    let mut units = [0; 4];
    for (place, character) in name.chars().enumerate() {
        let unit = u16::try_from(character as u32)
            .ok()
            .filter(|unit| *unit >= 0x3400)?;
        *units.get_mut(place)? = unit;
    }
    Some(units)
}

#[cfg(test)]
mod tests {
    use super::ChineseName;
    use crate::level::Agreement;

    #[track_caller]
    fn agreement(left: &str, right: &str) -> Agreement {
        let mut keys = names::SearchKeys::default();
        let ((hash, left), (other, right)) = (
            ChineseName::new(left, &mut keys),
            ChineseName::new(right, &mut keys),
        );
        if hash == other {
            return Agreement::Same;
        }
        assert_eq!(left.compare(&right), right.compare(&left));
        left.compare(&right)
    }

    #[test]
    fn names_agree_by_character_and_by_sound() {
        assert_eq!(agreement("劉 静", "刘静"), Agreement::Same);
        assert_eq!(agreement("刘静", "LIU JING"), Agreement::Slip);
        assert_eq!(agreement("张伟民", "张玮民"), Agreement::Slip);
        assert_eq!(agreement("张伟民", "张卫国"), Agreement::Little);
        assert_eq!(agreement("张建民", "张建军"), Agreement::Change);
        assert_eq!(agreement("王小明", "小明王"), Agreement::Change);
        assert_eq!(agreement("王小明", "王小"), Agreement::Part);
        assert_eq!(agreement("王小明", "李大力"), Agreement::Different);
    }
}
