//! Runs that become one: what is read of each, and the next entry of all.

use domain::register::IndexKind;
use storage::{Database, StorageError};

use crate::index::Entry;
use crate::index::block::BlockReader;
use crate::index::run::RunBlocks;

/// Blocks read by one statement, for each run of a merge.
const PAGE_ROWS: i64 = 16;

/// One kind of several runs on its way into one run. It only computes, and says what it needs.
pub(super) struct Merging {
    cursors: Vec<Cursor>,
    pub blocks: RunBlocks,
}

/// Why merging does not go on by itself.
pub(super) enum Needs {
    /// The next page of the run at this place.
    Page(usize),
    /// Somebody to write the blocks that are full.
    Writer,
    /// Nothing: everything of the kind was merged.
    Nothing,
}

impl Merging {
    /// Begins at the beginning of each run.
    pub fn new(kind: IndexKind, runs: &[i64], blocks: RunBlocks) -> Self {
        Self {
            cursors: runs.iter().map(|run| Cursor::new(kind, *run)).collect(),
            blocks,
        }
    }

    /// Merges until something is needed; so many blocks may wait for their writer.
    pub fn go_on(&mut self, limit: usize) -> Needs {
        loop {
            for (place, cursor) in self.cursors.iter_mut().enumerate() {
                if !cursor.stands && !cursor.advance() && !cursor.at_end {
                    return Needs::Page(place);
                }
            }
            if self.blocks.waiting() >= limit {
                return Needs::Writer;
            }
            let standing = self.cursors.iter_mut().filter(|cursor| cursor.stands);
            let Some(least) = standing.min_by(|left, right| left.entry().cmp(&right.entry()))
            else {
                return Needs::Nothing;
            };
            self.blocks.push(least.kind, least.entry());
            least.stands = false;
        }
    }

    /// Reads the next page of the run at a place. Runs never change, so each page may be read by itself, and the log of
    /// the store can be shortened meanwhile.
    pub async fn read_page(
        &mut self,
        database: &Database,
        place: usize,
    ) -> Result<(), StorageError> {
        self.cursors[place].read_page(database).await
    }
}

/// Reads one kind of one run from beginning to end.
struct Cursor {
    kind: IndexKind,
    run: i64,
    blocks: std::vec::IntoIter<Vec<u8>>,
    last_fence: Vec<u8>,
    block: Vec<u8>,
    reader: BlockReader,
    key: Vec<u8>,
    reference: i64,
    stands: bool,
    at_end: bool,
}

impl Cursor {
    fn new(kind: IndexKind, run: i64) -> Self {
        Self {
            kind,
            run,
            blocks: Vec::new().into_iter(),
            last_fence: Vec::new(),
            block: Vec::new(),
            reader: BlockReader::default(),
            key: Vec::new(),
            reference: 0,
            stands: false,
            at_end: false,
        }
    }

    fn entry(&self) -> Entry<'_> {
        Entry {
            key: &self.key,
            reference: self.reference,
        }
    }

    /// Goes to the next entry of the blocks at hand, if there is one.
    fn advance(&mut self) -> bool {
        loop {
            if let Some(entry) = self.reader.next(&self.block) {
                self.key.clear();
                self.key.extend_from_slice(entry.key);
                self.reference = entry.reference;
                self.stands = true;
                return true;
            }
            let Some(block) = self.blocks.next() else {
                return false;
            };
            self.block = block;
            self.reader = BlockReader::default();
        }
    }

    async fn read_page(&mut self, database: &Database) -> Result<(), StorageError> {
        let cells = [
            i64::from(self.kind.number()).into(),
            self.run.into(),
            self.last_fence.as_slice().into(),
            PAGE_ROWS.into(),
        ];
        let mut transaction = database.read().await?;
        let rows = transaction
            .fetch_all(include_str!("page_of_blocks.sql"), cells)
            .await?;
        self.at_end = rows.is_empty();
        let mut blocks = Vec::with_capacity(rows.len());
        for row in rows {
            self.last_fence = row.bytes(0)?;
            blocks.push(row.bytes(1)?);
        }
        self.blocks = blocks.into_iter();
        Ok(())
    }
}
