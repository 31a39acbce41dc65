//! Recognises the sender of a request, once, before anything else looks at it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::{Actor, session};
use crate::clock;
use crate::http::{Caller, Problem, Text};
use crate::store::Store;

const COOKIE: &str = "hubu_session";
/// A page of another site cannot send this header without asking first.
const OWN_REQUEST: &str = "x-hubu-request";

/// How the cookie is set.
#[derive(Debug, Clone, Copy, Default)]
pub struct CookieSettings {
    /// Sent over TLS only: for a server behind a proxy that speaks it.
    pub secure: bool,
}

impl CookieSettings {
    /// The header that gives the cookie, or takes it away when the token is empty.
    pub(super) fn header(self, token: &str) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        let life = if token.is_empty() { "; Max-Age=0" } else { "" };
        format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{life}")
    }
}

/// The token that a request came with.
#[derive(Debug, Clone)]
pub(super) struct Token(pub String);

/// A layer: puts the [`Actor`] into the request when its token is good. A token that is not good
/// makes nobody of the sender; what needs somebody then refuses.
pub async fn recognise(State(store): State<Store>, mut request: Request, next: Next) -> Response {
    match find(&store, request.method(), request.headers()).await {
        Ok(Some((actor, token))) => {
            let extensions = request.extensions_mut();
            if let Some(account) = actor.account {
                extensions.insert(Caller(account));
            }
            extensions.insert(actor);
            extensions.insert(token);
        }
        Ok(None) => {}
        Err(problem) => return problem.into_response(),
    }
    next.run(request).await
}

async fn find(
    store: &Store,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Option<(Actor, Token)>, Problem> {
    let (token, by_cookie) = match (bearer(headers), cookie(headers)) {
        (Some(token), _) => (token, false),
        (None, Some(token)) => (token, true),
        (None, None) => return Ok(None),
    };
    let found = session::find_actor(store, token, clock::now()).await?;
    let Some(actor) = found else {
        return Ok(None);
    };
    if by_cookie && !method.is_safe() && !headers.contains_key(OWN_REQUEST) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "foreign_request",
            Text::new(
                "用 cookie 登录的写操作须带 x-hubu-request 头",
                "a write with the cookie needs the header x-hubu-request",
            ),
        ));
    }
    Ok(Some((actor, Token(token.to_owned()))))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token)
}
