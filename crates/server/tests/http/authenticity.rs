//! Questions to the engines: whoever has signed in may ask, and nothing of it is kept.

use serde_json::{Value, json};
use server::access::Role;

use crate::support::TestServer;

async fn ask(path: &str, question: &Value) -> Value {
    let server = TestServer::embedded().await;
    let clerk = server.token(Role::Clerk).await;
    server.post(&clerk, path, question).await.expect(200).json()
}

#[tokio::test]
async fn a_wrong_digit_has_several_repairs_and_one_where_the_row_says_more() {
    let server = TestServer::embedded().await;
    let clerk = server.token(Role::Clerk).await;
    let mut question = json!({ "text": "11010519481231002X" });
    let alone = server.post(&clerk, "/identifiers/check", &question).await;
    let alone = alone.expect(200).json();
    assert_eq!(alone["kind"], "resident-id");
    assert_eq!(alone["valid"], false);
    assert_eq!(alone["refusal"]["code"], "resident_id_check_digit");
    assert_eq!(alone["outright"], false);
    assert!(alone["repairs"].as_array().unwrap().len() > 1);
    question["birth_date"] = json!("1949-12-31");
    question["sex"] = json!("female");
    question["division"] = json!("110105");
    let beside = server.post(&clerk, "/identifiers/check", &question).await;
    let beside = beside.expect(200).json();
    assert_eq!(beside["outright"], true);
    assert_eq!(beside["repairs"].as_array().unwrap().len(), 1);
    assert_eq!(beside["repairs"][0]["normal"], "11010519491231002X");
}

#[tokio::test]
async fn a_number_of_no_named_kind_is_recognised_and_says_its_parts() {
    let checked = ask(
        "/identifiers/check",
        &json!({ "text": "91350100M000100Y43" }),
    )
    .await;
    assert_eq!(checked["kind"], "credit-code");
    assert_eq!(checked["valid"], true);
    let parts = checked["parts"].as_array().unwrap();
    assert!(
        parts
            .iter()
            .any(|part| part["name"] == "division" && part["value"] == "350100")
    );
}

#[tokio::test]
async fn what_resembles_no_identifier_is_refused_with_a_reason_not_an_error() {
    let checked = ask("/identifiers/check", &json!({ "text": "张三" })).await;
    assert_eq!(checked["refusal"]["code"], "identifier_unknown");
    assert!(checked.get("kind").is_none());
}

#[tokio::test]
async fn two_names_agree_for_a_reason_said_in_both_languages() {
    let compared = ask(
        "/names/compare",
        &json!({ "left": "张三", "right": "ZHANG San" }),
    )
    .await;
    assert_eq!(compared["kind"], "person");
    assert!(compared["score"].as_f64().unwrap() > 0.8);
    assert_eq!(compared["reasons"][0]["code"], "pinyin");
    assert!(
        !compared["reasons"][0]["text"]["zh"]
            .as_str()
            .unwrap()
            .is_empty()
    );
    assert_ne!(compared["shared_keys"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_asked_names_the_field() {
    let server = TestServer::embedded().await;
    let clerk = server.token(Role::Clerk).await;
    let long = "一".repeat(1001);
    let refused = [
        (
            "/identifiers/check",
            json!({ "text": "1", "kind": "shoe-size" }),
            "kind",
        ),
        (
            "/identifiers/check",
            json!({ "text": "1", "birth_date": "1949-13-01" }),
            "birth_date",
        ),
        ("/identifiers/check", json!({ "text": long }), "text"),
        (
            "/names/compare",
            json!({ "left": long, "right": "" }),
            "left",
        ),
    ];
    for (path, question, field) in refused {
        let problem = server
            .post(&clerk, path, &question)
            .await
            .expect(400)
            .json();
        assert_eq!(problem["field"], field, "{problem}");
    }
}

#[tokio::test]
async fn an_address_is_told_in_parts_that_together_are_its_text() {
    let text = "浙江杭州西湖区三墩镇金渡北路12号，3幢501室";
    let other = "杭州西湖区三墩镇金渡北路14号";
    let parsed = ask("/addresses/parse", &json!({ "text": text, "other": other })).await;
    let pieces = parsed["pieces"].as_array().unwrap();
    let whole: String = pieces
        .iter()
        .map(|piece| piece["text"].as_str().unwrap())
        .collect();
    assert_eq!(whole, text);
    let road = pieces.iter().find(|piece| piece["part"] == "road").unwrap();
    assert_eq!(road["text"], "金渡北路");
    assert_eq!(road["label"]["zh"], "街路巷");
    assert!(parsed["code"].as_str().unwrap().starts_with("330106"));
    assert_eq!(
        parsed["division_names"],
        json!(["浙江省", "杭州市", "西湖区", "三墩镇"])
    );
    let reasons = parsed["comparison"]["reasons"].as_array().unwrap();
    let code = |part| {
        &reasons
            .iter()
            .find(|reason| reason["part"] == part)
            .unwrap()["code"]
    };
    assert_eq!(code("road"), "address_same");
    assert_eq!(code("number"), "address_different");
    let score = &parsed["comparison"]["score"];
    assert!(score.as_f64().unwrap() < 0.8, "{score}");
}
