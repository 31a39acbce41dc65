//! The forms in which the name of a place is written.

use super::collected::Place;

/// The form is the whole name, or says the level as the whole name does.
pub const FULL: u32 = 0;
/// The form leaves out what says the level.
pub const SHORT: u32 = 1;
/// One character stands for a province.
pub const ABBREVIATION: u32 = 2;

const ABBREVIATIONS: &[(&str, &str)] = &[
    ("北京市", "京"),
    ("天津市", "津"),
    ("河北省", "冀"),
    ("山西省", "晋"),
    ("内蒙古自治区", "蒙"),
    ("辽宁省", "辽"),
    ("吉林省", "吉"),
    ("黑龙江省", "黑"),
    ("上海市", "沪"),
    ("江苏省", "苏"),
    ("浙江省", "浙"),
    ("安徽省", "皖"),
    ("福建省", "闽"),
    ("江西省", "赣"),
    ("山东省", "鲁"),
    ("河南省", "豫"),
    ("湖北省", "鄂"),
    ("湖南省", "湘"),
    ("广东省", "粤"),
    ("广西壮族自治区", "桂"),
    ("海南省", "琼"),
    ("重庆市", "渝"),
    ("四川省", "川"),
    ("贵州省", "黔"),
    ("云南省", "滇"),
    ("西藏自治区", "藏"),
    ("陕西省", "陕"),
    ("甘肃省", "甘"),
    ("青海省", "青"),
    ("宁夏回族自治区", "宁"),
    ("新疆维吾尔自治区", "新"),
];

/// The peoples whose names stand in the names of autonomous places; the longer before those they end in.
const PEOPLES: &str = "蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 \
    哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 \
    撒拉族 毛南族 仡佬族 锡伯族 锡伯 阿昌族 普米族 塔吉克 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 \
    塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 各族";

/// Every form of a place with its kind.
pub fn of(place: &Place) -> Vec<(String, u32)> {
    let name = place.name.as_str();
    let mut forms = vec![(name.to_owned(), FULL)];
    match place.level() {
        1 => province(name, &mut forms),
        2 => city(name, &mut forms),
        3 => county(place, &mut forms),
        _ => town(place, &mut forms),
    }
    forms.dedup();
    forms
}

/// Whether a town of the statistics bureau is a development zone, a farm or the like.
pub fn is_zone(place: &Place) -> bool {
    place.level() == 4
        && !["街道", "镇", "乡", "苏木", "街", "道"]
            .iter()
            .any(|end| place.name.ends_with(end))
}

fn province(name: &str, forms: &mut Vec<(String, u32)>) {
    let short = without_peoples(strip(name, &["特别行政区", "自治区", "省", "市"]));
    for also in ["省", "自治区"] {
        if name.ends_with("自治区") {
            forms.push((format!("{short}{also}"), FULL));
        }
    }
    if short == "内蒙古" {
        forms.push(("内蒙".to_owned(), SHORT));
    }
    if short == "安徽" {
        // The slip is common.
        forms.push(("安微".to_owned(), SHORT));
        forms.push(("安微省".to_owned(), FULL));
    }
    forms.push((short, SHORT));
    if let Some((_, letter)) = ABBREVIATIONS.iter().find(|(province, _)| *province == name) {
        forms.push(((*letter).to_owned(), ABBREVIATION));
        forms.push((format!("{letter}省"), FULL));
    }
}

fn city(name: &str, forms: &mut Vec<(String, u32)>) {
    let core = without_peoples(strip(name, &["自治州", "地区", "市", "盟", "林区"]));
    if core.chars().count() < 2 {
        return;
    }
    if name.ends_with("自治州") {
        forms.push((format!("{core}州"), FULL));
        // The slip is common.
        forms.push((format!("{core}洲"), FULL));
        forms.push((format!("{core}自治州"), FULL));
    }
    if name.ends_with("地区") {
        forms.push((format!("{core}市"), FULL));
    }
    forms.push((core, SHORT));
}

fn county(place: &Place, forms: &mut Vec<(String, u32)>) {
    let name = place.name.as_str();
    let endings = [
        "自治县",
        "自治旗",
        "林区",
        "特区",
        "新区",
        "区",
        "县",
        "市",
        "旗",
        "岛",
    ];
    let core = without_peoples(strip(name, &endings));
    if core.chars().count() < 2 || core == name {
        return;
    }
    if name.ends_with("自治县") {
        forms.push((format!("{core}县"), FULL));
        forms.push((format!("{core}自治县"), FULL));
    }
    if name.ends_with("新区") {
        forms.push((format!("{core}区"), FULL));
    }
    // Names of the time before numbers went into use are written in full, if at all.
    if place.last == 0 || place.last > 1994 {
        forms.push((core, SHORT));
    }
}

fn town(place: &Place, forms: &mut Vec<(String, u32)>) {
    let name = place.name.as_str();
    let endings = ["街道", "地区", "苏木", "民族乡", "镇", "乡"];
    let core = without_peoples(strip(name, &endings));
    if core == name || core.chars().count() < 2 {
        return;
    }
    if name.ends_with("民族乡") || name.ends_with("族乡") {
        forms.push((format!("{core}乡"), FULL));
    }
    forms.push((core, SHORT));
}

fn strip<'name>(name: &'name str, endings: &[&str]) -> &'name str {
    endings
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

fn without_peoples(name: &str) -> String {
    let mut rest = name;
    while let Some(shorter) = PEOPLES
        .split_whitespace()
        .find_map(|people| rest.strip_suffix(people))
    {
        if shorter.chars().count() < 2 {
            break;
        }
        rest = shorter;
    }
    rest.to_owned()
}
