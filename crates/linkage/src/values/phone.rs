//! Telephone numbers, mobile or fixed, with their area code or without it.

use identifiers::AreaCode;

use crate::hash;
use crate::level::Agreement;
use crate::word::Word;

/// The number of a telephone and the area that it is in.
#[derive(Clone, Copy, Default)]
pub(crate) struct Phone {
    /// The digits without country code, area code and extension.
    pub number: Word,
    /// The area code without its zero; 0 where none is given, `MOBILE` for a mobile number.
    area: u16,
}

/// No area code is 1.
const MOBILE: u16 = 1;
/// Digits that two numbers begin with alike where they are of one exchange, or of one mobile segment.
const EXCHANGE: usize = 4;
const SEGMENT: usize = 7;

impl Phone {
    pub fn new(cell: &str, text: &mut String) -> (u64, Self) {
        let last_group = digits(cell, text);
        let had_country_code = drop_country_code(text);
        let (area, start) = area(text, had_country_code);
        let mut number = &text[start..];
        // What a hyphen parts from a whole number is an extension.
        if area > MOBILE && number.len() > 8 {
            let whole = number.len().saturating_sub(last_group);
            if (7..=8).contains(&whole) {
                number = &number[..whole];
            }
        }
        let hash = match super::hash_of(number) {
            0 => 0,
            hash => hash::both(hash, u64::from(area)).max(1),
        };
        let number = Word::new(number.as_bytes());
        (hash, Self { number, area })
    }

    /// Whether it is a telephone number by its looks: a mobile number, a fixed line with its area code, or a number
    /// that is answered nationwide.
    pub fn is_certain(&self) -> bool {
        let nationwide =
            [b"400", b"800"].contains(&&[self.number.0[0], self.number.0[1], self.number.0[2]]);
        match self.area {
            0 => self.number.len() == 10 && nationwide,
            MOBILE => true,
            _ => (7..=8).contains(&self.number.len()),
        }
    }

    /// Whether it may be a fixed line whose area code everybody around knows.
    pub fn is_local(&self) -> bool {
        self.area == 0
            && (7..=8).contains(&self.number.len())
            && matches!(self.number.0[0], b'2'..=b'8')
    }

    pub fn is_mobile(&self) -> bool {
        self.area == MOBILE
    }

    /// How two different numbers agree.
    pub fn compare(&self, other: &Self) -> Agreement {
        let one_without = self.area == 0 || other.area == 0;
        if self.number == other.number {
            return if one_without {
                Agreement::Part
            } else {
                Agreement::Little
            };
        }
        if self.area != other.area && !one_without {
            return Agreement::Different;
        }
        let length = self.number.len().min(other.number.len());
        match self.number.distance(other.number) {
            1 if length >= 6 && self.area == other.area => return Agreement::Slip,
            1 | 2 if length >= 7 => return Agreement::Change,
            _ => {}
        }
        let wanted = if self.is_mobile() { SEGMENT } else { EXCHANGE };
        let alike = self.number.0[..wanted] == other.number.0[..wanted];
        if alike && length >= 7 && self.area == other.area {
            Agreement::Some
        } else {
            Agreement::Different
        }
    }
}

/// Writes the digits before the extension; how many stand behind the last sign that parts them.
fn digits(cell: &str, text: &mut String) -> usize {
    text.clear();
    let mut last_group = 0;
    for character in cell.chars().map(super::half_width) {
        match character {
            '0'..='9' => {
                text.push(character);
                last_group += 1;
            }
            '转' | '轉' | '分' | 'e' | 'E' | 'x' | 'X' | '#' | ',' if !text.is_empty() => break,
            _ => last_group = 0,
        }
    }
    last_group
}

fn drop_country_code(text: &mut String) -> bool {
    for prefix in ["0086", "86"] {
        // Eight digits may begin with 86 by themselves.
        if text.len() > 10 && text.starts_with(prefix) {
            text.replace_range(..prefix.len(), "");
            return true;
        }
    }
    false
}

/// The area code and where the number behind it begins.
fn area(text: &str, had_country_code: bool) -> (u16, usize) {
    let behind_zero = usize::from(text.starts_with('0'));
    let national = &text[behind_zero..];
    if national.len() == 11 && matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..]) {
        return (MOBILE, behind_zero);
    }
    if behind_zero == 0 && !had_country_code {
        return (0, 0);
    }
    let length = if national.starts_with(['1', '2']) {
        2
    } else {
        3
    };
    let code = national
        .get(..length)
        .and_then(|code| AreaCode::of(&format!("0{code}")));
    match code {
        Some(code) if national.len() >= length + 7 => (code.number(), behind_zero + length),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::Phone;
    use crate::level::Agreement;

    fn read(number: &str) -> (u64, Phone) {
        Phone::new(number, &mut String::new())
    }

    #[track_caller]
    fn agreement(left: &str, right: &str) -> Agreement {
        let ((hash, left), (other, right)) = (read(left), read(right));
        if hash == other {
            return Agreement::Same;
        }
        assert_eq!(left.compare(&right), right.compare(&left));
        left.compare(&right)
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for written in [
            "021-62345678",
            "(021) 6234 5678",
            "+86 21 6234 5678",
            "０２１－６２３４５６７８",
            "02162345678转801",
            "021-62345678-801",
            "86-021-62345678",
        ] {
            assert_eq!(
                agreement("021-62345678", written),
                Agreement::Same,
                "{written}"
            );
        }
        for written in ["+86 138 0013 8000", "013800138000", "0086-13800138000"] {
            assert_eq!(
                agreement("13800138000", written),
                Agreement::Same,
                "{written}"
            );
        }
        assert_eq!(agreement("0731-4123456", "07314123456#2"), Agreement::Same);
    }

    #[test]
    fn without_its_area_code_a_number_is_a_part() {
        assert_eq!(agreement("021-62345678", "62345678"), Agreement::Part);
        assert_eq!(agreement("021-62345678", "010-62345678"), Agreement::Little);
        assert_eq!(agreement("021-62345678", "62345679"), Agreement::Change);
    }

    #[test]
    fn numbers_agree_but_for_slips_and_by_their_exchange() {
        assert_eq!(agreement("021-62345678", "021-62345687"), Agreement::Slip);
        // A city whose numbers grew by a digit.
        assert_eq!(agreement("0731-4123456", "0731-84123456"), Agreement::Slip);
        assert_eq!(agreement("021-62345678", "021-62345612"), Agreement::Change);
        assert_eq!(agreement("021-62345678", "021-62341122"), Agreement::Some);
        assert_eq!(
            agreement("021-62345678", "021-58991122"),
            Agreement::Different
        );
        assert_eq!(agreement("13800138000", "13800139111"), Agreement::Some);
        assert_eq!(
            agreement("13800138000", "13800148111"),
            Agreement::Different
        );
        assert_eq!(
            agreement("13800138000", "021-62345678"),
            Agreement::Different
        );
    }

    #[test]
    fn looks_tell_a_telephone_number() {
        for certain in [
            "13800138000",
            "010-65529988",
            "0571-16402385",
            "400-820-8820",
        ] {
            assert!(read(certain).1.is_certain(), "{certain}");
        }
        for other in [
            "62345678",
            "2019052100",
            "0012345678",
            "000",
            "",
            "1234567890123456789",
        ] {
            assert!(!read(other).1.is_certain(), "{other}");
        }
        assert!(read("62345678").1.is_local() && !read("12345678").1.is_local());
    }
}
