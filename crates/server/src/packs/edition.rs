//! Editions of packs as the store keeps them: the table `pack_edition`.

use std::collections::HashMap;
use std::sync::Arc;

use rulebook::Identity;
use serde::{Deserialize, Serialize};
use storage::{Row, StorageError, Transaction};
use utoipa::ToSchema;

use crate::clock::Micros;
use crate::packs::refusal::PackError;
use crate::packs::text::{Files, digest};
use crate::store::{EditionKey, EditionText, Store, allocate};

/// Where an edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PackState)]
pub enum State {
    /// Somebody works at it.
    Draft,
    /// It waits for a second person.
    Proposed,
    /// It was switched on, and is in force as its days say.
    Approved,
    /// Shipped with the program, and nobody switched it on: the institution has editions of its own.
    Available,
    /// Nobody wants it.
    Discarded,
}

impl State {
    /// The word in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Available => "available",
            Self::Discarded => "discarded",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "draft" => Self::Draft,
            "proposed" => Self::Proposed,
            "approved" => Self::Approved,
            "available" => Self::Available,
            "discarded" => Self::Discarded,
            _ => return None,
        })
    }
}

/// An edition as it stands.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named for its column")]
pub struct EditionRow {
    pub id: i64,
    pub pack: String,
    pub version: String,
    pub layer: String,
    pub branch: Option<String>,
    pub state: State,
    pub effective_from: i32,
    pub effective_to: Option<i32>,
    pub text: Arc<EditionText>,
    pub digest: Vec<u8>,
    pub revision: i64,
    pub base: Option<i64>,
    pub created_at: Micros,
    pub created_by: String,
    pub changed_at: Micros,
    pub changed_by: String,
    pub proposed_at: Option<Micros>,
    pub proposed_by: Option<String>,
    pub proposal: Option<String>,
    pub decided_at: Option<Micros>,
    pub decided_by: Option<String>,
    pub decision: Option<String>,
    /// Everybody who changed the draft.
    pub worked_by: Vec<String>,
}

impl EditionRow {
    /// A draft that nobody keeps, as for a trial of a folder; nothing where the files do not say whose pack they are.
    pub fn unkept(files: Files) -> Option<Self> {
        let digest = digest(&files).to_vec();
        let text = EditionText::of(files);
        let identity = text.identity.clone()?;
        Some(Self {
            id: 0,
            pack: identity.id,
            version: identity.version,
            layer: identity.layer.name().to_owned(),
            branch: identity.branch,
            state: State::Draft,
            effective_from: identity.validity.from,
            effective_to: identity.validity.to,
            digest,
            text: Arc::new(text),
            revision: 0,
            base: None,
            created_at: 0,
            created_by: String::new(),
            changed_at: 0,
            changed_by: String::new(),
            proposed_at: None,
            proposed_by: None,
            proposal: None,
            decided_at: None,
            decided_by: None,
            decision: None,
            worked_by: Vec::new(),
        })
    }

    /// Its files by name.
    pub fn files(&self) -> &Files {
        &self.text.files
    }

    /// What its `pack.toml` says of it, where that can be read.
    pub fn identity(&self) -> Option<&Identity> {
        self.text.identity.as_ref()
    }

    /// The same with other files.
    pub(super) fn with(self, files: Files) -> Self {
        Self {
            text: Arc::new(EditionText::of(files)),
            ..self
        }
    }

    /// Whether somebody worked at it or proposed it.
    pub fn is_of(&self, person: &str) -> bool {
        let worked = self.worked_by.iter().chain(&self.proposed_by);
        worked.chain([&self.created_by]).any(|by| by == person)
    }
}

/// What a row says of an edition, whose text is read apart. What cannot be read is told rather than guessed.
fn into_edition(row: &Row, text: Arc<EditionText>) -> Result<EditionRow, PackError> {
    let id = row.integer(0)?;
    let unreadable = |what: &'static str| PackError::Unreadable(id, what);
    let day = |day: i64| i32::try_from(day).map_err(|_| unreadable("days"));
    let state = State::named(&row.text(5)?).ok_or_else(|| unreadable("state"))?;
    let worked_by = serde_json::from_str(&row.text(21)?);
    Ok(EditionRow {
        id,
        pack: row.text(1)?,
        version: row.text(2)?,
        layer: row.text(3)?,
        branch: row.optional_text(4)?,
        state,
        effective_from: day(row.integer(6)?)?,
        effective_to: row.optional_integer(7)?.map(day).transpose()?,
        text,
        digest: row.bytes(8)?,
        revision: row.integer(9)?,
        base: row.optional_integer(10)?,
        created_at: row.integer(11)?,
        created_by: row.text(12)?,
        changed_at: row.integer(13)?,
        changed_by: row.text(14)?,
        proposed_at: row.optional_integer(15)?,
        proposed_by: row.optional_text(16)?,
        proposal: row.optional_text(17)?,
        decided_at: row.optional_integer(18)?,
        decided_by: row.optional_text(19)?,
        decision: row.optional_text(20)?,
        worked_by: worked_by.map_err(|_| unreadable("worked_by"))?,
    })
}

/// Every edition that nobody discarded, by pack and from the oldest. There are as many as an institution makes; only the
/// text of those is read that memory does not have.
pub async fn editions(
    transaction: &mut Transaction,
    store: &Store,
) -> Result<Vec<EditionRow>, PackError> {
    let rows = transaction
        .fetch_all(include_str!("list_editions.sql"), [])
        .await?;
    into_editions(transaction, store, &rows).await
}

async fn into_editions(
    transaction: &mut Transaction,
    store: &Store,
    rows: &[Row],
) -> Result<Vec<EditionRow>, PackError> {
    let (mut texts, mut unknown) = (HashMap::new(), Vec::new());
    for row in rows {
        let key: EditionKey = (row.integer(0)?, row.integer(9)?);
        match store.editions.of(key) {
            Some(text) => _ = texts.insert(key.0, text),
            None => unknown.push(key.0),
        }
    }
    let sql = include_str!("texts_of_editions.sql");
    for row in transaction.fetch_by_keys(sql, &unknown).await? {
        let id = row.integer(0)?;
        let files = serde_json::from_str(&row.text(1)?);
        let files: Files = files.map_err(|_| PackError::Unreadable(id, "files"))?;
        texts.insert(id, Arc::new(EditionText::of(files)));
    }
    let mut editions = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.integer(0)?;
        let text = texts
            .remove(&id)
            .ok_or(PackError::Unreadable(id, "files"))?;
        editions.push(into_edition(row, text)?);
    }
    Ok(editions)
}

/// One edition.
pub async fn find_edition(
    transaction: &mut Transaction,
    store: &Store,
    id: i64,
) -> Result<EditionRow, PackError> {
    let sql = include_str!("find_edition.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    let found = into_editions(transaction, store, row.as_slice()).await?;
    found
        .into_iter()
        .next()
        .ok_or(PackError::UnknownEdition(id))
}

/// An edition about to be kept.
pub(super) struct Kept<'a> {
    pub identity: &'a Identity,
    pub files: &'a Files,
    pub state: State,
    pub base: Option<i64>,
    pub by: &'a str,
}

/// Keeps a new edition and gives its id.
pub(super) async fn insert(
    transaction: &mut Transaction,
    now: Micros,
    kept: Kept<'_>,
) -> Result<i64, PackError> {
    let id = allocate(transaction, "pack_edition", 1).await?;
    let Identity {
        id: pack,
        version,
        layer,
        branch,
        validity,
        ..
    } = kept.identity;
    let is_on = kept.state == State::Approved;
    let cells = [
        id.into(),
        pack.as_str().into(),
        version.as_str().into(),
        layer.name().into(),
        branch.as_deref().into(),
        kept.state.name().into(),
        i64::from(validity.from).into(),
        validity.to.map(i64::from).into(),
        written(kept.files).into(),
        digest(kept.files).to_vec().into(),
        kept.base.into(),
        now.into(),
        kept.by.into(),
        is_on.then_some(now).into(),
        is_on.then_some(kept.by).into(),
        serde_json::json!([kept.by]).to_string().into(),
    ];
    let inserted = transaction
        .execute(include_str!("insert_edition.sql"), cells)
        .await;
    unless_taken(inserted, version)?;
    Ok(id)
}

/// Changes the text of a draft, unless somebody changed it since its revision.
pub(super) async fn change(
    transaction: &mut Transaction,
    now: Micros,
    edition: &EditionRow,
    identity: &Identity,
    files: &Files,
    by: &str,
) -> Result<(), PackError> {
    let mut worked = edition.worked_by.clone();
    if worked.iter().all(|known| known != by) {
        worked.push(by.to_owned());
    }
    let Identity {
        id: pack,
        version,
        layer,
        branch,
        validity,
        ..
    } = identity;
    let cells = [
        edition.id.into(),
        edition.revision.into(),
        pack.as_str().into(),
        version.as_str().into(),
        layer.name().into(),
        branch.as_deref().into(),
        i64::from(validity.from).into(),
        validity.to.map(i64::from).into(),
        written(files).into(),
        digest(files).to_vec().into(),
        now.into(),
        by.into(),
        serde_json::json!(worked).to_string().into(),
    ];
    let changed = transaction
        .execute(include_str!("change_draft.sql"), cells)
        .await;
    match unless_taken(changed, version)? {
        0 => Err(PackError::Changed),
        _ => Ok(()),
    }
}

/// A step in the life of an edition: from a state to another, by whom and why.
pub(super) struct Step<'a> {
    pub edition: &'a EditionRow,
    pub to: State,
    pub by: &'a str,
    pub reason: &'a str,
}

/// Takes a step, unless somebody took another before.
pub(super) async fn step(
    transaction: &mut Transaction,
    now: Micros,
    step: Step<'_>,
) -> Result<(), PackError> {
    let sql = match step.to {
        State::Proposed => include_str!("propose_edition.sql"),
        _ => include_str!("decide_edition.sql"),
    };
    let cells = [
        step.edition.id.into(),
        step.edition.state.name().into(),
        step.edition.revision.into(),
        step.to.name().into(),
        now.into(),
        step.by.into(),
        step.reason.into(),
    ];
    match transaction.execute(sql, cells).await? {
        0 => Err(PackError::Changed),
        _ => Ok(()),
    }
}

fn written(files: &Files) -> String {
    serde_json::json!(files).to_string()
}

fn unless_taken(written: Result<u64, StorageError>, version: &str) -> Result<u64, PackError> {
    match written {
        Err(StorageError::Duplicate(_)) => Err(PackError::Version(version.to_owned())),
        other => Ok(other?),
    }
}
