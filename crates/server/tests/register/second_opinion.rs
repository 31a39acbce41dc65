//! A dangerous merge takes two people.

use serde_json::{Value, json};
use server::access::Role;

use crate::book::{FIRST_NUMBER, assert_folded, held, import, number};
use crate::support::{Answer, TestServer};

async fn propose(server: &TestServer, token: &str) -> Value {
    let body = json!({ "verdict": "same", "reason": "已更名" });
    let proposed = server.post(token, "/reviews/1/decision", &body).await;
    proposed.expect(200).json()
}

async fn second(server: &TestServer, token: &str, agrees: bool) -> Answer {
    let body = json!({ "agrees": agrees, "reason": "看过户口簿" });
    server.post(token, "/reviews/1/second-opinion", &body).await
}

#[tokio::test]
async fn the_second_person_joins_them_and_taking_it_back_opens_the_case_again() {
    for server in TestServer::each().await {
        let first = held(&server).await;
        let other = server.token(Role::Administrator).await;
        let open = server.get(&first, "/reviews/1").await.json();
        assert_eq!(open["dangers"][0]["code"], "names_disagree");
        let proposed = propose(&server, &first).await;
        assert_eq!(proposed["state"], "second_opinion");
        assert_ne!(proposed["left"]["number"], proposed["right"]["number"]);
        assert_eq!(proposed["proposed"]["mine"], true);
        let refused = second(&server, &first, true).await.expect(409);
        assert_eq!(refused.code(), "second_person_needed");
        let again = json!({ "verdict": "different", "reason": "x" });
        let again = server.post(&other, "/reviews/1/decision", &again).await;
        assert_eq!(again.expect(409).code(), "awaits_second_opinion");
        let agreed = second(&server, &other, true).await.expect(200).json();
        assert_eq!(
            (&agreed["state"], &agreed["verdict"]),
            (&json!("decided"), &json!("same"))
        );
        assert_eq!(agreed["left"]["number"], agreed["right"]["number"]);
        assert_eq!(agreed["proposed"]["by"], "steward");
        assert_eq!(agreed["decided"]["by"], "administrator");
        assert_folded(&server).await;
        let address = format!("/customers/{}/merges", number(1));
        let merges = server.get(&first, &address).await.json();
        let reason = "已更名（steward）；看过户口簿（administrator）";
        assert_eq!(merges["items"][0]["reason"], reason);
        let merge = merges["items"][0]["id"].as_str().unwrap();
        let undo = format!("/merges/{merge}/undo");
        let undone = server
            .post(&first, &undo, &json!({ "reason": "看错" }))
            .await;
        undone.expect(200);
        assert_folded(&server).await;
        let open = server.get(&first, "/reviews").await.json();
        assert_eq!(open["items"][0]["id"], "1");
        assert_eq!(open["items"][0]["proposed"], Value::Null);
    }
}

#[tokio::test]
async fn who_does_not_agree_sends_it_back_with_a_note() {
    for server in TestServer::each().await {
        let first = held(&server).await;
        let other = server.token(Role::Administrator).await;
        propose(&server, &first).await;
        let waiting = server.get(&other, "/reviews?state=second_opinion").await;
        assert_eq!(
            waiting.json()["items"][0]["dangers"][0]["code"],
            "names_disagree"
        );
        assert_eq!(
            server.get(&other, "/reviews").await.json()["items"],
            json!([])
        );
        let returned = second(&server, &other, false).await.expect(200).json();
        assert_eq!(returned["state"], "open");
        assert_eq!(returned["returned"]["by"], "administrator");
        assert_eq!(returned["returned"]["reason"], "看过户口簿");
        assert_eq!(
            second(&server, &other, true).await.expect(409).code(),
            "conflict"
        );
        // Whoever proposed it may think better of it too, and propose it once more.
        propose(&server, &first).await;
        second(&server, &first, false).await.expect(200);
        propose(&server, &other).await;
        second(&server, &first, true).await.expect(200);
        let address = format!("/customers/{}/timeline", number(1));
        let timeline = server.get(&first, &address).await.expect(200).json();
        let told = timeline["items"].as_array().unwrap().iter();
        let told: Vec<String> = told
            .map(|entry| format!("{} {}", entry["actor"], entry["text"]["en"]))
            .collect();
        let proposed = r#""administrator" "proposed to be one; a second person must agree""#;
        assert!(told.iter().any(|line| line == proposed), "{told:?}");
        assert!(
            told.iter()
                .any(|line| line == r#""steward" "reviewed: one party""#),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn a_dangerous_merge_of_two_customers_is_only_proposed() {
    for server in TestServer::each().await {
        let rows = [
            format!("1,张三,{FIRST_NUMBER},,"),
            "2,张三,440524188001010014,,".to_owned(),
        ];
        import(&server, "core", &[&rows[0], &rows[1]]).await;
        let first = server.token(Role::Steward).await;
        let other = server.token(Role::Administrator).await;
        let address = format!("/customers/{}/merges", number(1));
        let body = json!({ "absorbed": number(2), "reason": "同一人" });
        let proposed = server
            .post(&first, &address, &body)
            .await
            .expect(202)
            .json();
        assert_eq!(proposed["merge"], Value::Null);
        assert_eq!(proposed["review"], "1");
        assert_eq!(proposed["survivor"], number(1));
        let dangers = proposed["dangers"].as_array().unwrap().iter();
        let codes: Vec<&str> = dangers.map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(
            codes,
            ["different_identity_numbers", "different_birth_dates"]
        );
        let page = server.get(&first, "/customers").await.json();
        assert_eq!(page["count"]["value"], 2);
        let review = server.get(&first, "/reviews/1").await.expect(200).json();
        assert_eq!(review["reason"]["code"], "proposed_by_person");
        let again = server.post(&other, &address, &body).await.expect(409);
        assert_eq!(again.code(), "awaits_second_opinion");
        second(&server, &other, true).await.expect(200);
        let page = server.get(&first, "/customers").await.json();
        assert_eq!(page["count"]["value"], 1);
        assert_folded(&server).await;
        // Nobody but a person brought the case, so taking the merge back leaves no doubt.
        let undone = json!({ "reason": "看错" });
        server
            .post(&first, "/merges/1/undo", &undone)
            .await
            .expect(200);
        let review = server.get(&first, "/reviews/1").await.expect(200).json();
        assert_eq!(review["verdict"], "different");
        assert_eq!(review["decided"]["reason"], "看错");
    }
}

#[tokio::test]
async fn what_somebody_holds_is_neither_seconded_nor_merged_around_them() {
    for server in TestServer::each().await {
        let first = held(&server).await;
        let other = server.token(Role::Administrator).await;
        let claim = server.post(&other, "/reviews/1/claim", &json!({})).await;
        claim.expect(200);
        let address = format!("/customers/{}/merges", number(1));
        let body = json!({ "absorbed": number(2), "reason": "同一人" });
        let refused = server.post(&first, &address, &body).await.expect(409);
        assert_eq!(refused.code(), "review_claimed");
        propose(&server, &other).await;
        let claim = server.post(&other, "/reviews/1/claim", &json!({})).await;
        claim.expect(200);
        let refused = second(&server, &first, true).await.expect(409);
        assert_eq!(refused.code(), "review_claimed");
    }
}
