//! Sources (信息来源, R2.1): who may tell us things, with what trust and to what purpose.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use storage::{Database, Question, Row, StorageError, Transaction};

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::register::RegisterError;
use crate::store::{Store, allocate};
use domain::register::FieldId;

/// A source as it is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSource {
    /// The word in commands, URLs and files.
    pub code: String,
    /// What a person reads.
    pub name: String,
    /// By which way its information comes in.
    pub channel: String,
    /// Who answers for it.
    pub owner: String,
    /// How far it is believed, 0 to 100.
    pub trust: u8,
    /// To what end it is collected.
    pub purpose: String,
    /// What allows it.
    pub legal_basis: String,
}

impl NewSource {
    /// A source of which only the code is known; somebody should say the rest.
    pub fn named(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: code.to_owned(),
            channel: "other_system".to_owned(),
            owner: String::new(),
            trust: 50,
            purpose: String::new(),
            legal_basis: String::new(),
        }
    }
}

/// A registered source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its number in the store.
    pub id: i64,
    /// What was said of it.
    pub said: NewSource,
    /// When it was registered.
    pub created_at: Micros,
    /// How often it was changed.
    pub version: i64,
}

/// Registers a source.
pub async fn create_source(
    store: &Store,
    actor: &str,
    said: NewSource,
) -> Result<Source, RegisterError> {
    check_source(store, &said)?;
    let (mut transaction, recorded_at) = store.write().await?;
    let id = allocate(&mut transaction, "source", 1).await?;
    let cells = [
        id.into(),
        said.code.as_str().into(),
        said.name.as_str().into(),
        said.channel.as_str().into(),
        said.owner.as_str().into(),
        i64::from(said.trust).into(),
        said.purpose.as_str().into(),
        said.legal_basis.as_str().into(),
        recorded_at.into(),
    ];
    match transaction
        .execute(include_str!("insert_source.sql"), cells)
        .await
    {
        Err(StorageError::Duplicate(_)) => return Err(RegisterError::SourceExists(said.code)),
        other => other?,
    };
    note_trust(&mut transaction, recorded_at, id, said.trust).await?;
    let entry = NewEntry {
        actor,
        action: "source.created",
        subject: format!("source/{}", said.code),
        detail: serde_json::json!({ "channel": said.channel, "trust": said.trust }),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    transaction.commit().await?;
    Ok(Source {
        id,
        said,
        created_at: recorded_at,
        version: 1,
    })
}

/// Keeps from when on a source is trusted so far: a past view is folded with what was in force then.
pub(super) async fn note_trust(
    transaction: &mut Transaction,
    since: Micros,
    source: i64,
    trust: u8,
) -> Result<(), StorageError> {
    let cells = [source.into(), since.into(), i64::from(trust).into()];
    transaction
        .execute(include_str!("insert_source_trust.sql"), cells)
        .await?;
    Ok(())
}

pub(super) fn check_source(store: &Store, said: &NewSource) -> Result<(), RegisterError> {
    let refuse = |field, zh: &str, en: &str| Err(RegisterError::invalid(field, zh, en));
    let well_formed = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    if said.code.is_empty() || said.code.len() > 64 || !said.code.chars().all(well_formed) {
        return refuse(
            "code",
            "来源代码应为 1 至 64 个字母、数字、点、连字符或下划线",
            "has 1 to 64 letters, digits, dots, hyphens or underscores",
        );
    }
    if said.trust > 100 {
        return refuse("trust", "可信度应为 0 至 100", "is 0 to 100");
    }
    if !store
        .catalogue
        .channels()
        .iter()
        .any(|channel| channel.name == said.channel)
    {
        return refuse(
            "channel",
            "规则包中没有这个渠道",
            "is none that the packs declare",
        );
    }
    Ok(())
}

/// The source with a code.
pub async fn find_source(
    transaction: &mut Transaction,
    code: &str,
) -> Result<Source, RegisterError> {
    let row = transaction
        .fetch_optional(include_str!("find_source.sql"), [code.into()])
        .await?;
    match row {
        Some(row) => Ok(into_source(&row)?),
        None => Err(RegisterError::UnknownSource(code.to_owned())),
    }
}

/// The number of a source, which it keeps for ever; none for a code that nobody registered.
pub async fn number_of_source(
    database: &Database,
    code: &str,
) -> Result<Option<i64>, StorageError> {
    let question = Question::new(include_str!("find_source.sql"), [code.into()]);
    let rows = database.ask(question).await?;
    rows.first().map(|row| row.integer(0)).transpose()
}

/// Every source, in the order of their codes.
pub async fn list_sources(transaction: &mut Transaction) -> Result<Vec<Source>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("list_sources.sql"), [])
        .await?;
    rows.iter().map(into_source).collect()
}

/// Asks for every source, trusted as it was at an instant; [`into_source`] reads the answer.
pub(super) fn sources_at(instant: Micros) -> Question<'static> {
    Question::new(include_str!("list_sources_at.sql"), [instant.into()])
}

/// How far each source is trusted.
pub async fn trust_of(transaction: &mut Transaction) -> Result<HashMap<i64, u8>, StorageError> {
    let sources = list_sources(transaction).await?;
    Ok(sources
        .into_iter()
        .map(|source| (source.id, source.said.trust))
        .collect())
}

pub(super) fn into_source(row: &Row) -> Result<Source, StorageError> {
    Ok(Source {
        id: row.integer(0)?,
        said: NewSource {
            code: row.text(1)?,
            name: row.text(2)?,
            channel: row.text(3)?,
            owner: row.text(4)?,
            trust: u8::try_from(row.integer(5)?).unwrap_or_default(),
            purpose: row.text(6)?,
            legal_basis: row.text(7)?,
        },
        created_at: row.integer(8)?,
        version: row.integer(9)?,
    })
}

/// The fields of a source's columns that nobody recognised; new names get a field.
pub async fn unknown_columns(
    transaction: &mut Transaction,
    source: i64,
    names: &[String],
) -> Result<HashMap<String, FieldId>, RegisterError> {
    let mut known = columns_of(transaction, source).await?;
    for name in names {
        if known.contains_key(name) {
            continue;
        }
        let number = allocate(transaction, "source_column", 1).await?;
        let field = FieldId(
            u32::try_from(number)
                .ok()
                .and_then(|number| number.checked_add(FieldId::FIRST_COLUMN))
                .ok_or_else(|| {
                    RegisterError::invalid("columns", "未识别的列过多", "are too many")
                })?,
        );
        let cells = [
            i64::from(field.0).into(),
            source.into(),
            name.as_str().into(),
        ];
        transaction
            .execute(include_str!("insert_source_column.sql"), cells)
            .await?;
        known.insert(name.clone(), field);
    }
    Ok(known)
}

/// The columns of a source that nobody recognised.
pub async fn columns_of(
    transaction: &mut Transaction,
    source: i64,
) -> Result<HashMap<String, FieldId>, StorageError> {
    let rows = transaction
        .fetch_all(include_str!("list_source_columns.sql"), [source.into()])
        .await?;
    rows.iter()
        .map(|row| {
            let field = u32::try_from(row.integer(0)?).unwrap_or_default();
            Ok((row.text(1)?, FieldId(field)))
        })
        .collect()
}
