//! XLSX: the first sheet or a named one, cell by cell, with values as a person would type them.
//!
//! The sheet itself is streamed. The decoder keeps shared strings and styles in memory, reserves
//! what they declare and inflates what it likes, so [`archive::check`] judges every part first.
//! The decoder lives in a thread of its own: its sheet reader borrows the workbook, and should it
//! panic on a hostile file, the thread ends and the file is refused.

mod archive;
mod markup;
mod sheet;
mod value;

use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{Reader as _, Xlsx};

use crate::chunk::Chunk;
use crate::detect::Format;
use crate::error::TableProblem;
use crate::place::Place;
use crate::reader::{ReadOptions, RowSource};
use crate::source::{Meter, Metered};
use sheet::SheetRows;

type Answer = Result<Option<Chunk>, TableProblem>;

/// What the thread says once the workbook is open.
struct Opened {
    header: Vec<String>,
    sheet: String,
    sheets: Vec<String>,
}

pub(crate) struct XlsxReader {
    opened: Opened,
    requests: SyncSender<usize>,
    answers: Receiver<Answer>,
}

impl XlsxReader {
    pub(crate) fn open(
        mut source: Metered,
        length: u64,
        meter: &Meter,
        options: &ReadOptions,
    ) -> Result<Self, TableProblem> {
        archive::check(&mut source, length, &options.limits)?;
        meter.reset();
        let (requests, asked) = sync_channel(1);
        let (answer, answers) = sync_channel(1);
        let (open, opened) = sync_channel(1);
        let options = options.clone();
        // Nobody waits for it: without anybody to ask, it ends after the row it is at.
        std::thread::Builder::new()
            .name("xlsx".to_owned())
            .spawn(move || {
                if let Err(problem) = serve(source, &options, &open, &asked, &answer) {
                    // Whoever asked may be gone; then nobody wants to know.
                    let _unheard = open.try_send(Err(problem));
                }
            })?;
        let opened = opened.recv().map_err(|_| panicked())??;
        Ok(Self {
            opened,
            requests,
            answers,
        })
    }

    pub(crate) fn sheet(&self) -> &str {
        &self.opened.sheet
    }

    pub(crate) fn sheets(&self) -> &[String] {
        &self.opened.sheets
    }
}

impl RowSource for XlsxReader {
    fn header(&self) -> &[String] {
        &self.opened.header
    }

    fn next_chunk(&mut self, max_rows: usize) -> Answer {
        self.requests.send(max_rows).map_err(|_| panicked())?;
        self.answers.recv().map_err(|_| panicked())?
    }
}

/// Runs in the thread: opens the workbook, then answers one request after the other.
fn serve(
    source: Metered,
    options: &ReadOptions,
    open: &SyncSender<Result<Opened, TableProblem>>,
    asked: &Receiver<usize>,
    answer: &SyncSender<Answer>,
) -> Result<(), TableProblem> {
    let mut workbook = Xlsx::new(BufReader::with_capacity(64 << 10, source))
        .map_err(|error| Place::File.damaged(Format::Xlsx, error))?;
    let sheets = workbook.sheet_names();
    let sheet = chosen(&sheets, options.sheet.as_deref())?;
    let cells = workbook
        .worksheet_cells_reader(&sheet)
        .map_err(|error| Place::Sheet(sheet.clone(), None).damaged(Format::Xlsx, error))?;
    let mut rows = SheetRows::open(cells, &sheet, options)?;
    let opened = Opened {
        header: rows.header().to_vec(),
        sheet,
        sheets,
    };
    if open.send(Ok(opened)).is_err() {
        return Ok(());
    }
    while let Ok(max_rows) = asked.recv() {
        if answer.send(rows.next_chunk(max_rows)).is_err() {
            break;
        }
    }
    Ok(())
}

fn chosen(sheets: &[String], wanted: Option<&str>) -> Result<String, TableProblem> {
    match wanted {
        None => sheets.first().cloned().ok_or(TableProblem::Empty),
        Some(name) if sheets.iter().any(|sheet| sheet == name) => Ok(name.to_owned()),
        Some(name) => Err(TableProblem::UnknownSheet {
            wanted: name.to_owned(),
            sheets: sheets.to_vec(),
        }),
    }
}

fn panicked() -> TableProblem {
    Place::File.gave_up(Format::Xlsx)
}
