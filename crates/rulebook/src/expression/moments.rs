//! Moments (时刻) as seconds since 1 January 1970 on the clock of the institution. None has a zone: a day has as many
//! seconds as every other.

use super::days;

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// The moment written as `2026-01-31T14:30:00` or `2026-01-31T14:30`; nothing for what is none, or has a zone.
pub fn parse(text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let (minutes, second) = match (time.len(), time.rsplit_once(':')) {
        (8, Some((minutes, second))) => (minutes, two_digits(second, 59)?),
        _ => (time, 0),
    };
    let day = i64::from(days::parse(day)?);
    Some(day * DAY + i64::from(minute_of_day(minutes)?) * 60 + second)
}

/// The minute of a day written as `14:30`.
pub(crate) fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let minutes = two_digits(hour, 23)? * 60 + two_digits(minute, 59)?;
    u32::try_from(minutes).ok()
}

fn two_digits(text: &str, most: i64) -> Option<i64> {
    let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_number)?;
    (number <= most).then_some(number)
}

/// A moment as `2026-01-31T14:30:00`.
pub fn written(moment: i64) -> String {
    let of_day = moment.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    let day = i32::try_from(day_of(moment)).unwrap_or(if moment < 0 { i32::MIN } else { i32::MAX });
    let day = days::written(day);
    format!("{day}T{hour:02}:{minute:02}:{second:02}")
}

/// The day on which a moment lies.
pub(crate) fn day_of(moment: i64) -> i64 {
    moment.div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::{day_of, parse, written};

    #[test]
    fn moments_are_read_to_the_minute_or_second_and_written_to_the_second() {
        assert_eq!(parse("1970-01-02T00:00:01"), Some(86_401));
        assert_eq!(parse("1969-12-31T23:59"), Some(-60));
        assert_eq!(written(-60), "1969-12-31T23:59:00");
        assert_eq!(day_of(-60), -1);
        let text = "2026-11-02T14:30:59";
        assert_eq!(parse(text).map(written).as_deref(), Some(text));
    }

    #[test]
    fn what_has_a_zone_or_lies_on_no_clock_is_no_moment() {
        for wrong in [
            "2026-11-02",
            "14:30",
            "2026-11-02 14:30",
            "2026-11-02T14",
            "2026-11-02T14:3",
            "2026-11-02T14:30:0",
            "2026-11-02T14:30:00Z",
            "2026-11-02T14:30Z",
            "2026-11-02T14:30:00+08:00",
            "2026-11-02T14:30:00.5",
            "2026-11-02T24:00",
            "2026-11-02T14:60",
            "2026-11-02T14:30:60",
            "2026-02-29T14:30",
            "2026-11-02T+4:30",
            "2026-11-02T14:30:00:00",
            "T",
            "",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
