//! Folds the customers that a chunk touched, once each.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::register::{Catalogue, RecordFacts, fold};
use storage::Transaction;

use crate::clock::Micros;
use crate::index::Entries;
use crate::pipeline::chunk::{Chunk, Incoming};
use crate::pipeline::resolve::Resolved;
use crate::pipeline::series::Series;
use crate::protection::{KeyError, KeyScope};
use crate::register::{Beside, beside_if_many};
use crate::register::{
    CustomerId, NewGolden, RecordHead, RegisterError, SealedViews, drop_golden, insert_views,
    read_unfolded, seal_views, sizes_of,
};

/// Customers that stood before and are folded together.
const REFOLDED_AT_ONCE: usize = 2_000;

/// How many records stood behind a view before and stand behind it now.
type Sizes = Vec<(i64, i64)>;

/// The views of a chunk: those of the customers that it opens are being folded, those of customers
/// that stood before are folded from the store.
pub(super) struct Folding {
    fresh: Beside<Result<SealedViews, KeyError>>,
    known: Vec<CustomerId>,
}

/// A row that opens a customer, or is of one that the chunk opens.
struct FreshRow {
    customer: CustomerId,
    row: usize,
    record: i64,
}

/// Begins folding the customers that the chunk opens from the rows at hand.
pub(super) fn fold_new(
    chunk: Chunk<'_>,
    series: &[Series],
    resolved: &Resolved,
    heads: &[Option<RecordHead>],
) -> Folding {
    let mut fresh: Vec<FreshRow> = Vec::new();
    let mut known: Vec<CustomerId> = Vec::new();
    for (series, settled) in series.iter().zip(&resolved.series) {
        let (Some(row), Some(customer)) = (series.last_row, settled.customer) else {
            continue;
        };
        if !resolved.is_fresh(customer) {
            known.push(customer);
            continue;
        }
        let record = heads[row].map_or(0, |head| head.id);
        fresh.push(FreshRow {
            customer,
            row,
            record,
        });
    }
    known.extend(&resolved.changed);
    known.sort_unstable();
    known.dedup();
    let (incoming, recorded_at) = (Arc::clone(chunk.incoming), chunk.recorded_at);
    let (keys, catalogue) = (chunk.store.keys.clone(), chunk.store.catalogue_in_force());
    let fresh = beside_if_many(fresh.len(), move || {
        let views = fold_rows(&catalogue, &incoming, &fresh, recorded_at);
        seal_views(&keys, &catalogue, recorded_at, &views, &HashMap::new())
    });
    Folding { fresh, known }
}

fn fold_rows(
    catalogue: &Catalogue,
    incoming: &[Incoming],
    fresh: &[FreshRow],
    recorded_at: Micros,
) -> Vec<NewGolden> {
    let mut facts: BTreeMap<CustomerId, Vec<RecordFacts<'_>>> = BTreeMap::new();
    for fresh in fresh {
        let incoming = &incoming[fresh.row];
        facts.entry(fresh.customer).or_default().push(RecordFacts {
            record: fresh.record,
            // All rows of a chunk are of one source.
            trust: 0,
            observed_at: incoming.observed_at.unwrap_or(recorded_at),
            kind: incoming.kind,
            content: &incoming.content,
        });
    }
    let view = |(customer, facts): (CustomerId, Vec<RecordFacts<'_>>)| NewGolden {
        customer,
        records: facts.len(),
        view: fold(catalogue, &facts).view(),
    };
    facts.into_iter().map(view).collect()
}

/// Folds the customers that stood before from the store, and writes all views. Gives what changed
/// in size, and the entries of customers by name.
pub(super) async fn fold_touched(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    resolved: &Resolved,
    Folding { fresh, known }: Folding,
) -> Result<(Sizes, Entries), RegisterError> {
    let store = chunk.store;
    let touched = [known.as_slice(), &resolved.absorbed].concat();
    let before = sizes_of(transaction, &touched).await?;
    let refolding = begin_refolding(transaction, chunk, &known).await?;
    drop_golden(transaction, &resolved.absorbed).await?;
    let mut sizes: Sizes = Vec::new();
    let mut entries = Entries::default();
    let before = |customer: &CustomerId| before.get(customer).copied().unwrap_or_default();
    let mut views = vec![fresh.join().await??];
    for refolding in refolding {
        views.push(refolding.join().await??);
    }
    for sealed in views {
        let (now, named) = insert_views(transaction, &store.keys, sealed).await?;
        sizes.extend(now.iter().map(|(customer, now)| (before(customer), *now)));
        entries.append(&named);
    }
    sizes.extend(
        resolved
            .absorbed
            .iter()
            .map(|customer| (before(customer), 0)),
    );
    Ok((sizes, entries))
}

/// Reads what customers are folded from; while the next are read, those before are folded and sealed.
async fn begin_refolding(
    transaction: &mut Transaction,
    chunk: Chunk<'_>,
    customers: &[CustomerId],
) -> Result<Vec<Beside<Result<SealedViews, RegisterError>>>, RegisterError> {
    let Chunk {
        store,
        context,
        recorded_at,
        ..
    } = chunk;
    let trust = Arc::new(context.trust.clone());
    let mut refolding = Vec::new();
    for customers in customers.chunks(REFOLDED_AT_ONCE) {
        let unfolded = read_unfolded(transaction, &store.keys, customers).await?;
        let known = store.keys.load(KeyScope::Customer, customers).await?;
        let (keys, catalogue) = (store.keys.clone(), store.catalogue_in_force());
        let trust = Arc::clone(&trust);
        refolding.push(beside_if_many(customers.len(), move || {
            let views = unfolded.fold(&catalogue, &trust)?;
            Ok(seal_views(&keys, &catalogue, recorded_at, &views, &known)?)
        }));
    }
    Ok(refolding)
}
