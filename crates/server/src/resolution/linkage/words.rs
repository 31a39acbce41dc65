//! What a person reads of a linkage model: agreements, guards, kinds and rules in both languages.

use linkage::{Action, Agreement, Extract, Guard, Kind};

use crate::http::Text;

/// How far two values agree.
pub(super) fn agreement(agreement: Agreement) -> Text {
    let en = match agreement {
        Agreement::Different => "different",
        Agreement::Same => "the same",
        Agreement::Slip => "one slip, or another way to write it",
        Agreement::Change => "two slips, or a usual change",
        Agreement::Part => "one is a part of the other",
        Agreement::NearPart => "one is nearly a part of the other",
        Agreement::Some => "some of it the same",
        Agreement::Little => "little of it the same",
    };
    Text::new(agreement.zh(), en)
}

/// How values are read.
pub(super) fn kind(kind: Kind) -> Text {
    let en = match kind {
        Kind::Choice => "choice",
        Kind::Code => "code",
        Kind::ResidentId => "resident identity number",
        Kind::Mobile => "mobile number",
        Kind::CreditCode => "credit code or organisation code",
        Kind::Phone => "telephone number",
        Kind::Email => "e-mail address",
        Kind::Date => "date",
        Kind::Words => "words",
        Kind::ChineseName => "Chinese name",
        Kind::OrganisationName => "name of an organisation",
        Kind::ChineseAddress => "Chinese address",
    };
    Text::new(kind.zh(), en)
}

/// What of a value makes a key.
pub(super) fn extract(extract: Extract) -> Text {
    let en = match extract {
        Extract::Whole => "the whole",
        Extract::Sound => "its sound",
        Extract::Word => "one word",
        Extract::Beginning => "the first three letters of a word",
        Extract::Half => "the first three characters",
        Extract::TradeName => "the trade name",
        Extract::LocalNumber => "without its area code",
        Extract::Year => "the year",
        Extract::Birthday => "month and day",
    };
    Text::new(extract.zh(), en)
}

/// What a guard does.
pub(super) fn action(action: Action) -> &'static str {
    match action {
        Action::Link => "link",
        Action::Hold => "hold",
    }
}

/// What a guard says; one that an institution wrote itself is called by its code.
pub(super) fn guard(guard: &Guard) -> Text {
    let (zh, en) = match guard.code.as_str() {
        "same-number" => (
            "居民身份证号码相同且姓名相符：判为同一人",
            "the same resident identity number and agreeing names: one person",
        ),
        "number-of-another-name" => (
            "居民身份证号码相同但姓名不符：不自动合并，交人工核对",
            "the same resident identity number under another name: not linked, a person looks",
        ),
        "household" => (
            "姓名不同且无相同证件号码，仅地址、电话等相同：可能是同住家人，不自动合并",
            "other names and no number in common, only address or telephone: perhaps one household, not linked",
        ),
        "same-credit-code" => (
            "统一社会信用代码（或组织机构代码）相同且名称相符：判为同一机构",
            "the same credit code or organisation code and agreeing names: one organisation",
        ),
        "credit-code-of-a-branch" => (
            "代码相同而一方名称是另一方的分支：不自动合并，交人工核对",
            "the same code, but one is named as a branch of the other: not linked, a person looks",
        ),
        "credit-code-of-another-name" => (
            "代码相同但名称不符：不自动合并，交人工核对",
            "the same code under another name: not linked, a person looks",
        ),
        "companies-of-one-owner" => (
            "名称不同且无相同代码，仅电话、地址或法定代表人相同：可能同属一个老板，不自动合并",
            "other names and no code in common, only telephone, address or representative: perhaps of one owner, not linked",
        ),
        other => return named(other, guard.action),
    };
    Text::new(zh, en)
}

fn named(code: &str, action: Action) -> Text {
    match action {
        Action::Link => Text::new(
            format!("规则 {code}：条件全部符合时判为同一客户"),
            format!("guard {code}: one party where all its conditions hold"),
        ),
        Action::Hold => Text::new(
            format!("规则 {code}：条件全部符合时不自动合并"),
            format!("guard {code}: not linked where all its conditions hold"),
        ),
    }
}
