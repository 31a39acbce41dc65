//! The network of a customer (关系图): who shares a telephone, an e-mail address or a home with it, and who belongs
//! together. Nothing is kept and nothing is merged.

use std::collections::BTreeMap;

use domain::register::{Class, CustomerNumber};
use domain::resolution::{Contact, Party, Tie, Together, TogetherKind};

use crate::http::{Count, Text};
use crate::protection::Disclosure;
use crate::register::{CustomerId, CustomerRow, RegisterError, rows_of, standing};
use crate::resolution::network_drawing::{Drawing, DrawnContact, draw};
use crate::resolution::network_search::find;
use crate::resolution::wire_network::{
    ContactKind, Household, HouseholdKind, HouseholdReason, Network, NetworkCustomer, NetworkEdge,
    SharedContact,
};
use crate::store::Store;

/// Contacts of the customer that are followed.
const CONTACTS_FOLLOWED: usize = 24;

/// The network of the customer that a number leads to.
pub async fn network(store: &Store, number: CustomerNumber) -> Result<Network, RegisterError> {
    let mut transaction = store.database.read().await?;
    let standing = standing(&mut transaction, store, number, None).await?;
    let records = standing.latest();
    let mut own = Party::default();
    for record in &records {
        if let Some(content) = &record.content {
            own.add(&store.catalogue, record.head.kind, content);
        }
    }
    let mut contacts = contacts_of(&own);
    let is_cut = contacts.len() > CONTACTS_FOLLOWED;
    contacts.truncate(CONTACTS_FOLLOWED);
    let customer = standing.customer;
    let asked = (customer, &own);
    let found = find(&mut transaction, store, asked, &records, &contacts).await?;
    let (ids, parties): (Vec<CustomerId>, Vec<Party>) = std::iter::once((customer, own))
        .chain(found.parties)
        .unzip();
    let mut drawing = draw(&parties, &contacts, &found.partly);
    drawing.is_cut |= is_cut || found.is_cut;
    let shown: Vec<CustomerId> = drawing.customers.iter().map(|place| ids[*place]).collect();
    let rows = rows_of(&mut transaction, store, &shown).await?;
    let shown = Drawn {
        store,
        parties: &parties,
        contacts: &contacts,
        drawing: &drawing,
        numbers: shown.iter().map(|id| number_of(*id)).collect(),
    };
    Ok(shown.network(rows))
}

fn number_of(customer: CustomerId) -> String {
    CustomerNumber::from_sequence(customer).to_string()
}

/// The contacts of a customer, each once however it is written.
fn contacts_of(own: &Party) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    for (contact, _) in own.contacts() {
        if !contacts.iter().any(|known| known.is(contact)) {
            contacts.push(contact.clone());
        }
    }
    contacts
}

/// What was drawn, and what it is drawn from.
struct Drawn<'a> {
    store: &'a Store,
    parties: &'a [Party],
    contacts: &'a [Contact],
    drawing: &'a Drawing,
    /// The numbers of the customers shown.
    numbers: Vec<String>,
}

impl Drawn<'_> {
    fn network(&self, rows: BTreeMap<CustomerId, CustomerRow>) -> Network {
        let mut rows: BTreeMap<String, CustomerRow> = rows
            .into_values()
            .map(|row| (row.number.clone(), row))
            .collect();
        let customer = |number| {
            let row = rows.remove(number)?;
            Some(NetworkCustomer {
                number: row.number,
                name: row.name,
                kind: row.kind,
            })
        };
        let contacts = || (0_u32..).zip(&self.drawing.contacts);
        let households = self.drawing.households.iter();
        Network {
            number: self.numbers.first().cloned().unwrap_or_default(),
            customers: self.numbers.iter().filter_map(customer).collect(),
            contacts: contacts()
                .filter_map(|(id, it)| self.contact(id, it))
                .collect(),
            edges: contacts().flat_map(|(id, it)| self.edges(id, it)).collect(),
            households: households.map(|it| self.household(it)).collect(),
            cut: self.drawing.is_cut,
        }
    }

    /// The value as the customer asked for gives it, as everybody sees it.
    fn contact(&self, id: u32, drawn: &DrawnContact) -> Option<SharedContact> {
        let contact = &self.contacts[drawn.place];
        let said = self.parties.first()?.says(contact);
        let field = *said.fields.first()?;
        let class: Class = self.store.catalogue.class(field);
        let disclosure = Disclosure::new(self.store.catalogue_in_force());
        let count = |value: usize| Count {
            value: i64::try_from(value).unwrap_or(i64::MAX),
            exact: drawn.is_exact,
        };
        Some(SharedContact {
            id,
            kind: match contact.code() {
                "mobile" => ContactKind::Mobile,
                "phone" => ContactKind::Phone,
                "email" => ContactKind::Email,
                _ => ContactKind::Address,
            },
            value: disclosure.show(field, contact.normal(), class),
            records: count(drawn.records),
            customers: count(drawn.customers),
            crowded: drawn.is_crowded,
        })
    }

    fn edges(&self, id: u32, drawn: &DrawnContact) -> Vec<NetworkEdge> {
        let edge = |holder: &usize| {
            let party = &self.parties[self.drawing.customers[*holder]];
            let said = party.says(&self.contacts[drawn.place]);
            let attributes = said.fields.iter();
            let attributes = attributes.filter_map(|field| self.store.catalogue.attribute(*field));
            NetworkEdge {
                customer: self.numbers[*holder].clone(),
                contact: id,
                labels: attributes.map(|it| Text::from(&it.label)).collect(),
            }
        };
        drawn.holders.iter().map(edge).collect()
    }

    fn household(&self, together: &Together) -> Household {
        Household {
            kind: match together.kind {
                TogetherKind::Household => HouseholdKind::Household,
                TogetherKind::Group => HouseholdKind::Group,
            },
            text: together.kind.text().into(),
            members: self.numbered(&together.members),
            reasons: together.ties.iter().map(|tie| self.reason(tie)).collect(),
        }
    }

    fn reason(&self, tie: &Tie) -> HouseholdReason {
        let shown = tie.contact.map(|place| self.drawing.counted[place]);
        HouseholdReason {
            code: tie.kind.code(),
            text: tie.kind.text().into(),
            contact: shown.and_then(|place| u32::try_from(place).ok()),
            members: self.numbered(&tie.members),
        }
    }

    fn numbered(&self, members: &[usize]) -> Vec<String> {
        let numbers = members.iter().map(|place| self.numbers[*place].clone());
        numbers.collect()
    }
}
