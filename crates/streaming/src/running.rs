//! One thread reads, workers answer, the calling thread writes, in the order of the input.
//!
//! Batches go round the workers in turn and outcomes are taken from them in the same turn, so the
//! order needs no numbers and nothing is kept back to be sorted. Every queue is short: whoever is
//! faster waits, and memory does not grow with the input.

use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::batch::{Batch, Shape, Worker};
use crate::cells::Dialect;
use crate::cutting::Stretch;
use crate::error::{RowProblem, StreamError};
use crate::input::{Input, Rows};
use crate::row::Row;

/// Batches that wait before a worker, and outcomes that wait behind it.
const WAITING: usize = 2;
/// Rows of a table in one batch.
const CHUNK_ROWS: usize = 4_096;

/// What is said about rows. One value answers for all workers.
pub trait Answers: Sync {
    /// What a worker keeps from row to row, so that no row need allocate. It must not change what
    /// is answered.
    type Memory: Default;

    /// Appends what stands before all answers, such as a header.
    fn begin(&self, _output: &mut Vec<u8>) {}

    /// Appends what there is to say about a row.
    fn answer(&self, memory: &mut Self::Memory, row: &Row<'_>, output: &mut Vec<u8>);

    /// Appends what there is to say about a row that cannot be answered.
    fn refuse(&self, row: &Row<'_>, problem: &RowProblem, output: &mut Vec<u8>);
}

/// Answers every row of the input with so many workers.
///
/// Ends with [`StreamError::Write`] when the output takes no more, which a caller whose reader has
/// seen enough passes over.
pub fn run<A: Answers>(
    input: Input,
    answers: &A,
    workers: usize,
    output: &mut impl Write,
) -> Result<(), StreamError> {
    let mut start = Vec::new();
    answers.begin(&mut start);
    written(&start, output)?;
    let shape = shape_of(&input);
    std::thread::scope(|scope| {
        let (mut feeds, mut outcomes) = (Vec::new(), Vec::new());
        let (answered, rooms) = sync_channel::<Vec<u8>>(workers.max(1) * (WAITING + 2));
        for _ in 0..workers.max(1) {
            let (feed, batches) = sync_channel::<Batch>(WAITING);
            let (told, outcome) = sync_channel::<Vec<u8>>(WAITING);
            let (empty, emptied) = sync_channel::<Vec<u8>>(WAITING + 1);
            feeds.push(feed);
            outcomes.push((outcome, empty));
            let answered = answered.clone();
            scope.spawn(move || {
                let mut worker = Worker::new(answers, shape);
                for batch in batches {
                    let mut output: Vec<u8> = emptied.try_recv().unwrap_or_default();
                    worker.work(&batch, &mut output);
                    if let Batch::Text(Stretch::Rows(room), _) = batch {
                        // Where the reader has enough of them, it is freed.
                        let _ = answered.try_send(room);
                    }
                    if told.send(output).is_err() {
                        break;
                    }
                }
            });
        }
        let reading = scope.spawn(move || read(input, &feeds, &rooms));
        let wrote = write(&outcomes, output);
        // Workers that nobody listens to end, and then so does the reader.
        drop(outcomes);
        let read = reading.join().unwrap_or(Err(StreamError::Worker));
        wrote.and(read)
    })
}

fn shape_of(input: &Input) -> Shape {
    let dialect = match &input.rows {
        Rows::Text(rows) => rows.dialect,
        Rows::Table(_) => Dialect {
            delimiter: None,
            quotes: false,
        },
    };
    Shape {
        dialect,
        columns: input.first_row.len().max(1),
    }
}

/// Hands batches round the workers until the input ends or nobody takes them.
fn read(
    mut input: Input,
    feeds: &[SyncSender<Batch>],
    rooms: &Receiver<Vec<u8>>,
) -> Result<(), StreamError> {
    for feed in feeds.iter().cycle() {
        if let (Rows::Text(rows), Ok(room)) = (&mut input.rows, rooms.try_recv()) {
            rows.cutter.reuse(room);
        }
        let Some(batch) = next_batch(&mut input)? else {
            break;
        };
        if feed.send(batch).is_err() {
            break;
        }
    }
    Ok(())
}

fn next_batch(input: &mut Input) -> Result<Option<Batch>, StreamError> {
    match &mut input.rows {
        Rows::Text(rows) => match rows.next_stretch() {
            Ok(stretch) => Ok(stretch.map(|(stretch, encoding)| Batch::Text(stretch, encoding))),
            Err(problem) => Err(StreamError::Read {
                name: input.name.clone(),
                problem,
            }),
        },
        Rows::Table(reader) => Ok(reader.next_chunk(CHUNK_ROWS)?.map(Batch::Table)),
    }
}

type Outcome = (Receiver<Vec<u8>>, SyncSender<Vec<u8>>);

/// The first worker in turn that has nothing more to say had no batch, so nobody behind it had.
fn write(outcomes: &[Outcome], output: &mut impl Write) -> Result<(), StreamError> {
    for (outcome, empty) in outcomes.iter().cycle() {
        let Ok(mut text) = outcome.recv() else {
            break;
        };
        written(&text, output)?;
        text.clear();
        // Where the worker has enough of them, it is freed.
        let _ = empty.try_send(text);
    }
    Ok(())
}

fn written(text: &[u8], output: &mut impl Write) -> Result<(), StreamError> {
    if text.is_empty() {
        return Ok(());
    }
    output
        .write_all(text)
        .and_then(|()| output.flush())
        .map_err(StreamError::Write)
}
