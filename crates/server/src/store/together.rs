//! Group commit (组提交): writes of people that come at the same time share one transaction, and so one
//! wait for the disk.
//!
//! Each is a part that is undone by itself when it fails, sees what the parts before it wrote, and is
//! answered when the commit is over. Whoever ends a part stands in line again to commit; those who
//! stood in line before him have added theirs by then. So nobody waits for a timer, and whoever is
//! alone commits at once. An import beside stands in another line and takes turns with the groups.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use storage::{StorageError, Transaction};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

use crate::clock::Micros;
use crate::store::Store;

/// Where writers stand in line, in the order of arrival.
#[derive(Debug, Clone, Default)]
pub(super) struct Together(Arc<Mutex<Option<Group>>>);

/// Parts that will be committed at once.
#[derive(Debug)]
struct Group {
    transaction: Transaction,
    /// Parts that were ended and wait for the commit.
    parts: usize,
    /// Somebody works at a part, or gave it up half-way.
    part_open: bool,
    outcome: Outcome,
}

/// How the commit of a group ended; its members keep it when the group is over.
type Outcome = Arc<OnceLock<Result<(), String>>>;

/// A write among others. Dropping it without [`SharedTransaction::commit`] undoes it, and only it.
#[derive(Debug)]
pub struct SharedTransaction {
    group: OwnedMappedMutexGuard<Option<Group>, Group>,
    store: Store,
}

impl Store {
    /// Begins a write that shares its commit with others that come at the same time, and says when
    /// it is, as [`Store::write`] does. New keys that come from [`Store::gathering`] are saved
    /// together too.
    pub async fn write_together(&self) -> Result<(SharedTransaction, Micros), StorageError> {
        let mut open = Arc::clone(&self.together.0).lock_owned().await;
        self.undo_part_left(&mut open).await;
        if open.is_none() {
            *open = Some(Group {
                transaction: self.database.jot().await?,
                parts: 0,
                part_open: false,
                outcome: Outcome::default(),
            });
        }
        let group = OwnedMutexGuard::try_map(open, Option::as_mut)
            .map_err(|_| StorageError::Shared("nobody began it".to_owned()))?;
        let mut transaction = SharedTransaction {
            group,
            store: self.clone(),
        };
        transaction.begin().await?;
        let recorded_at = self.begin(&mut transaction).await?;
        Ok((transaction, recorded_at))
    }

    /// This store for a write that shares its commit: new keys are saved with that commit, before it.
    #[must_use]
    pub fn gathering(&self) -> Self {
        Self {
            keys: self.keys.gathering(),
            ..self.clone()
        }
    }

    /// Undoes the part that somebody gave up; the parts before it stay.
    async fn undo_part_left(&self, open: &mut Option<Group>) {
        let Some(group) = open.as_mut().filter(|group| group.part_open) else {
            return;
        };
        if group.parts == 0 {
            self.keys.forget_gathered();
            *open = None;
        } else if let Err(error) = group.transaction.undo_part().await {
            // The database undid everything itself, such as when the disk is full.
            let _ = group.outcome.set(Err(error.to_string()));
            self.keys.forget_gathered();
            *open = None;
        } else {
            self.keys.undo_gathered();
            group.part_open = false;
        }
    }

    /// Commits the open group when its turn comes, unless somebody did.
    async fn commit_group(self, outcome: Outcome) -> Result<(), StorageError> {
        let mut open = self.together.0.lock().await;
        self.undo_part_left(&mut open).await;
        let is_open = |group: &&Group| Arc::ptr_eq(&group.outcome, &outcome);
        if open.as_ref().is_some_and(|group| is_open(&group))
            && let Some(group) = open.take()
        {
            let committed = match self.keys.save_gathered().await {
                Ok(()) => group
                    .transaction
                    .commit()
                    .await
                    .map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            let _ = outcome.set(committed);
        }
        drop(open);
        match outcome.get() {
            Some(Ok(())) => Ok(()),
            Some(Err(why)) => Err(StorageError::Shared(why.clone())),
            None => Err(StorageError::Shared("it was given up".to_owned())),
        }
    }
}

impl SharedTransaction {
    /// The first part needs no mark in the transaction: undoing it undoes everything.
    async fn begin(&mut self) -> Result<(), StorageError> {
        self.group.part_open = true;
        if self.group.parts > 0 {
            self.group.transaction.begin_part().await?;
        }
        Ok(())
    }

    /// Makes the changes last; returns when they do.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        if self.group.parts > 0 {
            self.group.transaction.keep_part().await?;
        }
        self.group.parts += 1;
        self.group.part_open = false;
        self.store.keys.keep_gathered();
        let outcome = Arc::clone(&self.group.outcome);
        let store = self.store.clone();
        drop(self);
        // In a task of its own: a sender who hangs up must not leave a group that nobody commits.
        let committing = tokio::spawn(store.commit_group(outcome));
        let ended = committing.await;
        ended.unwrap_or_else(|error| Err(StorageError::Shared(error.to_string())))
    }
}

impl Drop for SharedTransaction {
    fn drop(&mut self) {
        let is_alone = self.group.part_open && self.group.parts == 0;
        if let (true, Ok(runtime)) = (is_alone, tokio::runtime::Handle::try_current()) {
            // Nobody else would end the transaction that this one began.
            let outcome = Arc::clone(&self.group.outcome);
            runtime.spawn(self.store.clone().commit_group(outcome));
        }
    }
}

impl Deref for SharedTransaction {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.group.transaction
    }
}

impl DerefMut for SharedTransaction {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.group.transaction
    }
}
