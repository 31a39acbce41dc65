//! Comparison and keys of names, fed with broken names made from good ones, for as long as `HUBU_FUZZ_SECONDS` says (default 1);
//! `cargo xtask test` gives each test here a process.
//!
//! The claims: no text panics, a score lies between 0 and 1 and does not depend on the order, every score has a reason, and keys are
//! sorted. A failure prints its seed; `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in
//! `docs/decisions/0003-fuzzing.md`.

use fuzzing::BrokenTexts;
use names::{NameKind, PreparedName, compare, keys};

/// Good names of many scripts and forms.
const GOOD: BrokenTexts<'static> = BrokenTexts(&[
    "张三",
    "欧阳娜娜",
    "張偉先生",
    "王喆",
    "买买提·吐尔逊",
    "张三（曾用名：李四）",
    "魏素jun",
    "张*丰",
    "ZHANG, San-feng",
    "Zhāng Sānfēng",
    "Chang Hsiao-ming",
    "CHAN Tai Man, Peter",
    "Jack MA Yun",
    "Abd al-Rahman bin Muhammad al-Sudais",
    "عبد الرحمن بن محمد",
    "Чайковский Пётр Ильич",
    "김정은",
    "Γιάννης Παπαδόπουλος",
    "O'Brien-Müller, José (a.k.a. Pepe)",
    "Mr. J. R. Smith Jr.",
    "北京字节跳动科技有限公司",
    "中国银行股份有限公司上海市分行",
    "ABC Trading Co., Ltd.",
    "さくら",
    "字节跳动（北京）科技有限公司（原名：甲乙丙有限公司）",
    "中国工商银行股份有限公司北京分行海淀支行",
    "S.C. Muhammad Jamal Network (MJN) S. de R.L. de C.V.",
    "ООО «Байкал II», Sp. z o.o.",
]);

#[test]
fn comparison_answers_whatever_the_names() {
    GOOD.fuzz(|left, right| {
        for kind in [NameKind::Person, NameKind::Organisation] {
            let comparison = compare(kind, left, right);
            assert!((0.0..=1.0).contains(&comparison.score));
            assert_eq!(comparison, compare(kind, right, left));
            assert!(!comparison.reasons.is_empty());
            let _ = (comparison.reasons.to_string(), comparison.reasons.zh());
        }
        NameKind::guess_pair(left, right);
        PreparedName::new(left).compare(&PreparedName::new(right));
    });
}

#[test]
fn keys_answer_whatever_the_name() {
    GOOD.fuzz(|left, right| {
        for kind in [NameKind::Person, NameKind::Organisation] {
            for name in [left, right] {
                assert!(keys(kind, name).is_sorted());
            }
        }
    });
}
