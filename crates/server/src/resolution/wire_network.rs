//! Who shares contacts with a customer (共用联系方式), and who belongs together, as a client draws it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Count, Text};
use crate::protection::{Disclose, Shown};

/// Customers and the contacts that they share with the one asked for, as a graph (关系图).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Network {
    /// The number of the customer asked for.
    pub number: String,
    /// The customer asked for first, then those who share a contact with it or belong with it.
    pub customers: Vec<NetworkCustomer>,
    /// What at least two customers share, what fewest share first.
    pub contacts: Vec<SharedContact>,
    /// Who says which contact.
    pub edges: Vec<NetworkEdge>,
    /// Who probably belongs together; that of the customer asked for first.
    pub households: Vec<Household>,
    /// Whether there is more than was looked at or is told.
    pub cut: bool,
}

/// A customer in a network.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NetworkCustomer {
    /// Its number.
    pub number: String,
    /// What it is called.
    pub name: String,
    /// The kind of party.
    #[schema(value_type = String)]
    pub kind: &'static str,
}

/// What a shared contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// A mobile number.
    Mobile,
    /// Another telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A home address.
    Address,
}

/// A contact that at least two customers share.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SharedContact {
    /// What the edges call it.
    pub id: u32,
    /// What it is.
    pub kind: ContactKind,
    /// The value as this reader may see it.
    pub value: Shown,
    /// How many records say it.
    pub records: Count,
    /// How many customers say it; of a crowded contact only the first of them are told.
    pub customers: Count,
    /// Whether so many customers say it that it is an agent's or a shop's: then it ties nobody together.
    pub crowded: bool,
}

/// A customer says a contact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NetworkEdge {
    /// The number of the customer.
    pub customer: String,
    /// The contact.
    pub contact: u32,
    /// The labels of the attributes that say it.
    pub labels: Vec<Text>,
}

/// What customers that belong together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HouseholdKind {
    /// Persons.
    Household,
    /// Organisations.
    Group,
}

/// Customers that probably belong together (疑似家庭, 疑似关联企业).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Household {
    /// Persons or organisations.
    pub kind: HouseholdKind,
    /// The same in words.
    pub text: Text,
    /// Their numbers.
    pub members: Vec<String>,
    /// Why.
    pub reasons: Vec<HouseholdReason>,
}

/// Why some customers belong together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HouseholdReason {
    /// A code that never changes.
    #[schema(value_type = String)]
    pub code: &'static str,
    /// What a person reads.
    pub text: Text,
    /// The contact that they share; none where they share something else.
    pub contact: Option<u32>,
    /// The numbers of those who share it.
    pub members: Vec<String>,
}

impl Disclose for Network {}
