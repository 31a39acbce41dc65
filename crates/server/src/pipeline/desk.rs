//! The desk (信息修正台): a correction is a record of its own, from the source `desk`, that is believed
//! more than files are. Nothing that others said is changed, so it can be seen and taken back.

use std::collections::{BTreeMap, HashMap};

use axum::extract::State;
use domain::intake::{Refusal, gate};
use domain::register::{Content, CustomerNumber, PartyKind, fold};
use names::SearchKeys;
use serde::Deserialize;
use serde_json::json;
use storage::Transaction;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Allowed, need};
use crate::audit::{self, NewEntry};
use crate::http::{Json, Problem};
use crate::index::Entries;
use crate::pipeline::chunk::{Arriving, Audited, ChunkContext, Incoming, IndexTarget, write_chunk};
use crate::pipeline::given::NewRecord;
use crate::pipeline::outcome::{Outcome, name_reviews};
use crate::pipeline::prepare::{gather_entries, kind_of};
use crate::protection::Disclosed;
use crate::register::{
    NewSource, Numbered, RegisterError, Source, Standing, check_reason, create_source, find_source,
    standing, trust_of,
};
use crate::store::Store;

/// The code of the source.
const DESK: &str = "desk";
/// Somebody looked at the customer: more than a file, less than a public register.
const TRUST: u8 = 90;

/// What a customer's data should say, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    /// Values by attribute: a text, a number, or several in a list.
    attributes: BTreeMap<String, serde_json::Value>,
    /// Why.
    reason: String,
}

/// The routes of the desk.
pub(super) fn routes() -> OpenApiRouter<Store> {
    OpenApiRouter::new().routes(routes!(correct_customer))
}

/// Correct by a record from the desk
#[utoipa::path(post, path = "/customers/{number}/corrections", tag = "customers",
    request_body = NewCorrection,
    params(("number" = String, Path, description = "The customer number")),
    responses((status = 201, description = "What became of the correction", body = Outcome)))]
async fn correct_customer(
    actor: Allowed<need::Steward>,
    State(store): State<Store>,
    Numbered(number): Numbered,
    Json(correction): Json<NewCorrection>,
) -> Result<Disclosed<Outcome>, Problem> {
    Ok(Disclosed::created(
        correct(&store, &actor.name, number, correction).await?,
    ))
}

/// Writes a correction for a customer.
pub async fn correct(
    store: &Store,
    actor: &str,
    number: CustomerNumber,
    correction: NewCorrection,
) -> Result<Outcome, Problem> {
    let reason = check_reason(&correction.reason)?.to_owned();
    let source = desk(store, actor).await?;
    let store = &store.gathering();
    let (mut transaction, recorded_at) = store.write_together().await?;
    let standing = standing(&mut transaction, store, number, None).await?;
    let names: Vec<String> = correction.attributes.keys().cloned().collect();
    let incoming = incoming(store, &standing, correction.attributes)?;
    let trust = trust_of(&mut transaction).await?;
    let context = ChunkContext {
        source: &source,
        batch: None,
        actor,
        entered_by: Some(actor.to_owned()),
        trust: &trust,
        target: IndexTarget::Recent,
        audited: Audited::Together,
    };
    let outcome = write(&mut transaction, store, recorded_at, &context, incoming).await?;
    let entry = NewEntry {
        actor,
        action: "customer.corrected",
        subject: format!("customer/{}", standing.number()),
        detail: json!({ "attributes": names, "record": outcome.record, "reason": reason }),
        root: None,
    };
    audit::append(&mut transaction, recorded_at, entry).await?;
    transaction.commit().await?;
    Ok(outcome)
}

/// The source of corrections, registered when the first one is made.
async fn desk(store: &Store, actor: &str) -> Result<Source, RegisterError> {
    let mut transaction = store.database.read().await?;
    let found = find_source(&mut transaction, DESK).await;
    drop(transaction);
    match found {
        Err(RegisterError::UnknownSource(_)) => {}
        other => return other,
    }
    let said = NewSource {
        name: "信息修正台".to_owned(),
        channel: DESK.to_owned(),
        trust: TRUST,
        ..NewSource::named(DESK)
    };
    match create_source(store, actor, said).await {
        // Somebody else corrected at the same moment.
        Err(RegisterError::SourceExists(_)) => {
            let mut transaction = store.database.read().await?;
            find_source(&mut transaction, DESK).await
        }
        other => other,
    }
}

fn incoming(
    store: &Store,
    standing: &Standing,
    attributes: BTreeMap<String, serde_json::Value>,
) -> Result<Incoming, Problem> {
    let given = NewRecord {
        source: DESK.to_owned(),
        key: None,
        kind: None,
        observed_at: None,
        attributes,
        columns: None,
    };
    let content = Content::new(given.fields(&store.catalogue, &HashMap::new())?);
    // The customer is known, so a correction need not say of whom it speaks.
    gate(&store.catalogue, &content, false).map_err(|refusal| refused(&refusal))?;
    Ok(Incoming {
        row_number: None,
        series_key: None,
        kind: kind(store, standing, &content)?,
        observed_at: None,
        content,
        for_customer: Some(standing.customer),
    })
}

/// The kind that the customer is of, unless that is what is corrected.
fn kind(store: &Store, standing: &Standing, content: &Content) -> Result<PartyKind, Problem> {
    let field = store.catalogue.well_known().party_kind;
    if content.first(field).is_some() {
        return kind_of(&store.catalogue, content).map_err(|refusal| refused(&refusal));
    }
    let facts = standing.facts();
    Ok(fold(&store.catalogue_in_force(), &facts).view().kind)
}

fn refused(refusal: &Refusal) -> Problem {
    let text = refusal.text();
    RegisterError::invalid("attributes", text.zh, text.en).into()
}

async fn write(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: i64,
    context: &ChunkContext<'_>,
    incoming: Incoming,
) -> Result<Outcome, Problem> {
    let mut entries = Entries::default();
    let mut keys = SearchKeys::default();
    let (catalogue, blind) = (&store.catalogue, store.keys.blind());
    gather_entries(
        catalogue,
        blind,
        &incoming.content,
        0,
        &mut keys,
        &mut entries,
    );
    let arriving = Arriving {
        incoming: vec![incoming],
        entries,
        ..Arriving::default()
    };
    let written = write_chunk(transaction, store, recorded_at, context, arriving).await?;
    let mut outcomes: Vec<Outcome> = written.outcomes.iter().map(Outcome::of).collect();
    name_reviews(transaction, &mut outcomes).await?;
    let missing = || Problem::internal("corrections", &"a record without an answer");
    outcomes.pop().ok_or_else(missing)
}
