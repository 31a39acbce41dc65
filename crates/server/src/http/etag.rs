//! Entity tags: a digest of the content, so that an unchanged answer costs no transfer (304) and a
//! change of something that changed meanwhile is refused (412).

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::http::{Problem, Text};

/// Longer answers are sent without a tag.
const LONGEST_TAGGED: usize = 8 << 20;

/// The tag of something as JSON writes it.
pub fn of<T: Serialize>(content: &T) -> Result<String, Problem> {
    let bytes = serde_json::to_vec(content).map_err(|error| Problem::internal("json", &error))?;
    Ok(of_bytes(&bytes))
}

fn of_bytes(bytes: &[u8]) -> String {
    let digest = vault::token_digest(bytes);
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..16]))
}

/// A layer: gives successful JSON answers to `GET` their tag, and answers 304 to whoever has it.
pub async fn tag(request: Request, next: Next) -> Response {
    let is_get = request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_get || response.status() != StatusCode::OK || !is_short_json(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, LONGEST_TAGGED).await {
        Ok(bytes) => bytes,
        Err(error) => return Problem::internal("answer", &error).into_response(),
    };
    let given = parts.headers.get(header::ETAG).cloned();
    let Some(tag) = given.or_else(|| HeaderValue::try_from(of_bytes(&bytes)).ok()) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let is_known = known.is_some_and(|known| names(&known, &tag));
    parts.headers.insert(header::ETAG, tag);
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn is_short_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let length = response.body().size_hint().exact();
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
        && length.is_some_and(|length| length <= LONGEST_TAGGED as u64)
}

/// Whether a list of tags holds one, or is `*`. A tag that a cache made weak still counts.
fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(list), Ok(tag)) = (list.to_str(), tag.to_str()) else {
        return false;
    };
    list.split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == "*" || one == tag)
}

/// The condition of a `PUT`: change it only if it is still as I saw it. Absent means: in any case.
#[derive(Debug, Clone)]
pub struct IfMatch(Option<HeaderValue>);

impl IfMatch {
    /// Refuses with 412 when what stands there has another tag. Ask inside the write transaction.
    pub fn check(&self, tag: &str) -> Result<(), Problem> {
        let current = HeaderValue::try_from(tag).ok();
        match (&self.0, current) {
            (None, _) => Ok(()),
            (Some(list), Some(current)) if names(list, &current) => Ok(()),
            (Some(_), _) => Err(Problem::new(
                StatusCode::PRECONDITION_FAILED,
                "precondition_failed",
                Text::new(
                    "他人已修改，请刷新后再改",
                    "somebody changed it meanwhile; read it again before changing it",
                ),
            )),
        }
    }
}

impl From<&HeaderMap> for IfMatch {
    fn from(headers: &HeaderMap) -> Self {
        Self(headers.get(header::IF_MATCH).cloned())
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::from(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn status(list: Option<&'static str>, tag: &str) -> Option<u16> {
        let list = list.map(HeaderValue::from_static);
        let refused = IfMatch(list).check(tag).err();
        refused.map(|problem| problem.status().as_u16())
    }

    #[test]
    fn a_change_needs_the_tag_that_stands_there() {
        let tag = of(&("source", 1)).unwrap();
        assert_eq!(status(None, &tag), None);
        assert_eq!(status(Some("*"), &tag), None);
        assert_eq!(status(Some("\"other\""), &tag), Some(412));
        assert_eq!(of(&("source", 1)).unwrap(), tag);
        assert_ne!(of(&("source", 2)).unwrap(), tag);
    }

    #[test]
    fn a_list_of_tags_and_a_weak_tag_are_understood() {
        assert_eq!(status(Some("\"a\", W/\"b\""), "\"b\""), None);
    }
}
