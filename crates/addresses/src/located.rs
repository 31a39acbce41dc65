//! Where an address lies as far as its divisions say: one place, or several that share a name.

use crate::code::DivisionCode;
use crate::forms::Candidate;
use crate::gazetteer::PlaceIndex;

/// The most places that are kept apart; the rest of a very common name is forgotten.
pub(crate) const PLACES: usize = 8;

/// Places of one level.
#[derive(Clone, Copy, Default)]
pub(crate) struct Places {
    places: [Candidate; PLACES],
    count: usize,
}

impl Places {
    fn clear(&mut self) {
        self.count = 0;
    }

    pub fn push(&mut self, place: Candidate) {
        if let Some(slot) = self.places.get_mut(self.count) {
            *slot = place;
            self.count += 1;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Candidate> + Clone + '_ {
        self.places
            .get(..self.count)
            .unwrap_or_default()
            .iter()
            .copied()
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn contain(&self, place: PlaceIndex) -> bool {
        self.iter().any(|known| known.place() == place)
    }

    /// Whether one of them is valid today.
    pub fn any_valid(&self) -> bool {
        self.iter().any(Candidate::is_valid)
    }

    /// What lies below them, or below what became of them.
    pub fn ranges(&self) -> Ranges {
        let mut ranges = Ranges::default();
        ranges.set(self);
        ranges
    }
}

/// Ranges of places.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ranges {
    ranges: [(u32, u32); PLACES],
    count: usize,
}

impl Ranges {
    /// What lies below these places, or below what became of them.
    fn set(&mut self, places: &Places) {
        self.count = 0;
        for superior in places.iter() {
            self.push(superior.place(), superior.end());
            if !superior.is_valid() {
                let heir = superior.place().successor();
                if heir != superior.place() && !places.contain(heir) {
                    self.push(heir, heir.end());
                }
            }
        }
    }

    fn push(&mut self, superior: PlaceIndex, end: u32) {
        if let Some(slot) = self.ranges.get_mut(self.count) {
            *slot = (superior.0 + 1, end);
            self.count += 1;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.ranges
            .get(..self.count)
            .unwrap_or_default()
            .iter()
            .copied()
    }

    /// Whether a place lies in one of them.
    pub fn cover(&self, place: PlaceIndex) -> bool {
        self.iter()
            .any(|(low, high)| low <= place.0 && place.0 < high)
    }
}

/// What is known of the divisions.
#[derive(Clone, Copy, Default)]
pub(crate) struct Located {
    /// The places that the deepest name may mean.
    pub places: Places,
    /// What lies below them.
    pub below: Ranges,
    /// Their level; 0: nothing is known.
    pub level: u8,
    /// The levels contradict each other: what lies above the deepest is what they agree in.
    pub contradictory: bool,
    /// Village of the town, by the last three digits of its code.
    pub village: Option<u16>,
}

impl Located {
    pub fn nowhere() -> Self {
        Self::default()
    }

    /// Goes to places of a level.
    pub fn go(&mut self, places: Places, level: u8) {
        self.below.set(&places);
        self.places = places;
        self.level = level;
    }

    /// Goes to one place that is valid today.
    pub fn go_to(&mut self, place: Candidate, level: u8) {
        self.places.clear();
        self.places.push(place);
        self.below.count = 0;
        self.below.push(place.place(), place.end());
        self.level = level;
    }

    /// Whether a place may be meant behind what is known.
    pub fn allows(&self, place: PlaceIndex) -> bool {
        self.level == 0 || self.below.cover(place)
    }

    /// The place that is certain, and its code: where several share the name, what they share above.
    pub fn certain(&self, year: Option<u16>) -> (Option<PlaceIndex>, Option<DivisionCode>) {
        let mut valid = Places::default();
        for place in self.places.iter().filter(|place| is_valid(*place, year)) {
            valid.push(place);
        }
        if valid.is_empty() {
            // An old name: what became of it, unless a year of the past is asked for.
            for place in self.places.iter() {
                let heir = if year.is_none() {
                    place.place().successor()
                } else {
                    place.place()
                };
                if !valid.contain(heir) {
                    valid.push(Candidate::of(heir));
                }
            }
        }
        let mut valid = valid.iter().map(Candidate::place);
        let Some(first) = valid.next() else {
            return (None, None);
        };
        if !self.contradictory && valid.clone().all(|place| place.code() == first.code()) {
            let code = match self.village {
                Some(village) if first.level() == 4 => {
                    DivisionCode::of_village(first.code(), village)
                }
                _ => DivisionCode::of_place(first.code()),
            };
            return (Some(first), Some(code));
        }
        let shared = [1_000, 100_000, 10_000_000].into_iter().find_map(|span| {
            let code = first.code() / span * span;
            let all = valid
                .clone()
                .all(|place| place.code() / span * span == code);
            PlaceIndex::of_code(code).filter(|place| all && place.level() < self.level)
        });
        (
            shared,
            shared.map(|place| DivisionCode::of_place(place.code())),
        )
    }
}

fn is_valid(candidate: Candidate, year: Option<u16>) -> bool {
    let Some(year) = year else {
        return candidate.is_valid();
    };
    let place = candidate.place();
    place.first_year().is_none_or(|first| first <= year)
        && place.last_year().is_none_or(|last| year <= last)
}
