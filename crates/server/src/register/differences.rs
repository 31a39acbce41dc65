//! What changed in a view between two instants (R1.11).

use std::collections::BTreeMap;

use domain::register::{CustomerNumber, FieldId, fold};
use storage::Transaction;

use crate::clock::Micros;
use crate::protection::Disclosure;
use crate::register::RegisterError;
use crate::register::history::standing;
use crate::register::wire::Difference;
use crate::store::Store;

type Values = BTreeMap<FieldId, Vec<String>>;

/// What came, what went and what changed from one instant to another; to now where no second one is
/// given. Of an attribute that keeps several values, each is told by itself.
pub async fn differences(
    store: &Store,
    number: CustomerNumber,
    from: Micros,
    to: Option<Micros>,
) -> Result<Vec<Difference>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let before = values_at(&mut transaction, store, number, Some(from)).await;
    let after = values_at(&mut transaction, store, number, to).await?;
    let before = match before {
        // Nobody yet: everything came.
        Err(RegisterError::UnknownCustomer(_)) => Values::new(),
        other => other?,
    };
    let fields = before.keys().chain(after.keys());
    let mut fields: Vec<FieldId> = fields.copied().collect();
    fields.sort_unstable();
    fields.dedup();
    let none = Vec::new();
    let mut found = Vec::new();
    for field in fields {
        let was = before.get(&field).unwrap_or(&none);
        let is = after.get(&field).unwrap_or(&none);
        found.extend(pairs(was, is).into_iter().map(|pair| (field, pair)));
    }
    Ok(found
        .into_iter()
        .filter_map(|(field, (was, is))| show(store, field, was, is))
        .collect())
}

async fn values_at(
    transaction: &mut Transaction,
    store: &Store,
    number: CustomerNumber,
    as_of: Option<Micros>,
) -> Result<Values, RegisterError> {
    let standing = standing(transaction, store, number, as_of).await?;
    let facts = standing.facts();
    let mut values = Values::new();
    for value in fold(&store.catalogue_in_force(), &facts).view().values {
        values.entry(value.field).or_default().push(value.value);
    }
    Ok(values)
}

/// Values that only one side has; one of each side is a change.
fn pairs<'a>(was: &'a [String], is: &'a [String]) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let mut gone = was.iter().filter(|value| !is.contains(value));
    let mut come = is.iter().filter(|value| !was.contains(value));
    let mut pairs = Vec::new();
    loop {
        match (gone.next(), come.next()) {
            (None, None) => return pairs,
            (left, right) => {
                pairs.push((left.map(String::as_str), right.map(String::as_str)));
            }
        }
    }
}

fn show(store: &Store, field: FieldId, was: Option<&str>, is: Option<&str>) -> Option<Difference> {
    let attribute = store.catalogue.attribute(field)?;
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let shown = |text: &str| disclosure.show(field, text, attribute.class);
    Some(Difference {
        attribute: attribute.name.clone(),
        label: (&attribute.label).into(),
        before: was.map(shown),
        after: is.map(shown),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stayed_is_not_told() {
        let list = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        let (was, is) = (list(&["a", "b"]), list(&["b", "c", "d"]));
        assert_eq!(
            pairs(&was, &is),
            [(Some("a"), Some("c")), (None, Some("d"))]
        );
        assert!(pairs(&is, &is).is_empty());
    }
}
