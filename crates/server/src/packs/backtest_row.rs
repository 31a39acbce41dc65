//! Back-tests as the store keeps them: the table `pack_backtest`.

use storage::{Row, StorageError, Transaction};

use crate::clock::Micros;
use crate::http::Text;
use crate::packs::edition::EditionRow;
use crate::packs::refusal::{MOST_BACKTESTS, PackError};
use crate::packs::sample::{self, KeptResult};
use crate::packs::wire_backtest::{BacktestResult, BacktestState};
use crate::store::{Store, allocate};

/// How long whoever works at a back-test may be silent.
const SILENCE: Micros = 60_000_000;

/// A back-test as it stands.
#[derive(Debug, Clone)]
pub(super) struct BacktestRow {
    pub id: i64,
    pub edition: i64,
    pub revision: i64,
    pub day: i32,
    pub state: BacktestState,
    pub started_at: Micros,
    pub started_by: String,
    pub done: i64,
    pub total: i64,
    pub finished_at: Option<Micros>,
    pub problem: Option<Text>,
    pub result: Option<KeptResult>,
}

fn into_backtest(row: &Row) -> Result<BacktestRow, StorageError> {
    let json = |text: Option<String>| text.unwrap_or_default();
    Ok(BacktestRow {
        id: row.integer(0)?,
        edition: row.integer(1)?,
        revision: row.integer(2)?,
        day: i32::try_from(row.integer(3)?).unwrap_or_default(),
        state: BacktestState::named(&row.text(4)?),
        started_at: row.integer(5)?,
        started_by: row.text(6)?,
        done: row.integer(7)?,
        total: row.integer(8)?,
        finished_at: row.optional_integer(9)?,
        // An older program may have written another form: then there is nothing to show.
        problem: serde_json::from_str(&json(row.optional_text(10)?)).ok(),
        result: serde_json::from_str(&json(row.optional_text(11)?)).ok(),
    })
}

/// Whether an account may begin a back-test. Those that nobody works at any more count for nobody.
pub(super) async fn check_room(
    transaction: &mut Transaction,
    now: Micros,
    by: &str,
) -> Result<(), PackError> {
    let sql = include_str!("running_backtests.sql");
    let mut running = 0;
    for row in transaction.fetch_all(sql, []).await? {
        if row.integer(2)? < now {
            continue;
        }
        running += 1;
        if row.text(1)? == by {
            return Err(PackError::BacktestRuns);
        }
    }
    if running >= MOST_BACKTESTS {
        return Err(PackError::TooManyBacktests);
    }
    Ok(())
}

/// Notes a back-test that begins, held by this process.
pub(super) async fn insert(
    transaction: &mut Transaction,
    store: &Store,
    now: Micros,
    (edition, day, by): (&EditionRow, i32, &str),
) -> Result<i64, StorageError> {
    let id = allocate(transaction, "pack_backtest", 1).await?;
    let cells = [
        id.into(),
        edition.id.into(),
        edition.revision.into(),
        i64::from(day).into(),
        now.into(),
        by.into(),
        store.process().into(),
        (now + SILENCE).into(),
    ];
    transaction
        .execute(include_str!("insert_backtest.sql"), cells)
        .await?;
    Ok(id)
}

/// One back-test.
pub(super) async fn find(transaction: &mut Transaction, id: i64) -> Result<BacktestRow, PackError> {
    let sql = include_str!("find_backtest.sql");
    let row = transaction.fetch_optional(sql, [id.into()]).await?;
    Ok(into_backtest(&row.ok_or(PackError::UnknownBacktest(id))?)?)
}

/// The last back-test of an edition, by its id.
pub(super) async fn last_of(
    transaction: &mut Transaction,
    edition: i64,
) -> Result<Option<i64>, StorageError> {
    let sql = include_str!("last_backtest.sql");
    let row = transaction.fetch_optional(sql, [edition.into()]).await?;
    row.map(|row| row.integer(0)).transpose()
}

/// Says how far a back-test of this process is.
pub(super) async fn note_progress(
    store: &Store,
    id: i64,
    (done, total): (i64, i64),
) -> Result<(), StorageError> {
    let (mut transaction, now) = store.write().await?;
    let cells = [
        done.into(),
        total.into(),
        (now + SILENCE).into(),
        id.into(),
        store.process().into(),
    ];
    transaction
        .execute(include_str!("progress_backtest.sql"), cells)
        .await?;
    transaction.commit().await
}

/// Keeps what a back-test found, or why it stopped.
pub(super) async fn end(
    store: &Store,
    id: i64,
    found: Result<&BacktestResult, Text>,
) -> Result<(), PackError> {
    let found = match found {
        Ok(found) => Ok(sample::seal(store, id, found).await?),
        Err(problem) => Err(problem),
    };
    let (mut transaction, now) = store.write().await?;
    let state = if found.is_ok() {
        BacktestState::Ready
    } else {
        BacktestState::Failed
    };
    let result = found
        .as_ref()
        .ok()
        .map(|found| serde_json::json!(found).to_string());
    let problem = found
        .err()
        .map(|problem| serde_json::json!(problem).to_string());
    let cells = [
        id.into(),
        state.name().into(),
        now.into(),
        problem.into(),
        result.into(),
        store.process().into(),
    ];
    transaction
        .execute(include_str!("end_backtest.sql"), cells)
        .await?;
    Ok(transaction.commit().await?)
}

/// Fails back-tests whose process is silent.
pub(super) async fn fail_silent(store: &Store) -> Result<(), StorageError> {
    let mut transaction = store.database.read().await?;
    let sql = include_str!("running_backtests.sql");
    let running = transaction.fetch_all(sql, []).await?;
    drop(transaction);
    if running.is_empty() {
        return Ok(());
    }
    let (mut transaction, now) = store.write().await?;
    let told = Text::new(
        "执行回测的进程已停止，请重新发起",
        "the process that worked at it has stopped: start it again",
    );
    let cells = [now.into(), serde_json::json!(told).to_string().into()];
    transaction
        .execute(include_str!("fail_silent_backtests.sql"), cells)
        .await?;
    transaction.commit().await
}
