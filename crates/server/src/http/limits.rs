//! Everything from outside has a limit: bytes of a body, time of an answer, silence of a stream.

use std::pin::Pin;
use std::time::Duration;

use axum::RequestExt;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::{Problem, Text};

/// Bytes of a JSON request.
pub const JSON_BYTES: usize = 1 << 20;
/// Bytes of a corrected quarantine sheet.
pub const SHEET_BYTES: usize = 64 << 20;
/// Bytes of an uploaded file or of a stream of records.
pub const UPLOAD_BYTES: usize = 4 << 30;

/// A JSON request is answered within this time, or refused.
const PATIENCE: Duration = Duration::from_mins(1);
/// A stream may be silent for so long.
const SILENCE: Duration = Duration::from_secs(30);

/// The limit of routes that take JSON: all that do not say otherwise.
pub fn json() -> DefaultBodyLimit {
    DefaultBodyLimit::max(JSON_BYTES)
}

/// The limit of routes that take a spreadsheet.
pub fn sheet() -> DefaultBodyLimit {
    DefaultBodyLimit::max(SHEET_BYTES)
}

/// The limit of routes that take a file or a stream of records.
pub fn upload() -> DefaultBodyLimit {
    DefaultBodyLimit::max(UPLOAD_BYTES)
}

/// A layer: refuses a request that takes too long. A streamed body has a limit of silence instead,
/// see [`StreamedBody::next_chunk`].
pub async fn time(request: Request, next: Next) -> Response {
    if is_streamed(request.headers()) {
        return next.run(request).await;
    }
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "timeout",
            Text::new(
                "处理超时，请稍后重试",
                "the request took too long; try again later",
            ),
        )
        .into_response(),
    }
}

/// Whether a body comes in pieces: whatever is not JSON.
pub fn is_streamed(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| !kind.as_bytes().starts_with(b"application/json"))
}

/// A body that is longer than its route takes.
pub fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        Text::new(
            "内容超过允许的大小",
            "the body is longer than this address takes",
        ),
    )
}

/// A body that comes in pieces and is never held whole. The limit is that of the route, set by
/// `.layer(limits::upload())`.
#[derive(Debug)]
pub struct StreamedBody(Body);

impl StreamedBody {
    /// The next piece; none at the end.
    pub async fn next_chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            let frame = std::future::poll_fn(|context| Pin::new(&mut self.0).poll_frame(context));
            let frame = tokio::time::timeout(SILENCE, frame).await;
            match frame.map_err(|_| interrupted())? {
                None => return Ok(None),
                Some(Err(error)) => return Err(refused(&error)),
                // Trailers are not data.
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Ok(Some(bytes));
                    }
                }
            }
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for StreamedBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        Ok(Self(request.into_limited_body()))
    }
}

fn interrupted() -> Problem {
    Problem::new(
        StatusCode::REQUEST_TIMEOUT,
        "interrupted",
        Text::new(
            "传输中断，请重新发送",
            "the transfer stopped; send it again",
        ),
    )
}

/// A limit is recognised by what it says: the error type of the limit is private to its crate.
fn refused(error: &axum::Error) -> Problem {
    if error.to_string().contains("length limit exceeded") {
        too_large()
    } else {
        interrupted()
    }
}
