//! Folds the customers that a chunk touched, once each.

use std::collections::{BTreeMap, HashMap};

use domain::register::{RecordFacts, fold};
use storage::Transaction;

use crate::clock::Micros;
use crate::pipeline::chunk::Incoming;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::series::Series;
use crate::protection::{KeyScope, NewKeys};
use crate::register::index::Entries;
use crate::register::{
    CustomerId, NewGolden, RegisterError, drop_golden, refold, sizes_of, write_golden,
};
use crate::store::Store;

/// How many records stood behind a view before and stand behind it now.
pub(super) type Sizes = Vec<(i64, i64)>;

/// Folds new customers from the rows at hand and others from the store, and writes their views.
#[expect(
    clippy::too_many_arguments,
    reason = "a stage of one pipeline, not an interface"
)]
pub(super) async fn fold_touched(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    trust: &HashMap<i64, u8>,
    incoming: &[Incoming],
    series: &[Series],
    resolved: &Resolved,
    entries: &mut Entries,
    ids: &[Option<i64>],
) -> Result<Sizes, RegisterError> {
    let mut fresh: BTreeMap<CustomerId, Vec<RecordFacts<'_>>> = BTreeMap::new();
    let mut known: Vec<CustomerId> = Vec::new();
    for (series, settled) in series.iter().zip(&resolved.series) {
        let (Some(row), Some(customer)) = (series.last_row, settled.customer) else {
            continue;
        };
        if resolved.new_customers == 0 || customer < resolved.first_new {
            known.push(customer);
            continue;
        }
        let incoming = &incoming[row];
        fresh.entry(customer).or_default().push(RecordFacts {
            record: ids[row].unwrap_or_default(),
            trust: 0,
            observed_at: incoming.observed_at.unwrap_or(recorded_at),
            kind: incoming.kind,
            content: &incoming.content,
        });
    }
    known.sort_unstable();
    known.dedup();
    let mut views: Vec<NewGolden> = fresh
        .iter()
        .map(|(customer, facts)| NewGolden {
            customer: *customer,
            records: facts.len(),
            view: fold(&store.catalogue, facts).view(),
        })
        .collect();
    let mut touched = known.clone();
    touched.extend(&resolved.absorbed);
    let before = sizes_of(transaction, &touched).await?;
    views.extend(refold(transaction, store, trust, &known).await?);
    drop_golden(transaction, &resolved.absorbed).await?;
    let mut keys = store.keys.load(KeyScope::Customer, &known).await?;
    let mut new_keys = NewKeys::with_capacity(views.len());
    let mut named = Entries::default();
    write_golden(
        transaction,
        store,
        recorded_at,
        &views,
        &mut keys,
        &mut new_keys,
        &mut named,
    )
    .await?;
    // References of rows are not negative; those of customers are told apart by their sign.
    named.refer(|customer| -customer);
    entries.append(&named);
    store.keys.save(new_keys).await?;
    let size = |customer: &CustomerId| before.get(customer).copied().unwrap_or_default();
    let mut sizes: Sizes = views
        .iter()
        .map(|view| {
            (
                size(&view.customer),
                i64::try_from(view.records).unwrap_or(i64::MAX),
            )
        })
        .collect();
    sizes.extend(resolved.absorbed.iter().map(|customer| (size(customer), 0)));
    Ok(sizes)
}
