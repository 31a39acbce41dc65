//! Masks (脱敏规则): what is left of a value when it is shown to somebody who may not see it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::expression::Expression;
use crate::pack::reading::Section;
use crate::rule::{Example, Head, Kind, Reading, Trial};

/// What stands for a hidden character.
const HIDDEN: char = '*';
/// Where an address stops being a place and starts being somebody's door.
const DISTRICT_ENDS: [char; 3] = ['区', '县', '旗'];

/// How an attribute is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[doc(alias = "脱敏")]
pub enum Mask {
    /// Nothing but its presence shows: `all`.
    All,
    /// The first and the last characters show: `keep:3:4`.
    Keep {
        /// How many at the start.
        first: usize,
        /// How many at the end.
        last: usize,
    },
    /// The year of a date shows: `date_year`.
    DateYear,
    /// The first character and the host of an address show: `email`.
    Email,
    /// Province, city and district show: `address_district`.
    AddressDistrict,
}

/// A word that names no mask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no mask: all, keep:FIRST:LAST, date_year, email or address_district")]
pub struct InvalidMask(String);

impl Mask {
    /// The value as it may be shown. Never longer than the value, and never the whole of it.
    pub fn apply(self, value: &str) -> String {
        let length = value.chars().count();
        match self {
            Self::Keep { first, last } if first.saturating_add(last) < length => {
                keep(value, first, last)
            }
            Self::DateYear if length >= 8 && value.is_ascii() => format!("{}-**-**", &value[..4])
                .chars()
                .take(length)
                .collect(),
            Self::All | Self::Keep { .. } | Self::DateYear => stars(length),
            Self::Email => mask_email(value),
            Self::AddressDistrict => mask_address(value),
        }
    }
}

fn stars(length: usize) -> String {
    std::iter::repeat_n(HIDDEN, length.min(8)).collect()
}

fn keep(value: &str, first: usize, last: usize) -> String {
    let length = value.chars().count();
    let hide = |(place, character)| {
        if place < first || place + last >= length {
            character
        } else {
            HIDDEN
        }
    };
    value.chars().enumerate().map(hide).collect()
}

fn mask_email(value: &str) -> String {
    match value.split_once('@') {
        Some((local, host)) if local.chars().count() > 1 => {
            format!("{}@{host}", keep(local, 1, 0))
        }
        _ => stars(value.chars().count()),
    }
}

fn mask_address(value: &str) -> String {
    let district = value
        .char_indices()
        .find(|(_, character)| DISTRICT_ENDS.contains(character));
    let city = || {
        value
            .char_indices()
            .find(|(_, character)| *character == '市')
    };
    let Some((at, end)) = district.or_else(city) else {
        return stars(value.chars().count());
    };
    let shown = &value[..at + end.len_utf8()];
    let hidden = value.chars().count() - shown.chars().count();
    format!("{shown}{}", stars(hidden))
}

impl FromStr for Mask {
    type Err = InvalidMask;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidMask(text.to_owned());
        match text {
            "all" => Ok(Self::All),
            "date_year" => Ok(Self::DateYear),
            "email" => Ok(Self::Email),
            "address_district" => Ok(Self::AddressDistrict),
            _ => {
                let counts = text
                    .strip_prefix("keep:")
                    .and_then(|counts| counts.split_once(':'));
                let (first, last) = counts.ok_or_else(invalid)?;
                Ok(Self::Keep {
                    first: first.parse().map_err(|_| invalid())?,
                    last: last.parse().map_err(|_| invalid())?,
                })
            }
        }
    }
}

impl TryFrom<String> for Mask {
    type Error = InvalidMask;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Mask> for String {
    fn from(mask: Mask) -> Self {
        match mask {
            Mask::All => "all".to_owned(),
            Mask::Keep { first, last } => format!("keep:{first}:{last}"),
            Mask::DateYear => "date_year".to_owned(),
            Mask::Email => "email".to_owned(),
            Mask::AddressDistrict => "address_district".to_owned(),
        }
    }
}

/// The mask of an attribute.
#[derive(Clone, Debug)]
pub struct MaskRule {
    /// Who it is.
    pub head: Head,
    /// The attribute, by its name.
    pub attribute: String,
    /// What is left of its values.
    pub shape: Mask,
    /// What is left of given values.
    pub examples: Vec<Example<String>>,
}

impl Kind for MaskRule {
    const KEY: &'static str = "mask";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let attribute = reading.attribute(table, Self::KEY);
        let shape = table.text("shape", reading.problems);
        let shape = shape.and_then(|written| match written.text.parse() {
            Ok(shape) => Some(shape),
            Err(wrong) => {
                let wrong: InvalidMask = wrong;
                let zh = "脱敏形式为 all、keep:首:尾、date_year、email 或 address_district";
                reading.report(table, &written.span, "mask", (zh, wrong.to_string()));
                None
            }
        });
        let examples = reading.examples_of(table, |example, reading| {
            let given = example.text("given", reading.problems);
            let expect = example.text("expect", reading.problems)?;
            Some((given?.text.to_owned(), expect.text.to_owned()))
        });
        Some(Self {
            head,
            attribute: attribute?,
            shape: shape?,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        Vec::new()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        for example in &self.examples {
            let found = self.shape.apply(&example.given);
            trial.compare(&self.head, example, &found);
        }
        !self.examples.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_mask() -> impl Strategy<Value = Mask> {
        prop_oneof![
            Just(Mask::All),
            (0_usize..9, 0_usize..9).prop_map(|(first, last)| Mask::Keep { first, last }),
            Just(Mask::DateYear),
            Just(Mask::Email),
            Just(Mask::AddressDistrict),
        ]
    }

    proptest! {
        #[test]
        fn masking_never_lengthens_and_always_hides(mask in any_mask(), value in "[a-z0-9@市区县号.-]{1,30}") {
            let masked = mask.apply(&value);
            prop_assert!(masked.chars().count() <= value.chars().count());
            prop_assert!(masked != value || value.ends_with(DISTRICT_ENDS) || value.ends_with('市') , "{value} is shown whole");
        }

        #[test]
        fn a_mask_reads_back(mask in any_mask()) {
            prop_assert_eq!(String::from(mask).parse(), Ok(mask));
        }
    }

    #[test]
    fn what_is_left_helps_to_recognise_but_not_to_know() {
        let masked = |mask: &str, value: &str| mask.parse::<Mask>().unwrap().apply(value);
        assert_eq!(masked("keep:3:4", "13812345678"), "138****5678");
        assert_eq!(masked("keep:3:4", "1234567"), "*******");
        assert_eq!(masked("date_year", "1980-01-02"), "1980-**-**");
        assert_eq!(masked("email", "zhangsan@qq.com"), "z*******@qq.com");
        assert_eq!(
            masked("address_district", "浙江省杭州市西湖区文三路1号"),
            "浙江省杭州市西湖区*****"
        );
        assert_eq!(masked("all", "机密"), "**");
    }
}
