//! Register (客户主档): what an attribute, a record, a customer number and a golden view are.

mod attribute;
mod attribute_rules;
mod catalogue;
mod content;
mod customer_number;
mod golden;
mod lookup;
mod reading;
mod search;
mod survivorship;

pub use attribute::{
    Attribute, AttributeType, Channel, Class, CodeValue, Group, Lookup, PartyKind,
    PartyKindDeclaration,
};
pub use attribute_rules::AttributeRules;
pub use catalogue::{Catalogue, InvalidPack, WellKnown};
pub use content::{Blocks, Content, Field, FieldId, InvalidContent};
pub use customer_number::{CustomerNumber, InvalidCustomerNumber};
pub use golden::{Candidate, Fold, GoldenValue, GoldenView, RecordFacts, fold};
pub use lookup::{IndexKind, LookupFamily, LookupKey, lookup_keys, whole_value};
pub use reading::{Reading, read};
pub use rulebook::Criterion;
pub use search::{Probe, SearchBy, detect, probes};
