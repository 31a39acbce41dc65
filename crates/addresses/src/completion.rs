//! The levels that an address leaves out, completed from those it names.

use crate::address::{Address, Part};
use crate::gazetteer::PlaceIndex;

impl Address<'_> {
    /// The name of a division as the authority writes it today, whether the text says it or not: 浙江省 for an address
    /// that begins with 慈溪. Empty where it is not certain, and for parts below the town.
    pub fn completed(&self, part: Part) -> &'static str {
        let level = match part {
            Part::Province => 1,
            Part::City => 2,
            Part::District => 3,
            Part::Town => 4,
            _ => return "",
        };
        self.place
            .and_then(|place| superior(place, level))
            .map_or("", PlaceIndex::name)
    }
}

/// The place of a level that a place lies in, or is.
pub(crate) fn superior(place: PlaceIndex, level: u8) -> Option<PlaceIndex> {
    if place.level() <= level {
        return (place.level() == level).then_some(place);
    }
    let span = match level {
        1 => 10_000_000,
        2 => 100_000,
        _ => 1_000,
    };
    // Counties that no city stands above have no place of the second level.
    let found = PlaceIndex::of_code(place.code() / span * span)?;
    let outlived = found.last_year().is_some() && place.last_year().is_none();
    (found.level() == level && !outlived).then_some(found)
}
