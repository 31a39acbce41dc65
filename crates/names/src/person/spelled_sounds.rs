//! Which sound letters stand for, in the spellings that names have in Latin letters.

use super::sounds::{
    A, B, CH, D, DH, E, F, FIRST_RAW, G, H, I, J, K, KH, L, M, N, O, P, R, S, SH, T, TH, TS, U, V,
    W, Z, ZH,
};

/// The sound that is spelled at a place, one that follows it (or 0), and how many letters spell them.
pub(super) fn sound_at(word: &[u8], place: usize) -> (u8, u8, usize) {
    let letter = word[place];
    if letter.is_ascii_lowercase() && ALWAYS_ALONE >> (letter - b'a') & 1 == 1 {
        return (letter_sound(letter), 0, 1);
    }
    let at = |ahead: usize| word.get(place + ahead).copied().unwrap_or(0);
    let (second, third, fourth) = (at(1), at(2), at(3));
    let one = |sound| (sound, 0, 1);
    let two = |sound| (sound, 0, 2);
    match (letter, second, third, fourth) {
        (b't', b's', b'c', b'h') => (CH, 0, 4),
        (b's', b'h', b'c', b'h') => (SH, CH, 4),
        (b's', b'c', b'h', _) => (SH, 0, 3),
        (b't', b'c', b'h', _) => (CH, 0, 3),
        (b'd', b'z', b'h', _) => (J, 0, 3),
        (b's', b'h', ..) => two(SH),
        (b'c', b'h', ..) => two(CH),
        (b'z', b'h', ..) => two(ZH),
        (b'd', b'j', ..) => two(J),
        (b'k', b'h', ..) => two(KH),
        (b'g', b'h', ..) => two(G),
        (b'p', b'h', ..) => two(F),
        (b't', b'h', ..) => two(TH),
        (b'd', b'h', ..) => two(DH),
        (b't', b's' | b'z', ..) => two(TS),
        (b'c' | b'q', b'k' | b'u', ..) if letter == b'q' || second == b'k' => two(K),
        (b'o', b'u' | b'o', ..) => two(U),
        (b'e', b'e', ..) => two(I),
        (b'c', b'e' | b'i' | b'y', ..) => one(S),
        (b'x', ..) => (K, S, 1),
        _ => one(letter_sound(letter)),
    }
}

/// Letters that begin no group of letters, as bits.
const ALWAYS_ALONE: u32 = letters(b"abfhijlmnruvwy");

const fn letters(of: &[u8]) -> u32 {
    let (mut set, mut place) = (0, 0);
    while place < of.len() {
        set |= 1 << (of[place] - b'a');
        place += 1;
    }
    set
}

const fn letter_sound(letter: u8) -> u8 {
    match letter {
        b'a' => A,
        b'b' => B,
        b'c' | b'k' | b'q' => K,
        b'd' => D,
        b'e' => E,
        b'f' => F,
        b'g' => G,
        b'h' => H,
        b'i' | b'y' => I,
        b'j' => J,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'o' => O,
        b'p' => P,
        b'r' => R,
        b's' => S,
        b't' => T,
        b'u' => U,
        b'v' => V,
        b'w' => W,
        b'z' => Z,
        other => FIRST_RAW | (other & 0x7f) | 0x20,
    }
}
