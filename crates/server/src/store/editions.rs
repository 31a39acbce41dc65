//! The text of editions of rule packs as memory keeps it: an edition of an id and a revision never changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rulebook::Identity;

/// Bytes of text that memory keeps; what is more is read again each time.
const MOST_BYTES: usize = 64 << 20;

/// An edition by its id and revision.
pub type EditionKey = (i64, i64);

/// The files of an edition, and what they say of themselves.
#[derive(Debug, Clone, Default)]
pub struct EditionText {
    /// Its files by name.
    pub files: BTreeMap<String, String>,
    /// Who it is, where its `pack.toml` says so.
    pub identity: Option<Identity>,
}

impl EditionText {
    /// The text of these files.
    pub fn of(files: BTreeMap<String, String>) -> Self {
        Self {
            identity: rulebook::identity_of(&files),
            files,
        }
    }

    fn bytes(&self) -> usize {
        let files = self.files.iter();
        files.map(|(name, text)| name.len() + text.len()).sum()
    }
}

/// Texts of editions. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct EditionTexts(Arc<Mutex<HashMap<EditionKey, Arc<EditionText>>>>);

impl EditionTexts {
    /// The text of an edition, if memory has it.
    pub fn of(&self, key: EditionKey) -> Option<Arc<EditionText>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key).cloned()
    }

    /// Keeps these, and forgets every other.
    pub fn keep(&self, texts: impl Iterator<Item = (EditionKey, Arc<EditionText>)>) {
        let mut room = MOST_BYTES;
        let fits = |(_, text): &(EditionKey, Arc<EditionText>)| {
            let left = room.checked_sub(text.bytes());
            room = left.unwrap_or(room);
            left.is_some()
        };
        let texts: HashMap<_, _> = texts.filter(fits).collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = texts;
    }
}
