//! One schema text for both databases.
//!
//! `SQLite` stores a table by its row number only if the key is spelt `integer primary key`, so that
//! is how `bigint primary key` reaches it; and a trailing `/* without rowid */` becomes the clause.
//! These two are all that differs.

use std::borrow::Cow;

use sqlx::migrate::{Migration as SqlxMigration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::Kind;

/// One step of a schema, embedded with `include_str!`.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Steps run in ascending order, each once.
    pub version: i64,
    /// What the step brings.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

pub(crate) fn migrator(kind: Kind, steps: &[Migration]) -> Migrator {
    let steps = steps.iter().map(|step| {
        let sql = match kind {
            Kind::Postgres => step.sql.to_owned(),
            Kind::Sqlite => for_sqlite(step.sql),
        };
        SqlxMigration::new(
            step.version,
            Cow::Borrowed(step.name),
            MigrationType::Simple,
            AssertSqlSafe(sql).into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}

fn for_sqlite(sql: &str) -> String {
    sql.replace("bigint primary key", "integer primary key")
        .replace("/* without rowid */", "without rowid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_keeps_a_table_in_the_order_of_its_key() {
        let sql = for_sqlite(
            "create table a (id bigint primary key, b bigint); create table c (d bigint, primary key (d)) /* without rowid */;",
        );
        assert_eq!(
            sql,
            "create table a (id integer primary key, b bigint); create table c (d bigint, primary key (d)) without rowid;"
        );
    }
}
