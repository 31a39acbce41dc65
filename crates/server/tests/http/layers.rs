//! What every answer has in common: headers, tags, limits, problems; and the console behind it.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use axum::routing::post;
use serde_json::json;
use server::access::Role;
use server::http::{Problem, StreamedBody, limits};

use crate::support::{Answer, TestServer, answer};

/// What a browser gets that opens an address.
async fn open(server: &TestServer, address: &str) -> Answer {
    let request = Request::get(address).body(Body::empty()).unwrap();
    answer(server.app.clone(), request).await
}

#[tokio::test]
async fn every_answer_forbids_framing_and_guessing() {
    let server = TestServer::embedded().await;
    for address in [
        "/api/openapi.json",
        "/overview",
        "/api/nothing",
        "/health/live",
    ] {
        let answer = server.ask(Method::GET, address).send().await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("frame-ancestors 'none'"), "{address}");
        assert!(!policy.contains("script-src") && policy.contains("default-src 'self'"));
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(answer.header(header::CACHE_CONTROL), "private, no-cache");
    }
}

#[tokio::test]
async fn what_is_unchanged_is_not_sent_again() {
    for server in TestServer::each().await {
        let token = server.token(Role::Clerk).await;
        let first = server.get(&token, "/sessions/current").await.expect(200);
        let tag = first.header(header::ETAG).to_owned();
        let ask = |tag: &str| {
            let asked = server.ask(Method::GET, "/sessions/current").token(&token);
            asked.header(header::IF_NONE_MATCH, tag).send()
        };
        let second = ask(&tag).await.expect(304);
        assert!(second.bytes.is_empty());
        assert_eq!(second.header(header::ETAG), tag);
        ask("\"another\"").await.expect(200);
    }
}

#[tokio::test]
async fn refusals_are_problems_in_both_languages() {
    let server = TestServer::embedded().await;
    let cases = [
        (Method::GET, "/api/v1/nothing", 404, "unknown_address"),
        (Method::PATCH, "/api/v1/overview", 405, "method_not_allowed"),
        (
            Method::POST,
            "/api/v1/sessions",
            415,
            "unsupported_media_type",
        ),
        (Method::GET, "/api/v1/overview", 401, "unauthenticated"),
    ];
    for (method, address, status, code) in cases {
        let answer = server.ask(method, address).send().await.expect(status);
        let kind = answer.header(header::CONTENT_TYPE);
        assert_eq!(kind, "application/problem+json", "{address}");
        assert_eq!(answer.code(), code);
        let title = &answer.json()["title"];
        assert!(title["zh"].is_string() && title["en"].is_string());
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused() {
    let server = TestServer::embedded().await;
    let body = json!({ "name": "a".repeat(2 << 20), "password": "b" });
    let asked = server.ask(Method::POST, "/sessions").json(&body);
    assert_eq!(asked.send().await.expect(413).code(), "too_large");
}

#[tokio::test]
async fn a_stream_is_cut_off_where_its_limit_ends() {
    async fn count(mut body: StreamedBody) -> Result<String, Problem> {
        let mut bytes = 0;
        while let Some(chunk) = body.next_chunk().await? {
            bytes += chunk.len();
        }
        Ok(bytes.to_string())
    }
    // The limit of the route stands inside the limit of the whole server and wins.
    let app = Router::new()
        .route("/sheet", post(count).layer(limits::sheet()))
        .route("/json", post(count))
        .layer(limits::json());
    let send = async |address, length| {
        let body = Body::from(vec![b'x'; length]);
        answer(app.clone(), Request::post(address).body(body).unwrap()).await
    };
    let longer = limits::JSON_BYTES + 1;
    let counted = send("/sheet", longer).await.expect(200);
    assert_eq!(counted.bytes, longer.to_string().into_bytes());
    assert_eq!(send("/json", longer).await.expect(413).code(), "too_large");
    assert_eq!(
        send("/sheet", limits::SHEET_BYTES + 1)
            .await
            .expect(413)
            .code(),
        "too_large"
    );
}

#[tokio::test]
async fn a_limit_or_a_cursor_out_of_range_is_refused() {
    let server = TestServer::embedded().await;
    let token = server.token(Role::Auditor).await;
    let code = async |address| server.get(&token, address).await.expect(400).code();
    assert_eq!(code("/audit?limit=501").await, "invalid_request");
    assert_eq!(code("/audit?limit=many").await, "invalid_request");
    assert_eq!(code("/audit?after=x").await, "invalid_cursor");
}

#[tokio::test]
async fn any_address_of_the_console_gets_the_console_but_a_missing_asset_does_not() {
    let server = TestServer::embedded().await;
    for address in ["/", "/customers/000000000018"] {
        let answer = open(&server, address).await.expect(200);
        assert!(answer.header(header::CONTENT_TYPE).starts_with("text/html"));
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
    }
    let missing = open(&server, "/assets/old-1a2b3c.js").await.expect(404);
    assert_eq!(missing.code(), "unknown_address");
}

#[tokio::test]
async fn a_server_that_can_answer_is_ready() {
    for server in TestServer::each().await {
        for address in ["/health/live", "/health/ready"] {
            server.ask(Method::GET, address).send().await.expect(204);
        }
    }
}

#[tokio::test]
async fn the_overview_of_an_empty_book_is_all_noughts() {
    for server in TestServer::each().await {
        let token = server.token(Role::Operator).await;
        let overview = server.get(&token, "/overview").await.expect(200).json();
        for figure in [
            "customers",
            "records",
            "sources",
            "batches_running",
            "reviews_open",
        ] {
            assert_eq!(overview[figure], 0, "{figure}");
        }
        assert_eq!(overview["by_source"], json!([]));
        // The account and the session that this test made.
        assert_eq!(overview["audit_unsequenced"], 2);
    }
}
