//! What went wrong, as `application/problem+json` (RFC 9457).
//!
//! The code never changes; the wording may. The `From` of an error stands in the module of the
//! error, so that this one knows no capability.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Serialize, Serializer};
use storage::StorageError;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::Text;
use crate::protection::KeyError;

/// An answer that says what to correct.
#[derive(Debug, Clone)]
pub struct Problem(Box<Content>);

#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Content {
    /// A relative address that names the code.
    #[serde(rename = "type")]
    address: String,
    /// What a person reads.
    title: Text,
    status: u16,
    /// What a program decides by; never changes.
    #[schema(value_type = String)]
    code: &'static str,
    /// More about this one occurrence.
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail_zh: Option<String>,
    /// The field of the request that must be corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Problem {
    /// A problem; the detail repeats the English title until somebody says more.
    pub fn new(status: StatusCode, code: &'static str, title: impl Into<Text>) -> Self {
        let title = title.into();
        Self(Box::new(Content {
            address: format!("/problems/{code}"),
            detail: title.en.clone(),
            title,
            status: status.as_u16(),
            code,
            detail_zh: None,
            field: None,
        }))
    }

    /// A request that cannot be understood or is refused as it stands: 400 `invalid_request`.
    pub fn invalid(title: impl Into<Text>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", title)
    }

    /// Something in the address does not exist: 404 with its own code, such as `unknown_customer`.
    pub fn unknown(code: &'static str, title: impl Into<Text>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, title)
    }

    /// The state of things forbids it: 409.
    pub fn conflict(code: &'static str, title: impl Into<Text>) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    /// Something of ours failed: 500. The cause goes to the log and not to the caller.
    pub fn internal(code: &'static str, cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(code, %cause, "a request failed");
        let title = Text::new(
            "系统内部出错，请稍后重试；日志中有原因",
            "the server failed; try again later, the log has the cause",
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, code, title)
    }

    /// Says more about this occurrence, in English. No personal data: proxies log answers.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// Says more about this occurrence, in Chinese.
    #[must_use]
    pub fn detail_zh(mut self, detail: impl Into<String>) -> Self {
        self.0.detail_zh = Some(detail.into());
        self
    }

    /// Names the field of the request that must be corrected.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// The stable word for it.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The status of HTTP.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Part of another answer: what stopped a batch, why a line of a stream was refused.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        Content::schema()
    }
}

impl ToSchema for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, axum::Json(self.0)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(_) => Self::conflict(
                "conflict",
                Text::new(
                    "已有相同的数据，或他人刚刚修改过",
                    "the same value stands there already, or somebody else was first",
                ),
            ),
            error => Self::internal("storage", &error),
        }
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Storage(error) => error.into(),
            error => Self::internal("keys", &error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_said_goes_to_the_log_only() {
        let problem = Problem::from(StorageError::Address("postgres://user:secret@host".into()));
        let written = serde_json::to_string(&problem.0).unwrap();
        assert!(!written.contains("secret"), "{written}");
        assert_eq!(problem.code(), "storage");
    }

    #[test]
    fn a_problem_says_what_to_correct_in_both_languages() {
        let problem = Problem::invalid(Text::new("信任度应为 0 至 100", "trust is 0 to 100"))
            .field("trust")
            .detail("trust is 101, 0 to 100 is required");
        insta::assert_json_snapshot!(problem.0, @r###"
        {
          "type": "/problems/invalid_request",
          "title": {
            "zh": "信任度应为 0 至 100",
            "en": "trust is 0 to 100"
          },
          "status": 400,
          "code": "invalid_request",
          "detail": "trust is 101, 0 to 100 is required",
          "field": "trust"
        }
        "###);
    }
}
