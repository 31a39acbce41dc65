//! The wiring: routes of all modules behind the layers of `http`, and what runs beside them.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, header};
use axum::routing::get;
use axum::{Extension, Router, middleware};
use serde_json::Value;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::access::{self, CookieSettings, SignInGuard};
use crate::http::{Problem, console, etag, headers, idempotency, limits, openapi};
use crate::protection::KeyError;
use crate::store::Store;
use crate::{audit, authenticity, intake, operation, packs, pipeline, register, resolution};

const PURGE_PERIOD: Duration = Duration::from_hours(1);

/// What an institution may set about HTTP.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// How the session cookie is set.
    pub cookie: CookieSettings,
    /// The batches that this server runs.
    pub imports: pipeline::Imports,
}

/// Everything that the server answers.
pub fn app(store: Store, settings: Settings) -> Router {
    let (api, document) = api().split_for_parts();
    let document = written(&document);
    let api = api
        .route_layer(middleware::from_fn_with_state(
            store.clone(),
            idempotency::once,
        ))
        .route_layer(middleware::from_fn_with_state(
            store.clone(),
            access::recognise,
        ))
        .route_layer(middleware::from_fn(etag::tag))
        .layer(middleware::from_fn(limits::time))
        .layer(limits::json())
        .layer(Extension(SignInGuard::default()))
        .layer(Extension(settings.imports))
        .layer(Extension(pipeline::Arrivals::default()))
        .layer(Extension(settings.cookie));
    Router::new()
        .merge(api)
        .merge(operation::health())
        .route("/api/openapi.json", get(async move || document))
        .fallback(console::serve)
        .method_not_allowed_fallback(console::method_not_allowed)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::protect))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(store)
}

/// The document of [`app`], as `/api/openapi.json` serves it.
pub fn document() -> Result<Value, serde_json::Error> {
    openapi::finish(api().get_openapi())
}

/// Answers on a listener until told to stop, then finishes what was begun.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, app)
        .with_graceful_shutdown(shutdown)
        .await
}

/// What a server does beside answering, for as long as it runs: numbers the audit log, looks after
/// batches and runs over the book, and forgets what has expired. First it reads
/// what the first record would wait for.
pub async fn run_jobs(store: Store, imports: pipeline::Imports) {
    if let Err(error) = resolution::make_ready(&store).await {
        tracing::warn!(%error, "models and closed keys will be read when they are first asked");
    }
    tokio::join!(
        audit::run(store.clone()),
        pipeline::look_after_batches(store.clone(), imports),
        resolution::look_after_runs(store.clone()),
        packs::look_after_backtests(store.clone()),
        packs::look_after_views(store.clone()),
        purge(store)
    );
}

fn api() -> OpenApiRouter<Store> {
    let routes = access::routes()
        .merge(register::routes())
        .merge(authenticity::routes())
        .merge(resolution::routes())
        .merge(packs::routes())
        .merge(intake::routes())
        .merge(pipeline::routes())
        .merge(operation::routes());
    OpenApiRouter::with_openapi(openapi::head()).nest("/api/v1", routes)
}

async fn purge(store: Store) {
    let mut ticks = tokio::time::interval(PURGE_PERIOD);
    loop {
        ticks.tick().await;
        let answers = idempotency::purge(&store).await;
        let sessions = access::purge_sessions(&store).await;
        let uploads = intake::purge_uploads(&store, intake::UPLOADS_KEPT_FOR).await;
        let ended = answers.and(sessions).map_err(KeyError::from);
        if let Err(error) = ended.and(uploads) {
            tracing::warn!(%error, "what has expired will be forgotten later");
        }
    }
}

type WrittenDocument = ([(HeaderName, &'static str); 1], Bytes);

/// The document and its type; it is made when the server starts, so it costs nothing to serve.
fn written(document: &OpenApi) -> Result<WrittenDocument, Problem> {
    let document =
        openapi::finish(document).map_err(|error| Problem::internal("openapi", &error))?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, Bytes::from(document.to_string())))
}

/// The route, never the address: an address holds the numbers of customers.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("console", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}
