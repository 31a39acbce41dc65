//! A number with its edits, whose repairs are written out only when somebody asks.

use crate::additive_check::PLACES;
use crate::candidates::{Candidates, Edit};
use crate::repair::{Change, Repair, Repairs};
use crate::short_text::ShortText;

/// A replacement at each place and a swap behind each but the last, of 19 at most.
const MOST_EDITS: usize = 37;

/// A number that is wrong, and the edits that lead to a well-formed one, the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct EditedNumber {
    characters: [u8; PLACES],
    length: usize,
    /// What stands at each place when it is the one that is replaced.
    right: [u8; PLACES],
    candidates: Candidates,
    ordered: [Edit; MOST_EDITS],
    count: usize,
}

impl EditedNumber {
    pub(crate) fn new(
        characters: [u8; PLACES],
        length: usize,
        right: [u8; PLACES],
        candidates: Candidates,
    ) -> Self {
        Self {
            characters,
            length,
            right,
            candidates,
            ordered: [Edit::default(); MOST_EDITS],
            count: 0,
        }
    }

    /// The likeliest repairs, `most` of them unless the one that may be proposed outright stands
    /// behind.
    pub(crate) fn repairs(mut self, division: Option<&str>, most: usize) -> Repairs {
        let agreeing = self.candidates.all.and(self.candidates.agreeing).len();
        // Those that agree come first, so that the one to be proposed is among so many.
        (self.ordered, self.count) = self.candidates.likeliest(most.max(agreeing));
        let outright = self.outright(division, agreeing);
        let most = most.max(outright.map_or(0, |place| place + 1));
        self.count = self.count.min(most);
        Repairs::of_edited(self, outright)
    }

    /// The only edit that agrees with the row, or the only one of those in the division of the row.
    fn outright(&self, division: Option<&str>, agreeing: usize) -> Option<usize> {
        if agreeing <= 1 {
            return agreeing.checked_sub(1);
        }
        let code = division.map(str::trim)?.as_bytes();
        let is_here = |place: &usize| {
            self.repair(*place)
                .is_some_and(|repair| repair.characters().starts_with(code))
        };
        let mut here = (0..agreeing).filter(is_here);
        let place = here.next()?;
        here.next().is_none().then_some(place)
    }

    /// How many repairs there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    fn edit(&self, place: usize) -> Option<Edit> {
        self.ordered.get(..self.count)?.get(place).copied()
    }

    /// What stands at the place of an edit and behind it, after the edit.
    fn after(&self, edit: Edit) -> [u8; 2] {
        let (here, behind) = (edit.place(), edit.place_behind());
        if edit.is_swap() {
            [self.characters[behind], self.characters[here]]
        } else {
            [self.right[here], self.characters[behind]]
        }
    }

    /// Appends the text of a repair.
    #[inline]
    pub(crate) fn write(&self, place: usize, output: &mut Vec<u8>) {
        let Some(edit) = self.edit(place) else {
            return;
        };
        let start = output.len();
        // To copy as many as there is room for and to take back the rest is quicker than to ask
        // how many there are.
        output.extend_from_slice(&self.characters);
        if let Some(room) = output.get_mut(start + edit.place()..start + edit.place() + 2) {
            room.copy_from_slice(&self.after(edit));
        }
        output.truncate(start + self.length);
    }

    /// The repair at a place of the order of proposal.
    pub(crate) fn repair(&self, place: usize) -> Option<Repair> {
        let edit = self.edit(place)?;
        let (here, behind) = (edit.place(), edit.place_behind());
        let [first, second] = [self.characters[here], self.characters[behind]].map(char::from);
        let after = self.after(edit);
        let mut text = self.characters;
        [text[here], text[behind]] = after;
        let position = here + 1;
        let change = if edit.is_swap() {
            Change::Swapped {
                position,
                first,
                second,
            }
        } else {
            Change::Replaced {
                position,
                from: first,
                to: after[0].into(),
            }
        };
        Some(Repair {
            text: ShortText::of_ascii(&text[..self.length.min(PLACES)]),
            change,
            slip: self.candidates.slip(edit),
            agrees: self.candidates.agreeing.contains(edit),
            plausible: self.candidates.plausible.contains(edit),
        })
    }
}
