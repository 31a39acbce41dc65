//! Clocks (时限): until when something must be done.

use crate::expression::{Expression, Truth, civil, day_of, written_day};
use crate::facts::{Batch, Type, Value};
use crate::foundation::Foundation;
use crate::pack::reading::Section;
use crate::pack::values::whole_number;
use crate::rule::{Example, Head, Kind, Known, MISSING, NOT_APPLICABLE, Reading, Trial, truths};

/// A time limit that begins with a day.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Who it is.
    pub head: Head,
    /// The place of the fact that says when it begins.
    pub starts: usize,
    /// For whom it runs; none for all.
    pub when: Option<Expression>,
    /// The first case that holds says how long it is.
    pub cases: Vec<(Expression, Span)>,
    /// How long it is where no case holds.
    pub within: Span,
    /// The calendar of its working days.
    pub calendar: Option<String>,
    /// The day that is due where facts are given.
    pub examples: Vec<Example<Known>>,
}

/// A length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    /// Days that are worked.
    WorkingDays(u32),
    /// Days of the calendar.
    Days(u32),
    /// To the same day of a month, or its last.
    Months(u32),
    /// To the same day of a year, or the last of February.
    Years(u32),
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
}

/// Units of a length, as a pack writes them, and the most of each: two hundred years.
const UNITS: [(&str, u32); 4] = [
    ("working_days", 50_000),
    ("days", 73_000),
    ("months", 2_400),
    ("years", 200),
];

impl Clock {
    /// The last day of each row.
    pub fn evaluate(&self, batch: &Batch, foundation: &Foundation) -> Vec<Due> {
        let asked = self.when.as_ref().map(|when| truths(when, batch));
        let cases: Vec<_> = self
            .cases
            .iter()
            .map(|(when, span)| (truths(when, batch), *span))
            .collect();
        let due = |row: usize| {
            match asked.as_ref().map(|asked| asked[row]) {
                Some(Truth::False) => return Due::NotApplicable,
                Some(Truth::Missing) => return Due::Missing,
                Some(Truth::True) | None => {}
            }
            let decides = cases.iter().find(|(truths, _)| truths[row] != Truth::False);
            let span = match decides {
                Some((truths, _)) if truths[row] == Truth::Missing => return Due::Missing,
                Some((_, span)) => *span,
                None => self.within,
            };
            match batch.value(self.starts, row, Type::Date) {
                Some(Value::Date(day)) => self.due(day, span, foundation),
                _ => Due::Missing,
            }
        };
        (0..batch.len()).map(due).collect()
    }

    fn due(&self, day: i32, span: Span, foundation: &Foundation) -> Due {
        match span {
            Span::WorkingDays(count) => {
                let calendar = self.calendar.as_ref();
                let calendar = calendar.and_then(|id| foundation.calendar(id));
                calendar.map_or(Due::Missing, |calendar| Due::On(calendar.after(day, count)))
            }
            Span::Days(count) => Due::On(day.saturating_add_unsigned(count)),
            Span::Months(count) => Due::On(months_after(day, count)),
            Span::Years(count) => Due::On(months_after(day, count * 12)),
        }
    }
}

impl Due {
    /// As an example writes it.
    pub fn written(self) -> String {
        match self {
            Self::NotApplicable => NOT_APPLICABLE.to_owned(),
            Self::Missing => MISSING.to_owned(),
            Self::On(day) => written_day(day),
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
        let calendar = table.optional("calendar", reading.problems);
        if let Some(calendar) = &calendar
            && reading.seen.refused.contains(calendar.text)
        {
            reading.problems.hush();
        } else if let Some(calendar) = &calendar
            && reading.foundation.calendar(calendar.text).is_none()
        {
            let told = (
                format!("没有日历 {}", calendar.text),
                format!("there is no calendar {}", calendar.text),
            );
            reading.report(table, &calendar.span, "unknown_calendar", told);
        }
        let within = within(table, reading);
        let cases = cases(table, reading);
        let mut spans = cases.iter().map(|(_, span)| span).chain(&within);
        if table.value("calendar").is_none()
            && spans.any(|span| matches!(span, Span::WorkingDays(_)))
        {
            reading.problems.push(table.missing("calendar"));
        }
        let examples = reading.examples(table, |example, reading| {
            let is_day = |said: &str| crate::expression::day(said).is_some();
            let words = [MISSING, NOT_APPLICABLE];
            let dated = example.value("expect").and_then(|value| {
                let day = crate::pack::values::day_of(value.get_ref())?;
                Some(written_day(day))
            });
            dated.or_else(|| {
                reading.expected_word(example, |said| words.contains(&said) || is_day(said))
            })
        });
        Some(Self {
            head,
            starts: starts?,
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
        let dated = found.iter().any(|due| matches!(due, Due::On(_)));
        trial.check_shown(&self.head, &shown, sides) && dated
    }
}

fn starts(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<usize> {
    let named = table.text("starts", reading.problems)?;
    let place = reading.fact(table, &named)?;
    let found = (reading.facts().fact(place).kind == Type::Date).then_some(place);
    if found.is_none() {
        let told = (
            format!("{} 不是日期事实", named.text),
            format!("{} is no fact that is a date", named.text),
        );
        reading.report(table, &named.span, "wrong_type", told);
    }
    found
}

fn cases(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Vec<(Expression, Span)> {
    let (mut cases, mut spans) = (Vec::new(), Vec::new());
    for mut section in table.sections("case", reading.problems) {
        let when = reading.condition(&mut section, "when");
        let within = within(&mut section, reading);
        if let (Some((when, written)), Some(within)) = (when, within) {
            cases.push((when, within));
            spans.push(written.span);
        }
        section.end(reading.problems);
    }
    let looked_at: Vec<_> = cases.iter().map(|(when, _)| when).zip(spans).collect();
    reading.check_reached(table, &looked_at);
    cases
}

fn within(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Span> {
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
        let told = (
            "时限写作一个单位：working_days、days、months 或 years",
            "a length has one unit: working_days, days, months or years",
        );
        reading.report(table, &span, "within", told);
        return None;
    };
    let count = count?;
    Some(match unit {
        "working_days" => Span::WorkingDays(count),
        "days" => Span::Days(count),
        "months" => Span::Months(count),
        _ => Span::Years(count),
    })
}
