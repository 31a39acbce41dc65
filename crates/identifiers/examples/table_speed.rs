//! Prints how long a look-up in the reference tables takes: `cargo run --release -p identifiers --example table_speed`.

use std::hint::black_box;
use std::time::Instant;

use identifiers::{
    AreaCode, CardIssue, Country, Division, DivisionKey, MobileSegment, division, divisions,
    plate_division, postcode_division,
};

const ROUNDS: usize = 20_000_000;

fn main() {
    let known: Vec<DivisionKey> = divisions().map(Division::code).collect();
    // Far from each other, as the rows of a file are.
    let scattered: Vec<DivisionKey> = (0..8192)
        .map(|place| known[place * 4099 % known.len()])
        .collect();
    let unknown: Vec<DivisionKey> = (0..8192)
        .filter_map(|place| DivisionKey::of_number(100_000 + place * 7919 % 900_000))
        .collect();
    measure("division, known code", &scattered, |code| {
        division(code).is_some()
    });
    measure("division, any six digits", &unknown, |code| {
        division(code).is_some()
    });
    measure("division, status in a year", &scattered, |code| {
        division(code)
            .is_some_and(|found| black_box(found.status_in(1990)) == found.status_in(1991))
    });
    measure("division, name in a year", &scattered, |code| {
        division(code)
            .and_then(|found| found.era_in(2000))
            .is_some_and(|era| !era.name().is_empty())
    });
    measure("division, place above", &scattered, |code| {
        division(code).is_some_and(|found| found.latest().parent_in(2000).is_some())
    });
    measure(
        "country by number",
        &[156, 840, 250, 999, 36, 410, 5, 643],
        |number| Country::of_number(number).is_some(),
    );
    measure(
        "country by three letters",
        &["CHN", "USA", "FRA", "XYZ", "AUS", "KOR", "VNM", "RUS"],
        |code| Country::of_alpha3(code).is_some(),
    );
    let mobiles = ["13800138000", "17012345678", "19212345678", "14012345678"];
    measure("mobile segment", &mobiles, |number| {
        MobileSegment::of(number).is_some()
    });
    measure("area code", &["010", "0755", "0999", "0100"], |code| {
        AreaCode::of(code).is_some()
    });
    let cards = [
        "6222021234567890123",
        "6228480402564890018",
        "4033611234567890",
        "6212601021234567",
    ];
    measure("bank of a card", &cards, |number| {
        CardIssue::of(number).is_some()
    });
    let postcodes = ["518000", "100871", "832000", "610065"];
    measure("postcode", &postcodes, |code| {
        postcode_division(code).is_some()
    });
    measure(
        "plate",
        &["粤B12345", "京A12345", "新G12345", "宁E12345"],
        |plate| plate_division(plate).is_some(),
    );
}

fn measure<T: Copy>(what: &str, given: &[T], look_up: fn(T) -> bool) {
    let mut found = 0_usize;
    let start = Instant::now();
    for round in 0..ROUNDS {
        found += usize::from(look_up(black_box(given[round % given.len()])));
    }
    let nanoseconds = start.elapsed().as_nanos() / (ROUNDS as u128 / 100);
    let hundredths = nanoseconds % 100;
    println!(
        "{what:28} {:4}.{hundredths:02} ns, found {found}",
        nanoseconds / 100
    );
}
