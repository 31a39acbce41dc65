//! The customer number (客户号): a sequence and a check digit.

use std::fmt;
use std::str::FromStr;

use identifiers::check::{mod_11_10, verify_mod_11_10};
use serde::{Deserialize, Serialize};

/// How many digits a number has, the check digit included.
const LENGTH: usize = 12;

/// The number of a customer: eleven digits counted from 1 and a check digit by
/// ISO 7064 MOD 11,10, which catches every single wrong digit.
///
/// It never changes meaning: after a merge the old number redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[doc(alias = "客户号")]
pub struct CustomerNumber(i64);

/// Why a text is no customer number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCustomerNumber {
    /// It has another length.
    #[error("a customer number has 12 digits, {0} characters were given")]
    Length(usize),
    /// It holds something else than digits.
    #[error("character {0} of a customer number is not a digit")]
    NotADigit(usize),
    /// The check digit does not fit.
    #[error("the check digit of the customer number does not fit: a digit is mistyped")]
    CheckDigit,
}

impl InvalidCustomerNumber {
    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Length(found) => format!("客户号应为 {LENGTH} 位数字，输入了 {found} 个字符"),
            Self::NotADigit(position) => format!("客户号第 {position} 位不是数字"),
            Self::CheckDigit => "客户号校验位不符，有一位数字输错了".to_owned(),
        }
    }
}

impl CustomerNumber {
    /// The number of the customer with a sequence from 1 to 99,999,999,999.
    pub fn from_sequence(sequence: i64) -> Self {
        Self(sequence)
    }

    /// The sequence, which is the customer's id in the store.
    pub fn sequence(self) -> i64 {
        self.0
    }
}

impl fmt::Display for CustomerNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:011}", self.0);
        let check = mod_11_10(digits.as_bytes()).map_or('?', char::from);
        write!(formatter, "{digits}{check}")
    }
}

impl FromStr for CustomerNumber {
    type Err = InvalidCustomerNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let characters = text.chars().count();
        if characters != LENGTH {
            return Err(InvalidCustomerNumber::Length(characters));
        }
        if let Some(position) = text
            .chars()
            .position(|character| !character.is_ascii_digit())
        {
            return Err(InvalidCustomerNumber::NotADigit(position + 1));
        }
        if !verify_mod_11_10(text.as_bytes()) {
            return Err(InvalidCustomerNumber::CheckDigit);
        }
        let sequence = text[..LENGTH - 1].parse();
        sequence
            .map(Self)
            .map_err(|_| InvalidCustomerNumber::CheckDigit)
    }
}

impl TryFrom<String> for CustomerNumber {
    type Error = InvalidCustomerNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CustomerNumber> for String {
    fn from(number: CustomerNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_reads_back(sequence in 1_i64..99_999_999_999) {
            let number = CustomerNumber::from_sequence(sequence);
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }

        #[test]
        fn any_single_mistyped_digit_is_caught(sequence in 1_i64..99_999_999_999, position in 0_usize..12, shift in 1_u8..10) {
            let mut digits = CustomerNumber::from_sequence(sequence).to_string().into_bytes();
            digits[position] = b'0' + (digits[position] - b'0' + shift) % 10;
            let mistyped = String::from_utf8(digits).unwrap();
            prop_assert_eq!(mistyped.parse::<CustomerNumber>(), Err(InvalidCustomerNumber::CheckDigit));
        }
    }

    #[test]
    fn refusals_say_what_to_correct() {
        let refusal = |text: &str| text.parse::<CustomerNumber>().unwrap_err().to_string();
        assert_eq!(
            refusal("12"),
            "a customer number has 12 digits, 2 characters were given"
        );
        assert_eq!(
            refusal("00000000o018"),
            "character 9 of a customer number is not a digit"
        );
        let zh = |text: &str| text.parse::<CustomerNumber>().unwrap_err().zh();
        assert_eq!(zh("12"), "客户号应为 12 位数字，输入了 2 个字符");
        assert_eq!(zh("000000000011"), "客户号校验位不符，有一位数字输错了");
    }
}
