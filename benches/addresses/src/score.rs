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

/// The labels that are scored; the first four as the peers are.
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

/// What a parser says of one address, by label.
pub trait Answer {
    /// Its texts for a level; the first one that is not empty is also its province for municipalities.
    fn texts(&self, level: &Level) -> Vec<&str>;
}

impl Answer for Address<'_> {
    fn texts(&self, level: &Level) -> Vec<&str> {
        level.parts.iter().map(|part| self.get(*part)).collect()
    }
}

/// Province, city, district and town of a peer.
pub struct Peer(pub Vec<String>);

impl Answer for Peer {
    fn texts(&self, level: &Level) -> Vec<&str> {
        let place = LEVELS.iter().position(|known| known.label == level.label);
        let text = place.and_then(|place| self.0.get(place));
        text.map(String::as_str).into_iter().collect()
    }
}

fn bare(name: &str) -> &str {
    let endings = ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending));
    endings.min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// Whether an answer says of a label what people marked.
pub fn is_right(level: &Level, answer: &impl Answer, truth: &str) -> bool {
    let texts = answer.texts(level);
    let same = |found: &str| {
        if level.loose {
            !found.is_empty() && bare(found) == bare(truth)
        } else {
            found == truth
        }
    };
    // Beijing is marked as a province here and as a city there.
    let municipality = level.label == "city"
        && matches!(bare(truth), "北京" | "上海" | "天津" | "重庆")
        && LEVELS.first().is_some_and(|province| {
            answer
                .texts(province)
                .iter()
                .any(|found| bare(found) == bare(truth))
        });
    texts.into_iter().any(same) || municipality
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

impl Tally {
    /// Of the chunks marked, the share that was given back.
    pub fn share(&self) -> String {
        let share = self.right * 10_000 / self.marked.max(1);
        format!("{}.{:04}", share / 10_000, share % 10_000)
    }
}

pub fn tally(level: &Level, rows: &[Labelled], answers: &[impl Answer]) -> Tally {
    let mut tally = Tally::default();
    for (labelled, answer) in rows.iter().zip(answers) {
        let empty = answer.texts(level).iter().all(|text| text.is_empty());
        let Some(truth) = labelled.only(level.label) else {
            let marked = labelled
                .chunks
                .iter()
                .any(|(label, _)| label == level.label);
            tally.extra += usize::from(!empty && !marked);
            continue;
        };
        tally.marked += 1;
        tally.right += usize::from(is_right(level, answer, truth));
        tally.empty += usize::from(empty);
    }
    tally
}
