//! The state of the book in a few figures.
//!
//! Customers and records are not counted but read: the register keeps a tally in the transactions
//! that change them.

use std::collections::BTreeMap;

use serde::Serialize;
use storage::{Durability, Kind, StorageError, Transaction};
use utoipa::ToSchema;

use crate::http::Text;
use crate::protection::Disclose;
use crate::register;
use crate::store::Store;

/// The state of the book in a few figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "each field is named for what it counts")]
pub struct Overview {
    pub customers: i64,
    pub records: i64,
    pub sources: i64,
    pub batches_running: i64,
    pub quarantine_open: i64,
    pub reviews_open: i64,
    pub audit_unsequenced: i64,
    pub store: StoreState,
    pub resolution: ResolutionState,
    pub by_source: Vec<SourceCount>,
    pub customer_sizes: Vec<SizeCount>,
}

impl Disclose for Overview {}

/// Where the data lies and what its commits survive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreState {
    /// `sqlite` or `postgres`.
    #[schema(value_type = String)]
    pub kind: &'static str,
    /// `process` or `power`.
    #[schema(value_type = String)]
    pub durability: &'static str,
}

/// How records meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResolutionState {
    /// The method in force.
    #[schema(value_type = String)]
    pub method: &'static str,
    /// What it does and does not do.
    pub note: Text,
}

/// What one source brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceCount {
    /// Its code.
    pub source: String,
    /// Records of it.
    pub records: i64,
}

/// How many customers have so many records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SizeCount {
    /// So many records.
    pub records: i64,
    /// So many customers.
    pub customers: i64,
}

/// Reads all figures from one state of the store.
pub async fn overview(store: &Store) -> Result<Overview, StorageError> {
    let mut transaction = store.database.read().await?;
    let tallies = register::tallies(&mut transaction).await?;
    let open = transaction
        .fetch_one(include_str!("count_open.sql"), [])
        .await?;
    let by_source = by_source(&mut transaction, &tallies).await?;
    Ok(Overview {
        customers: tallies.get("customers").copied().unwrap_or_default(),
        records: tallies.get("records").copied().unwrap_or_default(),
        sources: i64::try_from(by_source.len()).unwrap_or(i64::MAX),
        batches_running: open.integer(0)?,
        quarantine_open: open.integer(1)?,
        reviews_open: open.integer(2)?,
        audit_unsequenced: open.integer(3)?,
        store: store_state(store),
        resolution: by_evidence(),
        by_source,
        customer_sizes: customer_sizes(&tallies),
    })
}

fn store_state(store: &Store) -> StoreState {
    StoreState {
        kind: match store.database.kind() {
            Kind::Sqlite => "sqlite",
            Kind::Postgres => "postgres",
        },
        durability: match store.durability() {
            Durability::Process => "process",
            Durability::Power => "power",
        },
    }
}

fn by_evidence() -> ResolutionState {
    ResolutionState {
        method: "evidence",
        note: Text::new(
            "每条记录到达时按多项信息的证据归并；拿不准的由人核对",
            "every record is resolved by evidence as it arrives; what is not sure waits for a person",
        ),
    }
}

async fn by_source(
    transaction: &mut Transaction,
    tallies: &BTreeMap<String, i64>,
) -> Result<Vec<SourceCount>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("list_source_codes.sql"), [])
        .await?;
    let mut counts = Vec::with_capacity(rows.len());
    for row in rows {
        let source = row.text(0)?;
        let records = tallies.get(&format!("records:{source}"));
        counts.push(SourceCount {
            records: records.copied().unwrap_or_default(),
            source,
        });
    }
    Ok(counts)
}

/// `size:2` is how many customers have two records.
fn customer_sizes(tallies: &BTreeMap<String, i64>) -> Vec<SizeCount> {
    let size = |(name, customers): (&String, &i64)| {
        let records = name.strip_prefix("size:")?.parse().ok()?;
        (*customers > 0).then_some(SizeCount {
            records,
            customers: *customers,
        })
    };
    let mut sizes: Vec<SizeCount> = tallies.iter().filter_map(size).collect();
    sizes.sort_unstable_by_key(|size| size.records);
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_in_the_order_of_numbers_and_without_noughts() {
        let tallies = [("size:10", 2), ("size:2", 7), ("size:3", 0), ("records", 5)];
        let tallies = tallies.map(|(name, value)| (name.to_owned(), value)).into();
        let sizes = customer_sizes(&tallies);
        let sizes: Vec<_> = sizes
            .iter()
            .map(|size| (size.records, size.customers))
            .collect();
        assert_eq!(sizes, [(2, 7), (10, 2)]);
    }
}
