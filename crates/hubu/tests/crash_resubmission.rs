//! `kill -9` of a server while corrected rows of quarantine are sent in again.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on ends here"
)]

mod support;

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Chance, Installation, Server, setting};

/// Rows that are corrected; every one of them may be the one at which the server is killed.
const ROWS: usize = 24;
/// Installations of each store; a third of their rows is killed.
const ROUNDS: usize = 2;

/// A file in which every second row lacks cells, and somebody who may correct them.
fn prepare(installation: &Installation) -> (Server, String) {
    let mut book = "编号,姓名,手机号码\n".to_owned();
    for row in 0..ROWS {
        writeln!(book, "{row},张三{row},138123456{row:02}\n{row}-").unwrap();
    }
    let book = installation.file("book.csv", book).display().to_string();
    let arguments = [
        "import",
        &book,
        "--source",
        "s",
        "--new-source",
        "--key",
        "编号",
        "--json",
    ];
    let report = installation.json(arguments);
    assert_eq!(report["quarantined"], ROWS);
    let mut command = installation.command(["account", "add", "li", "--role", "steward"]);
    command.env("HUBU_NEW_PASSWORD", "a long password");
    assert!(command.status().unwrap().success());
    let server = Server::start(installation);
    let who = json!({ "name": "li", "password": "a long password" }).to_string();
    let (status, session) = server.ask("", "POST", "/sessions", &who).unwrap();
    assert_eq!(status, 201, "{session}");
    let token = session["token"].as_str().unwrap().to_owned();
    (server, token)
}

/// The first row that is still open, and what it should say.
fn open_row(server: &Server, token: &str) -> Option<(String, String)> {
    let (status, page) = server.ask(token, "GET", "/quarantine?state=open&limit=1", "")?;
    assert_eq!(status, 200, "{page}");
    let row = page["items"].as_array().unwrap().first()?;
    let number = row["row"].as_i64().unwrap();
    let cell = |column: &str, value: String| json!({ "column": column, "value": value });
    let cells = [
        cell("编号", format!("late {number}")),
        cell("姓名", format!("李四{number}")),
        cell("手机号码", format!("139123456{number:02}")),
    ];
    let id = row["id"].as_str().unwrap().to_owned();
    Some((id, json!({ "cells": cells }).to_string()))
}

fn send(server: &Server, token: &str, (id, body): &(String, String)) -> Option<(u16, Value)> {
    server.ask(
        token,
        "POST",
        &format!("/quarantine/{id}/resubmission"),
        body,
    )
}

fn undisturbed(installation: &Installation) -> String {
    let (server, token) = prepare(installation);
    for _ in 0..ROWS {
        let row = open_row(&server, &token).unwrap();
        let (status, outcome) = send(&server, &token, &row).unwrap();
        assert_eq!(
            (status, &outcome["outcome"]),
            (200, &json!("accepted")),
            "{outcome}"
        );
    }
    drop(server);
    installation.dump("reference")
}

#[test]
fn a_row_is_resubmitted_once_however_often_the_server_is_killed() {
    let mut chance = Chance::seeded(setting("HUBU_CRASH_SEED", 1));
    for calm in Installation::each() {
        let reference = undisturbed(&calm);
        for round in 0..ROUNDS {
            let installation = calm.another();
            let (mut server, token) = prepare(&installation);
            let mut killed = 0;
            while let Some(row) = open_row(&server, &token) {
                let process = server.process.id().to_string();
                let after = chance.duration(Duration::from_millis(20));
                let kills = killed < ROWS && chance.below(3) == 0;
                std::thread::scope(|scope| {
                    if kills {
                        scope.spawn(|| {
                            std::thread::sleep(after);
                            let mut kill = std::process::Command::new("kill");
                            kill.args(["-9", &process]).status().unwrap();
                        });
                    }
                    // Whether an answer came says nothing of whether the row was written.
                    send(&server, &token, &row);
                });
                if kills {
                    killed += 1;
                    drop(server);
                    server = Server::start(&installation);
                }
            }
            drop(server);
            let said = format!("round {round}, killed {killed} times");
            assert!(killed > 0, "{said}");
            assert!(installation.dump("dump") == reference, "{said}");
            assert_eq!(installation.findings(), Vec::<String>::new(), "{said}");
        }
    }
}
