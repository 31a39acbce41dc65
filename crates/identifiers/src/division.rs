//! Administrative divisions of China at county level and above, in every yearly list since 1980.

use std::fmt;

use crate::calendar_date::CalendarDate;
use crate::division_era::DivisionEra;
use crate::division_key::{DivisionKey, DivisionLevel};
use crate::table;

/// The layouts are described in `xtask/src/reference/divisions.rs`.
static INDEX: &[u8] = include_bytes!("../tables/divisions.index.bin");
static ROWS: &[u8] = include_bytes!("../tables/divisions.bin");

/// How many pages the index can tell apart: the first four digits.
const PAGES: usize = 10_000;
const ROWS_OF_A_PAGE: usize = 100;
const NONE: u16 = u16::MAX;
const WIDTH: usize = 5;

/// A code that GB/T 2260 gave to an administrative division in some edition since 1980 (行政区划), with all that it named.
///
/// ```
/// use identifiers::{DivisionStatus, division};
///
/// // 闸北区 of Shanghai was merged into 静安区 in 2015.
/// let division = division("310108".parse()?).unwrap();
/// assert_eq!(division.name(), "闸北区");
/// assert_eq!(division.status_in(1990), DivisionStatus::InForce);
/// assert_eq!(division.status_in(2020), DivisionStatus::Abolished { year: 2015 });
/// let today: Vec<_> = division.latest().today().map(|step| step.era.name()).collect();
/// assert_eq!(today, ["静安区"]);
/// # Ok::<(), identifiers::InvalidDivisionKey>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "行政区划")]
pub struct Division(u16);

/// How a code stands to a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DivisionStatus {
    /// It is in the list of the year, or went in the course of the year.
    InForce,
    /// It came later. In a resident identity number that is normal: numbers have been given since the eighties, to people of any age.
    NotYet {
        /// The year of the first list that has it.
        year: u16,
    },
    /// It had gone before the year began.
    Abolished {
        /// The year in the course of which it went.
        year: u16,
    },
}

/// The division that a code was given to in any edition since 1980: two loads from memory, no search.
pub fn division(code: DivisionKey) -> Option<Division> {
    let number = code.number() as usize;
    let page = entry(number / ROWS_OF_A_PAGE);
    if page == NONE {
        return None;
    }
    let row = entry(PAGES + usize::from(page) * ROWS_OF_A_PAGE + number % ROWS_OF_A_PAGE);
    (row != NONE).then_some(Division(row))
}

/// What a code named on a day, as the list of that year has it.
pub fn division_on(code: DivisionKey, day: CalendarDate) -> Option<DivisionEra> {
    division(code)?.era_in(day.year())
}

/// Every division, ordered by code.
pub fn divisions() -> impl ExactSizeIterator<Item = Division> + DoubleEndedIterator {
    // The last row ends the eras of the one before it.
    let count = (ROWS.len() / WIDTH).saturating_sub(1);
    (0..u16::try_from(count).unwrap_or(NONE)).map(Division)
}

impl Division {
    /// The code.
    pub fn code(self) -> DivisionKey {
        let row = self.row();
        let number = u32::from_le_bytes([row[0], row[1], row[2], 0]);
        // Every row has a code; were the table damaged, it would be that of the first province.
        DivisionKey::of_number(number).unwrap_or(DivisionKey::FIRST)
    }

    /// The level by the form of the code.
    pub fn level(self) -> DivisionLevel {
        self.code().level()
    }

    /// What the code named, ordered by first year; one at least.
    pub fn eras(self) -> impl ExactSizeIterator<Item = DivisionEra> + DoubleEndedIterator {
        self.places().map(DivisionEra::at)
    }

    /// What it names today, or named last.
    pub fn latest(self) -> DivisionEra {
        let mut latest = DivisionEra::at(self.places().start);
        for era in self.eras().skip(1) {
            if !latest.is_current() || era.is_current() {
                latest = era;
            }
        }
        latest
    }

    /// The name that it has today, or had last.
    pub fn name(self) -> &'static str {
        self.latest().name()
    }

    /// Whether the newest list has it.
    pub fn is_current(self) -> bool {
        self.latest().is_current()
    }

    /// What it named in a year; before 1980, what it named then. In a year of change the list of its end decides.
    pub fn era_in(self, year: u16) -> Option<DivisionEra> {
        self.eras().rev().find(|era| era.is_listed_in(year))
    }

    /// How the code stands to a year, like that of a birth. A code that was given again after a gap is not abolished in it.
    pub fn status_in(self, year: u16) -> DivisionStatus {
        let (mut gone, mut coming) = (None, None);
        for era in self.eras() {
            match (era.first_year(), era.last_year()) {
                (Some(first), _) if year < first => coming = coming.or(Some(first)),
                (_, Some(last)) if last + 1 < year => gone = Some(last + 1),
                _ => return DivisionStatus::InForce,
            }
        }
        match (coming, gone) {
            (Some(year), _) => DivisionStatus::NotYet { year },
            (None, Some(year)) => DivisionStatus::Abolished { year },
            (None, None) => DivisionStatus::InForce,
        }
    }

    fn places(self) -> std::ops::Range<u16> {
        let next = Self(self.0 + 1);
        table::number(self.row(), 3)..table::number(next.row(), 3)
    }

    fn row(self) -> &'static [u8; WIDTH] {
        table::records(ROWS)
            .get(usize::from(self.0))
            .unwrap_or(&[0; WIDTH])
    }
}

impl fmt::Debug for Division {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Division({} {})", self.code(), self.name())
    }
}

pub(crate) fn of_row(row: u16) -> Division {
    Division(row)
}

fn entry(place: usize) -> u16 {
    match INDEX.get(place * 2..place * 2 + 2) {
        Some(&[low, high]) => u16::from_le_bytes([low, high]),
        _ => NONE,
    }
}
