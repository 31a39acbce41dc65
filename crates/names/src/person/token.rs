//! A word of a name, with all that comparison asks of it.

use super::letters::Script;
use super::sounds::Sounds;

/// A word of a name in letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) sounds: Sounds,
    /// A digest of the plain letters; equal letters have equal keys.
    pub(super) key: u32,
    pub(super) consonants: u32,
    /// How much the word says of who it is: 1 for an ordinary one.
    pub(super) weight: f32,
    pub(super) part: Part,
    /// The first letter.
    pub(super) first: u8,
    pub(super) script: Script,
}

/// What a word is within a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A name.
    Name,
    /// One letter that stands for a name.
    Initial(u8),
    /// An article, a preposition, a word for son or daughter, a title: says little.
    Small,
    /// A patronymic (父名), which many registers leave out.
    Patronymic,
}

impl Token {
    pub(super) const NONE: Self = Self {
        sounds: Sounds::NONE,
        key: 0,
        consonants: 0,
        weight: 0.0,
        part: Part::Small,
        first: 0,
        script: Script::Latin,
    };

    pub(super) fn is_small(&self) -> bool {
        self.part == Part::Small
    }

    /// Whether one of two words is in a script that leaves short vowels out, and the other is not.
    pub(super) fn differs_in_vowels(&self, other: &Self) -> bool {
        (self.script == Script::Unvocalised) != (other.script == Script::Unvocalised)
    }

    /// Whether it says that what follows is the name of the father (bin, ibn, bint).
    pub(super) fn is_descent(&self) -> bool {
        const DESCENT: [u32; 6] = [
            key(b"bin"),
            key(b"ibn"),
            key(b"ben"),
            key(b"bint"),
            key(b"binti"),
            key(b"ibni"),
        ];
        self.is_small() && DESCENT.contains(&self.key)
    }

    pub(super) fn is_initial(&self) -> bool {
        matches!(self.part, Part::Initial(_))
    }
}

/// The digest of no letters (FNV-1a of 32 bits).
pub(super) const EMPTY: u32 = 0x811c_9dc5;

/// A digest with one more letter.
pub(super) const fn digest_with(digest: u32, letter: u8) -> u32 {
    (digest ^ letter as u32).wrapping_mul(0x0100_0193)
}

/// The digest of letters.
pub(super) const fn key(letters: &[u8]) -> u32 {
    let (mut digest, mut place) = (EMPTY, 0);
    while place < letters.len() {
        digest = digest_with(digest, letters[place]);
        place += 1;
    }
    digest
}
