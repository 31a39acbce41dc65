//! Provenance (数据血缘, R1.10): where a value of the view comes from, what it beat, and why.

use std::sync::Arc;

use domain::register::{Attribute, Class, Criterion, CustomerNumber, fold};

use crate::clock::Micros;
use crate::http::{Id, Instant, Text};
use crate::protection::Disclosure;
use crate::register::RegisterError;
use crate::register::history::{Standing, standing};
use crate::register::wire::{Candidate, Provenance, RowPosition};
use crate::store::Store;

/// Everything that the records of a customer say of one attribute.
pub async fn provenance_of(
    store: &Store,
    number: CustomerNumber,
    attribute: &str,
    as_of: Option<Micros>,
) -> Result<Provenance, RegisterError> {
    let unknown = || RegisterError::UnknownAttribute(attribute.to_owned());
    let catalogue = store.catalogue_in_force();
    let attribute = catalogue.named(attribute).ok_or_else(unknown)?;
    let mut transaction = store.database.read().await?;
    let standing = standing(&mut transaction, store, number, as_of).await?;
    let facts = standing.facts();
    let candidates = fold(&catalogue, &facts).candidates(attribute.id);
    let disclosure = Disclosure::new(Arc::clone(&catalogue));
    let mut shown = candidates
        .iter()
        .enumerate()
        .filter_map(|(place, candidate)| {
            let mut shown = show(&disclosure, &standing, attribute, candidate)?;
            if place > 0 {
                shown.lost_because = Some(because(attribute, candidate.lost_because));
            }
            Some(shown)
        });
    Ok(Provenance {
        attribute: attribute.name.clone(),
        rule: attribute
            .survivorship
            .iter()
            .map(|one| word(*one))
            .collect(),
        winner: shown.next(),
        losers: shown.collect(),
    })
}

fn show(
    disclosure: &Disclosure,
    standing: &Standing,
    attribute: &Attribute,
    candidate: &domain::register::Candidate,
) -> Option<Candidate> {
    let record = standing.record(candidate.record)?;
    let source = &standing.source_of(record)?.said;
    let class: Class = attribute.class;
    Some(Candidate {
        value: disclosure.show(attribute.id, &candidate.value, class),
        record: Id(candidate.record),
        source: source.code.clone(),
        source_name: source.name.clone(),
        channel: source.channel.clone(),
        clerk: record.entered_by.clone(),
        observed_at: Instant(candidate.observed_at),
        recorded_at: Instant(record.recorded_at),
        row: record
            .batch
            .zip(record.row_number)
            .map(|(batch, row)| RowPosition {
                batch: Id(batch),
                row,
            }),
        valid: candidate.valid,
        lost_because: None,
    })
}

/// The word of a criterion in packs and in JSON.
/// The word for a criterion in JSON.
pub(super) fn word(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Valid => "valid",
        Criterion::Trust => "trust",
        Criterion::Newest => "newest",
        Criterion::Longest => "longest",
        Criterion::Frequent => "frequent",
    }
}

fn because(attribute: &Attribute, lost: Option<Criterion>) -> Text {
    if attribute.multiple {
        return Text::new(
            "此属性可有多个取值，也列在视图中",
            "this attribute keeps several values; it stands in the view too",
        );
    }
    let (zh, en) = match lost {
        Some(Criterion::Valid) => ("另一个值格式正确", "the other value is well formed"),
        Some(Criterion::Trust) => ("另一来源更可信", "the other source is trusted more"),
        Some(Criterion::Newest) => (
            "另一个值的采集时间更晚",
            "the other value was observed later",
        ),
        Some(Criterion::Longest) => ("另一个值更完整", "the other value is more complete"),
        Some(Criterion::Frequent) => ("更多记录写有另一个值", "more records say the other value"),
        None => (
            "规则未分先后，取较晚的记录",
            "no rule tells them apart; the later record stands",
        ),
    };
    Text::new(zh, en)
}
