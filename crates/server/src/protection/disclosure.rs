//! Disclosure (披露): the one way by which something leaves the server.
//!
//! A handler answers with [`Disclosed`], which only takes what says of itself that it may leave
//! ([`Disclose`]); the domain types that hold what records say do not even serialise. Text that may
//! be sensitive reaches such an answer as [`Shown`], and only [`Disclosure`] makes one: masked,
//! unless the class is general or somebody stated a purpose.

use std::fmt;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::protection::Mask;
use domain::register::{Catalogue, Class, FieldId};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::{Page, Problem};

/// What is left of a value that nobody has classified yet.
const UNKNOWN: Mask = Mask::Keep { first: 1, last: 0 };

/// A wire type that may leave the server: whatever in it may be sensitive is [`Shown`].
pub trait Disclose: Serialize {}

impl<T: Disclose> Disclose for Page<T> {}
impl<T: Disclose> Disclose for Vec<T> {}

/// The body of an answer.
#[derive(Debug)]
pub struct Disclosed<T> {
    value: T,
    status: StatusCode,
    etag: Option<String>,
}

impl<T: Disclose> Disclosed<T> {
    /// An answer with status 200.
    pub fn of(value: T) -> Self {
        Self {
            value,
            status: StatusCode::OK,
            etag: None,
        }
    }

    /// An answer with status 201: something was made.
    pub fn created(value: T) -> Self {
        Self::of(value).with_status(StatusCode::CREATED)
    }

    /// An answer with status 202: something was begun.
    pub fn accepted(value: T) -> Self {
        Self::of(value).with_status(StatusCode::ACCEPTED)
    }

    /// The tag of the answer, when it is more than the digest of its text.
    #[must_use]
    pub fn with_etag(mut self, etag: String) -> Self {
        self.etag = Some(etag);
        self
    }

    fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl<T: Disclose> IntoResponse for Disclosed<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.value)).into_response();
        if let Some(etag) = self.etag {
            match HeaderValue::try_from(etag) {
                Ok(etag) => response.headers_mut().insert(header::ETAG, etag),
                Err(error) => return Problem::internal("etag", &error).into_response(),
            };
        }
        response
    }
}

/// Text as one reader may see it. JSON writes it as a plain string; whether it is masked is a field
/// of its own beside it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Shown {
    text: String,
    #[serde(skip)]
    masked: bool,
}

impl Shown {
    /// Whether something is hidden.
    pub fn is_masked(&self) -> bool {
        self.masked
    }
}

impl PartialSchema for Shown {
    fn schema() -> RefOr<Schema> {
        String::schema()
    }
}

impl ToSchema for Shown {}

impl fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = if self.masked { "masked" } else { "clear" };
        write!(formatter, "Shown({masked}, {} bytes)", self.text.len())
    }
}

/// Why somebody needs to see a value in full (R8.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[doc(alias = "查看目的")]
pub enum Purpose {
    /// Serving the customer who is here.
    Service,
    /// Checking who somebody is.
    Verification,
    /// A duty of the law.
    Compliance,
    /// Correcting what is wrong.
    Correction,
}

/// What of a value is shown, by the declarations in force.
#[derive(Debug, Clone)]
pub struct Disclosure {
    catalogue: Arc<Catalogue>,
}

impl Disclosure {
    /// By the declarations of a store.
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        Self { catalogue }
    }

    /// A value as everybody sees it. The class is that of the block it stood in: what was sealed as
    /// unknown stays masked even after somebody declared its column general.
    pub fn show(&self, field: FieldId, text: &str, class: Class) -> Shown {
        let declared = self.catalogue.class(field);
        if declared == Class::General && class == Class::General {
            return clear(text);
        }
        let mask = self
            .catalogue
            .attribute(field)
            .map_or(UNKNOWN, |attribute| attribute.mask);
        masked(mask, text)
    }

    /// Text that belongs to no field and may name somebody, such as a source's own key.
    pub fn show_undeclared(&self, text: &str) -> Shown {
        masked(UNKNOWN, text)
    }

    /// A value in full. Only `access::reveal` asks for it, which writes down who asked and why.
    pub(crate) fn in_full(text: &str, _purpose: Purpose) -> Shown {
        clear(text)
    }
}

fn clear(text: &str) -> Shown {
    Shown {
        text: text.to_owned(),
        masked: false,
    }
}

fn masked(mask: Mask, text: &str) -> Shown {
    Shown {
        text: mask.apply(text),
        masked: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disclosure() -> Disclosure {
        let pack = include_str!("../../../../packs/cn-base/attributes.toml");
        Disclosure::new(Arc::new(Catalogue::parse(pack).unwrap()))
    }

    #[track_caller]
    fn shown(name: &str, text: &str, class: Class) -> (String, bool) {
        let disclosure = disclosure();
        let field = disclosure.catalogue.named(name).unwrap().id;
        let shown = disclosure.show(field, text, class);
        (shown.text, shown.masked)
    }

    #[test]
    fn a_sensitive_value_is_masked_and_a_general_one_is_not() {
        let (text, masked) = shown("mobile", "13812345678", Class::Sensitive);
        assert_ne!(text, "13812345678");
        assert!(masked);
        let name = disclosure().catalogue.class(FieldId(1));
        assert_eq!(
            name,
            Class::General,
            "the name is what a person is found by"
        );
    }

    #[test]
    fn what_was_sealed_as_unknown_stays_masked_after_its_column_is_declared() {
        assert!(
            shown("name", "张三丰", Class::Unknown).1,
            "the block decides too"
        );
        assert_eq!(
            shown("name", "张三丰", Class::General),
            ("张三丰".into(), false)
        );
    }

    #[test]
    fn a_column_nobody_recognised_shows_its_first_character() {
        let shown = disclosure().show(FieldId(FieldId::FIRST_COLUMN), "机密内容", Class::Unknown);
        assert_eq!(serde_json::to_string(&shown).unwrap(), "\"机***\"");
        assert_eq!(format!("{shown:?}"), "Shown(masked, 6 bytes)");
    }
}
