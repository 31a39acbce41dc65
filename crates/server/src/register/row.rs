//! Customers as rows of a list, many at once.

use std::collections::{BTreeMap, HashMap};

use domain::register::{Class, CustomerNumber, FieldId};
use storage::{Question, Row, StorageError, Transaction};

use crate::http::Instant;
use crate::protection::{Disclosure, KeyScope, Shown};
use crate::register::golden::open_golden;
use crate::register::wire::CustomerRow;
use crate::register::{CustomerId, GoldenRow, RegisterError};
use crate::store::Store;

/// The rows of customers. One without records has none.
pub async fn rows_of(
    transaction: &mut Transaction,
    store: &Store,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, CustomerRow>, RegisterError> {
    let [views, created, sources, held] = transaction
        .fetch_together([
            Question::by_keys(include_str!("golden_views.sql"), customers),
            Question::by_keys(include_str!("created_of_customers.sql"), customers),
            Question::by_keys(include_str!("sources_of_customers.sql"), customers),
            Question::by_keys(include_str!("held_customers.sql"), customers),
        ])
        .await?;
    let keys = store.keys.load(KeyScope::Customer, customers).await?;
    let views = open_golden(&keys, &views)?;
    let created = integers(&created)?;
    let mut sources = in_order(&sources)?;
    let held = integers(&held)?;
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let row = |(customer, view): (CustomerId, GoldenRow)| {
        let number = id_fields(store)
            .into_iter()
            .find_map(|field| shown(store, &disclosure, &view, field));
        let row = CustomerRow {
            number: CustomerNumber::from_sequence(customer).to_string(),
            kind: view.kind.name(),
            records: view.records,
            sources: sources.remove(&customer).unwrap_or_default(),
            created_at: Instant(created.get(&customer).copied().unwrap_or_default()),
            id_number: number,
            mobile: shown(
                store,
                &disclosure,
                &view,
                store.catalogue.well_known().mobile,
            ),
            held: held.contains_key(&customer),
            matched: None,
            name: view.name,
        };
        (customer, row)
    };
    Ok(views.into_iter().map(row).collect())
}

/// What is shown as the number of a document: a person's, else an organisation's.
fn id_fields(store: &Store) -> [FieldId; 3] {
    let fields = store.catalogue.well_known();
    [
        fields.identity_number,
        fields.credit_code,
        fields.organisation_code,
    ]
}

fn shown(
    store: &Store,
    disclosure: &Disclosure,
    view: &GoldenRow,
    field: FieldId,
) -> Option<Shown> {
    let value = view.values.iter().find(|value| value.field == field)?;
    let class: Class = store.catalogue.class(field);
    Some(disclosure.show(field, &value.value, class))
}

/// The codes of the sources that speak of each customer, in order.
fn in_order(rows: &[Row]) -> Result<HashMap<CustomerId, Vec<String>>, StorageError> {
    let mut sources: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for row in rows {
        let codes = sources.entry(row.integer(0)?).or_default();
        codes.push(row.text(1)?);
    }
    for codes in sources.values_mut() {
        codes.sort_unstable();
    }
    Ok(sources)
}

/// What is said of each customer in one number.
fn integers(rows: &[Row]) -> Result<HashMap<CustomerId, i64>, StorageError> {
    rows.iter()
        .map(|row| Ok((row.integer(0)?, row.integer(1)?)))
        .collect()
}
