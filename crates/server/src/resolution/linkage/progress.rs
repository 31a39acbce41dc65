//! How far a run is (进度), told to whoever writes it down while the work goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// Nothing yet.
    #[default]
    Waiting,
    /// Reading what is compared.
    Reading,
    /// Learning a model.
    Learning,
    /// Comparing, weighing and dividing.
    Linking,
    /// Writing the keys of a new model.
    Indexing,
    /// Carrying out what changes.
    Writing,
}

impl Stage {
    /// The word in the store and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Reading => "reading",
            Self::Learning => "learning",
            Self::Linking => "linking",
            Self::Indexing => "indexing",
            Self::Writing => "writing",
        }
    }
}

/// How far a run is. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stage: Mutex<Stage>,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Begins a stage of so many steps; none where nobody knows.
    pub fn begin(&self, stage: Stage, total: u64) {
        let mut current = self.0.stage.lock().unwrap_or_else(PoisonError::into_inner);
        *current = stage;
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// So many steps more.
    pub fn add(&self, steps: usize) {
        self.0.done.fetch_add(steps as u64, Ordering::Relaxed);
    }

    /// The stage, the steps done and all of them.
    pub fn state(&self) -> (Stage, u64, u64) {
        let stage = self.0.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.0.done.load(Ordering::Relaxed);
        (*stage, done, self.0.total.load(Ordering::Relaxed))
    }
}
