//! Area codes of fixed lines, and what segments of mobile numbers are for.
//!
//! - `area_codes.bin`: 1,000 bytes by the code without its zero (255 and 254: none; others count on from there, two bytes a slot,
//!   65535: none); then rows of 5 bytes: code (2), flags (1: bit 0 seven digits, bit 1 eight digits; none: out of use), place of the first
//!   division (2). The row behind the last ends the divisions of the last.
//! - `area_codes.divisions.bin`: codes of divisions, 3 bytes.
//! - `mobile_segments.bin`: a byte for each four digits from 1000 to 1999: operator in the low four bits (0 unknown, 1 mobile, 2 unicom,
//!   3 telecom, 4 broadnet, 5 satcom), kind in the high four (0 unassigned, 1 ordinary, 2 virtual, 3 machines, 4 satellite).

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::binary::Records;
use super::divisions::by_name::{self, ByName};
use super::package::Folders;
use super::pattern::Pattern;
use super::sources::{JIONLP, PHONENUMBERS};
use super::{Family, Source, Table, literal};

pub const FAMILY: Family = Family {
    name: "telephone",
    sources: &[
        Source {
            package: &PHONENUMBERS,
            taken: "places of area codes, lengths of their numbers, operators of mobile prefixes",
        },
        Source {
            package: &JIONLP,
            taken: "area codes with their cities",
        },
        by_name::SOURCES[0],
        by_name::SOURCES[1],
    ],
    make,
};

/// Area codes that were merged into another and that old books still hold, with the city they served.
const MERGED: [(u16, &str); 7] = [
    (378, "河南开封"),
    (410, "辽宁铁岭"),
    (413, "辽宁抚顺"),
    (414, "辽宁本溪"),
    (732, "湖南湘潭"),
    (733, "湖南株洲"),
    (910, "陕西咸阳"),
];

/// Names that the package writes wrongly.
const MISWRITTEN: [(&str, &str); 1] = [("株州市", "株洲市")];

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let places = ByName::read(folders)?;
    let areas = area_codes(folders, &places)?;
    let mut index = vec![u16::MAX; 1000];
    let mut rows = Records::new(5);
    let mut divisions = Records::new(3);
    for (row, (code, area)) in areas.iter().enumerate() {
        index[usize::from(*code)] = u16::try_from(row)?;
        let first = u16::try_from(divisions.len())?.to_le_bytes();
        rows.push(&[&code.to_le_bytes(), &[area.lengths], &first])?;
        for division in &area.divisions {
            divisions.push(&[&division.to_le_bytes()[..3]])?;
        }
    }
    let end = u16::try_from(divisions.len())?.to_le_bytes();
    rows.push(&[&[0; 3], &end])?;
    let index: Vec<u8> = index.iter().flat_map(|row| row.to_le_bytes()).collect();
    let segments = segments(folders)?;
    Ok(vec![
        Table {
            path: "crates/identifiers/tables/area_codes.bin",
            what: "an area code with the lengths of its numbers, behind an index",
            rows: areas.len(),
            bytes: [index, rows.into_bytes()].concat(),
        },
        Table {
            path: "crates/identifiers/tables/area_codes.divisions.bin",
            what: "a division that an area code serves",
            rows: divisions.len(),
            bytes: divisions.into_bytes(),
        },
        Table {
            path: "crates/identifiers/tables/mobile_segments.bin",
            what: "what the four digits that a mobile number begins with are for",
            rows: segments.len(),
            bytes: segments,
        },
    ])
}

struct Area {
    /// Bit 0: seven digits; bit 1: eight.
    lengths: u8,
    divisions: Vec<u32>,
}

fn area_codes(folders: &Folders, places: &ByName) -> Result<BTreeMap<u16, Area>> {
    let mut cities: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    let geography = geography(folders)?;
    for (code, text) in &geography {
        cities.entry(*code).or_default().push(text.clone());
    }
    let listed = folders.text(&JIONLP, "jionlp/dictionary/landline_phone_area_code.txt")?;
    for line in listed.lines().filter(|line| !line.is_empty()) {
        let (code, city) = line.split_once(' ').with_context(|| line.to_owned())?;
        cities
            .entry(code.parse()?)
            .or_default()
            .push(city.replace('/', ""));
    }
    for (code, city) in MERGED {
        cities.entry(code).or_default().push(city.to_owned());
    }
    let metadata = folders.text(&PHONENUMBERS, "phonenumbers/data/region_CN.py")?;
    let pattern = literal::value_behind(
        &metadata,
        "fixed_line=PhoneNumberDesc(national_number_pattern=",
    )?;
    let pattern = Pattern::parse(pattern.as_str().context("pattern is a text")?)?;
    let mut areas = BTreeMap::new();
    for (code, texts) in cities {
        let mut divisions = Vec::new();
        for text in texts {
            for division in named(places, &text).with_context(|| format!("area code 0{code}"))? {
                if !divisions.contains(&division) {
                    divisions.push(division);
                }
            }
        }
        let matches = |number: &str| u8::from(pattern.matches(&format!("{code}{number}")));
        let lengths = matches("2222222") | matches("22222222") << 1;
        // Shorter codes of the package stand for all that begin with them; the list has those.
        if lengths != 0 || !geography.contains_key(&code) {
            areas.insert(code, Area { lengths, divisions });
        }
    }
    Ok(areas)
}

/// Area codes with what the package calls their place.
fn geography(folders: &Folders) -> Result<BTreeMap<u16, String>> {
    let mut areas = BTreeMap::new();
    for number in 0..29 {
        let text = folders.text(
            &PHONENUMBERS,
            &format!("phonenumbers/geodata/data{number}.py"),
        )?;
        // Only lines about China: the others have languages that the reader need not know.
        for line in text
            .lines()
            .filter(|line| line.trim_start().starts_with("'86"))
        {
            let (key, rest) = line.trim_start().split_once(':').context("no colon")?;
            let digits = key.trim_matches('\'').trim_start_matches("86");
            let is_area = (digits.len() == 3
                && digits.starts_with(['3', '4', '5', '6', '7', '8', '9']))
                || (digits.len() == 2 && digits.starts_with(['1', '2']));
            if !is_area || digits.len() == 2 && digits.starts_with('1') && digits != "10" {
                continue;
            }
            let names = literal::value_behind(rest, "")?;
            if let Some(name) = names["zh"].as_str() {
                areas.insert(digits.parse()?, name.to_owned());
            }
        }
    }
    ensure!(areas.len() > 300, "{} area codes only", areas.len());
    Ok(areas)
}

/// The divisions of a text like 湖南省长沙市、湘潭市.
fn named(places: &ByName, text: &str) -> Result<Vec<u32>> {
    let (province, cities) = places.province_of(text)?;
    // A municipality is its own city.
    if cities.is_empty() || matches!(province / 10_000, 11 | 12 | 31 | 50) {
        return Ok(vec![province]);
    }
    let right = |name: &str| {
        let found = MISWRITTEN.iter().find(|(wrong, _)| *wrong == name);
        found.map_or(name.to_owned(), |(_, right)| (*right).to_owned())
    };
    cities
        .split('、')
        .map(|city| places.find(province, &right(city)))
        .collect()
}

const OPERATORS: [&str; 5] = ["中国移动", "中国联通", "中国电信", "中国广电", "中国卫通"];
const ORDINARY: u8 = 1 << 4;

/// Segments that are not for subscribers of the operator named: first and last four digits, operator (none: as the package says), kind.
/// From the numbering plan of the ministry of industry and information technology.
const SPECIAL: [(usize, usize, Option<u8>, u8); 21] = [
    (1064, 1064, None, 3),
    (1349, 1349, Some(5), 4),
    (1400, 1409, Some(2), 3),
    (1410, 1419, Some(3), 3),
    (1420, 1439, None, 0),
    (1440, 1449, Some(1), 3),
    (1460, 1469, Some(2), 3),
    (1480, 1489, Some(1), 3),
    (1490, 1499, Some(3), 1),
    (1540, 1549, None, 0),
    (1611, 1619, None, 0),
    (1620, 1629, Some(3), 2),
    (1640, 1649, None, 0),
    (1650, 1659, Some(1), 2),
    (1670, 1679, Some(2), 2),
    (1700, 1709, None, 2),
    (1710, 1719, Some(2), 2),
    (1740, 1740, Some(3), 4),
    (1741, 1748, None, 0),
    (1749, 1749, Some(0), 4),
    (1940, 1949, None, 0),
];

/// What each four digits from 1000 to 1999 are for.
fn segments(folders: &Folders) -> Result<Vec<u8>> {
    let mut segments = vec![0_u8; 1000];
    let mut prefixes = BTreeMap::new();
    for number in 0..3 {
        let text = folders.text(
            &PHONENUMBERS,
            &format!("phonenumbers/carrierdata/data{number}.py"),
        )?;
        for line in text
            .lines()
            .filter(|line| line.trim_start().starts_with("'861"))
        {
            let (key, rest) = line.trim_start().split_once(':').context("no colon")?;
            prefixes.insert(
                key.trim_matches('\'').to_owned(),
                literal::value_behind(rest, "")?,
            );
        }
    }
    ensure!(
        prefixes.len() > 50,
        "{} mobile prefixes only",
        prefixes.len()
    );
    // A longer prefix is more exact than a shorter one, and comes later.
    let by_length: BTreeSet<(usize, &String)> =
        prefixes.keys().map(|key| (key.len(), key)).collect();
    for (_, key) in by_length {
        let operator = operator(&prefixes[key]).with_context(|| key.clone())?;
        let digits = key.trim_start_matches("86");
        let first: usize = format!("{digits:0<4}").parse()?;
        let count = 10_usize.pow(u32::try_from(4_usize.saturating_sub(digits.len()))?);
        ensure!(digits.len() <= 4, "{key} is longer than a segment");
        segments[first - 1000..first - 1000 + count].fill(operator | ORDINARY);
    }
    for (first, last, operator, kind) in SPECIAL {
        for segment in &mut segments[first - 1000..=last - 1000] {
            let known = operator.unwrap_or(*segment & 15);
            *segment = if kind == 0 { 0 } else { known | kind << 4 };
        }
    }
    Ok(segments)
}

fn operator(names: &Value) -> Result<u8> {
    let name = names["zh"].as_str().context("no name")?;
    match OPERATORS.iter().position(|operator| *operator == name) {
        Some(place) => Ok(u8::try_from(place + 1)?),
        None => bail!("{name} is no operator"),
    }
}
