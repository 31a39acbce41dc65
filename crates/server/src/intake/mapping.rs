//! Saved mappings (字段映射): what the columns of a source's files mean, by name.

use domain::intake::{InvalidMapping, Mapping};
use domain::register::Catalogue;
use serde_json::json;
use storage::{Row, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::http::Count;
use crate::intake::IntakeError;
use crate::register::{RegisterError, Source};
use crate::store::Store;

const LONGEST_NAME: usize = 100;

/// A mapping as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMapping {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
    /// When it was saved last.
    pub updated_at: Micros,
}

/// Saves a mapping of a source under a name; the one that had the name is replaced.
pub async fn save_mapping(
    store: &Store,
    actor: &str,
    source: &Source,
    name: &str,
    mapping: &Mapping,
) -> Result<SavedMapping, IntakeError> {
    let (mut transaction, updated_at) = store.write().await?;
    let catalogue = &store.catalogue;
    let saved = SavedMapping {
        name: name.to_owned(),
        mapping: mapping.clone(),
        updated_at,
    };
    write_mapping(&mut transaction, catalogue, actor, source, &saved).await?;
    transaction.commit().await?;
    Ok(saved)
}

/// Saves a mapping in the transaction of the caller, who read what stood there before.
pub async fn write_mapping(
    transaction: &mut Transaction,
    catalogue: &Catalogue,
    actor: &str,
    source: &Source,
    saved: &SavedMapping,
) -> Result<(), IntakeError> {
    check_name(&saved.name)?;
    check_mapping(catalogue, &saved.mapping)?;
    let cells = [
        source.id.into(),
        saved.name.as_str().into(),
        write(&saved.mapping).into(),
        saved.updated_at.into(),
    ];
    transaction
        .execute(include_str!("save_mapping.sql"), cells)
        .await?;
    let entry = NewEntry {
        actor,
        action: "mapping.saved",
        subject: format!("source/{}", source.said.code),
        // A fixed value may be somebody's; how many columns are mapped is nobody's.
        detail: json!({ "mapping": saved.name, "columns": saved.mapping.columns.len() }),
        root: None,
    };
    audit::append(transaction, saved.updated_at, entry).await?;
    Ok(())
}

/// Forgets a mapping in the transaction of the caller. Batches keep a copy of what they were
/// imported with.
pub async fn delete_mapping(
    transaction: &mut Transaction,
    deleted_at: Micros,
    actor: &str,
    source: &Source,
    name: &str,
) -> Result<(), IntakeError> {
    let cells = [source.id.into(), name.into()];
    transaction
        .execute(include_str!("delete_mapping.sql"), cells)
        .await?;
    let entry = NewEntry {
        actor,
        action: "mapping.deleted",
        subject: format!("source/{}", source.said.code),
        detail: json!({ "mapping": name }),
        root: None,
    };
    audit::append(transaction, deleted_at, entry).await?;
    Ok(())
}

/// A mapping as the store keeps it, in a batch too. The same mapping is always the same text.
pub fn write(mapping: &Mapping) -> String {
    serde_json::to_string(mapping).unwrap_or_default()
}

/// Reads what [`write`] wrote.
pub fn read(body: &str) -> Result<Mapping, IntakeError> {
    serde_json::from_str(body).map_err(|_| {
        IntakeError::state(
            "已存的字段映射无法读取",
            "the mapping in the store cannot be read",
        )
    })
}

/// The mapping of a source with a name.
pub async fn load_mapping(
    transaction: &mut Transaction,
    source: i64,
    name: &str,
) -> Result<Mapping, IntakeError> {
    let found = find_mapping(transaction, source, name).await?;
    let unknown = || IntakeError::UnknownMapping(name.to_owned());
    Ok(found.ok_or_else(unknown)?.mapping)
}

/// The mapping of a source with a name, if it has one.
pub async fn find_mapping(
    transaction: &mut Transaction,
    source: i64,
    name: &str,
) -> Result<Option<SavedMapping>, IntakeError> {
    let row = transaction
        .fetch_optional(
            include_str!("find_mapping.sql"),
            [source.into(), name.into()],
        )
        .await?;
    row.as_ref().map(into_saved).transpose()
}

/// Up to `limit` mappings of a source in the order of their names, and how many there are.
pub async fn list_mappings(
    transaction: &mut Transaction,
    source: i64,
    after: &str,
    limit: i64,
) -> Result<(Vec<SavedMapping>, Count), IntakeError> {
    let count = transaction
        .fetch_one(include_str!("count_mappings.sql"), [source.into()])
        .await?;
    let cells = [source.into(), after.into(), limit.into()];
    let rows = transaction
        .fetch_all(include_str!("list_mappings.sql"), cells)
        .await?;
    let saved = rows.iter().map(into_saved).collect::<Result<_, _>>()?;
    Ok((saved, Count::exact(count.integer(0)?)))
}

/// Whether the packs declare every attribute that a mapping names. Its columns are checked against
/// a file, later.
pub fn check_mapping(catalogue: &Catalogue, mapping: &Mapping) -> Result<(), IntakeError> {
    let columns = mapping.columns.iter();
    let named = columns.filter_map(|column| column.attribute.as_ref());
    let fixed = mapping.fixed.iter().map(|fixed| &fixed.attribute);
    for attribute in named.chain(fixed) {
        if catalogue.named(attribute).is_none() {
            return Err(InvalidMapping::UnknownAttribute(attribute.clone()).into());
        }
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), IntakeError> {
    let characters = name.chars().count();
    if (1..=LONGEST_NAME).contains(&characters) && !name.chars().any(char::is_control) {
        return Ok(());
    }
    Err(RegisterError::invalid(
        "name",
        format!("映射名称应为 1 至 {LONGEST_NAME} 个字"),
        format!("has 1 to {LONGEST_NAME} characters"),
    )
    .into())
}

fn into_saved(row: &Row) -> Result<SavedMapping, IntakeError> {
    Ok(SavedMapping {
        name: row.text(0)?,
        mapping: read(&row.text(1)?)?,
        updated_at: row.integer(2)?,
    })
}
