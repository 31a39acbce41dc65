//! Check characters as sums: which single change at a place makes the sum right.
//!
//! A number whose check is a weighted sum modulo something has, at each place, at most one
//! character that would make it right. All places are solved at once, each by the same few
//! additions, which the processor does side by side: that is what makes repairs cheap.

use crate::IdentifierKind;
use crate::check::{character_of_base_31, value_in_base_31};

/// A check that is a sum over the places of a number, the check character included.
#[derive(Clone, Copy)]
pub(crate) enum AdditiveCheck {
    /// MOD 11-2 over 18 characters, as GB 11643 has it.
    ResidentId,
    /// MOD 31-3 over 18 characters, as GB 32100 has it.
    CreditCode,
    /// Luhn over this many digits.
    BankCard(usize),
}

/// How many places are solved at once: more than any number has, and as many as an edit can name,
/// so that no place need be compared with the end.
pub(crate) const PLACES: usize = 32;
/// Something about each place.
pub(crate) type Row = [u8; PLACES];

/// The weights of 17 digits and the check character modulo 11.
const WEIGHTS_11: [u8; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
/// The weights of 17 characters and the check character modulo 31: powers of 3.
const WEIGHTS_31: [u8; 18] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1,
];
static SOLUTIONS_11: Solutions<11> = Solutions::of(WEIGHTS_11);
static SOLUTIONS_31: Solutions<31> = Solutions::of(WEIGHTS_31);
/// The most that a character counts at each place: X stands at the end only.
const MOST_OF_RESIDENT: Row = {
    let mut most = [9; PLACES];
    most[17] = 10;
    most
};
/// No value does.
const NEVER: u8 = u8::MAX;

/// What changes a weighted sum by each rest.
struct Solutions<const MODULUS: usize> {
    weights: Row,
    /// By how much the value at each place must grow for the sum to grow by so much.
    growth: [Row; MODULUS],
    /// By how much the value behind each place must exceed the one at it for the sum to grow by so
    /// much when the two change places.
    excess: [Row; MODULUS],
}

impl AdditiveCheck {
    /// The check of a kind over a number of characters, if it is a sum.
    pub(crate) fn of(kind: IdentifierKind, length: usize) -> Option<Self> {
        match (kind, length) {
            (
                IdentifierKind::ResidentId
                | IdentifierKind::ResidencePermit
                | IdentifierKind::PermanentResidentCard,
                18,
            ) => Some(Self::ResidentId),
            (IdentifierKind::CreditCode, 18) => Some(Self::CreditCode),
            (IdentifierKind::BankCard, 12..=19) => Some(Self::BankCard(length)),
            _ => None,
        }
    }

    /// What each character counts, and the places, as bits, of those that do not belong there.
    #[inline]
    fn values(self, characters: &Row, length: usize) -> (Row, u32) {
        let mut values = match self {
            Self::CreditCode => each(|place| value_in_base_31(characters[place]).unwrap_or(NEVER)),
            _ => each(|place| characters[place].wrapping_sub(b'0')),
        };
        if matches!(self, Self::ResidentId) && characters[17] == b'X' {
            values[17] = 10;
        }
        let most = match self {
            Self::CreditCode => [30; PLACES],
            Self::ResidentId => MOST_OF_RESIDENT,
            Self::BankCard(_) => [9; PLACES],
        };
        let foreign = bits(&each(|place| u8::from(values[place] > most[place])));
        let values = each(|place| {
            let stands = values[place] <= most[place];
            if stands { values[place] } else { 0 }
        });
        (values, foreign & !(u32::MAX << length))
    }

    /// The character with a value; zero for none.
    pub(crate) fn character(self, value: u8) -> u8 {
        match (self, value) {
            (Self::CreditCode, _) => character_of_base_31(value.into()).unwrap_or_default(),
            (_, 0..10) => b'0' + value,
            _ => b'X',
        }
    }

    /// The shares of all characters; nothing when more than one does not belong where it stands,
    /// since then no single change helps.
    #[inline]
    pub(crate) fn shares(self, characters: &Row, length: usize) -> Option<Shares> {
        let (values, foreign) = self.values(characters, length);
        if foreign & foreign.wrapping_sub(1) != 0 {
            return None;
        }
        let foreign = usize::try_from(foreign.trailing_zeros()).ok();
        let foreign = foreign.filter(|place| *place < PLACES);
        Some(match self {
            Self::ResidentId => {
                let mut shares = SOLUTIONS_11.shares(self, values, 1);
                // X stands at the end only.
                shares.swaps &= !(u32::from(values[17] == 10) << 16);
                Shares { foreign, ..shares }
            }
            Self::CreditCode => Shares {
                foreign,
                ..SOLUTIONS_31.shares(self, values, 0)
            },
            Self::BankCard(length) => Shares {
                foreign,
                ..luhn_shares(values, length)
            },
        })
    }
}

/// What the characters of one number count, and what would make their sum right.
pub(crate) struct Shares {
    pub(crate) check: AdditiveCheck,
    /// What each character counts; nothing for one that does not belong where it stands.
    pub(crate) values: Row,
    /// The value that makes the sum right when it stands at a place.
    pub(crate) right: Row,
    /// The places, as bits, whose character makes the sum right by changing places with the next.
    pub(crate) swaps: u32,
    /// By how much the sum must grow to be right.
    missing: u8,
    /// The one place, if any, whose character cannot stand there.
    pub(crate) foreign: Option<usize>,
}

impl Shares {
    /// The character that makes the sum right when it stands at a place.
    pub(crate) fn right_at(&self, place: usize) -> Option<u8> {
        match (self.check, *self.right.get(place)?) {
            (AdditiveCheck::ResidentId, 10) if place != 17 => None,
            (check, value) => Some(check.character(value)),
        }
    }

    /// Whether the sum is right as it is.
    pub(crate) fn is_right(&self) -> bool {
        self.missing == 0
    }

    /// Whether the sum is right when the characters at a place and behind it change places.
    pub(crate) fn is_right_swapped(&self, place: usize) -> bool {
        self.foreign.is_none() && self.swaps >> place & 1 != 0
    }
}

impl<const MODULUS: usize> Solutions<MODULUS> {
    /// What values lack whose weighted sum is to leave a rest.
    #[inline]
    fn shares(&self, check: AdditiveCheck, values: Row, rest: usize) -> Shares {
        let products = values.iter().zip(self.weights);
        let sum: u16 = products
            .map(|(value, weight)| u16::from(*value) * u16::from(weight))
            .sum();
        let missing = (MODULUS + rest - usize::from(sum) % MODULUS) % MODULUS;
        let modulus = narrow(MODULUS);
        let (growth, excess) = (&self.growth[missing], &self.excess[missing]);
        let right = each(|place| wrapped(values[place] + growth[place], modulus));
        let behind = behind(&values);
        let swaps = bits(&each(|place| {
            let exceeds = wrapped(behind[place] + modulus - values[place], modulus);
            u8::from(exceeds == excess[place])
        }));
        Shares {
            check,
            values,
            right,
            swaps,
            missing: narrow(missing),
            foreign: None,
        }
    }

    const fn of(weights: [u8; 18]) -> Self {
        let mut solutions = Self {
            weights: [0; PLACES],
            growth: [[0; PLACES]; MODULUS],
            excess: [[NEVER; PLACES]; MODULUS],
        };
        let mut place = 0;
        while place < weights.len() {
            let weight = weights[place] as usize;
            solutions.weights[place] = weights[place];
            let mut by = 0;
            while by < MODULUS {
                solutions.growth[by * weight % MODULUS][place] = narrow(by);
                if place + 1 < weights.len() && weights[place] != weights[place + 1] {
                    let fall = weight + MODULUS - weights[place + 1] as usize;
                    solutions.excess[by * fall % MODULUS][place] = narrow(by);
                }
                by += 1;
            }
            place += 1;
        }
        solutions
    }
}

/// For numbers of even and of odd length, the places that Luhn doubles.
const DOUBLED: [[bool; PLACES]; 2] = [every_other(0), every_other(1)];

const fn every_other(first: usize) -> [bool; PLACES] {
    let mut every_other = [false; PLACES];
    let mut place = first;
    while place < PLACES {
        every_other[place] = true;
        place += 2;
    }
    every_other
}

/// What the digits of a card lack. A place that is doubled counts the sum of the digits of the
/// double.
#[inline]
fn luhn_shares(values: Row, length: usize) -> Shares {
    let is_doubled = &DOUBLED[length % 2];
    // What doubling adds to a digit, modulo 10.
    let gained = each(|place| wrapped(values[place] + u8::from(values[place] > 4), 10));
    let share = |place: usize| {
        let gain = if is_doubled[place] { gained[place] } else { 0 };
        wrapped(values[place] + gain, 10)
    };
    let shares = each(share);
    let sum: u16 = shares.iter().copied().map(u16::from).sum();
    let missing = narrow(usize::from((10 - sum % 10) % 10));
    let right = each(|place| {
        let share = wrapped(shares[place] + missing, 10);
        // The digit whose double has this sum of digits.
        let halved = (share >> 1) + (share & 1) * 5;
        if is_doubled[place] { halved } else { share }
    });
    let gained_behind = behind(&gained);
    let swaps = bits(&each(|place| {
        let (gain, behind) = (gained[place], gained_behind[place]);
        let grown = if is_doubled[place] {
            behind + 10 - gain
        } else {
            gain + 10 - behind
        };
        u8::from(wrapped(grown, 10) == missing)
    }));
    Shares {
        check: AdditiveCheck::BankCard(length),
        values,
        right,
        swaps: swaps & !(u32::MAX << length.saturating_sub(1)),
        missing,
        foreign: None,
    }
}

/// Something about each place. A plain loop is what the compiler makes side by side.
#[inline]
pub(crate) fn each(tell: impl Fn(usize) -> u8) -> Row {
    let mut row = [0; PLACES];
    for (place, told) in row.iter_mut().enumerate() {
        *told = tell(place);
    }
    row
}

/// What stands behind each place.
#[inline]
fn behind(row: &Row) -> Row {
    let mut behind = [0; PLACES];
    behind[..PLACES - 1].copy_from_slice(&row[1..]);
    behind
}

/// The places of ones among zeros, as bits.
#[inline]
pub(crate) fn bits(ones: &Row) -> u32 {
    // The product puts the lowest bits of eight bytes side by side.
    const SIDE_BY_SIDE: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = ones.as_chunks::<8>();
    let bytes = eights.iter().map(|ones| {
        let bits = u64::from_le_bytes(*ones).wrapping_mul(SIDE_BY_SIDE) >> 56;
        // Eight bits are left.
        u32::try_from(bits).unwrap_or_default()
    });
    bytes.rev().fold(0, |bits, byte| bits << 8 | byte)
}

/// A sum of two rests as a rest.
fn wrapped(sum: u8, modulus: u8) -> u8 {
    // Below zero is far above any rest.
    sum.min(sum.wrapping_sub(modulus))
}

#[expect(clippy::cast_possible_truncation, reason = "a rest is less than 31")]
const fn narrow(rest: usize) -> u8 {
    rest as u8
}
