//! Which party a record belongs to, found without counting the records before it.
//!
//! Records stand in blocks of 64 places. Each block follows one of 256 patterns that say how
//! many records each of its parties has; parties of one block are neighbours, so households and
//! employers are found in the block.

use crate::random::{Random, Stream};

/// Places in a block, and the distance between the first party numbers of two blocks.
pub(crate) const BLOCK: u64 = PLACES as u64;

const PLACES: usize = 64;

const PATTERNS: usize = 256;
const MOST_RECORDS: usize = 5;
// In 72 of 100 cases a party has no further record.
const NO_FURTHER_RECORD: u16 = 7_200;

/// One place of the book: the `version`-th record (from 0) of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) number: u64,
    pub(crate) party: u64,
    pub(crate) version: u8,
}

#[derive(Debug, Clone)]
pub(crate) struct Layout {
    seed: u64,
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    // For each place the party within the block and the version of its record.
    places: [(u8, u8); PLACES],
    parties: u8,
}

impl Layout {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed, Stream::Layout, 0);
        let patterns = (0..PATTERNS).map(|_| Pattern::draw(&mut random)).collect();
        Self { seed, patterns }
    }

    pub(crate) fn place(&self, number: u64) -> Place {
        let block = number / BLOCK;
        let within = usize::try_from(number % BLOCK).unwrap_or(0);
        let (party, version) = self.pattern(block).places[within];
        Place {
            number,
            party: block * BLOCK + u64::from(party),
            version,
        }
    }

    /// How many parties stand in the block of this party.
    pub(crate) fn parties_beside(&self, party: u64) -> u64 {
        u64::from(self.pattern(party / BLOCK).parties)
    }

    fn pattern(&self, block: u64) -> &Pattern {
        let mut random = Random::new(self.seed, Stream::Layout, block + 1);
        &self.patterns[random.below(PATTERNS)]
    }
}

impl Pattern {
    fn draw(random: &mut Random) -> Self {
        let mut places = [(0, 0); PLACES];
        let mut party = 0;
        let mut version = 0;
        for place in &mut places {
            *place = (party, version);
            version += 1;
            if usize::from(version) == MOST_RECORDS || random.chance(NO_FURTHER_RECORD) {
                party += 1;
                version = 0;
            }
        }
        let parties = places[places.len() - 1].0 + 1;
        Self { places, parties }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_up_within_a_party_and_parties_follow_each_other() {
        let layout = Layout::new(3);
        let places: Vec<Place> = (0..6_400).map(|number| layout.place(number)).collect();
        for pair in places.windows(2) {
            let same = pair[0].party == pair[1].party;
            assert_eq!(pair[1].version, if same { pair[0].version + 1 } else { 0 });
            assert!(pair[0].party <= pair[1].party);
        }
    }

    #[test]
    fn a_party_has_one_point_four_records_on_average_and_never_more_than_five() {
        let layout = Layout::new(3);
        let places: Vec<Place> = (0..64_000).map(|number| layout.place(number)).collect();
        let parties = places.iter().filter(|place| place.version == 0).count();
        assert!((44_000..48_500).contains(&parties), "{parties}");
        assert!(places.iter().all(|place| place.version < 5));
    }
}
