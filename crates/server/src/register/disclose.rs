//! Showing one value in full (查看明文): found here, written down and let out by `access::reveal`.

use domain::register::{Content, CustomerNumber, FieldId, fold};
use storage::Transaction;

use crate::access::{Actor, Reveal, reveal};
use crate::http::Problem;
use crate::register::RegisterError;
use crate::register::history::{Standing, column_names, standing};
use crate::register::wire::{DisclosedValue, NewDisclosure};
use crate::store::Store;

/// How long whoever asked may show it.
const SHOWN_FOR_SECONDS: u32 = 30;

/// Gives one value of a customer in full. That it was given is committed before it is.
pub async fn disclose(
    store: &Store,
    actor: &Actor,
    number: CustomerNumber,
    wanted: NewDisclosure,
) -> Result<DisclosedValue, Problem> {
    let (mut transaction, recorded_at) = store.write_together().await?;
    let standing = standing(&mut transaction, store, number, None).await?;
    let (name, text) = find(&mut transaction, store, &standing, &wanted).await?;
    let reveal_wanted = Reveal {
        subject: format!("customer/{}", standing.number()),
        attribute: &name,
        record: wanted.record.map(|record| record.0),
        purpose: wanted.purpose,
    };
    let value = reveal(&mut transaction, recorded_at, actor, reveal_wanted, &text).await?;
    transaction.commit().await?;
    Ok(DisclosedValue {
        value,
        expires_in_seconds: SHOWN_FOR_SECONDS,
    })
}

/// The name of the attribute or column, and the value.
async fn find(
    transaction: &mut Transaction,
    store: &Store,
    standing: &Standing,
    wanted: &NewDisclosure,
) -> Result<(String, String), RegisterError> {
    let nothing = |field| {
        let en = "says nothing of this customer";
        RegisterError::invalid(field, "这位客户没有这个属性或列的值", en)
    };
    match (&wanted.attribute, &wanted.column) {
        (Some(name), None) => {
            let unknown = || RegisterError::UnknownAttribute(name.clone());
            let field = store.catalogue.named(name).ok_or_else(unknown)?.id;
            let text = match wanted.record {
                Some(record) => said(standing, record.0, &[field])?,
                None => stands(store, standing, field),
            };
            Ok((name.clone(), text.ok_or_else(|| nothing("attribute"))?))
        }
        (None, Some(column)) => {
            let names = column_names(transaction, &standing.records).await?;
            let fields: Vec<FieldId> = names
                .into_iter()
                .filter(|(_, name)| name == column)
                .map(|(field, _)| field)
                .collect();
            let text = match wanted.record {
                Some(record) => said(standing, record.0, &fields)?,
                None => standing
                    .latest()
                    .into_iter()
                    .find_map(|record| values(record.content.as_ref()?, &fields)),
            };
            Ok((column.clone(), text.ok_or_else(|| nothing("column"))?))
        }
        _ => Err(RegisterError::invalid(
            "attribute",
            "请指明属性或列，二者择一",
            "or a column must be named, and not both",
        )),
    }
}

/// What a record of this customer says, as given.
fn said(
    standing: &Standing,
    record: i64,
    fields: &[FieldId],
) -> Result<Option<String>, RegisterError> {
    let unknown = || RegisterError::UnknownRecord(record);
    let record = standing.record(record).ok_or_else(unknown)?;
    let content = record.content.as_ref();
    Ok(content.and_then(|content| values(content, fields)))
}

fn values(content: &Content, fields: &[FieldId]) -> Option<String> {
    let said = fields.iter().flat_map(|field| content.values(*field));
    let said: Vec<&str> = said.collect();
    (!said.is_empty()).then(|| said.join("、"))
}

/// What stands in the golden view.
fn stands(store: &Store, standing: &Standing, field: FieldId) -> Option<String> {
    let facts = standing.facts();
    let candidates = fold(&store.catalogue_in_force(), &facts).candidates(field);
    candidates.into_iter().next().map(|winner| winner.value)
}
