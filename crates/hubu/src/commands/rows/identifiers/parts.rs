//! The parts of an identifier in one cell: `birth_date=1949-12-31;sex=female;division=110105`.
//!
//! Written without the formatting machinery, which costs more than the check itself.

use identifiers::{CalendarDate, PartValue, Parts};

/// Appends the parts.
pub fn write(parts: Parts<'_>, output: &mut String) {
    for part in parts {
        if !output.is_empty() {
            output.push(';');
        }
        output.push_str(part.name);
        output.push('=');
        match part.value {
            PartValue::Text(text) => output.push_str(text),
            PartValue::Date(date) => push_date(date, output),
            PartValue::Number(number) => push_number(u32::from(number), 1, output),
            PartValue::Division(code) => push_number(code.number(), 6, output),
        }
    }
}

fn push_date(date: CalendarDate, output: &mut String) {
    push_number(u32::from(date.year()), 4, output);
    output.push('-');
    push_number(u32::from(date.month()), 2, output);
    output.push('-');
    push_number(u32::from(date.day()), 2, output);
}

/// Decimal, with zeros in front up to so many digits.
fn push_number(number: u32, least: usize, output: &mut String) {
    let mut digits = [b'0'; 10];
    let (mut rest, mut place) = (number, digits.len());
    while rest > 0 || digits.len() - place < least {
        place -= 1;
        // A remainder of ten is one digit.
        digits[place] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    output.extend(digits[place..].iter().map(|digit| char::from(*digit)));
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
            let mut written = String::new();
            write(checked.parts(), &mut written);
            assert_eq!(written, checked.parts().to_string());
        }
    }
}
