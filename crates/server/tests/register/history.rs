//! Past instants: the view as it stood, differences, the timeline.

use serde_json::{Value, json};

use crate::book::{import, number, with_three};
use crate::support::TestServer;

/// An instant after everything that was written so far, as a client learns of it.
async fn now(server: &TestServer) -> String {
    let (transaction, instant) = server.store.write().await.unwrap();
    transaction.commit().await.unwrap();
    server::clock::rfc3339(instant)
}

async fn view(server: &TestServer, token: &str, sequence: i64, as_of: &str) -> Value {
    let address = format!("/customers/{}?as_of={as_of}", number(sequence));
    server.get(token, &address).await.expect(200).json()
}

#[tokio::test]
async fn a_view_of_the_past_is_what_was_known_then() {
    for server in TestServer::each().await {
        let before = now(&server).await;
        let token = with_three(&server).await;
        let old = now(&server).await;
        import(&server, "core", &["2,赵四,,13987654321,"]).await;
        let body = json!({ "absorbed": number(2), "reason": "同一人" });
        let address = format!("/customers/{}/merges", number(1));
        server.post(&token, &address, &body).await.expect(201);
        let then = view(&server, &token, 2, &old).await;
        assert_eq!(
            (&then["name"], &then["number"]),
            (&json!("李四"), &json!(number(2)))
        );
        assert!(then["redirected_from"].is_null());
        assert_eq!(then["as_of"], old.as_str());
        assert_eq!(
            view(&server, &token, 1, &old).await["merged_numbers"],
            json!([])
        );
        let today = view(&server, &token, 2, &now(&server).await).await;
        assert_eq!(today["redirected_from"], number(2).as_str());
        let address = format!("/customers/{}?as_of={before}", number(2));
        let unknown = server.get(&token, &address).await.expect(404);
        assert_eq!(unknown.code(), "unknown_customer");
    }
}

#[tokio::test]
async fn the_difference_between_two_instants_is_what_changed() {
    for server in TestServer::each().await {
        let before = now(&server).await;
        let token = with_three(&server).await;
        let old = now(&server).await;
        import(&server, "core", &["2,赵四,,13900000000,"]).await;
        let told = async |query: &str| {
            let address = format!("/customers/{}/differences?{query}", number(2));
            let list = server.get(&token, &address).await.expect(200).json();
            let shown =
                |one: &Value| format!("{} {} {}", one["attribute"], one["before"], one["after"]);
            list.as_array()
                .unwrap()
                .iter()
                .map(shown)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told(&format!("from={old}")).await,
            [
                r#""name" "李四" "赵四""#,
                r#""mobile" "139****4321" "139****0000""#
            ]
        );
        assert_eq!(
            told(&format!("from={before}&to={old}")).await,
            [r#""name" null "李四""#, r#""mobile" null "139****4321""#]
        );
        assert!(told(&format!("from={old}&to={old}")).await.is_empty());
    }
}
