//! A real day of the Gregorian calendar, without time and zone.

use std::fmt;
use std::str::FromStr;

use crate::text_form;
use crate::written::{half_width, is_blank};

/// A day that exists in the Gregorian calendar (公历日期), years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text or three numbers are no [`CalendarDate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCalendarDate {
    /// The text is not written in an accepted form.
    #[error("is not written as year, month and day, like 1980-01-02")]
    Form,
    /// The year is 0 or above 9999.
    #[error("year is {0}, 1 to 9999 are required")]
    Year(u16),
    /// The month is not one of the twelve.
    #[error("month is {0}, 1 to 12 are required")]
    Month(u8),
    /// The month has no such day.
    #[error("day is {found}, 1 to {last} are required in {year:04}-{month:02}")]
    Day {
        /// The day given.
        found: u8,
        /// The last day of that month.
        last: u8,
        /// The year, because February depends on it.
        year: u16,
        /// The month.
        month: u8,
    },
}

impl InvalidCalendarDate {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form => "date_form",
            Self::Year(_) => "date_year",
            Self::Month(_) => "date_month",
            Self::Day { .. } => "date_day",
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Form => "日期应写成年、月、日，例如 1980-01-02".to_owned(),
            Self::Year(found) => format!("年份为 {found}，应为 1 至 9999"),
            Self::Month(found) => format!("月份为 {found}，应为 1 至 12"),
            Self::Day {
                found,
                last,
                year,
                month,
            } => {
                format!("日为 {found}，{year} 年 {month} 月应为 1 至 {last}")
            }
        }
    }
}

impl CalendarDate {
    /// The date of a year, a month and a day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidCalendarDate> {
        if !(1..=9999).contains(&year) {
            return Err(InvalidCalendarDate::Year(year));
        }
        if !(1..=12).contains(&month) {
            return Err(InvalidCalendarDate::Month(month));
        }
        let last = last_day(year, month);
        if !(1..=last).contains(&day) {
            return Err(InvalidCalendarDate::Day {
                found: day,
                last,
                year,
                month,
            });
        }
        Ok(Self { year, month, day })
    }

    /// Reads the forms found in files: `1980-01-02`, `1980/1/2`, `1980.1.2`, `19800102`,
    /// `1980年1月2日`, each in either width and with surrounding blanks; a time of day behind the
    /// date is left out, and its zone is not applied: the day stays the one that was written.
    pub fn parse_lenient(text: &str) -> Result<Self, InvalidCalendarDate> {
        text.parse().or_else(|_| {
            let text = text.trim_matches(is_blank);
            read_lenient(text).ok_or(InvalidCalendarDate::Form)?
        })
    }

    /// The date of eight ASCII digits, `YYYYMMDD`.
    pub(crate) fn of_digits(digits: [u8; 8]) -> Result<Self, InvalidCalendarDate> {
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(InvalidCalendarDate::Form);
        }
        let pair = |place: usize| (digits[place] - b'0') * 10 + (digits[place + 1] - b'0');
        let year = u16::from(pair(0)) * 100 + u16::from(pair(2));
        Self::new(year, pair(4), pair(6))
    }

    /// Whether eight digits, read as a number, are a date of the calendar: by few branches, since
    /// candidates for a repair are as often none as one.
    pub(crate) fn is_date(digits: u32) -> bool {
        const LAST_DAYS: [[u8; 16]; 2] = [
            [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0],
            [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0],
        ];
        let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
        let is_leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = LAST_DAYS[usize::from(is_leap)][month as usize % 16];
        year.wrapping_sub(1) < 9999 && month < 16 && day.wrapping_sub(1) < u32::from(last)
    }

    /// The date as the number that its eight digits are.
    pub(crate) fn as_number(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day)
    }

    /// A date whose parts another type of this crate has verified already.
    pub(crate) fn verified(year: u16, month: u8, day: u8) -> Self {
        debug_assert!(Self::new(year, month, day).is_ok());
        Self { year, month, day }
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl FromStr for CalendarDate {
    type Err = InvalidCalendarDate;

    /// Reads `YYYY-MM-DD` and nothing else.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Ok(characters) = <[u8; 10]>::try_from(text.as_bytes()) else {
            return Err(InvalidCalendarDate::Form);
        };
        if characters[4] != b'-' || characters[7] != b'-' {
            return Err(InvalidCalendarDate::Form);
        }
        let mut digits = [0; 8];
        digits[..4].copy_from_slice(&characters[..4]);
        digits[4..6].copy_from_slice(&characters[5..7]);
        digits[6..].copy_from_slice(&characters[8..]);
        Self::of_digits(digits)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

impl fmt::Debug for CalendarDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl serde::Serialize for CalendarDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for CalendarDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_form::deserialize(deserializer, "a date written YYYY-MM-DD")
    }
}

fn last_day(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `None` when the text has none of the accepted forms; otherwise what the calendar says.
fn read_lenient(text: &str) -> Option<Result<CalendarDate, InvalidCalendarDate>> {
    let mut scanner = Scanner { rest: text };
    let year = scanner.digits(8)?;
    if year.length == 8 {
        let (month, day) = (year.value / 100 % 100, year.value % 100);
        scanner.time_or_end()?;
        return date(year.value / 10_000, month, day);
    }
    if year.length != 4 {
        return None;
    }
    let separator = scanner
        .next()
        .filter(|&separator| matches!(separator, '-' | '/' | '.' | '年'))?;
    let month = scanner.digits(2)?;
    let second = if separator == '年' { '月' } else { separator };
    scanner.next().filter(|&found| found == second)?;
    let day = scanner.digits(2)?;
    if separator == '年' {
        scanner.next().filter(|&found| found == '日')?;
    }
    scanner.time_or_end()?;
    date(year.value, month.value, day.value)
}

fn date(year: u32, month: u32, day: u32) -> Option<Result<CalendarDate, InvalidCalendarDate>> {
    let [month, day] = [u8::try_from(month).ok()?, u8::try_from(day).ok()?];
    Some(CalendarDate::new(u16::try_from(year).ok()?, month, day))
}

struct Scanner<'text> {
    rest: &'text str,
}

struct Digits {
    value: u32,
    length: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        Some(half_width(character))
    }

    /// One to `most` decimal digits; a further digit is left to be refused by what follows.
    fn digits(&mut self, most: usize) -> Option<Digits> {
        let mut digits = Digits {
            value: 0,
            length: 0,
        };
        while digits.length < most {
            let before = self.rest;
            let Some(digit) = self.next().and_then(|character| character.to_digit(10)) else {
                self.rest = before;
                break;
            };
            digits.value = digits.value * 10 + digit;
            digits.length += 1;
        }
        (digits.length > 0).then_some(digits)
    }

    /// Accepts the end, or a blank or `T` and something that looks like a time of day.
    fn time_or_end(&mut self) -> Option<()> {
        let Some(separator) = self.next() else {
            return Some(());
        };
        if separator != 'T' && !is_blank(separator) {
            return None;
        }
        let time = self.rest.trim_start_matches(is_blank);
        let is_time = |character: char| {
            let character = half_width(character);
            character.is_ascii_digit() || matches!(character, ':' | '.' | '+' | '-' | 'Z' | ' ')
        };
        let starts_with_digit = time
            .chars()
            .next()
            .is_some_and(|first| half_width(first).is_ascii_digit());
        (starts_with_digit && time.chars().all(is_time)).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn lenient(text: &str) -> String {
        match CalendarDate::parse_lenient(text) {
            Ok(date) => date.to_string(),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn one_day_written_in_many_ways_is_one_date() {
        for text in [
            "1980-01-02",
            "1980/1/2",
            "1980.1.2",
            "19800102",
            "1980年1月2日",
            "1980年01月02日",
            " １９８０／０１／０２　",
            "1980-01-02 00:00:00",
            "1980-01-02T08:30:00+08:00",
            "1980/1/2 0:00",
            "1980-01-02T00:00:00.000Z",
            "\u{feff}1980-1-2",
        ] {
            assert_eq!(lenient(text), "1980-01-02", "{text}");
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(lenient("1993-02-29"), @"date_day: day is 29, 1 to 28 are required in 1993-02; 日为 29，1993 年 2 月应为 1 至 28");
        assert_snapshot!(lenient("1993年13月1日"), @"date_month: month is 13, 1 to 12 are required; 月份为 13，应为 1 至 12");
        assert_snapshot!(lenient("00000101"), @"date_year: year is 0, 1 to 9999 are required; 年份为 0，应为 1 至 9999");
        assert_snapshot!(lenient("02/01/1980"), @"date_form: is not written as year, month and day, like 1980-01-02; 日期应写成年、月、日，例如 1980-01-02");
    }

    #[test]
    fn half_a_date_and_mixed_marks_are_refused() {
        for text in [
            "",
            "1980",
            "198001",
            "1980-01",
            "1980-01/02",
            "1980年1月2",
            "1980-1-2x",
            "1980-01-021",
            "198001021",
            "1980-01-02 noon",
            "1980-01-02T",
            "80-01-02",
            "二〇〇〇年一月二日",
        ] {
            assert_eq!(
                CalendarDate::parse_lenient(text),
                Err(InvalidCalendarDate::Form),
                "{text}"
            );
        }
    }

    #[test]
    fn the_strict_form_takes_iso_only() {
        assert_eq!(
            "1980-1-2".parse::<CalendarDate>(),
            Err(InvalidCalendarDate::Form)
        );
        assert_eq!(
            "19800102".parse::<CalendarDate>(),
            Err(InvalidCalendarDate::Form)
        );
        assert!("2000-02-29".parse::<CalendarDate>().is_ok());
        assert!("1900-02-29".parse::<CalendarDate>().is_err());
    }

    proptest! {
        #[test]
        fn reading_what_was_shown_is_the_identity(year in 1_u16..=9999, month in 1_u8..=12, day in 1_u8..=28) {
            let date = CalendarDate::new(year, month, day).unwrap();
            prop_assert_eq!(date.to_string().parse(), Ok(date));
            prop_assert_eq!(CalendarDate::parse_lenient(&date.to_string().replace('-', "")), Ok(date));
        }

        #[test]
        fn dates_order_as_their_text_does(a in "[12][0-9]{3}-[01][0-9]-[0-3][0-9]", b in "[12][0-9]{3}-[01][0-9]-[0-3][0-9]") {
            if let (Ok(left), Ok(right)) = (a.parse::<CalendarDate>(), b.parse::<CalendarDate>()) {
                prop_assert_eq!(left.cmp(&right), a.cmp(&b));
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>(), near in "[0-9０-９年月日/.T: -]{0,24}") {
            let _ = (CalendarDate::parse_lenient(&text), CalendarDate::parse_lenient(&near));
        }
    }
}
