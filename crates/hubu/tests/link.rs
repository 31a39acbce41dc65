//! `hubu link` as a process: the contract for whoever measures from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn hubu(folder: &Path, words: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hubu"));
    command
        .current_dir(folder)
        .args(words.split_whitespace())
        .args(["--language", "en"])
        .output()
        .unwrap()
}

#[track_caller]
fn told(folder: &Path, words: &str) -> String {
    let output = hubu(folder, words);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(folder: &Path, words: &str) -> String {
    let output = hubu(folder, words);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// Forty persons; the first ten are recorded twice, the second time with another telephone and the name in pinyin or
/// traditional characters.
fn book() -> (TempDir, usize) {
    let folder = tempfile::tempdir().unwrap();
    let surnames = [
        ("张", "張", "ZHANG"),
        ("刘", "劉", "LIU"),
        ("陈", "陳", "CHEN"),
        ("马", "馬", "MA"),
    ];
    let given = [
        ("伟民", "WEIMIN"),
        ("秀英", "XIUYING"),
        ("国庆", "GUOQING"),
        ("小红", "XIAOHONG"),
        ("志强", "ZHIQIANG"),
    ];
    let mut table = "no,full name,born,telephone,e-mail\n".to_owned();
    for person in 0..40 {
        let ((simple, old, letters), (characters, spelled)) =
            (surnames[person % 4], given[person % 5]);
        let born = format!("19{}-0{}-1{}", 50 + person, 1 + person % 9, person % 7);
        let (telephone, mail) = (
            13_800_138_000_u64 + 7_919 * person as u64,
            format!("p{}x{}@example.com", person * 31, person),
        );
        let _ = writeln!(
            table,
            "A{person},{simple}{characters},{born},{telephone},{mail}"
        );
        if person < 10 {
            let name = if person % 2 == 0 {
                format!("{letters} {spelled}")
            } else {
                format!("{old}{characters}")
            };
            let _ = writeln!(
                table,
                "B{person},{name},{},+86 {telephone},",
                born.replace('-', "/")
            );
        }
    }
    std::fs::write(folder.path().join("book.csv"), table).unwrap();
    (folder, 50)
}

/// The other records of the same customer.
fn together(clusters: &str, id: &str) -> Vec<String> {
    let rows: Vec<(&str, &str)> = clusters
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .collect();
    let cluster = rows.iter().find(|(own, _)| *own == id).unwrap().1;
    rows.iter()
        .filter(|(own, other)| *other == cluster && *own != id)
        .map(|(own, _)| (*own).to_owned())
        .collect()
}

#[test]
fn every_record_has_a_customer_and_slips_do_not_part_it() {
    let (folder, records) = book();
    let told = told(
        folder.path(),
        "link book.csv --id no --output clusters.csv --pairs pairs.csv --report report.html",
    );
    assert!(told.starts_with("50 records are 40 customers, "), "{told}");
    let clusters = read(folder.path(), "clusters.csv");
    assert_eq!(clusters.lines().next(), Some("record_id,cluster_id"));
    assert_eq!(clusters.lines().count(), records + 1);
    for person in 0..10 {
        assert_eq!(
            together(&clusters, &format!("A{person}")),
            [format!("B{person}")]
        );
    }
    let pairs = read(folder.path(), "pairs.csv");
    assert!(pairs.starts_with("left_id,right_id,bits,chance,band,same_cluster\n"));
    assert_eq!(
        pairs
            .lines()
            .filter(|line| line.ends_with(",link,true"))
            .count(),
        10
    );
    let report = read(folder.path(), "report.html");
    assert!(report.starts_with("<!doctype html>") && report.contains("<svg"));
}

#[test]
fn a_model_that_was_kept_gives_the_same_answer_and_explains_it() {
    let (folder, _) = book();
    told(
        folder.path(),
        "link book.csv --id no --model model.toml --learn --output first.csv",
    );
    told(
        folder.path(),
        "link book.csv --id no --model model.toml --output second.csv",
    );
    assert_eq!(
        read(folder.path(), "first.csv"),
        read(folder.path(), "second.csv")
    );
    let why = told(
        folder.path(),
        "link explain book.csv --id no --model model.toml --left A1 --right B1",
    );
    assert!(why.contains("found: one customer"), "{why}");
    let why_not = told(
        folder.path(),
        "link explain book.csv --id no --model model.toml --left A1 --right A2",
    );
    assert!(why_not.contains("found: two customers"), "{why_not}");
    let supposed = told(
        folder.path(),
        "link explain book.csv --id no --model model.toml --left A1 --right A2 --what-if telephone=same --what-if born=missing",
    );
    assert!(supposed.contains("so supposed, together"), "{supposed}");
    let wrong = refused(
        folder.path(),
        "link explain book.csv --id no --model model.toml --left A1 --right A2 --what-if colour=same",
    );
    assert!(wrong.contains("no column colour"), "{wrong}");
}

#[test]
fn what_a_person_said_of_a_pair_is_never_overruled() {
    let (folder, _) = book();
    let write = |labels: &str| std::fs::write(folder.path().join("labels.csv"), labels).unwrap();
    write("left_id,right_id,same\nA1,B1,false\nA2,A3,true\n");
    let link = "link book.csv --id no --labels labels.csv --output clusters.csv";
    told(folder.path(), link);
    let clusters = read(folder.path(), "clusters.csv");
    assert!(!together(&clusters, "A1").contains(&"B1".to_owned()));
    assert!(together(&clusters, "A2").contains(&"A3".to_owned()));
    write("left_id,right_id,same\nA1,nobody,false\n");
    let unknown = refused(folder.path(), link);
    assert!(unknown.contains("names a record nobody"), "{unknown}");
    write("left_id,right_id,same\nA1,B1,perhaps\n");
    assert!(refused(folder.path(), link).contains("perhaps"));
    write("left_id,right_id\nA1,B1\n");
    assert!(refused(folder.path(), link).contains("left_id, right_id, same"));
}

#[test]
fn several_files_are_one_book_by_the_names_of_their_columns() {
    let (folder, _) = book();
    let book = read(folder.path(), "book.csv");
    let (header, rows) = book.split_once('\n').unwrap();
    let (first, second): (Vec<&str>, Vec<&str>) =
        rows.lines().partition(|row| row.starts_with('A'));
    std::fs::write(
        folder.path().join("a.csv"),
        format!("{header}\n{}\n", first.join("\n")),
    )
    .unwrap();
    // The second file has its columns in another order and lacks one.
    let turned = |row: &&str| {
        let cells: Vec<&str> = row.split(',').collect();
        [cells[3], cells[0], cells[2], cells[1]].join(",")
    };
    let rows: Vec<String> = second.iter().map(turned).collect();
    std::fs::write(
        folder.path().join("b.csv"),
        format!("telephone,no,born,full name\n{}\n", rows.join("\n")),
    )
    .unwrap();
    told(
        folder.path(),
        "link a.csv b.csv --id no --output clusters.csv",
    );
    let clusters = read(folder.path(), "clusters.csv");
    for person in 0..10 {
        assert_eq!(
            together(&clusters, &format!("A{person}")),
            [format!("B{person}")]
        );
    }
}

#[test]
fn what_cannot_be_used_is_refused_by_name_and_nothing_is_written() {
    let (folder, _) = book();
    let path = folder.path();
    assert!(
        refused(path, "link book.csv --id nobody").contains(
            "there is no column nobody; there are no, full name, born, telephone, e-mail"
        )
    );
    assert!(refused(path, "link book.csv --id born-twice").contains("born-twice"));
    std::fs::write(path.join("twice.csv"), "id,name\n1,a b\n1,c d\n").unwrap();
    assert!(refused(path, "link twice.csv").contains("two records are called 1"));
    assert!(
        told(path, "link twice.csv --number-rows --output rows.csv")
            .starts_with("2 records are 2 customers")
    );
    assert_eq!(read(path, "rows.csv"), "record_id,cluster_id\n1,1\n2,2\n");
    std::fs::write(path.join("bad.toml"), "version = 1\nrecords = \"many\"\n").unwrap();
    assert!(refused(path, "link book.csv --id no --model bad.toml").contains("bad.toml"));
    assert!(refused(path, "link missing.csv").contains("missing.csv"));
    assert!(
        refused(path, "link book.csv --id no --threshold 7")
            .contains("a chance lies between 0 and 1")
    );
    assert!(
        refused(
            path,
            "link explain book.csv --id no --left A1 --right nobody"
        )
        .contains("there is no record nobody")
    );
    assert!(!path.join("clusters.csv").exists());
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_the_first_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("torn.csv"), "id,name\n1,a\n2,b,c\n3,d\n").unwrap();
    let told = told(folder.path(), "link torn.csv");
    assert!(
        told.starts_with("1 rows cannot be read and took no part; the first: torn.csv: 2: has 3 cells, the header names 2\n"),
        "{told}"
    );
    assert_eq!(
        read(folder.path(), "clusters.csv"),
        "record_id,cluster_id\n1,1\n3,2\n"
    );
}

#[test]
fn nothing_to_link_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.csv"), "id,name\n").unwrap();
    assert!(
        told(folder.path(), "link empty.csv --report r.html")
            .starts_with("0 records are 0 customers")
    );
    std::fs::write(folder.path().join("one.csv"), "id,name\n7,张三\n").unwrap();
    assert!(told(folder.path(), "link one.csv").starts_with("1 records are 1 customers"));
    assert_eq!(
        read(folder.path(), "clusters.csv"),
        "record_id,cluster_id\n7,1\n"
    );
}
