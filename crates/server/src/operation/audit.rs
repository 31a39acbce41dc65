//! The audit log over HTTP. It stands here because `audit` comes before `access`, and reading the log
//! needs a permission.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::audit::{Entry, Filter, list};
use crate::http::{Instant, Page, PageQuery, Problem, Query};
use crate::protection::{Disclose, Disclosed};
use crate::store::Store;

/// The routes of the log.
pub fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new().routes(routes!(list_audit))
}

/// What was done, by whom.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// The number in the log; none until the sequencer has been by.
    #[schema(required = false)]
    position: Option<i64>,
    at: Instant,
    actor: String,
    action: String,
    subject: String,
    /// Counts and reasons; no personal data.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    detail: serde_json::Value,
}

impl Disclose for AuditEntry {}

/// What of the log is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Only this action, such as `value.unmasked`.
    action: Option<String>,
    /// Only about this, such as `customer/000000000018`.
    subject: Option<String>,
}

/// Audit entries, newest first
#[utoipa::path(get, path = "/audit", tag = "audit", params(PageQuery, AuditQuery),
    responses((status = 200, description = "Audit entries", body = Page<AuditEntry>)))]
async fn list_audit(
    _: Allowed<need::Audit>,
    State(store): State<Store>,
    Query(page): Query<PageQuery>,
    Query(query): Query<AuditQuery>,
) -> Result<Disclosed<Page<AuditEntry>>, Problem> {
    let limit = page.limit()?;
    let (entries, count) = list(&store, &query.into(), page.after()?, limit).await?;
    let page = Page::of(entries, limit, count, |last| last.id);
    Ok(Disclosed::of(page.map(AuditEntry::from)))
}

impl From<AuditQuery> for Filter {
    fn from(query: AuditQuery) -> Self {
        Self {
            action: query.action,
            subject: query.subject,
        }
    }
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        Self {
            position: entry.position,
            at: Instant(entry.recorded_at),
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            // Whoever appended it wrote JSON; should it be cut, it is shown as it stands.
            detail: serde_json::from_str(&entry.detail).unwrap_or(entry.detail.into()),
        }
    }
}
