//! Calendars (日历): which days are worked, and at which hours.

use std::collections::BTreeSet;

use super::opening_hours::OpeningHours;
use crate::expression::{DAY, Expression, day_of_moment};
use crate::pack::reading::Section;
use crate::pack::values::day_of;
use crate::rule::{Example, Head, Kind, Reading, Trial};

/// Days that are worked and days that are not.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Who it is.
    pub head: Head,
    /// Whether the days of the week are worked, from Monday.
    week: [bool; DAYS.len()],
    /// Days that are otherwise than the week says, in order, each with how many more days are worked up to it, or fewer,
    /// than the week says.
    exceptions: Vec<(i32, i64)>,
    /// When a day that is worked is; none where nobody says.
    hours: Option<OpeningHours>,
    /// Until when holidays are announced; later days are counted by the week alone.
    pub known_to: Option<i32>,
    /// Whether given days are worked.
    pub examples: Vec<Example<i32>>,
}

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
        let by_week = self.week[of_week(i64::from(day))];
        let found = self.exceptions.binary_search_by_key(&day, |(day, _)| *day);
        by_week != found.is_ok()
    }

    /// The working day that is so many after a day, which is not counted itself. The work does not grow with how many.
    pub fn after(&self, day: i32, working_days: u32) -> i32 {
        let day = i64::from(day);
        let wanted = self.worked_to(day) + i64::from(working_days);
        // Every week has a working day, and no exception takes more than one.
        let weeks = i64::from(working_days) + self.exceptions.len() as i64 + 1;
        let (mut before, mut due) = (day, day + weeks * 7);
        while before + 1 < due {
            let middle = before.midpoint(due);
            if self.worked_to(middle) < wanted {
                before = middle;
            } else {
                due = middle;
            }
        }
        let due = if working_days == 0 { day } else { due };
        i32::try_from(due).unwrap_or(i32::MAX)
    }

    /// Whether it says when a day is worked.
    pub fn has_hours(&self) -> bool {
        self.hours.is_some()
    }

    /// The moment at which so many minutes were worked since another; nothing where it has no hours. The work does not
    /// grow with how many.
    pub fn worked_after(&self, moment: i64, minutes: u32) -> Option<i64> {
        let hours = self.hours.as_ref()?;
        let seconds = i64::from(minutes) * 60;
        let day = i32::try_from(day_of_moment(moment)).ok()?;
        let (passed, closed_days) = if self.is_working_day(day) {
            (hours.worked_before(moment.rem_euclid(DAY)), 0)
        } else {
            (0, 1)
        };
        // What is used up at the end of a day is due at that end, not at the beginning of the next.
        let full_days = (passed + seconds - 1).div_euclid(hours.length());
        let rest = passed + seconds - full_days * hours.length();
        let last = self.after(day, u32::try_from(full_days).ok()? + closed_days);
        Some(i64::from(last) * DAY + hours.when_worked(rest))
    }

    /// How many days are worked up to a day, counted from some Monday.
    fn worked_to(&self, day: i64) -> i64 {
        let worked = |days: &[bool]| days.iter().filter(|worked| **worked).count() as i64;
        let weeks = (day + MONDAY).div_euclid(DAYS.len() as i64) * worked(&self.week);
        let this_week = worked(&self.week[..=of_week(day)]);
        let passed = self
            .exceptions
            .partition_point(|(exception, _)| i64::from(*exception) <= day);
        let more = passed
            .checked_sub(1)
            .map_or(0, |last| self.exceptions[last].1);
        weeks + this_week + more
    }
}

/// 1 January 1970 was a Thursday.
const MONDAY: i64 = 3;

/// The place of a day in the week, from Monday.
fn of_week(day: i64) -> usize {
    (day + MONDAY).rem_euclid(DAYS.len() as i64) as usize
}

/// Days that are otherwise than the week says. Who works on a holiday works.
fn exceptions(
    week: [bool; DAYS.len()],
    holidays: &BTreeSet<i32>,
    working_days: &BTreeSet<i32>,
) -> Vec<(i32, i64)> {
    let mut more = 0;
    let mut exceptions = Vec::new();
    for day in holidays.union(working_days) {
        let is_worked = working_days.contains(day);
        if is_worked != week[of_week(i64::from(*day))] {
            more += if is_worked { 1 } else { -1 };
            exceptions.push((*day, more));
        }
    }
    exceptions
}

impl Kind for Calendar {
    const KEY: &'static str = "calendar";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let mut week = [true; DAYS.len()];
        for name in table.texts("weekend", reading.problems) {
            if let Some(day) = DAYS.iter().position(|day| *day == name.text) {
                week[day] = false;
            } else {
                let told = (
                    "周末写作 saturday、sunday 等英文星期",
                    "days of the week are written as monday to sunday",
                );
                reading.report(table, &name.span, "day_of_week", told);
            }
        }
        if week == [false; DAYS.len()] {
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
        let hours = OpeningHours::read(table, reading);
        check_beneath(&head, table, reading);
        let examples = reading.examples_of(table, |example, reading| {
            let given = example.value("given");
            let day = given.and_then(|value| day_of(value.get_ref()));
            match given {
                Some(value) if day.is_none() => report_day(example, &value.span(), reading),
                Some(_) => {}
                None => reading.problems.push(example.missing("given")),
            }
            let expect = super::condition::expected(example, reading);
            Some((day?, expect?))
        });
        Some(Self {
            head,
            week,
            exceptions: exceptions(week, &holidays, &working_days),
            hours,
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

/// Clocks of packs beneath may count by hours.
fn check_beneath(head: &Head, table: &mut Section<'_>, reading: &mut Reading<'_>) {
    let beneath = reading.foundation.calendar(&head.id);
    if beneath.is_some_and(Calendar::has_hours) && table.value("hours").is_none() {
        let told = (
            "所替换的日历有工作时段 hours，此处也须写明",
            "the calendar that it replaces has opening hours, and so must this",
        );
        reading.report(table, &table.span.clone(), "hours", told);
    }
}

fn report_day(table: &Section<'_>, span: &std::ops::Range<usize>, reading: &mut Reading<'_>) {
    let told = ("日期写作 2026-01-31", "a day is written as 2026-01-31");
    reading.report(table, span, "date", told);
}
