//! Files become batches: nothing is lost, nothing is done twice.

use serde_json::json;

use crate::office::{actions, begin, counts, customers, ended, import, opened, upload};
use crate::support::TestServer;

const BOOK: &str = "编号,姓名,证件号码,手机号码,星座\n\
                    1,张三,11010519491231002X,13812345678,狮子\n\
                    2,,,,白羊\n\
                    3,李四\n\
                    4,王五,440524188001010014,,\n";

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let upload = upload(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let begun = begin(&server, &token, &upload, json!({ "dry_run": true })).await;
        assert_eq!(
            begun["rows"],
            json!(null),
            "the file was not read through yet"
        );
        let batch = ended(&server, &token, &begun["id"]).await;
        assert_eq!(batch["state"], "finished");
        assert_eq!(counts(&batch), (4, 2, 2));
        let problems = batch["problems_first"].as_array().unwrap().iter();
        let codes: Vec<_> = problems.map(|problem| problem["code"].clone()).collect();
        assert_eq!(codes, ["nobody_named", "cell_count"]);
        assert_eq!(batch["columns_unknown"], json!(["编号", "星座"]));
        assert_eq!(customers(&server, &token).await, []);
        let held = server
            .get(&token, "/quarantine?state=open")
            .await
            .expect(200);
        assert_eq!(held.json()["count"]["value"], 0);
    }
}

#[tokio::test]
async fn every_row_of_an_odd_file_is_a_record_or_in_quarantine() {
    let ndjson = "{\"编号\":\"1\",\"姓名\":\"张三\"}\n{\"编号\":\"2\",\"姓名\":\n\
                  \n{\"编号\":\"3\",\"姓名\":null}\n[]\n{\"编号\":4,\"姓名\":\"李四\"}\n";
    let quoted = "编号,姓名\r\n1,\"张\n三\"\r\n2,\"a,b\",c\r\n,李四\r\n\r\n3,王五\r\n3,王五\r\n";
    for server in TestServer::each().await {
        let token = opened(&server).await;
        for (name, text, expected) in [
            ("odd.ndjson", ndjson, (5, 2, 3)),
            ("odd.csv", quoted, (5, 3, 2)),
            ("header-only.csv", "编号,姓名\n", (0, 0, 0)),
        ] {
            let batch = import(&server, &token, name, text.as_bytes()).await;
            assert_eq!(batch["state"], "finished", "{name}: {batch}");
            assert_eq!(counts(&batch), expected, "{name}");
        }
    }
}

#[tokio::test]
async fn the_same_file_with_the_same_mapping_is_one_batch() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let first = import(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let again = import(&server, &token, "copy.csv", BOOK.as_bytes()).await;
        assert_eq!(first["id"], again["id"]);
        assert_eq!(customers(&server, &token).await.len(), 2);
        let list = server
            .get(&token, "/batches?source=core")
            .await
            .expect(200)
            .json();
        assert_eq!(list["count"], json!({ "value": 1, "exact": true }));
        assert_eq!(list["items"][0]["file_name"], "book.csv");
        let actions = actions(&server).await;
        for action in [
            "upload.received",
            "batch.started",
            "records.written",
            "batch.ended",
        ] {
            assert!(actions.iter().any(|done| done == action), "{action}");
        }
    }
}

#[tokio::test]
async fn batches_that_are_begun_together_run_one_after_the_other() {
    let server = TestServer::embedded().await;
    let token = opened(&server).await;
    let mut begun = Vec::new();
    for number in 0..5 {
        let text = format!("{BOOK}{},赵六{number},,,\n", 10 + number);
        let upload = upload(&server, &token, "book.csv", text.as_bytes()).await;
        let mapping = json!({
            "header": "first_row", "key_column": "编号", "columns": [], "fixed": [] });
        begun.push(begin(&server, &token, &upload, json!({ "mapping": mapping })).await);
    }
    let mut ends = Vec::new();
    for batch in &begun {
        let batch = ended(&server, &token, &batch["id"]).await;
        counts(&batch);
        ends.push(batch["finished_at"].as_str().unwrap().to_owned());
    }
    assert!(ends.is_sorted(), "{ends:?}");
    assert_eq!(customers(&server, &token).await.len(), 2 + 5);
}

#[tokio::test]
async fn a_mapping_can_be_saved_with_the_batch_and_used_by_name() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let mapping = json!({
            "header": "none",
            "key_column": "column_1",
            "columns": [{ "column": "column_2", "attribute": "name" }],
            "fixed": [{ "attribute": "party_kind", "value": "企业" }],
            "blank_marks": ["-0-"],
        });
        let file = upload(
            &server,
            &token,
            "list.csv",
            "1,-0-\n2,某某公司\n".as_bytes(),
        )
        .await;
        let wish = json!({ "mapping": mapping, "save_mapping_as": "list" });
        let batch = begin(&server, &token, &file, wish).await;
        let batch = ended(&server, &token, &batch["id"]).await;
        assert_eq!(counts(&batch).0, 2);
        assert_eq!(batch["mapping"]["blank_marks"], json!(["-0-"]));
        let next = upload(&server, &token, "list.csv", "3,另一公司\n".as_bytes()).await;
        let batch = begin(&server, &token, &next, json!({ "mapping_name": "list" })).await;
        let batch = ended(&server, &token, &batch["id"]).await;
        assert_eq!(counts(&batch), (1, 1, 0));
        let unknown = json!({ "upload": next, "source": "core", "mapping_name": "none",
            "dry_run": true });
        let refused = server.post(&token, "/batches", &unknown).await;
        assert_eq!(refused.code(), "unknown_mapping");
    }
}
