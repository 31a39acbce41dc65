//! What a division code named over a stretch of years, and what followed.

use std::fmt;

use crate::division::{Division, of_row};
use crate::division_key::DivisionKey;
use crate::table;

/// The layouts are described in `xtask/src/reference/divisions.rs`.
static ERAS: &[u8] = include_bytes!("../tables/divisions.eras.bin");
static LINKS: &[u8] = include_bytes!("../tables/divisions.links.bin");
static NAMES: &str = include_str!("../tables/divisions.txt");

const WIDTH: usize = 13;
/// The year that byte 0 stands for.
const CENTURY: u16 = 1900;
/// Stands for the oldest list, which does not tell since when.
const OLDEST: u8 = 80;
/// Stands for "still in force".
const OPEN: u8 = u8::MAX;
/// The bit of a name's place that says that the name only gathers others.
const COLLECTIVE: u8 = 0x80;

/// What a code named over a stretch of years (区划代码的一段使用期): codes are renamed, and given anew after a gap.
///
/// The years are those of the yearly lists since 1980, each of which shows the end of its year. A code whose last list is that of 2014 was
/// abolished in the course of 2015.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionEra(u16);

/// One step from an era to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Succession {
    /// Where the step leads.
    pub era: DivisionEra,
    /// How it is known; of several steps, the weakest.
    pub basis: SuccessionBasis,
}

/// How it is known that one era followed another; the weaker stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuccessionBasis {
    /// The code stayed and its name changed.
    Renamed,
    /// A published decision says so.
    Decided,
    /// The same place name stands under another code in the next list.
    SameName,
    /// Nothing else began where this one ended, or, for a prefecture, its counties went there.
    Inferred,
}

impl DivisionEra {
    /// The code.
    pub fn code(self) -> DivisionKey {
        self.division().code()
    }

    /// The code with all its eras.
    pub fn division(self) -> Division {
        of_row(table::number(self.record(), 0))
    }

    /// The name with its rank, like 渝中区.
    pub fn name(self) -> &'static str {
        let record = self.record();
        let place = [record[2], record[3], record[4] & !COLLECTIVE, 0];
        table::text(NAMES, u32::from_le_bytes(place) as usize)
    }

    /// Whether the name only gathers others, like 市辖区, and is no place of its own.
    pub fn is_collective(self) -> bool {
        self.record()[4] & COLLECTIVE != 0
    }

    /// The first list that has it; none: that of 1980, so then or before.
    pub fn first_year(self) -> Option<u16> {
        let first = self.record()[5];
        (first > OLDEST).then(|| CENTURY + u16::from(first))
    }

    /// The last list that has it; none: it is in force.
    pub fn last_year(self) -> Option<u16> {
        let last = self.record()[6];
        (last != OPEN).then(|| CENTURY + u16::from(last))
    }

    /// Whether it is in force by the newest list.
    pub fn is_current(self) -> bool {
        self.record()[6] == OPEN
    }

    /// Whether the list of a year has it; before 1980 that of 1980 counts.
    pub fn is_listed_in(self, year: u16) -> bool {
        self.first_year().is_none_or(|first| first <= year)
            && self
                .last_year()
                .is_none_or(|last| year <= last.max(CENTURY + u16::from(OLDEST)))
    }

    /// What took over when it ended; several when it was divided, none when that is not known.
    pub fn successors(self) -> impl ExactSizeIterator<Item = Succession> {
        self.links(7)
    }

    /// What it took over when it began or later.
    pub fn predecessors(self) -> impl ExactSizeIterator<Item = Succession> {
        self.links(9)
    }

    /// What is in force of it today, after any number of steps; nothing of an era that is itself in force.
    pub fn today(self) -> impl ExactSizeIterator<Item = Succession> {
        self.links(11)
    }

    /// The era of the division above in a year: prefecture, or province where it is directly below one.
    pub fn parent_in(self, year: u16) -> Option<Self> {
        let code = self.code();
        let above = |code: DivisionKey| crate::division(code)?.era_in(year);
        let prefecture = Some(code.prefecture()).filter(|prefecture| *prefecture != code);
        let province = Some(code.province()).filter(|province| *province != code);
        prefecture
            .and_then(above)
            .filter(|era| !era.is_collective())
            .or_else(|| province.and_then(above))
    }

    pub(crate) fn at(place: u16) -> Self {
        Self(place)
    }

    fn record(self) -> &'static [u8; WIDTH] {
        record(self.0.into())
    }

    fn links(self, place: usize) -> impl ExactSizeIterator<Item = Succession> {
        let start = table::number(self.record(), place).into();
        let end = table::number(record(usize::from(self.0) + 1), place).into();
        let links = table::records::<3>(LINKS)
            .get(start..end)
            .unwrap_or_default();
        links.iter().map(|link| Succession {
            era: Self(table::number(link, 0)),
            basis: match link[2] {
                0 => SuccessionBasis::Renamed,
                1 => SuccessionBasis::Decided,
                2 => SuccessionBasis::SameName,
                _ => SuccessionBasis::Inferred,
            },
        })
    }
}

impl fmt::Debug for DivisionEra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} ", self.code(), self.name())?;
        if let Some(first) = self.first_year() {
            write!(formatter, "{first}")?;
        }
        write!(formatter, "-")?;
        self.last_year()
            .map_or(Ok(()), |last| write!(formatter, "{last}"))
    }
}

fn record(place: usize) -> &'static [u8; WIDTH] {
    table::records(ERAS).get(place).unwrap_or(&[0; WIDTH])
}
