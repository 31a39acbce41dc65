//! The order of addresses that have no number to go by.
//!
//! A gas company's rule for its address file: irregular addresses without a common name stand from south to north, then
//! from east to west.

use std::cmp::Ordering;
use std::fmt;

use crate::address::Address;

/// A point on the earth in millionths of a degree; north and east are positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Coordinates {
    latitude: i32,
    longitude: i32,
}

/// Why numbers are no coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidCoordinates {
    /// Beyond the poles.
    Latitude(i32),
    /// Beyond 180 degrees.
    Longitude(i32),
}

impl InvalidCoordinates {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Latitude(_) => "coordinates_latitude",
            Self::Longitude(_) => "coordinates_longitude",
        }
    }

    /// The reason in Chinese.
    pub fn zh(self) -> String {
        match self {
            Self::Latitude(found) => format!("纬度为 {found} 微度，应在正负 90000000 之间"),
            Self::Longitude(found) => format!("经度为 {found} 微度，应在正负 180000000 之间"),
        }
    }
}

impl fmt::Display for InvalidCoordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latitude(found) => write!(
                f,
                "latitude is {found} millionths of a degree, at most 90000000 are possible"
            ),
            Self::Longitude(found) => write!(
                f,
                "longitude is {found} millionths of a degree, at most 180000000 are possible"
            ),
        }
    }
}

impl std::error::Error for InvalidCoordinates {}

impl Coordinates {
    /// Takes millionths of a degree.
    pub fn of_microdegrees(latitude: i32, longitude: i32) -> Result<Self, InvalidCoordinates> {
        if latitude.abs_diff(0) > 90_000_000 {
            return Err(InvalidCoordinates::Latitude(latitude));
        }
        if longitude.abs_diff(0) > 180_000_000 {
            return Err(InvalidCoordinates::Longitude(longitude));
        }
        Ok(Self {
            latitude,
            longitude,
        })
    }

    /// Millionths of a degree to the north.
    pub fn latitude_microdegrees(self) -> i32 {
        self.latitude
    }

    /// Millionths of a degree to the east.
    pub fn longitude_microdegrees(self) -> i32 {
        self.longitude
    }
}

/// From south to north, then from east to west.
pub fn south_to_north_then_east_to_west(left: Coordinates, right: Coordinates) -> Ordering {
    let northward = left.latitude.cmp(&right.latitude);
    northward.then(right.longitude.cmp(&left.longitude))
}

/// An address and where it lies, as far as somebody measured it.
#[derive(Clone, Copy, Debug)]
pub struct Located<'address, 'text> {
    /// The address.
    pub address: &'address Address<'text>,
    /// Its point.
    pub coordinates: Option<Coordinates>,
}

/// Orders irregular addresses: by division code, within a division those with a point from south to north, then from
/// east to west, and behind them those without one by their text. A total order.
pub fn order_irregular(left: &Located<'_, '_>, right: &Located<'_, '_>) -> Ordering {
    let county = |located: &Located<'_, '_>| {
        located
            .address
            .code()
            .map(|code| code.as_number() / 1_000_000)
    };
    let points = match (left.coordinates, right.coordinates) {
        (Some(one), Some(other)) => south_to_north_then_east_to_west(one, other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let texts = || left.address.text().cmp(right.address.text());
    county(left)
        .cmp(&county(right))
        .then(points)
        .then_with(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    fn point(latitude: i32, longitude: i32) -> Coordinates {
        Coordinates::of_microdegrees(latitude, longitude).unwrap()
    }

    #[test]
    fn irregular_addresses_stand_from_south_to_north_then_from_east_to_west() {
        let address = parse("杭州市西湖区河边第一间");
        let at = |coordinates| Located {
            address: &address,
            coordinates,
        };
        let mut all = [
            at(None),
            at(Some(point(30_300_000, 120_100_000))),
            at(Some(point(30_200_000, 120_100_000))),
            at(Some(point(30_200_000, 120_200_000))),
        ];
        all.sort_by(order_irregular);
        let east: Vec<_> = all
            .iter()
            .map(|one| one.coordinates.map(Coordinates::longitude_microdegrees))
            .collect();
        assert_eq!(
            east,
            [
                Some(120_200_000),
                Some(120_100_000),
                Some(120_100_000),
                None
            ]
        );
    }

    #[test]
    fn impossible_points_are_refused() {
        let refusal = |latitude, longitude| {
            let refused = Coordinates::of_microdegrees(latitude, longitude).unwrap_err();
            format!("{}: {refused}; {}", refused.code(), refused.zh())
        };
        assert_snapshot!(refusal(90_000_001, 0), @"coordinates_latitude: latitude is 90000001 millionths of a degree, at most 90000000 are possible; 纬度为 90000001 微度，应在正负 90000000 之间");
        assert_snapshot!(refusal(0, i32::MIN), @"coordinates_longitude: longitude is -2147483648 millionths of a degree, at most 180000000 are possible; 经度为 -2147483648 微度，应在正负 180000000 之间");
    }

    proptest! {
        #[test]
        fn turning_two_points_turns_their_order(a in -90..90, b in -180..180, c in -90..90, d in -180..180) {
            let (one, other) = (point(a * 1_000_000, b * 1_000_000), point(c * 1_000_000, d * 1_000_000));
            prop_assert_eq!(
                south_to_north_then_east_to_west(one, other),
                south_to_north_then_east_to_west(other, one).reverse()
            );
        }
    }
}
