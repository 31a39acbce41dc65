//! Readings of Chinese characters where the general table is wrong for names.

use pinyin::ToPinyin;

/// Two characters read differently together than apart: surnames of two characters, places, and
/// words in the names of organisations. Written as one syllable each.
const PHRASES: &[(char, char, [&str; 2])] = &[
    ('万', '俟', ["mo", "qi"]),
    ('会', '计', ["kuai", "ji"]),
    ('六', '安', ["lu", "an"]),
    ('单', '于', ["chan", "yu"]),
    ('单', '位', ["dan", "wei"]),
    ('厦', '门', ["xia", "men"]),
    ('商', '行', ["shang", "hang"]),
    ('子', '车', ["zi", "ju"]),
    ('尉', '犁', ["yu", "li"]),
    ('尉', '迟', ["yu", "chi"]),
    ('建', '行', ["jian", "hang"]),
    ('支', '行', ["zhi", "hang"]),
    ('曾', '经', ["ceng", "jing"]),
    ('澹', '台', ["tan", "tai"]),
    ('番', '禺', ["pan", "yu"]),
    ('解', '放', ["jie", "fang"]),
    ('蚌', '埠', ["beng", "bu"]),
    ('行', '业', ["hang", "ye"]),
    ('重', '庆', ["chong", "qing"]),
    ('重', '阳', ["chong", "yang"]),
    ('铅', '山', ["yan", "shan"]),
    ('车', '行', ["che", "hang"]),
    ('洋', '行', ["yang", "hang"]),
    ('会', '稽', ["kuai", "ji"]),
    ('银', '行', ["yin", "hang"]),
    ('长', '孙', ["zhang", "sun"]),
    ('音', '乐', ["yin", "yue"]),
    ('乐', '正', ["yue", "zheng"]),
    ('乐', '清', ["yue", "qing"]),
    ('区', '域', ["qu", "yu"]),
    ('查', '询', ["cha", "xun"]),
];

/// Characters with a reading of their own as a surname.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('朴', "piao"),
    ('查', "zha"),
    ('区', "ou"),
    ('盖', "ge"),
    ('乐', "yue"),
    ('覃', "qin"),
    ('洗', "xian"),
    ('缪', "miao"),
    ('折', "she"),
    ('黑', "he"),
    ('秘', "bi"),
    ('繁', "po"),
    ('员', "yun"),
    ('贠', "yun"),
    ('牟', "mu"),
    ('召', "shao"),
    ('种', "chong"),
    ('薄', "bo"),
    ('祭', "zhai"),
    ('隗', "wei"),
    ('能', "nai"),
    ('郇', "xun"),
    ('阚', "kan"),
    ('句', "gou"),
    ('颉', "xie"),
    ('卜', "bu"),
    ('藏', "zang"),
    ('佴', "nai"),
    ('适', "kuo"),
    ('粘', "nian"),
    ('乜', "nie"),
    ('参', "shen"),
];

/// Characters whose first reading in the general table is rare in names and places.
const USUAL: &[(char, &str)] = &[
    ('晟', "sheng"),
    ('曾', "zeng"),
    ('长', "chang"),
    ('都', "du"),
    ('佛', "fo"),
    ('琢', "zhuo"),
    ('翟', "zhai"),
    ('珩', "heng"),
    ('泊', "bo"),
    ('鹄', "hu"),
];

/// Every character at which one of the tables may apply.
pub(crate) fn starts() -> impl Iterator<Item = char> {
    let phrases = PHRASES.iter().map(|(first, _, _)| *first);
    phrases.chain(
        SURNAMES
            .iter()
            .chain(USUAL)
            .map(|(character, _)| *character),
    )
}

/// The readings of two characters that belong together.
pub(crate) fn phrase(first: char, second: char) -> Option<[&'static str; 2]> {
    PHRASES
        .iter()
        .find(|(one, other, _)| *one == first && *other == second)
        .map(|(_, _, readings)| *readings)
}

/// The reading a character has as a surname, where it differs from the one it has elsewhere.
pub(crate) fn surname(character: char) -> Option<&'static str> {
    look_up(SURNAMES, character)
}

/// The reading a character has in names, where it differs from the general one.
pub(crate) fn usual(character: char) -> Option<&'static str> {
    look_up(USUAL, character)
}

/// The first reading of the general table, without tone, ü as such.
pub(crate) fn general(character: char) -> Option<&'static str> {
    character.to_pinyin().map(pinyin::Pinyin::plain)
}

fn look_up(table: &[(char, &'static str)], character: char) -> Option<&'static str> {
    table
        .iter()
        .find(|(found, _)| *found == character)
        .map(|(_, reading)| *reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_only_what_the_general_one_gets_wrong() {
        for (character, reading) in SURNAMES {
            assert_ne!(
                usual(*character).or(general(*character)),
                Some(*reading),
                "{character}"
            );
        }
        for (character, reading) in USUAL {
            assert_ne!(general(*character), Some(*reading), "{character}");
        }
        for (first, second, readings) in PHRASES {
            let elsewhere = |character| usual(character).or(general(character));
            let in_a_name = [elsewhere(*first), elsewhere(*second)];
            let at_beginning = [surname(*first).or(in_a_name[0]), in_a_name[1]];
            let wrong = [in_a_name, at_beginning]
                .iter()
                .any(|read| *read != readings.map(Some));
            assert!(wrong, "{first}{second}");
        }
    }

    #[test]
    fn no_entry_is_hidden_by_another() {
        let mut starts: Vec<String> = PHRASES.iter().map(|(a, b, _)| format!("{a}{b}")).collect();
        starts.extend(
            SURNAMES
                .iter()
                .chain(USUAL)
                .map(|(character, _)| character.to_string()),
        );
        let all = starts.len();
        starts.sort_unstable();
        starts.dedup();
        assert_eq!(starts.len(), all);
    }

    #[test]
    fn the_tables_are_written_in_folded_script() {
        for character in starts().chain(PHRASES.iter().map(|(_, second, _)| *second)) {
            assert_eq!(crate::fold(&character.to_string()), character.to_string());
        }
    }
}
