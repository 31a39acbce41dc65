//! The parts of an identifier in one cell: `birth_date=1949-12-31;sex=female;division=110105`.
//!
//! Written without the formatting machinery, which costs more than the check itself.

use std::io::Write as _;

use identifiers::{CalendarDate, Checked, PartValue};

/// Appends the parts.
pub fn write(checked: &Checked, output: &mut Vec<u8>) {
    let start = output.len();
    checked.for_each_part(|part| {
        if output.len() > start {
            output.push(b';');
        }
        output.extend_from_slice(part.name.as_bytes());
        output.push(b'=');
        match part.value {
            PartValue::Text(text) => output.extend_from_slice(text.as_bytes()),
            PartValue::Date(date) => push_date(date, output),
            PartValue::Number(number) => push_number(number, output),
            PartValue::Division(code) => {
                let number = code.number();
                for digits in [number / 10_000, number / 100 % 100, number % 100] {
                    output.extend_from_slice(&pair(digits));
                }
            }
        }
    });
}

fn push_date(date: CalendarDate, output: &mut Vec<u8>) {
    let year = u32::from(date.year());
    let [century, year] = [pair(year / 100), pair(year % 100)];
    let [month, day] = [pair(date.month().into()), pair(date.day().into())];
    output.extend_from_slice(&[
        century[0], century[1], year[0], year[1], b'-', month[0], month[1], b'-', day[0], day[1],
    ]);
}

/// A number below 100 as two digits.
fn pair(number: u32) -> [u8; 2] {
    // A rest of ten is one digit.
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    [digit(number / 10), digit(number)]
}

fn push_number(number: u16, output: &mut Vec<u8>) {
    // Writing to bytes in memory never fails.
    let _ = write!(output, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use identifiers::{IdentifierKind, check};

    #[test]
    fn parts_are_written_as_the_engine_shows_them() {
        let given = [
            (IdentifierKind::ResidentId, "11010519491231002X"),
            (IdentifierKind::ResidentId, "440524188001010014"),
            (IdentifierKind::CreditCode, "91350100M000100Y43"),
            (IdentifierKind::Mobile, "+86 13800138000"),
            (IdentifierKind::DivisionCode, "310108"),
        ];
        for (kind, text) in given {
            let checked = check(kind, text);
            let mut written = Vec::new();
            write(&checked, &mut written);
            assert_eq!(
                String::from_utf8(written).unwrap(),
                checked.parts().to_string()
            );
        }
    }
}
