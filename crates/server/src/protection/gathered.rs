//! New keys of writes that share a commit: saved together, before it.
//!
//! Until then only those writes know of the records that the keys seal, so only they look for the
//! keys here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::protection::keys::{KeyScope, WrappedKey};

/// Keys in the order in which they were made.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    keys: Vec<WrappedKey>,
    /// Those of writes that ended; the others are of the one that is being written.
    kept: usize,
}

impl Gathered {
    pub(super) fn add(&self, keys: Vec<WrappedKey>) {
        self.state().keys.extend(keys);
    }

    /// The last key that was made for each of some ids.
    pub(super) fn find(&self, scope: KeyScope, ids: &[i64]) -> Vec<(i64, Vec<u8>)> {
        let state = self.state();
        let keys = state.keys.iter();
        keys.filter(|key| key.scope == scope && ids.contains(&key.id))
            .map(|key| (key.id, key.wrapped.clone()))
            .collect()
    }

    /// The write that made the latest ones ended.
    pub(super) fn keep(&self) {
        let mut state = self.state();
        state.kept = state.keys.len();
    }

    /// The write that made the latest ones was undone: its ids will be given to others.
    pub(super) fn undo(&self) {
        let mut state = self.state();
        let kept = state.kept;
        state.keys.truncate(kept);
    }

    /// Takes all of them.
    pub(super) fn take(&self) -> Vec<WrappedKey> {
        let mut state = self.state();
        state.kept = 0;
        std::mem::take(&mut state.keys)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
