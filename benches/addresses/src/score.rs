//! Which share of the marked chunks a parser gives back.

use addresses::{Address, Part};

use crate::labelled::Labelled;

/// A label of the people who marked, and the parts that answer it.
pub struct Level {
    pub label: &'static str,
    pub parts: &'static [Part],
    /// Whether 杭州 and 杭州市 count as the same.
    pub loose: bool,
}

pub const LEVELS: &[Level] = &[
    level("prov", &[Part::Province], true),
    level("city", &[Part::City], true),
    level("district", &[Part::District], true),
    level("town", &[Part::Town], true),
    level("community", &[Part::Community], false),
    level("road", &[Part::Road], false),
    level("roadno", &[Part::Number], false),
    level("poi", &[Part::Estate, Part::Poi], false),
    level("houseno", &[Part::Building], false),
    level("cellno", &[Part::Unit], false),
    level("floorno", &[Part::Floor], false),
    level("roomno", &[Part::Room], false),
];

const fn level(label: &'static str, parts: &'static [Part], loose: bool) -> Level {
    Level {
        label,
        parts,
        loose,
    }
}

const ENDINGS: &[&str] = &[
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "盟",
    "街道",
    "镇",
    "乡",
    "街",
    "办事处",
];

fn bare(name: &str) -> &str {
    let endings = ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending));
    endings.min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// Whether the address answers a label as the chunk says.
pub fn is_right(level: &Level, address: &Address<'_>, truth: &str) -> bool {
    let said = |part: &Part| {
        let found = address.get(*part);
        if level.loose {
            bare(found) == bare(truth) && !found.is_empty()
        } else {
            found == truth
        }
    };
    let municipality = level.label == "city"
        && matches!(bare(truth), "北京" | "上海" | "天津" | "重庆")
        && bare(address.province()) == bare(truth);
    level.parts.iter().any(said) || municipality
}

/// What came of one level.
#[derive(Default)]
pub struct Tally {
    pub marked: usize,
    pub right: usize,
    pub empty: usize,
    /// Answers where nobody marked anything.
    pub extra: usize,
}

pub fn tally(level: &Level, rows: &[(Labelled, Address<'_>)]) -> Tally {
    let mut tally = Tally::default();
    for (labelled, address) in rows {
        let empty = level.parts.iter().all(|part| address.get(*part).is_empty());
        let Some(truth) = labelled.only(level.label) else {
            let marked = labelled
                .chunks
                .iter()
                .any(|(label, _)| label == level.label);
            tally.extra += usize::from(!empty && !marked);
            continue;
        };
        tally.marked += 1;
        tally.right += usize::from(is_right(level, address, truth));
        tally.empty += usize::from(empty);
    }
    tally
}
