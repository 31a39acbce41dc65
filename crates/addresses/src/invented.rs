//! Laws over invented addresses: real places, invented streets and numbers.

use proptest::prelude::*;

use crate::gazetteer::PlaceIndex;
use crate::{Part, compare, parse};

/// A place that is valid today, of the county or town, outside zones.
fn place() -> impl Strategy<Value = PlaceIndex> {
    let places: Vec<PlaceIndex> = places()
        .filter(|place| {
            let name = crate::canonical::in_full(*place);
            name.matches('区').count() < 2
                && !name.contains("开发区")
                && !name.contains("特殊乡")
                && !name.contains("县克林镇")
        })
        .collect();
    prop::sample::select(places)
}

/// Everything below the town.
fn street() -> impl Strategy<Value = String> {
    let road = prop::sample::select(vec![
        "文苑路",
        "滨河大道",
        "青石巷",
        "学府东路",
        "建设二路",
        "环城北路",
    ]);
    let estate = prop::sample::select(vec!["", "锦绣花园", "翠竹小区", "望江新村", "阳光公寓"]);
    (
        road,
        1_u16..2_000,
        estate,
        1_u8..40,
        1_u8..9,
        101_u16..3_000,
    )
        .prop_map(|(road, number, estate, building, unit, room)| {
            if estate.is_empty() {
                return format!("{road}{number}号");
            }
            format!("{road}{number}号{estate}{building}幢{unit}单元{room}室")
        })
}

/// Every county and town of today that is no zone.
fn places() -> impl Iterator<Item = PlaceIndex> {
    (0..70_000)
        .map(PlaceIndex)
        .take_while(|place| place.code() != 0)
        .filter(|place| {
            place.level() > 2
                && place.last_year().is_none()
                && place.code() < 700_000_000
                && !place.is_zone()
        })
}

#[test]
fn nearly_every_county_and_town_is_found_by_its_full_name() {
    let (mut all, mut found) = (0_u32, 0_u32);
    for place in places() {
        let text = format!("{}建设路5号", crate::canonical::in_full(place));
        let address = parse(&text);
        let right =
            address.code().map(|code| code.as_number() / 1_000) == Some(u64::from(place.code()));
        all += 1;
        found += u32::from(right);
    }
    assert!(found * 1_000 >= all * 999, "{found} of {all}");
}

proptest! {
    #[test]
    fn divisions_in_full_are_found_with_their_code(place in place(), street in street()) {
        let text = format!("{}{street}", crate::canonical::in_full(place));
        let address = parse(&text);
        let found = address.code().map(|code| code.as_number() / 1_000);
        prop_assert_eq!(found, Some(u64::from(place.code())), "{:?}", address);
        prop_assert!(street.starts_with(address.road()), "{:?}", address);
    }

    #[test]
    fn the_canonical_form_is_a_fixed_point(place in place(), street in street()) {
        let text = format!("{}{street}", crate::canonical::in_full(place));
        let canonical = parse(&text).canonical();
        prop_assert_eq!(&canonical, &text);
        prop_assert_eq!(parse(&canonical).canonical(), canonical);
    }

    #[test]
    fn leaving_out_the_upper_levels_loses_no_certainty_that_remains(place in place(), street in street()) {
        let short = format!("{}{street}", place.name());
        let address = parse(&short);
        if let Some(code) = address.code()
            && address.completed(Part::Town) == place.name()
        {
            // A name that only one place bears leads to it.
            let whole = parse(&short);
            prop_assert_eq!(whole.code(), Some(code));
            prop_assert_eq!(compare(&address, &whole).permille(), 1_000);
        }
    }
}
