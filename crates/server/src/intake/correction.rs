//! What a person decides about a row in quarantine, and the counts of its batch after that.

use serde_json::json;
use storage::Transaction;

use crate::clock::Micros;
use crate::intake::batch::note;
use crate::intake::{BatchCounts, IntakeError, QuarantineState, QuarantinedRow, find_row};
use crate::register::check_reason;
use crate::store::Store;

/// Decides that a row is not needed. Deciding the same again changes nothing.
pub async fn discard_row(
    store: &Store,
    actor: &str,
    id: i64,
    reason: &str,
) -> Result<QuarantinedRow, IntakeError> {
    let reason = check_reason(reason)?;
    let (mut transaction, decided_at) = store.write_together().await?;
    let mut row = find_row(&mut transaction, &store.keys, id).await?;
    match row.state {
        QuarantineState::Discarded => return Ok(row),
        QuarantineState::Resubmitted => {
            return Err(IntakeError::state(
                "此行已成为记录，请改为撤回该记录",
                "the row became a record; withdraw the record instead",
            ));
        }
        QuarantineState::Open => row.state = QuarantineState::Discarded,
    }
    settle(&mut transaction, decided_at, actor, &row, Some(reason)).await?;
    let detail = json!({ "row": id, "reason": reason });
    let action = "quarantine.discarded";
    note(
        &mut transaction,
        decided_at,
        actor,
        action,
        row.batch,
        detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(row)
}

/// Notes that a corrected row is a record now, and counts it as accepted.
pub async fn row_became_record(
    transaction: &mut Transaction,
    decided_at: Micros,
    actor: &str,
    row: &QuarantinedRow,
    done: BatchCounts,
) -> Result<(), IntakeError> {
    settle(transaction, decided_at, actor, row, None).await?;
    let cells = [
        row.batch.into(),
        done.unchanged.into(),
        done.new_customers.into(),
        done.joined.into(),
        done.held_for_review.into(),
        row.record.into(),
    ];
    transaction
        .execute(include_str!("correct_batch.sql"), cells)
        .await?;
    let detail = json!({ "row": row.id, "record": row.record });
    let action = "quarantine.resubmitted";
    Ok(note(transaction, decided_at, actor, action, row.batch, detail).await?)
}

/// Notes that somebody read rows as they were given: whole files of people go by here.
pub async fn note_read(
    store: &Store,
    actor: &str,
    rows: &[QuarantinedRow],
) -> Result<(), IntakeError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut batches: Vec<i64> = rows.iter().map(|row| row.batch).collect();
    batches.sort_unstable();
    batches.dedup();
    let (mut transaction, recorded_at) = store.write_together().await?;
    for batch in batches {
        let count = rows.iter().filter(|row| row.batch == batch).count();
        let detail = json!({ "rows": count });
        let action = "quarantine.read";
        note(&mut transaction, recorded_at, actor, action, batch, detail).await?;
    }
    Ok(transaction.commit().await?)
}

async fn settle(
    transaction: &mut Transaction,
    decided_at: Micros,
    actor: &str,
    row: &QuarantinedRow,
    reason: Option<&str>,
) -> Result<(), IntakeError> {
    let cells = [
        row.id.into(),
        row.state.name().into(),
        row.record.into(),
        decided_at.into(),
        actor.into(),
        reason.into(),
    ];
    transaction
        .execute(include_str!("settle_quarantine.sql"), cells)
        .await?;
    Ok(())
}
