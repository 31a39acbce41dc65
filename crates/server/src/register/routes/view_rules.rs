//! By which rules views are folded and shown, over HTTP.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::http::{Instant, Problem, Text};
use crate::protection::{Disclose, Disclosed};
use crate::register::RegisterError;
use crate::register::provenance::word;
use crate::register::view_rules::{Refolding, refolding};
use crate::store::Store;

pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new().routes(routes!(get_view_rules))
}

/// Masks and survivorship of every attribute, as the packs in force say or else as declared.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ViewRules {
    attributes: Vec<AttributeRule>,
    /// Where views are being folded anew because survivorship changed.
    refolding: Option<RefoldingViews>,
}

impl Disclose for ViewRules {}

#[derive(Debug, Clone, Serialize, ToSchema)]
struct AttributeRule {
    attribute: String,
    label: Text,
    /// `all`, `keep:FIRST:LAST`, `date_year`, `email` or `address_district`.
    mask: String,
    /// What decides between values, in the order in which it is asked.
    survivorship: Vec<String>,
    /// Whether a pack in force says another mask than the declaration.
    mask_by_pack: bool,
    /// Whether a pack in force says another survivorship than the declaration.
    survivorship_by_pack: bool,
}

/// How far the views are.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct RefoldingViews {
    /// Since when the other survivorship counts.
    since: Instant,
    folded: i64,
    /// Views that there were then.
    customers: i64,
}

impl From<Refolding> for RefoldingViews {
    fn from(refolding: Refolding) -> Self {
        Self {
            since: Instant(refolding.since),
            folded: refolding.folded,
            customers: refolding.customers,
        }
    }
}

/// How values are shown and which of several stands in the view
#[utoipa::path(get, path = "/view-rules", tag = "register",
    responses((status = 200, description = "For every attribute, and how far views follow", body = ViewRules)))]
async fn get_view_rules(
    _: Allowed<need::ReadCustomers>,
    State(store): State<Store>,
) -> Result<Disclosed<ViewRules>, Problem> {
    let said = store.attribute_rules();
    let catalogue = store.catalogue_in_force();
    let attributes = catalogue.attributes().iter();
    let attributes = attributes.map(|attribute| AttributeRule {
        attribute: attribute.name.clone(),
        label: (&attribute.label).into(),
        mask: attribute.mask.into(),
        survivorship: attribute
            .survivorship
            .iter()
            .map(|one| word(*one).to_owned())
            .collect(),
        mask_by_pack: said.masks.contains_key(&attribute.name),
        survivorship_by_pack: said.survivorship.contains_key(&attribute.name),
    });
    let refolding = refolding(&store).await.map_err(RegisterError::from)?;
    Ok(Disclosed::of(ViewRules {
        attributes: attributes.collect(),
        refolding: refolding.map(RefoldingViews::from),
    }))
}
