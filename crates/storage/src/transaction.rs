//! A transaction over either database.

use sqlx::AssertSqlSafe;
use sqlx::postgres::Postgres;

use crate::cell::bind_cells;
use crate::embedded::{Lent, Statement};
use crate::row::Inner;
use crate::{Cell, Question, Row, StorageError};

/// Rows of one bulk statement of PostgreSQL; more are slower to prepare than they save.
const ROWS_A_STATEMENT: usize = 500;
/// PostgreSQL takes 65,535 placeholders.
const CELLS_A_STATEMENT: usize = 32_000;

/// An open transaction. Dropping it without [`Transaction::commit`] undoes it.
#[derive(Debug)]
pub struct Transaction {
    open: Open,
}

#[derive(Debug)]
pub(crate) enum Open {
    Embedded(Lent),
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

impl Transaction {
    pub(crate) fn new(open: Open) -> Self {
        Self { open }
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<(), StorageError> {
        match self.open {
            Open::Embedded(lent) => lent.commit().await?,
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
            Open::Embedded(lent) => lent.run((sql.to_owned(), cells.into())).await?,
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
            let more: Vec<Statement> = match self.open {
                Open::Embedded(_) => question.statement_for_each().into_iter().collect(),
                Open::Postgres(_) => question.statements(|width| placeholders(true, 1, width)),
            };
            places.extend(more.iter().map(|_| place));
            statements.extend(more);
        }
        if let Open::Embedded(lent) = &mut self.open {
            let rows = lent.ask(statements).await?;
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
        match &mut self.open {
            Open::Embedded(lent) => {
                let list = placeholders(false, 1, rows.width);
                let sql = format!("{insert} {list} {conflict}");
                lent.run_each((sql, rows.cells), rows.width).await
            }
            Open::Postgres(transaction) => insert_rows(transaction, insert, rows, conflict).await,
        }
    }

    async fn fetch(&mut self, (sql, cells): Statement) -> Result<Vec<Row>, StorageError> {
        Ok(match &mut self.open {
            Open::Embedded(lent) => {
                let mut rows = lent.ask(vec![(sql, cells)]).await?;
                rows.pop().unwrap_or_default()
            }
            Open::Postgres(transaction) => {
                let query = bind_cells!(sqlx::query::<Postgres>(AssertSqlSafe(sql)), cells);
                let rows = query.fetch_all(&mut **transaction).await?.into_iter();
                rows.map(|row| Row(Inner::Postgres(row))).collect()
            }
        })
    }
}

/// Rows into a table of PostgreSQL, many a statement; while the driver runs one, the next is bound.
async fn insert_rows(
    transaction: &mut sqlx::Transaction<'static, Postgres>,
    insert: &'static str,
    rows: Rows,
    conflict: &'static str,
) -> Result<(), StorageError> {
    let rows_a_statement = ROWS_A_STATEMENT.min(CELLS_A_STATEMENT / rows.width);
    let full = bulk_statement(insert, rows.width, rows_a_statement, conflict);
    let rest = rows.len() % rows_a_statement;
    let rest_statement = bulk_statement(insert, rows.width, rest, conflict);
    let mut left = rows.len();
    let mut cells = rows.cells.into_iter();
    let mut queries = std::iter::from_fn(|| {
        let count = left.min(rows_a_statement);
        left -= count;
        let is_full = count == rows_a_statement;
        let sql = if is_full { &full } else { &rest_statement };
        let cells: Vec<Cell> = cells.by_ref().take(count * rows.width).collect();
        // What is asked again and again in the same words is prepared once.
        let is_usual = is_full || count == 1;
        let query = || sqlx::query::<Postgres>(AssertSqlSafe(sql.clone())).persistent(is_usual);
        (count > 0).then(|| bind_cells!(query(), cells))
    });
    let mut next = queries.next();
    while let Some(query) = next {
        let run = query.execute(&mut **transaction);
        let (done, following) = tokio::join!(biased; run, async { queries.next() });
        done?;
        next = following;
    }
    Ok(())
}

fn bulk_statement(insert: &str, width: usize, rows: usize, conflict: &str) -> String {
    let mut statement = String::with_capacity(insert.len() + rows * width * 7 + conflict.len());
    statement.push_str(insert);
    for row in 0..rows {
        statement.push_str(if row == 0 { " " } else { "," });
        statement.push_str(&placeholders(true, row * width + 1, width));
    }
    statement.push(' ');
    statement.push_str(conflict);
    statement
}

/// A list of placeholders. SQLite gets anonymous ones, whose places are those in which they stand.
pub(crate) fn placeholders(numbered: bool, first: usize, count: usize) -> String {
    let list: Vec<String> = if numbered {
        let numbers = first..first + count;
        numbers.map(|number| format!("${number}")).collect()
    } else {
        vec!["?".to_owned(); count]
    };
    format!("({})", list.join(","))
}
