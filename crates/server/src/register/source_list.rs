//! Sources as a list, and changing one.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::{self, NewEntry};
use crate::http::etag::{self, IfMatch};
use crate::http::{Instant, Page, Problem};
use crate::protection::Disclose;
use crate::register::refold::refold_after;
use crate::register::source::{check_source, note_trust};
use crate::register::{
    CustomerId, NewSource, RegisterError, Source, find_source, list_sources, tallies,
};
use crate::store::Store;

/// Customers folded anew in one transaction: others wait for it.
const AT_ONCE: i64 = 200;

/// A source as a client sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView {
    pub code: String,
    pub name: String,
    pub channel: String,
    pub owner: String,
    pub trust: u8,
    pub purpose: String,
    pub legal_basis: String,
    pub created_at: Instant,
    pub records: i64,
    /// Columns that nobody recognised.
    pub columns_unknown: Vec<UnknownColumn>,
    #[serde(skip)]
    version: i64,
}

/// A column that nobody recognised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnknownColumn {
    /// Its header.
    pub column: String,
}

impl Disclose for SourceView {}

impl SourceView {
    /// The tag of what somebody may change: counts do not belong to it.
    pub fn etag(&self) -> Result<String, Problem> {
        etag::of(&(&self.code, self.version))
    }
}

/// Every source; an institution has few.
pub async fn view_sources(store: &Store) -> Result<Page<SourceView>, RegisterError> {
    let mut transaction = store.database.read().await?;
    let sources = list_sources(&mut transaction).await?;
    let tallies = tallies(&mut transaction).await?;
    let mut columns: HashMap<i64, Vec<UnknownColumn>> = HashMap::new();
    let sql = include_str!("list_all_columns.sql");
    for row in transaction.fetch_all(sql, []).await? {
        let column = UnknownColumn {
            column: row.text(1)?,
        };
        columns.entry(row.integer(0)?).or_default().push(column);
    }
    let view = |source: Source| {
        let records = tallies.get(&format!("records:{}", source.said.code));
        let records = records.copied().unwrap_or_default();
        let columns = columns.remove(&source.id).unwrap_or_default();
        into_view(source, records, columns)
    };
    Ok(Page::whole(sources.into_iter().map(view).collect()))
}

/// One source.
pub async fn view_source(store: &Store, code: &str) -> Result<SourceView, RegisterError> {
    let page = view_sources(store).await?;
    let mut sources = page.items.into_iter();
    let found = sources.find(|source| source.code == code);
    found.ok_or_else(|| RegisterError::UnknownSource(code.to_owned()))
}

/// Changes a source if it still is as its changer saw it. Another trust changes what stands in
/// views, so the caller folds them anew, see [`refold_source`].
pub async fn replace_source(
    store: &Store,
    actor: &str,
    said: NewSource,
    condition: &IfMatch,
) -> Result<(), Problem> {
    check_source(store, &said)?;
    let (mut transaction, recorded_at) = store.write().await?;
    let source = find_source(&mut transaction, &said.code).await?;
    condition.check(&etag::of(&(&source.said.code, source.version))?)?;
    let cells = [
        said.name.as_str().into(),
        said.channel.as_str().into(),
        said.owner.as_str().into(),
        i64::from(said.trust).into(),
        said.purpose.as_str().into(),
        said.legal_basis.as_str().into(),
        source.id.into(),
    ];
    transaction
        .execute(include_str!("update_source.sql"), cells)
        .await?;
    if said.trust != source.said.trust {
        note_trust(&mut transaction, recorded_at, source.id, said.trust).await?;
    }
    let entry = NewEntry {
        actor,
        action: "source.changed",
        subject: format!("source/{}", said.code),
        detail: serde_json::json!({
            "version": source.version + 1,
            "channel": said.channel,
            "trust": said.trust,
            "trust_before": source.said.trust,
        }),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// Folds anew whoever has a record of a source beside others, a few at a time.
pub async fn refold_source(store: &Store, code: &str) -> Result<u64, RegisterError> {
    let mut last: CustomerId = 0;
    let mut folded = 0;
    loop {
        let (mut transaction, recorded_at) = store.write().await?;
        let source = find_source(&mut transaction, code).await?.id;
        let cells = [last.into(), source.into(), AT_ONCE.into()];
        let rows = transaction
            .fetch_all(include_str!("customers_to_refold.sql"), cells)
            .await?;
        let customers = rows
            .iter()
            .map(|row| row.integer(0))
            .collect::<Result<Vec<CustomerId>, _>>()?;
        let Some(end) = customers.last() else {
            return Ok(folded);
        };
        last = *end;
        refold_after(&mut transaction, store, recorded_at, &customers).await?;
        transaction.commit().await?;
        folded += customers.len() as u64;
    }
}

fn into_view(source: Source, records: i64, columns_unknown: Vec<UnknownColumn>) -> SourceView {
    let Source {
        said,
        created_at,
        version,
        ..
    } = source;
    SourceView {
        code: said.code,
        name: said.name,
        channel: said.channel,
        owner: said.owner,
        trust: said.trust,
        purpose: said.purpose,
        legal_basis: said.legal_basis,
        created_at: Instant(created_at),
        records,
        columns_unknown,
        version,
    }
}
