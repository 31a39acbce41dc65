//! Words as sequences of sounds, and how far two such sequences are apart.
//!
//! A sound is what several spellings of several languages stand for: `kh`, `ch` and `h` are near each other, `sh` and `sch`
//! are one. The distance is that of weighted editing: vowels cost little, since usages differ in them, and unrelated
//! consonants cost much. The costs state what the usual romanisations (BGN/PCGN, ISO 9, ICAO 9303, the French and German press,
//! Arabic names in English, French and German usage) do to one name; they are not fitted to any list.

use super::sound_costs::{ADDED, ADDED_UNVOCALISED, FAR, REPLACED, SWAPPED};
use super::spelled_sounds::sound_at;

/// No word has more sounds that matter.
pub(super) const MOST_SOUNDS: usize = 24;

/// Sounds from here on stand for letters of scripts without a table.
pub(super) const FIRST_RAW: u8 = 32;

pub(super) const A: u8 = 1;
pub(super) const E: u8 = 2;
pub(super) const I: u8 = 3;
pub(super) const O: u8 = 4;
pub(super) const U: u8 = 5;
pub(super) const Y: u8 = 6;
pub(super) const W: u8 = 7;
pub(super) const H: u8 = 8;
pub(super) const B: u8 = 9;
pub(super) const P: u8 = 10;
pub(super) const F: u8 = 11;
pub(super) const V: u8 = 12;
pub(super) const D: u8 = 13;
pub(super) const T: u8 = 14;
pub(super) const K: u8 = 15;
pub(super) const KH: u8 = 16;
pub(super) const G: u8 = 17;
pub(super) const J: u8 = 18;
pub(super) const ZH: u8 = 19;
pub(super) const S: u8 = 20;
pub(super) const Z: u8 = 21;
pub(super) const SH: u8 = 22;
pub(super) const CH: u8 = 23;
pub(super) const TS: u8 = 24;
pub(super) const L: u8 = 25;
pub(super) const R: u8 = 26;
pub(super) const M: u8 = 27;
pub(super) const N: u8 = 28;
pub(super) const TH: u8 = 29;
pub(super) const DH: u8 = 30;

/// Sounds in a fixed space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sounds {
    sounds: [u8; MOST_SOUNDS],
    length: u8,
}

impl Sounds {
    pub(super) const NONE: Self = Self {
        sounds: [0; MOST_SOUNDS],
        length: 0,
    };

    /// The sounds of a word in plain lower-case letters; bytes from 128 on are raw letters.
    pub(super) fn of(word: &[u8]) -> Self {
        let mut sounds = Self::NONE;
        let mut place = 0;
        while place < word.len() {
            let (sound, then, used) = sound_at(word, place);
            sounds.push(sound);
            if then != 0 {
                sounds.push(then);
            }
            place += used;
        }
        sounds
    }

    /// The sounds of two words written as one.
    pub(super) fn joined(self, other: &Self) -> Self {
        let mut joined = self;
        for sound in other.as_slice() {
            joined.push(*sound);
        }
        joined
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.sounds[..usize::from(self.length)]
    }

    /// The letter of the family of a consonant in keys; nothing for sounds that usages drop or write as vowels.
    pub(super) fn family_letter(&self, place: usize) -> Option<char> {
        match *self.as_slice().get(place)? {
            0..=H | KH | V | J => None,
            B | P => Some('b'),
            F => Some('f'),
            D | T | TH | DH => Some('t'),
            K | G => Some('k'),
            ZH | S | Z | TS | SH | CH => Some('s'),
            L => Some('l'),
            R => Some('r'),
            M => Some('m'),
            N => Some('n'),
            raw => Some(char::from(b'A' + raw % 26)),
        }
    }

    /// How many sounds stand in place of others, if as many sounds are heard.
    pub(super) fn replaced(&self, other: &Self) -> Option<usize> {
        let pairs = self.as_slice().iter().zip(other.as_slice());
        (self.length == other.length).then(|| pairs.filter(|(one, other)| one != other).count())
    }

    fn push(&mut self, sound: u8) {
        let length = usize::from(self.length);
        // Doubled letters are one sound.
        if length > 0 && self.sounds[length - 1] == sound && sound < FIRST_RAW {
            return;
        }
        if length < MOST_SOUNDS {
            self.sounds[length] = sound;
            self.length += 1;
        }
    }

    /// What it costs to leave the whole word out.
    pub(super) fn mass(&self, unvocalised: bool) -> u32 {
        let added = added(unvocalised);
        self.as_slice()
            .iter()
            .map(|sound| u32::from(added[usize::from((*sound).min(FIRST_RAW))]))
            .sum()
    }

    /// A bit for each consonant that is heard.
    pub(super) fn consonants(&self) -> u32 {
        self.as_slice()
            .iter()
            .filter(|sound| **sound > H)
            .fold(0, |set, sound| set | family(*sound))
    }
}

/// Consonants that often stand for one another share a bit.
fn family(sound: u8) -> u32 {
    1 << match sound {
        B | P => 0,
        F | V => 1,
        D | T | TH | DH => 2,
        K | G | KH => 3,
        J | ZH => 4,
        S | Z | TS => 5,
        SH | CH => 6,
        L => 7,
        R => 8,
        M => 9,
        N => 10,
        raw => 11 + u32::from(raw) % 20,
    }
}

fn added(unvocalised: bool) -> &'static [u8; 33] {
    if unvocalised {
        &ADDED_UNVOCALISED
    } else {
        &ADDED
    }
}

/// How alike two words sound, from 0 to 1; 0 too if that is surely less than what is asked for.
pub(super) fn similarity_above(
    least: f32,
    left: &Sounds,
    right: &Sounds,
    unvocalised: bool,
) -> f32 {
    let mass = left.mass(unvocalised) + right.mass(unvocalised);
    if mass == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let mass = mass as f32;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number from 0 on"
    )]
    let most = ((1.0 - least) * mass / 2.0) as u16 + 1;
    let distance = distance(left.as_slice(), right.as_slice(), added(unvocalised), most);
    distance.map_or(0.0, |distance| {
        (1.0 - 2.0 * f32::from(distance) / mass).max(0.0)
    })
}

/// What it costs to make one word the other; nothing if it is seen on the way that it is more than `most`.
fn distance(left: &[u8], right: &[u8], added: &[u8; 33], most: u16) -> Option<u16> {
    let cost = |sound: u8| u16::from(added[usize::from(sound.min(FIRST_RAW))]);
    let mut row = [0_u16; MOST_SOUNDS + 1];
    // The line before the last, for two sounds that changed places.
    let mut before = row;
    let mut nearest_before = 0;
    for (place, sound) in right.iter().enumerate() {
        row[place + 1] = row[place] + cost(*sound);
    }
    for (line, one) in left.iter().enumerate() {
        let without = cost(*one);
        let final_h = *one == H && line + 1 == left.len();
        let without = if final_h { 1 } else { without };
        let above = row;
        let mut diagonal = row[0];
        row[0] += without;
        let mut nearest = row[0];
        for (place, other) in right.iter().enumerate() {
            let replaced = diagonal + replacing(*one, *other);
            diagonal = row[place + 1];
            let added = if *other == H && place + 1 == right.len() {
                1
            } else {
                cost(*other)
            };
            let mut least = replaced.min(diagonal + without).min(row[place] + added);
            if line > 0 && place > 0 && *one == right[place - 1] && *other == left[line - 1] {
                least = least.min(before[place - 1] + SWAPPED);
            }
            row[place + 1] = least;
            nearest = nearest.min(least);
        }
        // A swap goes on from the line before.
        if nearest > most && nearest_before > most {
            return None;
        }
        nearest_before = nearest;
        before = above;
    }
    Some(row[right.len()])
}

fn replacing(one: u8, other: u8) -> u16 {
    if one < FIRST_RAW && other < FIRST_RAW {
        u16::from(REPLACED[usize::from(one)][usize::from(other)])
    } else if one == other {
        0
    } else {
        u16::from(FAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn alike(left: &str, right: &str) -> String {
        let [left, right] = [left, right].map(|word| Sounds::of(word.as_bytes()));
        assert!(
            (similarity_above(0.0, &left, &right, false)
                - similarity_above(0.0, &right, &left, false))
            .abs()
                < 1e-6
        );
        format!("{:.2}", similarity_above(0.0, &left, &right, false))
    }

    #[test]
    fn usual_spellings_of_one_name_are_near_and_other_names_are_not() {
        let pairs = [
            ("mohammed", "muhammad"),
            ("qadhafi", "gaddafi"),
            ("yusuf", "youssef"),
            ("chaykovskiy", "tschaikowski"),
            ("khalid", "khaled"),
            ("mueller", "muller"),
            ("hassan", "hussein"),
            ("ivan", "igor"),
            ("john", "jane"),
        ];
        let shown: Vec<String> = pairs
            .iter()
            .map(|(left, right)| format!("{left} {right} {}", alike(left, right)))
            .collect();
        assert_snapshot!(shown.join("\n"), @r"
        mohammed muhammad 0.95
        qadhafi gaddafi 0.87
        yusuf youssef 0.90
        chaykovskiy tschaikowski 0.98
        khalid khaled 0.97
        mueller muller 0.95
        hassan hussein 0.78
        ivan igor 0.00
        john jane 0.70
        ");
    }
}
