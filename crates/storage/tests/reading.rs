//! What a reader sees: one state of the store, whatever it asks and however it asks.

#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use storage::{Database, Migration, Question, Rows, TestDatabase, each_database};

const STEPS: &[Migration] = &[Migration {
    version: 1,
    name: "letters",
    sql: "create table letter (id bigint primary key, name text not null)",
}];
const ALL: &str = "select id, name from letter order by id";
const BY_ID: &str = "select name from letter where id in (:keys)";
const BETWEEN: &str = "-- both ends count\nselect name from letter where id <= $2 and (id >= $1 or id = $2) order by id";

async fn databases() -> (tempfile::TempDir, Vec<TestDatabase>) {
    let folder = tempfile::tempdir().unwrap();
    let databases = each_database(folder.path().to_owned(), STEPS)
        .await
        .unwrap();
    (folder, databases)
}

async fn insert(database: &Database, letters: impl IntoIterator<Item = (i64, &str)>) {
    let mut rows = Rows::with_capacity(2, 1);
    for (id, name) in letters {
        rows.push([id.into(), name.into()]);
    }
    let mut transaction = database.write().await.unwrap();
    transaction
        .insert_many("insert into letter (id, name) values", rows, "")
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn questions_asked_together_are_answered_in_their_order() {
    for TestDatabase { database, .. } in databases().await.1 {
        insert(&database, [(1, "a"), (2, "b"), (3, "c")]).await;
        let many: Vec<i64> = (0..2_500).collect();
        for aside in [true, false, true] {
            let mut transaction = if aside {
                database.read().await.unwrap()
            } else {
                database.glance().await.unwrap()
            };
            let questions = [
                Question::by_keys(BY_ID, &[]),
                Question::new(BETWEEN, [2.into(), 3.into()]),
                Question::new("select id from letter where name = $1", ["z".into()]),
                Question::by_keys(BY_ID, &many),
                Question::new(ALL, []),
            ];
            let [none, between, nobody, many, all] =
                transaction.fetch_together(questions).await.unwrap();
            assert_eq!((none.len(), nobody.len()), (0, 0));
            assert_eq!((many.len(), all.len()), (3, 3));
            let names: Vec<String> = between.iter().map(|row| row.text(0).unwrap()).collect();
            assert_eq!(names, ["b", "c"]);
            let [] = transaction.fetch_together([]).await.unwrap();
        }
        // A writer is asked one by one.
        let mut transaction = database.write().await.unwrap();
        let questions = [Question::new(ALL, []), Question::by_keys(BY_ID, &[1, 2])];
        let [all, some] = transaction.fetch_together(questions).await.unwrap();
        assert_eq!((all.len(), some.len()), (3, 2));
    }
}

#[tokio::test]
async fn a_reader_sees_the_state_of_its_first_question() {
    for TestDatabase { database, .. } in databases().await.1 {
        insert(&database, [(1, "a")]).await;
        let readers = [database.read().await, database.glance().await];
        for (place, reading) in readers.into_iter().enumerate() {
            let mut reading = reading.unwrap();
            let seen = reading.fetch_all(ALL, []).await.unwrap().len();
            assert_eq!(seen, 1 + place);
            insert(&database, [(2 + i64::try_from(place).unwrap(), "b")]).await;
            assert_eq!(reading.fetch_all(ALL, []).await.unwrap().len(), seen);
            let [all, later] = reading
                .fetch_together([Question::new(ALL, []), Question::by_keys(BY_ID, &[3])])
                .await
                .unwrap();
            assert_eq!((all.len(), later.len()), (seen, 0));
        }
    }
}

#[tokio::test]
async fn who_comes_later_sees_what_was_committed_and_connections_come_back() {
    for TestDatabase { database, .. } in databases().await.1 {
        for count in 1..40 {
            insert(&database, [(count, "x")]).await;
            let mut reading = database.read().await.unwrap();
            let seen = reading.fetch_all(ALL, []).await.unwrap().len();
            assert_eq!(i64::try_from(seen).unwrap(), count);
        }
        // Also those whose question failed, was never asked, or was abandoned half-way.
        for _ in 0..40 {
            for mut reading in [
                database.read().await.unwrap(),
                database.glance().await.unwrap(),
            ] {
                let failed = reading.fetch_all("select nothing from nowhere", []).await;
                assert!(failed.is_err());
            }
            drop(database.read().await.unwrap());
            let mut reading = database.read().await.unwrap();
            let asked = reading.fetch_all(ALL, []);
            let abandoned = tokio::time::timeout(Duration::ZERO, asked).await;
            drop(abandoned);
        }
        let mut reading = database.read().await.unwrap();
        assert_eq!(reading.fetch_all(ALL, []).await.unwrap().len(), 39);
        drop(reading);
        database.close().await;
        assert!(database.read().await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_gives_up_while_beginning_leaves_nothing_begun() {
    for TestDatabase { database, .. } in databases().await.1 {
        for count in 1..200_i64 {
            let reading = database.clone();
            let reading = tokio::spawn(async move { drop(reading.read().await) });
            std::thread::sleep(Duration::from_micros(count.unsigned_abs() * 3));
            reading.abort();
            drop(reading.await);
            insert(&database, [(count, "x")]).await;
            let seen = database.ask(Question::new(ALL, [])).await.unwrap().len();
            assert_eq!(i64::try_from(seen).unwrap(), count);
        }
    }
}

#[tokio::test]
async fn one_question_needs_no_transaction_and_sees_the_latest_commit() {
    for TestDatabase { database, .. } in databases().await.1 {
        let keys: Vec<i64> = (0..3_000).collect();
        for count in 1..20 {
            insert(&database, [(count, "x")]).await;
            let all = database.ask(Question::new(ALL, [])).await.unwrap();
            let by_keys = database.ask(Question::by_keys(BY_ID, &keys)).await.unwrap();
            assert_eq!(i64::try_from(all.len()).unwrap(), count);
            assert_eq!(by_keys.len(), all.len());
        }
        let none = database.ask(Question::by_keys(BY_ID, &[])).await.unwrap();
        assert!(none.is_empty());
    }
}

#[tokio::test]
async fn a_reader_writes_nothing() {
    for TestDatabase { database, .. } in databases().await.1 {
        let mut reading = database.read().await.unwrap();
        let refused = reading.execute("delete from letter", []).await;
        assert!(refused.is_err());
    }
}

#[tokio::test]
async fn a_commit_counts_while_somebody_else_moves_the_log() {
    let (folder, mut databases) = databases().await;
    let TestDatabase { database, .. } = databases.remove(0);
    let file = std::fs::read_dir(folder.path()).unwrap();
    let names = file.map(|entry| entry.unwrap().path());
    let path = names
        .into_iter()
        .find(|path| path.extension().is_some_and(|extension| extension == "db"))
        .unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&over);
    let mover = std::thread::spawn(move || {
        let connection = rusqlite::Connection::open(path).unwrap();
        while !asked.load(Ordering::Relaxed) {
            let moved = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
            moved.unwrap();
        }
    });
    // More than the log may hold before whoever commits must shorten it.
    let long = "x".repeat(1 << 20);
    for id in 0..200 {
        insert(&database, [(id, long.as_str())]).await;
    }
    over.store(true, Ordering::Relaxed);
    mover.join().unwrap();
    let mut reading = database.glance().await.unwrap();
    let count = reading.fetch_one("select count(*) from letter", []).await;
    assert_eq!(count.unwrap().integer(0).unwrap(), 200);
}
