//! Register (客户主档): sources, records, memberships, customers and their golden views.
//!
//! The exemplary capability: `routes.rs` speaks HTTP, the files beside it are use-cases, and each
//! statement is an `.sql` file of its own.

mod behind;
mod beside;
mod customer;
mod dictionary;
mod differences;
mod digest;
mod disclose;
mod error;
mod golden;
mod history;
mod hit;
mod list;
mod membership;
mod provenance;
mod reason;
mod record;
mod refold;
mod retire;
mod review_refusal;
mod routes;
mod row;
mod scope;
mod search;
mod source;
mod source_list;
mod tally;
mod view;
mod view_rules;
mod wire;

pub use beside::{Beside, beside, beside_if_many};
pub use customer::{CustomerId, create_customers, redirect, redirect_of, revive};
pub use digest::lookup_digest;
pub use error::RegisterError;
pub use golden::{
    GoldenRow, NewGolden, SealedViews, created_of, drop_golden, facts_of, fold_stored,
    insert_views, load_golden, name_order, page_of_golden, read_unfolded, refold, seal_views,
    sizes_of,
};
pub use history::{Standing, read_number, standing};
pub use list::{CustomerFilter, list_customers};
pub use membership::{
    Member, NewMembership, end_memberships, history_of, insert_memberships, members_of,
    memberships_of,
};
pub use reason::check_reason;
pub use record::{
    NewRecord, RecordHead, RecordSeals, StoredRecord, insert_records, latest_of_series,
    names_of_series, open_records, records_of_series, seal_record,
};
pub use refold::refold_after;
pub use retire::retire_batch;
pub use review_refusal::ReviewRefusal;
pub use routes::{Numbered, routes};
pub use row::rows_of;
pub use search::search_customers;
pub use source::{
    NewSource, Source, columns_of, create_source, find_source, list_sources, number_of_source,
    trust_of, unknown_columns,
};
pub use source_list::refold_source;
pub use tally::{add_tally, tallies, tally_sizes};
pub use view::view_customer;
pub use view_rules::{Refolding, refold_some, refolding, replace_survivorship};
pub use wire::{CustomerRow, Reason};
