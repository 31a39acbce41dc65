//! The golden view of a customer (统一视图), now or at a past instant, folded from its records: so
//! every value can name the record and the source that it came from.

use std::collections::HashMap;

use domain::register::{Class, CustomerNumber, GoldenValue, fold, read};
use storage::Transaction;

use crate::clock::Micros;
use crate::http::{Id, Instant};
use crate::protection::Disclosure;
use crate::register::history::{Standing, column_names, standing};
use crate::register::wire::{CustomerView, UnknownValue, ValueGroup, ViewValue};
use crate::register::{RegisterError, StoredRecord};
use crate::store::Store;

/// The view of the customer that a number leads to.
pub async fn view_customer(
    store: &Store,
    number: CustomerNumber,
    as_of: Option<Micros>,
) -> Result<CustomerView, RegisterError> {
    let mut transaction = store.database.glance().await?;
    let standing = standing(&mut transaction, store, number, as_of).await?;
    let unknown_columns = unknown_columns(&mut transaction, store, &standing).await?;
    let facts = standing.facts();
    let view = fold(&store.catalogue_in_force(), &facts).view();
    Ok(CustomerView {
        number: standing.number().to_string(),
        kind: view.kind.name(),
        created_at: Instant(standing.created_at),
        as_of: as_of.map(Instant),
        redirected_from: (number != standing.number()).then(|| number.to_string()),
        etag: String::new(),
        groups: groups(store, &standing, &view.values),
        records_count: facts.len(),
        sources: standing.source_codes(),
        open_reviews: standing.open_reviews,
        unknown_columns,
        merged_numbers: standing.merged_numbers,
        name: view.name,
    })
}

/// Values in the groups of the 360° page, in the order of declaration.
fn groups(store: &Store, standing: &Standing, values: &[GoldenValue]) -> Vec<ValueGroup> {
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let records: HashMap<i64, &StoredRecord> = standing
        .records
        .iter()
        .map(|record| (record.head.id, record))
        .collect();
    let mut groups: Vec<ValueGroup> = store
        .catalogue
        .groups()
        .iter()
        .map(|group| ValueGroup {
            group: group.name.clone(),
            values: Vec::new(),
        })
        .collect();
    for value in values {
        let Some(attribute) = store.catalogue.attribute(value.field) else {
            continue;
        };
        let group = groups
            .iter_mut()
            .find(|group| group.group == attribute.group);
        let record = records.get(&value.record);
        let source = record.and_then(|record| standing.source_of(record));
        if let (Some(group), Some(record), Some(source)) = (group, record, source) {
            let shown = disclosure.show(value.field, &value.value, attribute.class);
            group.values.push(ViewValue {
                attribute: attribute.name.clone(),
                label: (&attribute.label).into(),
                class: attribute.class.into(),
                masked: shown.is_masked(),
                value: shown,
                valid: value.valid,
                problem: read(Some(attribute), &value.value)
                    .problem
                    .map(|(_, text)| text.into()),
                observed_at: Instant(record.head.observed_at),
                source: source.said.code.clone(),
                record: Id(value.record),
                candidates: value.losers,
            });
        }
    }
    groups.retain(|group| !group.values.is_empty());
    groups
}

/// What the latest versions say in columns that nobody recognised.
async fn unknown_columns(
    transaction: &mut Transaction,
    store: &Store,
    standing: &Standing,
) -> Result<Vec<UnknownValue>, RegisterError> {
    let disclosure = Disclosure::new(store.catalogue_in_force());
    let names = column_names(transaction, &standing.records).await?;
    let mut values = Vec::new();
    for record in standing.latest() {
        let source = standing.source_of(record);
        let (Some(source), Some(content)) = (source, &record.content) else {
            continue;
        };
        for field in content.fields() {
            let Some(column) = names.get(&field.id) else {
                continue;
            };
            values.push(UnknownValue {
                column: column.clone(),
                source: source.said.code.clone(),
                value: disclosure.show(field.id, &field.value, Class::Unknown),
                record: Id(record.head.id),
            });
        }
    }
    Ok(values)
}
