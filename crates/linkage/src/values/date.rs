//! Calendar dates as they get mistaken: a digit, day and month swapped, only the year known.

use crate::level::{Agreement, Level};

/// Year, month and day as the number `19660901`; zero where the text is no date.
pub(super) fn normal(cell: &str) -> u32 {
    let mut parts = [0_u32; 3];
    let (mut part, mut digits) = (0, 0_u32);
    for byte in cell.bytes() {
        if byte.is_ascii_digit() && part < 3 {
            parts[part] = parts[part] * 10 + u32::from(byte - b'0');
            digits += 1;
            if digits > 8 {
                return 0;
            }
        } else if digits > 0 {
            part += 1;
            if part == 3 {
                break;
            }
            digits = 0;
        }
    }
    match parts {
        [whole, 0, 0] if whole >= 10_000_000 => whole,
        [year, month, day] if year >= 1000 && month < 100 && day < 100 && part >= 2 => {
            year * 10_000 + month * 100 + day
        }
        [day, month, year] if year >= 1000 && month < 100 && day < 100 => {
            year * 10_000 + month * 100 + day
        }
        _ => 0,
    }
}

/// How two different dates agree.
pub(super) fn compare(left: u32, right: u32) -> Level {
    if left == 0 || right == 0 {
        return Level::MISSING;
    }
    let (year, month, day) = (left / 10_000, left / 100 % 100, left % 100);
    let (their_year, their_month, their_day) = (right / 10_000, right / 100 % 100, right % 100);
    let only_year = |month, day| day == 1 && month == 1;
    let different = different_digits(left, right);
    let agreement = if year == their_year {
        if month == their_day && day == their_month {
            Agreement::Slip
        } else if only_year(month, day) || only_year(their_month, their_day) {
            Agreement::Change
        } else if different == 1 || neighbours_swapped(left, right) {
            Agreement::Slip
        } else {
            Agreement::Some
        }
    } else if different == 1 || neighbours_swapped(left, right) {
        Agreement::Slip
    } else if month == their_month && day == their_day && !only_year(month, day) {
        Agreement::Part
    } else if different == 2 {
        Agreement::Little
    } else {
        Agreement::Different
    };
    Level::new(agreement, 0)
}

fn digits(date: u32) -> [u8; 8] {
    let mut rest = date;
    std::array::from_fn(|_| {
        let digit = rest % 10;
        rest /= 10;
        digit as u8
    })
}

fn different_digits(left: u32, right: u32) -> usize {
    let (left, right) = (digits(left), digits(right));
    left.iter()
        .zip(right)
        .filter(|(left, right)| **left != *right)
        .count()
}

fn neighbours_swapped(left: u32, right: u32) -> bool {
    let (mut left, right) = (digits(left), digits(right));
    match (0..7).find(|place| left[*place] != right[*place]) {
        Some(place) => {
            left.swap(place, place + 1);
            left == right
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{compare, normal};
    use crate::level::Agreement;

    #[test]
    fn dates_are_read_in_the_usual_forms() {
        for text in [
            "1966-09-01",
            "1966/9/1",
            "19660901",
            "1966年9月1日",
            "01.09.1966",
            "1966-09-01 00:00:00",
        ] {
            assert_eq!(normal(text), 19_660_901, "{text}");
        }
        for text in ["", "unknown", "12", "123456789", "9.1", "长期"] {
            assert_eq!(normal(text), 0, "{text}");
        }
    }

    #[track_caller]
    fn agreement(left: &str, right: &str) -> Option<Agreement> {
        let (left, right) = (normal(left), normal(right));
        assert_eq!(compare(left, right), compare(right, left));
        compare(left, right).agreement()
    }

    #[test]
    fn dates_agree_as_far_as_people_mistake_them() {
        assert_eq!(agreement("1966-03-09", "1966-09-03"), Some(Agreement::Slip));
        assert_eq!(agreement("1966-03-09", "1966-03-08"), Some(Agreement::Slip));
        assert_eq!(agreement("1966-12-21", "1966-21-12"), Some(Agreement::Slip));
        assert_eq!(
            agreement("1966-03-09", "1966-01-01"),
            Some(Agreement::Change)
        );
        assert_eq!(agreement("1966-03-09", "1951-03-09"), Some(Agreement::Part));
        assert_eq!(agreement("1966-03-09", "1966-11-27"), Some(Agreement::Some));
        assert_eq!(
            agreement("1966-03-09", "1987-11-27"),
            Some(Agreement::Different)
        );
        assert_eq!(agreement("1966-03-09", ""), None);
    }
}
