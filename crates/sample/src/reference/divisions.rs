//! Administrative divisions (行政区划): province, city and district with their codes.

use std::collections::HashMap;

/// A district or county with the names above it.
#[derive(Debug)]
pub(crate) struct District {
    /// Six digits.
    pub(crate) code: &'static str,
    /// Such as 浙江省.
    pub(crate) province: &'static str,
    /// Such as 杭州市; empty where the district hangs directly under the province.
    pub(crate) city: &'static str,
    /// Such as 西湖区.
    pub(crate) name: &'static str,
    /// What companies put in front of their names, such as 杭州.
    pub(crate) region: &'static str,
}

#[derive(Debug)]
pub(crate) struct Divisions {
    pub(crate) districts: Vec<District>,
}

// Levels that exist on paper only and that nobody writes in an address.
const NOT_WRITTEN: [&str; 4] = [
    "市辖区",
    "县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
];

impl Divisions {
    pub(super) fn new() -> Self {
        let table = include_str!("../../data/divisions.tsv");
        let names: HashMap<&str, &'static str> = super::lines(table)
            .map(|[code, name]| (code, name))
            .collect();
        let above = |code: &str| names.get(code).copied().unwrap_or_default();
        let districts = super::lines(table)
            // Codes from 71 to 79 are of development zones, where hardly anybody lives.
            .filter(|[code, _]| code.len() == 6 && !code[4..].starts_with('7'))
            .map(|[code, name]| {
                let province = above(&code[..2]);
                let city = above(&code[..4]);
                let written = !NOT_WRITTEN.contains(&city) && city != name;
                let city = if written { city } else { "" };
                District {
                    code,
                    province,
                    city,
                    name,
                    region: without_suffix(if city.is_empty() { province } else { city }),
                }
            })
            .collect();
        Self { districts }
    }
}

/// The short form of a province or city, as in company names.
pub(crate) fn without_suffix(name: &'static str) -> &'static str {
    const SUFFIXES: [&str; 8] = [
        "维吾尔自治区",
        "回族自治区",
        "壮族自治区",
        "自治区",
        "地区",
        "省",
        "市",
        "盟",
    ];
    if name.ends_with("自治州") {
        // 延边朝鲜族自治州 is called by its first two characters.
        return name.get(..6).unwrap_or(name);
    }
    let suffix = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix));
    suffix.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_know_what_is_above_them() {
        let divisions = Divisions::new();
        let district = |code| {
            let found = divisions
                .districts
                .iter()
                .find(|district| district.code == code);
            let District {
                province,
                city,
                name,
                region,
                ..
            } = found.unwrap();
            format!("{province} {city} {name}, {region}")
        };
        assert_eq!(district("330106"), "浙江省 杭州市 西湖区, 杭州");
        assert_eq!(district("110105"), "北京市  朝阳区, 北京");
        assert_eq!(district("222401"), "吉林省 延边朝鲜族自治州 延吉市, 延边");
        assert!(divisions.districts.len() > 2_800);
    }
}
