//! Cuts bytes into batches that end where a row ends.

use std::io::{ErrorKind, Read};

use crate::cells::{Cell, Dialect, LONGEST_ROW_BYTES, Scan, scan};

/// How much of a row that is too long is kept to show which row it was.
const SAMPLE_BYTES: usize = 256;

/// A stretch of the input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Whole rows.
    Rows(Vec<u8>),
    /// The beginning of one row that is too long; the rest of it was passed over.
    TooLong(Vec<u8>),
}

/// Where bytes come from, and those that are not handed out yet.
pub(crate) struct Cutter {
    source: Box<dyn Read + Send>,
    held: Vec<u8>,
    /// Room that is used again, since asking for fresh memory costs more than filling it.
    spare: Vec<u8>,
    /// What is held of this length has no row end that was not looked for.
    searched: usize,
    ended: bool,
    block_bytes: usize,
    cells: Vec<Cell>,
}

impl Cutter {
    /// Reads `block_bytes` at most at a time.
    pub(crate) fn new(source: Box<dyn Read + Send>, block_bytes: usize) -> Self {
        Self {
            source,
            held: Vec::new(),
            spare: Vec::new(),
            searched: 0,
            ended: false,
            block_bytes: block_bytes.max(1),
            cells: Vec::new(),
        }
    }

    /// What was read and not handed out.
    pub(crate) fn held(&self) -> &[u8] {
        &self.held
    }

    /// Whether everything was read.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Passes over bytes that are held.
    pub(crate) fn pass(&mut self, count: usize) {
        self.held.drain(..count.min(self.held.len()));
        self.searched = 0;
    }

    /// Puts another reader in the place of the source, which may read on from it.
    pub(crate) fn replace(
        self,
        by: impl FnOnce(Vec<u8>, Box<dyn Read + Send>) -> Box<dyn Read + Send>,
    ) -> Self {
        Self::new(by(self.held, self.source), self.block_bytes)
    }

    /// Takes back the room of a stretch that has been answered.
    pub(crate) fn reuse(&mut self, room: Vec<u8>) {
        self.spare = room;
    }

    /// Waits for more bytes, however few; `false` says that there are none.
    pub(crate) fn read_more(&mut self) -> std::io::Result<bool> {
        let before = self.held.len();
        self.held.resize(before + self.block_bytes, 0);
        let count = loop {
            match self.source.read(&mut self.held[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => break outcome,
            }
        };
        self.held.truncate(before + *count.as_ref().unwrap_or(&0));
        self.ended = count? == 0;
        Ok(!self.ended)
    }

    /// The next rows. Those that have come are handed out without waiting for more.
    pub(crate) fn next_stretch(&mut self, dialect: Dialect) -> std::io::Result<Option<Stretch>> {
        loop {
            if let Some(end) = self.last_row_end(dialect) {
                let mut rest = std::mem::take(&mut self.spare);
                rest.clear();
                rest.extend_from_slice(&self.held[end..]);
                self.held.truncate(end);
                self.searched = rest.len();
                return Ok(Some(Stretch::Rows(std::mem::replace(&mut self.held, rest))));
            }
            if self.ended {
                let rest = std::mem::take(&mut self.held);
                return Ok((!rest.is_empty()).then_some(Stretch::Rows(rest)));
            }
            if self.held.len() > LONGEST_ROW_BYTES {
                return self.pass_long_row().map(Some);
            }
            self.searched = self.held.len();
            self.read_more()?;
        }
    }

    /// Where the last row that has come whole ends.
    fn last_row_end(&mut self, dialect: Dialect) -> Option<usize> {
        if self.held.len() == self.searched {
            return None;
        }
        let quotes = dialect.quotes && memchr::memchr(b'"', &self.held).is_some();
        if !quotes {
            if let Some(place) = memchr::memrchr(b'\n', &self.held) {
                return Some(place + 1);
            }
            // Lines of an old Macintosh.
            memchr::memchr(b'\r', &self.held)?;
        }
        let mut at = 0;
        while at < self.held.len() {
            match scan(&self.held, at, self.ended, dialect, &mut self.cells) {
                Scan::Row { next, .. }
                | Scan::Unclosed { next, .. }
                | Scan::TooLong { next, .. } => at = next,
                Scan::Incomplete => break,
            }
        }
        (at > 0).then_some(at)
    }

    /// What is held is the beginning of one long line: keeps a little and finds the end of it.
    fn pass_long_row(&mut self) -> std::io::Result<Stretch> {
        let sample = self.held[..SAMPLE_BYTES].to_vec();
        loop {
            if let Some(place) = memchr::memchr2(b'\n', b'\r', &self.held) {
                self.pass(place);
                return Ok(Stretch::TooLong(sample));
            }
            self.held.clear();
            if !self.read_more()? {
                return Ok(Stretch::TooLong(sample));
            }
        }
    }
}
