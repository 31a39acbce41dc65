//! What a split would make of a customer, before anybody confirms it.

use std::collections::HashMap;

use domain::register::{CustomerNumber, FieldId, GoldenView, fold};
use domain::resolution::MergeSide;

use crate::protection::{Disclosure, Shown};
use crate::register::{RegisterError, StoredRecord, facts_of, latest_of_series, trust_of};
use crate::resolution::split::{SplitRow, parts_of};
use crate::resolution::wire_split::{Split, SplitPart, SplitPreview};
use crate::store::Store;

/// Both parts as they would look; nothing is written.
pub async fn preview_split(
    store: &Store,
    number: CustomerNumber,
    chosen: &[i64],
) -> Result<SplitPreview, RegisterError> {
    let mut transaction = store.database.read().await?;
    let parts = parts_of(&mut transaction, number, chosen).await?;
    let trust = trust_of(&mut transaction).await?;
    let mut sides: Vec<(SplitPart, MergeSide)> = Vec::new();
    for series in [&parts.stay, &parts.leave] {
        let latest = latest_of_series(&mut transaction, &store.keys, series).await?;
        let records: Vec<StoredRecord> = latest.into_values().collect();
        let mut side = MergeSide::default();
        for record in &records {
            let content = record.content.as_ref();
            side.add(&store.catalogue, record.head.kind, content);
        }
        sides.push((part(store, &trust, &records), side));
    }
    let mut sides = sides.into_iter();
    let (Some((mut stays, one)), Some((leaves, other))) = (sides.next(), sides.next()) else {
        return Err(RegisterError::Changed);
    };
    stays.number = Some(CustomerNumber::from_sequence(parts.customer).to_string());
    Ok(SplitPreview {
        stays,
        leaves,
        shares_number: one.shares_number(&other),
    })
}

fn part(store: &Store, trust: &HashMap<i64, u8>, records: &[StoredRecord]) -> SplitPart {
    let facts = facts_of(trust, records);
    let view = fold(&store.catalogue_in_force(), &facts).view();
    let fields = store.catalogue.well_known();
    let id_fields = [
        fields.identity_number,
        fields.credit_code,
        fields.organisation_code,
    ];
    SplitPart {
        number: None,
        kind: view.kind.name(),
        records: i64::try_from(facts.len()).unwrap_or(i64::MAX),
        id_number: id_fields
            .into_iter()
            .find_map(|field| shown(store, &view, field)),
        mobile: shown(store, &view, fields.mobile),
        name: view.name,
    }
}

fn shown(store: &Store, view: &GoldenView, field: FieldId) -> Option<Shown> {
    let value = view.values.iter().find(|value| value.field == field)?;
    let class = store.catalogue.class(field);
    let disclosure = Disclosure::new(store.catalogue_in_force());
    Some(disclosure.show(field, &value.value, class))
}

/// A split as a client sees it.
pub fn show_split(split: &SplitRow) -> Split {
    Split {
        number: CustomerNumber::from_sequence(split.customer).to_string(),
        new_number: CustomerNumber::from_sequence(split.new_customer).to_string(),
        records: split.series,
    }
}
