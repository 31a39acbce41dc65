//! Files as one book: the columns of all files by their names, a name for each record.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::Result;
use domain::Text;
use linkage::{Book, BookBuilder, Linker, Model, survey};
use tables::{Chunk, Column, ReadOptions, Reader, TableError};

use crate::commands::link::model_file;
use crate::failure::Refusal;

/// Rows that tell what the columns hold, and rows that are read at a time after them.
const FIRST_ROWS: usize = 65_536;
const CHUNK_ROWS: usize = 16_384;
/// Rows for which room is made before they are seen.
const MOST_EXPECTED: usize = 1 << 24;
/// Columns that name a record where nobody says which does.
const ID_COLUMNS: [&str; 4] = ["record_id", "id", "编号", "记录编号"];

/// By what records are called.
#[derive(Clone, Copy)]
pub enum Names<'a> {
    /// By this column.
    Column(&'a str),
    /// By the column that usually names records, or by their rows where there is none.
    Found,
    /// By their rows.
    Rows,
}

/// Records and their names.
pub struct Records {
    pub book: Book,
    /// The columns of all files.
    pub header: Vec<String>,
    /// The name of each record.
    pub ids: Column,
    /// Rows that are no rows of their table.
    pub rejected: usize,
    /// What is wrong with the first of them, and where.
    pub first_rejection: Option<Text>,
}

/// Rows of one of several files.
struct Arrived {
    file: usize,
    /// Their columns are in the order of all.
    chunk: Chunk,
    /// About how many rows there will be in all files, as far as their bytes tell.
    expected_rows: usize,
}

impl Records {
    /// Reads all files; `done` hears how many rows there are so far.
    pub fn read(
        files: &[PathBuf],
        names: Names<'_>,
        model: Option<&Model>,
        mut done: impl FnMut(u64),
    ) -> Result<Self> {
        let open = |path: &PathBuf| tables::open(path, &ReadOptions::default());
        let mut readers = files
            .iter()
            .map(open)
            .collect::<Result<Vec<Reader>, TableError>>()?;
        let header = all_columns(&readers);
        let id = id_column(&header, names)?;
        let mut reading = Reading {
            files,
            header: &header,
            id,
            model,
            builder: None,
            ids: Column::new(),
            rejected: 0,
            first_rejection: None,
        };
        let (sender, receiver) = sync_channel::<Result<Arrived, TableError>>(1);
        thread::scope(|scope| {
            // Reading a file and reading its cells are as much work each.
            let header = &header;
            scope.spawn(move || send_all(&mut readers, header, &sender));
            while let Ok(arrived) = receiver.recv() {
                reading.take(&arrived?)?;
                done(reading.ids.len() as u64);
            }
            anyhow::Ok(())
        })?;
        let Reading {
            builder,
            ids,
            rejected,
            first_rejection,
            ..
        } = reading;
        refuse_repeated(&ids)?;
        let book = builder
            .unwrap_or_else(|| BookBuilder::new(Vec::new(), 0))
            .finish();
        Ok(Self {
            book,
            header,
            ids,
            rejected,
            first_rejection,
        })
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.book.len() as u64
    }

    /// The name of a record.
    pub fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize).unwrap_or_default()
    }

    /// The row of the record with a name.
    pub fn row(&self, id: &str) -> Result<u32> {
        let row = self
            .ids
            .iter()
            .zip(0_u32..)
            .find(|(own, _)| *own == Some(id));
        let missing = || {
            Refusal::bad_input(Text::new(
                format!("没有编号为 {id} 的记录"),
                format!("there is no record {id}"),
            ))
        };
        Ok(row.ok_or_else(missing)?.1)
    }
}

/// What was read so far.
struct Reading<'a> {
    files: &'a [PathBuf],
    header: &'a [String],
    id: Option<usize>,
    model: Option<&'a Model>,
    builder: Option<BookBuilder>,
    ids: Column,
    rejected: usize,
    first_rejection: Option<Text>,
}

impl Reading<'_> {
    fn take(&mut self, arrived: &Arrived) -> Result<()> {
        let Arrived { file, chunk, .. } = arrived;
        self.rejected += chunk.rejected.len();
        if let Some(row) = chunk
            .rejected
            .first()
            .filter(|_| self.first_rejection.is_none())
        {
            let place = format!("{}: {}", self.files[*file].display(), row.row_number);
            self.first_rejection = Some(Text::new(
                format!("{place}：{}", row.reason.zh()),
                format!("{place}: {}", row.reason),
            ));
        }
        if self.ids.is_empty() {
            self.ids = room_for_names(chunk, self.id, arrived.expected_rows);
        }
        name_rows(chunk, self.id, (*file, self.files.len()), &mut self.ids);
        let mut builder = match (self.builder.take(), self.model) {
            (Some(builder), _) => builder,
            (None, Some(model)) => Linker::new(model.clone())
                .and_then(|linker| linker.book(self.header, arrived.expected_rows))
                .map_err(|problem| model_file::unfit(&problem))?,
            (None, None) => BookBuilder::new(survey(chunk, self.id), arrived.expected_rows),
        };
        builder.push(chunk).map_err(|error| {
            Refusal::bad_input(Text::new(format!("记录太多：{error}"), error.to_string()))
        })?;
        self.builder = Some(builder);
        Ok(())
    }
}

fn send_all(
    readers: &mut [Reader],
    header: &[String],
    sender: &SyncSender<Result<Arrived, TableError>>,
) {
    let all_bytes: u64 = readers.iter().map(Reader::total_bytes).sum();
    let declared: Option<u64> = readers.iter().map(Reader::rows_declared).sum();
    // A file may declare anything; a row takes a byte or more.
    let declared = declared.map(|rows| usize::try_from(rows.min(all_bytes)).unwrap_or(usize::MAX));
    let (mut rows, mut chunk_rows) = (0, FIRST_ROWS);
    for (file, reader) in readers.iter_mut().enumerate() {
        let places = places(header, reader.header());
        while let Some(chunk) = reader.next_chunk(chunk_rows).transpose() {
            chunk_rows = CHUNK_ROWS;
            let expected = |rows: usize, read: u64| {
                usize::try_from(rows as u128 * u128::from(all_bytes) / u128::from(read.max(1)))
            };
            let arrived = chunk.map(|chunk| {
                rows += chunk.len();
                let seen = || expected(rows, reader.bytes_read()).unwrap_or(rows);
                let expected_rows = declared.unwrap_or_else(seen).min(MOST_EXPECTED);
                Arrived {
                    file,
                    chunk: arranged(chunk, &places),
                    expected_rows,
                }
            });
            if sender.send(arrived).is_err() {
                return;
            }
        }
    }
}

/// The names of all columns, in the order in which they first stand.
fn all_columns(readers: &[Reader]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in readers.iter().flat_map(Reader::header) {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

fn id_column(header: &[String], names: Names<'_>) -> Result<Option<usize>> {
    let place = |name: &str| header.iter().position(|column| column == name);
    match names {
        Names::Rows => Ok(None),
        Names::Found => Ok(ID_COLUMNS.iter().find_map(|name| place(name))),
        Names::Column(name) => place(name).map(Some).ok_or_else(|| {
            let columns = header.join(", ");
            Refusal::bad_input(Text::new(
                format!("没有列 {name}；现有：{columns}"),
                format!("there is no column {name}; there are {columns}"),
            ))
            .into()
        }),
    }
}

/// Where each column stands in a file that may lack it.
fn places(header: &[String], own: &[String]) -> Vec<Option<usize>> {
    header
        .iter()
        .map(|name| own.iter().position(|column| column == name))
        .collect()
}

fn arranged(mut chunk: Chunk, places: &[Option<usize>]) -> Chunk {
    if places
        .iter()
        .enumerate()
        .all(|(place, own)| *own == Some(place))
    {
        return chunk;
    }
    let rows = chunk.len();
    let empty = || (0..rows).map(|_| None).collect();
    let column = |place: &Option<usize>| {
        place.map_or_else(empty, |place| std::mem::take(&mut chunk.columns[place]))
    };
    chunk.columns = places.iter().map(column).collect();
    chunk
}

/// Room for so many names as long as the first ones.
fn room_for_names(chunk: &Chunk, id: Option<usize>, rows: usize) -> Column {
    const BYTES_OF_A_ROW_NUMBER: usize = 8;
    let named = id.map(|id| chunk.columns[id].text_bytes() / chunk.len().max(1) + 1);
    Column::with_capacity(rows, rows * named.unwrap_or(BYTES_OF_A_ROW_NUMBER))
}

/// Without a column of names a record is called by its row, and by its file where there are several.
fn name_rows(chunk: &Chunk, id: Option<usize>, (file, files): (usize, usize), ids: &mut Column) {
    let by_row = |row: usize| {
        let number = chunk.row_numbers[row];
        if files == 1 {
            number.to_string()
        } else {
            format!("{}:{number}", file + 1)
        }
    };
    for row in 0..chunk.len() {
        let name = id
            .and_then(|id| chunk.columns[id].get(row))
            .filter(|name| !name.is_empty());
        match name {
            Some(name) => ids.push(Some(name)),
            None => ids.push(Some(&by_row(row))),
        }
    }
}

fn refuse_repeated(ids: &Column) -> Result<()> {
    let names = || ids.iter().flatten();
    if names().is_sorted_by(|one, next| (one.len(), *one) < (next.len(), *next)) {
        return Ok(());
    }
    let state = RandomState::new();
    let mut hashes: Vec<u64> = names().map(|id| state.hash_one(id)).collect();
    hashes.sort_unstable();
    if hashes.is_sorted_by(|one, next| one < next) {
        return Ok(());
    }
    // Two hashes may be the same by accident; two names may not.
    let mut seen = HashSet::new();
    match names().find(|id| !seen.insert(*id)) {
        None => Ok(()),
        Some(id) => Err(Refusal::bad_input(Text::new(
            format!("两条记录的编号都是 {id}；请用 --id 指定唯一的列，或用 --number-rows 以行号为编号"),
            format!("two records are called {id}; name a column without repetitions by --id, or call them by their rows with --number-rows"),
        ))
        .into()),
    }
}
