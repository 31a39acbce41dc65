//! The web console (控制台) inside the binary: files of the build, and `index.html` for every
//! address of the console itself.

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::http::{Problem, Text};

/// Vite writes the digest of the content into these names, so they never change.
const HASHED: &str = "assets/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "$HUBU_CONSOLE"]
struct Files;

/// The fallback of the router: whatever is no address of the API.
pub async fn serve(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || !matches!(method, Method::GET | Method::HEAD) {
        return unknown_address().into_response();
    }
    match Files::get(path) {
        Some(file) => answer(path, file.data.into_owned()),
        // An asset that is not there is an old page asking; it must not get HTML for a script.
        None if path.starts_with(HASHED) => unknown_address().into_response(),
        None => match Files::get("index.html") {
            Some(index) => answer("index.html", index.data.into_owned()),
            None => unknown_address().into_response(),
        },
    }
}

/// An address that nothing stands at.
pub fn unknown_address() -> Problem {
    Problem::unknown(
        "unknown_address",
        Text::new("没有这个地址", "nothing stands at this address"),
    )
}

/// A method that an address does not take.
pub async fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        Text::new(
            "此地址不支持这个方法",
            "this address does not take this method",
        ),
    )
}

fn answer(path: &str, bytes: Vec<u8>) -> Response {
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(path)),
    );
    let caching = if path.starts_with(HASHED) {
        FOR_EVER
    } else {
        "no-cache"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
