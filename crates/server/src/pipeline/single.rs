//! Records that come one by one, or a few at a time: each with an answer of its own.

use std::collections::HashMap;
use std::slice;

use domain::register::FieldId;
use storage::Transaction;

use crate::clock::Micros;
use crate::http::Problem;
use crate::pipeline::chunk::{Arriving, Audited, ChunkContext, Incoming, IndexTarget, write_chunk};
use crate::pipeline::given::{NewRecord, NotTaken};
use crate::pipeline::outcome::{Outcome, name_reviews};
use crate::pipeline::record::Record;
use crate::pipeline::resolve::RowReader;
use crate::register::{RegisterError, Source, list_sources, unknown_columns};
use crate::resolution::Said;
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
    let mut records: Vec<Record> = given.iter().cloned().map(Record::unread).collect();
    write(store, actor, &mut records, Audited::Together).await
}

/// As [`write_records`] does, for records that came by themselves: each has its entry in the audit log.
pub(super) async fn write_each(
    store: &Store,
    actor: &str,
    records: &mut [Record],
) -> Result<Vec<Answer>, RegisterError> {
    write(store, actor, records, Audited::Each).await
}

async fn write(
    store: &Store,
    actor: &str,
    records: &mut [Record],
    audited: Audited,
) -> Result<Vec<Answer>, RegisterError> {
    let store = &store.gathering();
    let (mut transaction, recorded_at) = store.write_together().await?;
    let sources = list_sources(&mut transaction).await?;
    let trust = sources
        .iter()
        .map(|source| (source.id, source.said.trust))
        .collect();
    let mut answers: Vec<Option<Answer>> = vec![None; records.len()];
    for source in &sources {
        let of_source = records.iter_mut().enumerate();
        let (places, mut group): (Vec<usize>, Vec<&mut Record>) = of_source
            .filter(|(_, record)| record.given.source == source.said.code)
            .unzip();
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
        let said = write_group(&mut transaction, store, recorded_at, &context, &mut group).await?;
        for (place, answer) in places.into_iter().zip(said) {
            answers[place] = Some(answer);
        }
    }
    transaction.commit().await?;
    let unknown = |record: &Record| RegisterError::UnknownSource(record.given.source.clone());
    Ok(answers
        .into_iter()
        .zip(&*records)
        .map(|(answer, record)| answer.unwrap_or_else(|| Err(unknown(record).into())))
        .collect())
}

/// Writes the records of one source.
async fn write_group(
    transaction: &mut Transaction,
    store: &Store,
    recorded_at: Micros,
    context: &ChunkContext<'_>,
    records: &mut [&mut Record],
) -> Result<Vec<Answer>, RegisterError> {
    let columns = columns(transaction, context.source, records).await?;
    let mut arriving = Arriving::default();
    let mut said = Vec::with_capacity(records.len());
    let mut refused: Vec<Option<NotTaken>> = Vec::with_capacity(records.len());
    for record in records {
        match record.row(store, context.source.id, &columns) {
            Ok(mut row) => {
                let place = i64::try_from(arriving.incoming.len()).unwrap_or(i64::MAX);
                row.entries.refer(|_| place);
                arriving.entries.append(&row.entries);
                arriving.incoming.push(row.incoming);
                said.push(row.said);
                refused.push(None);
            }
            Err(reason) => refused.push(Some(reason)),
        }
    }
    arriving.said = said_of(store, &arriving.incoming, said)?;
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

/// What of rows is compared, where it was read of some; nothing where it was read of none, because whoever writes them
/// reads all of them at once.
fn said_of(
    store: &Store,
    incoming: &[Incoming],
    said: Vec<Option<Said>>,
) -> Result<Vec<Said>, RegisterError> {
    if said.iter().all(Option::is_none) {
        return Ok(Vec::new());
    }
    let reader = RowReader::of(store);
    let mut read = Vec::with_capacity(said.len());
    for (incoming, said) in incoming.iter().zip(said) {
        match said {
            Some(said) => read.push(said),
            None => read.extend(reader.read(slice::from_ref(incoming))?),
        }
    }
    Ok(read)
}

/// The fields of columns that no attribute holds, of records that are still to be read.
async fn columns(
    transaction: &mut Transaction,
    source: &Source,
    records: &[&mut Record],
) -> Result<HashMap<String, FieldId>, RegisterError> {
    let unread = records.iter().filter(|record| record.is_unread());
    let mut names: Vec<String> = unread
        .flat_map(|record| record.given.column_names().cloned())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    unknown_columns(transaction, source.id, &names).await
}
