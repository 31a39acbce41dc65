//! The guards of linkage models in words (防误并规则).

use crate::Text;

/// What a person reads of a guard; a guard of an institution's own model is called by its word.
pub fn guard_text(code: &str) -> Text {
    let (zh, en) = match code {
        "same-number" => (
            "身份证号码相同且姓名相符：确定为同一人",
            "the same valid resident number with an agreeing name: one person for certain",
        ),
        "number-of-another-name" => (
            "身份证号码相同而姓名不符：须由人核对",
            "the same resident number under another name: a person looks",
        ),
        "household" => (
            "名字不同且没有相同的身份证号码：可能只是同住的家人",
            "given names differ and no number is shared: it may be one household",
        ),
        "same-credit-code" => (
            "统一社会信用代码（或组织机构代码）相同且名称相符：确定为同一机构",
            "the same credit or organisation code with an agreeing name: one organisation for certain",
        ),
        "credit-code-of-a-branch" => (
            "代码相同而一方是分支机构：须由人核对",
            "the same code, and one of them is a branch: a person looks",
        ),
        "credit-code-of-another-name" => (
            "代码相同而名称不符：须由人核对",
            "the same code under another name: a person looks",
        ),
        "companies-of-one-owner" => (
            "名称不同且没有相同的代码：可能只是同一经营者或同一集团的不同机构",
            "names differ and no code is shared: they may be companies of one owner or group",
        ),
        other => return Text::new(other, other),
    };
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::guard_text;

    #[test]
    fn every_guard_of_a_shipped_model_has_words() {
        for model in [
            include_str!("../../../../packs/cn-base/linkage/person.toml"),
            include_str!("../../../../packs/cn-base/linkage/organisation.toml"),
        ] {
            let codes: Vec<&str> = model
                .lines()
                .filter_map(|line| line.strip_prefix("code = \"")?.strip_suffix('"'))
                .collect();
            assert!(codes.len() > 2);
            for code in codes {
                assert_ne!(guard_text(code).en, code);
            }
        }
    }
}
