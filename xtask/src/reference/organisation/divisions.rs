//! Names of Chinese divisions as they stand in the names of organisations: with and without 省, 市, 区, 县.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use pinyin::ToPinyin;
use serde_json::Value;

use super::super::package::Folders;
use super::super::sources;
use super::words::{Level, Words};

/// What a division is called behind its name, the longer first.
const SUFFIXES: [&str; 22] = [
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "矿区",
    "新区",
    "城区",
    "省",
    "市",
    "盟",
    "县",
    "区",
    "旗",
    "州",
    "镇",
    "乡",
];

/// Peoples that the names of autonomous divisions carry.
const PEOPLES: [&str; 46] = [
    "蒙古族",
    "蒙古",
    "藏族",
    "羌族",
    "彝族",
    "苗族",
    "侗族",
    "布依族",
    "土家族",
    "朝鲜族",
    "回族",
    "壮族",
    "瑶族",
    "白族",
    "傣族",
    "景颇族",
    "傈僳族",
    "哈尼族",
    "哈萨克",
    "哈萨克族",
    "柯尔克孜",
    "黎族",
    "畲族",
    "满族",
    "撒拉族",
    "土族",
    "保安族",
    "东乡族",
    "裕固族",
    "仫佬族",
    "毛南族",
    "仡佬族",
    "水族",
    "拉祜族",
    "佤族",
    "布朗族",
    "独龙族",
    "怒族",
    "普米族",
    "纳西族",
    "达斡尔族",
    "鄂温克族",
    "鄂伦春",
    "锡伯",
    "塔吉克",
    "各族",
];

/// Adds provinces, cities and counties, the higher before the lower.
pub fn add(folders: &Folders, words: &mut Words) -> Result<()> {
    let provinces = read(folders, "dist/provinces.json")?;
    let cities = read(folders, "dist/cities.json")?;
    let areas = read(folders, "dist/areas.json")?;
    let names: BTreeMap<&str, &str> = provinces
        .iter()
        .chain(&cities)
        .map(|row| (row.code.as_str(), base(&row.name)))
        .collect();
    let mut parents: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &areas {
        let above = names
            .get(row.above.as_str())
            .filter(|name| **name != "市辖");
        let above = above.or_else(|| names.get(row.above.get(..2)?));
        let above = above.filter(|above| **above != base(&row.name));
        parents.entry(base(&row.name)).or_default().extend(above);
    }
    for row in &cities {
        parents
            .entry(base(&row.name))
            .or_default()
            .extend(names.get(row.above.as_str()));
    }
    for (rows, level) in [
        (&provinces, Level::Province),
        (&cities, Level::City),
        (&areas, Level::County),
    ] {
        for row in rows
            .iter()
            .filter(|row| !row.name.starts_with("市辖") && !row.name.starts_with("省直辖"))
        {
            let name = base(&row.name);
            let above = parents.get(name).filter(|above| above.len() == 1);
            let above = above.and_then(|above| above.first().copied());
            words.add_place(&row.name, name, level, above)?;
            words.add_place(name, name, level.without_suffix(), above)?;
            if level != Level::County {
                words.add_place(&spelled(name), name, level, above)?;
            }
        }
    }
    Ok(())
}

struct Row {
    code: String,
    name: String,
    above: String,
}

fn read(folders: &Folders, path: &str) -> Result<Vec<Row>> {
    let value: Value = serde_json::from_str(&folders.text(&sources::CHINA_DIVISION, path)?)?;
    let rows = value.as_array().context("divisions are a list")?;
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    Ok(rows
        .iter()
        .map(|row| {
            let city = text(row, "cityCode");
            let above = if city.is_empty() {
                text(row, "provinceCode")
            } else {
                city
            };
            Row {
                code: text(row, "code"),
                name: text(row, "name"),
                above,
            }
        })
        .collect())
}

/// The name without what a division is called and whose it is; names of one character keep it.
fn base(name: &str) -> &str {
    let shorter = |suffix: &&str| {
        name.strip_suffix(*suffix)
            .filter(|rest| rest.chars().count() >= 2)
    };
    let Some(mut rest) = SUFFIXES.iter().find_map(shorter) else {
        return name;
    };
    if name.contains("自治") {
        while let Some(shorter) = PEOPLES.iter().find_map(|people| {
            rest.strip_suffix(people)
                .filter(|rest| rest.chars().count() >= 2)
        }) {
            rest = shorter;
        }
    }
    rest
}

/// The pinyin of a name, as one word; the places where that is wrong are written in `places.tsv`.
fn spelled(name: &str) -> String {
    name.chars()
        .filter_map(|character| character.to_pinyin())
        .map(|reading| reading.plain().replace('ü', "v"))
        .collect()
}
