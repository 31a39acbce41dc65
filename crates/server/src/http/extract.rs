//! What a request brought: as in axum, but a refusal is a [`Problem`].

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::http::StatusCode;

use crate::http::{Problem, Text};

/// The body of a request, read from JSON. Answers are `Disclosed`, never this.
#[derive(Debug, Clone, Copy, FromRequest)]
#[from_request(via(axum::Json), rejection(Problem))]
pub struct Json<T>(pub T);

/// The variable parts of the path.
#[derive(Debug, Clone, Copy, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

/// The part of the address behind the question mark.
#[derive(Debug, Clone, Copy, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => super::limits::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                Text::new(
                    "请求应为 JSON：请加 content-type: application/json",
                    "the request must be JSON: send content-type: application/json",
                ),
            ),
            _ => Self::invalid(Text::new(
                "请求的 JSON 无法读取",
                "the JSON of the request cannot be read",
            ))
            .detail(without_values(&rejection.body_text())),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::invalid(Text::new(
            "地址中的编号无法读取",
            "a part of the address cannot be read",
        ))
    }
}

impl From<QueryRejection> for Problem {
    fn from(_: QueryRejection) -> Self {
        Self::invalid(Text::new(
            "地址中问号后的参数无法读取",
            "a parameter behind the question mark cannot be read",
        ))
    }
}

/// Where and what, without what was written: serde quotes the text it could not use, and that may
/// be somebody's number.
pub(crate) fn without_values(said: &str) -> String {
    let mut kept = String::with_capacity(said.len());
    for (place, piece) in said.split('"').enumerate() {
        kept.push_str(if place % 2 == 0 { piece } else { "…" });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_does_not_repeat_what_was_sent() {
        let said = "trust: invalid type: string \"110101199003078515\", expected i64 at line 1";
        assert_eq!(
            without_values(said),
            "trust: invalid type: string …, expected i64 at line 1"
        );
    }
}
