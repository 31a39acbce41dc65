//! Places, read where they lie: nothing is parsed at start, nothing allocates.
//!
//! The tables are made by `cargo xtask reference`. A place is a record of 28 bytes; places stand in the order of their
//! codes, so what lies below a place is a range of places.

const PLACES: &[u8] = include_bytes!("../tables/places.bin");
const NAMES: &str = include_str!("../tables/names.txt");

const PLACE_BYTES: usize = 28;

/// A place by its position in the order of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct PlaceIndex(pub u32);

impl PlaceIndex {
    fn number(self, at: usize) -> u32 {
        number_at(PLACES, self.0 as usize * PLACE_BYTES + at)
    }

    fn byte(self, at: usize) -> u8 {
        let place = self.0 as usize * PLACE_BYTES + at;
        PLACES.get(place).copied().unwrap_or_default()
    }

    /// Nine digits: province, city, county two each, town three.
    pub fn code(self) -> u32 {
        self.number(0)
    }

    /// The places below it are those from the next one to before this one.
    pub fn end(self) -> u32 {
        self.number(4)
    }

    /// Its name as the authority writes it.
    pub fn name(self) -> &'static str {
        let from = self.number(8) as usize;
        NAMES
            .get(from..from + usize::from(self.byte(20)))
            .unwrap_or_default()
    }

    /// What it became, or itself where it stands or that is not known.
    pub fn successor(self) -> Self {
        let told = Self(self.number(12));
        if told != self || self.level() == 4 {
            return told;
        }
        match self.last_year() {
            Some(year) => self.heir(year).unwrap_or(self),
            None => self,
        }
    }

    /// What the history of divisions says that it became, if that is a single one.
    fn heir(self, year: u16) -> Option<Self> {
        let code = identifiers::DivisionKey::of_number(self.code() / 1_000)?;
        let division = identifiers::division(code)?;
        let era = division
            .era_in(year)
            .or_else(|| division.era_in(year.saturating_sub(1)))?;
        let mut today = era.today();
        let heir = today.next()?;
        today.next().is_none().then_some(())?;
        Self::of_code(heir.era.code().number() * 1_000)
    }

    /// Where its villages begin, if it has any.
    pub fn villages(self) -> Option<usize> {
        (self.number(16) as usize).checked_sub(1)
    }

    /// 1 province, 2 city, 3 county, 4 town.
    pub fn level(self) -> u8 {
        self.byte(21)
    }

    /// First year of validity, if the sources say so.
    pub fn first_year(self) -> Option<u16> {
        year(self.byte(22))
    }

    /// Last year of validity of a place that is no more.
    pub fn last_year(self) -> Option<u16> {
        year(self.byte(23))
    }

    /// A development zone, farm or the like that counts as a town.
    pub fn is_zone(self) -> bool {
        self.byte(24) != 0
    }

    /// The valid place of this code, or the last that was.
    pub fn of_code(code: u32) -> Option<Self> {
        let mut low = 0;
        let mut high = u32::try_from(PLACES.len() / PLACE_BYTES).unwrap_or_default();
        let count = high;
        while low < high {
            let middle = low.midpoint(high);
            if Self(middle).code() < code {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < count && Self(low).code() == code).then_some(Self(low))
    }
}

fn year(byte: u8) -> Option<u16> {
    (byte != 0).then(|| 1900 + u16::from(byte))
}

fn number_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}
