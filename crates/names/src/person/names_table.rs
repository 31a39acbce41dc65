//! Words that are names: classes of spellings of one name, and how common a word is.
//!
//! `cargo xtask reference` makes the tables and describes their layout.

const CLASSES: &[u8] = include_bytes!("../../tables/words.bin");
const WEIGHTS: &[u8] = include_bytes!("../../tables/weights.bin");

/// A place for each upper half of a digest, and one more.
const PLACES: usize = 65_537;

const WIDTH: usize = 8;
const SLOTS: usize = 16_384;

/// As many classes of one word are compared, short forms among them.
const MOST_CLASSES: usize = 8;

/// Classes from here on hold a name and its short forms.
const SHORT_FORMS: u32 = 0x80_0000;

/// The classes of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classes([u32; MOST_CLASSES]);

impl Classes {
    pub(super) const NONE: Self = Self([0; MOST_CLASSES]);

    /// Looks a word up by the digest of its letters.
    pub(super) fn of(key: u32) -> Self {
        let half = (key >> 16) as usize;
        let (from, to) = (place(half), place(half + 1));
        let records = CLASSES.get(4 * PLACES..).unwrap_or_default();
        let records = records.get(WIDTH * from..WIDTH * to).unwrap_or_default();
        let mut found = Self::NONE;
        let mut count = 0;
        for record in records.chunks_exact(WIDTH) {
            let (digest, class) = record.split_at(4);
            if number(digest) == key
                && let Some(place) = found.0.get_mut(count)
            {
                *place = number(class);
                count += 1;
            }
        }
        found
    }

    /// Whether two words spell one name, or one is a short form of the other.
    pub(super) fn shared(&self, other: &Self) -> Shared {
        let shared = |class: &&u32| **class != 0 && other.0.contains(class);
        match self.0.iter().find(shared) {
            Some(class) if *class >= SHORT_FORMS => Shared::ShortForm,
            Some(_) => Shared::Name,
            None => Shared::Nothing,
        }
    }
}

/// What two words have in common by the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    Nothing,
    /// They spell one name.
    Name,
    /// One is a short form of the other.
    ShortForm,
}

/// How much a word says of who somebody is: 1, and less for common words.
pub(super) fn weight(key: u32) -> f32 {
    let mut slot = key as usize % SLOTS;
    for _ in 0..SLOTS {
        let found = number(WEIGHTS.get(4 * slot..4 * slot + 4).unwrap_or_default());
        let [.., weight] = found.to_le_bytes();
        if weight == 0 {
            break;
        }
        if found << 8 == key & !0xff {
            return f32::from(weight) / 200.0;
        }
        slot = (slot + 1) % SLOTS;
    }
    1.0
}

/// Four bytes, the lowest first.
fn number(bytes: &[u8]) -> u32 {
    bytes
        .first_chunk()
        .map_or(0, |four| u32::from_le_bytes(*four))
}

fn place(half: usize) -> usize {
    number(CLASSES.get(4 * half..4 * half + 4).unwrap_or_default()) as usize
}
