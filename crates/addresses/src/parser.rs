//! The state of one parse: characters, pieces found so far, and where the address lies as far as is known.

use crate::address::{Address, PARTS, PIECES, Part, Piece};
use crate::characters::Characters;
use crate::forms::{List, Matches, matches};
use crate::located::Located;

/// A piece in characters.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub part: Part,
    /// What it was before something was said again.
    pub was: Part,
    from: u16,
    to: u16,
}

impl Found {
    /// Its first character.
    pub fn from(self) -> usize {
        usize::from(self.from)
    }

    /// The character behind its last.
    pub fn to(self) -> usize {
        usize::from(self.to)
    }
}

/// The parse of one text.
pub(crate) struct Parser {
    pub characters: Characters,
    pub found: [Found; PIECES],
    pub count: usize,
    /// Bit set of the parts found.
    have: u32,
    pub located: Located,
    /// The year whose divisions are meant; none: the present.
    pub year: Option<u16>,
}

impl Parser {
    /// The parse of no text yet.
    #[inline]
    pub fn new(year: Option<u16>) -> Self {
        let nothing = Found {
            part: Part::Province,
            was: Part::Province,
            from: 0,
            to: 0,
        };
        Self {
            characters: Characters::none(),
            found: [nothing; PIECES],
            count: 0,
            have: 0,
            located: Located::nowhere(),
            year,
        }
    }

    /// Whether a part was found.
    pub fn has(&self, part: Part) -> bool {
        self.have & (1 << part as u32) != 0
    }

    /// The last piece found.
    pub fn last(&self) -> Option<Found> {
        let place = self.count.checked_sub(1)?;
        self.found.get(place).copied()
    }

    /// What the last piece is, hints left out.
    pub fn last_part(&self) -> Option<Part> {
        let found = self.found.get(..self.count)?;
        let told = found
            .iter()
            .rev()
            .find(|piece| piece.part != Part::Remainder);
        told.map(|piece| piece.part)
    }

    /// The names of divisions that begin at a place.
    #[inline]
    pub fn matches(&self, at: usize) -> Matches {
        matches(&self.characters, at)
    }

    /// Length and list of these names, the longest first.
    #[inline]
    pub fn longest_first(&self, found: Matches) -> impl Iterator<Item = (usize, List)> {
        found.longest_first(&self.characters)
    }

    /// Appends a piece; remainder grows where it touches remainder.
    pub fn push(&mut self, part: Part, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let (from, to) = (short(from), short(to));
        let full = self.count == PIECES;
        if let Some(last) = self
            .count
            .checked_sub(1)
            .and_then(|place| self.found.get_mut(place))
            && (full || (part == Part::Remainder && last.part == part && last.to == from))
        {
            last.to = to;
            if full {
                last.part = Part::Remainder;
            }
            return;
        }
        if let Some(slot) = self.found.get_mut(self.count) {
            *slot = Found {
                part,
                was: part,
                from,
                to,
            };
            self.count += 1;
            self.have |= 1 << part as u32;
        }
    }

    /// Calls the pieces of these parts repeated.
    pub fn call_repeated(&mut self, parts: &[Part]) {
        for piece in self.found.iter_mut().take(self.count) {
            if parts.contains(&piece.part) {
                self.have &= !(1 << piece.part as u32);
                piece.part = Part::Repeated;
                self.have |= 1 << Part::Repeated as u32;
            }
        }
    }

    /// What stood before the address proper is none of its parts; divisions are as they were called.
    pub fn call_remainder(&mut self, before: usize) {
        for piece in self.found.iter_mut().take(before) {
            let local = !matches!(
                piece.part,
                Part::Province
                    | Part::City
                    | Part::District
                    | Part::Town
                    | Part::Zone
                    | Part::Repeated
            );
            if local {
                self.have &= !(1 << piece.part as u32);
                piece.part = Part::Remainder;
            }
        }
    }

    /// The next place that is no separator.
    #[inline]
    pub fn skip(&self, at: usize) -> usize {
        self.characters.gaps().end(at)
    }

    /// What was said once only, but was taken for a repetition, counts again.
    fn restore(&mut self) {
        if !self.has(Part::Repeated) {
            return;
        }
        for part in [Part::Province, Part::City, Part::District, Part::Town] {
            if self.has(part) {
                continue;
            }
            let found = self.found.get_mut(..self.count).unwrap_or_default();
            let again = found
                .iter_mut()
                .rev()
                .find(|piece| piece.part == Part::Repeated && piece.was == part);
            if let Some(piece) = again {
                piece.part = part;
                self.have |= 1 << part as u32;
            }
        }
    }

    /// The address in bytes of the text.
    pub fn address<'text>(&mut self, text: &'text str) -> Address<'text> {
        self.restore();
        let mut address = Address::empty(text);
        for found in self.found.iter().take(self.count) {
            let piece = Piece {
                part: found.part,
                start: self.characters.offset(found.from()),
                end: self.characters.offset(found.to()),
            };
            if let Some(slot) = address.pieces.get_mut(address.count) {
                *slot = piece;
                address.count += 1;
            }
        }
        debug_assert!(address.first.len() == PARTS, "one slot for each part");
        for (place, piece) in address.pieces.iter().take(address.count).enumerate() {
            if let Some(first) = address.first.get_mut(piece.part as usize)
                && *first == 0
            {
                *first = u8::try_from(place + 1).unwrap_or_default();
            }
        }
        (address.place, address.code) = self.located.certain(self.year);
        address
    }
}

/// A place in the text; never more than the limit of characters.
fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
