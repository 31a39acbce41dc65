//! Records that come one by one, or a few at a time: each with an answer of its own.

use std::collections::HashMap;

use names::SearchKeys;
use storage::Transaction;

use crate::clock::Micros;
use crate::http::Problem;
use crate::pipeline::chunk::{Arriving, Audited, ChunkContext, IndexTarget, write_chunk};
use crate::pipeline::given::{NewRecord, NotTaken};
use crate::pipeline::outcome::{Outcome, name_reviews};
use crate::pipeline::prepare::gather_entries;
use crate::register::{RegisterError, Source, list_sources, unknown_columns};
use crate::store::Store;

/// What becomes of a record, or what is wrong with its request.
pub(super) type Answer = Result<Outcome, Problem>;

/// Writes some records in one transaction and answers for each, in order. Records that are refused
/// hold up no other.
pub async fn write_records(
    store: &Store,
    actor: &str,
    given: &[NewRecord],
) -> Result<Vec<Answer>, RegisterError> {
    write(store, actor, given, Audited::Together).await
}

/// As [`write_records`] does, for records that came by themselves: each has its entry in the audit log.
pub(super) async fn write_each(
    store: &Store,
    actor: &str,
    given: &[NewRecord],
) -> Result<Vec<Answer>, RegisterError> {
    write(store, actor, given, Audited::Each).await
}

async fn write(
    store: &Store,
    actor: &str,
    given: &[NewRecord],
    audited: Audited,
) -> Result<Vec<Answer>, RegisterError> {
    let store = &store.gathering();
    let (mut transaction, recorded_at) = store.write_together().await?;
    let sources = list_sources(&mut transaction).await?;
    let trust = sources
        .iter()
        .map(|source| (source.id, source.said.trust))
        .collect();
    let mut answers: Vec<Option<Answer>> = vec![None; given.len()];
    for source in &sources {
        let places: Vec<usize> = (0..given.len())
            .filter(|place| given[*place].source == source.said.code)
            .collect();
        if places.is_empty() {
            continue;
        }
        let context = ChunkContext {
            source,
            batch: None,
            actor,
            entered_by: None,
            trust: &trust,
            target: IndexTarget::Recent,
            audited,
        };
        let group: Vec<&NewRecord> = places.iter().map(|place| &given[*place]).collect();
        let said = write_group(&mut transaction, store, recorded_at, &context, &group).await?;
        for (place, answer) in places.into_iter().zip(said) {
            answers[place] = Some(answer);
        }
    }
    transaction.commit().await?;
    let unknown = |record: &NewRecord| RegisterError::UnknownSource(record.source.clone());
    Ok(answers
        .into_iter()
        .zip(given)
        .map(|(answer, record)| answer.unwrap_or_else(|| Err(unknown(record).into())))
        .collect())
}

/// Writes the records of one source.
async fn write_group(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    context: &ChunkContext<'_>,
    given: &[&NewRecord],
) -> Result<Vec<Answer>, RegisterError> {
    let columns = columns(transaction, context.source, given).await?;
    let (catalogue, blind) = (&store.catalogue, store.keys.blind());
    let mut arriving = Arriving::default();
    let mut keys = SearchKeys::default();
    let mut refused: Vec<Option<NotTaken>> = Vec::with_capacity(given.len());
    for record in given {
        match record.incoming(catalogue, blind, context.source.id, &columns) {
            Ok(row) => {
                let place = i64::try_from(arriving.incoming.len()).unwrap_or(i64::MAX);
                let (said, entries) = (&row.content, &mut arriving.entries);
                gather_entries(catalogue, blind, said, place, &mut keys, entries);
                arriving.incoming.push(row);
                refused.push(None);
            }
            Err(reason) => refused.push(Some(reason)),
        }
    }
    let written = write_chunk(transaction, store, recorded_at, context, arriving).await?;
    let mut outcomes: Vec<Outcome> = written.outcomes.iter().map(Outcome::of).collect();
    name_reviews(transaction, &mut outcomes).await?;
    let mut outcomes = outcomes.into_iter();
    Ok(refused
        .into_iter()
        .map(|refused| match refused {
            Some(NotTaken::Problem(problem)) => Err(problem),
            Some(NotTaken::Refused(refusal)) => Ok(Outcome::from(&refusal)),
            None => outcomes
                .next()
                .ok_or_else(|| Problem::internal("records", &"a record without an answer")),
        })
        .collect())
}

/// The fields of columns that no attribute holds.
async fn columns(
    transaction: &mut Transaction,
    source: &Source,
    given: &[&NewRecord],
) -> Result<HashMap<String, domain::register::FieldId>, RegisterError> {
    let mut names: Vec<String> = given
        .iter()
        .flat_map(|record| record.column_names().cloned())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    unknown_columns(transaction, source.id, &names).await
}
