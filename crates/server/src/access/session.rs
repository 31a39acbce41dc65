//! Sessions (会话): a random token for whoever knew a password. The store keeps its digest only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use storage::{Question, StorageError, Transaction};

use crate::access::{AccessError, Actor, Role, SignInGuard};
use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::store::Store;

/// A session ends after this time, whatever is done in it.
const LIFE: Micros = 12 * 60 * 60 * 1_000_000;
const MICROS_A_SECOND: Micros = 1_000_000;

/// A session that was just opened.
#[derive(Clone)]
pub struct OpenedSession {
    /// What the client keeps; nobody can read it back.
    pub token: String,
    /// Whose it is.
    pub actor: Actor,
}

impl std::fmt::Debug for OpenedSession {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "OpenedSession({})", self.actor.name)
    }
}

/// Opens a session for whoever knows the password.
pub async fn sign_in(
    store: &Store,
    guard: &SignInGuard,
    name: &str,
    password: &str,
) -> Result<OpenedSession, AccessError> {
    let mut transaction = store.database.read().await?;
    let row = transaction
        .fetch_optional(include_str!("find_account.sql"), [name.into()])
        .await?;
    drop(transaction);
    let now = crate::clock::now();
    if let Some(pause) = guard.pause(name, now) {
        return Err(AccessError::Pause(pause / MICROS_A_SECOND + 1));
    }
    let hash = row.as_ref().map(|row| row.text(1)).transpose()?;
    let fits = guard.verify(password, hash).await?;
    guard.note(name, fits, now);
    match (row, fits) {
        (Some(_), true) => open_session(store, name).await,
        (Some(_), false) => {
            let (mut transaction, now) = store.write_together().await?;
            note(&mut transaction, now, name, "session.refused").await?;
            transaction.commit().await?;
            Err(AccessError::Credentials)
        }
        // A name that nobody has may be a password typed in the wrong place: it is not written down.
        (None, _) => Err(AccessError::Credentials),
    }
}

/// Opens a session for an account without asking for the password: `sign_in` asked for it.
pub async fn open_session(store: &Store, name: &str) -> Result<OpenedSession, AccessError> {
    let token: [u8; 32] = store.keys.random()?;
    let (mut transaction, now) = store.write_together().await?;
    let row = transaction
        .fetch_optional(include_str!("find_account.sql"), [name.into()])
        .await?
        .ok_or(AccessError::Credentials)?;
    let ends_at = now + LIFE;
    let actor = Actor {
        account: Some(row.integer(0)?),
        name: name.to_owned(),
        display_name: row.text(2)?,
        role: role(row.text(3)?)?,
        session_ends_at: ends_at,
    };
    let cells = [
        vault::token_digest(&token).into(),
        actor.account.into(),
        now.into(),
        ends_at.into(),
    ];
    transaction
        .execute(include_str!("insert_session.sql"), cells)
        .await?;
    note(&mut transaction, now, name, "session.opened").await?;
    transaction.commit().await?;
    let token = URL_SAFE_NO_PAD.encode(token);
    Ok(OpenedSession { token, actor })
}

/// Ends the session of a token.
pub async fn sign_out(store: &Store, actor: &Actor, token: &str) -> Result<(), AccessError> {
    let (mut transaction, now) = store.write_together().await?;
    let cells = [digest(token).into(), now.into()];
    let ended = transaction
        .execute(include_str!("end_session.sql"), cells)
        .await?;
    if ended > 0 {
        note(&mut transaction, now, &actor.name, "session.closed").await?;
    }
    Ok(transaction.commit().await?)
}

/// Whose token it is, if its session has not ended.
pub(super) async fn find_actor(
    store: &Store,
    token: &str,
    now: Micros,
) -> Result<Option<Actor>, AccessError> {
    let cells = [digest(token).into(), now.into()];
    let question = Question::new(include_str!("find_session.sql"), cells);
    let rows = store.database.ask(question).await?;
    let Some(row) = rows.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(Actor {
        account: Some(row.integer(0)?),
        name: row.text(1)?,
        display_name: row.text(2)?,
        role: role(row.text(3)?)?,
        session_ends_at: row.integer(4)?,
    }))
}

/// Forgets sessions that ended; the audit log keeps that they were.
pub async fn purge_sessions(store: &Store) -> Result<u64, StorageError> {
    let (mut transaction, now) = store.write().await?;
    let purged = transaction
        .execute(include_str!("purge_sessions.sql"), [now.into()])
        .await?;
    transaction.commit().await?;
    Ok(purged)
}

/// What is not base64 has a digest too, and belongs to nobody.
fn digest(token: &str) -> [u8; 32] {
    match URL_SAFE_NO_PAD.decode(token) {
        Ok(bytes) => vault::token_digest(&bytes),
        Err(_) => vault::token_digest(b""),
    }
}

fn role(name: String) -> Result<Role, AccessError> {
    Role::named(&name).ok_or(AccessError::Role(name))
}

async fn note(
    transaction: &mut Transaction,
    now: Micros,
    name: &str,
    action: &'static str,
) -> Result<(), StorageError> {
    let entry = NewEntry {
        actor: name,
        action,
        subject: format!("account/{name}"),
        detail: json!({}),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}
