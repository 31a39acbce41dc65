//! Agreement of names of organisations: as of persons, but the legal form may differ.

use crate::agreement::compare;
use crate::{Agreement, Reason};

/// Legal forms (组织形式), each before those that it ends with.
const LEGAL_FORMS: [&str; 3] = ["有限责任公司", "股份有限公司", "有限公司"];

/// Compares two names of organisations; the order of the two does not matter.
///
/// Script, width, blanks and brackets do not make another name, nor does the legal form. One
/// company may become another legal form, so agreement by form asks for a stronger key beside.
pub fn organisation_agreement(left: &str, right: &str) -> Agreement {
    compare(left, right, |first, second| {
        match (without_legal_form(first), without_legal_form(second)) {
            (Some(first), Some(second)) if first == second => Some(Reason::LegalForm),
            _ => None,
        }
    })
}

fn without_legal_form(folded: &str) -> Option<&str> {
    LEGAL_FORMS
        .iter()
        .find_map(|form| folded.strip_suffix(form))
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn compares(left: &str, right: &str, expected: Agreement) {
        assert_eq!(organisation_agreement(left, right), expected);
        assert_eq!(organisation_agreement(right, left), expected);
    }

    #[test]
    fn brackets_width_and_script_do_not_make_another_organisation() {
        compares(
            "上海（浦东）发展有限公司",
            "上海(浦东)发展有限公司",
            Agreement::Agrees(Reason::Writing),
        );
        compares(
            "長江實業有限公司",
            "长江实业 有限公司",
            Agreement::Agrees(Reason::Writing),
        );
        compares(
            "ABC Trading Co., Ltd.",
            "ABC TRADING CO LTD",
            Agreement::Agrees(Reason::Writing),
        );
    }

    #[test]
    fn the_legal_form_may_differ() {
        compares(
            "甲乙有限公司",
            "甲乙有限责任公司",
            Agreement::Agrees(Reason::LegalForm),
        );
        compares(
            "甲乙股份有限公司",
            "甲乙有限公司",
            Agreement::Agrees(Reason::LegalForm),
        );
        compares("甲乙", "甲乙有限公司", Agreement::Disagrees);
    }

    #[test]
    fn another_name_is_another_organisation() {
        compares("甲乙有限公司", "甲丙有限公司", Agreement::Disagrees);
        compares("甲乙有限公司", "甲乙集团有限公司", Agreement::Disagrees);
        compares("有限公司", "股份有限公司", Agreement::Disagrees);
        compares("有限公司", "", Agreement::Missing);
    }

    proptest! {
        #[test]
        fn agreement_is_symmetric_and_reflexive(
            left in any::<String>(), right in any::<String>(),
            near in "[甲乙(（)）]{0,3}(股份)?(有限公司)?", close in "[甲乙(（)）]{0,3}(有限责任公司)?",
        ) {
            for (left, right) in [(&left, &right), (&near, &close)] {
                prop_assert_eq!(organisation_agreement(left, right), organisation_agreement(right, left));
                prop_assert!(matches!(organisation_agreement(left, left), Agreement::Same | Agreement::Missing));
            }
        }
    }
}
