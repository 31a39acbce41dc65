//! Looking into a run that memory does not know: without fences and filter, a statement for each key. Slower than
//! with them, and much faster than to read the run through while others wait.

use domain::register::IndexKind;
use storage::{Question, Row, StorageError, Transaction};

use crate::index::Entry;
use crate::index::block::{BlockReader, position};

/// Keys whose blocks are read together.
const KEYS_AT_ONCE: usize = 128;

/// Finds keys, and tells each by its place with what stands under it.
pub(super) async fn find_in_unread(
    transaction: &mut Transaction,
    kind: IndexKind,
    run: i64,
    keys: &[[u8; 16]],
    found: &mut Vec<(usize, i64)>,
) -> Result<(), StorageError> {
    for (part, keys) in keys.chunks(KEYS_AT_ONCE).enumerate() {
        let questions = keys
            .iter()
            .map(|key| block_at(kind, run, &position(key, 0)));
        let answers = transaction.fetch_each(questions.collect()).await?;
        for (place, (key, rows)) in keys.iter().zip(answers).enumerate() {
            let mut walk = UnreadBlocks::from(kind, run, rows.first())?;
            while walk.go_on(transaction).await? {
                let mut reader = BlockReader::default();
                while let Some(entry) = reader.next(&walk.block) {
                    if entry.key == key {
                        found.push((part * KEYS_AT_ONCE + place, entry.reference));
                    }
                    walk.at_end = entry.key > key.as_slice();
                    if walk.at_end {
                        break;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Tells the entries of a run from a position on, until told that it is enough.
pub(super) async fn scan_unread(
    transaction: &mut Transaction,
    kind: IndexKind,
    run: i64,
    start: &[u8],
    mut tell: impl FnMut(Entry<'_>) -> bool,
) -> Result<(), StorageError> {
    let rows = transaction.fetch_each(vec![block_at(kind, run, start)]);
    let rows = rows.await?.pop().unwrap_or_default();
    let mut walk = UnreadBlocks::from(kind, run, rows.first())?;
    while walk.go_on(transaction).await? {
        let mut reader = BlockReader::default();
        while let Some(entry) = reader.next(&walk.block) {
            walk.at_end = !tell(entry);
            if walk.at_end {
                break;
            }
        }
    }
    Ok(())
}

/// The block in which a position lies.
fn block_at(kind: IndexKind, run: i64, position: &[u8]) -> Question<'static> {
    let cells = [i64::from(kind.number()).into(), run.into(), position.into()];
    Question::new(include_str!("block_at.sql"), cells)
}

/// The blocks of a run, one after the other.
struct UnreadBlocks {
    kind: IndexKind,
    run: i64,
    first_key: Vec<u8>,
    block: Vec<u8>,
    /// Whether the first block is at hand and nobody has read it.
    is_fresh: bool,
    /// Whether no further block is asked for.
    at_end: bool,
}

impl UnreadBlocks {
    /// From a block on, or from the first.
    fn from(kind: IndexKind, run: i64, first: Option<&Row>) -> Result<Self, StorageError> {
        let (first_key, block) = match first {
            Some(row) => (row.bytes(0)?, row.bytes(1)?),
            None => (Vec::new(), Vec::new()),
        };
        Ok(Self {
            kind,
            run,
            is_fresh: !block.is_empty(),
            first_key,
            block,
            at_end: false,
        })
    }

    /// Goes to the next block; gives whether there is one that is wanted.
    async fn go_on(&mut self, transaction: &mut Transaction) -> Result<bool, StorageError> {
        if std::mem::take(&mut self.is_fresh) {
            return Ok(true);
        }
        if self.at_end {
            return Ok(false);
        }
        let cells = [
            i64::from(self.kind.number()).into(),
            self.run.into(),
            self.first_key.as_slice().into(),
            1_i64.into(),
        ];
        let next = transaction
            .fetch_optional(include_str!("page_of_blocks.sql"), cells)
            .await?;
        let Some(row) = next else {
            return Ok(false);
        };
        (self.first_key, self.block) = (row.bytes(0)?, row.bytes(1)?);
        Ok(true)
    }
}
