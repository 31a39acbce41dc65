//! Files that arrive, and what they look like.

use std::fs;

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, header};
use futures_util::stream;
use serde_json::json;
use server::intake::purge_uploads;
use server::protection::{KeyError, KeyScope};

use crate::office::{actions, opened, send, upload};
use crate::support::{TestServer, answer};

const BOOK: &str = "编号,姓名,证件号码,手机号码（必填）,星座\n\
                    1,张三,11010519491231002X,13812345678,摩羯\n\
                    2,李四,,13987654321,白羊\n";

fn files(server: &TestServer) -> Vec<Vec<u8>> {
    let Ok(folder) = fs::read_dir(server.store.folder().join("uploads")) else {
        return Vec::new();
    };
    folder
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[tokio::test]
async fn nobody_reads_a_name_in_an_upload_on_the_disk() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        upload(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let [file] = &files(&server)[..] else {
            panic!("one file");
        };
        let name = "张三".as_bytes();
        assert!(!file.windows(name.len()).any(|part| part == name));
    }
}

#[tokio::test]
async fn a_transfer_that_breaks_off_leaves_nothing() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let pieces = [
            Ok(Bytes::from_static(BOOK.as_bytes())),
            Err(std::io::Error::other("the line broke")),
        ];
        let request = Request::post("/api/v1/uploads?name=book.csv")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Body::from_stream(stream::iter(pieces)))
            .unwrap();
        let broken = answer(server.app.clone(), request).await;
        assert_eq!(broken.code(), "interrupted");
        assert!(files(&server).is_empty());
        let preview = server.post(&token, "/uploads/1/preview", &json!({})).await;
        assert_eq!(preview.code(), "unknown_upload");
    }
}

#[tokio::test]
async fn a_preview_says_what_each_column_seems_to_be() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let (gb18030, _, _) = encoding_rs::GB18030.encode(BOOK);
        let upload = upload(&server, &token, "book.csv", &gb18030).await;
        let address = format!("/uploads/{upload}/preview");
        let preview = server
            .post(&token, &address, &json!({ "source": "core" }))
            .await
            .expect(200)
            .json();
        assert_eq!(preview["encoding"], "GB18030");
        assert_eq!(preview["rows"], 2);
        assert_eq!(preview["key_column"], "编号");
        let columns = preview["columns"].as_array().unwrap();
        let seen: Vec<_> = columns
            .iter()
            .map(|column| {
                (
                    &column["attribute"],
                    &column["confidence"],
                    &column["samples"][0],
                )
            })
            .map(|found| json!(found))
            .collect();
        assert_eq!(
            seen,
            [
                json!([null, 0.0, "1"]),
                json!(["name", 1.0, "张三"]),
                json!(["identity_number", 1.0, "11010519491231002X"]),
                json!(["mobile", 0.8, "13812345678"]),
                json!([null, 0.0, "摩羯"]),
            ]
        );
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_in_the_preview_and_refused_as_a_batch() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let bad = "姓名,姓名\n张三,李四\n";
        let upload = upload(&server, &token, "bad.csv", bad.as_bytes()).await;
        let address = format!("/uploads/{upload}/preview");
        let preview = server
            .post(&token, &address, &json!({}))
            .await
            .expect(200)
            .json();
        assert_eq!(preview["problem"]["code"], "duplicate_header");
        let wanted = json!({ "upload": upload, "source": "core", "dry_run": true });
        let refused = server.post(&token, "/batches", &wanted).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert_eq!(refused.code(), "duplicate_header");
    }
}

#[tokio::test]
async fn a_saved_mapping_is_found_again_for_files_with_its_columns() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let mapping = json!({
            "header": "first_row",
            "key_column": "编号",
            "columns": [{ "column": "星座", "attribute": "alias" }],
            "fixed": [],
        });
        let put = |mapping| {
            let asked = server.ask(Method::PUT, "/sources/core/mappings/monthly");
            asked.token(&token).json(&mapping)
        };
        let saved = put(mapping).send().await.expect(200);
        assert_eq!(saved.json()["name"], "monthly");
        let upload = upload(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let address = format!("/uploads/{upload}/preview");
        let wish = json!({ "source": "core", "mapping": "monthly" });
        let preview = server
            .post(&token, &address, &wish)
            .await
            .expect(200)
            .json();
        assert_eq!(preview["saved_mapping"], "monthly");
        assert_eq!(preview["columns"][4]["attribute"], "alias");
        let wrong = json!({ "header": "none", "columns": [
            { "column": "column_1", "attribute": "shoe_size" }], "fixed": [] });
        assert_eq!(put(wrong.clone()).send().await.code(), "unknown_attribute");
        let stale = put(wrong).header(header::IF_MATCH, "\"old\"").send().await;
        assert_eq!(stale.status.as_u16(), 412);
    }
}

#[tokio::test]
async fn a_saved_mapping_is_read_with_its_tag_and_forgotten_only_as_it_was_seen() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let address = "/sources/core/mappings/monthly";
        let mapping = json!({ "header": "first_row", "columns": [], "fixed": [] });
        let ask = |method, tag: &str| {
            let asked = server.ask(method, address).token(&token);
            asked.header(header::IF_MATCH, tag).json(&mapping)
        };
        // The empty tag stands for a name that nothing has.
        ask(Method::PUT, "\"\"").send().await.expect(200);
        ask(Method::PUT, "\"\"").send().await.expect(412);
        let read = server.get(&token, address).await.expect(200);
        assert_eq!(read.json()["name"], "monthly");
        ask(Method::DELETE, "\"old\"").send().await.expect(412);
        let tag = read.header(header::ETAG);
        ask(Method::DELETE, tag).send().await.expect(204);
        assert_eq!(
            ask(Method::DELETE, tag).send().await.expect(404).code(),
            "unknown_mapping"
        );
        let listed = server.get(&token, "/sources/core/mappings").await;
        assert_eq!(listed.expect(200).json()["items"], json!([]));
    }
}

#[tokio::test]
async fn an_old_upload_is_forgotten_unless_a_batch_still_needs_it() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let id = upload(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let key = async || {
            let keys = &server.store.keys;
            keys.load_one(KeyScope::Upload, id.parse().unwrap()).await
        };
        assert_eq!(purge_uploads(&server.store, 60_000_000).await.unwrap(), 0);
        assert!(key().await.is_ok());
        assert_eq!(purge_uploads(&server.store, 0).await.unwrap(), 1);
        assert!(files(&server).is_empty());
        let gone = key().await.unwrap_err();
        assert!(
            matches!(gone, KeyError::Destroyed { .. }),
            "a copy of the file can be read"
        );
        assert!(
            actions(&server)
                .await
                .contains(&"upload.destroyed".to_owned())
        );
    }
}

#[tokio::test]
async fn an_upload_whose_key_was_destroyed_is_gone_and_its_destruction_goes_on() {
    for server in TestServer::each().await {
        let token = opened(&server).await;
        let id = upload(&server, &token, "book.csv", BOOK.as_bytes()).await;
        let number = id.parse().unwrap();
        server
            .store
            .keys
            .destroy(KeyScope::Upload, number)
            .await
            .unwrap();
        let address = format!("/uploads/{id}/preview");
        let preview = server.post(&token, &address, &json!({})).await;
        assert_eq!(preview.expect(404).code(), "unknown_upload");
        assert_eq!(purge_uploads(&server.store, 0).await.unwrap(), 1);
        assert!(files(&server).is_empty());
    }
}

#[tokio::test]
async fn a_folder_in_a_file_name_is_left_out_and_an_empty_name_refused() {
    let server = TestServer::embedded().await;
    let token = opened(&server).await;
    let sent = send(
        &server,
        &token,
        "/uploads?name=..%2F..%2Fbook.csv",
        b"a\n1\n",
    )
    .await;
    assert_eq!(sent.expect(201).json()["name"], "book.csv");
    let refused = send(&server, &token, "/uploads?name=%2F", b"a\n1\n").await;
    assert_eq!(refused.code(), "invalid_request");
}
