//! Where a value comes from: provenance, records behind the view, disclosure.

use serde_json::{Value, json};
use server::access::Role;

use crate::book::{import, number, with_three};
use crate::support::TestServer;

#[tokio::test]
async fn provenance_names_the_winner_the_losers_and_why() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let address = format!("/customers/{}/provenance?attribute=name", number(1));
        let said = server.get(&token, &address).await.expect(200).json();
        let shown = |candidate: &Value| {
            format!(
                "{} {} {} {} {}",
                candidate["value"],
                candidate["source"],
                candidate["channel"],
                candidate["row"]["row"],
                candidate["lost_because"]["en"]
            )
        };
        assert_eq!(
            said["rule"],
            json!(["valid", "trust", "newest", "longest", "frequent"])
        );
        assert_eq!(
            shown(&said["winner"]),
            r#""張三" "crm" "other_system" 1 null"#
        );
        let loser = r#""张三" "core" "other_system" 1 "the other value was observed later""#;
        assert_eq!(shown(&said["losers"][0]), loser);
        let unknown = format!("/customers/{}/provenance?attribute=shoe_size", number(1));
        let unknown = server.get(&token, &unknown).await.expect(400);
        assert_eq!(
            (unknown.code(), &unknown.json()["field"]),
            ("unknown_attribute".to_owned(), &json!("shoe_size"))
        );
    }
}

#[tokio::test]
async fn every_version_behind_a_customer_is_shown_masked_and_in_pages() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        import(&server, "core", &["2,赵四,,13987654321,双鱼"]).await;
        let address = format!("/customers/{}/records?limit=1", number(2));
        let page = server.get(&token, &address).await.expect(200).json();
        let newest = &page["items"][0];
        assert_eq!(
            (&newest["version"], &newest["key"]),
            (&json!(2), &json!("*"))
        );
        let values: Vec<String> = newest["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|value| format!("{} {} {}", value["column"], value["value"], value["class"]))
            .collect();
        assert_eq!(
            values,
            [
                r#""name" "赵四" "general""#,
                r#""mobile" "139****4321" "sensitive""#,
                r#""星座" "双*" "unknown""#
            ]
        );
        let next = page["next"].as_str().unwrap();
        let page = server
            .get(&token, &format!("{address}&after={next}"))
            .await
            .json();
        assert_eq!(page["items"][0]["version"], 1);
        assert!(page["next"].is_null());
    }
}

#[tokio::test]
async fn a_value_in_full_needs_the_permission_and_stands_in_the_log() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let address = format!("/customers/{}/disclosures", number(1));
        let ask = async |body: Value| server.post(&token, &address, &body).await;
        let golden = json!({ "attribute": "identity_number", "purpose": "verification" });
        let shown = ask(golden.clone()).await.expect(200).json();
        assert_eq!(shown["value"], crate::book::FIRST_NUMBER);
        let record = json!({ "attribute": "mobile", "record": "1", "purpose": "service" });
        assert_eq!(ask(record).await.expect(200).json()["value"], "13812345678");
        let column = json!({ "column": "星座", "record": "1", "purpose": "service" });
        assert_eq!(ask(column).await.expect(200).json()["value"], "狮子");
        let foreign = json!({ "attribute": "mobile", "record": "2", "purpose": "service" });
        assert_eq!(ask(foreign).await.expect(404).code(), "unknown_record");
        let both = json!({ "purpose": "service" });
        assert_eq!(ask(both).await.expect(400).json()["field"], "attribute");
        let curious = json!({ "attribute": "mobile", "purpose": "curiosity" });
        ask(curious).await.expect(400);
        let auditor = server.token(Role::Auditor).await;
        let refused = server.post(&auditor, &address, &golden).await;
        assert_eq!(refused.expect(403).code(), "forbidden");
        let log = server
            .get(&auditor, "/audit?action=value.unmasked")
            .await
            .json();
        assert_eq!(log["items"].as_array().unwrap().len(), 3);
        assert_eq!(
            log["items"][2]["subject"],
            format!("customer/{}", number(1))
        );
        assert_eq!(log["items"][2]["detail"]["purpose"], "verification");
    }
}
