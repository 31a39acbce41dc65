//! Who holds a review: nobody else decides it until that ends.

use serde_json::{Value, json};
use server::access::Role;

use crate::book::{held, many_held};
use crate::support::{Answer, TestServer};

async fn claim(server: &TestServer, token: &str, review: i64) -> Answer {
    let address = format!("/reviews/{review}/claim");
    server.post(token, &address, &json!({})).await
}

async fn release(server: &TestServer, token: &str, review: i64) -> Answer {
    let address = format!("/reviews/{review}/claim");
    let asked = server
        .ask(axum::http::Method::DELETE, &address)
        .token(token);
    asked.send().await
}

async fn actions(server: &TestServer) -> Vec<String> {
    let token = server.token(Role::Auditor).await;
    let page = server.get(&token, "/audit?subject=review/1").await;
    let page = page.expect(200).json();
    let entries = page["items"].as_array().unwrap().iter().rev();
    let told = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().unwrap().to_owned();
        format!("{} {}", text("actor"), text("action"))
    };
    entries.map(told).collect()
}

#[tokio::test]
async fn who_claims_first_decides_and_the_other_is_told_who_and_until_when() {
    for server in TestServer::each().await {
        let first = held(&server).await;
        let other = server.token(Role::Administrator).await;
        let claimed = claim(&server, &first, 1).await.expect(200).json();
        assert_eq!(claimed["claim"]["by"], "steward");
        assert_eq!(claimed["claim"]["mine"], true);
        // A second time renews it, and is no news.
        let renewed = claim(&server, &first, 1).await.expect(200).json();
        assert!(renewed["claim"]["until"].as_str() > claimed["claim"]["until"].as_str());
        let seen = server.get(&other, "/reviews/1").await.expect(200).json();
        assert_eq!(seen["claim"]["mine"], false);
        let decision = json!({ "verdict": "different", "reason": "x" });
        let refusals = [
            claim(&server, &other, 1).await,
            release(&server, &other, 1).await,
            server.post(&other, "/reviews/1/decision", &decision).await,
        ];
        for refused in refusals {
            let problem = refused.expect(409).json();
            assert_eq!(problem["code"], "review_claimed");
            assert_eq!(
                problem["title"]["zh"],
                "steward 已领取此案，约 30 分钟后到期"
            );
            let until = renewed["claim"]["until"].as_str().unwrap();
            assert!(problem["detail"].as_str().unwrap().ends_with(until));
        }
        let free = release(&server, &first, 1).await.expect(200).json();
        assert_eq!(free["claim"], Value::Null);
        let decided = server.post(&other, "/reviews/1/decision", &decision).await;
        assert_eq!(decided.expect(200).json()["decided"]["by"], "administrator");
        assert_eq!(
            claim(&server, &first, 1).await.expect(409).code(),
            "conflict"
        );
        assert_eq!(
            actions(&server).await,
            [
                "steward review.claimed",
                "steward review.released",
                "administrator review.decided"
            ]
        );
    }
}

#[tokio::test]
async fn a_claim_ends_by_itself() {
    for server in TestServer::each().await {
        let first = held(&server).await;
        let other = server.token(Role::Administrator).await;
        claim(&server, &first, 1).await.expect(200);
        // The clock of the store goes on by more than the claim lasts.
        let mut transaction = server.store.database.write().await.unwrap();
        let later = 31 * 60_000_000_i64;
        let sql = "update allocator set next = next + $1 where name = 'clock'";
        transaction.execute(sql, [later.into()]).await.unwrap();
        transaction.commit().await.unwrap();
        let taken = claim(&server, &other, 1).await.expect(200).json();
        assert_eq!(taken["claim"]["by"], "administrator");
        assert_eq!(
            claim(&server, &first, 1).await.expect(409).code(),
            "review_claimed"
        );
    }
}

#[tokio::test]
async fn of_many_who_claim_at_once_one_gets_it_whichever_server_they_ask() {
    let mut grounds: Vec<Vec<TestServer>> = vec![vec![TestServer::embedded().await]];
    grounds.extend(
        TestServer::pair()
            .await
            .map(|(one, other)| vec![one, other]),
    );
    for servers in grounds {
        held(&servers[0]).await;
        let claims = (0..8).map(|which| {
            let store = servers[which % servers.len()].store.clone();
            let name = format!("person{which}");
            tokio::spawn(async move { server::resolution::claim_review(&store, &name, 1).await })
        });
        let mut got = 0;
        for claim in claims.collect::<Vec<_>>() {
            match claim.await.unwrap() {
                Ok(()) => got += 1,
                Err(error) => assert!(error.to_string().contains("holds this review"), "{error}"),
            }
        }
        assert_eq!(got, 1);
    }
}

#[tokio::test]
async fn the_list_is_narrowed_to_mine_and_to_those_that_nobody_holds() {
    for server in TestServer::each().await {
        let first = many_held(&server, 4).await;
        let other = server.token(Role::Administrator).await;
        claim(&server, &first, 2).await.expect(200);
        claim(&server, &other, 3).await.expect(200);
        let ids = async |token: &str, filter: &str| -> Vec<String> {
            let page = server.get(token, &format!("/reviews?{filter}")).await;
            let page = page.expect(200).json();
            let items = page["items"].as_array().unwrap().clone();
            assert_eq!(page["count"]["value"], items.len());
            let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
            items.iter().map(id).collect()
        };
        assert_eq!(ids(&first, "claim=mine").await, ["2"]);
        assert_eq!(ids(&other, "claim=mine&order=evidence").await, ["3"]);
        assert_eq!(ids(&first, "claim=free").await, ["1", "4"]);
        assert_eq!(ids(&first, "claim=free&order=evidence").await, ["1", "4"]);
        assert_eq!(ids(&first, "").await, ["1", "2", "3", "4"]);
    }
}
