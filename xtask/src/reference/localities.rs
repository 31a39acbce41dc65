//! Places that the first digits of a postcode and the first two characters of a plate lead to.
//!
//! - `postcodes.bin`: 3 bytes for each four digits from 0000 to 9999: the division that all its counties share, a prefecture or else a
//!   province; 0: none known.
//! - `plates.bin`: provinces by their character, 31 rows of 56 bytes, sorted by the character: character (3), first two
//!   digits of the province (1), then for the letters A to Z
//!   two bytes each: the division without the digits of the province, 0 for the province itself, 65535 for none.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::binary::Records;
use super::divisions::by_name::{self, ByName};
use super::package::Folders;
use super::sources::{CHINA_REGION, PYUNIT_PLATE};
use super::{Family, Source, Table};

pub const FAMILY: Family = Family {
    name: "localities",
    sources: &[
        Source {
            package: &CHINA_REGION,
            taken: "postcodes of counties, for the places of the first four digits",
        },
        Source {
            package: &PYUNIT_PLATE,
            taken: "first two characters of plates with their cities",
        },
        by_name::SOURCES[0],
        by_name::SOURCES[1],
        by_name::SOURCES[2],
    ],
    make,
};

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let divisions = ByName::read(folders)?;
    let postcodes = postcodes(folders, &divisions)?;
    let plates = plates(folders, &divisions)?;
    Ok(vec![
        Table {
            path: "crates/identifiers/tables/postcodes.bin",
            what: "the place of four digits that postcodes begin with",
            rows: postcodes.len(),
            bytes: postcodes.into_bytes(),
        },
        Table {
            path: "crates/identifiers/tables/plates.bin",
            what: "the character of a province with the places of its letters",
            rows: plates.len(),
            bytes: plates.into_bytes(),
        },
    ])
}

fn postcodes(folders: &Folders, divisions: &ByName) -> Result<Records> {
    let text = folders.text(&CHINA_REGION, "china_region/region.csv")?;
    let mut found: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    let mut lost = 0_usize;
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.trim().split(',').collect();
        let [province, city, county, _, _, code] = fields[..] else {
            lost += 1;
            continue;
        };
        if code.len() != 6 {
            lost += 1;
            continue;
        }
        let Ok((number, _)) = divisions.province_of(province) else {
            lost += 1;
            continue;
        };
        // The county first: it may belong to another prefecture by now.
        let place = divisions
            .find(number, county)
            .or_else(|_| divisions.find(number, city));
        let prefecture = match place.unwrap_or(number) {
            _ if matches!(number / 10_000, 11 | 12 | 31 | 50) => number,
            place if place / 100 % 100 == 90 => place,
            place => place / 100 * 100,
        };
        found
            .entry(code[..4].parse()?)
            .or_default()
            .insert(prefecture);
    }
    eprintln!("    postcodes: {lost} lines without a code or a province");
    let mut records = Records::new(3);
    for head in 0..10_000 {
        let exact = found.get(&head).map_or(0, shared);
        // Four digits that no county has lie in the province that the first three share, or the first two.
        let wider = [10, 100].map(|width| province_of_range(&found, head / width * width, width));
        let place = [exact, wider[0], wider[1]]
            .into_iter()
            .find(|place| *place != 0);
        records.push(&[&place.unwrap_or(0).to_le_bytes()[..3]])?;
    }
    Ok(records)
}

/// The province of all postcodes that begin alike, if it is one.
fn province_of_range(found: &BTreeMap<usize, BTreeSet<u32>>, first: usize, width: usize) -> u32 {
    let provinces: BTreeSet<u32> = found
        .range(first..first + width)
        .flat_map(|(_, places)| places)
        .map(|place| place / 10_000 * 10_000)
        .collect();
    shared(&provinces)
}

/// The one place of several, else the province that all are in, else none.
fn shared(places: &BTreeSet<u32>) -> u32 {
    let provinces: BTreeSet<u32> = places.iter().map(|place| place / 10_000 * 10_000).collect();
    let only = |places: &BTreeSet<u32>| {
        (places.len() == 1)
            .then(|| places.first().copied())
            .flatten()
    };
    only(places).or_else(|| only(&provinces)).unwrap_or(0)
}

/// The characters of provinces.
const CHARACTERS: [(&str, u32); 31] = [
    ("京", 11),
    ("津", 12),
    ("冀", 13),
    ("晋", 14),
    ("蒙", 15),
    ("辽", 21),
    ("吉", 22),
    ("黑", 23),
    ("沪", 31),
    ("苏", 32),
    ("浙", 33),
    ("皖", 34),
    ("闽", 35),
    ("赣", 36),
    ("鲁", 37),
    ("豫", 41),
    ("鄂", 42),
    ("湘", 43),
    ("粤", 44),
    ("桂", 45),
    ("琼", 46),
    ("渝", 50),
    ("川", 51),
    ("贵", 52),
    ("云", 53),
    ("藏", 54),
    ("陕", 61),
    ("甘", 62),
    ("青", 63),
    ("宁", 64),
    ("新", 65),
];

fn plates(folders: &Folders, divisions: &ByName) -> Result<Records> {
    let text = folders.text(&PYUNIT_PLATE, "pyunit_plate/民用车牌.json")?;
    let cities: Value = serde_json::from_str(&text)?;
    let cities = cities.as_object().context("plates are a dictionary")?;
    ensure!(cities.len() > 400, "{} plates only", cities.len());
    let mut characters = CHARACTERS;
    characters.sort_unstable();
    let mut records = Records::new(56);
    for (character, province) in characters {
        let mut letters = Vec::new();
        for letter in 'A'..='Z' {
            let place = match cities
                .get(&format!("{character}{letter}"))
                .and_then(Value::as_str)
            {
                Some(city) => u16::try_from(office(divisions, province * 10_000, city) % 10_000)?,
                None => u16::MAX,
            };
            letters.extend(place.to_le_bytes());
        }
        records.push(&[character.as_bytes(), &[u8::try_from(province)?], &letters])?;
    }
    Ok(records)
}

/// Names that the package writes wrongly, or that begin like another place.
const MISWRITTEN: [(&str, &str); 2] = [("阿卡苏市", "阿克苏地区"), ("长白山管委会", "-")];

/// The division of an office; the province where a letter stands for several counties, for no place, or for vehicles of a kind.
fn office(divisions: &ByName, province: u32, text: &str) -> u32 {
    // A municipality is its own city.
    if matches!(province / 10_000, 11 | 12 | 31 | 50) {
        return province;
    }
    let text = text.trim_start_matches("[原");
    let mut ends = text.match_indices(|character: char| "（([、".contains(character));
    let (first, is_list) = match ends.next() {
        Some((end, mark)) => (&text[..end], mark == "、"),
        None => (text, false),
    };
    let right = MISWRITTEN.iter().find(|(wrong, _)| *wrong == first);
    let first = right.map_or(first, |(_, right)| right);
    // 新G is 伊犁哈萨克自治州塔城地区: the last place named is meant.
    let last = first.rsplit("自治州").next().unwrap_or(first);
    let found = begins_with_place(divisions, province, last)
        .or_else(|| begins_with_place(divisions, province, first));
    match found {
        Some(county) if is_list && county % 100 != 0 => province,
        Some(place) => place,
        None => province,
    }
}

/// The place that a text names, or begins with: 南昌市增补.
fn begins_with_place(divisions: &ByName, province: u32, text: &str) -> Option<u32> {
    let mut ends: Vec<usize> = text.char_indices().map(|(end, _)| end).skip(2).collect();
    ends.push(text.len());
    let mut longest_first = ends.into_iter().rev();
    longest_first.find_map(|end| divisions.find(province, &text[..end]).ok())
}
