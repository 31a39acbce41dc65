//! Numbers with their check characters, as they are issued.

use identifiers::check;

use crate::day::Day;
use crate::random::Random;

const BASE_31: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A resident identity number for this district, birth date and sequence number (0 to 999).
pub(crate) fn resident(district: &str, birth: Day, sequence: i32) -> [u8; 18] {
    let mut number = [b'0'; 18];
    number[..6].copy_from_slice(&district.as_bytes()[..6]);
    let (year, month, day) = birth.civil();
    digits(&mut number[6..14], year * 10_000 + month * 100 + day);
    digits(&mut number[14..17], sequence);
    number[17] = check::mod_11_2(&number[..17]).unwrap_or(b'0');
    number
}

/// The eight characters and check character of an organisation code as issued since 2015.
pub(crate) fn organisation(random: &mut Random) -> [u8; 9] {
    let mut body = *b"MA000000";
    for character in &mut body[2..] {
        *character = random.pick(BASE_31);
    }
    let mut code = [b'0'; 9];
    code[..8].copy_from_slice(&body);
    code[8] = check::organisation_code(&body).unwrap_or(b'0');
    code
}

/// The unified social credit code of an organisation; `kind` is 1 for companies, 2 for sole traders.
pub(crate) fn credit_code(kind: u8, district: &str, organisation: &[u8; 9]) -> [u8; 18] {
    let mut code = [b'9'; 18];
    code[1] = b'0' + kind;
    code[2..8].copy_from_slice(&district.as_bytes()[..6]);
    code[8..17].copy_from_slice(organisation);
    code[17] = check::mod_31_3(&code[..17]).unwrap_or(b'0');
    code
}

pub(crate) fn mobile(random: &mut Random, prefixes: &[&str]) -> [u8; 11] {
    let mut number = [b'0'; 11];
    number[..3].copy_from_slice(&random.pick(prefixes).as_bytes()[..3]);
    for digit in &mut number[3..] {
        *digit = random.digit();
    }
    number
}

pub(crate) fn passport(random: &mut Random) -> [u8; 9] {
    let mut number = [b'0'; 9];
    number[0] = random.pick(b"ACEGLMPX");
    for digit in &mut number[1..] {
        *digit = random.digit();
    }
    number
}

/// The characters of a number made here.
pub(crate) fn text(number: &[u8]) -> &str {
    // Everything in this module is ASCII.
    std::str::from_utf8(number).unwrap_or_default()
}

fn digits(target: &mut [u8], mut value: i32) {
    for digit in target.iter_mut().rev() {
        *digit = b'0' + u8::try_from(value % 10).unwrap_or(0);
        value /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use identifiers::{MobileNumber, OrganisationCode, ResidentIdNumber, UnifiedSocialCreditCode};

    #[test]
    fn every_number_is_one_that_could_have_been_issued() {
        let mut random = Random::new(1, Stream::Record, 0);
        for sequence in 0..1_000 {
            let number = resident("330106", Day(sequence * 20 - 9_000), sequence);
            assert!(text(&number).parse::<ResidentIdNumber>().is_ok());
            let code = organisation(&mut random);
            assert!(text(&code).parse::<OrganisationCode>().is_ok());
            let credit = credit_code(if sequence % 2 == 0 { 1 } else { 2 }, "330106", &code);
            assert!(text(&credit).parse::<UnifiedSocialCreditCode>().is_ok());
            let mobile = mobile(&mut random, &["138", "199"]);
            assert!(text(&mobile).parse::<MobileNumber>().is_ok());
        }
    }

    #[test]
    fn a_known_number_comes_out() {
        assert_eq!(
            text(&resident("110105", Day(-7_306), 2)),
            "11010519491231002X"
        );
    }
}
