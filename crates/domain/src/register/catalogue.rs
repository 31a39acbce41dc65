//! The catalogue (属性目录): every declaration of the packs in force, ready to be asked.

use std::collections::HashMap;

use serde::Deserialize;

use crate::register::{
    Attribute, AttributeRules, AttributeType, Channel, Class, Content, FieldId, Group, PartyKind,
    PartyKindDeclaration,
};

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidPack {
    /// The text is not the TOML that a pack is.
    #[error("attributes.toml: {0}")]
    Toml(#[from] Box<toml::de::Error>),
    /// Two declarations share an id or a name.
    #[error("attribute {0} is declared twice")]
    Twice(String),
    /// An attribute names a group that is not declared.
    #[error("attribute {attribute} names the group {group}, which is not declared")]
    Group {
        /// The attribute.
        attribute: String,
        /// The group that it names.
        group: String,
    },
    /// An id outside 1 to 9999.
    #[error("attribute {0} has an id outside 1 to 9999")]
    Id(String),
    /// The engines need an attribute that the packs do not declare.
    #[error("no attribute called {0} is declared")]
    Missing(&'static str),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    pack: PackHead,
    #[serde(default)]
    key_headers: Vec<String>,
    #[serde(default)]
    party_kind: Vec<PartyKindDeclaration>,
    #[serde(default)]
    channel: Vec<Channel>,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    attribute: Vec<Attribute>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackHead {
    id: String,
    version: String,
    #[expect(dead_code, reason = "a pack must say it; the rulebook will use it")]
    effective_from: String,
    #[expect(dead_code, reason = "a pack must say it; the rulebook will use it")]
    source: String,
}

/// The declarations in force.
#[derive(Debug, Clone)]
#[doc(alias = "属性目录")]
pub struct Catalogue {
    version: String,
    attributes: Vec<Attribute>,
    by_id: Vec<Option<u16>>,
    by_name: HashMap<String, usize>,
    party_kinds: Vec<PartyKindDeclaration>,
    channels: Vec<Channel>,
    groups: Vec<Group>,
    key_headers: Vec<String>,
    well_known: WellKnown,
}

/// The attributes that the engines themselves ask for.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named for its attribute")]
pub struct WellKnown {
    pub name: FieldId,
    pub surname: FieldId,
    pub given_name: FieldId,
    pub identity_number: FieldId,
    pub credit_code: FieldId,
    pub organisation_code: FieldId,
    pub mobile: FieldId,
    pub party_kind: FieldId,
    pub observed_at: FieldId,
    pub clerk: FieldId,
}

impl Catalogue {
    /// Reads and checks the text of `attributes.toml`.
    pub fn parse(text: &str) -> Result<Self, InvalidPack> {
        let file: PackFile = toml::from_str(text).map_err(Box::new)?;
        let mut by_id = vec![None; usize::from(FieldId::LAST_ATTRIBUTE) + 1];
        let mut by_name = HashMap::new();
        for (place, attribute) in file.attribute.iter().enumerate() {
            let id = usize::try_from(attribute.id.0).unwrap_or(usize::MAX);
            let slot = by_id
                .get_mut(id)
                .filter(|_| id > 0)
                .ok_or_else(|| InvalidPack::Id(attribute.name.clone()))?;
            if slot
                .replace(u16::try_from(place).unwrap_or(u16::MAX))
                .is_some()
                || by_name.insert(attribute.name.clone(), place).is_some()
            {
                return Err(InvalidPack::Twice(attribute.name.clone()));
            }
            if !file.group.iter().any(|group| group.name == attribute.group) {
                return Err(InvalidPack::Group {
                    attribute: attribute.name.clone(),
                    group: attribute.group.clone(),
                });
            }
        }
        let required = |name: &'static str| {
            let place = by_name.get(name).ok_or(InvalidPack::Missing(name))?;
            Ok::<FieldId, InvalidPack>(file.attribute[*place].id)
        };
        let well_known = WellKnown {
            name: required("name")?,
            surname: required("surname")?,
            given_name: required("given_name")?,
            identity_number: required("identity_number")?,
            credit_code: required("credit_code")?,
            organisation_code: required("organisation_code")?,
            mobile: required("mobile")?,
            party_kind: required("party_kind")?,
            observed_at: required("observed_at")?,
            clerk: required("clerk")?,
        };
        Ok(Self {
            version: format!("{}@{}", file.pack.id, file.pack.version),
            attributes: file.attribute,
            by_id,
            by_name,
            party_kinds: file.party_kind,
            channels: file.channel,
            groups: file.group,
            key_headers: file.key_headers,
            well_known,
        })
    }

    /// These declarations, with what rules say of attributes in their place. Rules of attributes that are not declared say
    /// nothing.
    #[must_use]
    pub fn with(&self, rules: &AttributeRules) -> Self {
        let mut catalogue = self.clone();
        for attribute in &mut catalogue.attributes {
            if let Some(mask) = rules.masks.get(&attribute.name) {
                attribute.mask = *mask;
            }
            if let Some(criteria) = rules.survivorship.get(&attribute.name) {
                attribute.survivorship.clone_from(criteria);
            }
        }
        catalogue
    }

    /// The packs and versions this was read from.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every attribute in the order of declaration.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The attribute of a field; none for an unknown column.
    pub fn attribute(&self, field: FieldId) -> Option<&Attribute> {
        let place = self.by_id.get(usize::try_from(field.0).ok()?)?;
        place.map(|place| &self.attributes[usize::from(place)])
    }

    /// The attribute with a name.
    pub fn named(&self, name: &str) -> Option<&Attribute> {
        self.by_name.get(name).map(|place| &self.attributes[*place])
    }

    /// The attributes that the engines ask for.
    pub fn well_known(&self) -> WellKnown {
        self.well_known
    }

    /// The name that a record gives: in one column, or put together from surname and given name.
    pub fn name_of(&self, content: &Content) -> Option<String> {
        if let Some(name) = content.first(self.well_known.name) {
            return Some(name.trim().to_owned());
        }
        let surname = content.first(self.well_known.surname).map(str::trim);
        let given_name = content.first(self.well_known.given_name).map(str::trim);
        match (surname, given_name) {
            (Some(surname), Some(given_name)) if surname.is_ascii() => {
                Some(format!("{given_name} {surname}"))
            }
            (Some(surname), Some(given_name)) => Some(format!("{surname}{given_name}")),
            (surname, given_name) => surname.or(given_name).map(str::to_owned),
        }
    }

    /// The protection of a field. What nobody declared is unknown.
    pub fn class(&self, field: FieldId) -> Class {
        self.attribute(field)
            .map_or(Class::Unknown, |attribute| attribute.class)
    }

    /// How a field is read. An unknown column is text.
    pub fn attribute_type(&self, field: FieldId) -> AttributeType {
        self.attribute(field)
            .map_or(AttributeType::Text, |attribute| attribute.attribute_type)
    }

    /// The kinds of party.
    pub fn party_kinds(&self) -> &[PartyKindDeclaration] {
        &self.party_kinds
    }

    /// The kind that a cell of a file names.
    pub fn party_kind(&self, written: &str) -> Option<PartyKind> {
        let written = written.trim();
        let says = |value: &String| value.eq_ignore_ascii_case(written);
        self.party_kinds
            .iter()
            .find(|kind| {
                kind.name.name().eq_ignore_ascii_case(written) || kind.values.iter().any(says)
            })
            .map(|kind| kind.name)
    }

    /// The channels of intake.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The groups of the 360° page.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Headers that usually carry the source's own key: a suggestion only.
    pub fn key_headers(&self) -> &[String] {
        &self.key_headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"
        [pack]
        id = "test"
        version = "1"
        effective_from = "2026-01-01"
        source = "a test"
        [[group]]
        name = "identity"
        label = { zh = "身份", en = "identity" }
    "#;

    fn attribute(id: u32, name: &str, group: &str) -> String {
        format!(
            "[[attribute]]\nid = {id}\nversion = 1\nname = \"{name}\"\ngroup = \"{group}\"\ntype = \"text\"\nclass = \"general\"\nsurvivorship = [\"newest\"]\nmask = \"all\"\nlabel = {{ zh = \"甲\", en = \"a\" }}\n"
        )
    }

    fn refusal(body: &str) -> String {
        Catalogue::parse(&format!("{HEAD}{body}"))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_pack_that_contradicts_itself_is_refused() {
        let twice = attribute(1, "name", "identity") + &attribute(1, "other", "identity");
        assert_eq!(refusal(&twice), "attribute other is declared twice");
        assert_eq!(
            refusal(&attribute(1, "name", "house")),
            "attribute name names the group house, which is not declared"
        );
        assert_eq!(
            refusal(&attribute(10_000, "name", "identity")),
            "attribute name has an id outside 1 to 9999"
        );
    }

    #[test]
    fn the_shipped_pack_reads_and_keeps_what_names_a_person_sensitive() {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        for name in [
            "identity_number",
            "mobile",
            "birth_date",
            "home_address",
            "account_number",
        ] {
            assert_eq!(
                catalogue.named(name).map(|a| a.class),
                Some(Class::Sensitive),
                "{name}"
            );
        }
        assert_eq!(catalogue.party_kind("个人"), Some(PartyKind::Person));
        assert_eq!(catalogue.class(FieldId(1_000_000)), Class::Unknown);
    }
}
