//! Whether two spellings can be the name of one person, and why.

use crate::folding::{fold, has_content};
use crate::{Reason, chinese, words};

/// How two names relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// They are written the same, character by character.
    Same,
    /// They are written differently but can be one name.
    Agrees(Reason),
    /// Nothing known here explains the difference.
    Disagrees,
    /// At least one is empty, or made of signs only.
    Missing,
}

impl Agreement {
    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Agrees(reason) => reason.code(),
            Self::Disagrees => "disagrees",
            Self::Missing => "missing",
        }
    }

    /// Whether the names are the same or agree.
    pub fn holds(self) -> bool {
        matches!(self, Self::Same | Self::Agrees(_))
    }
}

/// Compares two names of persons; the order of the two does not matter.
pub fn agreement(left: &str, right: &str) -> Agreement {
    compare(left, right, |first, second| {
        match (Script::of(first), Script::of(second)) {
            (Script::Han, Script::Han) => chinese::explain(first, second),
            (Script::Words, Script::Words) => words::explain(first, second),
            (Script::Han, Script::Words) => {
                chinese::is_pinyin_of(first, second).then_some(Reason::Pinyin)
            }
            (Script::Words, Script::Han) => {
                chinese::is_pinyin_of(second, first).then_some(Reason::Pinyin)
            }
            _ => None,
        }
    })
}

/// What every comparison of names begins with; `explain` sees two folded names that differ, in an
/// order that does not depend on which was left, so that it need not care to be symmetric.
pub(crate) fn compare(
    left: &str,
    right: &str,
    explain: impl FnOnce(&str, &str) -> Option<Reason>,
) -> Agreement {
    if left == right {
        return if has_content(left) {
            Agreement::Same
        } else {
            Agreement::Missing
        };
    }
    let (left, right) = (fold(left), fold(right));
    if left.is_empty() || right.is_empty() {
        return Agreement::Missing;
    }
    let reason = match left.cmp(&right) {
        std::cmp::Ordering::Equal => Some(Reason::Writing),
        std::cmp::Ordering::Less => explain(&left, &right),
        std::cmp::Ordering::Greater => explain(&right, &left),
    };
    reason.map_or(Agreement::Disagrees, Agreement::Agrees)
}

#[derive(Clone, Copy)]
enum Script {
    Han,
    Words,
    Mixed,
}

impl Script {
    fn of(folded: &str) -> Self {
        let mut characters = folded.chars();
        if characters.clone().all(crate::han::is_han) {
            Self::Han
        } else if characters.any(crate::han::is_han) {
            Self::Mixed
        } else {
            Self::Words
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn agree(pairs: &[(&str, &str)], reason: Reason) {
        for (left, right) in pairs {
            assert_eq!(
                agreement(left, right),
                Agreement::Agrees(reason),
                "{left} {right}"
            );
            assert_eq!(
                agreement(right, left),
                Agreement::Agrees(reason),
                "{right} {left}"
            );
        }
    }

    #[track_caller]
    fn disagree(pairs: &[(&str, &str)]) {
        for (left, right) in pairs {
            assert_eq!(
                agreement(left, right),
                Agreement::Disagrees,
                "{left} {right}"
            );
            assert_eq!(
                agreement(right, left),
                Agreement::Disagrees,
                "{right} {left}"
            );
        }
    }

    #[test]
    fn writing_does_not_make_another_name() {
        agree(
            &[
                ("张三", "張 三"),
                ("黄静", "黄靜"),
                ("ZHANG SAN", "zhang-san"),
                ("José", "jose"),
                ("陶喆", "陶哲"),
            ],
            Reason::Writing,
        );
    }

    #[test]
    fn pinyin_is_the_name_in_either_order_tone_or_hyphen() {
        agree(
            &[
                ("张三", "ZHANG SAN"),
                ("张三", "san zhang"),
                ("张三", "Zhang, San"),
                ("张三", "Zhāng Sān"),
                ("张三丰", "Zhang San-feng"),
                ("張三豐", "Sanfeng Zhang"),
                ("欧阳修", "Xiu Ouyang"),
                ("单雄信", "Shan Xiongxin"),
                ("曾国藩", "Zeng Guofan"),
                ("吕布", "LYU BU"),
                ("吕布", "Lü Bu"),
                ("吕布", "lv bu"),
                ("单雄信", "Dan Xiongxin"),
                ("王乐", "Wang Yue"),
                ("张西安", "Zhang Xi'an"),
            ],
            Reason::Pinyin,
        );
        agree(
            &[("啊啊啊啊啊啊啊啊啊啊啊啊", "aaaa aaaa aaaa")],
            Reason::Pinyin,
        );
        disagree(&[
            ("张三", "Li San"),
            ("张三", "Zhang"),
            ("张三", "Zhang Sanfeng"),
            ("张三", "Zh San"),
            ("张三丰", "Fengsan Zhang"),
        ]);
    }

    #[test]
    fn one_homophone_agrees_and_another_sound_does_not() {
        agree(
            &[
                ("张伟", "张玮"),
                ("黄静", "黄婧"),
                ("李晓明", "李小明"),
                ("曾伟", "增伟"),
            ],
            Reason::Homophone,
        );
        disagree(&[
            ("张伟", "李伟"),
            ("王芳", "王丽"),
            ("张伟", "章玮"),
            ("伟", "玮"),
            ("张伟明", "张玮名"),
        ]);
    }

    #[test]
    fn a_cut_off_last_character_agrees() {
        agree(
            &[("张三", "张三丰"), ("阿不都热合曼", "阿不都热合")],
            Reason::Truncation,
        );
        disagree(&[("张", "张三"), ("三丰", "张三丰"), ("张三", "张三丰子")]);
    }

    #[test]
    fn latin_words_may_move_and_join() {
        agree(
            &[
                ("John Smith", "SMITH, John"),
                ("Zhang Xiaoming", "Xiao Ming Zhang"),
                ("Zhang San", "Zhangsan"),
            ],
            Reason::WordOrder,
        );
    }

    #[test]
    fn latin_initials_and_missing_words_agree() {
        agree(
            &[
                ("John Smith", "J. Smith"),
                ("Smith, J A", "John Andrew Smith"),
                ("J Smith", "John Andrew Smith"),
            ],
            Reason::Initials,
        );
        agree(
            &[
                ("John Smith", "John Andrew Smith"),
                ("Maria Garcia Lopez", "Garcia Maria"),
            ],
            Reason::MissingWords,
        );
        disagree(&[
            ("John Smith", "Jane Smith"),
            ("J S", "John Smith"),
            ("Smith", "John Smith"),
            ("K Smith", "John Smith"),
        ]);
    }

    #[test]
    fn one_letter_is_forgiven_in_five_or_more() {
        agree(
            &[
                ("Jon Smith", "John Smith"),
                ("Smiht", "Smith"),
                ("Zhang Wei", "Zheng Wei"),
            ],
            Reason::OneLetter,
        );
        disagree(&[
            ("John", "Joan"),
            ("Jon Smyth", "John Smith"),
            ("Smith", "Smi"),
        ]);
    }

    #[test]
    fn nothing_to_compare_is_missing() {
        for (left, right) in [("", ""), ("张三", " "), ("***", "张三"), ("—", "—")] {
            assert_eq!(agreement(left, right), Agreement::Missing);
        }
        assert_eq!(agreement("张三", "张三"), Agreement::Same);
    }

    proptest! {
        #[test]
        fn agreement_is_symmetric_and_reflexive(
            left in any::<String>(), right in any::<String>(),
            near in "[张章三伟玮 A]{0,4}", close in "[张章三伟玮 A]{0,4}",
            latin in "(zhang|san|j|john|smith|smiht)( (zhang|san|j|john|smith)){0,3}",
            other in "(zhang|san|j|john|smith|smiht)( (zhang|san|j|john|smith)){0,3}",
        ) {
            for name in [&left, &near, &latin] {
                prop_assert!(matches!(agreement(name, name), Agreement::Same | Agreement::Missing));
                prop_assert_eq!(agreement(name, &fold(name)).holds(), !fold(name).is_empty());
            }
            for (left, right) in [(&left, &right), (&near, &close), (&latin, &other), (&near, &latin)] {
                prop_assert_eq!(agreement(left, right), agreement(right, left));
            }
        }
    }
}
