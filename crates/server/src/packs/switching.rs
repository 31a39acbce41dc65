//! Switching on (启用): somebody proposes an edition, another person approves it, and it is in force as its days say.

use serde_json::json;
use storage::Transaction;

use crate::audit::{self, NewEntry};
use crate::clock::Micros;
use crate::packs::draft::check;
use crate::packs::edition::{EditionRow, State, Step, find_edition, step};
use crate::packs::following::follow;
use crate::packs::library::{library_within, today};
use crate::packs::refusal::PackError;
use crate::packs::text::{hex, is_plain, write_files};
use crate::register::check_reason;
use crate::store::Store;

/// Asks for a draft to be switched on. It must be sound.
pub async fn propose(
    store: &Store,
    actor: &str,
    seen: (i64, i64),
    reason: &str,
) -> Result<(), PackError> {
    take(store, actor, seen, reason, State::Draft, State::Proposed).await
}

/// Switches a proposed edition on. Whoever worked at it cannot be the one who approves it.
pub async fn approve(
    store: &Store,
    actor: &str,
    seen: (i64, i64),
    reason: &str,
) -> Result<(), PackError> {
    take(store, actor, seen, reason, State::Proposed, State::Approved).await?;
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, seen.0).await?;
    drop(transaction);
    if let Err(error) = write_folder(store, &edition) {
        tracing::warn!(pack = edition.pack, %error, "the files of the pack could not be written to the data folder");
    }
    if let Err(error) = follow(store).await {
        tracing::warn!(pack = edition.pack, %error, "what the pack says of masks and survivorship will count some seconds later");
    }
    Ok(())
}

/// Sends a proposed edition back to whoever works at it.
pub async fn send_back(
    store: &Store,
    actor: &str,
    seen: (i64, i64),
    reason: &str,
) -> Result<(), PackError> {
    take(store, actor, seen, reason, State::Proposed, State::Draft).await
}

/// Puts away an edition that was not switched on.
pub async fn discard(
    store: &Store,
    actor: &str,
    seen: (i64, i64),
    reason: &str,
) -> Result<(), PackError> {
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, seen.0).await?;
    drop(transaction);
    if !matches!(edition.state, State::Draft | State::Proposed) {
        return Err(PackError::State(edition.state.name()));
    }
    take(store, actor, seen, reason, edition.state, State::Discarded).await
}

async fn take(
    store: &Store,
    actor: &str,
    (id, revision): (i64, i64),
    reason: &str,
    from: State,
    to: State,
) -> Result<(), PackError> {
    let reason = check_reason(reason)?;
    let (mut transaction, now) = store.write().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    if edition.state != from {
        return Err(PackError::State(edition.state.name()));
    }
    if edition.revision != revision {
        return Err(PackError::Changed);
    }
    if matches!(to, State::Proposed | State::Approved) {
        check_switch(&mut transaction, store, &edition, now).await?;
    }
    if to == State::Approved && edition.is_of(actor) {
        return Err(PackError::SecondPerson);
    }
    let taken = Step {
        edition: &edition,
        to,
        by: actor,
        reason,
    };
    step(&mut transaction, now, taken).await?;
    let action = match to {
        State::Proposed => "pack_edition.proposed",
        State::Approved => "pack_edition.approved",
        State::Discarded => "pack_edition.discarded",
        State::Draft | State::Available => "pack_edition.returned",
    };
    let detail = json!({
        "pack": edition.pack,
        "version": edition.version,
        "digest": hex(&edition.digest),
        "reason": reason,
    });
    note(&mut transaction, now, actor, (action, id), detail).await?;
    transaction.commit().await?;
    Ok(())
}

/// An edition that is switched on is sound, also beneath those that lie upon it, and does not begin in the past.
async fn check_switch(
    transaction: &mut Transaction,
    store: &Store,
    edition: &EditionRow,
    now: Micros,
) -> Result<(), PackError> {
    if edition.effective_from < today(now) {
        return Err(PackError::Past(rulebook::written_day(
            edition.effective_from,
        )));
    }
    let library = library_within(transaction, store).await?;
    let checked = check(&library, edition);
    if !checked.problems.is_empty() {
        return Err(PackError::Unsound(checked.problems));
    }
    library.check_place(edition)?;
    library.check_with(edition)
}

/// Writes the files of an edition where an engineer looks for them: `packs/<pack>/<version>` in the data folder.
fn write_folder(store: &Store, edition: &EditionRow) -> std::io::Result<()> {
    if ![&edition.pack, &edition.version]
        .into_iter()
        .all(|name| is_plain(name))
    {
        return Err(std::io::Error::other(
            "its name or version cannot be a folder",
        ));
    }
    let packs = store.folder().join("packs");
    write_files(
        edition.files(),
        &packs.join(&edition.pack).join(&edition.version),
    )
}

pub(super) async fn note(
    transaction: &mut Transaction,
    now: Micros,
    actor: &str,
    (action, id): (&'static str, i64),
    detail: serde_json::Value,
) -> Result<(), PackError> {
    let entry = NewEntry {
        actor,
        action,
        subject: format!("pack_edition/{id}"),
        detail,
        root: None,
    };
    audit::append(transaction, now, entry).await?;
    Ok(())
}
