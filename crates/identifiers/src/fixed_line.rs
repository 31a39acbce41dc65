//! Fixed lines of mainland China, and the numbers that companies answer nationwide.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Beginning, Fault, InvalidIdentifier, Lengths, Wording};
use crate::short_text::ShortText;
use crate::text_form::{redacted_debug, text_form};
use crate::written::{half_width, is_blank};

/// A well-formed fixed line (固定电话): area code and subscriber number, or a number of a company
/// that is answered nationwide (400 and 800, ten digits).
///
/// Area codes are 010, 02 and a digit, or 03 to 09 and two digits. The number behind one of three
/// digits has eight; behind one of four, seven or eight; it begins with 2 to 8. Whether the line
/// exists is not known here.
///
/// ```
/// use identifiers::FixedLine;
///
/// let line: FixedLine = "+86 (10) 6552 9988 转 801".parse()?;
/// assert_eq!(line.as_str(), "010-65529988-801");
/// assert_eq!((line.area_code(), line.extension()), (Some("010"), Some("801")));
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "固定电话")]
pub struct FixedLine {
    text: ShortText<22>,
    /// Digits of the area code; 0 for a number without one.
    area: u8,
    number: u8,
}

const KIND: IdentifierKind = IdentifierKind::FixedLine;
const AREA: Wording = Wording::new(
    "010, 02 and a digit, or 03 to 09 and two digits",
    " 010、02 加一位或 03 至 09 加两位",
);
const FORM: Wording = Wording::new(
    "written as area code, number and extension, like 010-12345678-801",
    "“010-12345678-801”这样的区号、号码和分机号",
);

impl FixedLine {
    /// Area code, number and extension with hyphens between them: `010-12345678-801`.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// The area code with its zero; none for a number that is answered nationwide.
    pub fn area_code(&self) -> Option<&str> {
        self.as_str()
            .get(..usize::from(self.area))
            .filter(|area| !area.is_empty())
    }

    /// The subscriber's number.
    pub fn number(&self) -> &str {
        let start = usize::from(self.area) + usize::from(self.area > 0);
        let end = start + usize::from(self.number);
        self.as_str().get(start..end).unwrap_or_default()
    }

    /// The extension, where one was given.
    pub fn extension(&self) -> Option<&str> {
        let (_, extension) = self.as_str().rsplit_once('-')?;
        (extension.len() <= 6).then_some(extension)
    }
}

impl FromStr for FixedLine {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).map_err(|fault| InvalidIdentifier::new(KIND, fault))
    }
}

text_form!(FixedLine, "a fixed line with its area code");
redacted_debug!(FixedLine);

/// Digits in groups, as punctuation parted them.
struct Groups {
    /// All digits before the extension.
    digits: ShortText<20>,
    /// How many there were, whether or not they were kept.
    count: usize,
    extension: ShortText<6>,
    /// The last group that hyphens or blanks part from the rest.
    last_group: usize,
    international: bool,
}

fn read(text: &str) -> Result<FixedLine, Fault> {
    let groups = grouped(text)?;
    let mut digits = groups.digits.as_str();
    let mut extension = groups.extension.as_str();
    if groups.count > digits.len() {
        return Err(length(groups.count));
    }
    let national = without_country_code(digits, groups.international)?;
    let had_country_code = national.len() != digits.len();
    digits = national;
    if extension.is_empty() && (1..=6).contains(&groups.last_group) {
        let body = digits.len().saturating_sub(groups.last_group);
        // A last group is an extension when what stands before it is a whole number.
        if body >= 10 && number_of(digits.get(..body).unwrap_or_default(), had_country_code).is_ok()
        {
            (digits, extension) = digits.split_at_checked(body).unwrap_or((digits, ""));
        }
    }
    let (area, number, with_zero) = number_of(digits, had_country_code)?;
    let mut full = ShortText::empty();
    if !area.is_empty() {
        full.push_str(if with_zero { "0" } else { "" });
        full.push_str(area);
        full.push_str("-");
    }
    full.push_str(number);
    if !extension.is_empty() {
        full.push_str("-");
        full.push_str(extension);
    }
    Ok(FixedLine {
        text: full,
        area: small(area.len() + usize::from(with_zero)),
        number: small(number.len()),
    })
}

fn small(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

fn length(found: usize) -> Fault {
    Fault::Length {
        found,
        required: Lengths::Between(10, 12),
    }
}

/// Area code and number of the digits, and whether a zero has to be put before the area code.
fn number_of(digits: &str, had_country_code: bool) -> Result<(&str, &str, bool), Fault> {
    if (digits.starts_with("400") || digits.starts_with("800")) && digits.len() == 10 {
        return Ok(("", digits, false));
    }
    let bytes = digits.as_bytes();
    let with_zero = had_country_code && !digits.starts_with('0');
    if !with_zero && (7..=8).contains(&digits.len()) && !digits.starts_with('0') {
        return Err(Fault::Form(Wording::new(
            "complete: the area code is missing",
            "完整号码：缺少区号",
        )));
    }
    let trunk = usize::from(!with_zero);
    let has_trunk = with_zero || digits.starts_with('0');
    let area = match bytes.get(trunk..).unwrap_or_default() {
        [b'1', b'0', ..] | [b'2', ..] if has_trunk => 2,
        [b'3'..=b'9', ..] if has_trunk => 3,
        _ => {
            return Err(Fault::Beginning {
                found: Beginning::of(digits.get(..digits.len().min(4)).unwrap_or_default()),
                required: AREA,
            });
        }
    };
    let Some((area_code, number)) = digits.split_at_checked(trunk + area) else {
        return Err(length(digits.len()));
    };
    if number.len() != 8 && (area == 2 || number.len() != 7) {
        return Err(length(digits.len() + usize::from(with_zero)));
    }
    match number.chars().next() {
        Some(found) if !('2'..='8').contains(&found) => Err(Fault::Character {
            position: area_code.len() + 1,
            found,
            required: Wording::new("2 to 8 behind the area code", "2 至 8（区号之后的首位）"),
        }),
        _ => Ok((area_code, number, with_zero)),
    }
}

fn without_country_code(digits: &str, international: bool) -> Result<&str, Fault> {
    if let Some(national) = digits.strip_prefix("0086") {
        return Ok(national);
    }
    match digits.strip_prefix("86") {
        // Eleven digits that do not begin with zero have no area code at their beginning.
        Some(national) if international || national.starts_with('0') || digits.len() >= 11 => {
            Ok(national)
        }
        _ if international => Err(Fault::Beginning {
            found: Beginning::of(digits.get(..digits.len().min(3)).unwrap_or_default()),
            required: Wording::new("+86", " +86"),
        }),
        _ => Ok(digits),
    }
}

fn grouped(text: &str) -> Result<Groups, Fault> {
    let mut groups = Groups {
        digits: ShortText::empty(),
        count: 0,
        extension: ShortText::empty(),
        last_group: 0,
        international: false,
    };
    let mut in_extension = false;
    let mut parted = false;
    let mut position = 0;
    for character in text.chars() {
        let found = half_width(character);
        match found {
            _ if is_blank(found) => parted = true,
            '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' => parted = true,
            '+' if position == 0 => groups.international = true,
            '0'..='9' if in_extension => {
                position += 1;
                if !groups.extension.push(found) {
                    return Err(Fault::Form(FORM));
                }
            }
            '0'..='9' => {
                position += 1;
                groups.count += 1;
                groups.last_group = if parted { 1 } else { groups.last_group + 1 };
                parted = false;
                groups.digits.push(found);
            }
            '转' | '轉' | '分' | '机' | '機' | 'e' | 'E' | 'x' | 'X' | 't' | 'T' | '#' | ','
            | ':'
                if position > 0 =>
            {
                in_extension = true;
            }
            _ => {
                return Err(Fault::Character {
                    position: position + 1,
                    found: character,
                    required: Wording::DIGIT,
                });
            }
        }
    }
    if in_extension && groups.extension.as_str().is_empty() {
        return Err(Fault::Form(FORM));
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<FixedLine>() {
            Ok(line) => format!(
                "{line} {:?} {} {:?}",
                line.area_code(),
                line.number(),
                line.extension()
            ),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn brackets_hyphens_blanks_and_country_code_do_not_matter() {
        for text in [
            "010-65529988",
            "01065529988",
            "(010) 6552-9988",
            "（０１０）６５５２９９８８",
            "+86 10 65529988",
            "+86-010-65529988",
            "0086 10 6552 9988",
            "86 010 65529988",
            "86-10-65529988",
            "010 6552.9988",
        ] {
            assert_eq!(
                read(text),
                r#"010-65529988 Some("010") 65529988 None"#,
                "{text}"
            );
        }
    }

    #[test]
    fn an_extension_is_kept_apart() {
        for text in [
            "0571-87654321-801",
            "0571-87654321转801",
            "057187654321 ext 801",
            "(0571)87654321 转分机 801",
            "0571 87654321#801",
            "+86 571 8765 4321 x801",
        ] {
            assert_eq!(
                read(text),
                r#"0571-87654321-801 Some("0571") 87654321 Some("801")"#,
                "{text}"
            );
        }
        assert_snapshot!(read("0318-8221234-12"), @r#"0318-8221234-12 Some("0318") 8221234 Some("12")"#);
        assert_snapshot!(read("400-610-0000"), @"4006100000 None 4006100000 None");
    }

    #[test]
    fn refusals_say_what_to_correct() {
        assert_snapshot!(read("65529988"), @"form: is not complete: the area code is missing; 不是完整号码：缺少区号");
        assert_snapshot!(read("010-6552998"), @"length: has 10 characters, 10 to 12 are required; 共 10 位，应为 10 至 12 位");
        assert_snapshot!(read("011-65529988"), @"beginning: begins with 0116, 010, 02 and a digit, or 03 to 09 and two digits is required; 开头是“0116”，应为 010、02 加一位或 03 至 09 加两位");
        assert_snapshot!(read("010-15529988"), @"character: character 4 is 1, 2 to 8 behind the area code is required; 第 4 位是“1”，应为2 至 8（区号之后的首位）");
        assert_snapshot!(read("010-6552998O"), @"character: character 11 is O, a digit is required; 第 11 位是“O”，应为数字");
        assert_snapshot!(read("+852 2123 4567"), @"beginning: begins with 852, +86 is required; 开头是“852”，应为 +86");
    }
}
