//! What stays of a division's name when its rank changes: 昌平县 and 昌平区 are one place.

/// Ranks, the longest first.
const RANKS: [&str; 19] = [
    "特别行政区",
    "自治州",
    "自治县",
    "自治旗",
    "自治区",
    "联合旗",
    "行政区",
    "地区",
    "林区",
    "矿区",
    "特区",
    "新区",
    "市",
    "县",
    "区",
    "旗",
    "盟",
    "省",
    "州",
];

/// Peoples, as autonomous divisions name them; a longer name stands before a shorter one that it contains.
const PEOPLES: [&str; 55] = [
    "柯尔克孜族",
    "乌孜别克族",
    "达斡尔族",
    "哈萨克族",
    "维吾尔族",
    "布依族",
    "朝鲜族",
    "土家族",
    "哈尼族",
    "傈僳族",
    "拉祜族",
    "东乡族",
    "纳西族",
    "景颇族",
    "仫佬族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "毛难族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "鄂伦春族",
    "蒙古族",
    "柯尔克孜",
    "哈萨克",
    "维吾尔",
    "达斡尔",
    "塔吉克",
    "蒙古",
    "锡伯",
    "各族",
    "回族",
    "藏族",
    "苗族",
    "彝族",
    "壮族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "傣族",
    "黎族",
    "佤族",
    "畲族",
    "水族",
    "羌族",
];

/// Names that gather divisions for statistics, and are no place of their own.
const COLLECTIVE: [&str; 12] = [
    "市辖区",
    "市区",
    "县",
    "市",
    "省直辖县级行政单位",
    "省直辖行政单位",
    "省直辖县级行政区划",
    "自治区直辖县级行政单位",
    "自治区直辖县级行政区划",
    "自治区直辖行政单位",
    "省直辖行政区划",
    "省直辖",
];

/// Whether a name only gathers other divisions (市辖区, 省直辖县级行政单位).
pub fn is_collective(name: &str) -> bool {
    COLLECTIVE.contains(&name)
}

/// The name without rank and peoples; at least one character stays.
pub fn stem(name: &str) -> &str {
    if name.chars().count() <= 2 {
        return without_end(name, &["县", "市", "区", "旗"]);
    }
    let mut stem = without_rank(name);
    loop {
        let shorter = without_end(stem, &PEOPLES);
        if shorter.len() == stem.len() {
            return stem;
        }
        stem = shorter;
    }
}

/// The name without its rank alone.
pub fn without_rank(name: &str) -> &str {
    without_end(name, &RANKS)
}

fn without_end<'name>(name: &'name str, ends: &[&str]) -> &'name str {
    let shorter = ends.iter().find_map(|end| name.strip_suffix(end));
    shorter.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_and_peoples_go_and_the_place_stays() {
        for (name, place) in [
            ("昌平县", "昌平"),
            ("番禺市", "番禺"),
            ("通县", "通"),
            ("景宁畲族自治县", "景宁"),
            ("双江拉祜族佤族布朗族傣族自治县", "双江"),
            ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
            ("柳州地区", "柳州"),
            ("香港特别行政区", "香港"),
            ("市区", "市"),
        ] {
            assert_eq!(stem(name), place);
        }
        assert!(is_collective("市辖区") && !is_collective("城区"));
    }
}
