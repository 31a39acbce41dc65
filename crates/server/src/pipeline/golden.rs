//! Folds the customers that a chunk touched, once each.

use std::collections::BTreeMap;

use domain::register::{RecordFacts, fold};
use storage::Transaction;

use crate::index::Entries;
use crate::pipeline::chunk::Chunk;
use crate::pipeline::resolve::Resolved;
use crate::pipeline::series::Series;
use crate::protection::{KeyScope, NewKeys};
use crate::register::{
    CustomerId, NewGolden, RegisterError, drop_golden, refold, sizes_of, write_golden,
};

/// How many records stood behind a view before and stand behind it now.
type Sizes = Vec<(i64, i64)>;

/// Folds new customers from the rows at hand and others from the store, and writes their views.
/// Gives what changed in size, and the entries of customers by name.
pub(super) async fn fold_touched(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    series: &[Series],
    resolved: &Resolved,
    ids: &[Option<i64>],
) -> Result<(Sizes, Entries), RegisterError> {
    let Chunk { store, context, .. } = chunk;
    let (mut views, known) = fold_new(chunk, series, resolved, ids);
    let mut touched = known.clone();
    touched.extend(&resolved.absorbed);
    let before = sizes_of(transaction, &touched).await?;
    views.extend(refold(transaction, store, context.trust, &known).await?);
    drop_golden(transaction, &resolved.absorbed).await?;
    let entries = write_views(transaction, chunk, &views, &known).await?;
    let size = |customer: &CustomerId| before.get(customer).copied().unwrap_or_default();
    let now = |view: &NewGolden| i64::try_from(view.records).unwrap_or(i64::MAX);
    let mut sizes: Sizes = views
        .iter()
        .map(|view| (size(&view.customer), now(view)))
        .collect();
    sizes.extend(resolved.absorbed.iter().map(|customer| (size(customer), 0)));
    Ok((sizes, entries))
}

/// The views of customers that this chunk opens, and the customers that stood before.
fn fold_new(
    chunk: Chunk<'_>,
    series: &[Series],
    resolved: &Resolved,
    ids: &[Option<i64>],
) -> (Vec<NewGolden>, Vec<CustomerId>) {
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
        let incoming = &chunk.incoming[row];
        fresh.entry(customer).or_default().push(RecordFacts {
            record: ids[row].unwrap_or_default(),
            // All rows of a chunk are of one source.
            trust: 0,
            observed_at: incoming.observed_at.unwrap_or(chunk.recorded_at),
            kind: incoming.kind,
            content: &incoming.content,
        });
    }
    known.sort_unstable();
    known.dedup();
    let view = |(customer, facts): (&CustomerId, &Vec<RecordFacts<'_>>)| NewGolden {
        customer: *customer,
        records: facts.len(),
        view: fold(&chunk.store.catalogue, facts).view(),
    };
    (fresh.iter().map(view).collect(), known)
}

async fn write_views(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    views: &[NewGolden],
    known: &[CustomerId],
) -> Result<Entries, RegisterError> {
    let Chunk {
        store, recorded_at, ..
    } = chunk;
    let mut keys = store.keys.load(KeyScope::Customer, known).await?;
    let mut new_keys = NewKeys::with_capacity(views.len());
    let mut entries = Entries::default();
    write_golden(
        transaction,
        store,
        recorded_at,
        views,
        &mut keys,
        &mut new_keys,
        &mut entries,
    )
    .await?;
    store.keys.save(new_keys).await?;
    Ok(entries)
}
