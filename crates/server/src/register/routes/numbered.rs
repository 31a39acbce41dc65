//! The customer number in the address of a request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::register::CustomerNumber;

use crate::http::{Path, Problem};
use crate::register::read_number;

/// The customer that an address names; an address without a well-formed number is refused.
#[derive(Debug, Clone, Copy)]
pub struct Numbered(pub CustomerNumber);

impl<S: Send + Sync> FromRequestParts<S> for Numbered {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(number) = Path::<String>::from_request_parts(parts, state).await?;
        Ok(Self(read_number(&number)?))
    }
}
