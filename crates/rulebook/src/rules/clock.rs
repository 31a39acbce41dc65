//! Clocks (时限): until when something must be done.

use std::ops::Range;

use super::Span;
use crate::expression::{
    Expression, Truth, civil, day_of, day_of_moment, written_day, written_moment,
};
use crate::facts::{Batch, Type, Value};
use crate::foundation::Foundation;
use crate::pack::reading::{Section, Written};
use crate::pack::values;
use crate::rule::{Example, Head, Kind, Known, MISSING, NOT_APPLICABLE, Reading, Trial, truths};

/// A time limit that begins with a day or a moment.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Who it is.
    pub head: Head,
    /// The place of the fact that says when it begins.
    pub starts: usize,
    /// Whether that is a moment and not a day.
    starts_at_moment: bool,
    /// For whom it runs; none for all.
    pub when: Option<Expression>,
    /// The first case that holds says how long it is.
    pub cases: Vec<(Expression, Span)>,
    /// How long it is where no case holds.
    pub within: Span,
    /// The calendar of its working days.
    pub calendar: Option<String>,
    /// What is due where facts are given.
    pub examples: Vec<Example<Known>>,
}

/// What a clock says of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Due {
    /// It does not run.
    NotApplicable,
    /// A fact is missing that says whether, when or how long.
    Missing,
    /// The last day.
    On(i32),
    /// The last moment.
    At(i64),
}

impl Clock {
    /// The last day or moment of each row.
    pub fn evaluate(&self, batch: &Batch, foundation: &Foundation) -> Vec<Due> {
        let asked = self.when.as_ref().map(|when| truths(when, batch));
        let cases = self.judged(batch);
        let due = |row: usize| {
            match asked.as_ref().map(|asked| asked[row]) {
                Some(Truth::False) => return Due::NotApplicable,
                Some(Truth::Missing) => return Due::Missing,
                Some(Truth::True) | None => {}
            }
            let due = || {
                self.due(
                    &self.start(batch, row)?,
                    self.span(&cases, row)?,
                    foundation,
                )
            };
            due().unwrap_or(Due::Missing)
        };
        (0..batch.len()).map(due).collect()
    }

    /// Of the first row, if it ends after the last day whose holidays are announced: that day. What is due then is an
    /// estimate.
    pub(crate) fn estimated_after(&self, batch: &Batch, foundation: &Foundation) -> Option<i32> {
        let known_to = self.counted_by(foundation)?.known_to?;
        let span = self.span(&self.judged(batch), 0)?;
        let last = match *self.evaluate(batch, foundation).first()? {
            Due::On(day) => i64::from(day),
            // A day that is worked until midnight ends with the first moment of the next.
            Due::At(moment) => day_of_moment(moment.saturating_sub(1)),
            Due::NotApplicable | Due::Missing => return None,
        };
        (span.is_worked() && last > i64::from(known_to)).then_some(known_to)
    }

    fn judged(&self, batch: &Batch) -> Vec<(Vec<Truth>, Span)> {
        let cases = self.cases.iter();
        cases
            .map(|(when, span)| (truths(when, batch), *span))
            .collect()
    }

    /// How long it is; nothing where a fact is missing that decides it.
    fn span(&self, cases: &[(Vec<Truth>, Span)], row: usize) -> Option<Span> {
        match cases.iter().find(|(truths, _)| truths[row] != Truth::False) {
            Some((truths, _)) if truths[row] == Truth::Missing => None,
            Some((_, span)) => Some(*span),
            None => Some(self.within),
        }
    }

    fn start(&self, batch: &Batch, row: usize) -> Option<Value> {
        let kind = if self.starts_at_moment {
            Type::Moment
        } else {
            Type::Date
        };
        batch.value(self.starts, row, kind)
    }

    fn counted_by<'f>(&self, foundation: &'f Foundation) -> Option<&'f super::Calendar> {
        foundation.calendar(self.calendar.as_deref()?)
    }

    fn due(&self, start: &Value, span: Span, foundation: &Foundation) -> Option<Due> {
        let (day, moment) = match *start {
            Value::Date(day) => (day, None),
            Value::Moment(moment) => (i32::try_from(day_of_moment(moment)).ok()?, Some(moment)),
            _ => return None,
        };
        Some(match span {
            Span::WorkingMinutes(count) => {
                let calendar = self.counted_by(foundation)?;
                Due::At(calendar.worked_after(moment?, count)?)
            }
            Span::Minutes(count) => Due::At(moment?.saturating_add(i64::from(count) * 60)),
            Span::WorkingDays(count) => Due::On(self.counted_by(foundation)?.after(day, count)),
            Span::Days(count) => Due::On(day.saturating_add_unsigned(count)),
            Span::Months(count) => Due::On(months_after(day, count)),
            Span::Years(count) => Due::On(months_after(day, count * 12)),
        })
    }
}

impl Due {
    /// As an example writes it.
    pub fn written(self) -> String {
        match self {
            Self::NotApplicable => NOT_APPLICABLE.to_owned(),
            Self::Missing => MISSING.to_owned(),
            Self::On(day) => written_day(day),
            Self::At(moment) => written_moment(moment),
        }
    }
}

/// The same day so many months later, or the last of that month if it is shorter.
fn months_after(day: i32, months: u32) -> i32 {
    let (year, month, of_month) = civil(i64::from(day));
    let months = year * 12 + (month - 1) + i64::from(months);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let next = day_of(year + month / 12, month % 12 + 1, 1);
    let same = day_of(year, month, of_month);
    same.min(next - 1) as i32
}

impl Kind for Clock {
    const KEY: &'static str = "clock";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let starts = starts(table, reading);
        let when = reading.optional_condition(table, "when");
        let calendar = calendar(table, reading);
        let within = Span::read(table, reading).map(|(span, _)| span);
        let cases = cases(table, within, reading);
        let spans = || cases.iter().map(|(_, span)| *span).chain(within);
        if table.value("calendar").is_none() && spans().any(Span::is_worked) {
            reading.problems.push(table.missing("calendar"));
        }
        check_start(table, starts, spans().any(Span::is_timed), reading);
        let has_working_time = spans().any(|span| matches!(span, Span::WorkingMinutes(_)));
        if let Some(calendar) = calendar.as_ref().filter(|_| has_working_time) {
            check_hours(table, calendar, reading);
        }
        let examples = reading.examples(table, |example, reading| {
            expected(example, within.map(Span::is_timed), reading)
        });
        let (starts, kind) = starts?;
        Some(Self {
            head,
            starts,
            starts_at_moment: kind == Type::Moment,
            when,
            cases,
            within: within?,
            calendar: calendar.map(|calendar| calendar.text.to_owned()),
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        let cases = self.cases.iter().map(|(when, _)| when);
        self.when.iter().chain(cases).collect()
    }

    fn named(&self) -> Vec<usize> {
        vec![self.starts]
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        let rows = trial.rows(&self.examples);
        let found = self.evaluate(&rows, trial.foundation);
        let shown: Vec<String> = found.iter().map(|due| due.written()).collect();
        for (example, found) in self.examples.iter().zip(&shown) {
            trial.compare(&self.head, example, found);
        }
        let sides = if self.when.is_some() {
            &[MISSING, NOT_APPLICABLE][..]
        } else {
            &[MISSING]
        };
        let dated = found
            .iter()
            .any(|due| matches!(due, Due::On(_) | Due::At(_)));
        trial.check_shown(&self.head, &shown, sides) && dated
    }
}

/// The place and the type of the fact with which it begins.
fn starts(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<(usize, Type)> {
    let named = table.text("starts", reading.problems)?;
    let place = reading.fact(table, &named)?;
    let kind = reading.facts().fact(place).kind;
    if matches!(kind, Type::Date | Type::Moment) {
        return Some((place, kind));
    }
    let told = (
        format!("{} 不是日期或时刻事实", named.text),
        format!("{} is no fact that is a date or a moment", named.text),
    );
    reading.report(table, &named.span, "wrong_type", told);
    None
}

/// Nobody can say at which hour a day began.
fn check_start(
    table: &mut Section<'_>,
    starts: Option<(usize, Type)>,
    is_timed: bool,
    reading: &mut Reading<'_>,
) {
    if let Some((place, Type::Date)) = starts
        && is_timed
        && let Some(value) = table.value("starts")
    {
        let name = &reading.facts().fact(place).name;
        let told = (
            format!("小时和分钟自时刻起算，{name} 是日期"),
            format!("hours and minutes are counted from a moment, {name} is a date"),
        );
        reading.report(table, &value.span(), "wrong_type", told);
    }
}

fn calendar<'a>(table: &mut Section<'a>, reading: &mut Reading<'_>) -> Option<Written<'a>> {
    let calendar = table.optional("calendar", reading.problems)?;
    if reading.seen.refused.contains(calendar.text) {
        reading.problems.hush();
    } else if reading.foundation.calendar(calendar.text).is_none() {
        let told = (
            format!("没有日历 {}", calendar.text),
            format!("there is no calendar {}", calendar.text),
        );
        reading.report(table, &calendar.span, "unknown_calendar", told);
    }
    Some(calendar)
}

fn check_hours(table: &Section<'_>, calendar: &Written<'_>, reading: &mut Reading<'_>) {
    let known = reading.foundation.calendar(calendar.text);
    if known.is_some_and(|known| !known.has_hours()) {
        let told = (
            format!("日历 {} 没有工作时段 hours", calendar.text),
            format!("calendar {} has no opening hours", calendar.text),
        );
        reading.report(table, &calendar.span, "hours", told);
    }
}

fn cases(
    table: &mut Section<'_>,
    otherwise: Option<Span>,
    reading: &mut Reading<'_>,
) -> Vec<(Expression, Span)> {
    let (mut cases, mut spans) = (Vec::new(), Vec::new());
    for mut section in table.sections("case", reading.problems) {
        let when = reading.condition(&mut section, "when");
        let within = Span::read(&mut section, reading);
        if let (Some((within, at)), Some(otherwise)) = (&within, otherwise) {
            check_alike(&section, (*within, at), otherwise, reading);
        }
        if let (Some((when, written)), Some((within, _))) = (when, within) {
            cases.push((when, within));
            spans.push(written.span);
        }
        section.end(reading.problems);
    }
    let looked_at: Vec<_> = cases.iter().map(|(when, _)| when).zip(spans).collect();
    reading.check_reached(table, &looked_at);
    cases
}

/// What is due is a day, or it is a moment.
fn check_alike(
    section: &Section<'_>,
    (within, at): (Span, &Range<usize>),
    otherwise: Span,
    reading: &mut Reading<'_>,
) {
    if within.is_timed() != otherwise.is_timed() {
        let told = (
            "同一时限要么以日以上计，要么以小时、分钟计",
            "one clock counts in days and longer, or in hours and minutes, not in both",
        );
        reading.report(section, at, "within", told);
    }
}

/// A day, or of a clock that counts in hours a moment, or a word.
fn expected(
    example: &mut Section<'_>,
    is_timed: Option<bool>,
    reading: &mut Reading<'_>,
) -> Option<String> {
    if let Some(value) = example.value("expect") {
        let day = values::day_of(value.get_ref()).filter(|_| is_timed != Some(true));
        let moment = values::moment_of(value.get_ref()).filter(|_| is_timed != Some(false));
        let written = day.map(written_day).or(moment.map(written_moment));
        if written.is_some() {
            return written;
        }
        if value.get_ref().is_datetime() {
            let told = if is_timed == Some(true) {
                (
                    "此时限得时刻，写作 2026-01-31T14:30:00",
                    "what is due is a moment, as 2026-01-31T14:30:00",
                )
            } else {
                (
                    "此时限得日期，写作 2026-01-31",
                    "what is due is a day, as 2026-01-31",
                )
            };
            reading.report(example, &value.span(), "expect", told);
            return None;
        }
    }
    reading.expected_word(example, |said| [MISSING, NOT_APPLICABLE].contains(&said))
}
