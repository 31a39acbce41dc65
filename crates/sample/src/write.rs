//! Writing a book and its truth to files.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use tables::{Chunk, Format, TableError, Writer};

use crate::book::{Book, Truth};

const ROWS_AT_A_TIME: u64 = 8_192;
// How many chunks may be made before the first is written.
const CHUNKS_AHEAD: usize = 2;
const TRUTH_HEADER: [&str; 4] = ["record_id", "entity_id", "household_id", "slips"];

/// Where the truth about the book at `path` goes: `book.csv` has `book.truth.csv` beside it.
pub fn truth_path(path: &Path) -> PathBuf {
    path.with_extension("truth.csv")
}

/// Writes the book to `path` and the truth about it to [`truth_path`], and tells after each
/// stretch how many records are written.
///
/// The truth has one line for each record, in the same order: its number, the party it belongs
/// to, the household of a person, and the slips made, separated by blanks.
pub fn write_book(
    book: &Book,
    path: &Path,
    format: Format,
    mut progress: impl FnMut(u64),
) -> Result<(), TableError> {
    let mut records = Writer::create(path, format, &book.header())?;
    let mut truths = Writer::create(&truth_path(path), Format::Csv, &TRUTH_HEADER)?;
    let mut written = 0;
    // One thread makes records while this one writes them; that nearly halves the time.
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(CHUNKS_AHEAD);
        scope.spawn(move || make_all(book, &sender));
        for (chunk, truth) in receiver {
            records.write_chunk(&chunk)?;
            for found in &truth {
                write_truth(&mut truths, found)?;
            }
            written += truth.len() as u64;
            progress(written);
        }
        records.finish()?;
        truths.finish()
    })
}

fn make_all(book: &Book, sender: &mpsc::SyncSender<(Chunk, Vec<Truth>)>) {
    let mut first = 0;
    while first < book.records() {
        let mut truth = Vec::new();
        let chunk = book.make(first, ROWS_AT_A_TIME, |found| truth.push(found));
        // The receiver is gone when writing failed; then nothing more is wanted.
        if sender.send((chunk, truth)).is_err() {
            return;
        }
        first += ROWS_AT_A_TIME;
    }
}

fn write_truth(truths: &mut Writer, truth: &Truth) -> Result<(), TableError> {
    let slips: Vec<&str> = truth.slips.iter().map(crate::Slip::code).collect();
    truths.write_row(&[
        Some(&truth.record_id),
        Some(&truth.party_id),
        truth.household_id.as_deref(),
        Some(&slips.join(" ")),
    ])
}
