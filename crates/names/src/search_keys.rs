//! Keys under which a name is found: as written, by pinyin, by initials.

use crate::folding::fold_into;
use crate::han::{is_han, table};
use crate::readings;

/// What a name is searched by. All lower case; `pinyin` and `initials` without blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchKeys {
    /// The folded name; words of letters are separated by one blank.
    pub folded: String,
    /// Syllables without tones, joined: `zhangsan`. The sound ü is written `v`, as it is typed.
    /// Words that are not Chinese stand as folded, joined.
    pub pinyin: String,
    /// The first letter of each syllable and word: `zs`.
    pub initials: String,
}

/// The search keys of a name.
pub fn search_keys(name: &str) -> SearchKeys {
    let mut keys = SearchKeys::default();
    write_search_keys(name, &mut keys);
    keys
}

/// Writes the search keys of a name into buffers that serve again for the next name.
pub fn write_search_keys(name: &str, keys: &mut SearchKeys) {
    let SearchKeys {
        folded,
        pinyin,
        initials,
    } = keys;
    fold_into(name, folded);
    pinyin.clear();
    initials.clear();
    let mut within_word = false;
    each_reading(folded, |character, reading| {
        if let Some(reading) = reading {
            let before = pinyin.len();
            push_syllable(reading, pinyin);
            initials.extend(pinyin[before..].chars().next());
            within_word = false;
        } else if character == ' ' {
            within_word = false;
        } else {
            pinyin.push(character);
            if !within_word {
                initials.push(character);
            }
            // A Chinese character without a known reading stands for itself, as a syllable would.
            within_word = !is_han(character);
        }
    });
}

/// Calls back for each character of a folded name, with its reading if it has one: that of a
/// surname at the beginning, that of a phrase where two characters belong together.
pub(crate) fn each_reading(folded: &str, mut callback: impl FnMut(char, Option<&'static str>)) {
    let table = table();
    let mut at_beginning = true;
    let mut characters = folded.chars().peekable();
    while let Some(character) = characters.next() {
        if !is_han(character) {
            callback(character, None);
            at_beginning = false;
            continue;
        }
        let mut reading = None;
        if table.starts_reading(character) {
            if let Some((next, [first, second])) = characters
                .peek()
                .and_then(|next| readings::phrase(character, *next).map(|found| (*next, found)))
            {
                characters.next();
                callback(character, Some(first));
                callback(next, Some(second));
                at_beginning = false;
                continue;
            }
            if at_beginning {
                reading = readings::surname(character);
            }
            reading = reading.or_else(|| readings::usual(character));
        }
        at_beginning = false;
        callback(character, reading.or_else(|| readings::general(character)));
    }
}

fn push_syllable(reading: &str, pinyin: &mut String) {
    if reading.is_ascii() {
        pinyin.push_str(reading);
        return;
    }
    for letter in reading.chars() {
        match letter {
            'ü' => pinyin.push('v'),
            'ê' => pinyin.push('e'),
            _ if letter.is_ascii() => pinyin.push(letter),
            // Tones of the few syllables that have no plain form in the table.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    #[track_caller]
    fn keys(name: &str) -> String {
        let SearchKeys {
            folded,
            pinyin,
            initials,
        } = search_keys(name);
        format!("{folded} | {pinyin} | {initials}")
    }

    #[test]
    fn chinese_names_are_found_by_sound_and_by_initials() {
        assert_snapshot!(keys("張 三"), @"张三 | zhangsan | zs");
        assert_snapshot!(keys("吕布"), @"吕布 | lvbu | lb");
        assert_snapshot!(keys("买买提·吐尔逊"), @"买买提吐尔逊 | maimaitituerxun | mmttex");
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        let read: Vec<String> = [
            "单雄信",
            "解珍",
            "仇英",
            "曾国藩",
            "朴正",
            "查良镛",
            "区桂芝",
            "盖叫天",
            "尉迟恭",
            "万俟卨",
            "任盈盈",
            "乐毅",
            "单于",
            "尉健行",
            "万里",
            "长孙无忌",
        ]
        .iter()
        .map(|name| search_keys(name).pinyin)
        .collect();
        assert_snapshot!(read.join(" "), @"shanxiongxin xiezhen qiuying zengguofan piaozheng zhaliangyong ouguizhi gejiaotian yuchigong moqixie renyingying yueyi chanyu weijianxing wanli zhangsunwuji");
    }

    #[test]
    fn only_the_beginning_is_a_surname() {
        assert_eq!(search_keys("王解").pinyin, "wangjie");
        assert_eq!(search_keys("解解").pinyin, "xiejie");
        assert_eq!(search_keys("李长曾").pinyin, "lichangzeng");
    }

    #[test]
    fn organisations_are_read_with_their_places() {
        assert_snapshot!(keys("重庆长安汽车股份有限公司"), @"重庆长安汽车股份有限公司 | chongqingchanganqichegufenyouxiangongsi | cqcaqcgfyxgs");
        assert_snapshot!(keys("IBM（中国）"), @"ibm中国 | ibmzhongguo | izg");
        assert_snapshot!(keys("厦门银行"), @"厦门银行 | xiamenyinhang | xmyh");
    }

    #[test]
    fn latin_names_are_found_by_words_and_initials() {
        assert_snapshot!(keys("José García-López"), @"jose garcia lopez | josegarcialopez | jgl");
    }

    #[test]
    fn a_reused_buffer_keeps_nothing_of_the_name_before() {
        let mut reused = search_keys("重庆长安汽车股份有限公司");
        write_search_keys("张三", &mut reused);
        assert_eq!(reused, search_keys("张三"));
    }

    proptest! {
        #[test]
        fn keys_hold_no_capitals_and_no_blanks(name in any::<String>(), near in "[一-龥㐀-䶿𠀀-𠀿A-z ·]{0,9}") {
            for name in [name, near] {
                let SearchKeys { folded, pinyin, initials } = search_keys(&name);
                for key in [&pinyin, &initials] {
                    prop_assert!(!key.contains(char::is_whitespace), "{key}");
                    prop_assert_eq!(key.to_lowercase(), key.clone());
                }
                prop_assert_eq!(folded.is_empty(), pinyin.is_empty());
                prop_assert_eq!(folded.is_empty(), initials.is_empty());
                prop_assert_eq!(search_keys(&folded), search_keys(&name));
            }
        }
    }
}
