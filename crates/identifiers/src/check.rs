//! Check characters: the arithmetic behind the numbers, over ASCII characters.
//!
//! Each function takes the characters **without** the check character and answers the check
//! character that belongs to them, or `None` when one of them is outside the system's alphabet.
//! Lengths are not judged, except where the standard fixes the weights.

/// The 31 characters of GB 32100-2015: digits and capitals without I, O, S, V and Z.
const BASE_31: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

const NO_VALUE: u8 = u8::MAX;

/// Powers of 3 modulo 31; they repeat after 30.
const POWERS_OF_3: [u32; 30] = powers_of_3();

const BASE_31_VALUES: [u8; 128] = base_31_values();
const BASE_36_VALUES: [u8; 128] = base_36_values();

/// ISO 7064 MOD 11-2 over decimal digits, as GB 11643-1999 uses it; the answer may be `X`.
pub fn mod_11_2(digits: &[u8]) -> Option<u8> {
    let mut remainder: u64 = 0;
    // Reducing once per 32 digits instead of at each: the sum stays far below 2^64.
    for chunk in digits.chunks(32) {
        for digit in chunk {
            remainder = (remainder + u64::from(decimal(*digit)?)) * 2;
        }
        remainder %= 11;
    }
    Some(CHARACTERS_11_2[usize::try_from(remainder % 11).ok()?])
}

/// The same over the 17 digits of a resident identity number, which are known to be digits:
/// independent products instead of a chain.
pub(crate) fn mod_11_2_of_17(digits: &[u8; 17]) -> u8 {
    const WEIGHTS: [u16; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let products = digits.iter().zip(WEIGHTS);
    let sum: u16 = products
        .map(|(digit, weight)| u16::from(digit & 15) * weight)
        .sum();
    CHARACTERS_11_2[usize::from(sum % 11)]
}

/// The check character for each remainder.
const CHARACTERS_11_2: [u8; 11] = *b"10X98765432";

/// MOD 31-3 as GB 32100-2015 uses it for the unified social credit code.
pub fn mod_31_3(characters: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (character, weight) in characters.iter().zip(POWERS_OF_3.iter().cycle()) {
        sum += u64::from(base_31_value(*character)? * weight);
    }
    let missing = (31 - sum % 31) % 31;
    BASE_31.get(usize::try_from(missing).ok()?).copied()
}

/// The same over the first 17 of 18 characters, or `None` when any of the 18 is not in the
/// alphabet: independent products, and one question at the end.
pub(crate) fn mod_31_3_of_17(characters: &[u8; 18]) -> Option<u8> {
    let values = characters.map(|character| BASE_31_VALUES[usize::from(character & 127)]);
    let foreign = |(value, character): (&u8, &u8)| *value == NO_VALUE || *character > 127;
    if values.iter().zip(characters).any(foreign) {
        return None;
    }
    let products = values[..17].iter().zip(POWERS_OF_3);
    let sum: u32 = products
        .map(|(value, weight)| u32::from(*value) * weight)
        .sum();
    BASE_31
        .get(usize::try_from((31 - sum % 31) % 31).ok()?)
        .copied()
}

/// The check of GB 11714-1997 over the eight characters of an organisation code; may be `X`.
pub fn organisation_code(body: &[u8; 8]) -> Option<u8> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0;
    for (character, weight) in body.iter().zip(WEIGHTS) {
        sum += base_36_value(*character)? * weight;
    }
    Some(match (11 - sum % 11) % 11 {
        10 => b'X',
        value => b'0' + u8::try_from(value).ok()?,
    })
}

/// ISO 7064 MOD 11,10 over decimal digits: one decimal check digit, for numbers of our own and
/// for business registration numbers.
pub fn mod_11_10(digits: &[u8]) -> Option<u8> {
    let mut product = 10;
    for digit in digits {
        let value = usize::try_from(decimal(*digit)?).ok()?;
        product = NEXT_11_10.get(usize::from(product))?.get(value).copied()?;
    }
    Some(b'0' + (11 - product) % 10)
}

/// The product after a digit, for each product before it.
const NEXT_11_10: [[u8; 10]; 11] = next_11_10();

const fn next_11_10() -> [[u8; 10]; 11] {
    let mut next = [[0; 10]; 11];
    let mut product: u8 = 1;
    while product < 11 {
        let mut digit: u8 = 0;
        while digit < 10 {
            let sum = (product + digit) % 10;
            next[product as usize][digit as usize] = (if sum == 0 { 10 } else { sum }) * 2 % 11;
            digit += 1;
        }
        product += 1;
    }
    next
}

/// Whether the last of these digits is the MOD 11,10 check digit of those before it.
pub fn verify_mod_11_10(digits: &[u8]) -> bool {
    digits
        .split_last()
        .is_some_and(|(check, body)| !body.is_empty() && mod_11_10(body) == Some(*check))
}

/// The check digit of ISO/IEC 7812-1 (Luhn) over decimal digits, as on payment cards.
pub fn luhn(digits: &[u8]) -> Option<u8> {
    if !digits
        .iter()
        .fold(true, |all, digit| all & digit.is_ascii_digit())
    {
        return None;
    }
    let mut sum = 0;
    // From the end, one digit is doubled, its neighbour is not.
    for pair in digits.rchunks(2) {
        sum += match *pair {
            [plain, doubled] => u64::from(plain & 15) + u64::from(doubled_sum(doubled)),
            [doubled] => u64::from(doubled_sum(doubled)),
            _ => 0,
        };
    }
    Some(b'0' + u8::try_from((10 - sum % 10) % 10).ok()?)
}

/// The sum of the digits of twice a digit.
fn doubled_sum(digit: u8) -> u8 {
    let double = (digit & 15) * 2;
    if double > 9 { double - 9 } else { double }
}

/// The two check digits of ISO 7064 MOD 97-10 over digits and capital letters, as a number from
/// 2 to 98, as ISO 17442 uses them.
pub fn mod_97_10(characters: &[u8]) -> Option<u8> {
    let append = |remainder: u64, character: &u8| {
        let value = u64::from(base_36_value(*character)?);
        let shifted = remainder * if value < 10 { 10 } else { 100 } + value;
        // Reducing rarely: the remainder of before has at most 14 digits.
        Some(if shifted < 100_000_000_000_000 {
            shifted
        } else {
            shifted % 97
        })
    };
    let remainder = characters.iter().try_fold(0, append)?;
    u8::try_from(98 - remainder % 97 * 100 % 97).ok()
}

/// Whether GB 32100-2015 uses this character at all.
pub(crate) fn is_base_31(character: u8) -> bool {
    base_31_value(character).is_some()
}

/// The value of a character in GB 32100-2015, 0 to 30.
pub(crate) fn value_in_base_31(character: u8) -> Option<u8> {
    let value = BASE_31_VALUES.get(usize::from(character)).copied();
    value.filter(|&value| value != NO_VALUE)
}

/// The character of GB 32100-2015 with a value.
pub(crate) fn character_of_base_31(value: u16) -> Option<u8> {
    BASE_31.get(usize::from(value)).copied()
}

fn decimal(character: u8) -> Option<u32> {
    character
        .is_ascii_digit()
        .then(|| u32::from(character - b'0'))
}

fn base_31_value(character: u8) -> Option<u32> {
    value_in_base_31(character).map(u32::from)
}

fn base_36_value(character: u8) -> Option<u32> {
    let value = BASE_36_VALUES.get(usize::from(character)).copied();
    value.filter(|&value| value != NO_VALUE).map(u32::from)
}

/// Looked up instead of compared: letters and digits follow each other as they like.
const fn base_36_values() -> [u8; 128] {
    let mut values = [NO_VALUE; 128];
    let mut value: u8 = 0;
    while value < 36 {
        let character = if value < 10 { b'0' } else { b'A' - 10 } + value;
        values[character as usize] = value;
        value += 1;
    }
    values
}

const fn base_31_values() -> [u8; 128] {
    let mut values = [NO_VALUE; 128];
    let mut value: u8 = 0;
    while (value as usize) < BASE_31.len() {
        values[BASE_31[value as usize] as usize] = value;
        value += 1;
    }
    values
}

const fn powers_of_3() -> [u32; 30] {
    let mut powers = [1; 30];
    let mut place = 1;
    while place < powers.len() {
        powers[place] = powers[place - 1] * 3 % 31;
        place += 1;
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_samples_carry_the_computed_check() {
        assert_eq!(mod_11_2(b"11010519491231002"), Some(b'X'));
        assert_eq!(mod_11_2(b"44052418800101001"), Some(b'4'));
        assert_eq!(mod_31_3(b"91350100M000100Y4"), Some(b'3'));
        assert_eq!(mod_31_3(b"91110000600037341"), Some(b'L'));
        assert_eq!(organisation_code(b"D2143569"), Some(b'X'));
        assert!(verify_mod_11_10(b"110108000000016"));
        // The worked example of ISO 7064.
        assert_eq!(mod_11_10(b"0794"), Some(b'5'));
        assert_eq!(mod_11_2(b"0794"), Some(b'0'));
        // The worked example of ISO/IEC 7812-1, annex B.
        assert_eq!(luhn(b"7992739871"), Some(b'3'));
        assert_eq!(mod_97_10(b"213800KUD8LAJWSQ9D"), Some(15));
    }

    #[test]
    fn characters_outside_the_alphabet_have_no_check() {
        assert_eq!(mod_11_2(b"1101051949123100X"), None);
        assert_eq!(mod_31_3(b"9135010OM000100Y4"), None);
        assert_eq!(mod_31_3(&[0xff]), None);
        assert_eq!(organisation_code(b"D214356x"), None);
        assert_eq!(mod_11_10(b"12a"), None);
    }

    #[test]
    fn a_lone_check_digit_verifies_nothing() {
        assert!(!verify_mod_11_10(b""));
        assert!(!verify_mod_11_10(b"1"));
    }

    proptest! {
        #[test]
        fn mod_11_10_catches_any_single_mistyped_digit(
            body in "[0-9]{1,18}", position in 0_usize..19, shift in 1_u8..10,
        ) {
            let mut number = body.into_bytes();
            number.push(mod_11_10(&number).unwrap());
            prop_assert!(verify_mod_11_10(&number));
            let position = position % number.len();
            number[position] = b'0' + (number[position] - b'0' + shift) % 10;
            prop_assert!(!verify_mod_11_10(&number));
        }

        #[test]
        fn the_fast_ways_answer_as_the_plain_ones(digits in "[0-9]{17}", code in "[0-9A-Z]{18}") {
            let digits: [u8; 17] = digits.into_bytes().try_into().unwrap();
            prop_assert_eq!(Some(mod_11_2_of_17(&digits)), mod_11_2(&digits));
            let code: [u8; 18] = code.into_bytes().try_into().unwrap();
            let plain = mod_31_3(&code[..17]).filter(|_| is_base_31(code[17]));
            prop_assert_eq!(mod_31_3_of_17(&code), plain);
        }

        #[test]
        fn no_check_panics(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = (mod_11_2(&bytes), mod_31_3(&bytes), mod_11_10(&bytes), luhn(&bytes), mod_97_10(&bytes));
        }
    }
}
