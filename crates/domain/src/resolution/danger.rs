//! Dangerous merges (危险合并): what makes the word of one person too little, so that a second person
//! with another account must agree (复核).

use std::collections::BTreeSet;

use identifiers::PersonIdNumber;

use crate::Text;
use crate::register::{AttributeType, Catalogue, Content, PartyKind, read};
use crate::resolution::{StrongKeyKind, agree, strong_keys};

/// The name of the attribute that gives a date of birth.
const BIRTH_DATE: &str = "birth_date";

/// A customer with more records than this is one that many sources rely on: a wrong merge shows in
/// all of them.
pub const MANY_RECORDS: usize = 20;

/// Why a merge needs a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Danger {
    /// Both sides have valid resident identity numbers, and none in common.
    DifferentIdentityNumbers,
    /// Both sides have valid organisation codes, and none in common.
    DifferentOrganisationCodes,
    /// Both sides have dates of birth, and none in common.
    DifferentBirthDates,
    /// One side is a person and the other an organisation, or the like.
    DifferentKinds,
    /// They share a number, and no name of the one agrees with any of the other.
    NamesDisagree,
    /// One of them has very many records.
    ManyRecords,
}

impl Danger {
    /// Every danger, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::DifferentIdentityNumbers,
        Self::DifferentOrganisationCodes,
        Self::DifferentBirthDates,
        Self::DifferentKinds,
        Self::NamesDisagree,
        Self::ManyRecords,
    ];

    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        match self {
            Self::DifferentIdentityNumbers => "different_identity_numbers",
            Self::DifferentOrganisationCodes => "different_organisation_codes",
            Self::DifferentBirthDates => "different_birth_dates",
            Self::DifferentKinds => "different_kinds",
            Self::NamesDisagree => "names_disagree",
            Self::ManyRecords => "many_records",
        }
    }

    /// The danger with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|danger| danger.code() == code)
    }

    /// What a person reads.
    pub fn text(self) -> Text {
        match self {
            Self::DifferentIdentityNumbers => Text::new(
                "双方都有有效的居民身份证号码，且互不相同",
                "both have valid resident identity numbers, and they differ",
            ),
            Self::DifferentOrganisationCodes => Text::new(
                "双方都有有效的组织机构代码，且互不相同",
                "both have valid organisation codes, and they differ",
            ),
            Self::DifferentBirthDates => {
                Text::new("双方的出生日期不同", "their dates of birth differ")
            }
            Self::DifferentKinds => {
                Text::new("双方的客户类型不同", "they are different kinds of party")
            }
            Self::NamesDisagree => Text::new(
                "双方证件号码相同，但姓名（名称）不符",
                "they share a number, but their names disagree",
            ),
            Self::ManyRecords => Text::new(
                format!("其中一方有超过 {MANY_RECORDS} 条记录"),
                format!("one of them has more than {MANY_RECORDS} records"),
            ),
        }
    }
}

/// What the records of one customer say that bears on a merge.
#[derive(Debug, Clone, Default)]
pub struct MergeSide {
    records: usize,
    kinds: Vec<PartyKind>,
    names: BTreeSet<String>,
    identity_numbers: BTreeSet<String>,
    organisation_codes: BTreeSet<String>,
    birth_dates: BTreeSet<String>,
}

impl MergeSide {
    /// Adds one record. What it says is unknown after its key was destroyed.
    pub fn add(&mut self, catalogue: &Catalogue, kind: PartyKind, content: Option<&Content>) {
        self.records += 1;
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
        let Some(content) = content else {
            return;
        };
        self.names.extend(catalogue.name_of(content));
        for key in strong_keys(catalogue, content) {
            match key.kind {
                StrongKeyKind::ResidentId => {
                    self.identity_numbers.insert(key.value);
                }
                StrongKeyKind::OrganisationCode => {
                    self.organisation_codes.insert(key.value);
                }
            }
        }
        self.birth_dates.extend(birth_dates(catalogue, content));
    }

    /// Whether both carry the same valid number.
    pub fn shares_number(&self, other: &Self) -> bool {
        !self.identity_numbers.is_disjoint(&other.identity_numbers)
            || !self
                .organisation_codes
                .is_disjoint(&other.organisation_codes)
    }

    fn agrees_in_name(&self, other: &Self) -> bool {
        let all = self.kinds.iter().chain(&other.kinds);
        let person = all.copied().all(PartyKind::is_person);
        self.names.iter().any(|name| {
            let mut others = other.names.iter();
            others.any(|other| agree(person, Some(name), Some(other)))
        })
    }
}

/// Dates of birth as given, and as the resident identity numbers contain them.
fn birth_dates(catalogue: &Catalogue, content: &Content) -> Vec<String> {
    let mut dates = Vec::new();
    let attribute = catalogue.named(BIRTH_DATE);
    if let Some(attribute) = attribute.filter(|it| it.attribute_type == AttributeType::Date) {
        let readings = content
            .values(attribute.id)
            .map(|value| read(Some(attribute), value));
        dates.extend(
            readings
                .filter(|reading| reading.valid == Some(true))
                .map(|reading| reading.normal),
        );
    }
    for value in content.values(catalogue.well_known().identity_number) {
        if let Ok(number) = PersonIdNumber::parse(value) {
            dates.push(number.number().birth_date().to_string());
        }
    }
    dates
}

/// Why a merge of the two needs a second person; nothing where one is enough.
pub fn dangers(left: &MergeSide, right: &MergeSide) -> Vec<Danger> {
    let differ = |left: &BTreeSet<String>, right: &BTreeSet<String>| {
        !left.is_empty() && !right.is_empty() && left.is_disjoint(right)
    };
    let is_there = |danger| match danger {
        Danger::DifferentIdentityNumbers => differ(&left.identity_numbers, &right.identity_numbers),
        Danger::DifferentOrganisationCodes => {
            differ(&left.organisation_codes, &right.organisation_codes)
        }
        Danger::DifferentBirthDates => differ(&left.birth_dates, &right.birth_dates),
        Danger::DifferentKinds => !left.kinds.iter().any(|kind| right.kinds.contains(kind)),
        Danger::NamesDisagree => {
            let named = !left.names.is_empty() && !right.names.is_empty();
            named && left.shares_number(right) && !left.agrees_in_name(right)
        }
        Danger::ManyRecords => left.records.max(right.records) > MANY_RECORDS,
    };
    Danger::ALL
        .into_iter()
        .filter(|danger| is_there(*danger))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Field;

    const ONE: &str = "11010519491231002X";
    const OTHER: &str = "440524188001010014";

    fn side(kind: PartyKind, records: &[&[(&str, &str)]]) -> MergeSide {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let mut side = MergeSide::default();
        for record in records {
            let field = |(name, value): &(&str, &str)| Field {
                id: catalogue.named(name).unwrap().id,
                value: (*value).to_owned(),
            };
            let content = Content::new(record.iter().map(field).collect());
            side.add(&catalogue, kind, Some(&content));
        }
        side
    }

    fn person(said: &[(&str, &str)]) -> MergeSide {
        side(PartyKind::Person, &[said])
    }

    fn codes(left: &MergeSide, right: &MergeSide) -> Vec<&'static str> {
        assert_eq!(dangers(left, right), dangers(right, left));
        dangers(left, right).into_iter().map(Danger::code).collect()
    }

    #[test]
    fn what_contradicts_nothing_needs_one_person() {
        let left = person(&[("name", "张三"), ("identity_number", ONE)]);
        let right = person(&[("name", "李四"), ("mobile", "13812345678")]);
        assert_eq!(codes(&left, &right), Vec::<&str>::new());
        let right = person(&[
            ("name", "ZHANG SAN"),
            ("identity_number", "110105491231002"),
        ]);
        assert_eq!(codes(&left, &right), Vec::<&str>::new());
    }

    #[test]
    fn different_valid_numbers_need_two_and_a_malformed_one_is_no_number() {
        let left = person(&[("name", "张三"), ("identity_number", ONE)]);
        let right = person(&[("name", "张三"), ("identity_number", OTHER)]);
        assert_eq!(
            codes(&left, &right),
            ["different_identity_numbers", "different_birth_dates"]
        );
        let wrong = person(&[("name", "张三"), ("identity_number", "440524188001010015")]);
        assert_eq!(codes(&left, &wrong), Vec::<&str>::new());
    }

    #[test]
    fn a_date_of_birth_is_held_against_the_one_in_the_number() {
        let left = person(&[("name", "张三"), ("identity_number", ONE)]);
        let same = person(&[("name", "张三"), ("birth_date", "1949/12/31")]);
        assert_eq!(codes(&left, &same), Vec::<&str>::new());
        let other = person(&[("name", "张三"), ("birth_date", "1950-01-01")]);
        assert_eq!(codes(&left, &other), ["different_birth_dates"]);
    }

    #[test]
    fn names_that_disagree_under_one_number_need_two() {
        let left = person(&[("name", "张三"), ("identity_number", ONE)]);
        let right = person(&[("name", "李四"), ("identity_number", ONE)]);
        assert_eq!(codes(&left, &right), ["names_disagree"]);
        let nameless = person(&[("identity_number", ONE)]);
        assert_eq!(codes(&left, &nameless), Vec::<&str>::new());
    }

    #[test]
    fn another_kind_and_very_many_records_need_two() {
        let left = person(&[("name", "张三")]);
        let firm = side(PartyKind::Organisation, &[&[("name", "张三")]]);
        assert_eq!(codes(&left, &firm), ["different_kinds"]);
        let record: &[(&str, &str)] = &[("name", "张三")];
        let many = side(PartyKind::Person, &[record; MANY_RECORDS]);
        assert_eq!(codes(&left, &many), Vec::<&str>::new());
        let more = side(PartyKind::Person, &[record; MANY_RECORDS + 1]);
        assert_eq!(codes(&left, &more), ["many_records"]);
    }

    #[test]
    fn a_code_leads_back_to_its_danger() {
        for danger in Danger::ALL {
            assert_eq!(Danger::from_code(danger.code()), Some(danger));
        }
    }
}
