//! Check characters as sums: which single change at a place makes the sum right.
//!
//! A number whose check is a weighted sum modulo something has, at each place, at most one
//! character that would make it right. Solving for it instead of trying all makes repairs cheap.

use crate::IdentifierKind;

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

/// The weights of 17 digits and the check character modulo 11.
const WEIGHTS_11: [u8; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
/// The weights of 17 characters and the check character modulo 31: powers of 3.
const WEIGHTS_31: [u8; 18] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1,
];
const DOUBLED: [u8; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
const HALVED: [u8; 10] = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
/// What doubling adds to a digit, modulo 10.
const GAINED: [u8; 10] = [0, 1, 2, 3, 4, 6, 7, 8, 9, 0];

/// By how much the value at a place must grow for the sum to grow by so much.
const GROWTH_11: [[u8; 11]; 18] = growth(WEIGHTS_11);
const GROWTH_31: [[u8; 31]; 18] = growth(WEIGHTS_31);
/// By how much the value behind a place must exceed the one at it for the sum to grow by so much
/// when the two change places.
const EXCESS_11: [[u8; 11]; 18] = growth(falls(WEIGHTS_11, 11));
const EXCESS_31: [[u8; 31]; 18] = growth(falls(WEIGHTS_31, 31));
/// No value does.
const NEVER: u8 = u8::MAX;

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

    /// A sum by its modulus, which stands here as a constant, so that nothing is divided.
    fn reduced(self, sum: u16) -> u8 {
        let rest = match self {
            Self::ResidentId => sum % 11,
            Self::CreditCode => sum % 31,
            Self::BankCard(_) => sum % 10,
        };
        // A rest is less than 31.
        u8::try_from(rest).unwrap_or_default()
    }

    /// By how much a sum must grow to be right.
    fn missing(self, sum: u16) -> u8 {
        match (self, self.reduced(sum)) {
            (Self::ResidentId, sum) => (12 - sum) % 11,
            (Self::CreditCode, sum) => (31 - sum) % 31,
            (Self::BankCard(_), sum) => (10 - sum) % 10,
        }
    }

    /// Whether Luhn doubles the digit at a place.
    fn is_doubled(length: usize, place: usize) -> bool {
        (length - place).is_multiple_of(2)
    }

    /// What a character counts at a place; nothing when it does not belong there.
    fn value(self, place: usize, character: u8) -> Option<u8> {
        match (self, character) {
            (Self::CreditCode, _) => crate::check::value_in_base_31(character),
            (_, b'0'..=b'9') => Some(character - b'0'),
            (Self::ResidentId, b'X') if place == 17 => Some(10),
            _ => None,
        }
    }

    /// What a value adds to the sum at a place.
    fn share(self, place: usize, value: u8) -> Option<u16> {
        Some(match self {
            Self::ResidentId => u16::from(value) * u16::from(*WEIGHTS_11.get(place)?),
            Self::CreditCode => u16::from(value) * u16::from(*WEIGHTS_31.get(place)?),
            Self::BankCard(length) if Self::is_doubled(length, place) => {
                u16::from(*DOUBLED.get(usize::from(value))?)
            }
            Self::BankCard(_) => u16::from(value),
        })
    }

    /// The shares of all characters; nothing when more than one does not belong where it stands,
    /// since then no single change helps.
    pub(crate) fn shares(self, characters: &[u8]) -> Option<Shares> {
        let mut shares = Shares {
            check: self,
            values: [0; 19],
            missing: 0,
            foreign: None,
        };
        let mut sum = 0;
        for (place, &character) in characters.iter().enumerate() {
            match self.value(place, character) {
                Some(value) => {
                    *shares.values.get_mut(place)? = value;
                    sum += self.share(place, value)?;
                }
                None if shares.foreign.is_some() => return None,
                None => shares.foreign = Some(place),
            }
        }
        shares.missing = self.missing(sum);
        Some(shares)
    }
}

/// What the characters of one number count, and what their sum lacks.
pub(crate) struct Shares {
    check: AdditiveCheck,
    /// What each character counts; nothing for one that does not belong where it stands.
    values: [u8; 19],
    /// By how much the sum must grow to be right.
    missing: u8,
    /// The one place, if any, whose character cannot stand there.
    pub(crate) foreign: Option<usize>,
}

impl Shares {
    /// The character that makes the sum right when it stands at a place.
    pub(crate) fn right_at(&self, place: usize) -> Option<u8> {
        let (value, missing) = (*self.values.get(place)?, usize::from(self.missing));
        match self.check {
            AdditiveCheck::ResidentId => {
                match wrapped(value + GROWTH_11.get(place)?.get(missing)?, 11) {
                    10 if place == 17 => Some(b'X'),
                    10 => None,
                    value => Some(b'0' + value),
                }
            }
            AdditiveCheck::CreditCode => {
                let value = wrapped(value + GROWTH_31.get(place)?.get(missing)?, 31);
                crate::check::character_of_base_31(value.into())
            }
            AdditiveCheck::BankCard(length) if AdditiveCheck::is_doubled(length, place) => {
                let share = wrapped(DOUBLED.get(usize::from(value))? + self.missing, 10);
                Some(b'0' + HALVED.get(usize::from(share))?)
            }
            AdditiveCheck::BankCard(_) => Some(b'0' + wrapped(value + self.missing, 10)),
        }
    }

    /// Whether the sum is right as it is.
    pub(crate) fn is_right(&self) -> bool {
        self.missing == 0
    }

    /// Whether the sum is right when the characters at a place and behind it change places.
    pub(crate) fn is_right_swapped(&self, place: usize) -> bool {
        let missing = usize::from(self.missing);
        let right = || {
            let (first, second) = (*self.values.get(place)?, *self.values.get(place + 1)?);
            Some(match self.check {
                // X stands at the end only.
                AdditiveCheck::ResidentId if second == 10 => false,
                AdditiveCheck::ResidentId => {
                    wrapped(second + 11 - first, 11) == *EXCESS_11.get(place)?.get(missing)?
                }
                AdditiveCheck::CreditCode => {
                    wrapped(second + 31 - first, 31) == *EXCESS_31.get(place)?.get(missing)?
                }
                AdditiveCheck::BankCard(length) => {
                    let first = GAINED.get(usize::from(first))?;
                    let second = GAINED.get(usize::from(second))?;
                    let grown = if AdditiveCheck::is_doubled(length, place) {
                        second + 10 - first
                    } else {
                        first + 10 - second
                    };
                    wrapped(grown, 10) == self.missing
                }
            })
        };
        self.foreign.is_none() && right().unwrap_or(false)
    }
}

/// A sum of two rests as a rest.
fn wrapped(sum: u8, modulus: u8) -> u8 {
    if sum < modulus { sum } else { sum - modulus }
}

/// For each place and each rest that a sum shall grow by, what its value must grow by.
const fn growth<const MODULUS: usize>(weights: [u8; 18]) -> [[u8; MODULUS]; 18] {
    let mut growth = [[NEVER; MODULUS]; 18];
    let mut place = 0;
    while place < weights.len() {
        let mut by = 0;
        while by < MODULUS {
            let grown = by * weights[place] as usize % MODULUS;
            // A weight of zero moves nothing.
            if weights[place] != 0 {
                growth[place][grown] = narrow(by);
            }
            by += 1;
        }
        place += 1;
    }
    growth
}

/// By how much each weight exceeds the next.
const fn falls(weights: [u8; 18], modulus: u8) -> [u8; 18] {
    let mut falls = [0; 18];
    let mut place = 0;
    while place + 1 < weights.len() {
        falls[place] = (weights[place] + modulus - weights[place + 1]) % modulus;
        place += 1;
    }
    falls
}

#[expect(clippy::cast_possible_truncation, reason = "a rest is less than 31")]
const fn narrow(rest: usize) -> u8 {
    rest as u8
}
