//! Search by every key that a record can be found under.

use serde_json::{Value, json};

use crate::book::{FIRST_NUMBER, import, number, with_three};
use crate::support::TestServer;

async fn search(server: &TestServer, token: &str, body: Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut body = body;
    loop {
        let page = server
            .post(token, "/customers/search", &body)
            .await
            .expect(200)
            .json();
        for row in page["items"].as_array().unwrap() {
            let matched = &row["matched"];
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            found.push(format!(
                "{} by {} {} {}",
                row["name"].as_str().unwrap(),
                text(&matched["by"]),
                text(&matched["attribute"]),
                text(&matched["text"]),
            ));
        }
        if page["next"].is_null() {
            return found;
        }
        body["after"] = page["next"].clone();
    }
}

#[tokio::test]
async fn a_customer_is_found_by_whatever_somebody_knows_of_him() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let mut found = Vec::new();
        for text in [
            "000000000019",
            FIRST_NUMBER,
            "110105491231002",
            "+86 138 1234 5678",
            "5678",
            "002x",
            "1381234",
            "张",
            "張三",
            "zhangs",
            "zs",
            "john s",
            "js",
            "e1234567",
            "白羊",
            "A",
            "nobody at all",
        ] {
            let hits = search(&server, &token, json!({ "text": text })).await;
            found.push(format!("{text}: {}", hits.join(", ")));
        }
        insta::assert_snapshot!(found.join("\n"));
    }
}

#[tokio::test]
async fn a_way_that_is_asked_for_is_the_only_one() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let by = |by: &str| json!({ "text": "5678", "by": by });
        assert_eq!(search(&server, &token, by("last_four")).await.len(), 1);
        assert!(search(&server, &token, by("phone")).await.is_empty());
        assert!(search(&server, &token, by("name")).await.is_empty());
    }
}

#[tokio::test]
async fn pages_visit_everybody_once_however_many_records_lead_there() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let rows: Vec<String> = (10..40)
            .map(|key| format!("{key},张{key}三,,,狮子"))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        import(&server, "core", &rows).await;
        for limit in [1, 7, 500] {
            let found = search(&server, &token, json!({ "text": "张", "limit": limit })).await;
            assert_eq!(found.len(), 31, "{limit}");
            let found = search(&server, &token, json!({ "text": "狮子", "limit": limit })).await;
            assert_eq!(found.len(), 32, "{limit}");
        }
    }
}

#[tokio::test]
async fn a_search_needs_the_permission_and_a_text_of_some_length_finds_nobody() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let operator = server.token(server::access::Role::Operator).await;
    let body = json!({ "text": "张" });
    let refused = server.post(&operator, "/customers/search", &body).await;
    assert_eq!(refused.expect(403).code(), "forbidden");
    for text in ["", " ", &"张".repeat(300)] {
        assert!(
            search(&server, &token, json!({ "text": text }))
                .await
                .is_empty()
        );
    }
}

/// The numbers of the customers that a text finds.
async fn numbers(server: &TestServer, token: &str, text: &str) -> Vec<String> {
    let body = json!({ "text": text });
    let page = server.post(token, "/customers/search", &body).await;
    let page = page.expect(200).json();
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|row| row["number"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn who_was_merged_is_found_as_one_and_after_un_merging_as_two_again() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let texts = ["狮子", "13987654321", "li", "張", &number(2)];
        let found = async || {
            let mut found = Vec::new();
            for text in texts {
                found.push(numbers(&server, &token, text).await);
            }
            found
        };
        let before = found().await;
        assert_eq!(before[0], [number(1), number(3)]);
        assert_eq!(before[4], [number(2)]);
        let address = format!("/customers/{}/merges", number(1));
        let body = json!({ "absorbed": number(2), "reason": "同一人" });
        let merged = server.post(&token, &address, &body).await.expect(201);
        let merged = merged.json()["merge"].as_str().unwrap().to_owned();
        let expected = [
            vec![number(1), number(3)],
            vec![number(1)],
            vec![number(1)],
            vec![number(1)],
            vec![number(1)],
        ];
        assert_eq!(found().await, expected);
        let address = format!("/merges/{merged}/undo");
        let body = json!({ "reason": "认错人" });
        server.post(&token, &address, &body).await.expect(200);
        assert_eq!(found().await, before);
    }
}

#[tokio::test]
async fn a_search_sees_every_chunk_that_an_import_has_committed() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        // More runs than are merged at once, so that some are merged and collected meanwhile.
        let given = "子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛";
        for (round, given) in given.chars().enumerate() {
            let name = format!("王{given}");
            let row = format!("{},{name},,1390000{round:04},", 100 + round);
            import(&server, "core", &[&row]).await;
            let found = search(&server, &token, json!({ "text": name })).await;
            assert_eq!(found, [format!("{name} by name name {name}")]);
            let phone = format!("1390000{round:04}");
            let found = search(&server, &token, json!({ "text": phone })).await;
            assert_eq!(found, [format!("{name} by phone mobile 139****{round:04}")]);
            let all = search(&server, &token, json!({ "text": "王", "limit": 3 })).await;
            assert_eq!(all.len(), round + 1);
        }
    }
}

#[tokio::test]
async fn a_name_that_was_corrected_or_withdrawn_is_found_as_long_as_a_version_says_it() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        import(&server, "core", &["2,赵四,,13987654321,白羊"]).await;
        assert_eq!(numbers(&server, &token, "赵四").await, [number(2)]);
        assert_eq!(numbers(&server, &token, "李四").await, [number(2)]);
        let found = search(&server, &token, json!({ "text": "李四" })).await;
        assert_eq!(found, ["赵四 by name name 李四"]);
    }
}
