//! Division codes of 6, 9 or 12 digits.

use std::fmt;

/// The code of a division: 6 digits to the county (GB/T 2260), 9 to the town (GB/T 10114), 12 to the village (the
/// statistics bureau's rule).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DivisionCode {
    /// Always twelve digits, filled with zeros.
    number: u64,
    digits: u8,
}

impl DivisionCode {
    pub(crate) fn of_place(code: u32) -> Self {
        let digits = if code.is_multiple_of(1_000) { 6 } else { 9 };
        Self {
            number: u64::from(code) * 1_000,
            digits,
        }
    }

    pub(crate) fn of_village(town: u32, village: u16) -> Self {
        Self {
            number: u64::from(town) * 1_000 + u64::from(village),
            digits: 12,
        }
    }

    /// As a number of twelve digits, filled with zeros behind.
    pub fn as_number(self) -> u64 {
        self.number
    }

    /// 6, 9 or 12.
    pub fn digits(self) -> u8 {
        self.digits
    }

    /// Its digits as text, without an allocation.
    pub fn write_into(self, buffer: &mut [u8; 12]) -> &str {
        let mut rest = self.number;
        for digit in buffer.iter_mut().rev() {
            *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        let digits = buffer.get(..usize::from(self.digits)).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.write_into(&mut [0; 12]))
    }
}
