//! One edit of a number whose check is a sum, as a number by which the likeliest come first.

use crate::repair::Slip;

/// An edit that leads to a well-formed number, not yet written out. The likelier is the smaller.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit(u32);

impl Edit {
    /// `to` is the new character; zero where two neighbours change places. Among equals the one
    /// that was found first comes first.
    pub(crate) fn new(
        place: usize,
        to: u8,
        slip: Slip,
        agrees: bool,
        plausible: bool,
        found: usize,
    ) -> Self {
        let low = |number: usize| u32::try_from(number).unwrap_or_default();
        let rank = u32::from(!agrees) << 3 | u32::from(!plausible) << 2 | slip as u32;
        Self(rank << 24 | low(found) << 16 | low(place) << 8 | u32::from(to))
    }

    pub(crate) fn agrees(self) -> bool {
        self.0 >> 27 & 1 == 0
    }

    pub(crate) fn plausible(self) -> bool {
        self.0 >> 26 & 1 == 0
    }

    pub(crate) fn slip(self) -> Slip {
        match self.0 >> 24 & 3 {
            0 => Slip::LookAlike,
            1 => Slip::Neighbour,
            2 => Slip::Transposition,
            _ => Slip::Other,
        }
    }

    pub(crate) fn place(self) -> usize {
        usize::try_from(self.0 >> 8 & 0xff).unwrap_or_default()
    }

    pub(crate) fn to(self) -> u8 {
        u8::try_from(self.0 & 0xff).unwrap_or_default()
    }
}
