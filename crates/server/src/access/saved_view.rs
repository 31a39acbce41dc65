//! Saved views (常用视图): the columns, order and filters of a list, under a name.
//!
//! They belong to an account; a shared one is there for colleagues to use and not to change. What
//! was searched for is no part of it: a name or a number in a search is personal data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{Row, StorageError, Transaction};
use utoipa::ToSchema;

use crate::access::{AccessError, Actor};
use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::store::{Store, allocate};

const LONGEST_NAME: usize = 60;
const LONGEST_WORD: usize = 64;
const MOST_COLUMNS: usize = 60;
const MOST_OF_AN_ACCOUNT: i64 = 100;

/// What somebody wants to see of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedView {
    /// Of which list.
    pub list: ListName,
    /// What it is called.
    pub name: String,
    /// Whether colleagues may use it.
    pub shared: bool,
    /// The columns to show, in their order.
    pub columns: Vec<String>,
    /// The order of the rows.
    #[serde(default)]
    pub order: Option<String>,
    /// Filters by their names, such as `kind`: words that the packs or the sources declare.
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
}

/// A list that can have saved views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    /// All customers.
    Customers,
}

/// A saved view as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub account: i64,
    /// What colleagues call them.
    pub owner: String,
    /// What it says.
    pub said: NewSavedView,
    /// When it was saved last.
    pub updated_at: Micros,
}

/// What of a saved view is one text in the store.
#[derive(Serialize, Deserialize)]
struct Body {
    columns: Vec<String>,
    order: Option<String>,
    filters: BTreeMap<String, String>,
}

impl ListName {
    /// The word in JSON and in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
        }
    }

    /// The filters that its views may hold. Nothing that could be of a person is among them.
    fn filters(self) -> &'static [&'static str] {
        match self {
            Self::Customers => &["kind", "source"],
        }
    }
}

/// The views of a list that somebody may use: their own and those that colleagues share.
pub async fn list_saved_views(
    store: &Store,
    actor: &Actor,
    list: ListName,
) -> Result<Vec<SavedView>, AccessError> {
    let mut transaction = store.database.read().await?;
    usable(&mut transaction, actor, list).await
}

/// Saves a new view.
pub async fn create_saved_view(
    store: &Store,
    actor: &Actor,
    said: NewSavedView,
) -> Result<SavedView, AccessError> {
    check(&said)?;
    let account = account_of(actor)?;
    let (mut transaction, now) = store.write_together().await?;
    let sql = include_str!("count_saved_views.sql");
    let row = transaction.fetch_one(sql, [account.into()]).await?;
    if row.integer(0)? >= MOST_OF_AN_ACCOUNT {
        return Err(refuse(
            "views",
            "已有 100 个视图，请先删除一个",
            "are 100 already; forget one first",
        ));
    }
    let id = allocate(&mut transaction, "saved_view", 1).await?;
    let cells = [
        id.into(),
        account.into(),
        said.list.name().into(),
        said.name.as_str().into(),
        said.shared.into(),
        body_of(&said).into(),
        now.into(),
    ];
    let inserted = transaction
        .execute(include_str!("insert_saved_view.sql"), cells)
        .await;
    unless_taken(inserted)?;
    note(&mut transaction, now, actor, "saved_view.created", id).await?;
    transaction.commit().await?;
    Ok(saved(actor, account, id, said, now))
}

/// Changes a view of one's own.
pub async fn replace_saved_view(
    store: &Store,
    actor: &Actor,
    id: i64,
    said: NewSavedView,
) -> Result<SavedView, AccessError> {
    check(&said)?;
    let account = account_of(actor)?;
    let (mut transaction, now) = store.write_together().await?;
    let cells = [
        said.name.as_str().into(),
        said.shared.into(),
        body_of(&said).into(),
        now.into(),
        id.into(),
        account.into(),
        said.list.name().into(),
    ];
    let updated = transaction
        .execute(include_str!("update_saved_view.sql"), cells)
        .await;
    if unless_taken(updated)? == 0 {
        return Err(AccessError::UnknownView(id));
    }
    note(&mut transaction, now, actor, "saved_view.changed", id).await?;
    transaction.commit().await?;
    Ok(saved(actor, account, id, said, now))
}

/// Forgets a view of one's own.
pub async fn delete_saved_view(store: &Store, actor: &Actor, id: i64) -> Result<(), AccessError> {
    let account = account_of(actor)?;
    let (mut transaction, now) = store.write_together().await?;
    let deleted = transaction
        .execute(
            include_str!("delete_saved_view.sql"),
            [id.into(), account.into()],
        )
        .await?;
    if deleted == 0 {
        return Err(AccessError::UnknownView(id));
    }
    note(&mut transaction, now, actor, "saved_view.deleted", id).await?;
    Ok(transaction.commit().await?)
}

/// A view of somebody's own that was saved just now.
fn saved(actor: &Actor, account: i64, id: i64, said: NewSavedView, now: Micros) -> SavedView {
    SavedView {
        id,
        account,
        owner: actor.display_name.clone(),
        said,
        updated_at: now,
    }
}

/// The command line has no account, and no lists to look at.
fn account_of(actor: &Actor) -> Result<i64, AccessError> {
    actor.account.ok_or(AccessError::Unknown)
}

fn check(said: &NewSavedView) -> Result<(), AccessError> {
    let is_word = |word: &String| {
        (1..=LONGEST_WORD).contains(&word.chars().count()) && !word.chars().any(char::is_control)
    };
    let name = said.name.trim();
    if name != said.name || !(1..=LONGEST_NAME).contains(&name.chars().count()) {
        return Err(refuse(
            "name",
            "视图名称应为 1 至 60 个字，首尾不含空格",
            "has 1 to 60 characters",
        ));
    }
    if said.columns.len() > MOST_COLUMNS || !said.columns.iter().all(is_word) {
        return Err(refuse("columns", "至多显示 60 列", "are at most 60 names"));
    }
    if !said.order.iter().all(is_word) {
        return Err(refuse(
            "order",
            "排序方式无法识别",
            "is the name of an order",
        ));
    }
    let known = said.list.filters();
    let is_filter =
        |(filter, word): (&String, &String)| known.contains(&filter.as_str()) && is_word(word);
    if !said.filters.iter().all(is_filter) {
        return Err(refuse(
            "filters",
            "视图只能按类型和来源筛选",
            "are of kind and source only",
        ));
    }
    Ok(())
}

fn refuse(field: &'static str, zh: &'static str, en: &'static str) -> AccessError {
    AccessError::View { field, zh, en }
}

fn unless_taken(written: Result<u64, StorageError>) -> Result<u64, AccessError> {
    match written {
        Err(StorageError::Duplicate(_)) => Err(AccessError::ViewTaken),
        other => Ok(other?),
    }
}

async fn usable(
    transaction: &mut Transaction,
    actor: &Actor,
    list: ListName,
) -> Result<Vec<SavedView>, AccessError> {
    let cells = [list.name().into(), account_of(actor)?.into()];
    let rows = transaction
        .fetch_all(include_str!("list_saved_views.sql"), cells)
        .await?;
    rows.iter().map(|row| into_view(row, list)).collect()
}

fn into_view(row: &Row, list: ListName) -> Result<SavedView, AccessError> {
    let body = row.text(5)?;
    let body: Body = serde_json::from_str(&body).map_err(|_| AccessError::Damaged)?;
    Ok(SavedView {
        id: row.integer(0)?,
        account: row.integer(1)?,
        owner: row.text(2)?,
        said: NewSavedView {
            list,
            name: row.text(3)?,
            shared: row.boolean(4)?,
            columns: body.columns,
            order: body.order,
            filters: body.filters,
        },
        updated_at: row.integer(6)?,
    })
}

fn body_of(said: &NewSavedView) -> String {
    json!({ "columns": said.columns, "order": said.order, "filters": said.filters }).to_string()
}

async fn note(
    transaction: &mut Transaction,
    now: Micros,
    actor: &Actor,
    action: &'static str,
    id: i64,
) -> Result<(), AccessError> {
    let entry = NewEntry {
        actor: &actor.name,
        action,
        subject: format!("saved_view/{id}"),
        detail: json!({}),
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}
