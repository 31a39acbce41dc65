//! Places that postcodes and plates lead to.

use crate::division::{Division, division};
use crate::division_key::DivisionKey;
use crate::table;

/// The layouts are described in `xtask/src/reference/localities.rs`.
static POSTCODES: &[u8] = include_bytes!("../tables/postcodes.bin");
static PLATES: &[u8] = include_bytes!("../tables/plates.bin");

/// A character of three bytes, its province, and 26 places of two bytes.
const PLATE_ROW: usize = 56;
const NONE: u16 = u16::MAX;

/// The smallest division known to hold all places of a postcode (邮政编码): a prefecture, or a province where its first four digits
/// lie in several or are not known. Only the first four digits are looked at, except of 999077, 999078 and 999079.
///
/// ```
/// use identifiers::{Division, postcode_division};
///
/// assert_eq!(postcode_division("518000").map(Division::name), Some("深圳市"));
/// assert_eq!(postcode_division("100871").map(Division::name), Some("北京市"));
/// ```
pub fn postcode_division(postcode: &str) -> Option<Division> {
    if let Some(beyond) = beyond_the_mainland(postcode) {
        return division(DivisionKey::of_number(beyond)?);
    }
    let mut place = 0;
    for digit in postcode.as_bytes().get(..4)? {
        place = place * 10 + usize::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    let &[low, middle, high] = table::records::<3>(POSTCODES).get(place)?;
    division(DivisionKey::of_number(u32::from_le_bytes([
        low, middle, high, 0,
    ]))?)
}

/// The whole postcodes that the post of the mainland uses for places with a post of their own.
fn beyond_the_mainland(postcode: &str) -> Option<u32> {
    match postcode {
        "999077" => Some(810_000),
        "999078" => Some(820_000),
        "999079" => Some(710_000),
        _ => None,
    }
}

/// The division whose office gives out plates (号牌) that begin with two characters, like 粤B: a prefecture, or a province where the
/// letter stands for several, or for vehicles of a kind; none where no office has the letter. Further characters are not looked at.
///
/// ```
/// use identifiers::{Division, plate_division};
///
/// assert_eq!(plate_division("粤B12345").map(Division::name), Some("深圳市"));
/// ```
pub fn plate_division(plate: &str) -> Option<Division> {
    let &[a, b, c, letter @ b'A'..=b'Z', ..] = plate.as_bytes() else {
        return None;
    };
    let rows = table::records::<PLATE_ROW>(PLATES);
    let character = |row: &[u8; PLATE_ROW]| u32::from_be_bytes([0, row[0], row[1], row[2]]);
    let wanted = u32::from_be_bytes([0, a, b, c]);
    let row = rows.binary_search_by_key(&wanted, character).ok()?;
    let row = rows.get(row)?;
    let county = table::number(row, 4 + usize::from(letter - b'A') * 2);
    if county == NONE {
        return None;
    }
    division(DivisionKey::of_number(
        u32::from(row[3]) * 10_000 + u32::from(county),
    )?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn postcodes_lead_to_prefectures_or_provinces() {
        let name = |code| postcode_division(code).map(Division::name);
        for (code, place) in [
            ("100871", "北京市"),
            ("200040", "上海市"),
            ("518057", "深圳市"),
            ("310058", "杭州市"),
            ("610065", "成都市"),
            ("832000", "石河子市"),
            ("653100", "玉溪市"),
            ("999077", "香港特别行政区"),
        ] {
            assert_eq!(name(code), Some(place), "{code}");
        }
        assert_eq!(
            (name("999000"), name("50"), name("5180a")),
            (None, None, Some("深圳市"))
        );
    }

    #[test]
    fn plates_lead_to_the_office_that_gives_them_out() {
        let name = |plate| plate_division(plate).map(Division::name);
        for (plate, place) in [
            ("京A", "北京市"),
            ("沪C", "上海市"),
            ("粤B", "深圳市"),
            ("粤X", "佛山市"),
            ("粤Z", "广东省"),
            ("桂H", "桂林市"),
            ("新G", "塔城地区"),
            ("新F", "伊犁哈萨克自治州"),
            ("琼C", "海南省"),
            ("吉K", "吉林省"),
            ("鄂P", "神农架林区"),
            ("川A", "成都市"),
            ("渝A", "重庆市"),
            ("宁E", "中卫市"),
        ] {
            assert_eq!(name(plate), Some(place), "{plate}");
        }
        assert_eq!(
            (name("宁Z"), name("台A"), name("A"), name("粤b")),
            (None, None, None, None)
        );
    }

    #[test]
    fn every_place_is_a_division_in_force() {
        for head in 0..10_000 {
            if let Some(found) = postcode_division(&format!("{head:04}")) {
                assert!(found.is_current(), "{head:04} {found:?}");
            }
        }
        for character in "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新".chars()
        {
            let offices =
                ('A'..='Z').filter_map(|letter| plate_division(&format!("{character}{letter}")));
            let offices: Vec<Division> = offices.collect();
            assert!(
                offices.len() > 4 && offices.iter().all(|office| office.is_current()),
                "{character}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), near in "[京粤台]?[A-Z]?[0-9]{0,8}") {
            for text in [&text, &near] {
                let _ = (postcode_division(text), plate_division(text));
            }
        }
    }
}
