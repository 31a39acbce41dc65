//! Names as they stand in books, and how they agree.

use names::SearchKeys;

use super::{Organisation, Organisations};
use crate::level::Agreement;

const COMPANY: &str = "北京字节跳动科技有限公司";
const INSURER: &str = "太平洋人寿保险股份有限公司";

#[track_caller]
fn agree(agreement: Agreement, pairs: &[(&str, &str)]) {
    let mut keys = SearchKeys::default();
    for (left, right) in pairs {
        let ((hash, one), (other_hash, other)) = (
            Organisation::new(left, &mut keys),
            Organisation::new(right, &mut keys),
        );
        let found = if hash == other_hash {
            Agreement::Same
        } else {
            assert_eq!(one.compare(&other), other.compare(&one), "{left} {right}");
            one.compare(&other)
        };
        assert_eq!(found, agreement, "{left} {right}");
    }
}

#[test]
fn region_trade_and_legal_form_may_be_left_out_or_stand_elsewhere() {
    agree(Agreement::Same, &[(COMPANY, "北京字節跳動科技有限公司")]);
    agree(
        Agreement::Slip,
        &[
            (COMPANY, "字节跳动（北京）科技有限公司"),
            (COMPANY, "北京市字节跳动科技有限责任公司"),
            (COMPANY, "字节跳动科技"),
            (COMPANY, "字节跳动"),
            (COMPANY, "Beijing Zijie Tiaodong Technology Co., Ltd."),
            ("Siemens Aktiengesellschaft", "Siemens AG"),
            (
                "太平洋人寿保险股份有限公司上海市分公司",
                "太平洋人寿保险股份有限公司上海分公司",
            ),
        ],
    );
}

#[test]
fn a_company_of_the_same_trade_name_elsewhere_is_of_the_group() {
    agree(
        Agreement::Little,
        &[
            (COMPANY, "上海字节跳动科技有限公司"),
            (COMPANY, "北京字节跳动餐饮有限公司"),
            (COMPANY, "北京字节跳动科技合伙企业（有限合伙）"),
            ("陕西龙华贸易有限公司", "山西龙华贸易有限公司"),
            (
                "太平洋人寿保险股份有限公司江苏分公司",
                "太平洋人寿保险股份有限公司上海分公司",
            ),
        ],
    );
}

#[test]
fn a_branch_is_not_its_company() {
    agree(
        Agreement::Part,
        &[
            (INSURER, "太平洋人寿保险股份有限公司上海分公司"),
            ("工商银行北京分行海淀支行", "工商银行"),
            ("长沙甲乙餐饮有限公司雨花营业部", "长沙甲乙餐饮有限公司"),
        ],
    );
}

#[test]
fn short_and_former_names_and_slips_are_changes() {
    agree(
        Agreement::Change,
        &[
            ("中石化", "中国石油化工集团有限公司"),
            ("甲乙丙丁有限公司（原名：戊己有限公司）", "戊己有限公司"),
            ("杭州华盛达科技有限公司", "杭州华胜达科技有限公司"),
            ("杭州通四海贸易有限公司", "杭州通泗海贸易有限公司"),
            ("眉山诚信永农业发", "眉山诚信永农业发展有限公司"),
            ("Gazprom OOO", "Gasprom"),
        ],
    );
}

#[test]
fn what_stays_when_the_trade_name_changes_is_something_in_common() {
    agree(
        Agreement::Some,
        &[
            (COMPANY, "北京中关村科技有限公司"),
            ("长沙新三江贸易有限公司", "长沙新四江贸易有限公司"),
        ],
    );
    agree(
        Agreement::Different,
        &[
            (COMPANY, "上海中关村科技有限公司"),
            (COMPANY, "中关村"),
            ("Kaveh Aluminum Company", "Kawh Aluminum Company"),
        ],
    );
}

#[test]
fn a_trade_name_that_many_have_says_less() {
    let mut names = Organisations::default();
    let mut keys = SearchKeys::default();
    for cell in [
        "",
        "北京华龙科技有限公司",
        "上海华龙贸易有限公司",
        "天津华龙餐饮有限公司",
        COMPANY,
    ] {
        names.push(cell, &mut keys);
    }
    names.keep(&[0, 1, 4], None);
    assert!(names.get(1).rarity < names.get(2).rarity);
    assert_ne!(names.get(1).trade_name_key(), names.get(2).trade_name_key());
    assert_eq!(names.get(0).trade_name_key(), None);
}
