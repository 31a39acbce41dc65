//! Opening hours (工作时段): at which times of a working day work is done, the same on every one.

use crate::expression::minute_of_day;
use crate::pack::reading::Section;
use crate::rule::Reading;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Times of a day between which work is done, in order, in seconds.
#[derive(Clone, Debug)]
pub(super) struct OpeningHours(Vec<(i64, i64)>);

impl OpeningHours {
    /// The seconds that a day is worked; never zero.
    pub fn length(&self) -> i64 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }

    /// The seconds that a day was worked before a second of it.
    pub fn worked_before(&self, second: i64) -> i64 {
        let worked = |(from, to): &(i64, i64)| (second.min(*to) - from).max(0);
        self.0.iter().map(worked).sum()
    }

    /// The second of a day at which so many were worked, from one to all: of a closing and the next opening the closing.
    pub fn when_worked(&self, mut worked: i64) -> i64 {
        for (from, to) in &self.0 {
            if worked <= to - from {
                return from + worked;
            }
            worked -= to - from;
        }
        self.0.last().map_or(0, |(_, to)| *to)
    }

    /// What a calendar says of them, if it does.
    pub fn read(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let written = table.value("hours")?;
        let before = reading.problems.count();
        let mut hours: Vec<(i64, i64)> = Vec::new();
        for mut period in table.parts("hours", reading.problems) {
            let from = time(&mut period, "from", DAY - 1, reading);
            let to = time(&mut period, "to", DAY, reading);
            let closed = hours.last().map_or(0, |(_, to)| *to);
            if let (Some(from), Some(to)) = (from, to) {
                let wrong = if to <= from {
                    Some(("结束不晚于开始", "it ends before it begins"))
                } else if from < closed {
                    Some((
                        "工作时段按先后排列，互不重叠",
                        "hours stand in order and do not overlap",
                    ))
                } else {
                    None
                };
                if let Some(told) = wrong {
                    reading.report(&period, &period.span.clone(), "hours", told);
                }
                hours.push((from, to));
            }
            period.end(reading.problems);
        }
        if hours.is_empty() && reading.problems.count() == before {
            let told = (
                "至少有一个工作时段",
                "a calendar with hours has a period of them at least",
            );
            reading.report(table, &written.span(), "hours", told);
        }
        (reading.problems.count() == before).then_some(Self(hours))
    }
}

/// A time of day in seconds, to the minute; only an end can be 24:00.
fn time(
    period: &mut Section<'_>,
    key: &'static str,
    latest: u32,
    reading: &mut Reading<'_>,
) -> Option<i64> {
    let written = period.text(key, reading.problems)?;
    let minute = minute_of_day(written.text).or((written.text == "24:00").then_some(DAY));
    let minute = minute.filter(|minute| *minute <= latest);
    if minute.is_none() {
        let told = (
            format!("{key} 写作 \"08:30\""),
            format!("{key} is a time of day, written as \"08:30\""),
        );
        reading.report(period, &written.span, "hours", told);
    }
    minute.map(|minute| i64::from(minute) * 60)
}
