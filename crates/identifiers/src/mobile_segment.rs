//! What the first digits of a mobile number are for.

/// A byte for each four digits from 1000 to 1999, described in `xtask/src/reference/telephone.rs`.
static SEGMENTS: &[u8] = include_bytes!("../tables/mobile_segments.bin");

/// What the four digits that a mobile number begins with are for (号段), by the numbering plan.
///
/// Who keeps the number when moving to another operator keeps the digits: since 2019 they tell who gave a number out, not who
/// serves it (携号转网).
///
/// ```
/// use identifiers::{MobileOperator, MobileSegment, MobileSegmentKind};
///
/// let segment = MobileSegment::of("13800138000").unwrap();
/// assert_eq!(segment.operator, Some(MobileOperator::Mobile));
/// assert_eq!(MobileSegment::of("16200000000").unwrap().kind, MobileSegmentKind::Virtual);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "号段")]
pub struct MobileSegment {
    /// Who was given the segment; none where it is shared or unknown. Behind a virtual operator, whose network it uses.
    pub operator: Option<MobileOperator>,
    /// What it is for.
    pub kind: MobileSegmentKind,
}

/// Operators with a network of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MobileOperator {
    /// China Mobile (中国移动).
    Mobile,
    /// China Unicom (中国联通).
    Unicom,
    /// China Telecom (中国电信).
    Telecom,
    /// China Broadnet (中国广电).
    Broadnet,
    /// China Satcom (中国卫通).
    Satcom,
}

/// What a segment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MobileSegmentKind {
    /// Given to nobody.
    Unassigned,
    /// Subscribers of an operator with a network.
    Ordinary,
    /// Subscribers of an operator without a network (虚拟运营商).
    Virtual,
    /// Machines, mostly with 13 digits (物联网).
    Machines,
    /// Telephones by satellite (卫星移动通信).
    Satellite,
}

impl MobileSegment {
    /// The segment of a number, or of its first four digits; none if it does not begin with four digits, the first of them 1.
    pub fn of(number: &str) -> Option<Self> {
        let [b'1', digits @ ..] = number.as_bytes().get(..4)? else {
            return None;
        };
        let mut place = 0;
        for digit in digits {
            place = place * 10 + usize::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
        let segment = SEGMENTS.get(place)?;
        Some(Self {
            operator: match segment & 15 {
                1 => Some(MobileOperator::Mobile),
                2 => Some(MobileOperator::Unicom),
                3 => Some(MobileOperator::Telecom),
                4 => Some(MobileOperator::Broadnet),
                5 => Some(MobileOperator::Satcom),
                _ => None,
            },
            kind: match segment >> 4 {
                1 => MobileSegmentKind::Ordinary,
                2 => MobileSegmentKind::Virtual,
                3 => MobileSegmentKind::Machines,
                4 => MobileSegmentKind::Satellite,
                _ => MobileSegmentKind::Unassigned,
            },
        })
    }
}

impl MobileOperator {
    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Mobile => "中国移动",
            Self::Unicom => "中国联通",
            Self::Telecom => "中国电信",
            Self::Broadnet => "中国广电",
            Self::Satcom => "中国卫通",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    use insta::assert_snapshot;
    use proptest::prelude::*;

    /// Stretches of segments that say the same.
    fn stretches() -> String {
        let said = |digits: u32| {
            let segment = MobileSegment::of(&digits.to_string()).unwrap();
            let operator = segment.operator.map_or("", MobileOperator::zh);
            format!("{:?} {operator}", segment.kind)
        };
        let mut text = String::new();
        let mut first = 1000;
        for digits in 1000..2000 {
            if digits == 1999 || said(digits + 1) != said(first) {
                if !said(first).starts_with("Unassigned") {
                    let _ = writeln!(text, "{first}-{digits} {}", said(first));
                }
                first = digits + 1;
            }
        }
        text
    }

    #[test]
    fn the_numbering_plan_is_told_as_it_is() {
        assert_snapshot!(stretches(), @r"
        1064-1064 Machines 
        1300-1329 Ordinary 中国联通
        1330-1339 Ordinary 中国电信
        1340-1348 Ordinary 中国移动
        1349-1349 Satellite 中国卫通
        1350-1399 Ordinary 中国移动
        1400-1409 Machines 中国联通
        1410-1419 Machines 中国电信
        1440-1449 Machines 中国移动
        1450-1459 Ordinary 中国联通
        1460-1469 Machines 中国联通
        1470-1479 Ordinary 中国移动
        1480-1489 Machines 中国移动
        1490-1499 Ordinary 中国电信
        1500-1529 Ordinary 中国移动
        1530-1539 Ordinary 中国电信
        1550-1569 Ordinary 中国联通
        1570-1599 Ordinary 中国移动
        1610-1610 Ordinary 中国广电
        1620-1629 Virtual 中国电信
        1650-1659 Virtual 中国移动
        1660-1669 Ordinary 中国联通
        1670-1679 Virtual 中国联通
        1700-1702 Virtual 中国电信
        1703-1703 Virtual 中国移动
        1704-1704 Virtual 中国联通
        1705-1706 Virtual 中国移动
        1707-1719 Virtual 中国联通
        1720-1729 Ordinary 中国移动
        1730-1739 Ordinary 中国电信
        1740-1740 Satellite 中国电信
        1749-1749 Satellite 
        1750-1769 Ordinary 中国联通
        1770-1779 Ordinary 中国电信
        1780-1789 Ordinary 中国移动
        1800-1819 Ordinary 中国电信
        1820-1849 Ordinary 中国移动
        1850-1869 Ordinary 中国联通
        1870-1889 Ordinary 中国移动
        1890-1919 Ordinary 中国电信
        1920-1929 Ordinary 中国广电
        1930-1939 Ordinary 中国电信
        1950-1959 Ordinary 中国移动
        1960-1969 Ordinary 中国联通
        1970-1989 Ordinary 中国移动
        1990-1999 Ordinary 中国电信
        ");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), near in "1[0-9]{0,12}") {
            let _ = (MobileSegment::of(&text), MobileSegment::of(&near));
        }
    }
}
