//! Calendars (日历): which days are worked.

use std::collections::BTreeSet;

use crate::expression::Expression;
use crate::pack::reading::Section;
use crate::pack::values::day_of;
use crate::rule::{Example, Head, Kind, Reading, Trial};

/// Days that are worked and days that are not.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Who it is.
    pub head: Head,
    /// Days of the week that are not worked, 0 for Monday.
    weekend: BTreeSet<u8>,
    /// Days that are not worked although they are none of the weekend.
    holidays: BTreeSet<i32>,
    /// Days of the weekend that are worked.
    working_days: BTreeSet<i32>,
    /// Until when holidays are announced; later days are counted by the week alone.
    pub known_to: Option<i32>,
    /// Whether given days are worked.
    pub examples: Vec<Example<i32>>,
}

/// Days that are looked at for the next working day: longer than any holiday.
const LONGEST_REST: i32 = 366;
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Calendar {
    /// Whether a day is worked.
    pub fn is_working_day(&self, day: i32) -> bool {
        // 1 January 1970 was a Thursday.
        let of_week = (day + 3).rem_euclid(7) as u8;
        let rests = self.weekend.contains(&of_week) || self.holidays.contains(&day);
        self.working_days.contains(&day) || !rests
    }

    /// The working day that is so many after a day, which is not counted itself.
    pub fn after(&self, day: i32, working_days: u32) -> i32 {
        let (mut day, mut left, mut rested) = (day, working_days, 0);
        while left > 0 && rested < LONGEST_REST && day < i32::MAX - 1 {
            day += 1;
            if self.is_working_day(day) {
                (left, rested) = (left - 1, 0);
            } else {
                rested += 1;
            }
        }
        day
    }
}

impl Kind for Calendar {
    const KEY: &'static str = "calendar";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let mut weekend = BTreeSet::new();
        for name in table.texts("weekend", reading.problems) {
            match DAYS.iter().position(|day| *day == name.text) {
                Some(day) => weekend.extend(u8::try_from(day)),
                None => {
                    let told = (
                        "周末写作 saturday、sunday 等英文星期",
                        "days of the week are written as monday to sunday",
                    );
                    reading.report(table, &name.span, "day_of_week", told);
                }
            }
        }
        if weekend.len() == DAYS.len() {
            let told = ("至少有一天工作", "one day of the week is worked at least");
            reading.report(table, &table.span.clone(), "day_of_week", told);
        }
        let holidays = days(table, "holidays", reading);
        let working_days = days(table, "working_days", reading);
        let known_to = table.value("known_to").and_then(|value| {
            let day = day_of(value.get_ref());
            if day.is_none() {
                report_day(table, &value.span(), reading);
            }
            day
        });
        let examples = reading.examples_of(table, |example, reading| {
            let day = example.value("given").and_then(|value| {
                let day = day_of(value.get_ref());
                if day.is_none() {
                    report_day(example, &value.span(), reading);
                }
                day
            });
            Some((day?, super::condition::expected(example, reading)?))
        });
        Some(Self {
            head,
            weekend,
            holidays,
            working_days,
            known_to,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        Vec::new()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let mut shown = Vec::new();
        for example in &self.examples {
            let found = self.is_working_day(example.given).to_string();
            trial.compare(&self.head, example, &found);
            shown.push(found);
        }
        trial.check_shown(&self.head, &shown, &["true", "false"])
    }
}

fn days(table: &mut Section<'_>, key: &'static str, reading: &mut Reading<'_>) -> BTreeSet<i32> {
    let mut days = BTreeSet::new();
    for value in table.values(key, reading.problems) {
        match day_of(value.get_ref()) {
            Some(day) => _ = days.insert(day),
            None => report_day(table, &value.span(), reading),
        }
    }
    days
}

fn report_day(table: &Section<'_>, span: &std::ops::Range<usize>, reading: &mut Reading<'_>) {
    let told = ("日期写作 2026-01-31", "a day is written as 2026-01-31");
    reading.report(table, span, "date", told);
}
