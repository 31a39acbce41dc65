//! Which records were found to speak of one customer, for whoever measures that from outside.

use domain::register::{CustomerNumber, FieldId};
use serde_json::json;

use crate::access::Actor;
use crate::audit::{self, NewEntry};
use crate::register::{RegisterError, find_source, memberships_of, open_records};
use crate::store::Store;

/// Series that are read and opened at once.
const PAGE: i64 = 2_000;

/// Tells the key (or, without one, the row) of every series of a source and the number of its
/// customer. Keys are told in full, so this is written down first.
pub async fn list_clusters(
    store: &Store,
    actor: &Actor,
    source: &str,
    mut tell: impl FnMut(&str, &str) -> Result<(), RegisterError>,
) -> Result<u64, RegisterError> {
    let (mut transaction, recorded_at) = store.write().await?;
    let id = find_source(&mut transaction, source).await?.id;
    let entry = NewEntry {
        actor: &actor.name,
        action: "clusters.listed",
        subject: format!("source/{source}"),
        detail: json!({}),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    transaction.commit().await?;
    let mut transaction = store.database.read().await?;
    let mut after = 0;
    let mut told = 0;
    loop {
        let cells = [after.into(), id.into(), PAGE.into()];
        let rows = transaction
            .fetch_all(include_str!("first_versions.sql"), cells)
            .await?;
        let series: Vec<i64> = rows
            .iter()
            .map(|row| row.integer(0))
            .collect::<Result<_, _>>()?;
        let Some(last) = series.last() else {
            return Ok(told);
        };
        after = *last;
        let members = memberships_of(&mut transaction, &series).await?;
        let mut records = open_records(&mut transaction, &store.keys, &series).await?;
        records.sort_unstable_by_key(|record| record.head.id);
        for record in records {
            let Some(member) = members.get(&record.head.series) else {
                continue;
            };
            let content = record.content.as_ref();
            let key = content.and_then(|content| content.first(FieldId::SOURCE_KEY));
            let row = record.row_number.map(|row| row.to_string());
            let number = CustomerNumber::from_sequence(member.customer).to_string();
            tell(key.or(row.as_deref()).unwrap_or_default(), &number)?;
            told += 1;
        }
    }
}
