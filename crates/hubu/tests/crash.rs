//! `kill -9` at any point, and then again: what is resumed ends as what was never disturbed.
//!
//! `HUBU_CRASH_KILLS` says how often each store is killed at random points, `HUBU_CRASH_SEED` when.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;

use std::fmt::Write;
use std::process::Child;
use std::time::{Duration, Instant};

use support::{Chance, Installation, setting};

/// Kills of each store where nobody says another number.
const KILLS: usize = 50;
/// An import is killed about so often before it comes to its end.
const KILLS_AN_IMPORT: u32 = 8;
/// Installations of each store that are killed while they come into being, and how often.
const BIRTHS: usize = 2;
const KILLS_A_BIRTH: usize = 5;
/// Enough for a merge of the index: eight runs of 500 rows.
const RECORDS: &str = "4700";
const PATIENCE: Duration = Duration::from_mins(1);

/// An invented book in which every 400th row is none.
fn write_book(installation: &Installation) {
    let path = installation.path("sample.csv").display().to_string();
    let arguments = [
        "sample",
        "--records",
        RECORDS,
        "--seed",
        "7",
        "--output",
        &path,
        "--language",
        "zh",
        "--json",
    ];
    installation.json(arguments);
    let sample = std::fs::read_to_string(&path).unwrap();
    let mut book = String::with_capacity(sample.len());
    for (row, line) in sample.lines().enumerate() {
        writeln!(book, "{line}").unwrap();
        if row % 400 == 399 {
            book.push_str("half a row,of another file\n");
        }
    }
    installation.file("book.csv", book);
}

const IMPORT: [&str; 10] = [
    "import",
    "book.csv",
    "--source",
    "book",
    "--new-source",
    "--key",
    "记录编号",
    "--pace",
    "shared",
    "--json",
];

/// What an undisturbed import says afterwards, and how long it takes.
fn undisturbed(installation: &Installation) -> (String, Duration) {
    write_book(installation);
    let started = Instant::now();
    let report = installation.json(IMPORT);
    let took = started.elapsed();
    assert_eq!(report["rows"], 4_711);
    assert_eq!(report["quarantined"], 11);
    (installation.dump("reference"), took)
}

/// `kill -9`; gives whether it was still running.
fn kill(mut process: Child) -> bool {
    process.kill().unwrap();
    !process.wait().unwrap().success()
}

/// Imports for a while and kills; gives whether there was still something to kill.
fn kill_after(installation: &Installation, delay: Duration) -> bool {
    let process = installation.start(IMPORT);
    std::thread::sleep(delay);
    kill(process)
}

/// Imports to the end and compares.
#[track_caller]
fn finish_and_compare(installation: &Installation, reference: &str, said: &str) {
    let ended = installation.hubu(IMPORT);
    assert_eq!(ended.code, Some(0), "{said}: {}", ended.err);
    let dump = installation.dump("dump");
    let differs = dump
        .lines()
        .zip(reference.lines())
        .find(|(left, right)| left != right);
    assert_eq!(differs, None, "{said}");
    assert_eq!(dump.len(), reference.len(), "{said}");
    assert_eq!(installation.findings(), Vec::<String>::new(), "{said}");
}

fn copy_book(from: &Installation, to: &Installation) {
    std::fs::copy(from.path("book.csv"), to.path("book.csv")).unwrap();
}

#[test]
fn an_import_killed_at_random_points_ends_as_one_that_was_not() {
    let mut chance = Chance::seeded(setting("HUBU_CRASH_SEED", 1));
    let embedded = Installation::embedded();
    let (reference, _) = undisturbed(&embedded);
    for calm in Installation::each() {
        let (dump, took) = undisturbed(&calm);
        // Both databases were told the same, so they say the same.
        assert!(dump == reference, "the two stores say different things");
        let (wanted, mut killed, mut round) = (setting("HUBU_CRASH_KILLS", KILLS), 0, 0);
        while killed < wanted {
            let installation = calm.another();
            copy_book(&embedded, &installation);
            let mut inside = 0;
            while kill_after(&installation, chance.duration(took * 2 / KILLS_AN_IMPORT)) {
                inside += 1;
            }
            killed += inside;
            round += 1;
            let said = format!("import {round}, killed {inside} times");
            finish_and_compare(&installation, &reference, &said);
        }
    }
}

/// Kills the import as soon as a query gives more than nothing, and says whether it ever did.
fn kill_when(installation: &Installation, store: &str, query: &str) -> bool {
    let mut process = installation.start(IMPORT);
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if installation.number(store, query).unwrap_or_default() > 0 {
            return kill(process);
        }
        if process.try_wait().unwrap().is_some() {
            return false;
        }
    }
    kill(process);
    panic!("the import did not end");
}

#[test]
fn an_import_killed_inside_an_index_merge_loses_no_key() {
    for calm in Installation::each() {
        let (reference, _) = undisturbed(&calm);
        let inside = (0..10).any(|_| {
            let installation = calm.another();
            copy_book(&calm, &installation);
            // A run that is not live is being merged, or its parts are being thrown away.
            let query = "select count(*) from index_run where not live";
            let inside = kill_when(&installation, "hubu", query);
            finish_and_compare(&installation, &reference, "inside a merge");
            inside
        });
        assert!(inside, "no merge was ever caught");
    }
}

#[test]
fn an_import_killed_between_keys_and_data_writes_the_keys_again() {
    for calm in Installation::each() {
        let (reference, _) = undisturbed(&calm);
        let inside = (0..10).any(|round| {
            let installation = calm.another();
            copy_book(&calm, &installation);
            // Keys of a chunk are there; of its records the data store cannot yet know.
            let least = 500 * (round % 4);
            let query = format!("select count(*) from data_key where scope = 1 and id > {least}");
            kill_when(&installation, "keys", &query);
            let keys = installation.number("keys", "select count(*) from data_key where scope = 1");
            let records =
                installation.number("hubu", "select count(*) from record where version = 1");
            finish_and_compare(&installation, &reference, "after the keys");
            keys > records
        });
        assert!(inside, "no key was ever caught without its record");
    }
}

#[test]
fn a_process_killed_at_its_first_steps_leaves_a_store_that_opens() {
    let mut chance = Chance::seeded(setting("HUBU_CRASH_SEED", 1) + 1);
    for calm in Installation::each() {
        let (reference, _) = undisturbed(&calm);
        for birth in 0..BIRTHS {
            let installation = calm.another();
            copy_book(&calm, &installation);
            for _ in 0..KILLS_A_BIRTH {
                // Folder, lock, master key, migrations, source, batch: all within a tenth of a second.
                kill_after(&installation, chance.duration(Duration::from_millis(100)));
            }
            let master = installation.data().join("master.key");
            let length = std::fs::metadata(&master).map_or(32, |file| file.len());
            assert_eq!(length, 32, "half a master key in {}", master.display());
            finish_and_compare(&installation, &reference, &format!("birth {birth}"));
        }
    }
}
