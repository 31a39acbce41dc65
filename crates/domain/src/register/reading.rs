//! Reading (规范化): the text of a value in canonical form, and what is wrong with it.
//!
//! A record keeps what was given. What it means is read from that each time, so a better reader
//! improves old records too.

use identifiers::{
    CalendarDate, MobileNumber, OrganisationCode, PersonIdNumber, UnifiedSocialCreditCode,
};

use crate::Text;
use crate::register::{Attribute, AttributeType};

/// A value as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The canonical form, or the trimmed text where none is known.
    pub normal: String,
    /// Whether it is well formed; none where its type cannot be checked.
    pub valid: Option<bool>,
    /// What to correct, with a code that never changes.
    pub problem: Option<(&'static str, Text)>,
}

impl Reading {
    fn unchecked(normal: impl Into<String>) -> Self {
        Self {
            normal: normal.into(),
            valid: None,
            problem: None,
        }
    }

    fn good(normal: impl Into<String>) -> Self {
        Self {
            normal: normal.into(),
            valid: Some(true),
            problem: None,
        }
    }

    fn bad(given: &str, code: &'static str, text: Text) -> Self {
        Self {
            normal: given.to_owned(),
            valid: Some(false),
            problem: Some((code, text)),
        }
    }
}

macro_rules! typed {
    ($given:expr, $parsed:expr, $normal:expr) => {
        match $parsed {
            Ok(value) => Reading::good($normal(value)),
            Err(error) => Reading::bad(
                $given,
                error.code(),
                Text::new(error.zh(), error.to_string()),
            ),
        }
    };
}

/// Reads a value of an attribute; a column that nobody declared is text.
pub fn read(attribute: Option<&Attribute>, given: &str) -> Reading {
    let given = given.trim();
    let Some(attribute) = attribute else {
        return Reading::unchecked(given);
    };
    match attribute.attribute_type {
        AttributeType::Name | AttributeType::GivenName | AttributeType::Surname => {
            Reading::unchecked(one_blank(given))
        }
        AttributeType::Date => {
            typed!(
                given,
                CalendarDate::parse_lenient(given),
                |date: CalendarDate| date.to_string()
            )
        }
        AttributeType::Sex => read_sex(given),
        AttributeType::ResidentId => typed!(
            given,
            PersonIdNumber::parse(given),
            |number: PersonIdNumber| number.number().as_str().to_owned()
        ),
        AttributeType::IdentityNumber => read_identity_number(given),
        AttributeType::CreditCode => {
            typed!(given, given.parse(), |code: UnifiedSocialCreditCode| code
                .as_str()
                .to_owned())
        }
        AttributeType::OrganisationCode => {
            typed!(given, given.parse(), |code: OrganisationCode| code
                .as_str()
                .to_owned())
        }
        AttributeType::Mobile => {
            typed!(given, given.parse(), |number: MobileNumber| number
                .as_str()
                .to_owned())
        }
        AttributeType::Phone => read_phone(given),
        AttributeType::Email => read_email(given),
        AttributeType::Code => read_code(attribute, given),
        AttributeType::Text
        | AttributeType::DateTime
        | AttributeType::IdentityType
        | AttributeType::Address
        | AttributeType::Country
        | AttributeType::Division
        | AttributeType::Postcode
        | AttributeType::Money
        | AttributeType::Number => Reading::unchecked(given),
    }
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_sex(given: &str) -> Reading {
    let lower = given.to_lowercase();
    match lower.as_str() {
        "男" | "男性" | "m" | "male" | "1" | "先生" => Reading::good("male"),
        "女" | "女性" | "f" | "female" | "2" | "女士" => Reading::good("female"),
        "未知" | "unknown" | "u" | "0" | "9" | "未说明的性别" => {
            Reading::unchecked("unknown")
        }
        _ => Reading::bad(
            given,
            "sex_unknown_word",
            Text::new("性别应为男或女", "sex is male or female"),
        ),
    }
}

/// A number of any document: judged only where it has the shape of a resident identity number.
fn read_identity_number(given: &str) -> Reading {
    let digits = given.chars().filter(char::is_ascii_digit).count();
    let characters = given
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    match PersonIdNumber::parse(given) {
        Ok(number) => Reading::good(number.number().as_str()),
        Err(error) if matches!(characters, 15 | 18) && digits + 2 >= characters => Reading::bad(
            given,
            error.code(),
            Text::new(error.zh(), error.to_string()),
        ),
        Err(_) => Reading::unchecked(
            given
                .chars()
                .filter(|character| !character.is_whitespace())
                .flat_map(char::to_uppercase)
                .collect::<String>(),
        ),
    }
}

fn read_phone(given: &str) -> Reading {
    if let Ok(mobile) = given.parse::<MobileNumber>() {
        return Reading::good(mobile.as_str());
    }
    let dialled = |character: &char| character.is_ascii_digit() || *character == '+';
    let digits: String = given.chars().filter(dialled).collect();
    if digits.len() < 5 {
        let text = Text::new(
            "电话号码不足 5 位数字",
            "a telephone number has at least 5 digits",
        );
        return Reading::bad(given, "phone_short", text);
    }
    Reading::unchecked(digits)
}

fn read_email(given: &str) -> Reading {
    let lower = given.to_lowercase();
    let well_formed = lower.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty())
            && !lower.contains(char::is_whitespace)
            && !host.contains('@')
    });
    if well_formed {
        Reading::good(lower)
    } else {
        let text = Text::new("电子邮箱应为 名称@域名", "an e-mail address is name@domain");
        Reading::bad(given, "email_form", text)
    }
}

fn read_code(attribute: &Attribute, given: &str) -> Reading {
    let says = |written: &String| written.eq_ignore_ascii_case(given);
    let known = attribute.values.iter().find(|value| {
        says(&value.name)
            || says(&value.label.zh)
            || says(&value.label.en)
            || value.written.iter().any(says)
    });
    match known {
        Some(value) => Reading::good(value.name.clone()),
        None => Reading::bad(
            given,
            "code_unknown",
            Text::new("不在取值表中", "is not in the list of values"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::register::Catalogue;

    #[track_caller]
    fn reading(name: &str, given: &str) -> String {
        let catalogue =
            Catalogue::parse(include_str!("../../../../packs/cn-base/attributes.toml")).unwrap();
        let reading = read(catalogue.named(name), given);
        let problem = reading
            .problem
            .map(|(code, text)| format!(" {code}: {}", text.en));
        format!(
            "{} {:?}{}",
            reading.normal,
            reading.valid,
            problem.unwrap_or_default()
        )
    }

    #[test]
    fn both_forms_of_an_identity_number_read_as_one() {
        assert_snapshot!(reading("identity_number", "110105491231002"), @"11010519491231002X Some(true)");
        assert_snapshot!(reading("identity_number", " 11010519491231002x "), @"11010519491231002X Some(true)");
    }

    #[test]
    fn only_what_has_the_shape_of_a_resident_number_is_judged_as_one() {
        assert_snapshot!(reading("identity_number", "e 1234567"), @"E1234567 None");
        assert_snapshot!(reading("identity_number", "110105194912310021"), @"110105194912310021 Some(false) resident_id_check_digit: check digit is 1, X is required");
    }

    #[test]
    fn contacts_are_read_as_they_are_dialled() {
        assert_snapshot!(reading("mobile", "+86 138-1234-5678"), @"13812345678 Some(true)");
        assert_snapshot!(reading("phone", "(010) 6512-3456"), @"01065123456 None");
        assert_snapshot!(reading("email", "Zhang.San@Example.COM"), @"zhang.san@example.com Some(true)");
        assert_snapshot!(reading("email", "nobody"), @"nobody Some(false) email_form: an e-mail address is name@domain");
    }

    #[test]
    fn dates_and_words_are_brought_to_one_form() {
        assert_snapshot!(reading("birth_date", "1980年1月2日"), @"1980-01-02 Some(true)");
        assert_snapshot!(reading("sex", "女"), @"female Some(true)");
        assert_snapshot!(reading("name", " 张  三 "), @"张 三 None");
    }
}
