//! When a source saw what it says.

use identifiers::CalendarDate;

const MICROS_A_SECOND: i64 = 1_000_000;
const SECONDS_A_DAY: i64 = 86_400;

/// A text that is no date and no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no date or time")]
pub struct InvalidInstant;

/// Reads a date, or a date and a time of day, as microseconds since 1970 in UTC. What names no
/// offset is local time, `offset_seconds` east of Greenwich.
pub fn observed_micros(text: &str, offset_seconds: i64) -> Result<i64, InvalidInstant> {
    let text = text.trim();
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, time.trim()),
        None => (text, ""),
    };
    let date = CalendarDate::parse_lenient(date).map_err(|_| InvalidInstant)?;
    let (time, offset) = split_offset(time, offset_seconds)?;
    let (seconds, micros) = time_of_day(time)?;
    let days = days_from_epoch(date);
    Ok((days * SECONDS_A_DAY + seconds - offset) * MICROS_A_SECOND + micros)
}

fn split_offset(time: &str, default: i64) -> Result<(&str, i64), InvalidInstant> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Ok((time, 0));
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return Ok((time, default));
    };
    let sign = if time.as_bytes()[at] == b'-' { -1 } else { 1 };
    let digits: String = time[at + 1..]
        .chars()
        .filter(|character| *character != ':')
        .collect();
    let number: i64 = digits.parse().map_err(|_| InvalidInstant)?;
    let (hours, minutes) = if digits.len() > 2 {
        (number / 100, number % 100)
    } else {
        (number, 0)
    };
    if hours > 14 || minutes > 59 {
        return Err(InvalidInstant);
    }
    Ok((&time[..at], sign * (hours * 3600 + minutes * 60)))
}

fn time_of_day(time: &str) -> Result<(i64, i64), InvalidInstant> {
    if time.is_empty() {
        return Ok((0, 0));
    }
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut seconds = 0;
    let mut parts = 0;
    for (part, limit) in whole.split(':').zip([24, 60, 61]) {
        let part: i64 = part.parse().map_err(|_| InvalidInstant)?;
        if !(0..limit).contains(&part) {
            return Err(InvalidInstant);
        }
        seconds = seconds * 60 + part;
        parts += 1;
    }
    if parts < 2 || whole.split(':').count() > 3 {
        return Err(InvalidInstant);
    }
    let seconds = if parts == 2 { seconds * 60 } else { seconds };
    if !fraction.chars().all(|character| character.is_ascii_digit()) {
        return Err(InvalidInstant);
    }
    let micros: String = fraction.chars().chain("000000".chars()).take(6).collect();
    Ok((seconds, micros.parse().map_err(|_| InvalidInstant)?))
}

/// Days since 1970-01-01 of a date in the Gregorian calendar, by counting years from March.
fn days_from_epoch(date: CalendarDate) -> i64 {
    let month = i64::from(date.month());
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINA: i64 = 8 * 3600;

    #[test]
    fn local_time_is_taken_east_of_greenwich() {
        assert_eq!(observed_micros("1970-01-01 08:00:00", CHINA), Ok(0));
        assert_eq!(observed_micros("1970-01-02", 0), Ok(86_400_000_000));
        assert_eq!(observed_micros("2000/3/1", 0), Ok(951_868_800_000_000));
    }

    #[test]
    fn a_named_offset_counts_more() {
        assert_eq!(
            observed_micros("1970-01-01T00:00:01.5Z", CHINA),
            Ok(1_500_000)
        );
        assert_eq!(observed_micros("1970-01-01T02:00+02:00", CHINA), Ok(0));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "1970-01-01 25:00",
            "1970-01-01 1",
            "1970-13-01",
        ] {
            assert_eq!(observed_micros(text, 0), Err(InvalidInstant), "{text}");
        }
    }
}
