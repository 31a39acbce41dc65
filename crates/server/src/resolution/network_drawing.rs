//! Which customers and contacts a network shows: what few share before what many share, and not too much of it.

use std::collections::BTreeSet;

use domain::resolution::{Contact, Party, Together, together};

/// A contact that more customers share is an agent's or a shop's; so many of them are shown.
const CROWDED: usize = 20;
/// Customers shown, with the one asked for. With the contacts they are sixty.
const CUSTOMERS_SHOWN: usize = 48;
/// Contacts shown.
const CONTACTS_SHOWN: usize = 12;

/// A contact that at least two customers share.
#[derive(Debug, PartialEq, Eq)]
pub struct DrawnContact {
    /// Which of the contacts.
    pub place: usize,
    /// In how many records.
    pub records: usize,
    /// How many customers say it.
    pub customers: usize,
    /// Whether all were counted.
    pub is_exact: bool,
    /// Whether so many say it that it ties nobody together.
    pub is_crowded: bool,
    /// Those that are shown, by their places among the customers shown.
    pub holders: Vec<usize>,
}

/// What is shown.
#[derive(Debug)]
pub struct Drawing {
    /// Which of the parties, the one asked for first.
    pub customers: Vec<usize>,
    /// What they share.
    pub contacts: Vec<DrawnContact>,
    /// Who belongs together, by their places among the customers shown.
    pub households: Vec<Together>,
    /// For each contact that a household counts, its place among the contacts shown.
    pub counted: Vec<usize>,
    /// Whether more is there.
    pub is_cut: bool,
}

/// Draws the network of the first party. `partly` names contacts that were not counted to the end.
pub fn draw(parties: &[Party], contacts: &[Contact], partly: &BTreeSet<usize>) -> Drawing {
    let mut shared = shared(parties, contacts, partly);
    let mut is_cut = shared.len() > CONTACTS_SHOWN;
    shared.truncate(CONTACTS_SHOWN);
    let mut customers = vec![0];
    let mut show = |place: &usize| {
        let is_shown = customers.contains(place);
        if !is_shown && customers.len() == CUSTOMERS_SHOWN {
            is_cut = true;
        } else if !is_shown {
            customers.push(*place);
        }
    };
    for contact in &shared {
        let most = if contact.is_crowded {
            CROWDED
        } else {
            usize::MAX
        };
        contact.holders.iter().take(most).for_each(&mut show);
    }
    let (counted, tying) = tying(&shared, contacts);
    // Companies may belong together without a contact in common.
    for group in together(parties, &tying) {
        if group.members.contains(&0) {
            group.members.iter().for_each(&mut show);
        }
    }
    // The one asked for is the first party.
    customers.sort_unstable();
    let shown: Vec<Party> = customers
        .iter()
        .map(|place| parties[*place].clone())
        .collect();
    for contact in &mut shared {
        let place = |holder| customers.iter().position(|shown| shown == holder);
        contact.holders = contact.holders.iter().filter_map(place).collect();
        contact.holders.sort_unstable();
    }
    Drawing {
        households: together(&shown, &tying),
        customers,
        contacts: shared,
        counted,
        is_cut,
    }
}

/// What the first party shares, what fewest share first.
fn shared(parties: &[Party], contacts: &[Contact], partly: &BTreeSet<usize>) -> Vec<DrawnContact> {
    let mut shared: Vec<DrawnContact> = Vec::new();
    for (place, contact) in contacts.iter().enumerate() {
        let said = parties.iter().map(|party| party.says(contact).records);
        let said: Vec<usize> = said.collect();
        let holders: Vec<usize> = (0..parties.len())
            .filter(|party| said[*party] > 0)
            .collect();
        let is_exact = !partly.contains(&place);
        if holders.len() > 1 {
            shared.push(DrawnContact {
                place,
                records: said.iter().sum(),
                customers: holders.len(),
                is_exact,
                // Whom nobody counted to the end many share.
                is_crowded: holders.len() > CROWDED || !is_exact,
                holders,
            });
        }
    }
    shared.sort_by_key(|contact| (contact.is_crowded, contact.customers, contact.place));
    shared
}

/// The contacts that tie customers together: where they are shown, and what they are.
fn tying(shared: &[DrawnContact], contacts: &[Contact]) -> (Vec<usize>, Vec<Contact>) {
    let tying = shared
        .iter()
        .enumerate()
        .filter(|(_, shared)| !shared.is_crowded);
    tying
        .map(|(shown, shared)| (shown, contacts[shared.place].clone()))
        .unzip()
}
