//! Customers: a number that never changes meaning, and a redirect after a merge.

use domain::register::CustomerNumber;
use storage::{Rows, StorageError, Transaction};

use crate::clock::Micros;
use crate::register::RegisterError;
use crate::store::allocate;

/// A customer's id in the store: the sequence of its number.
pub type CustomerId = i64;

/// Creates customers with consecutive numbers and gives the first.
pub async fn create_customers(
    transaction: &mut Transaction,
    created_at: Micros,
    count: usize,
) -> Result<CustomerId, StorageError> {
    let total = i64::try_from(count).unwrap_or(i64::MAX);
    let first = allocate(transaction, "customer", total).await?;
    let mut rows = Rows::with_capacity(2, count);
    for id in first..first + total {
        rows.push([id.into(), created_at.into()]);
    }
    transaction
        .insert_many(include_str!("insert_customer.sql"), rows, "")
        .await?;
    Ok(first)
}

/// Redirects an absorbed customer's number.
pub async fn redirect(
    transaction: &mut Transaction,
    absorbed: CustomerId,
    survivor: CustomerId,
) -> Result<(), StorageError> {
    let cells = [Some(survivor).into(), absorbed.into()];
    transaction
        .execute(include_str!("redirect_customer.sql"), cells)
        .await?;
    Ok(())
}

/// Gives an absorbed customer's number its own meaning back.
pub async fn revive(
    transaction: &mut Transaction,
    absorbed: CustomerId,
) -> Result<(), StorageError> {
    let cells = [None::<i64>.into(), absorbed.into()];
    transaction
        .execute(include_str!("redirect_customer.sql"), cells)
        .await?;
    Ok(())
}

/// The customer that a number leads to now, through all redirects, and when it was created.
pub async fn redirect_of(
    transaction: &mut Transaction,
    number: CustomerNumber,
) -> Result<(CustomerId, Micros), RegisterError> {
    let unknown = || RegisterError::UnknownCustomer(number.to_string());
    let mut id = number.sequence();
    loop {
        let sql = include_str!("find_customer.sql");
        let row = transaction
            .fetch_optional(sql, [id.into()])
            .await?
            .ok_or_else(unknown)?;
        match row.optional_integer(1)? {
            // A number only ever redirects to an older one, so this ends.
            Some(survivor) if survivor < id => id = survivor,
            Some(_) => return Err(unknown()),
            None => return Ok((id, row.integer(0)?)),
        }
    }
}
