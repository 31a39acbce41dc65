//! How alike two words are: letters that transliterations and fingers exchange cost less.

/// Longer words are alike only if they are equal.
const LONGEST: usize = 32;

/// Words that are less alike are two words.
const LEAST: f64 = 0.74;

/// From 0 (two words) to 1 (the same).
pub(super) fn likeness(left: &str, right: &str) -> f64 {
    if left == right {
        return 1.0;
    }
    let (left, right) = if (left.len(), left) <= (right.len(), right) {
        (left, right)
    } else {
        (right, left)
    };
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() < 4 || right.len() > LONGEST || 3 * (right.len() - left.len()) > right.len() {
        return 0.0;
    }
    if !left.is_ascii() || !right.is_ascii() || far_apart(left, right) {
        return 0.0;
    }
    let least = if left.len() == 4 { 0.8 } else { LEAST };
    let most = f64::from(ONE) * length(right) * (1.0 - least);
    let Some(cost) = cost(left, right).filter(|cost| f64::from(*cost) <= most) else {
        return 0.0;
    };
    1.0 - f64::from(cost) / (f64::from(ONE) * length(right))
}

/// Groups of sounds that only one of two words has, at most, if they are to be alike.
pub(super) const MOST_DIFFERENT: u32 = 3;

/// The groups of sounds that a word has, as bits.
pub(super) fn sounds(word: &[u8]) -> u16 {
    word.iter().fold(0, |all, letter| all | sound(*letter))
}

/// Whether two words may begin with the same sound.
pub(super) fn begin_alike(left: &str, right: &str) -> bool {
    match (left.bytes().next(), right.bytes().next()) {
        (Some(one), Some(other)) => one == other || sound(one) == sound(other),
        _ => false,
    }
}

const ONE: u16 = 20;

/// Whether two words have too few sounds in common to be alike: most pairs of words end here.
fn far_apart(left: &[u8], right: &[u8]) -> bool {
    let different = (sounds(left) ^ sounds(right)).count_ones();
    let first = |word: &[u8]| word.first().map_or(0, |letter| sound(*letter));
    let (one, other) = (first(left), first(right));
    let begins_otherwise = one != other && one != 0 && other != 0;
    different > if right.len() < 8 { 2 } else { MOST_DIFFERENT }
        || begins_otherwise && different > 1
}

/// The group of sounds that a letter belongs to, as one bit; none for vowels and letters that come and go.
fn sound(letter: u8) -> u16 {
    match letter {
        b'b' | b'p' => 1,
        b'k' | b'q' | b'g' | b'x' => 2,
        b'd' | b't' => 4,
        b'f' | b'v' => 8,
        b'l' | b'r' => 16,
        b'm' | b'n' => 32,
        b's' | b'z' => 64,
        b'0'..=b'9' => 128,
        _ => 0,
    }
}

#[expect(clippy::cast_precision_loss, reason = "words have few letters")]
fn length(word: &[u8]) -> f64 {
    word.len() as f64
}

/// The cheapest way from one word to the other, with neighbours swapped as one step; none if it costs too much.
fn cost(left: &[u8], right: &[u8]) -> Option<u16> {
    let most = u16::try_from(right.len()).ok()? * ONE * 13 / 50;
    let mut before = [0_u16; LONGEST + 1];
    let mut last = [0_u16; LONGEST + 1];
    for (place, letter) in right.iter().enumerate() {
        last[place + 1] =
            last[place] + alone(*letter, place.checked_sub(1).map(|place| right[place]));
    }
    for (row, &one) in left.iter().enumerate() {
        let previous = row.checked_sub(1).map(|row| left[row]);
        let drop = alone(one, previous);
        let mut next = [0_u16; LONGEST + 1];
        next[0] = last[0] + drop;
        for (column, &other) in right.iter().enumerate() {
            let beside = column.checked_sub(1).map(|column| right[column]);
            let mut best = last[column] + exchanged(one, other);
            best = best.min(last[column + 1] + drop);
            best = best.min(next[column] + alone(other, beside));
            if previous == Some(other) && beside == Some(one) && one != other {
                best = best.min(before[column - 1] + 14);
            }
            next[column + 1] = best;
        }
        if next[..=right.len()]
            .iter()
            .min()
            .is_some_and(|least| *least > most)
        {
            return None;
        }
        before = last;
        last = next;
    }
    Some(last[right.len()])
}

/// What a letter costs that only one has: doubled letters, silent ones and vowels little.
fn alone(letter: u8, before: Option<u8>) -> u16 {
    match letter {
        _ if before == Some(letter) => 5,
        b'h' => 8,
        b'y' | b'w' => 10,
        b'a' | b'e' | b'i' | b'o' | b'u' => 12,
        _ => ONE,
    }
}

fn exchanged(one: u8, other: u8) -> u16 {
    if one == other {
        return 0;
    }
    let row = |letter: u8| usize::from(letter.wrapping_sub(b'a'));
    match EXCHANGED
        .get(row(one))
        .and_then(|costs| costs.get(row(other)))
    {
        Some(cost) => u16::from(*cost),
        None => 20,
    }
}

/// Letters that transliterations exchange, vowels, and letters of near sounds, each with the letters that may stand for it.
const OFTEN: [&[u8]; 10] = [
    b"uv", b"iy", b"jy", b"ij", b"vw", b"kq", b"ck", b"sz", b"cs", b"uw",
];
const VOWELS: [&[u8]; 12] = [
    b"ae", b"ai", b"ao", b"au", b"ei", b"eo", b"eu", b"io", b"iu", b"ou", b"ey", b"ay",
];
const NEAR: [&[u8]; 17] = [
    b"dt", b"bp", b"gk", b"fv", b"bv", b"mn", b"jz", b"gj", b"fp", b"cq", b"kx", b"sx", b"lr",
    b"gq", b"cz", b"ej", b"hk",
];

/// What it costs that one letter stands for another, `a` to `z`.
static EXCHANGED: [[u8; 26]; 26] = {
    let mut costs = [[20; 26]; 26];
    set(&mut costs, &NEAR, 12);
    set(&mut costs, &VOWELS, 10);
    set(&mut costs, &OFTEN, 6);
    costs
};

const fn set(costs: &mut [[u8; 26]; 26], pairs: &[&[u8]], cost: u8) {
    let mut place = 0;
    while place < pairs.len() {
        let one = (pairs[place][0] - b'a') as usize;
        let other = (pairs[place][1] - b'a') as usize;
        costs[one][other] = cost;
        costs[other][one] = cost;
        place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_and_slips_are_near_and_other_words_far() {
        for (left, right) in [
            ("khozestan", "khuzestan"),
            ("gazprom", "gasprom"),
            ("qasiun", "qasiyun"),
            ("toyota", "tayota"),
            ("walmart", "wallmart"),
            ("technoprom", "tekhnoprom"),
        ] {
            assert!(likeness(left, right) > 0.8, "{left} {right}");
        }
        for (left, right) in [
            ("ethiopia", "estonia"),
            ("siemens", "volks"),
            ("abc", "abd"),
            ("puccini", "pudney"),
            ("missiles", "kittens"),
        ] {
            assert!(likeness(left, right) < 0.01, "{left} {right}");
        }
    }

    proptest::proptest! {
        #[test]
        fn likeness_is_symmetric_and_bounded(left in "[a-z]{0,12}", right in "[a-z]{0,12}", any in ".{0,40}") {
            for other in [&right, &any] {
                let found = likeness(&left, other);
                proptest::prop_assert!((0.0..=1.0).contains(&found));
                proptest::prop_assert!((found - likeness(other, &left)).abs() < 1e-12);
            }
        }
    }
}
