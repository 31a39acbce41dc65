//! The dictionary (数据字典): the declarations in force, as clients need them to label and to ask.

use domain::register::{AttributeType, Lookup};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Text;
use crate::protection::Disclose;
use crate::register::wire::ValueClass;
use crate::store::Store;

/// Something with a name and a label.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// The word in JSON.
    pub name: String,
    /// What a person reads.
    pub label: Text,
}

/// An attribute as it is declared.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attribute)]
pub struct DeclaredAttribute {
    pub id: u32,
    pub name: String,
    pub label: Text,
    pub group: String,
    /// How its text is read.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub attribute_type: AttributeType,
    pub class: ValueClass,
    /// Whether the view keeps every distinct value.
    pub multiple: bool,
    /// The kinds of party that have it; empty for all.
    pub kinds: Vec<String>,
    /// How it can be looked up.
    #[schema(value_type = Vec<String>)]
    pub lookup: Vec<Lookup>,
}

/// The declarations in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Dictionary {
    /// The packs and their versions.
    pub version: String,
    pub groups: Vec<Named>,
    pub attributes: Vec<DeclaredAttribute>,
    pub party_kinds: Vec<Named>,
    pub channels: Vec<Named>,
}

impl Disclose for Dictionary {}

/// The dictionary of a store.
pub fn dictionary(store: &Store) -> Dictionary {
    let catalogue = &store.catalogue;
    let named = |name: &str, label| Named {
        name: name.to_owned(),
        label: Text::from(label),
    };
    Dictionary {
        version: catalogue.version().to_owned(),
        groups: catalogue
            .groups()
            .iter()
            .map(|group| named(&group.name, &group.label))
            .collect(),
        attributes: catalogue
            .attributes()
            .iter()
            .map(DeclaredAttribute::from)
            .collect(),
        party_kinds: catalogue
            .party_kinds()
            .iter()
            .map(|kind| named(kind.name.name(), &kind.label))
            .collect(),
        channels: catalogue
            .channels()
            .iter()
            .map(|channel| named(&channel.name, &channel.label))
            .collect(),
    }
}

impl From<&domain::register::Attribute> for DeclaredAttribute {
    fn from(attribute: &domain::register::Attribute) -> Self {
        Self {
            id: attribute.id.0,
            name: attribute.name.clone(),
            label: (&attribute.label).into(),
            group: attribute.group.clone(),
            attribute_type: attribute.attribute_type,
            class: attribute.class.into(),
            multiple: attribute.multiple,
            kinds: attribute
                .kinds
                .iter()
                .map(|kind| kind.name().to_owned())
                .collect(),
            lookup: attribute.lookup.clone(),
        }
    }
}
