//! Search (检索): what somebody typed, read as the keys that it may be.
//!
//! Nothing is looked up here. A text becomes *probes*, in the order in which their hits are shown;
//! whoever holds the index asks it for each.

use identifiers::{MobileNumber, OrganisationCode, PersonIdNumber, UnifiedSocialCreditCode};
use serde::{Deserialize, Serialize};

use crate::register::{CustomerNumber, IndexKind, LookupFamily, whole_value};

/// Longer texts are no name and no number.
const LONGEST: usize = 200;
/// Longer than this nobody types initials.
const LONGEST_INITIALS: usize = 8;
/// Longer than this nobody dials.
const LONGEST_DIALLED: usize = 13;
/// The families in which last digits are declared.
const NUMBERED: [LookupFamily; 3] = [
    LookupFamily::Number,
    LookupFamily::Phone,
    LookupFamily::Other,
];

/// As what a text is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each way is named for what the text is taken for"
)]
pub enum SearchBy {
    Number,
    IdNumber,
    Phone,
    LastFour,
    PrefixSeven,
    Name,
    Pinyin,
    WholeValue,
}

/// One question to the register or to its index.
#[derive(Clone, PartialEq, Eq)]
pub enum Probe {
    /// The customer with a number.
    Number(CustomerNumber),
    /// Whoever has exactly this value.
    Blind {
        /// What the text was taken for.
        by: SearchBy,
        /// Which index.
        kind: IndexKind,
        /// Which values are looked up together.
        family: LookupFamily,
        /// In canonical form.
        value: String,
    },
    /// Whoever's readable key begins like this.
    Prefix {
        /// What the text was taken for.
        by: SearchBy,
        /// Which index.
        kind: IndexKind,
        /// The beginning.
        text: String,
    },
}

impl std::fmt::Debug for Probe {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(formatter, "Number({number})"),
            Self::Blind { by, kind, .. } => write!(formatter, "Blind({by:?}, {kind:?})"),
            Self::Prefix { by, kind, .. } => write!(formatter, "Prefix({by:?}, {kind:?})"),
        }
    }
}

impl Probe {
    /// Whether somebody who is found so is whom the text means, so that it need not be read in
    /// other ways too.
    pub fn is_conclusive(&self) -> bool {
        matches!(
            self.by(),
            SearchBy::Number | SearchBy::IdNumber | SearchBy::Phone
        )
    }

    /// What the text was taken for.
    pub fn by(&self) -> SearchBy {
        match self {
            Self::Number(_) => SearchBy::Number,
            Self::Blind { by, .. } | Self::Prefix { by, .. } => *by,
        }
    }
}

/// The probes of a text; with `by` only those of one way. None where the text says nothing.
pub fn probes(text: &str, by: Option<SearchBy>) -> Vec<Probe> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut probes = match by {
        Some(by) => probes_by(text, by),
        None => detect(text)
            .into_iter()
            .flat_map(|by| probes_by(text, by))
            .collect(),
    };
    let mut seen: Vec<Probe> = Vec::new();
    probes.retain(|probe| {
        let is_new = !seen.contains(probe);
        if is_new {
            seen.push(probe.clone());
        }
        is_new
    });
    probes
}

/// What a text may be, most telling first. Whatever it looks like, it may also be the whole value
/// of some column.
pub fn detect(text: &str) -> Vec<SearchBy> {
    let text = text.trim();
    let mut ways = Vec::new();
    if text.parse::<CustomerNumber>().is_ok() {
        ways.push(SearchBy::Number);
    }
    if looks_like_a_name(text) {
        if text.is_ascii() {
            ways.push(SearchBy::Pinyin);
        }
        ways.push(SearchBy::Name);
    }
    let characters = text.chars().filter(|character| !is_separator(*character));
    let length = characters.clone().count();
    let digits = characters.filter(char::is_ascii_digit).count();
    let numeric = digits + 1 >= length && digits > 2;
    let is_mobile = text.parse::<MobileNumber>().is_ok();
    if numeric && matches!(length, 15 | 18) || looks_like_a_code(text) && !is_mobile {
        ways.push(SearchBy::IdNumber);
    }
    if digits == length || text.starts_with('+') || text.starts_with('(') {
        match digits {
            4 => ways.push(SearchBy::LastFour),
            7 => ways.extend([SearchBy::PrefixSeven, SearchBy::Phone]),
            5..=LONGEST_DIALLED => ways.push(SearchBy::Phone),
            _ => {}
        }
    } else if numeric && length == 4 {
        ways.push(SearchBy::LastFour);
    }
    ways.push(SearchBy::WholeValue);
    ways
}

fn probes_by(text: &str, by: SearchBy) -> Vec<Probe> {
    let blind = |kind, family, value: String| Probe::Blind {
        by,
        kind,
        family,
        value,
    };
    match by {
        SearchBy::Number => text.parse().map(Probe::Number).into_iter().collect(),
        SearchBy::IdNumber => numbers(text, &blind),
        SearchBy::Phone => vec![blind(IndexKind::Exact, LookupFamily::Phone, dialled(text))],
        SearchBy::LastFour => {
            let value = compact(text);
            let probe = |family| blind(IndexKind::LastFour, family, value.clone());
            NUMBERED.into_iter().map(probe).collect()
        }
        SearchBy::PrefixSeven => {
            let value = compact(text);
            let probe = |family| blind(IndexKind::PrefixSeven, family, value.clone());
            NUMBERED.into_iter().map(probe).collect()
        }
        SearchBy::Name => prefix(by, IndexKind::Name, names::fold(text)),
        SearchBy::Pinyin => {
            let keys = names::search_keys(text);
            let mut probes = prefix(by, IndexKind::Pinyin, keys.pinyin.clone());
            if keys.pinyin.chars().count() <= LONGEST_INITIALS {
                probes.extend(prefix(by, IndexKind::Initials, keys.pinyin));
            }
            probes
        }
        SearchBy::WholeValue => vec![
            blind(
                IndexKind::WholeValue,
                LookupFamily::Other,
                whole_value(text),
            ),
            blind(IndexKind::Exact, LookupFamily::Other, text.to_owned()),
            blind(IndexKind::Exact, LookupFamily::Number, compact(text)),
            blind(IndexKind::Exact, LookupFamily::Email, text.to_lowercase()),
        ],
    }
}

/// A number of a document or a register: in the index of strong keys where it is one, and as a
/// number of whatever else.
fn numbers(text: &str, blind: &impl Fn(IndexKind, LookupFamily, String) -> Probe) -> Vec<Probe> {
    let mut probes = Vec::new();
    let number = |kind, value: &str| blind(kind, LookupFamily::Number, value.to_owned());
    if let Ok(resident) = PersonIdNumber::parse(text) {
        let value = resident.number();
        probes.push(number(IndexKind::ResidentId, value.as_str()));
        probes.push(number(IndexKind::Exact, value.as_str()));
    }
    if let Ok(code) = text.parse::<UnifiedSocialCreditCode>() {
        probes.push(number(IndexKind::Exact, code.as_str()));
        let contained = code.organisation_code();
        probes.extend(contained.map(|code| number(IndexKind::OrganisationCode, code.as_str())));
    }
    if let Ok(code) = text.parse::<OrganisationCode>() {
        probes.push(number(IndexKind::OrganisationCode, code.as_str()));
        probes.push(number(IndexKind::Exact, code.as_str()));
    }
    probes.push(number(IndexKind::Exact, &compact(text)));
    // A number that is malformed is kept, and looked up, as it was given.
    probes.push(number(IndexKind::Exact, text));
    probes
}

fn prefix(by: SearchBy, kind: IndexKind, text: String) -> Vec<Probe> {
    if text.is_empty() {
        return Vec::new();
    }
    vec![Probe::Prefix { by, kind, text }]
}

/// A telephone number as it is dialled.
fn dialled(text: &str) -> String {
    match text.parse::<MobileNumber>() {
        Ok(mobile) => mobile.as_str().to_owned(),
        Err(_) => text
            .chars()
            .filter(|character| character.is_ascii_digit() || *character == '+')
            .collect(),
    }
}

fn compact(text: &str) -> String {
    let kept = text.chars().filter(|character| !character.is_whitespace());
    kept.flat_map(char::to_uppercase).collect()
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || "-+()（）".contains(character)
}

fn looks_like_a_name(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic());
    letters.count() > 0 && !text.contains('@') && !text.chars().any(|c| c.is_ascii_digit())
}

/// Letters and digits together, such as a passport or a credit code.
fn looks_like_a_code(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |character: char| character.is_ascii_alphanumeric() || is_separator(character);
    digits >= 4 && text.chars().count() > 4 && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn found(text: &str) -> String {
        let ways: Vec<String> = detect(text).iter().map(|way| format!("{way:?}")).collect();
        ways.join(" ")
    }

    #[test]
    fn what_somebody_types_says_what_it_is() {
        insta::assert_snapshot!(found("张三"), @"Name WholeValue");
        insta::assert_snapshot!(found("zhangs"), @"Pinyin Name WholeValue");
        insta::assert_snapshot!(found("José"), @"Name WholeValue");
        insta::assert_snapshot!(found("000000000019"), @"Number IdNumber Phone WholeValue");
        insta::assert_snapshot!(found("11010519491231002X"), @"IdNumber WholeValue");
        insta::assert_snapshot!(found("110105491231002"), @"IdNumber WholeValue");
        insta::assert_snapshot!(found("91350100M000100Y43"), @"IdNumber WholeValue");
        insta::assert_snapshot!(found("138 1234 5678"), @"Phone WholeValue");
        insta::assert_snapshot!(found("5678"), @"LastFour WholeValue");
        insta::assert_snapshot!(found("002X"), @"LastFour WholeValue");
        insta::assert_snapshot!(found("1381234"), @"IdNumber PrefixSeven Phone WholeValue");
        insta::assert_snapshot!(found("E1234567"), @"IdNumber WholeValue");
        insta::assert_snapshot!(found("a@b.cn"), @"WholeValue");
        insta::assert_snapshot!(found("黑铁会员2"), @"WholeValue");
    }

    #[test]
    fn both_forms_of_a_resident_number_ask_the_same_key() {
        let short = probes("110105491231002", Some(SearchBy::IdNumber));
        let long = probes("11010519491231002x", Some(SearchBy::IdNumber));
        assert_eq!(short[0], long[0]);
    }

    #[test]
    fn a_mistyped_customer_number_is_not_taken_for_one() {
        assert!(!detect("000000000018").contains(&SearchBy::Number));
    }

    #[test]
    fn a_probe_does_not_show_what_was_typed() {
        let shown = format!("{:?}", probes("13812345678", Some(SearchBy::Phone)));
        assert_eq!(shown, "[Blind(Phone, Exact)]");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_asked_for_once(text in any::<String>(), near in "[0-9X张三a-z @-]{0,20}") {
            for text in [text, near] {
                let asked = probes(&text, None);
                for (place, probe) in asked.iter().enumerate() {
                    prop_assert!(!asked[..place].contains(probe));
                }
                prop_assert!(asked.is_empty() == text.trim().is_empty() || text.chars().count() > LONGEST);
            }
        }
    }
}
