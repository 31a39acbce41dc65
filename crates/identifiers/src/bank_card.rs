//! Numbers of payment cards.

use std::str::FromStr;

use crate::fault::{Fault, InvalidIdentifier, Lengths};
use crate::form::Form;
use crate::short_text::ShortText;
use crate::text_form::{redacted_debug, text_form};
use crate::{IdentifierKind, check};

/// A well-formed number of a payment card (银行卡号): 12 to 19 digits, the last of which checks the
/// others by ISO/IEC 7812-1 (Luhn).
///
/// ```
/// use identifiers::BankCard;
///
/// let card: BankCard = "6222 0212 3456 7890 128".parse()?;
/// assert_eq!(card.last_four(), "0128");
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "银行卡号")]
pub struct BankCard(ShortText<19>);

const KIND: IdentifierKind = IdentifierKind::BankCard;

impl BankCard {
    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The digits as characters.
    pub(crate) fn characters(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The last four digits, which receipts show.
    pub fn last_four(&self) -> &str {
        let start = self.as_str().len().saturating_sub(4);
        self.as_str().get(start..).unwrap_or_default()
    }

    /// The first six digits, which say who issued the card (发卡行标识代码).
    pub fn prefix_six(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }

    /// The network, as far as the first digits tell.
    pub fn network(&self) -> CardNetwork {
        CardNetwork::of(self.characters())
    }

    /// The number of digits that are known to be digits.
    fn of_digits(digits: &[u8]) -> Result<Self, InvalidIdentifier> {
        let refuse = |fault| Err(InvalidIdentifier::new(KIND, fault));
        let Some((&found, body)) = digits.split_last() else {
            return refuse(Fault::Length {
                found: 0,
                required: LENGTHS,
            });
        };
        match check::luhn(body) {
            Some(expected) if expected != found => refuse(Fault::CheckCharacter {
                found: found.into(),
                expected: expected.into(),
            }),
            _ => Ok(Self(ShortText::of_ascii(digits))),
        }
    }
}

const LENGTHS: Lengths = Lengths::Between(12, 19);

impl FromStr for BankCard {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.as_bytes();
        if (12..=19).contains(&plain.len()) && plain.iter().all(u8::is_ascii_digit) {
            return Self::of_digits(plain);
        }
        let form = Form::<19>::read(KIND, text, LENGTHS)?;
        form.digits(0..19)?;
        Self::of_digits(form.characters())
    }
}

text_form!(BankCard, "a card number of 12 to 19 digits");
redacted_debug!(BankCard);

/// The network of a payment card (卡组织).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardNetwork {
    /// 62 and 81: China Union Pay (银联).
    UnionPay,
    /// 4: Visa.
    Visa,
    /// 51 to 55 and 2221 to 2720: Mastercard.
    Mastercard,
    /// 34 and 37: American Express.
    AmericanExpress,
    /// 3528 to 3589: JCB.
    Jcb,
    /// 300 to 305, 36, 38, 39: Diners Club.
    DinersClub,
    /// 9 and others: cards of before the networks, or of one country.
    Other,
}

impl CardNetwork {
    /// Of characters that are known to be digits.
    fn of(digits: &[u8]) -> Self {
        let &[first, second, third, fourth, ..] = digits else {
            return Self::Other;
        };
        let value = |digit: u8| u16::from(digit & 15);
        let two = value(first) * 10 + value(second);
        let three = two * 10 + value(third);
        let four = three * 10 + value(fourth);
        match (two, three, four) {
            (62 | 81, ..) => Self::UnionPay,
            (40..=49, ..) => Self::Visa,
            (51..=55, ..) | (.., 2221..=2720) => Self::Mastercard,
            (34 | 37, ..) => Self::AmericanExpress,
            (.., 3528..=3589) => Self::Jcb,
            (36 | 38 | 39, ..) | (_, 300..=305, _) => Self::DinersClub,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::{assert_debug_snapshot, assert_snapshot};
    use proptest::prelude::*;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<BankCard>() {
            Ok(card) => format!("{card} {:?}", card.network()),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn cards_of_every_network_are_read_in_groups_or_not() {
        assert_snapshot!(read("6222-0212 3456 7890 128"), @"6222021234567890128 UnionPay");
        assert_snapshot!(read("4111111111111111"), @"4111111111111111 Visa");
        assert_snapshot!(read("5555555555554444"), @"5555555555554444 Mastercard");
        assert_snapshot!(read("378282246310005"), @"378282246310005 AmericanExpress");
        assert_snapshot!(read("3530111333300000"), @"3530111333300000 Jcb");
        assert_snapshot!(read("30569309025904"), @"30569309025904 DinersClub");
        assert_debug_snapshot!("4111111111111111".parse::<BankCard>().unwrap(), @"BankCard(************1111)");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("6222021234567890127"), @"check_character: check character is 7, 8 is required; 校验码是 7，应为 8");
        assert_snapshot!(read("62220212345"), @"length: has 11 characters, 12 to 19 are required; 共 11 位，应为 12 至 19 位");
        assert_snapshot!(read("622202l234567890128"), @"character: character 7 is L, a digit is required; 第 7 位是“L”，应为数字");
    }

    proptest! {
        #[test]
        fn any_single_mistyped_digit_is_caught(body in "[0-9]{11,18}", position in 0_usize..19, shift in 1_u8..10) {
            let mut digits = body.into_bytes();
            digits.push(check::luhn(&digits).unwrap());
            prop_assert!(BankCard::of_digits(&digits).is_ok());
            let position = position % digits.len();
            digits[position] = b'0' + (digits[position] - b'0' + shift) % 10;
            prop_assert!(BankCard::of_digits(&digits).is_err());
        }
    }
}
