//! Seeing a value in full (查看明文): only with the permission, for a purpose, and on the record.

use serde_json::json;
use storage::Transaction;

use crate::access::{Actor, Permission};
use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::http::Problem;
use crate::protection::{Disclosure, Purpose, Shown};

/// Which value somebody wants to see in full.
#[derive(Debug, Clone)]
pub struct Reveal<'a> {
    /// Whose it is: `customer/000000000018`.
    pub subject: String,
    /// The attribute or the unknown column.
    pub attribute: &'a str,
    /// The record that says it; none for the value of the golden view.
    pub record: Option<i64>,
    /// Why.
    pub purpose: Purpose,
}

/// Gives the value in full after writing down who saw what of whom, and why. The caller commits
/// before it answers: nobody sees what the log does not know.
pub async fn reveal(
    transaction: &mut Transaction,
    recorded_at: Micros,
    actor: &Actor,
    wanted: Reveal<'_>,
    text: &str,
) -> Result<Shown, Problem> {
    actor.may(Permission::Unmask)?;
    let entry = NewEntry {
        actor: &actor.name,
        action: "value.unmasked",
        subject: wanted.subject,
        detail: json!({
            "attribute": wanted.attribute,
            "record": wanted.record.map(|record| record.to_string()),
            "purpose": wanted.purpose,
        }),
        root: None,
    };
    audit::append(transaction, recorded_at, entry).await?;
    Ok(Disclosure::in_full(text, wanted.purpose))
}
