//! What a spreadsheet cell says, as text.

use calamine::{DataRef, ExcelDateTime};

use crate::chunk::RowProblem;

/// From here on a number of a spreadsheet has lost digits: it keeps fifteen.
const LOST: f64 = 1e15;
/// The first serial number behind 9999-12-31.
const LAST_DATE: f64 = 2_958_466.0;

/// A cell that cannot be text, and what of it can be shown.
pub(crate) struct Misread {
    pub(crate) problem: RowProblem,
    pub(crate) shown: String,
}

impl Misread {
    fn error_cell(place: &str, value: &str) -> Self {
        Self {
            problem: RowProblem::ErrorCell {
                cell: place.to_owned(),
                value: value.to_owned(),
            },
            shown: value.to_owned(),
        }
    }
}

/// The text of a cell; `None` if it is empty.
pub(crate) fn text_of(value: &DataRef<'_>, place: &str) -> Result<Option<String>, Misread> {
    let text = match value {
        DataRef::Empty => return Ok(None),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number, place)?,
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => date_text(date, place)?,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Error(error) => {
            return Err(Misread::error_cell(place, &error.to_string()));
        }
    };
    Ok((!text.is_empty()).then_some(text))
}

fn number_text(number: f64, place: &str) -> Result<String, Misread> {
    if !number.is_finite() {
        return Err(Misread::error_cell(place, "#NUM!"));
    }
    if number.abs() >= LOST {
        return Err(Misread {
            problem: RowProblem::PrecisionLost {
                cell: place.to_owned(),
            },
            shown: number.to_string(),
        });
    }
    // Fifteen digits are what the sheet shows and what a person typed; the sixteenth is noise.
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    Ok(rounded.to_string())
}

fn date_text(date: &ExcelDateTime, place: &str) -> Result<String, Misread> {
    let serial = date.as_f64();
    if !(0.0..LAST_DATE).contains(&serial) {
        return Err(Misread::error_cell(place, "########"));
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let time = if milli == 0 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}.{milli:03}")
    };
    let text = if date.is_duration() {
        let hours = (serial * 24.0).floor();
        format!("{hours:02}{}", time.get(2..).unwrap_or_default())
    } else if serial < 1.0 {
        time
    } else if serial.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    };
    Ok(text)
}

/// The name of a cell as a spreadsheet shows it, from its 0-based row and column.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[track_caller]
    fn shown(value: &DataRef<'_>) -> String {
        match text_of(value, "C5") {
            Ok(text) => text.unwrap_or_else(|| "-".to_owned()),
            Err(misread) => misread.problem.to_string(),
        }
    }

    fn date(serial: f64) -> DataRef<'static> {
        DataRef::DateTime(ExcelDateTime::new(
            serial,
            ExcelDateTimeType::DateTime,
            false,
        ))
    }

    #[test]
    fn numbers_read_as_they_were_typed() {
        assert_eq!(shown(&DataRef::Float(13_800_138_000.0)), "13800138000");
        assert_eq!(shown(&DataRef::Float(0.1 + 0.2)), "0.3");
        assert_eq!(shown(&DataRef::Float(-2.5)), "-2.5");
        assert_eq!(
            shown(&DataRef::Float(999_999_999_999_999.0)),
            "999999999999999"
        );
    }

    #[test]
    fn a_number_beyond_fifteen_digits_is_refused_because_digits_are_lost() {
        insta::assert_snapshot!(shown(&DataRef::Float(1.101_051_949_123_1e17)), @"cell C5 holds a number of more than 15 digits, its last digits are lost: format the column as text and enter it again");
    }

    #[test]
    fn dates_are_iso() {
        assert_eq!(shown(&date(45_943.0)), "2025-10-13");
        assert_eq!(shown(&date(45_943.541)), "2025-10-13T12:59:02.400");
        assert_eq!(shown(&date(0.5)), "12:00:00");
        insta::assert_snapshot!(shown(&date(-1.0)), @"cell C5 holds the error ########, correct it in the sheet");
    }

    #[test]
    fn cells_are_named_as_in_the_sheet() {
        assert_eq!(cell_name(4, 2), "C5");
        assert_eq!(cell_name(0, 25), "Z1");
        assert_eq!(cell_name(0, 26), "AA1");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }
}
