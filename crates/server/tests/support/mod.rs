//! A whole server for a test, on each database that is there, asked without a socket.

#![allow(
    dead_code,
    reason = "each test binary uses the part of this that it needs"
)]

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode, header};
use serde_json::Value;
use server::access::{self, Actor, NewAccount, Role};
use server::wiring::{Settings, app};
use server::{Store, StoreOptions};
use storage::{Durability, Location};
use tempfile::TempDir;
use tower::ServiceExt;

/// What every account of a test signs in with.
pub const PASSWORD: &str = "a password of tests";

/// A server with an empty store of its own.
pub struct TestServer {
    pub store: Store,
    pub app: Router,
    _folder: TempDir,
}

/// A request on its way to a [`TestServer`].
pub struct Asked<'a> {
    server: &'a TestServer,
    method: Method,
    address: String,
    headers: Vec<(HeaderName, String)>,
    body: Vec<u8>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl TestServer {
    /// On a file, and on PostgreSQL when `HUBU_TEST_POSTGRES` names a server.
    pub async fn each() -> Vec<Self> {
        let mut servers = vec![Self::embedded().await];
        if let Ok(url) = std::env::var("HUBU_TEST_POSTGRES") {
            servers.push(
                Self::open(|part| Location::Server {
                    url: url.clone(),
                    schema: schema(part),
                })
                .await,
            );
        }
        servers
    }

    /// On a file: for what does not depend on the database.
    pub async fn embedded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        Self::open_in(folder, |part| {
            Location::File(path.join(format!("{part}.db")))
        })
        .await
    }

    /// Two servers on one database, where `HUBU_TEST_POSTGRES` names a server.
    pub async fn pair() -> Option<(Self, Self)> {
        let url = std::env::var("HUBU_TEST_POSTGRES").ok()?;
        let schemas = [("data", schema("data")), ("keys", schema("keys"))];
        let location = |part: &str| Location::Server {
            url: url.clone(),
            schema: schemas[usize::from(part == "keys")].1,
        };
        let first = Self::open(location).await;
        // Both read the master key of the first.
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(
            first.store.folder().join("master.key"),
            folder.path().join("master.key"),
        )
        .unwrap();
        let second = Self::open_in(folder, location).await;
        Some((first, second))
    }

    async fn open(location: impl Fn(&str) -> Location) -> Self {
        Self::open_in(tempfile::tempdir().unwrap(), location).await
    }

    async fn open_in(folder: TempDir, location: impl Fn(&str) -> Location) -> Self {
        let options = StoreOptions {
            folder: folder.path().to_owned(),
            database_url: None,
            durability: Durability::Process,
        };
        let store = Store::open_at(&options, location("data"), location("keys"), None)
            .await
            .unwrap();
        Self {
            app: app(store.clone(), Settings::default()),
            store,
            _folder: folder,
        }
    }

    /// The token of a new session of somebody with a role. The account is called like the role.
    pub async fn token(&self, role: Role) -> String {
        let account = NewAccount {
            name: role.name(),
            display_name: role.name(),
            role,
            password: PASSWORD,
        };
        let made = access::create_account(&self.store, &Actor::operator(), account).await;
        assert!(
            matches!(made, Ok(_) | Err(access::AccessError::Taken)),
            "{made:?}"
        );
        self.session(role).await
    }

    /// The token of another session of an account that `token` made.
    pub async fn session(&self, role: Role) -> String {
        let opened = access::open_session(&self.store, role.name()).await;
        opened.unwrap().token
    }

    /// A request; the address stands below `/api/v1` unless it says `/api/…` or `/health/…` itself.
    pub fn ask(&self, method: Method, address: &str) -> Asked<'_> {
        let is_whole = ["/api/", "/health/"]
            .iter()
            .any(|start| address.starts_with(start));
        let prefix = if is_whole { "" } else { "/api/v1" };
        Asked {
            server: self,
            method,
            address: format!("{prefix}{address}"),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// `GET` with a token.
    pub async fn get(&self, token: &str, address: &str) -> Answer {
        self.ask(Method::GET, address).token(token).send().await
    }

    /// `POST` of JSON with a token.
    pub async fn post(&self, token: &str, address: &str, body: &Value) -> Answer {
        let asked = self.ask(Method::POST, address).token(token);
        asked.json(body).send().await
    }
}

impl Asked<'_> {
    /// As a client of the API.
    pub fn token(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION, &format!("Bearer {token}"))
    }

    /// With one more header.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        let text = body.to_string();
        self.header(header::CONTENT_TYPE, "application/json")
            .bytes(text.into_bytes())
    }

    /// With a body of bytes.
    pub fn bytes(mut self, bytes: Vec<u8>) -> Self {
        self.body = bytes;
        self
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.address);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        answer(self.server.app.clone(), request).await
    }
}

impl Answer {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: HeaderName) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().unwrap());
        value.unwrap_or_default()
    }

    /// The same answer, if it has the status that the test expects.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        let said = String::from_utf8_lossy(&self.bytes);
        assert_eq!(self.status.as_u16(), status, "{said}");
        self
    }
}

/// What a router answers.
pub async fn answer(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes: bytes.to_vec(),
    }
}

/// A schema name of this test; it lives as long as the process, and tests are short.
fn schema(part: &str) -> &'static str {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("http_{}_{number}_{part}", std::process::id()).leak()
}
