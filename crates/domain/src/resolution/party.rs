//! What the records of a customer say that may tie it to others: contacts, surnames, who stands for a company.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use addresses::{Agreement, Part};
use identifiers::{MobileNumber, PersonIdNumber};
use names::OrganisationName;

use crate::register::{
    Attribute, AttributeType, Catalogue, Content, FieldId, IndexKind, Lookup, LookupFamily,
    PartyKind, read,
};

/// The attribute whose addresses are homes.
const HOME: &str = "home_address";
/// The attributes of who stands for a company.
const REPRESENTATIVE: [&str; 2] = [
    "legal_representative_name",
    "legal_representative_id_number",
];

/// Contacts of one family may be one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactFamily {
    /// Telephones, whichever attribute names them.
    Phone,
    /// E-mail addresses.
    Email,
    /// Home addresses down to a house number or a room.
    Address,
}

/// A way to reach a party (联系方式), in canonical form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    family: ContactFamily,
    normal: String,
}

impl fmt::Debug for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Contact({:?})", self.family)
    }
}

impl Contact {
    /// Its family.
    pub fn family(&self) -> ContactFamily {
        self.family
    }

    /// In canonical form.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// A code for what it is, which never changes; a mobile number is one whichever attribute names it.
    pub fn code(&self) -> &'static str {
        match self.family {
            ContactFamily::Phone if self.normal.parse::<MobileNumber>().is_ok() => "mobile",
            ContactFamily::Phone => "phone",
            ContactFamily::Email => "email",
            ContactFamily::Address => "address",
        }
    }

    /// In which index, and as what, records that say it are found; none for an address.
    pub fn lookup(&self) -> Option<(IndexKind, LookupFamily)> {
        match self.family {
            ContactFamily::Phone => Some((IndexKind::Exact, LookupFamily::Phone)),
            ContactFamily::Email => Some((IndexKind::Exact, LookupFamily::Email)),
            ContactFamily::Address => None,
        }
    }

    /// Whether both lead to the same place. Addresses may be written in more than one way.
    pub fn is(&self, other: &Self) -> bool {
        self == other
            || self.family == ContactFamily::Address
                && other.family == ContactFamily::Address
                && is_one_home(&self.normal, &other.normal)
    }
}

/// How often, and in which attributes, the records of a customer say a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// In how many records.
    pub records: usize,
    /// In which attributes.
    pub fields: BTreeSet<FieldId>,
}

/// What the records of one customer say.
#[derive(Clone, Default)]
pub struct Party {
    pub(super) is_person: bool,
    pub(super) surnames: BTreeSet<String>,
    pub(super) representatives: BTreeSet<String>,
    pub(super) representative_numbers: BTreeSet<String>,
    pub(super) trade_names: BTreeSet<String>,
    contacts: BTreeMap<Contact, Said>,
}

impl Party {
    /// Adds what one record says.
    pub fn add(&mut self, catalogue: &Catalogue, kind: PartyKind, content: &Content) {
        self.is_person = kind.is_person();
        for (contact, fields) in contacts_of(catalogue, content) {
            let said = self.contacts.entry(contact).or_default();
            said.records += 1;
            said.fields.extend(fields);
        }
        let name = catalogue.name_of(content);
        if self.is_person {
            let given = content.first(catalogue.well_known().surname);
            let surname = given.map(names::fold).filter(|given| !given.is_empty());
            let read = || name.as_deref().and_then(names::surname);
            self.surnames.extend(surname.or_else(read));
            return;
        }
        let [representative, number] = REPRESENTATIVE.map(|name| catalogue.named(name));
        let said = |attribute: Option<&Attribute>| {
            let values = attribute.map(|attribute| content.values(attribute.id));
            values.into_iter().flatten().map(str::to_owned)
        };
        let names = said(representative).map(|name| names::fold(&name));
        self.representatives
            .extend(names.filter(|name| name.chars().count() > 1));
        let numbers = said(number).filter_map(|number| PersonIdNumber::parse(&number).ok());
        self.representative_numbers
            .extend(numbers.map(|number| number.number().as_str().to_owned()));
        let trade_name =
            name.and_then(|name| OrganisationName::parse(&name).part(names::PartKind::TradeName));
        self.trade_names
            .extend(trade_name.filter(|name| name.chars().count() > 1));
    }

    /// Its contacts, and how they are said, in order.
    pub fn contacts(&self) -> impl Iterator<Item = (&Contact, &Said)> {
        self.contacts.iter()
    }

    /// The numbers of documents of those who stand for it.
    pub fn representative_numbers(&self) -> impl Iterator<Item = &str> {
        self.representative_numbers.iter().map(String::as_str)
    }

    /// How it says a contact, in whatever writing; nothing where it does not.
    pub fn says(&self, contact: &Contact) -> Said {
        let mut all = Said::default();
        for (_, said) in self.contacts.iter().filter(|(known, _)| known.is(contact)) {
            all.records += said.records;
            all.fields.extend(&said.fields);
        }
        all
    }

    /// Whether it says a contact.
    pub(super) fn holds(&self, contact: &Contact) -> bool {
        self.contacts.keys().any(|known| known.is(contact))
    }
}

/// The contacts of one record and the attributes that say them. What is malformed is none: many parties share 无.
fn contacts_of(catalogue: &Catalogue, content: &Content) -> BTreeMap<Contact, BTreeSet<FieldId>> {
    let mut contacts: BTreeMap<Contact, BTreeSet<FieldId>> = BTreeMap::new();
    for field in content.fields() {
        let attribute = catalogue.attribute(field.id);
        let Some((attribute, family)) =
            attribute.and_then(|attribute| Some((attribute, family_of(attribute)?)))
        else {
            continue;
        };
        let reading = read(Some(attribute), &field.value);
        let is_contact = match family {
            ContactFamily::Address => is_home(&reading.normal),
            _ => reading.valid != Some(false),
        };
        if is_contact {
            let normal = reading.normal;
            let fields = contacts.entry(Contact { family, normal }).or_default();
            fields.insert(field.id);
        }
    }
    contacts
}

fn family_of(attribute: &Attribute) -> Option<ContactFamily> {
    let is_looked_up = attribute.lookup.contains(&Lookup::Exact);
    match attribute.attribute_type {
        AttributeType::Mobile | AttributeType::Phone if is_looked_up => Some(ContactFamily::Phone),
        AttributeType::Email if is_looked_up => Some(ContactFamily::Email),
        AttributeType::Address if attribute.name == HOME => Some(ContactFamily::Address),
        _ => None,
    }
}

/// Whether an address says which house or room: whole streets are shared by strangers.
fn is_home(text: &str) -> bool {
    let address = addresses::parse(text);
    !address.room().is_empty() || !address.number().is_empty()
}

/// Whether two addresses are one home: the same down to the door, in whatever writing.
fn is_one_home(left: &str, right: &str) -> bool {
    let (left, right) = (addresses::parse(left), addresses::parse(right));
    let compared = addresses::compare(&left, &right);
    let mut is_named = false;
    for reason in compared.reasons() {
        let differs = reason.agreement == Agreement::Different;
        let fits = match reason.part {
            // Who leaves out the room may mean another one.
            Part::Number | Part::Building | Part::Unit | Part::Room => {
                matches!(reason.agreement, Agreement::Same | Agreement::Unknown)
            }
            Part::Road | Part::Estate | Part::Community | Part::Poi => {
                is_named |= reason.agreement == Agreement::Same;
                !differs
            }
            _ => !differs,
        };
        if !fits {
            return false;
        }
    }
    is_named
}
