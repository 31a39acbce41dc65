//! Rows in quarantine: read, corrected, sent back, put away.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use server::access::Role;
use server::pipeline::resubmit_row;
use tables::{Format, ReadOptions, WriteOptions, Writer};

use crate::office::{actions, counts, customers, ended, import, opened, send};
use crate::support::TestServer;

const BOOK: &str = "编号,姓名,证件号码,登记日期,星座\n\
                    1,张三,11010519491231002X,,狮子\n\
                    2,,,,白羊\n\
                    3,李四\n\
                    4,,440524188001010014,,\n\
                    ,王五,,,双鱼\n";

async fn held(server: &TestServer, token: &str, batch: &Value) -> Vec<Value> {
    let batch = batch["id"].as_str().unwrap();
    let address = format!("/quarantine?batch={batch}&state=open");
    let page = server.get(token, &address).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

async fn resubmit(server: &TestServer, token: &str, row: &Value, cells: Value) -> Value {
    let id = row["id"].as_str().unwrap();
    let address = format!("/quarantine/{id}/resubmission");
    let answer = server
        .post(token, &address, &json!({ "cells": cells }))
        .await;
    answer.expect(200).json()
}

#[tokio::test]
async fn whoever_corrects_a_row_sees_it_as_given_and_stands_in_the_log() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        assert_eq!(counts(&batch), (5, 2, 3));
        let rows = held(&server, &token, &batch).await;
        let codes: Vec<_> = rows.iter().map(|row| (&row["row"], &row["code"])).collect();
        assert_eq!(
            json!(codes),
            json!([[2, "nobody_named"], [3, "cell_count"], [5, "blank_key"]])
        );
        let cell = json!({ "column": "姓名", "value": "李四", "attribute": "name" });
        assert_eq!(rows[1]["cells"][1], cell);
        assert!(
            actions(&server)
                .await
                .contains(&"quarantine.read".to_owned())
        );
        let auditor = server.token(Role::Auditor).await;
        let refused = server.get(&auditor, "/quarantine").await;
        assert_eq!(refused.status.as_u16(), 403);
    }
}

#[tokio::test]
async fn a_corrected_row_becomes_a_record_once_and_the_counts_stay_true() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let rows = held(&server, &token, &batch).await;
        let still = resubmit(
            &server,
            &token,
            &rows[0],
            json!([
            { "column": "星座", "value": "金牛" }]),
        )
        .await;
        assert_eq!(still["outcome"], "quarantined");
        assert_eq!(still["code"], "nobody_named");
        let kept = held(&server, &token, &batch).await;
        assert_eq!(
            kept[0]["cells"][4]["value"], "金牛",
            "what was typed is not lost"
        );
        let corrected = json!([{ "column": "姓名", "value": "张三" },
            { "column": "证件号码", "value": "110105491231002" }]);
        let first = resubmit(&server, &token, &rows[0], corrected.clone()).await;
        assert_eq!(first["outcome"], "accepted");
        let again = resubmit(&server, &token, &rows[0], corrected).await;
        assert_eq!(first, again);
        let now = ended(&server, &token, &batch["id"]).await;
        assert_eq!(counts(&now), (5, 3, 2));
        assert_eq!(now["joined"], 1);
        let zhang = ("张三".to_owned(), 2);
        let found = customers(&server, &token).await;
        assert!(
            found.iter().any(|row| (row.1.clone(), row.2) == zhang),
            "{found:?}"
        );
        let wrong = json!({ "cells": [{ "column": "血型", "value": "A" }] });
        let address = format!(
            "/quarantine/{}/resubmission",
            rows[1]["id"].as_str().unwrap()
        );
        assert_eq!(
            server.post(&token, &address, &wrong).await.code(),
            "unknown_column"
        );
    }
}

#[tokio::test]
async fn a_correction_that_is_cut_off_anywhere_is_done_once_when_it_is_sent_again() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let row = &held(&server, &token, &batch).await[0];
        let id: i64 = row["id"].as_str().unwrap().parse().unwrap();
        for steps in 0..60 {
            let store = server.store.clone();
            let work = tokio::spawn(async move {
                let cells = [("姓名".to_owned(), "赵六".to_owned())];
                resubmit_row(&store, "tester", id, &cells).await
            });
            for _ in 0..steps {
                tokio::task::yield_now().await;
            }
            work.abort();
            // Cut off or done: what it is, the store says.
            drop(work.await);
        }
        let name = json!([{ "column": "姓名", "value": "赵六" }]);
        assert_eq!(
            resubmit(&server, &token, row, name).await["outcome"],
            "accepted"
        );
        assert_eq!(
            counts(&ended(&server, &token, &batch["id"]).await),
            (5, 3, 2)
        );
        let found = customers(&server, &token).await;
        let rows: Vec<_> = found.iter().filter(|row| row.1 == "赵六").collect();
        assert_eq!((rows.len(), rows[0].2), (1, 1));
    }
}

#[tokio::test]
async fn a_row_that_is_put_away_stays_counted_and_cannot_come_back() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let row = &held(&server, &token, &batch).await[0];
        let address = format!("/quarantine/{}/discard", row["id"].as_str().unwrap());
        let nothing = server
            .post(&token, &address, &json!({ "reason": " " }))
            .await;
        assert_eq!(nothing.code(), "invalid_request");
        for _ in 0..2 {
            let put = server
                .post(&token, &address, &json!({ "reason": "空行" }))
                .await;
            assert_eq!(put.expect(200).json()["state"], "discarded");
        }
        let address = address.replace("discard", "resubmission");
        let refused = server.post(&token, &address, &json!({ "cells": [] })).await;
        assert_eq!(refused.code(), "conflict");
        assert_eq!(
            counts(&ended(&server, &token, &batch["id"]).await),
            (5, 2, 3)
        );
    }
}

#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The rows of a workbook, the header first.
fn read_sheet(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let length = bytes.len() as u64;
    let options = ReadOptions::default();
    let mut reader = tables::open_source(Cursor::new(bytes), "q.xlsx", length, &options).unwrap();
    let mut rows = vec![reader.header().to_vec()];
    while let Some(chunk) = reader.next_chunk(100).unwrap() {
        for row in 0..chunk.len() {
            let cells = chunk
                .columns
                .iter()
                .map(|column| column.get(row).unwrap_or_default());
            rows.push(cells.map(str::to_owned).collect());
        }
    }
    rows
}

fn write_sheet(rows: &[Vec<String>]) -> Vec<u8> {
    let bytes = Bytes::default();
    let header: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    let options = WriteOptions::default();
    let mut writer = Writer::to(bytes.clone(), "q.xlsx", Format::Xlsx, &header, options).unwrap();
    for row in &rows[1..] {
        let cells: Vec<Option<&str>> = row.iter().map(|cell| Some(cell.as_str())).collect();
        writer.write_row(&cells).unwrap();
    }
    writer.finish().unwrap();
    Arc::into_inner(bytes.0).unwrap().into_inner().unwrap()
}

#[tokio::test]
async fn rows_go_out_in_a_workbook_and_come_back_corrected() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let batch = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let address = format!("/batches/{}/quarantine.xlsx", batch["id"].as_str().unwrap());
        let mut sheet = read_sheet(server.get(&token, &address).await.expect(200).bytes);
        assert_eq!(
            sheet[0],
            [
                "_id",
                "_row",
                "_code",
                "_reason",
                "编号",
                "姓名",
                "证件号码",
                "登记日期",
                "星座"
            ]
        );
        assert_eq!(sheet.len(), 4);
        sheet[1][5] = "赵六".to_owned();
        sheet[3][4] = "5".to_owned();
        sheet[2][5] = String::new();
        sheet.push(vec![String::from("99999"); 9]);
        let workbook = write_sheet(&sheet);
        let report = send(&server, &token, "/quarantine/corrections", &workbook).await;
        let report = report.expect(200).json();
        assert_eq!(
            (&report["rows"], &report["accepted"], &report["quarantined"]),
            (&json!(4), &json!(2), &json!(2))
        );
        assert_eq!(report["customers"], 4);
        assert_eq!(report["still"][1]["id"], "99999");
        assert_eq!(
            counts(&ended(&server, &token, &batch["id"]).await),
            (5, 4, 1)
        );
        let twice = send(&server, &token, "/quarantine/corrections", &workbook).await;
        assert_eq!(
            twice.expect(200).json(),
            report,
            "sending it twice changes nothing"
        );
        let junk = send(&server, &token, "/quarantine/corrections", b"junk").await;
        assert_eq!(junk.status.as_u16(), 422, "{}", junk.code());
    }
}
