//! Accounts (用户): who may sign in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use storage::{StorageError, Transaction};

use crate::access::{AccessError, Actor, Role, password};
use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::store::{Store, allocate};

/// The account that the first start makes.
pub const ADMINISTRATOR: &str = "admin";

/// An account to be made.
#[derive(Clone)]
pub struct NewAccount<'a> {
    /// What they sign in with.
    pub name: &'a str,
    /// What colleagues call them.
    pub display_name: &'a str,
    /// What they do.
    pub role: Role,
    /// What only they know.
    pub password: &'a str,
}

impl std::fmt::Debug for NewAccount<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "NewAccount({}, {:?})", self.name, self.role)
    }
}

/// Makes an account and gives its id.
pub async fn create_account(
    store: &Store,
    actor: &Actor,
    account: NewAccount<'_>,
) -> Result<i64, AccessError> {
    if !is_name(account.name) {
        return Err(AccessError::Name);
    }
    let hash = password::hash(account.password).await?;
    let (mut transaction, now) = store.write().await?;
    let id = insert(&mut transaction, now, &account, hash).await?;
    let detail = json!({ "role": account.role.name() });
    note(
        &mut transaction,
        now,
        actor,
        "account.created",
        account.name,
        detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(id)
}

/// Gives an account another password and ends its sessions.
pub async fn set_password(
    store: &Store,
    actor: &Actor,
    name: &str,
    password: &str,
) -> Result<(), AccessError> {
    let hash = password::hash(password).await?;
    let (mut transaction, now) = store.write().await?;
    let changed = transaction
        .execute(include_str!("set_password.sql"), [name.into(), hash.into()])
        .await?;
    if changed == 0 {
        return Err(AccessError::Unknown);
    }
    shut_out(transaction, now, actor, name, "account.password_set").await
}

/// Keeps an account from signing in and ends its sessions; what it did keeps its name.
pub async fn disable_account(store: &Store, actor: &Actor, name: &str) -> Result<(), AccessError> {
    let (mut transaction, now) = store.write().await?;
    let changed = transaction
        .execute(
            include_str!("disable_account.sql"),
            [name.into(), now.into()],
        )
        .await?;
    if changed == 0 {
        return Err(AccessError::Unknown);
    }
    shut_out(transaction, now, actor, name, "account.disabled").await
}

/// Ends the sessions of an account that was changed, and commits.
async fn shut_out(
    mut transaction: Transaction,
    now: Micros,
    actor: &Actor,
    name: &str,
    action: &'static str,
) -> Result<(), AccessError> {
    end_sessions(&mut transaction, now, name).await?;
    note(&mut transaction, now, actor, action, name, json!({})).await?;
    Ok(transaction.commit().await?)
}

/// Makes the first account when there is none, and gives its password, to be printed once.
pub async fn ensure_administrator(store: &Store) -> Result<Option<String>, AccessError> {
    let mut transaction = store.database.read().await?;
    let accounts = transaction
        .fetch_one(include_str!("count_accounts.sql"), [])
        .await?
        .integer(0)?;
    drop(transaction);
    if accounts > 0 {
        return Ok(None);
    }
    let password = URL_SAFE_NO_PAD.encode(store.keys.random::<15>()?);
    let account = NewAccount {
        name: ADMINISTRATOR,
        display_name: "管理员",
        role: Role::Administrator,
        password: &password,
    };
    match create_account(store, &Actor::operator(), account).await {
        Ok(_) => Ok(Some(password)),
        // Another server on the same database was first, and printed it.
        Err(AccessError::Taken) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || "._-@".contains(letter);
    (1..=64).contains(&name.chars().count()) && name.chars().all(is_letter)
}

async fn insert(
    transaction: &mut Transaction,
    now: Micros,
    account: &NewAccount<'_>,
    hash: String,
) -> Result<i64, AccessError> {
    let id = allocate(transaction, "account", 1).await?;
    let cells = [
        id.into(),
        account.name.into(),
        account.display_name.into(),
        account.role.name().into(),
        hash.into(),
        now.into(),
    ];
    match transaction
        .execute(include_str!("insert_account.sql"), cells)
        .await
    {
        Ok(_) => Ok(id),
        Err(StorageError::Duplicate(_)) => Err(AccessError::Taken),
        Err(error) => Err(error.into()),
    }
}

async fn end_sessions(
    transaction: &mut Transaction,
    now: Micros,
    name: &str,
) -> Result<(), StorageError> {
    transaction
        .execute(include_str!("end_sessions.sql"), [name.into(), now.into()])
        .await?;
    Ok(())
}

async fn note(
    transaction: &mut Transaction,
    now: Micros,
    actor: &Actor,
    action: &'static str,
    name: &str,
    detail: serde_json::Value,
) -> Result<(), StorageError> {
    let entry = NewEntry {
        actor: &actor.name,
        action,
        subject: format!("account/{name}"),
        detail,
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}
