//! What is remarkable about an identifier without making it wrong.

use std::fmt;

use crate::short_text::{ShortText, push};

/// Some digits of an identifier, at most six.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digits(ShortText<6>);

impl Digits {
    pub(crate) fn of(digits: &[u8]) -> Self {
        Self(ShortText::of_ascii(digits))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Something remarkable about an identifier (发现), whether or not it is well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A well-formed number whose division is in no edition of GB/T 2260.
    #[error("division {0} is in no edition of GB/T 2260")]
    DivisionNeverKnown(Digits),
    /// The division had been abolished before the person was born.
    #[error("division {division} was abolished in {abolished}, before the birth in {born}")]
    DivisionAbolished {
        /// The six digits.
        division: Digits,
        /// The year in which the division ended.
        abolished: u16,
        /// The year of birth.
        born: u16,
    },
    /// A sequence of 996 to 999, kept for those who were a hundred when numbers were given out.
    #[error("sequence {0} is kept for centenarians of the first numbering")]
    CentenarianSequence(u16),
    /// Born before 1910.
    #[error("birth year {0} is far past")]
    BirthDateFarPast(u16),
    /// The organisation code inside a credit code fails its own check.
    #[error("check character of the organisation code inside is {found}, {expected} is usual")]
    InnerOrganisationCode {
        /// The check character given.
        found: char,
        /// The one that belongs to the other eight.
        expected: char,
    },
    /// One digit over and over, or digits counted up or down: made up at a desk.
    #[error("is a dummy: one digit repeated, or digits in a row")]
    Dummy,
    /// A mobile number of a virtual operator.
    #[error("mobile segment {0} belongs to virtual operators")]
    VirtualSegment(Digits),
    /// A number for machines.
    #[error("mobile segment {0} is for machines")]
    MachineSegment(Digits),
    /// A mobile segment that has not been given out.
    #[error("mobile segment {0} is not in use")]
    UnassignedSegment(Digits),
    /// A resident identity number of 15 digits: such cards have been invalid since 2013.
    #[error("cards with 15 digits have been invalid since 2013")]
    ExpiredDocument,
    /// A form that is no longer given out.
    #[error("is written in a form that is no longer given out")]
    OldForm,
    /// There is no check digit or rule: only the shape was looked at.
    #[error("only the shape was checked: the number has no check digit")]
    ShapeOnly,
    /// An identity number that belongs to a residence permit.
    #[error("is the number of a residence permit")]
    ResidencePermit,
    /// An identity number that belongs to a foreigner's permanent-resident card.
    #[error("is the number of a foreigner's permanent-resident card")]
    PermanentResidentCard,
    /// An area code that is in no table.
    #[error("area code {0} is not known")]
    AreaCodeUnknown(Digits),
    /// An area code that has been merged into another.
    #[error("area code {0} has been merged into another")]
    AreaCodeAbolished(Digits),
    /// A mobile number of a telephone by satellite.
    #[error("mobile segment {0} is for telephones by satellite")]
    SatelliteSegment(Digits),
    /// A postcode or plate whose place is in no table.
    #[error("its place is not known")]
    PlaceUnknown,
}

impl Finding {
    /// A code that never changes, whatever the wording.
    pub fn code(&self) -> &'static str {
        match self {
            Self::DivisionNeverKnown(_) => "division_never_known",
            Self::DivisionAbolished { .. } => "division_abolished",
            Self::CentenarianSequence(_) => "centenarian_sequence",
            Self::BirthDateFarPast(_) => "birth_date_far_past",
            Self::InnerOrganisationCode { .. } => "inner_organisation_code",
            Self::Dummy => "dummy",
            Self::VirtualSegment(_) => "virtual_segment",
            Self::MachineSegment(_) => "machine_segment",
            Self::UnassignedSegment(_) => "unassigned_segment",
            Self::ExpiredDocument => "expired_document",
            Self::OldForm => "old_form",
            Self::ShapeOnly => "shape_only",
            Self::ResidencePermit => "residence_permit",
            Self::PermanentResidentCard => "permanent_resident_card",
            Self::AreaCodeUnknown(_) => "area_code_unknown",
            Self::AreaCodeAbolished(_) => "area_code_abolished",
            Self::SatelliteSegment(_) => "satellite_segment",
            Self::PlaceUnknown => "place_unknown",
        }
    }

    /// Appends the message in Chinese. That of the code inside, which files are full of, is put
    /// together without the formatting machinery: for writing by the million.
    pub fn write_zh(&self, output: &mut Vec<u8>) {
        if let Self::InnerOrganisationCode { found, expected } = *self {
            output.extend_from_slice("其中组织机构代码的校验码是 ".as_bytes());
            push(found, output);
            output.extend_from_slice("，通常应为 ".as_bytes());
            push(expected, output);
        } else {
            output.extend_from_slice(self.zh().as_bytes());
        }
    }

    /// The message in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::DivisionNeverKnown(division) => {
                format!("行政区划代码 {division} 不见于 GB/T 2260 任何一版")
            }
            Self::DivisionAbolished {
                division,
                abolished,
                born,
            } => format!("行政区划 {division} 于 {abolished} 年撤销，早于出生年份 {born}"),
            Self::CentenarianSequence(sequence) => {
                format!("顺序码 {sequence} 留给首次编号时的百岁老人")
            }
            Self::BirthDateFarPast(year) => format!("出生年份 {year} 过于久远"),
            Self::InnerOrganisationCode { found, expected } => {
                format!("其中组织机构代码的校验码是 {found}，通常应为 {expected}")
            }
            Self::Dummy => "疑似虚假：同一数字重复，或数字连续".to_owned(),
            Self::VirtualSegment(segment) => format!("{segment} 是虚拟运营商号段"),
            Self::MachineSegment(segment) => format!("{segment} 是物联网号段"),
            Self::UnassignedSegment(segment) => format!("{segment} 号段尚未启用"),
            Self::ExpiredDocument => "15 位号码的证件自 2013 年起失效".to_owned(),
            Self::OldForm => "是不再签发的旧式号码".to_owned(),
            Self::ShapeOnly => "只核对了形式：该号码没有校验码".to_owned(),
            Self::ResidencePermit => "是港澳台居民居住证号码".to_owned(),
            Self::PermanentResidentCard => "是外国人永久居留身份证号码".to_owned(),
            Self::AreaCodeUnknown(area) => format!("区号 {area} 未知"),
            Self::AreaCodeAbolished(area) => format!("区号 {area} 已并入其他区号"),
            Self::SatelliteSegment(segment) => format!("{segment} 是卫星通信号段"),
            Self::PlaceUnknown => "所属地区未知".to_owned(),
        }
    }
}

/// How many findings one identifier has at most.
const MOST: usize = 4;

/// The findings about one identifier; keeping them costs no allocation.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Findings {
    findings: [Option<Finding>; MOST],
}

impl Findings {
    /// Adds a finding, as long as there is room.
    pub(crate) fn add(&mut self, finding: Finding) {
        if let Some(place) = self.findings.iter_mut().find(|place| place.is_none()) {
            *place = Some(finding);
        }
    }

    /// Each finding, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = Finding> + '_ {
        self.findings.iter().map_while(|finding| *finding)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.findings[0].is_none()
    }

    /// Whether there is one with this code.
    pub fn contains(&self, code: &str) -> bool {
        self.iter().any(|finding| finding.code() == code)
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_the_message() {
        let inner = Finding::InnerOrganisationCode {
            found: 'A',
            expected: 'X',
        };
        for finding in [inner, Finding::Dummy, Finding::BirthDateFarPast(1880)] {
            let mut written = Vec::new();
            finding.write_zh(&mut written);
            assert_eq!(written, finding.zh().into_bytes());
        }
    }
}
