//! The log: numbered without gaps, read in pages.

use std::collections::BTreeSet;

use serde_json::json;
use server::access::Role;
use server::audit::{self, NewEntry};

use crate::support::TestServer;

async fn append(server: &TestServer, count: i64) {
    let (mut transaction, now) = server.store.write().await.unwrap();
    for number in 0..count {
        let entry = NewEntry {
            actor: "somebody",
            action: "test.done",
            subject: format!("thing/{}", number % 3),
            detail: json!({ "number": number }),
            root: None,
        };
        audit::append(&mut transaction, now, entry).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn entries_are_numbered_once_in_their_order_whoever_numbers_them() {
    for server in TestServer::each().await {
        append(&server, 40).await;
        let (first, second) = tokio::join!(
            audit::sequence(&server.store, 25),
            audit::sequence(&server.store, 25)
        );
        assert_eq!(first.unwrap() + second.unwrap(), 40);
        append(&server, 2).await;
        assert_eq!(audit::unsequenced(&server.store).await.unwrap(), 2);
        let mut transaction = server.store.database.read().await.unwrap();
        let rows = transaction
            .fetch_all(
                "select position from audit_entry where position is not null order by id",
                [],
            )
            .await
            .unwrap();
        let positions: Vec<i64> = rows.iter().map(|row| row.integer(0).unwrap()).collect();
        assert_eq!(positions, (1..=40).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn the_log_is_read_in_pages_newest_first() {
    for server in TestServer::each().await {
        append(&server, 12).await;
        let token = server.token(Role::Auditor).await;
        let mut numbers = Vec::new();
        let mut address = "/audit?limit=5&action=test.done".to_owned();
        loop {
            let page = server.get(&token, &address).await.expect(200).json();
            assert_eq!(page["count"], json!({ "value": 12, "exact": true }));
            for entry in page["items"].as_array().unwrap() {
                numbers.push(entry["detail"]["number"].as_i64().unwrap());
            }
            match page["next"].as_str() {
                Some(next) => address = format!("/audit?limit=5&action=test.done&after={next}"),
                None => break,
            }
        }
        assert_eq!(numbers, (0..12).rev().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn the_log_of_one_subject_holds_nothing_else() {
    for server in TestServer::each().await {
        append(&server, 12).await;
        let token = server.token(Role::Auditor).await;
        let page = server
            .get(&token, "/audit?subject=thing/1")
            .await
            .expect(200)
            .json();
        let items = page["items"].as_array().unwrap();
        let subjects: BTreeSet<_> = items.iter().map(|item| item["subject"].as_str()).collect();
        assert_eq!(
            (items.len(), subjects),
            (4, BTreeSet::from([Some("thing/1")]))
        );
        let nothing = "/audit?subject=thing/1&action=other";
        let page = server.get(&token, nothing).await.expect(200).json();
        assert_eq!(page["count"]["value"], 0);
    }
}
