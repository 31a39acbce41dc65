//! Area codes of fixed lines of mainland China.

use std::fmt;

use crate::division::{Division, division};
use crate::division_key::DivisionKey;
use crate::table;

/// The layouts are described in `xtask/src/reference/telephone.rs`.
static TABLE: &[u8] = include_bytes!("../tables/area_codes.bin");
static DIVISIONS: &[u8] = include_bytes!("../tables/area_codes.divisions.bin");

/// Slots of two bytes by the number of a code.
const SLOTS: usize = 1000;
const NONE: u16 = u16::MAX;
const WIDTH: usize = 5;

/// An area code (长途区号) of mainland China: the places that it serves, and how long the numbers behind it are.
///
/// ```
/// use identifiers::{AreaCode, Division};
///
/// let area = AreaCode::of("0731").unwrap();
/// let names: Vec<_> = area.divisions().map(Division::name).collect();
/// assert_eq!(names, ["长沙市", "湘潭市", "株洲市"]);
/// assert!(area.has_eight_digits() && !area.has_seven_digits());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "区号")]
pub struct AreaCode(u16);

impl AreaCode {
    /// The area code written with its zero, like `010` or `0755`, if it is one or was one.
    pub fn of(code: &str) -> Option<Self> {
        let number = code.strip_prefix('0')?;
        let is_code = matches!(
            number.as_bytes(),
            [b'1'..=b'9', b'0'..=b'9'] | [b'3'..=b'9', b'0'..=b'9', b'0'..=b'9']
        );
        let slot: usize = if is_code {
            number.parse().ok()?
        } else {
            return None;
        };
        let row = match TABLE.get(slot * 2..slot * 2 + 2) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => NONE,
        };
        (row != NONE).then_some(Self(row))
    }

    /// Every area code, ordered by number.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..u16::try_from(rows().len().saturating_sub(1)).unwrap_or(0)).map(Self)
    }

    /// The number without its zero, like 10 or 755.
    pub fn number(self) -> u16 {
        table::number(self.row(), 0)
    }

    /// Whether numbers of seven digits stand behind it.
    pub fn has_seven_digits(self) -> bool {
        self.row()[2] & 1 != 0
    }

    /// Whether numbers of eight digits stand behind it.
    pub fn has_eight_digits(self) -> bool {
        self.row()[2] & 2 != 0
    }

    /// Whether it is in use; others were merged into a neighbour, and old books still hold them.
    pub fn is_in_use(self) -> bool {
        self.row()[2] != 0
    }

    /// The divisions that it serves: prefectures, municipalities, counties that stand alone; the main one first.
    pub fn divisions(self) -> impl Iterator<Item = Division> {
        let start = table::number(self.row(), 3).into();
        let end = table::number(Self(self.0 + 1).row(), 3).into();
        let keys = table::records::<3>(DIVISIONS)
            .get(start..end)
            .unwrap_or_default();
        keys.iter().filter_map(|&[low, middle, high]| {
            division(DivisionKey::of_number(u32::from_le_bytes([
                low, middle, high, 0,
            ]))?)
        })
    }

    fn row(self) -> &'static [u8; WIDTH] {
        rows().get(usize::from(self.0)).unwrap_or(&[0; WIDTH])
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Two digits behind the zero for the largest cities, three for the others.
        write!(formatter, "0{}", self.number())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AreaCode({self})")
    }
}

fn rows() -> &'static [[u8; WIDTH]] {
    table::records(TABLE.get(SLOTS * 2..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn shown(code: &str) -> String {
        let area = AreaCode::of(code).unwrap();
        let names: Vec<_> = area.divisions().map(Division::name).collect();
        let lengths = match (area.has_seven_digits(), area.has_eight_digits()) {
            (true, true) => "7 or 8",
            (true, false) => "7",
            (false, true) => "8",
            (false, false) => "out of use",
        };
        format!("{area} {} {lengths}", names.join(" "))
    }

    #[test]
    fn an_area_code_tells_its_places_and_the_length_of_its_numbers() {
        assert_snapshot!(shown("010"), @"010 北京市 8");
        assert_snapshot!(shown("024"), @"024 沈阳市 铁岭市 抚顺市 本溪市 8");
        assert_snapshot!(shown("028"), @"028 成都市 资阳市 眉山市 8");
        assert_snapshot!(shown("0755"), @"0755 深圳市 8");
        assert_snapshot!(shown("0318"), @"0318 衡水市 7");
        assert_snapshot!(shown("0851"), @"0851 贵阳市 遵义市 安顺市 7 or 8");
        assert_snapshot!(shown("0728"), @"0728 仙桃市 潜江市 天门市 7");
        assert_snapshot!(shown("0836"), @"0836 甘孜藏族自治州 7");
        assert_snapshot!(shown("0565"), @"0565 巢湖市 out of use");
        assert_snapshot!(shown("0378"), @"0378 开封市 out of use");
    }

    #[test]
    fn every_area_code_is_found_by_its_text_and_leads_to_divisions_in_force() {
        assert!(AreaCode::all().len() > 320);
        for area in AreaCode::all() {
            assert_eq!(AreaCode::of(&area.to_string()), Some(area));
            assert!(area.divisions().next().is_some(), "{area}");
            assert!(area.divisions().all(Division::is_current), "{area}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), near in "0[0-9]{0,4}") {
            let _ = (AreaCode::of(&text), AreaCode::of(&near));
        }
    }
}
