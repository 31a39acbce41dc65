//! A transaction over either database.

use sqlx::AssertSqlSafe;
use sqlx::postgres::Postgres;
use sqlx::sqlite::Sqlite;

use crate::cell::bind_cells;
use crate::readers::{Reader, Statement};
use crate::row::Inner;
use crate::{Cell, Question, Row, StorageError};

/// Rows of one bulk statement; more are slower to prepare than they save.
const ROWS_A_STATEMENT: usize = 500;
/// `SQLite` takes 32,766 placeholders, PostgreSQL 65,535.
const CELLS_A_STATEMENT: usize = 32_000;

/// An open transaction. Dropping it without [`Transaction::commit`] undoes it.
#[derive(Debug)]
pub struct Transaction {
    open: Open,
}

#[derive(Debug)]
pub(crate) enum Open {
    Reading(Reader),
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Rows on their way into one table, cell after cell.
#[derive(Debug)]
pub struct Rows {
    width: usize,
    cells: Vec<Cell>,
}

impl Rows {
    /// Room for `rows` rows of `width` cells.
    pub fn with_capacity(width: usize, rows: usize) -> Self {
        Self {
            width,
            cells: Vec::with_capacity(width * rows),
        }
    }

    /// Adds one row.
    pub fn push<const WIDTH: usize>(&mut self, row: [Cell; WIDTH]) {
        debug_assert_eq!(WIDTH, self.width, "a row has as many cells as its table");
        self.cells.extend(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Runs statements one after the other; while the driver runs one, the next is bound.
macro_rules! run_all {
    ($database:ty, $transaction:expr, $statements:expr) => {{
        let mut queries = $statements.map(|(sql, cells, keep)| {
            let query = sqlx::query::<$database>(AssertSqlSafe(sql)).persistent(keep);
            bind_cells!(query, cells)
        });
        let mut next = queries.next();
        while let Some(query) = next {
            let run = query.execute(&mut **$transaction);
            let (done, following) = tokio::join!(biased; run, async { queries.next() });
            done?;
            next = following;
        }
    }};
}

impl Transaction {
    pub(crate) fn new(open: Open) -> Self {
        Self { open }
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<(), StorageError> {
        match self.open {
            Open::Reading(_) => {}
            Open::Sqlite(transaction) => transaction.commit().await?,
            Open::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// Begins a part that can be undone by itself. There is one at a time.
    pub async fn begin_part(&mut self) -> Result<(), StorageError> {
        self.execute("savepoint part", []).await.map(drop)
    }

    /// Keeps what the part did; it lasts when the transaction is committed.
    pub async fn keep_part(&mut self) -> Result<(), StorageError> {
        self.execute("release savepoint part", []).await.map(drop)
    }

    /// Undoes what the part did, and nothing else.
    pub async fn undo_part(&mut self) -> Result<(), StorageError> {
        self.execute("rollback to savepoint part", []).await?;
        self.keep_part().await
    }

    /// Runs a statement and says how many rows it changed.
    pub async fn execute<const COUNT: usize>(
        &mut self,
        sql: &'static str,
        cells: [Cell; COUNT],
    ) -> Result<u64, StorageError> {
        Ok(match &mut self.open {
            Open::Reading(reader) => {
                reader.ask(vec![(sql.to_owned(), cells.into())]).await?;
                0
            }
            Open::Sqlite(transaction) => bind_cells!(sqlx::query::<Sqlite>(sql), cells)
                .execute(&mut **transaction)
                .await?
                .rows_affected(),
            Open::Postgres(transaction) => bind_cells!(sqlx::query::<Postgres>(sql), cells)
                .execute(&mut **transaction)
                .await?
                .rows_affected(),
        })
    }

    /// All rows of a query; the query itself holds the limit.
    pub async fn fetch_all<const COUNT: usize>(
        &mut self,
        sql: &'static str,
        cells: [Cell; COUNT],
    ) -> Result<Vec<Row>, StorageError> {
        self.fetch((sql.to_owned(), cells.into())).await
    }

    /// The first row of a query, if there is one.
    pub async fn fetch_optional<const COUNT: usize>(
        &mut self,
        sql: &'static str,
        cells: [Cell; COUNT],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.fetch_all(sql, cells).await?.into_iter().next())
    }

    /// The first row of a query that always has one, such as a count.
    pub async fn fetch_one<const COUNT: usize>(
        &mut self,
        sql: &'static str,
        cells: [Cell; COUNT],
    ) -> Result<Row, StorageError> {
        self.fetch_optional(sql, cells)
            .await?
            .ok_or(StorageError::Driver(sqlx::Error::RowNotFound))
    }

    /// The rows whose key is one of many. The statement writes `(:keys)` where the list goes; the
    /// rows come in no order.
    pub async fn fetch_by_keys(
        &mut self,
        sql: &'static str,
        keys: &[i64],
    ) -> Result<Vec<Row>, StorageError> {
        let [rows] = self.fetch_together([Question::by_keys(sql, keys)]).await?;
        Ok(rows)
    }

    /// The rows of several queries, in the order of the queries. A reader of the embedded store
    /// goes there once for all of them.
    pub async fn fetch_together<const COUNT: usize>(
        &mut self,
        questions: [Question<'_>; COUNT],
    ) -> Result<[Vec<Row>; COUNT], StorageError> {
        let answers = self.fetch_each(questions.into()).await?;
        let mut answers = answers.into_iter();
        Ok(std::array::from_fn(|_| answers.next().unwrap_or_default()))
    }

    /// Like [`Transaction::fetch_together`], for any number of queries.
    pub async fn fetch_each(
        &mut self,
        questions: Vec<Question<'_>>,
    ) -> Result<Vec<Vec<Row>>, StorageError> {
        let mut answers: Vec<Vec<Row>> = questions.iter().map(|_| Vec::new()).collect();
        let mut places = Vec::with_capacity(questions.len());
        let mut statements = Vec::with_capacity(questions.len());
        for (place, question) in questions.into_iter().enumerate() {
            let more = question.statements(|width| self.placeholders(1, width));
            places.extend(more.iter().map(|_| place));
            statements.extend(more);
        }
        if let Open::Reading(reader) = &mut self.open {
            let rows = reader.ask(statements).await?;
            for (place, rows) in places.into_iter().zip(rows) {
                answers[place].extend(rows);
            }
        } else {
            for (place, statement) in places.into_iter().zip(statements) {
                answers[place].extend(self.fetch(statement).await?);
            }
        }
        Ok(answers)
    }

    pub(crate) async fn fetch_one_by_one(
        &mut self,
        statements: Vec<Statement>,
    ) -> Result<Vec<Row>, StorageError> {
        let mut rows = Vec::new();
        for statement in statements {
            rows.extend(self.fetch(statement).await?);
        }
        Ok(rows)
    }

    /// Writes many rows with few statements: `insert` ends with `values`, `conflict` follows the
    /// rows (`on conflict …`, or nothing).
    pub async fn insert_many(
        &mut self,
        insert: &'static str,
        rows: Rows,
        conflict: &'static str,
    ) -> Result<(), StorageError> {
        if rows.is_empty() {
            return Ok(());
        }
        let rows_a_statement = ROWS_A_STATEMENT.min(CELLS_A_STATEMENT / rows.width);
        let full = self.bulk_statement(insert, rows.width, rows_a_statement, conflict);
        let rest = rows.len() % rows_a_statement;
        let rest_statement = self.bulk_statement(insert, rows.width, rest, conflict);
        let mut left = rows.len();
        let mut cells = rows.cells.into_iter();
        let statements = std::iter::from_fn(|| {
            let count = left.min(rows_a_statement);
            left -= count;
            let statement = if count == rows_a_statement {
                &full
            } else {
                &rest_statement
            };
            let cells: Vec<Cell> = cells.by_ref().take(count * rows.width).collect();
            (count > 0).then(|| (statement.clone(), cells, count == rows_a_statement))
        });
        match &mut self.open {
            Open::Reading(reader) => {
                let statements = statements.map(|(sql, cells, _)| (sql, cells));
                reader.ask(statements.collect()).await?;
            }
            Open::Sqlite(transaction) => run_all!(Sqlite, transaction, statements),
            Open::Postgres(transaction) => run_all!(Postgres, transaction, statements),
        }
        Ok(())
    }

    async fn fetch(&mut self, (sql, cells): Statement) -> Result<Vec<Row>, StorageError> {
        Ok(match &mut self.open {
            Open::Reading(reader) => {
                let mut rows = reader.ask(vec![(sql, cells)]).await?;
                rows.pop().unwrap_or_default()
            }
            Open::Sqlite(transaction) => {
                let query = bind_cells!(sqlx::query::<Sqlite>(AssertSqlSafe(sql)), cells);
                let rows = query.fetch_all(&mut **transaction).await?.into_iter();
                rows.map(|row| Row(Inner::Sqlite(row))).collect()
            }
            Open::Postgres(transaction) => {
                let query = bind_cells!(sqlx::query::<Postgres>(AssertSqlSafe(sql)), cells);
                let rows = query.fetch_all(&mut **transaction).await?.into_iter();
                rows.map(|row| Row(Inner::Postgres(row))).collect()
            }
        })
    }

    fn bulk_statement(&self, insert: &str, width: usize, rows: usize, conflict: &str) -> String {
        let mut statement = String::with_capacity(insert.len() + rows * width * 7 + conflict.len());
        statement.push_str(insert);
        for row in 0..rows {
            statement.push_str(if row == 0 { " " } else { "," });
            statement.push_str(&self.placeholders(row * width + 1, width));
        }
        statement.push(' ');
        statement.push_str(conflict);
        statement
    }

    fn placeholders(&self, first: usize, count: usize) -> String {
        let is_numbered = matches!(self.open, Open::Postgres(_));
        placeholders(is_numbered, first, count)
    }
}

/// A list of placeholders. `SQLite` gets anonymous ones: a numbered one is a name to it, and the
/// driver looks through all names of a statement for every cell that it binds.
pub(crate) fn placeholders(numbered: bool, first: usize, count: usize) -> String {
    let list: Vec<String> = if numbered {
        let numbers = first..first + count;
        numbers.map(|number| format!("${number}")).collect()
    } else {
        vec!["?".to_owned(); count]
    };
    format!("({})", list.join(","))
}
