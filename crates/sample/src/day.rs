//! Days as numbers and back, without a clock.

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

impl Day {
    /// Year, month and day of the Gregorian calendar.
    pub(crate) fn civil(self) -> (i32, i32, i32) {
        // Counted in eras of 400 years that begin on 1 March, so that leap days come last.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 {
            month_index + 3
        } else {
            month_index - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }

    pub(crate) fn year(self) -> i32 {
        self.civil().0
    }

    /// Appends the date with this text between its parts: `-` gives 1980-01-02.
    pub(crate) fn write(self, text: &mut String, separator: &str) {
        write_date(text, self.civil(), separator);
    }
}

pub(crate) fn write_date(text: &mut String, (year, month, day): (i32, i32, i32), separator: &str) {
    push_padded(text, year, 4);
    text.push_str(separator);
    push_padded(text, month, 2);
    text.push_str(separator);
    push_padded(text, day, 2);
}

/// Appends a number that is not negative, with zeros in front up to this many digits.
pub(crate) fn push_padded<N: TryInto<u64>>(text: &mut String, number: N, width: usize) {
    let mut rest: u64 = number.try_into().unwrap_or(0);
    let mut digits = [b'0'; 20];
    let mut used = 0;
    while rest > 0 || used < width.max(1) {
        used += 1;
        digits[20 - used] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    text.extend(digits[20 - used..].iter().map(|&digit| char::from(digit)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use identifiers::CalendarDate;

    fn written(day: i32) -> String {
        let mut text = String::new();
        Day(day).write(&mut text, "-");
        text
    }

    #[test]
    fn known_days_are_written_right() {
        assert_eq!(written(0), "1970-01-01");
        assert_eq!(written(11_016), "2000-02-29");
        assert_eq!(written(-1), "1969-12-31");
        assert_eq!(written(20_000), "2024-10-04");
    }

    #[test]
    fn every_day_of_two_centuries_exists_and_follows_the_one_before() {
        let days: Vec<String> = (-25_000..48_000).map(written).collect();
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(days.iter().all(|day| day.parse::<CalendarDate>().is_ok()));
    }

    #[test]
    fn numbers_are_padded_and_never_cut() {
        let mut text = String::new();
        push_padded(&mut text, 7_u64, 3);
        push_padded(&mut text, 12_345_u64, 3);
        push_padded(&mut text, 0_u64, 1);
        assert_eq!(text, "007123450");
    }
}
