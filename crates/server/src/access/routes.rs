//! Sign in, who am I, sign out.

use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::recognise::Token;
use crate::access::saved_view_routes;
use crate::access::{
    Actor, CookieSettings, OpenedSession, Permission, Role, SignInGuard, sign_in, sign_out,
};
use crate::http::{Instant, Json, Problem};
use crate::protection::{Disclose, Disclosed};
use crate::store::Store;

/// The routes of this module.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new()
        .routes(routes!(open_session))
        .routes(routes!(current_session, close_session))
        .merge(saved_view_routes::routes())
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
struct Credentials {
    name: String,
    #[schema(format = Password)]
    password: String,
}

/// Who somebody is.
#[derive(Debug, Serialize, ToSchema)]
struct Account {
    name: String,
    display_name: String,
    role: Role,
}

/// A session that was just opened.
#[derive(Serialize, ToSchema)]
struct SignedIn {
    /// For clients that send `Authorization: Bearer`; a browser has the cookie.
    token: String,
    account: Account,
    expires_at: Instant,
}

/// The session of this request.
#[derive(Debug, Serialize, ToSchema)]
struct Session {
    account: Account,
    permissions: Vec<Permission>,
    locale: &'static str,
    expires_at: Instant,
}

impl Disclose for SignedIn {}
impl Disclose for Session {}

impl From<Actor> for Account {
    fn from(actor: Actor) -> Self {
        Self {
            name: actor.name,
            display_name: actor.display_name,
            role: actor.role,
        }
    }
}

impl From<OpenedSession> for SignedIn {
    fn from(opened: OpenedSession) -> Self {
        Self {
            token: opened.token,
            expires_at: Instant(opened.actor.session_ends_at),
            account: opened.actor.into(),
        }
    }
}

impl From<Actor> for Session {
    fn from(actor: Actor) -> Self {
        Self {
            permissions: actor.role.permissions().to_vec(),
            locale: "zh-CN",
            expires_at: Instant(actor.session_ends_at),
            account: actor.into(),
        }
    }
}

/// Sign in
#[utoipa::path(post, path = "/sessions", tag = "session", security(()),
    responses((status = 201, description = "Signed in; the cookie is set", body = SignedIn)))]
async fn open_session(
    State(store): State<Store>,
    Extension(guard): Extension<SignInGuard>,
    Extension(cookie): Extension<CookieSettings>,
    Json(credentials): Json<Credentials>,
) -> Result<impl IntoResponse + use<>, Problem> {
    let opened = sign_in(&store, &guard, &credentials.name, &credentials.password).await?;
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie.header(&opened.token))]);
    Ok((cookie, Disclosed::created(SignedIn::from(opened))))
}

/// Who am I, and what may I do
#[utoipa::path(get, path = "/sessions/current", tag = "session",
    responses((status = 200, description = "The session of this request", body = Session)))]
async fn current_session(actor: Actor) -> Disclosed<Session> {
    Disclosed::of(actor.into())
}

/// Sign out
#[utoipa::path(delete, path = "/sessions/current", tag = "session",
    responses((status = 204, description = "Signed out; the cookie is taken away")))]
async fn close_session(
    State(store): State<Store>,
    actor: Actor,
    Extension(cookie): Extension<CookieSettings>,
    Extension(Token(token)): Extension<Token>,
) -> Result<impl IntoResponse + use<>, Problem> {
    sign_out(&store, &actor, &token).await?;
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie.header(""))]);
    Ok((StatusCode::NO_CONTENT, cookie))
}
