//! What can be wrong about an account or a session.

use axum::http::StatusCode;
use storage::StorageError;

use crate::access::PasswordError;
use crate::http::{Problem, Text};
use crate::protection::KeyError;

/// A sign-in or an account that is refused.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// Name and password do not belong together; which of them is wrong is not said.
    #[error("name or password is wrong")]
    Credentials,
    /// Too many failures under this name.
    #[error("too many failures under this name; try again in {0} seconds")]
    Pause(i64),
    /// The name of a new account is empty, too long or holds other characters.
    #[error("a name has 1 to 64 letters, digits, dots, hyphens or underscores")]
    Name,
    /// Somebody has the name.
    #[error("an account with this name exists already")]
    Taken,
    /// Nobody has the name.
    #[error("there is no account with this name")]
    Unknown,
    /// The store names a role that this release does not know.
    #[error("the store names the role {0}, which this release does not know")]
    Role(String),
    /// A saved view that cannot be saved so: which part, and what to correct.
    #[error("{field} {en}")]
    View {
        /// Which part.
        field: &'static str,
        /// What to correct, in Chinese.
        zh: &'static str,
        /// What to correct, going on from the field.
        en: &'static str,
    },
    /// Another view of the account has the name.
    #[error("another view has this name")]
    ViewTaken,
    /// The account has no such view.
    #[error("there is no view {0} that you may change")]
    UnknownView(i64),
    /// A saved view in the store cannot be read.
    #[error("a saved view in the store cannot be read")]
    Damaged,
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// No randomness for a token.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let detail = error.to_string();
        let (status, code, title) = match error {
            AccessError::Credentials => (
                StatusCode::UNAUTHORIZED,
                "wrong_credentials",
                Text::new("用户名或口令不正确", "name or password is wrong"),
            ),
            AccessError::Pause(seconds) => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_failures",
                Text::new(
                    format!("失败次数过多，请 {seconds} 秒后再试"),
                    format!("too many failures; try again in {seconds} seconds"),
                ),
            ),
            AccessError::Name => (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                Text::new(
                    "用户名应为 1 至 64 个字母、数字、点、连字符或下划线",
                    &detail,
                ),
            ),
            AccessError::Taken => (
                StatusCode::CONFLICT,
                "account_exists",
                Text::new("已有同名用户", &detail),
            ),
            AccessError::Unknown => (
                StatusCode::NOT_FOUND,
                "unknown_account",
                Text::new("没有这个用户", &detail),
            ),
            AccessError::Password(PasswordError::Length(_)) => (
                StatusCode::BAD_REQUEST,
                "invalid_request",
                Text::new("口令应为 10 至 1000 字节", &detail),
            ),
            AccessError::View { field, zh, .. } => {
                return Self::invalid(Text::new(zh, &detail)).field(field);
            }
            AccessError::ViewTaken => (
                StatusCode::CONFLICT,
                "saved_view_exists",
                Text::new("已有同名视图", &detail),
            ),
            AccessError::UnknownView(_) => (
                StatusCode::NOT_FOUND,
                "unknown_saved_view",
                Text::new("没有这个视图，或它不是您的", &detail),
            ),
            AccessError::Role(_)
            | AccessError::Damaged
            | AccessError::Password(PasswordError::Hash(_)) => {
                return Self::internal("access", &detail);
            }
            AccessError::Key(error) => return error.into(),
            AccessError::Storage(error) => return error.into(),
        };
        Self::new(status, code, title).detail(detail)
    }
}
