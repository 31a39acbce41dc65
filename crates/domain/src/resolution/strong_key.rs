//! Strong keys (强标识): numbers that belong to one party only.

use identifiers::{OrganisationCode, PersonIdNumber, UnifiedSocialCreditCode};

use crate::register::{Catalogue, Content};

/// Which number a strong key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StrongKeyKind {
    /// A resident identity number in its 18-digit form.
    ResidentId,
    /// An organisation code, given as such or inside a credit code.
    OrganisationCode,
}

/// A well-formed number that names one party.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StrongKey {
    /// Which number it is.
    pub kind: StrongKeyKind,
    /// In canonical form.
    pub value: String,
}

impl std::fmt::Debug for StrongKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StrongKey({:?})", self.kind)
    }
}

/// The strong keys of a record. Malformed numbers are no keys: many parties share a typing error.
pub fn strong_keys(catalogue: &Catalogue, content: &Content) -> Vec<StrongKey> {
    let fields = catalogue.well_known();
    let mut keys = Vec::new();
    for value in content.values(fields.identity_number) {
        if let Ok(number) = PersonIdNumber::parse(value) {
            let value = number.number().as_str().to_owned();
            keys.push(StrongKey {
                kind: StrongKeyKind::ResidentId,
                value,
            });
        }
    }
    let contained = content.values(fields.credit_code).filter_map(|value| {
        value
            .parse::<UnifiedSocialCreditCode>()
            .ok()?
            .organisation_code()
            .ok()
    });
    let given = content
        .values(fields.organisation_code)
        .filter_map(|value| value.parse::<OrganisationCode>().ok());
    for code in contained.chain(given) {
        let key = StrongKey {
            kind: StrongKeyKind::OrganisationCode,
            value: code.as_str().to_owned(),
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Field;

    fn keys(pairs: &[(&str, &str)]) -> Vec<String> {
        let text = include_str!("../../../../packs/cn-base/attributes.toml");
        let catalogue = Catalogue::parse(text).unwrap();
        let field = |(name, value): &(&str, &str)| Field {
            id: catalogue.named(name).unwrap().id,
            value: (*value).to_owned(),
        };
        let content = Content::new(pairs.iter().map(field).collect());
        strong_keys(&catalogue, &content)
            .into_iter()
            .map(|key| key.value)
            .collect()
    }

    #[test]
    fn both_forms_of_a_resident_number_are_one_key() {
        assert_eq!(
            keys(&[("identity_number", "110105491231002")]),
            ["11010519491231002X"]
        );
        assert_eq!(
            keys(&[("identity_number", "11010519491231002x")]),
            ["11010519491231002X"]
        );
    }

    #[test]
    fn a_credit_code_is_the_key_that_its_organisation_code_is() {
        let code = "91350100M000100Y43";
        let contained = keys(&[("credit_code", code)]);
        assert_eq!(contained, [&code[8..17]]);
        assert_eq!(
            keys(&[("organisation_code", &code[8..17]), ("credit_code", code)]),
            contained
        );
    }

    #[test]
    fn a_malformed_number_is_no_key() {
        assert_eq!(
            keys(&[("identity_number", "110105194912310021")]),
            Vec::<String>::new()
        );
    }
}
