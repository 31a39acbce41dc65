//! `Idempotency-Key` (幂等键): a write that is sent again is not done again.
//!
//! The key is claimed in the store before the work begins and the answer is kept, sealed, when it
//! ends. So the work is done at most once, whoever repeats the request and whenever: a repetition
//! that finds the answer gets it; one that finds a claim without an answer (still working, or the
//! process died in between) is told so, and does nothing.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use storage::StorageError;

use crate::clock::Micros;
use crate::http::{Caller, Problem, Text, limits};
use crate::store::Store;

/// How long an answer is kept.
const KEPT_FOR: Micros = 24 * 60 * 60 * 1_000_000;
const LONGEST_KEY: usize = 200;
/// A longer answer cannot be kept; no write gives one.
const LONGEST_ANSWER: usize = 4 << 20;
/// Stands in the store until the answer does.
const UNANSWERED: i64 = 0;

/// Whose key, and for what request.
#[derive(Debug, Clone, Copy)]
struct Claim {
    account: i64,
    key: [u8; 32],
    request: [u8; 32],
}

/// What is kept of an answer.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    content_type: Option<String>,
    etag: Option<String>,
    body: Vec<u8>,
}

/// A layer: does a write with an `Idempotency-Key` at most once. It stands behind the layer that
/// recognises the [`Caller`]; nobody's request passes through to be refused there.
pub async fn once(State(store): State<Store>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").cloned();
    let caller = request.extensions().get::<Caller>().copied();
    match (key, caller) {
        (Some(key), Some(caller)) if !request.method().is_safe() => {
            claim_and_run(store, caller, &key, request, next)
                .await
                .unwrap_or_else(IntoResponse::into_response)
        }
        _ => next.run(request).await,
    }
}

/// Forgets answers that are older than a day.
pub async fn purge(store: &Store) -> Result<u64, StorageError> {
    let (mut transaction, now) = store.write().await?;
    let before = now - KEPT_FOR;
    let purged = transaction
        .execute(include_str!("purge_idempotency.sql"), [before.into()])
        .await?;
    transaction.commit().await?;
    Ok(purged)
}

async fn claim_and_run(
    store: Store,
    caller: Caller,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let (claim, request) = read(caller, key, request).await?;
    // A caller that hangs up must not stop the work half-way, nor between the claim and the work:
    // then nobody would know the answer.
    let work = tokio::spawn(async move {
        if let Some(answer) = take(&store, claim).await? {
            return Ok(answer);
        }
        let response = next.run(request).await;
        keep(&store, claim, response).await
    });
    work.await
        .map_err(|error| Problem::internal("interrupted", &error))?
}

async fn read(
    Caller(account): Caller,
    key: &HeaderValue,
    request: Request,
) -> Result<(Claim, Request), Problem> {
    if key.is_empty() || key.len() > LONGEST_KEY {
        let title = Text::new(
            "Idempotency-Key 应为 1 至 200 个字符",
            "Idempotency-Key has 1 to 200 characters",
        );
        return Err(Problem::invalid(title).field("Idempotency-Key"));
    }
    if limits::is_streamed(request.headers()) {
        let title = Text::new(
            "流式上传不支持 Idempotency-Key",
            "a streamed body takes no Idempotency-Key",
        );
        return Err(Problem::invalid(title).field("Idempotency-Key"));
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, limits::JSON_BYTES)
        .await
        .map_err(|_| limits::too_large())?;
    let claim = Claim {
        account,
        key: vault::token_digest(key.as_bytes()),
        request: request_digest(parts.method.as_str(), &parts.uri.to_string(), &body),
    };
    Ok((claim, Request::from_parts(parts, Body::from(body))))
}

/// Method, address and body; the method and the address hold no zero byte.
fn request_digest(method: &str, address: &str, body: &Bytes) -> [u8; 32] {
    let mut digest = vault::Sha256Stream::new();
    for part in [method.as_bytes(), b"\0", address.as_bytes(), b"\0", body] {
        digest.update(part);
    }
    digest.finish()
}

/// Claims the key; gives the kept answer when somebody was first.
async fn take(store: &Store, claim: Claim) -> Result<Option<Response>, Problem> {
    let (mut transaction, now) = store.write_together().await?;
    let cells = [
        claim.account.into(),
        claim.key.into(),
        claim.request.into(),
        Vec::new().into(),
        now.into(),
    ];
    let claimed = transaction
        .execute(include_str!("claim_idempotency.sql"), cells)
        .await;
    match claimed {
        Ok(_) => transaction.commit().await?,
        Err(StorageError::Duplicate(_)) => {
            drop(transaction);
            return find(store, claim).await.map(Some);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(None)
}

async fn find(store: &Store, claim: Claim) -> Result<Response, Problem> {
    let mut transaction = store.database.read().await?;
    let cells = [claim.account.into(), claim.key.into()];
    let row = transaction
        .fetch_optional(include_str!("find_idempotency.sql"), cells)
        .await?
        // The first request failed in this very moment and gave its key back.
        .ok_or_else(in_progress)?;
    if row.array::<32>(0)? != claim.request {
        return Err(Problem::conflict(
            "idempotency_conflict",
            Text::new(
                "同一 Idempotency-Key 已用于另一请求",
                "this Idempotency-Key was used for another request",
            ),
        )
        .field("Idempotency-Key"));
    }
    match row.integer(1)? {
        UNANSWERED => Err(in_progress()),
        status => open(store, claim, status, &row.bytes(2)?),
    }
}

fn in_progress() -> Problem {
    Problem::conflict(
        "request_in_progress",
        Text::new(
            "同一请求正在处理或曾中断，请先查询结果",
            "the same request is being worked on or was cut off; look for its result first",
        ),
    )
}

/// Keeps a success. A refusal changed nothing and gives the key back; a failure of ours may have
/// changed something, so its key stays claimed.
async fn keep(store: &Store, claim: Claim, response: Response) -> Result<Response, Problem> {
    let status = response.status();
    if status.is_server_error() {
        return Ok(response);
    }
    if !status.is_success() {
        let (mut transaction, _) = store.write_together().await?;
        let cells = [claim.account.into(), claim.key.into()];
        transaction
            .execute(include_str!("release_idempotency.sql"), cells)
            .await?;
        transaction.commit().await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_ANSWER)
        .await
        .map_err(|error| Problem::internal("answer", &error))?;
    let answer = Answer {
        content_type: text_of(&parts.headers, header::CONTENT_TYPE.as_str()),
        etag: text_of(&parts.headers, header::ETAG.as_str()),
        body: body.to_vec(),
    };
    let plain = serde_json::to_vec(&answer).map_err(|error| Problem::internal("json", &error))?;
    let sealed = store
        .keys
        .seal(store.keys.answers(), &place(claim), &plain)?;
    let (mut transaction, _) = store.write_together().await?;
    let cells = [
        claim.account.into(),
        claim.key.into(),
        i64::from(status.as_u16()).into(),
        sealed.into(),
    ];
    transaction
        .execute(include_str!("answer_idempotency.sql"), cells)
        .await?;
    transaction.commit().await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn open(store: &Store, claim: Claim, status: i64, sealed: &[u8]) -> Result<Response, Problem> {
    let unreadable = |error: &dyn std::fmt::Display| Problem::internal("answer", error);
    let plain = vault::open(store.keys.answers(), &place(claim), sealed)
        .map_err(|error| unreadable(&error))?;
    let answer: Answer = serde_json::from_slice(&plain).map_err(|error| unreadable(&error))?;
    let status = u16::try_from(status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok())
        .ok_or_else(|| unreadable(&"status"))?;
    let mut response = (status, Body::from(answer.body)).into_response();
    let headers = [
        (header::CONTENT_TYPE, answer.content_type),
        (header::ETAG, answer.etag),
    ];
    for (name, value) in headers {
        let value = value.and_then(|value| HeaderValue::try_from(value).ok());
        match value {
            Some(value) => response.headers_mut().insert(name, value),
            None => response.headers_mut().remove(name),
        };
    }
    Ok(response)
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    value.to_str().ok().map(str::to_owned)
}

/// What a sealed answer is bound to.
fn place(claim: Claim) -> Vec<u8> {
    [
        b"idempotency".as_slice(),
        &claim.account.to_be_bytes(),
        &claim.key,
        &claim.request,
    ]
    .concat()
}
