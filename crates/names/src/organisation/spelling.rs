//! How alike two words are: letters that transliterations and fingers exchange cost less.

/// Longer words are alike only if they are equal.
const LONGEST: usize = 32;

/// Ten letters of words that are alike differ by so much at most; a letter of words of four by less than that.
const MOST: u16 = 52;
const MOST_OF_FOUR: u16 = 4;

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
    let length = u16::try_from(right.len()).unwrap_or(u16::MAX);
    let most = if left.len() == 4 {
        length * MOST_OF_FOUR - 1
    } else {
        length * MOST / 10
    };
    let cost = cost(left, right, most);
    cost.map_or(0.0, |cost| {
        1.0 - f64::from(cost) / (f64::from(ONE) * f64::from(length))
    })
}

/// Groups of sounds that only one of two words has, at most, if they are to be alike.
const MOST_DIFFERENT: u32 = 3;

/// The groups of sounds that a word has, as bits.
fn sounds(word: &[u8]) -> u16 {
    word.iter().fold(0, |all, letter| all | sound(*letter))
}

/// The letters of a word as bits, and those that often or sometimes stand for one of them: enough to see that two words
/// cannot be alike, which most pairs of words are not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LetterSet {
    own: u32,
    often: u32,
    near: u32,
    length: u32,
}

impl LetterSet {
    pub fn of(word: &str) -> Self {
        let mut set = Self {
            length: u32::try_from(word.len()).unwrap_or(u32::MAX),
            ..Self::default()
        };
        for letter in word.bytes() {
            let place = usize::from(letter.wrapping_sub(b'a')).min(26);
            set.own |= 1 << place;
            set.often |= MAY_STAND_FOR[place].0;
            set.near |= MAY_STAND_FOR[place].1;
        }
        set
    }

    /// The set of both words written as one.
    pub fn joined(self, next: Self) -> Self {
        Self {
            own: self.own | next.own,
            often: self.often | next.often,
            near: self.near | next.near,
            length: self.length.saturating_add(next.length),
        }
    }

    /// Whether [`likeness`] is 0, seen without comparing letter by letter.
    pub fn is_unlike(&self, other: &Self) -> bool {
        let (short, long) = if self.length <= other.length {
            (self, other)
        } else {
            (other, self)
        };
        let more = long.length - short.length;
        if short.length < 4 || 3 * more > long.length {
            return true;
        }
        // Letters that only the longer has may be what it is longer by.
        let least = (short.least_without(long) + 5 * more).max(long.least_without(short));
        5 * least > 26 * long.length
    }

    /// At least so much the letters cost that the other word lacks: each is left out or stands for another.
    fn least_without(&self, other: &Self) -> u32 {
        let lacking = self.own & !other.own;
        let often = lacking & other.often;
        let rest = lacking & !often;
        let (silent, vowels) = (rest & SILENT, rest & !SILENT & VOWEL);
        let near = rest & !SILENT & !VOWEL & other.near;
        let far = rest & !SILENT & !VOWEL & !other.near;
        6 * often.count_ones()
            + 8 * silent.count_ones()
            + 10 * vowels.count_ones()
            + 12 * near.count_ones()
            + 20 * far.count_ones()
    }
}

/// `h`, which comes and goes.
const SILENT: u32 = 1 << 7;

/// `a`, `e`, `i`, `o`, `u`, and `w` and `y`, which are left out as easily.
const VOWEL: u32 = 1 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 22 | 1 << 24;

/// For each letter those that often stand for it, and those that may.
static MAY_STAND_FOR: [(u32, u32); 27] = {
    let mut sets = [(0, 0); 27];
    let mut one = 0;
    while one < 26 {
        let mut other = 0;
        while other < 26 {
            match EXCHANGED[one][other] {
                0..=6 => sets[one].0 |= 1 << other,
                7..=12 => sets[one].1 |= 1 << other,
                _ => {}
            }
            other += 1;
        }
        one += 1;
    }
    sets
};

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

/// More than anything costs.
const TOO_MUCH: u16 = 10_000;

/// The cheapest way from one word to the other, with neighbours swapped as one step; none if it costs more than `most`.
///
/// Of each row only the stretch is reckoned that costs no more so far: a few columns, and soon none for two words.
fn cost(left: &[u8], right: &[u8], most: u16) -> Option<u16> {
    let mut added = [0_u16; LONGEST];
    let mut before = [TOO_MUCH; LONGEST + 1];
    let mut last = before;
    last[0] = 0;
    // The columns of the last row and the one before it that cost no more than `most`: the first, and behind the last.
    let (mut reach, mut reach_before) = ((0, 1), (LONGEST, 0));
    let mut previous = None;
    for (column, &letter) in right.iter().enumerate() {
        added[column] = alone(letter, previous);
        last[column + 1] = last[column] + added[column];
        previous = Some(letter);
        if last[column + 1] <= most {
            reach.1 = column + 2;
        }
    }
    previous = None;
    for &one in left {
        let drop = alone(one, previous);
        let mut next = [TOO_MUCH; LONGEST + 1];
        let mut found = (LONGEST, 0);
        let from = reach.0.min(reach_before.0 + 2);
        for column in from..=right.len() {
            let mut best = last[column] + drop;
            if let Some(place) = column.checked_sub(1) {
                let other = right[place];
                best = best.min(last[place] + exchanged(one, other));
                best = best.min(next[place] + added[place]);
                let beside = place.checked_sub(1);
                if previous == Some(other)
                    && one != other
                    && let Some(beside) = beside.filter(|beside| right[*beside] == one)
                {
                    best = best.min(before[beside] + 14);
                }
            }
            next[column] = best;
            if best <= most {
                found = (found.0.min(column), column + 1);
            } else if column > reach.1.max(reach_before.1 + 1) {
                break;
            }
        }
        if found.1 == 0 && reach.1 == 0 {
            return None;
        }
        (reach_before, reach) = (reach, found);
        (before, last) = (last, next);
        previous = Some(one);
    }
    Some(last[right.len()]).filter(|cost| *cost <= most)
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
        fn what_the_sets_of_letters_rule_out_is_unlike(
            left in "[a-y]{4,10}", place in 0_usize..10, letter in "[a-y]{1,2}", cut in 0_usize..3,
        ) {
            let place = place.min(left.len());
            let right = format!("{}{letter}{}", &left[..place], &left[(place + cut).min(left.len())..]);
            let unlike = LetterSet::of(&left).is_unlike(&LetterSet::of(&right));
            proptest::prop_assert!(!unlike || likeness(&left, &right) < 1e-9, "{} {}", left, right);
        }

        #[test]
        fn likeness_is_symmetric_and_bounded(left in "[a-z]{0,12}", right in "[a-z]{0,12}", any in ".{0,40}") {
            for other in [&right, &any] {
                let found = likeness(&left, other);
                proptest::prop_assert!((0.0..=1.0).contains(&found));
                proptest::prop_assert!((found - likeness(other, &left)).abs() < 1e-12);
                proptest::prop_assert!(found < 1e-9 || *other == left || !LetterSet::of(&left).is_unlike(&LetterSet::of(other)));
            }
        }
    }
}
