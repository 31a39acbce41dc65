//! The list of customers: its orders, filters and pages.

use crate::book::{import, with_three};
use crate::support::TestServer;

async fn names(server: &TestServer, token: &str, query: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut after = String::new();
    loop {
        let address = format!("/customers?limit=2&{query}{after}");
        let page = server.get(token, &address).await.expect(200).json();
        let items = page["items"].as_array().unwrap();
        names.extend(
            items
                .iter()
                .map(|row| row["name"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return names,
        }
    }
}

#[tokio::test]
async fn every_customer_stands_in_the_list_once_in_either_order() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        assert_eq!(
            names(&server, &token, "order=number").await,
            ["張三", "李四", "John Smith"]
        );
        assert_eq!(
            names(&server, &token, "order=name").await,
            ["John Smith", "李四", "張三"]
        );
    }
}

#[tokio::test]
async fn a_changed_name_moves_and_leaves_no_shadow() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        import(&server, "core", &["2,赵四,,13987654321,白羊"]).await;
        assert_eq!(
            names(&server, &token, "order=name").await,
            ["John Smith", "張三", "赵四"]
        );
    }
}

#[tokio::test]
async fn one_may_jump_into_the_list() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        let from = |value: &str| format!("order=name&from={value}");
        assert_eq!(names(&server, &token, &from("li")).await, ["李四", "張三"]);
        assert_eq!(
            names(&server, &token, &from("%E6%9D%8E")).await,
            ["李四", "張三"]
        );
        assert_eq!(
            names(&server, &token, "from=00000000002").await,
            ["李四", "John Smith"]
        );
        let refused = server.get(&token, "/customers?from=abc").await.expect(400);
        assert_eq!(refused.json()["field"], "from");
    }
}

#[tokio::test]
async fn filters_keep_who_passes_and_say_how_many() {
    for server in TestServer::each().await {
        let token = with_three(&server).await;
        for order in ["name", "number"] {
            let query = format!("order={order}&source=crm");
            assert_eq!(names(&server, &token, &query).await, ["張三"]);
            let query = format!("order={order}&kind=organisation");
            assert!(names(&server, &token, &query).await.is_empty());
        }
        assert_eq!(
            names(&server, &token, "order=name&source=core").await,
            names(&server, &token, "order=name").await
        );
        let page = server.get(&token, "/customers?source=core").await.json();
        assert_eq!(
            page["count"],
            serde_json::json!({ "value": 3, "exact": true })
        );
        let unknown = server.get(&token, "/customers?source=nobody").await;
        assert_eq!(unknown.expect(404).code(), "unknown_source");
        let unknown = server.get(&token, "/customers?kind=alien").await;
        assert_eq!(unknown.expect(400).code(), "unknown_party_kind");
    }
}

#[tokio::test]
async fn a_row_shows_who_it_is_and_hides_what_is_sensitive() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let page = server.get(&token, "/customers?limit=1").await.json();
    let mut row = page["items"][0].clone();
    row["created_at"] = "when".into();
    let expected = serde_json::json!({
        "number": "000000000019", "kind": "person", "name": "張三", "records": 2,
        "sources": ["core", "crm"], "created_at": "when", "held": false,
        "id_number": "110***********002X", "mobile": "137****1111",
    });
    assert_eq!(row, expected);
}

/// They are too many to be sorted at hand, so the index of names is walked.
#[tokio::test]
async fn many_who_pass_a_filter_stand_in_the_order_of_all() {
    let server = TestServer::embedded().await;
    let token = with_three(&server).await;
    let row = |number: usize| format!("{number},客户{number:04},,,");
    let rows: Vec<String> = (1_000..3_600).map(row).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    import(&server, "many", &rows).await;
    for order in ["name", "number"] {
        let page = async |query: &str| {
            let address = format!("/customers?limit=500&order={order}{query}");
            server.get(&token, &address).await.expect(200).json()
        };
        let filtered = page("&source=many").await;
        assert_eq!(filtered["count"]["value"], 2_600);
        let all = page("").await;
        let all = all["items"].as_array().unwrap().iter();
        let expected: Vec<_> = all
            .filter(|row| row["sources"] == serde_json::json!(["many"]))
            .map(|row| row["number"].clone())
            .collect();
        let found = filtered["items"].as_array().unwrap().iter();
        let found: Vec<_> = found.map(|row| row["number"].clone()).collect();
        assert_eq!(found[..expected.len()], expected);
        assert_eq!(found.len(), 500);
    }
}
