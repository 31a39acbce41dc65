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

/// What weights are multiplied with to become 1.
const INVERSES_11: [u8; 18] = inverses(WEIGHTS_11, 11);
const INVERSES_31: [u8; 18] = inverses(WEIGHTS_31, 31);

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

    fn modulus(self) -> u8 {
        match self {
            Self::ResidentId => 11,
            Self::CreditCode => 31,
            Self::BankCard(_) => 10,
        }
    }

    /// What the sum has to be.
    fn target(self) -> u8 {
        match self {
            Self::ResidentId => 1,
            Self::CreditCode | Self::BankCard(_) => 0,
        }
    }

    /// What a character adds to the sum at a place; nothing when it does not belong there.
    fn share(self, place: usize, character: u8) -> Option<u8> {
        match self {
            Self::ResidentId => {
                let value = match character {
                    b'0'..=b'9' => character - b'0',
                    b'X' if place == 17 => 10,
                    _ => return None,
                };
                Some(value * WEIGHTS_11.get(place)? % 11)
            }
            Self::CreditCode => {
                let value = u16::from(crate::check::value_in_base_31(character)?);
                u8::try_from(value * u16::from(*WEIGHTS_31.get(place)?) % 31).ok()
            }
            Self::BankCard(length) => {
                let value = character.is_ascii_digit().then(|| character - b'0')?;
                if (length - place).is_multiple_of(2) {
                    DOUBLED.get(usize::from(value)).copied()
                } else {
                    Some(value)
                }
            }
        }
    }

    /// The character that adds a share at a place.
    fn solve(self, place: usize, share: u8) -> Option<u8> {
        match self {
            Self::ResidentId => match share * INVERSES_11.get(place)? % 11 {
                10 if place == 17 => Some(b'X'),
                10 => None,
                value => Some(b'0' + value),
            },
            Self::CreditCode => {
                let value = u16::from(share) * u16::from(*INVERSES_31.get(place)?) % 31;
                crate::check::character_of_base_31(value)
            }
            Self::BankCard(length) => {
                let value = if (length - place).is_multiple_of(2) {
                    HALVED.get(usize::from(share)).copied()?
                } else {
                    share
                };
                Some(b'0' + value)
            }
        }
    }

    /// The shares of all characters; nothing when more than one does not belong where it stands,
    /// since then no single change helps.
    pub(crate) fn shares(self, characters: &[u8]) -> Option<Shares> {
        let mut shares = Shares {
            check: self,
            of_places: [0; 19],
            sum: 0,
            foreign: None,
        };
        for (place, &character) in characters.iter().enumerate() {
            match self.share(place, character) {
                Some(share) => {
                    *shares.of_places.get_mut(place)? = share;
                    shares.sum = (shares.sum + share) % self.modulus();
                }
                None if shares.foreign.is_some() => return None,
                None => shares.foreign = Some(place),
            }
        }
        Some(shares)
    }
}

/// What each character of one number adds to its sum.
pub(crate) struct Shares {
    check: AdditiveCheck,
    of_places: [u8; 19],
    sum: u8,
    /// The one place, if any, whose character cannot stand there.
    pub(crate) foreign: Option<usize>,
}

impl Shares {
    /// The character that makes the sum right when it stands at a place.
    pub(crate) fn right_at(&self, place: usize) -> Option<u8> {
        let modulus = self.check.modulus();
        let others = self.sum + modulus - self.of_places.get(place)?;
        let missing = (self.check.target() + 2 * modulus - others % modulus) % modulus;
        self.check.solve(place, missing)
    }

    /// Whether the sum is right as it is.
    pub(crate) fn is_right(&self) -> bool {
        self.sum == self.check.target()
    }

    /// Whether the sum is right when two neighbours change places.
    pub(crate) fn is_right_swapped(&self, place: usize, first: u8, second: u8) -> bool {
        let swapped = || {
            let shares = self.check.share(place, second)? + self.check.share(place + 1, first)?;
            let before = self.of_places.get(place)? + self.of_places.get(place + 1)?;
            let modulus = self.check.modulus();
            Some((self.sum + 2 * modulus + shares - before) % modulus == self.check.target())
        };
        self.foreign.is_none() && swapped().unwrap_or(false)
    }
}

const fn inverses(weights: [u8; 18], modulus: u8) -> [u8; 18] {
    let mut inverses = [0; 18];
    let mut place = 0;
    while place < weights.len() {
        let mut inverse = 1;
        while (inverse as u16 * weights[place] as u16) % modulus as u16 != 1 {
            inverse += 1;
        }
        inverses[place] = inverse;
        place += 1;
    }
    inverses
}
