//! Which customers a list is about, and how to come by them where they are few of very many.

use domain::register::PartyKind;
use storage::{StorageError, Transaction};

use crate::register::list::CustomerFilter;
use crate::register::{CustomerId, RegisterError, find_source};

/// A source with so many records or fewer is asked for its customers; of another one, every customer
/// on the way is asked for its sources.
const SMALL_SOURCE: i64 = 20_000;

/// The filters of a list, understood.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope {
    pub kind: Option<PartyKind>,
    pub source: Option<i64>,
    source_is_small: bool,
}

impl Scope {
    pub(super) async fn of(
        transaction: &mut Transaction,
        filter: &CustomerFilter,
    ) -> Result<Self, RegisterError> {
        let kind = filter.kind.as_ref().map(|name| {
            let mut kinds = PartyKind::ALL.into_iter();
            kinds
                .find(|kind| kind.name() == name)
                .ok_or_else(|| RegisterError::UnknownPartyKind(name.clone()))
        });
        let mut scope = Self {
            kind: kind.transpose()?,
            ..Self::default()
        };
        if let Some(code) = &filter.source {
            scope.source = Some(find_source(transaction, code).await?.id);
            let records = tally(transaction, format!("records:{code}")).await?;
            scope.source_is_small = records <= SMALL_SOURCE;
        }
        Ok(scope)
    }

    pub(super) fn is_everybody(self) -> bool {
        self.kind.is_none() && self.source.is_none()
    }

    /// Its customers behind a number, in the order of their numbers.
    pub(super) async fn customers(
        self,
        transaction: &mut Transaction,
        after: CustomerId,
        limit: usize,
    ) -> Result<Vec<CustomerId>, StorageError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let kind = self.kind.map(PartyKind::number);
        let cells = [after.into(), kind.into(), self.source.into(), limit.into()];
        let rows = match (self.source_is_small, kind) {
            (true, _) => {
                let sql = include_str!("customers_of_source.sql");
                transaction.fetch_all(sql, cells).await?
            }
            (false, Some(_)) => {
                let sql = include_str!("customers_of_kind.sql");
                transaction.fetch_all(sql, cells).await?
            }
            (false, None) => {
                let cells = [after.into(), self.source.into(), limit.into()];
                let sql = include_str!("list_customers.sql");
                transaction.fetch_all(sql, cells).await?
            }
        };
        rows.iter().map(|row| row.integer(0)).collect()
    }
}

/// What a tally counted; nothing where nobody counted yet.
pub(super) async fn tally(
    transaction: &mut Transaction,
    name: String,
) -> Result<i64, StorageError> {
    let sql = include_str!("find_tally.sql");
    transaction.fetch_one(sql, [name.into()]).await?.integer(0)
}
