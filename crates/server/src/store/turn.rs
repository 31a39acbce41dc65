//! Turns (轮值): something that only one task of one process may do at a time, on any database.
//!
//! A turn ends by itself when its holder falls silent, so a crash blocks nobody for long; and a
//! holder that fell silent for too long learns in the transaction of its next step that the turn is
//! somebody else's, so nothing that it does afterwards becomes visible.

use storage::{StorageError, Transaction};

use crate::clock::{self, Micros};
use crate::store::Store;

/// How long a holder may be silent.
const SILENCE: Micros = 20_000_000;

/// A turn that was taken.
#[derive(Debug)]
pub struct Turn {
    name: &'static str,
    /// When it ends unless it is kept; what the store has for this holder and nobody else.
    until: Micros,
}

/// Takes a turn; none while somebody else has it.
pub async fn take_turn(store: &Store, name: &'static str) -> Result<Option<Turn>, StorageError> {
    let now = clock::now();
    let until = now + SILENCE;
    let mut transaction = store.database.write().await?;
    let cells = [name.into(), until.into(), now.into()];
    let taken = transaction
        .execute(include_str!("take_turn.sql"), cells)
        .await?;
    transaction.commit().await?;
    Ok((taken == 1).then_some(Turn { name, until }))
}

impl Turn {
    /// Keeps the turn for another while, in the transaction of the step that it is needed for. Says
    /// whether it was still there to be kept; if not, the step must not be committed.
    pub async fn keep(&mut self, transaction: &mut Transaction) -> Result<bool, StorageError> {
        // Later than before in any case: the clock of the machine may have been set back.
        let until = (clock::now() + SILENCE).max(self.until + 1);
        let cells = [self.name.into(), self.until.into(), until.into()];
        let kept = transaction
            .execute(include_str!("keep_turn.sql"), cells)
            .await?;
        self.until = until;
        Ok(kept == 1)
    }

    /// Gives the turn back.
    pub async fn end(self, store: &Store) -> Result<(), StorageError> {
        let mut transaction = store.database.write().await?;
        let cells = [self.name.into(), self.until.into(), 0.into()];
        transaction
            .execute(include_str!("keep_turn.sql"), cells)
            .await?;
        transaction.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::temporary_store;

    #[tokio::test]
    async fn a_turn_is_one_holders_until_given_back() {
        let (_folder, store) = temporary_store().await;
        let mut turn = take_turn(&store, "test").await.unwrap().unwrap();
        assert!(take_turn(&store, "test").await.unwrap().is_none());
        let mut transaction = store.database.write().await.unwrap();
        assert!(turn.keep(&mut transaction).await.unwrap());
        transaction.commit().await.unwrap();
        turn.end(&store).await.unwrap();
        assert!(take_turn(&store, "test").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn who_was_silent_for_too_long_learns_it_with_the_next_step() {
        let (_folder, store) = temporary_store().await;
        let mut turn = take_turn(&store, "test").await.unwrap().unwrap();
        // As if it had been silent, and somebody else had come.
        let mut transaction = store.database.write().await.unwrap();
        let cells = ["test".into(), turn.until.into(), (turn.until + 7).into()];
        let sql = include_str!("keep_turn.sql");
        transaction.execute(sql, cells).await.unwrap();
        assert!(!turn.keep(&mut transaction).await.unwrap());
    }
}
