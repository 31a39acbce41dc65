//! Probable households and groups (疑似家庭, 疑似关联企业): customers that are not one, and belong together.
//!
//! Nothing is merged for it: it is a view, and each tie says why.

use std::collections::{BTreeMap, BTreeSet};

use crate::Text;
use crate::resolution::party::{Contact, ContactFamily, Party};

/// What customers that belong together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TogetherKind {
    /// Persons (疑似家庭).
    Household,
    /// Organisations (疑似关联企业).
    Group,
}

impl TogetherKind {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Group => "group",
        }
    }

    /// What a person reads.
    pub fn text(self) -> Text {
        match self {
            Self::Household => Text::new("疑似家庭", "probable household"),
            Self::Group => Text::new("疑似关联企业", "probable group of companies"),
        }
    }
}

/// Why customers belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieKind {
    /// Persons with one home, down to the house number or the room.
    SameHome,
    /// Persons of one surname with one telephone.
    TelephoneAndSurname,
    /// Organisations with one telephone.
    Telephone,
    /// Organisations with one legal representative, by the number of the document.
    LegalRepresentative,
    /// Organisations whose legal representatives have one name, and no numbers that differ.
    LegalRepresentativeName,
    /// Organisations with one trade name.
    TradeName,
}

impl TieKind {
    /// A code that never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameHome => "same_home",
            Self::TelephoneAndSurname => "same_telephone_and_surname",
            Self::Telephone => "same_telephone",
            Self::LegalRepresentative => "same_legal_representative",
            Self::LegalRepresentativeName => "same_legal_representative_name",
            Self::TradeName => "same_trade_name",
        }
    }

    /// What a person reads.
    pub fn text(self) -> Text {
        match self {
            Self::SameHome => Text::new("住址相同", "the same home address"),
            Self::TelephoneAndSurname => {
                Text::new("共用电话且同姓", "the same telephone and the same surname")
            }
            Self::Telephone => Text::new("共用电话", "the same telephone"),
            Self::LegalRepresentative => Text::new(
                "法定代表人证件号码相同",
                "the same legal representative, by the document number",
            ),
            Self::LegalRepresentativeName => Text::new(
                "法定代表人姓名相同",
                "legal representatives of the same name",
            ),
            Self::TradeName => Text::new("字号相同", "the same trade name"),
        }
    }
}

/// Why some customers belong together. Members are places in the list that was judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// What they share.
    pub kind: TieKind,
    /// Which of the contacts that were judged; none where they share something else.
    pub contact: Option<usize>,
    /// Who shares it.
    pub members: Vec<usize>,
}

/// Customers that probably belong together. Members are places in the list that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// What they are.
    pub kind: TogetherKind,
    /// Who, in order.
    pub members: Vec<usize>,
    /// Why.
    pub ties: Vec<Tie>,
}

/// Judges who belongs together, the one with the first party first. Only the contacts given count: a number that an
/// agent or a shop gives for everybody must not be among them.
pub fn together(parties: &[Party], contacts: &[Contact]) -> Vec<Together> {
    let mut found = Vec::new();
    for kind in [TogetherKind::Household, TogetherKind::Group] {
        let is_person = kind == TogetherKind::Household;
        let judged: Vec<usize> = (0..parties.len())
            .filter(|place| parties[*place].is_person == is_person)
            .collect();
        let mut ties = by_contact(parties, contacts, &judged, is_person);
        if !is_person {
            by_representative(parties, &judged, &mut ties);
            by_trade_name(parties, &judged, &mut ties);
        }
        ties.sort();
        found.extend(joined(kind, ties));
    }
    found.sort_by(|one, other| one.members.cmp(&other.members));
    found
}

fn by_contact(
    parties: &[Party],
    contacts: &[Contact],
    judged: &[usize],
    is_person: bool,
) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (place, contact) in contacts.iter().enumerate() {
        let holders = judged.iter().copied();
        let holders: Vec<usize> = holders
            .filter(|party| parties[*party].holds(contact))
            .collect();
        let mut tell = |kind, members| {
            ties.push(Tie {
                kind,
                contact: Some(place),
                members,
            });
        };
        match (contact.family(), is_person) {
            (ContactFamily::Address, true) => tell(TieKind::SameHome, holders),
            (ContactFamily::Phone, false) => tell(TieKind::Telephone, holders),
            (ContactFamily::Phone, true) => {
                for members in alike(&holders, |party| &parties[party].surnames) {
                    tell(TieKind::TelephoneAndSurname, members);
                }
            }
            _ => {}
        }
    }
    ties
}

/// Who says the same, for everything that is said.
fn alike<'a>(
    of: &[usize],
    says: impl Fn(usize) -> &'a BTreeSet<String>,
) -> impl Iterator<Item = Vec<usize>> {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for party in of {
        for word in says(*party) {
            by_word.entry(word).or_default().push(*party);
        }
    }
    by_word.into_values()
}

fn by_representative(parties: &[Party], judged: &[usize], ties: &mut Vec<Tie>) {
    let mut tell = |kind, members| {
        ties.push(Tie {
            kind,
            contact: None,
            members,
        });
    };
    for members in alike(judged, |party| &parties[party].representative_numbers) {
        tell(TieKind::LegalRepresentative, members);
    }
    for members in alike(judged, |party| &parties[party].representatives) {
        let numbers = members
            .iter()
            .flat_map(|party| &parties[*party].representative_numbers);
        // With several numbers under one name nobody knows which of them a company without one means.
        if numbers.collect::<BTreeSet<_>>().len() < 2 {
            tell(TieKind::LegalRepresentativeName, members);
        }
    }
}

fn by_trade_name(parties: &[Party], judged: &[usize], ties: &mut Vec<Tie>) {
    for members in alike(judged, |party| &parties[party].trade_names) {
        ties.push(Tie {
            kind: TieKind::TradeName,
            contact: None,
            members,
        });
    }
}

/// Ties that have a member in common lie in one group.
fn joined(kind: TogetherKind, ties: Vec<Tie>) -> Vec<Together> {
    let mut groups: Vec<(BTreeSet<usize>, Vec<Tie>)> = Vec::new();
    for tie in ties.into_iter().filter(|tie| tie.members.len() > 1) {
        let mut members: BTreeSet<usize> = tie.members.iter().copied().collect();
        let mut all = Vec::new();
        groups.retain_mut(|(known, ties)| {
            let is_apart = known.is_disjoint(&members);
            if !is_apart {
                members.append(known);
                all.append(ties);
            }
            is_apart
        });
        all.push(tie);
        groups.push((members, all));
    }
    let told = groups.into_iter().map(|(members, mut ties)| {
        ties.sort();
        Together {
            kind,
            members: members.into_iter().collect(),
            ties,
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Catalogue, Content, Field, PartyKind};

    fn party(kind: PartyKind, said: &[(&str, &str)]) -> Party {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let field = |(name, value): &(&str, &str)| Field {
            id: catalogue.named(name).unwrap().id,
            value: (*value).to_owned(),
        };
        let content = Content::new(said.iter().map(field).collect());
        let mut party = Party::default();
        party.add(&catalogue, kind, &content);
        party
    }

    fn person(said: &[(&str, &str)]) -> Party {
        party(PartyKind::Person, said)
    }

    fn company(said: &[(&str, &str)]) -> Party {
        party(PartyKind::Organisation, said)
    }

    /// Every contact of every party counts.
    fn judged(parties: &[Party]) -> Vec<String> {
        let contacts: BTreeSet<Contact> = parties
            .iter()
            .flat_map(|party| party.contacts().map(|(contact, _)| contact.clone()))
            .collect();
        let contacts: Vec<Contact> = contacts.into_iter().collect();
        let tell = |together: Together| {
            let ties = together.ties.iter();
            let ties: BTreeSet<String> = ties
                .map(|tie| format!("{} {:?}", tie.kind.code(), tie.members))
                .collect();
            let ties: Vec<String> = ties.into_iter().collect();
            format!(
                "{} {:?}: {}",
                together.kind.code(),
                together.members,
                ties.join(", ")
            )
        };
        together(parties, &contacts).into_iter().map(tell).collect()
    }

    const FLAT: &str = "浙江省杭州市西湖区文三路12号3幢2单元501室";

    #[test]
    fn a_family_in_one_flat_is_a_household_whatever_their_surnames() {
        let father = person(&[("name", "王建国"), ("home_address", FLAT)]);
        let mother = person(&[
            ("name", "李秀英"),
            ("home_address", "杭州西湖区文三路十二号三号楼2单元501室"),
        ]);
        let neighbour = person(&[
            ("name", "王建军"),
            ("home_address", "浙江省杭州市西湖区文三路12号3幢2单元502室"),
        ]);
        assert_eq!(
            judged(&[father, mother, neighbour]),
            ["household [0, 1]: same_home [0, 1]"]
        );
    }

    #[test]
    fn a_road_alone_is_no_home() {
        let one = person(&[("name", "王建国"), ("home_address", "杭州市西湖区文三路")]);
        assert_eq!(judged(&[one.clone(), one]), Vec::<String>::new());
    }

    #[test]
    fn one_telephone_makes_a_household_only_of_one_surname() {
        let phone = ("mobile", "13812345678");
        let father = person(&[("name", "欧阳修文"), phone]);
        let son = person(&[("name", "歐陽明"), ("phone", "+86 138 1234 5678")]);
        let agent = person(&[("name", "欧文"), phone]);
        let child = person(&[("surname", "欧阳"), ("given_name", "小小"), phone]);
        assert_eq!(
            judged(&[agent, father, son, child]),
            ["household [1, 2, 3]: same_telephone_and_surname [1, 2, 3]"]
        );
    }

    #[test]
    fn ties_with_a_member_in_common_are_one_household() {
        let father = person(&[
            ("name", "王建国"),
            ("home_address", FLAT),
            ("mobile", "13812345678"),
        ]);
        let mother = person(&[("name", "李秀英"), ("home_address", FLAT)]);
        let son = person(&[("name", "王小明"), ("mobile", "13812345678")]);
        assert_eq!(
            judged(&[mother, father, son]),
            ["household [0, 1, 2]: same_home [0, 1], same_telephone_and_surname [1, 2]"]
        );
    }

    #[test]
    fn a_contact_that_does_not_count_ties_nobody() {
        let one = person(&[("name", "王建国"), ("mobile", "13812345678")]);
        let other = person(&[("name", "王小明"), ("mobile", "13812345678")]);
        assert_eq!(together(&[one, other], &[]), []);
    }

    #[test]
    fn companies_of_one_telephone_representative_or_trade_name_are_a_group() {
        let first = company(&[
            ("name", "杭州西溪科技有限公司"),
            ("phone", "0571-87654321"),
            ("legal_representative_name", "陈大文"),
        ]);
        let second = company(&[("name", "宁波北仑贸易有限公司"), ("phone", "057187654321")]);
        let third = company(&[
            ("name", "绍兴越城餐饮有限公司"),
            ("legal_representative_name", "陳大文"),
        ]);
        let fourth = company(&[("name", "上海西溪物流有限公司")]);
        let person = person(&[("name", "陈大文"), ("phone", "0571-87654321")]);
        assert_eq!(
            judged(&[first, second, third, fourth, person]),
            [
                "group [0, 1, 2, 3]: same_legal_representative_name [0, 2], same_telephone [0, 1], \
                 same_trade_name [0, 3]"
            ]
        );
    }

    #[test]
    fn representatives_of_one_name_with_different_numbers_are_two() {
        let name = ("legal_representative_name", "陈大文");
        let one = ("legal_representative_id_number", "11010519491231002X");
        let other = ("legal_representative_id_number", "440524188001010014");
        let first = company(&[("name", "杭州甲科技有限公司"), name, one]);
        let second = company(&[("name", "宁波乙贸易有限公司"), name, other]);
        let third = company(&[("name", "绍兴丙餐饮有限公司"), name]);
        assert_eq!(
            judged(&[first.clone(), second.clone(), third]),
            Vec::<String>::new()
        );
        let fourth = company(&[("name", "上海丁物流有限公司"), name, one]);
        assert_eq!(
            judged(&[first, second, fourth]),
            ["group [0, 2]: same_legal_representative [0, 2]"]
        );
    }
}
