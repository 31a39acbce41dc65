//! Lengths of time, as clocks write them.

use std::ops::Range;

use crate::pack::reading::Section;
use crate::pack::values::whole_number;
use crate::rule::Reading;

/// A length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    /// Minutes of opening hours on days that are worked.
    WorkingMinutes(u32),
    /// Minutes of the clock.
    Minutes(u32),
    /// Days that are worked.
    WorkingDays(u32),
    /// Days of the calendar.
    Days(u32),
    /// To the same day of a month, or its last.
    Months(u32),
    /// To the same day of a year, or the last of February.
    Years(u32),
}

/// Units of a length, as a pack writes them, and the most of each: two hundred years, of time fifty thousand hours.
const UNITS: [(&str, u32); 8] = [
    ("working_minutes", 3_000_000),
    ("working_hours", 50_000),
    ("minutes", 3_000_000),
    ("hours", 50_000),
    ("working_days", 50_000),
    ("days", 73_000),
    ("months", 2_400),
    ("years", 200),
];

impl Span {
    /// Whether it ends at a moment and not with a day.
    pub fn is_timed(self) -> bool {
        matches!(self, Self::WorkingMinutes(_) | Self::Minutes(_))
    }

    /// Whether it is counted by a calendar.
    pub fn is_worked(self) -> bool {
        matches!(self, Self::WorkingMinutes(_) | Self::WorkingDays(_))
    }

    /// The length under `within`, and where it stands.
    pub(super) fn read(
        table: &mut Section<'_>,
        reading: &mut Reading<'_>,
    ) -> Option<(Self, Range<usize>)> {
        let Some(mut section) = table.section("within", reading.problems) else {
            if table.value("within").is_none() {
                reading.problems.push(table.missing("within"));
            }
            return None;
        };
        let mut found = Vec::new();
        for (unit, most) in UNITS {
            if section.value(unit).is_some() {
                let count = whole_number(&mut section, unit, (1, most), reading.problems);
                found.push((unit, count));
            }
        }
        let span = section.span.clone();
        let before = reading.problems.count();
        section.end(reading.problems);
        if reading.problems.count() > before {
            return None;
        }
        let [(unit, count)] = found[..] else {
            let units = UNITS.map(|(unit, _)| unit);
            let told = (
                format!("时限写作一个单位：{}", units.join("、")),
                format!("a length has one unit: {}", units.join(", ")),
            );
            reading.report(table, &span, "within", told);
            return None;
        };
        Some((Self::of(unit, count?), span))
    }

    fn of(unit: &str, count: u32) -> Self {
        match unit {
            "working_minutes" => Self::WorkingMinutes(count),
            "working_hours" => Self::WorkingMinutes(count * 60),
            "minutes" => Self::Minutes(count),
            "hours" => Self::Minutes(count * 60),
            "working_days" => Self::WorkingDays(count),
            "days" => Self::Days(count),
            "months" => Self::Months(count),
            _ => Self::Years(count),
        }
    }
}
