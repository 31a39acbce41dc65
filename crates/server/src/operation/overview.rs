//! The state of the book in a few figures.
//!
//! Customers and records are not counted but read: the register keeps a tally in the transactions
//! that change them.

use serde::Serialize;
use storage::{Durability, Kind, Row, StorageError, Transaction};
use utoipa::ToSchema;

use crate::http::Text;
use crate::protection::Disclose;
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
    /// Customers that have one of them.
    pub customers: i64,
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
    let tallies = transaction
        .fetch_all(include_str!("list_tallies.sql"), [])
        .await?;
    let open = transaction
        .fetch_one(include_str!("count_open.sql"), [])
        .await?;
    let by_source = by_source(&mut transaction).await?;
    let mut overview = Overview {
        customers: 0,
        records: 0,
        sources: i64::try_from(by_source.len()).unwrap_or(i64::MAX),
        batches_running: open.integer(0)?,
        quarantine_open: open.integer(1)?,
        reviews_open: open.integer(2)?,
        audit_unsequenced: open.integer(3)?,
        store: store_state(store),
        resolution: strong_keys(),
        by_source,
        customer_sizes: Vec::new(),
    };
    for tally in &tallies {
        add(&mut overview, &tally.text(0)?, tally.integer(1)?);
    }
    overview.customer_sizes.sort_unstable_by_key(|size| size.records);
    Ok(overview)
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

fn strong_keys() -> ResolutionState {
    ResolutionState {
        method: "strong_keys",
        note: Text::new(
            "目前仅凭强标识（证件号码、统一社会信用代码）归并；没有强标识的记录各自成户",
            "records meet by strong keys only for now; a record without one stays alone",
        ),
    }
}

async fn by_source(transaction: &mut Transaction) -> Result<Vec<SourceCount>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("list_source_codes.sql"), [])
        .await?;
    let count = |row: &Row| {
        Ok(SourceCount {
            source: row.text(0)?,
            records: 0,
            customers: 0,
        })
    };
    rows.iter().map(count).collect()
}

fn add(overview: &mut Overview, name: &str, value: i64) {
    let source = |code: &str, counts: &mut Vec<SourceCount>| {
        counts.iter().position(|count| count.source == code)
    };
    match name.split_once(':') {
        None if name == "customers" => overview.customers = value,
        None if name == "records" => overview.records = value,
        Some(("records", code)) => {
            if let Some(place) = source(code, &mut overview.by_source) {
                overview.by_source[place].records = value;
            }
        }
        Some(("customers", code)) => {
            if let Some(place) = source(code, &mut overview.by_source) {
                overview.by_source[place].customers = value;
            }
        }
        Some(("size", records)) => {
            if let (Ok(records), 1..) = (records.parse(), value) {
                overview.customer_sizes.push(SizeCount {
                    records,
                    customers: value,
                });
            }
        }
        // The register may tally more than this page shows.
        _ => {}
    }
}
