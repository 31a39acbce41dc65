//! What the decoder may hold of one row group at once: the dictionaries and open pages of all
//! columns, and what the pages of the batch being decoded expand to.
//!
//! The columns are read through one decoder that calls back for pages, so they share the count.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::TableProblem;

/// Shared by the columns of one row group.
pub(crate) struct Budget {
    allowed: u64,
    held: AtomicU64,
    batch: AtomicU64,
    /// Why the decoder was told to stop; its own error keeps the sentence only.
    problem: Mutex<Option<TableProblem>>,
}

impl Budget {
    pub(crate) fn new(allowed: u64) -> Self {
        Self {
            allowed,
            held: AtomicU64::new(0),
            batch: AtomicU64::new(0),
            problem: Mutex::new(None),
        }
    }

    pub(crate) fn allowed(&self) -> u64 {
        self.allowed
    }

    /// A new batch begins: pages of earlier ones were decoded and let go.
    pub(crate) fn begin_batch(&self) {
        self.batch.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn batch(&self) -> u64 {
        self.batch.load(Ordering::Relaxed)
    }

    /// Whether so many bytes more may be held.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        let held = self.held.load(Ordering::Relaxed);
        held.saturating_add(bytes) <= self.allowed
    }

    pub(crate) fn take(&self, bytes: u64) {
        self.held.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn give_back(&self, bytes: u64) {
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }

    pub(crate) fn stop(&self, problem: TableProblem) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }

    pub(crate) fn take_problem(&self) -> Option<TableProblem> {
        let mut problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        problem.take()
    }
}
