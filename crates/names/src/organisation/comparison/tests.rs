//! What is said of pairs of names, and what holds of all pairs.

use super::*;
use insta::assert_snapshot;
use proptest::prelude::*;

#[track_caller]
fn compared(left: &str, right: &str) -> String {
    let (one, other) = (
        OrganisationName::parse(left),
        OrganisationName::parse(right),
    );
    let found = one.compare(&other);
    assert_eq!(found, other.compare(&one), "{left} {right}");
    format!("{:.2} {}", found.score, found.reasons.codes())
}

#[test]
fn brackets_width_script_and_legal_form_hardly_matter() {
    assert_snapshot!(compared("字节跳动（北京）科技有限公司", "北京字节跳动科技有限公司"), @"0.98 writing");
    assert_snapshot!(compared("長江實業（集團）有限公司", "长江实业(集团)有限公司"), @"0.99 writing");
    assert_snapshot!(compared("甲乙科技有限公司", "甲乙科技股份有限公司"), @"0.96 legal_form");
    assert_snapshot!(compared("甲乙科技有限公司", "甲乙科技"), @"0.98 legal_form");
}

#[test]
fn another_region_trade_or_kind_is_another_organisation() {
    assert_snapshot!(compared("北京甲乙科技有限公司", "上海甲乙科技有限公司"), @"0.65 region");
    assert_snapshot!(compared("北京甲乙科技有限公司", "北京甲乙餐饮有限公司"), @"0.66 trade");
    assert_snapshot!(compared("甲乙投资有限公司", "甲乙投资中心（有限合伙）"), @"0.60 missing_words;legal_form_kind");
    assert_snapshot!(compared("北京第一医院", "北京第二医院"), @"0.28 trade_name;number");
    assert_snapshot!(compared("Bowne of Atlanta, Inc.", "Bowne of Boston, Inc."), @"0.36 other_words;region");
}

#[test]
fn another_trade_name_is_another_organisation() {
    assert_snapshot!(compared("北京字节跳动科技有限公司", "北京字节飞动科技有限公司"), @"0.64 trade_name");
    assert_snapshot!(compared("北京甲乙科技有限公司", "北京丙丁科技有限公司"), @"0.13 trade_name");
    assert_snapshot!(compared("Volkswagen AG", "Siemens AG"), @"0.00 trade_name;generic_only");
}

#[test]
fn a_branch_is_not_its_head_office() {
    assert_snapshot!(compared("中国工商银行股份有限公司", "中国工商银行股份有限公司北京分行"), @"0.68 branch;generic_only");
    assert_snapshot!(compared("中国工商银行北京分行", "中国工商银行上海分行"), @"0.60 other_branch;generic_only");
    assert_snapshot!(compared("工行北京分行", "中国工商银行股份有限公司北京分行"), @"0.90 abbreviation");
}

#[test]
fn short_names_and_acronyms_are_found() {
    assert_snapshot!(compared("中石化", "中国石油化工集团有限公司"), @"0.90 abbreviation");
    assert_snapshot!(compared("北大", "北京大学"), @"0.90 abbreviation");
    assert_snapshot!(compared("国家电网", "国网"), @"0.92 abbreviation");
    assert_snapshot!(compared("International Business Machines", "IBM Corp."), @"0.83 legal_form;acronym");
    assert_snapshot!(compared("ICBC", "中国工商银行"), @"0.87 abbreviation");
}

#[test]
fn languages_meet_by_sound_and_by_meaning() {
    assert_snapshot!(compared("北京中关村科技有限公司", "Beijing Zhongguancun Technology Co., Ltd."), @"0.95 script;translation");
    assert_snapshot!(compared("北京中关村科技有限公司", "Beijing Zhong Guan Cun Keji Youxian Gongsi"), @"0.95 word_order;script");
    assert_snapshot!(compared("上海中关村科技有限公司", "Beijing Zhongguancun Technology Co., Ltd."), @"0.48 script;other_words;region;translation");
    assert_snapshot!(compared("ООО Газпром", "Gazprom LLC"), @"0.98 writing");
    assert_snapshot!(compared("Siemens Aktiengesellschaft", "Siemens GmbH"), @"0.96 legal_form");
}

#[test]
fn words_may_be_joined_moved_misspelled() {
    assert_snapshot!(compared("Good Will Company", "Goodwill Company"), @"0.98 word_order");
    assert_snapshot!(compared("KALASHNIKOV CONCERN", "CONCERN KALASHNIKOV"), @"0.98 word_order");
    assert_snapshot!(compared("Tayota Motor Corporation", "Toyota Motor Corporation"), @"0.80 one_letter");
    assert_snapshot!(compared("H&M Hennes & Mauritz AB", "H and M Hennes and Mauritz AB"), @"0.98 word_order");
}

#[test]
fn a_slip_in_a_word_that_all_have_is_a_slip() {
    assert_snapshot!(compared("Mobin International Limited", "Mobin Internqtional Limited"), @"0.87 one_letter");
    assert_snapshot!(compared("Gatewick Freight and Cargo", "Gatewick Freeght and Cargo"), @"0.84 word_order;one_letter");
}

#[test]
fn words_that_all_have_prove_little() {
    assert_snapshot!(compared("Management Company", "Westminister Management Company"), @"0.26 missing_words;generic_only");
    assert_snapshot!(compared("科技有限公司", "北京甲乙科技有限公司"), @"0.24 missing_words;region_missing");
}

#[test]
fn a_former_name_agrees() {
    assert_snapshot!(compared("甲乙丙丁有限公司（原名：戊己有限公司）", "戊己有限公司"), @"0.95 writing;former_name");
    assert_snapshot!(compared("Muhammad Jamal Network (MJN)", "MJN"), @"0.95 writing;alias");
}

proptest! {
    #[test]
    fn comparison_is_symmetric_bounded_and_one_on_itself(
        any in any::<String>(), other in any::<String>(),
        near in "(北京|上海|中国)?[甲乙丙]{1,3}(科技|贸易|银行)?[(（]?(北京|上海)?[)）]?(有限公司|股份有限公司)?(北京分行)?",
        close in "(北京|上海|中国)?[甲乙丙]{1,3}(科技|贸易|银行)?[(（]?(北京|上海)?[)）]?(有限公司|股份有限公司)?(北京分行)?",
        words in "(JSC |OOO )?(Gaz|Neft|Beijing|AB){0,2}( Bank| of| Trading| Zhong| II){0,4}( Ltd| Co|, Inc.)?",
        other_words in "(JSC |OOO )?(Gaz|Neft|Beijing|AB){0,2}( Bank| of| Trading| Zhong| II){0,4}( Ltd| Co|, Inc.)?",
    ) {
        let names = [&any, &other, &near, &close, &words, &other_words].map(|name| OrganisationName::parse(name));
        for one in &names {
            let same = one.compare(one);
            let expected = if one.parts().is_empty() { 0.0 } else { 1.0 };
            prop_assert!((same.score - expected).abs() < 1e-12);
            for other in &names {
                let found = one.compare(other);
                prop_assert_eq!(found, other.compare(one));
                prop_assert!((0.0..=1.0).contains(&found.score));
                prop_assert!(!found.reasons.is_empty());
            }
        }
    }

    #[test]
    fn the_width_of_brackets_does_not_matter(
        before in "[甲乙丙]{1,3}", inside in "北京|集团|有限合伙|丁", after in "(科技)?(有限公司)?",
        other in "(北京)?[甲乙丙]{1,3}(科技)?(有限公司)?",
    ) {
        let wide = OrganisationName::parse(&format!("{before}（{inside}）{after}"));
        let narrow = OrganisationName::parse(&format!("{before}({inside}){after}"));
        let other = OrganisationName::parse(&other);
        prop_assert_eq!(wide.compare(&other), narrow.compare(&other));
        prop_assert!(wide.compare(&narrow).score > 0.98);
    }
}
