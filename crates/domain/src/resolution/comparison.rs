//! Two records side by side, field by field, for the person who decides whether they are one party.

use names::Agreement;

use crate::register::{AttributeType, Catalogue, Content, FieldId, read};

/// How what two records say of one field relates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldAgreement {
    /// They say the same.
    Agrees,
    /// They can be the same, written differently.
    Similar,
    /// They say different things.
    Disagrees,
    /// Only one of them says anything.
    Missing,
}

impl FieldAgreement {
    /// A code that never changes, whatever the wording.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Similar => "similar",
            Self::Disagrees => "disagrees",
            Self::Missing => "missing",
        }
    }
}

/// One field of two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The attribute.
    pub field: FieldId,
    /// What the one says, in canonical form.
    pub left: Option<String>,
    /// What the other says.
    pub right: Option<String>,
    /// How that relates.
    pub agreement: FieldAgreement,
}

/// Compares every attribute that either record speaks of, in the order of attributes. Columns that
/// nobody recognised mean nothing across sources and are left out.
pub fn compare(
    catalogue: &Catalogue,
    person: bool,
    left: &Content,
    right: &Content,
) -> Vec<Compared> {
    let fields = left.fields().iter().chain(right.fields());
    let mut ids: Vec<FieldId> = fields
        .map(|field| field.id)
        .filter(|field| catalogue.attribute(*field).is_some())
        .collect();
    ids.push(catalogue.well_known().name);
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .filter_map(|field| compare_field(catalogue, person, field, left, right))
        .collect()
}

fn compare_field(
    catalogue: &Catalogue,
    person: bool,
    field: FieldId,
    left: &Content,
    right: &Content,
) -> Option<Compared> {
    let attribute = catalogue.attribute(field)?;
    let values = |content: &Content| {
        let mut said: Vec<String> = content
            .values(field)
            .map(|value| read(Some(attribute), value).normal)
            .collect();
        if said.is_empty() && field == catalogue.well_known().name {
            said.extend(catalogue.name_of(content));
        }
        said
    };
    let (left, right) = (values(left), values(right));
    let is_name = attribute.attribute_type == AttributeType::Name;
    let agreement = match (left.is_empty(), right.is_empty()) {
        (true, true) => return None,
        (false, false) => left
            .iter()
            .flat_map(|one| right.iter().map(move |other| (one, other)))
            .map(|(one, other)| relate(is_name, person, one, other))
            .min_by_key(|agreement| *agreement as u8)
            .unwrap_or(FieldAgreement::Missing),
        _ => FieldAgreement::Missing,
    };
    let text = |said: Vec<String>| (!said.is_empty()).then(|| said.join("、"));
    Some(Compared {
        field,
        left: text(left),
        right: text(right),
        agreement,
    })
}

fn relate(is_name: bool, person: bool, left: &str, right: &str) -> FieldAgreement {
    if left == right {
        return FieldAgreement::Agrees;
    }
    let agreement = match (is_name, person) {
        (false, _) => return FieldAgreement::Disagrees,
        (true, true) => names::agreement(left, right),
        (true, false) => names::organisation_agreement(left, right),
    };
    match agreement {
        Agreement::Same => FieldAgreement::Agrees,
        Agreement::Agrees(_) => FieldAgreement::Similar,
        Agreement::Disagrees => FieldAgreement::Disagrees,
        Agreement::Missing => FieldAgreement::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Field;

    #[test]
    fn records_are_compared_by_what_they_mean() {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let content = |said: &[(&str, &str)]| {
            let field = |(name, value): &(&str, &str)| Field {
                id: catalogue.named(name).unwrap().id,
                value: (*value).to_owned(),
            };
            Content::new(said.iter().map(field).collect())
        };
        let left = content(&[
            ("name", "张三"),
            ("identity_number", "110105491231002"),
            ("mobile", "13812345678"),
            ("sex", "男"),
        ]);
        let right = content(&[
            ("surname", "Zhang"),
            ("given_name", "San"),
            ("identity_number", "11010519491231002X"),
            ("mobile", "13900000000"),
            ("mobile", "+86 138 1234 5678"),
        ]);
        let said: Vec<String> = compare(&catalogue, true, &left, &right)
            .iter()
            .map(|compared| {
                let name = &catalogue.attribute(compared.field).unwrap().name;
                format!("{name} {}", compared.agreement.code())
            })
            .collect();
        insta::assert_snapshot!(said.join(", "), @"name similar, surname missing, given_name missing, sex missing, identity_number agrees, mobile agrees");
    }
}
