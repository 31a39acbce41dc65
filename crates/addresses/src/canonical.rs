//! The one way to write an address: divisions in full and of today, then the parts in their order.

use std::fmt::Write as _;

use crate::address::{Address, ORDER, Part};
use crate::characters::fold;
#[cfg(test)]
use crate::completion::superior;
#[cfg(test)]
use crate::gazetteer::PlaceIndex;

impl Address<'_> {
    /// The address written in one way: the divisions with their full names of today where they are certain, upper
    /// levels completed, everything else in the order of [`ORDER`], half width and simplified. Repetitions and
    /// remainder are left out.
    pub fn canonical(&self) -> String {
        let mut text = String::with_capacity(self.text().len() + 24);
        for part in ORDER {
            let completed = self.completed(part);
            if !completed.is_empty() {
                text.push_str(completed);
            } else if !self.has_no(part) {
                self.write_part(part, &mut text);
            }
        }
        text
    }

    /// Whether the place is known to lie in no division of this level, like counties directly below a province.
    fn has_no(&self, part: Part) -> bool {
        let level = ORDER.iter().position(|known| *known == part);
        self.place
            .is_some_and(|place| level.is_some_and(|level| level + 1 < usize::from(place.level())))
    }

    fn write_part(&self, part: Part, text: &mut String) {
        let mut written = self.get(part).chars().map(fold).peekable();
        let joins = |character: char| character.is_ascii_alphanumeric();
        // Two numbers that touch would be one.
        if text.ends_with(joins) && written.peek().copied().is_some_and(joins) {
            text.push('-');
        }
        for character in written {
            let _ = text.write_char(character);
        }
    }
}

/// A place with everything above it.
#[cfg(test)]
pub(crate) fn in_full(place: PlaceIndex) -> String {
    (1..=4)
        .filter_map(|level| superior(place, level))
        .map(PlaceIndex::name)
        .collect()
}
