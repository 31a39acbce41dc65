//! Licence plates of vehicles.

use std::str::FromStr;

use crate::IdentifierKind;
use crate::fault::{Fault, InvalidIdentifier, Wording};
use crate::short_text::ShortText;
use crate::text_form::text_form;
use crate::written::{half_width, is_blank};

/// A well-formed licence plate (机动车号牌), GA 36-2018.
///
/// ```
/// use identifiers::{Plate, PlateForm};
///
/// let plate: Plate = "沪a·d12345".parse()?;
/// assert_eq!(plate.as_str(), "沪AD12345");
/// assert_eq!(plate.form(), PlateForm::NewEnergy);
/// # Ok::<(), identifiers::InvalidIdentifier>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "车牌号")]
pub struct Plate {
    text: ShortText<16>,
    form: PlateForm,
}

/// What a plate says of its vehicle by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlateForm {
    /// Province, letter of the office, five letters and digits.
    Ordinary,
    /// Province, letter of the office, six places: electric and hybrid vehicles (新能源).
    NewEnergy,
    /// Ends with 警 (police).
    Police,
    /// Ends with 学 (driving school).
    DrivingSchool,
    /// Ends with 挂 (trailer).
    Trailer,
    /// Ends with 港 (of Hong Kong, in Guangdong).
    HongKong,
    /// Ends with 澳 (of Macao, in Guangdong).
    Macao,
    /// With 使 (embassy).
    Embassy,
    /// With 领 (consulate).
    Consulate,
    /// WJ and the province, or two letters and five digits: armed police and armed forces (军用).
    Military,
}

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Letters of the armed forces since 2012: the first is a command or service.
const COMMANDS: &str = "VKHBSLJNGCEQ";

impl Plate {
    /// The characters without blanks and dot, letters in upper case.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// What the form of the plate says.
    pub fn form(&self) -> PlateForm {
        self.form
    }

    /// The character of the province, where the plate has one.
    pub fn province(&self) -> Option<&str> {
        let text = self.as_str();
        let (place, _) = text
            .char_indices()
            .find(|&(_, found)| PROVINCES.contains(found))?;
        text.get(place..place + 3)
    }

    /// The letter of the office that gave the plate out, where it has one.
    pub fn office(&self) -> Option<&str> {
        let text = self
            .as_str()
            .strip_prefix(|found| PROVINCES.contains(found))?;
        text.get(..1)
    }
}

impl FromStr for Plate {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = Err(InvalidIdentifier::new(
            IdentifierKind::Plate,
            Fault::Form(Wording::new(
                "written like 京A12345, 京AD12345, 京A1234警 or 粤Z1234港",
                "“京A12345”“京AD12345”“京A1234警”“粤Z1234港”之类的写法",
            )),
        ));
        let mut characters = ['\0'; 9];
        let mut length = 0;
        for character in text
            .chars()
            .filter(|&found| !is_blank(found) && !is_dot(found))
        {
            let Some(place) = characters.get_mut(length) else {
                return refused;
            };
            *place = half_width(character).to_ascii_uppercase();
            length += 1;
        }
        let characters = &characters[..length];
        let Some(form) = form_of(characters) else {
            return refused;
        };
        let mut text = ShortText::empty();
        for &character in characters {
            text.push(character);
        }
        Ok(Self { text, form })
    }
}

text_form!(Plate, "a licence plate");

impl std::fmt::Debug for Plate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Plate({:?})", self.form)
    }
}

fn is_dot(character: char) -> bool {
    matches!(
        character,
        '.' | '·' | '•' | '‧' | '・' | '･' | '．' | '-' | '－' | '\u{2010}'..='\u{2015}'
    )
}

fn form_of(characters: &[char]) -> Option<PlateForm> {
    let (&first, rest) = characters.split_first()?;
    match first {
        'W' => return is_armed_police(rest).then_some(PlateForm::Military),
        '使' => return (rest.len() == 6 && all_digits(rest)).then_some(PlateForm::Embassy),
        _ if first.is_ascii_digit() => {
            let (last, digits) = characters.split_last()?;
            return (*last == '使' && digits.len() == 6 && all_digits(digits))
                .then_some(PlateForm::Embassy);
        }
        _ if first.is_ascii() => {
            let (second, digits) = rest.split_first()?;
            let office = COMMANDS.contains(first) && second.is_ascii_uppercase();
            return (office && digits.len() == 5 && all_digits(digits))
                .then_some(PlateForm::Military);
        }
        _ if !PROVINCES.contains(first) => return None,
        _ => {}
    }
    let (&office, serial) = rest.split_first()?;
    if !is_letter(office) {
        return None;
    }
    match serial {
        [.., last] if !last.is_ascii() => special(first, office, serial),
        [_, _, _, _, _] if all(serial) => Some(PlateForm::Ordinary),
        [_, _, _, _, _, _] if is_new_energy(serial) => Some(PlateForm::NewEnergy),
        _ => None,
    }
}

/// Plates whose last character says what they are for.
fn special(province: char, office: char, serial: &[char]) -> Option<PlateForm> {
    let (last, body) = serial.split_last()?;
    if body.len() != 4 || !all(body) {
        return None;
    }
    let in_guangdong = province == '粤' && office == 'Z';
    match last {
        '警' => Some(PlateForm::Police),
        '学' => Some(PlateForm::DrivingSchool),
        '挂' => Some(PlateForm::Trailer),
        '港' if in_guangdong => Some(PlateForm::HongKong),
        '澳' if in_guangdong => Some(PlateForm::Macao),
        '领' => Some(PlateForm::Consulate),
        _ => None,
    }
}

/// Small vehicles begin with one of ten letters, large ones end with it.
fn is_new_energy(serial: &[char]) -> bool {
    let marks = |found: &char| matches!(found, 'A'..='H' | 'J' | 'K');
    let small = serial.first().is_some_and(marks) && all(&serial[..2]) && all_digits(&serial[2..]);
    let large = serial.last().is_some_and(marks) && all_digits(&serial[..5]);
    small || large
}

/// WJ, the province, and five places, the last of which may be a letter.
fn is_armed_police(rest: &[char]) -> bool {
    let ['J', rest @ ..] = rest else {
        return false;
    };
    let serial = match rest {
        [province, serial @ ..] if PROVINCES.contains(*province) => serial,
        _ => rest,
    };
    (5..=6).contains(&serial.len()) && all(serial)
}

fn all(serial: &[char]) -> bool {
    serial
        .iter()
        .all(|&found| found.is_ascii_digit() || is_letter(found))
}

fn all_digits(serial: &[char]) -> bool {
    serial.iter().all(char::is_ascii_digit)
}

/// Letters that are told apart from digits: I and O are not used.
fn is_letter(character: char) -> bool {
    character.is_ascii_uppercase() && !matches!(character, 'I' | 'O')
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[track_caller]
    fn read(text: &str) -> String {
        match text.parse::<Plate>() {
            Ok(plate) => format!(
                "{plate} {:?} {:?} {:?}",
                plate.form(),
                plate.province(),
                plate.office()
            ),
            Err(refusal) => format!("{}: {refusal}; {}", refusal.code(), refusal.zh()),
        }
    }

    #[test]
    fn a_plate_tells_what_drives_under_it() {
        assert_snapshot!(read("京A12345"), @r#"京A12345 Ordinary Some("京") Some("A")"#);
        assert_snapshot!(read("京a·1b2c3"), @r#"京A1B2C3 Ordinary Some("京") Some("A")"#);
        assert_snapshot!(read("沪AD12345"), @r#"沪AD12345 NewEnergy Some("沪") Some("A")"#);
        assert_snapshot!(read("沪A12345D"), @r#"沪A12345D NewEnergy Some("沪") Some("A")"#);
        assert_snapshot!(read("苏E1234警"), @r#"苏E1234警 Police Some("苏") Some("E")"#);
        assert_snapshot!(read("苏E1234学"), @r#"苏E1234学 DrivingSchool Some("苏") Some("E")"#);
        assert_snapshot!(read("苏E1234挂"), @r#"苏E1234挂 Trailer Some("苏") Some("E")"#);
        assert_snapshot!(read("粤Z 12D4 港"), @r#"粤Z12D4港 HongKong Some("粤") Some("Z")"#);
        assert_snapshot!(read("粤Z1234澳"), @r#"粤Z1234澳 Macao Some("粤") Some("Z")"#);
        assert_snapshot!(read("使014578"), @"使014578 Embassy None None");
        assert_snapshot!(read("014578使"), @"014578使 Embassy None None");
        assert_snapshot!(read("沪A0023领"), @r#"沪A0023领 Consulate Some("沪") Some("A")"#);
        assert_snapshot!(read("WJ京12345"), @r#"WJ京12345 Military Some("京") None"#);
        assert_snapshot!(read("VA12345"), @"VA12345 Military None None");
    }

    #[test]
    fn what_no_office_gives_out_is_refused() {
        for text in [
            "",
            "京A1234",
            "京AO2345",
            "京I12345",
            "东A12345",
            "京AX12345",
            "京A123456",
            "京Z1234港",
            "京A12345D6",
            "12345",
            "京A12警45",
        ] {
            assert!(read(text).starts_with("form: "), "{text}: {}", read(text));
        }
        assert_snapshot!(read("京A1234O"), @"form: is not written like 京A12345, 京AD12345, 京A1234警 or 粤Z1234港; 不是“京A12345”“京AD12345”“京A1234警”“粤Z1234港”之类的写法");
    }
}
