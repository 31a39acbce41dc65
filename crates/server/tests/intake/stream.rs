//! Records that come in a stream.

use std::fmt::Write;

use axum::http::{Method, header};
use serde_json::{Value, json};

use crate::office::{customers, opened};
use crate::support::TestServer;

async fn stream(server: &TestServer, token: &str, lines: &str) -> Vec<Value> {
    let asked = server.ask(Method::POST, "/records/stream").token(token);
    let asked = asked.header(header::CONTENT_TYPE, "application/x-ndjson");
    let answer = asked
        .bytes(lines.as_bytes().to_vec())
        .send()
        .await
        .expect(200);
    let text = String::from_utf8(answer.bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn records(count: usize) -> String {
    let mut lines = String::new();
    for number in 1..=count {
        let record = json!({ "source": "core", "key": number.to_string(),
            "attributes": { "name": format!("客户{number}") } });
        writeln!(lines, "{record}").unwrap();
    }
    lines
}

#[tokio::test]
async fn every_line_has_one_answer_and_sending_again_changes_nothing() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let lines = records(501);
        let answers = stream(&server, &token, &lines).await;
        let numbers: Vec<u64> = answers
            .iter()
            .map(|one| one["line"].as_u64().unwrap())
            .collect();
        assert_eq!(numbers, (1..=501).collect::<Vec<_>>());
        assert!(answers.iter().all(|one| one["outcome"] == "new_customer"));
        let before = customers(&server, &token).await;
        assert_eq!(before.len(), 501);
        let again = stream(&server, &token, &lines).await;
        assert!(again.iter().all(|one| one["outcome"] == "unchanged"));
        assert_eq!(customers(&server, &token).await, before);
    }
}

#[tokio::test]
async fn a_bad_line_holds_up_no_other() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let long = "x".repeat(2 << 20);
        let lines = format!(
            "{{\"source\":\"core\",\"attributes\":{{\"name\":\"张三\"}}}}\n\
             \n\
             not json 110105194912310021\n\
             {long}\n\
             {{\"source\":\"nobody\",\"attributes\":{{\"name\":\"李四\"}}}}\r\n\
             {{\"source\":\"core\",\"attributes\":{{\"shoe_size\":1}}}}\n\
             {{\"source\":\"core\",\"attributes\":{{}},\"columns\":{{\"a\\u0000\":\"b\"}}}}\n\
             {{\"source\":\"core\",\"attributes\":{{\"name\":\"王五\"}}}}"
        );
        let answers = stream(&server, &token, &lines).await;
        let said: Vec<Value> = answers
            .iter()
            .map(|one| {
                let said = one["problem"]["code"].as_str().or(one["outcome"].as_str());
                json!([one["line"], said])
            })
            .collect();
        assert_eq!(
            json!(said),
            json!([
                [1, "new_customer"],
                [3, "invalid_request"],
                [4, "too_large"],
                [5, "unknown_source"],
                [6, "unknown_attribute"],
                [7, "invalid_request"],
                [8, "new_customer"],
            ])
        );
        let text = serde_json::to_string(&answers).unwrap();
        assert!(
            !text.contains("110105194912310021"),
            "an answer repeats no number"
        );
    }
}
