//! How well two values agree, in as few cases as learning can fill.

use serde::{Deserialize, Serialize};

/// How far two values of a field agree, best first. What each means for a kind stands with the kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Agreement {
    /// Nothing in common.
    Different = 0,
    /// The same after normalisation.
    Same = 1,
    /// The same but for a slip, another script or another way to write it.
    Slip = 2,
    /// The same but for two slips or a known kind of change.
    Change = 3,
    /// One is the other with something left out.
    Part = 4,
    /// One is nearly a part of the other.
    NearPart = 5,
    /// Something in common and something against it.
    Some = 6,
    /// Little in common.
    Little = 7,
}

impl Agreement {
    /// All, by number.
    pub const ALL: [Self; 8] = [
        Self::Different,
        Self::Same,
        Self::Slip,
        Self::Change,
        Self::Part,
        Self::NearPart,
        Self::Some,
        Self::Little,
    ];

    /// The word for it in a model file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Same => "same",
            Self::Slip => "slip",
            Self::Change => "change",
            Self::Part => "part",
            Self::NearPart => "near-part",
            Self::Some => "some",
            Self::Little => "little",
        }
    }

    /// What a person reads in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Same => "the same",
            Self::Slip => "one slip, or written otherwise",
            Self::Change => "two slips, or a usual change",
            Self::Part => "one is a part of the other",
            Self::NearPart => "one is nearly a part of the other",
            Self::Some => "partly the same",
            Self::Little => "little in common",
        }
    }

    /// What a person reads in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Different => "不同",
            Self::Same => "相同",
            Self::Slip => "一处笔误或另一种写法",
            Self::Change => "两处笔误或常见改动",
            Self::Part => "一方是另一方的一部分",
            Self::NearPart => "近似一部分",
            Self::Some => "部分相同",
            Self::Little => "略有相同",
        }
    }
}

/// An agreement and how rare it is what agrees: 0 for what every fourth has, 7 for one in 16,384 and rarer.
///
/// Learning counts levels; a rare surname that agrees says more than a frequent one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Level(u8);

impl Level {
    /// A value is missing on one side; it speaks neither for nor against.
    pub const MISSING: Self = Self(u8::MAX);
    /// How many levels there are besides `MISSING`.
    pub const COUNT: usize = 64;

    pub(crate) fn new(agreement: Agreement, rarity: u8) -> Self {
        Self((agreement as u8) << 3 | rarity.min(7))
    }

    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    pub(crate) fn byte(self) -> u8 {
        self.0
    }

    pub(crate) fn of_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// Whether both sides have a value.
    #[inline]
    pub fn is_known(self) -> bool {
        self != Self::MISSING
    }

    /// Whether both sides mean the same, to the letter or nearly.
    #[inline]
    pub fn agrees(self) -> bool {
        matches!(self.0 >> 3, 1..=3)
    }

    /// The higher the better two values agree, and the rarer what agrees.
    pub(crate) fn standing(self) -> (u8, u8) {
        let agreement = match self.0 >> 3 {
            0 => 0,
            agreement => 8 - agreement,
        };
        (agreement, self.0 & 7)
    }

    /// How far the values agree; of a missing one nothing is said.
    pub fn agreement(self) -> Option<Agreement> {
        self.is_known()
            .then(|| Agreement::ALL[usize::from(self.0 >> 3)])
    }
}

/// The rarity of something that one in so many bits has.
pub(crate) fn rarity(bits: f32) -> u8 {
    // Saturates, so nothing gets lost.
    ((bits * 0.5).max(0.0) as u8).min(7)
}
