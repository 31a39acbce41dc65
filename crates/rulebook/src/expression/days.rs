//! Days as numbers since 1 January 1970 in the Gregorian calendar (Hinnant, chrono-compatible date algorithms).

/// The day of a date written as `2026-01-31`; nothing for what is no date.
pub fn parse(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let mut part = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length)?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok()).flatten()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || day < 1 {
        return None;
    }
    let days = day_of(year, month, day);
    (civil(days) == (year, month, day)).then_some(days as i32)
}

/// The day of a year, month and day of the month.
pub(crate) fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// A day as `2026-01-31`.
pub fn written(days: i32) -> String {
    let (year, month, day) = civil(i64::from(days));
    format!("{year:04}-{month:02}-{day:02}")
}

/// Full years from one day to another, as an age is counted; whoever was born on 29 February is a year older on 1 March.
pub(super) fn years(from: i64, to: i64) -> i64 {
    let ((from_year, from_month, from_day), (year, month, day)) = (civil(from), civil(to));
    year - from_year - i64::from((month, day) < (from_month, from_day))
}

#[cfg(test)]
mod tests {
    use super::{civil, parse, years};

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(parse("1970-01-01"), Some(0));
        assert_eq!(parse("2026-11-22"), Some(20_779));
        assert_eq!(parse("1900-03-01"), Some(-25_508));
        assert_eq!(civil(-25_508), (1900, 3, 1));
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-01",
            "26-01-01",
            "2026-01-01-1",
            "2026-00-10",
            "",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn years_are_full_ones() {
        let years = |from, to| {
            let day = |text| i64::from(parse(text).unwrap());
            years(day(from), day(to))
        };
        assert_eq!(years("2008-11-23", "2026-11-22"), 17);
        assert_eq!(years("2008-11-22", "2026-11-22"), 18);
        assert_eq!(years("2004-02-29", "2022-02-28"), 17);
        assert_eq!(years("2004-02-29", "2022-03-01"), 18);
    }
}
