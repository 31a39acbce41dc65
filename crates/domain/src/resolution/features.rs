//! What of a record is compared (比对特征): the columns of the linkage models, filled from attributes.

use crate::register::{Catalogue, Content, FieldId, PartyKind, read};

/// Records of one family can be one party; nobody compares a person with a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Natural persons.
    Person,
    /// Everybody else.
    Organisation,
}

/// What stands between the values of an attribute that has several.
const SEPARATOR: char = '\u{1f}';
/// Characters of a value that are looked at.
const LONGEST_VALUE: usize = 200;

/// A column of the models, and the attributes that fill it: one from the first that is said, several from all.
type Filled = (&'static str, Fill, &'static [&'static str]);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fill {
    One,
    Several,
}

use Fill::{One, Several};

const PERSON: &[Filled] = &[
    (
        "name",
        Several,
        &["name", "name_latin", "former_name", "alias"],
    ),
    ("birth_date", One, &["birth_date"]),
    ("sex", One, &["sex"]),
    ("identity_number", One, &["identity_number"]),
    ("mobile", Several, &["mobile"]),
    ("phone", Several, &["phone"]),
    ("email", Several, &["email"]),
    (
        "home_address",
        Several,
        &["home_address", "identity_address", "domicile_address"],
    ),
];
const ORGANISATION: &[Filled] = &[
    (
        "name",
        Several,
        &["name", "name_latin", "former_name", "alias"],
    ),
    ("credit_code", One, &["credit_code", "organisation_code"]),
    ("registration_number", One, &["registration_number"]),
    ("phone", Several, &["phone", "mobile"]),
    ("email", Several, &["email"]),
    (
        "registered_address",
        Several,
        &["registered_address", "office_address"],
    ),
    (
        "legal_representative_name",
        One,
        &["legal_representative_name"],
    ),
];

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Person, Self::Organisation];

    /// The family of a kind of party.
    pub fn of(kind: PartyKind) -> Self {
        if kind.is_person() {
            Self::Person
        } else {
            Self::Organisation
        }
    }

    /// The number that the store keeps.
    pub fn number(self) -> i64 {
        match self {
            Self::Person => 1,
            Self::Organisation => 2,
        }
    }

    /// The family with a stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|family| family.number() == number)
    }

    /// The word for it in files, addresses and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }

    fn columns(self) -> &'static [Filled] {
        match self {
            Self::Person => PERSON,
            Self::Organisation => ORGANISATION,
        }
    }

    /// The columns that a model of the family may compare. Each is called like the attribute that mostly fills it.
    pub fn header(self) -> Vec<String> {
        self.columns()
            .iter()
            .map(|(column, ..)| (*column).to_owned())
            .collect()
    }
}

/// Fills the columns of the models from what records say; knows its attributes once and for all.
#[derive(Debug, Clone)]
pub struct Features {
    columns: [Vec<(Fill, Vec<FieldId>)>; 2],
}

impl Features {
    /// For the attributes of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let fields = |attributes: &&[&str]| {
            let named = attributes.iter().filter_map(|name| catalogue.named(name));
            named.map(|attribute| attribute.id).collect()
        };
        Self {
            columns: Family::ALL.map(|family| {
                let columns = family.columns().iter();
                let filled = columns.map(|(_, fill, attributes)| (*fill, fields(attributes)));
                filled.collect()
            }),
        }
    }

    /// What a record says in each column of its family.
    pub fn of(&self, catalogue: &Catalogue, family: Family, content: &Content) -> Vec<String> {
        let columns = match family {
            Family::Person => &self.columns[0],
            Family::Organisation => &self.columns[1],
        };
        let mut cells: Vec<String> = columns
            .iter()
            .map(|(fill, fields)| {
                // In canonical form: one source writes 女, another F.
                let values = fields.iter().flat_map(|field| {
                    let attribute = catalogue.attribute(*field);
                    let given = content.values(*field);
                    given.map(move |value| read(attribute, value).normal)
                });
                let most = if *fill == One { 1 } else { usize::MAX };
                let mut cell = String::new();
                for value in values.take(most) {
                    add(&mut cell, &value);
                }
                cell
            })
            .collect();
        // Surname and given name may stand apart.
        if content.first(catalogue.well_known().name).is_none()
            && let Some(name) = catalogue.name_of(content)
        {
            add(&mut cells[0], &name);
        }
        cells
    }
}

fn add(cell: &mut String, value: &str) {
    if !cell.is_empty() {
        cell.push(SEPARATOR);
    }
    let characters = value.trim().chars().take(LONGEST_VALUE);
    cell.extend(characters.filter(|character| *character != SEPARATOR));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Field;

    #[test]
    fn columns_are_filled_from_the_attributes_of_the_family() {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        for (.., attributes) in PERSON.iter().chain(ORGANISATION) {
            for attribute in *attributes {
                assert!(catalogue.named(attribute).is_some(), "{attribute}");
            }
        }
        let said = [
            ("surname", "王"),
            ("given_name", "小明"),
            ("former_name", "王晓明"),
            ("mobile", "+86 138 0013 8000"),
            ("mobile", "13900139000"),
            ("sex", "F"),
            ("identity_address", "北京市朝阳区"),
        ];
        let field = |(name, value): &(&str, &str)| Field {
            id: catalogue.named(name).unwrap().id,
            value: (*value).to_owned(),
        };
        let content = Content::new(said.iter().map(field).collect());
        let cells = Features::new(&catalogue).of(&catalogue, Family::Person, &content);
        assert_eq!(cells[0], "王晓明\u{1f}王小明");
        assert_eq!(cells[2], "female");
        assert_eq!(cells[4], "13800138000\u{1f}13900139000");
        assert_eq!(cells[7], "北京市朝阳区");
        assert_eq!(cells.len(), Family::Person.header().len());
    }
}
