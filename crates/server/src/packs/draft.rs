//! Drafts (草稿): a copy of an edition, or a new pack, that is changed until somebody proposes it.

use std::collections::BTreeMap;

use rulebook::{Coverage, Identity, MOST_BYTES, MOST_FILES, Problem as Mistake};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::Id;
use crate::packs::edition::{EditionRow, Kept, State, change, find_edition, insert};
use crate::packs::form::{PackEdit, Place, apply};
use crate::packs::library::{Library, library, library_within, today};
use crate::packs::refusal::PackError;
use crate::packs::switching::note;
use crate::packs::text::{Files, stays_within};
use crate::store::Store;

/// A draft that somebody wants.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEdition {
    /// The edition to begin with.
    #[serde(default)]
    pub base: Option<Id>,
    /// The files of a new pack, by name, where there is nothing to begin with.
    #[serde(default)]
    pub files: Option<BTreeMap<String, String>>,
}

/// What a check found.
pub struct Checked {
    /// Everything that is wrong, in the order of files and lines.
    pub problems: Vec<Mistake>,
    /// How far examples show what rules do.
    pub coverage: Coverage,
}

/// Begins a draft and gives its id. A copy gets the next version, and begins today.
pub async fn create_draft(
    store: &Store,
    actor: &str,
    wanted: NewEdition,
) -> Result<i64, PackError> {
    library(store).await?;
    let (mut transaction, now) = store.write().await?;
    let library = library_within(&mut transaction, store).await?;
    let (files, base) = match (wanted.base, wanted.files) {
        (Some(base), None) => {
            let base = find_edition(&mut transaction, base.0).await?;
            (copied(&library, &base, today(now))?, Some(base.id))
        }
        (None, Some(files)) => (files, None),
        _ => {
            let why = "either base or files is given";
            return Err(PackError::Edit("base".to_owned(), why.to_owned()));
        }
    };
    let identity = identified(&files)?;
    let kept = Kept {
        identity: &identity,
        files: &files,
        state: State::Draft,
        base,
        by: actor,
    };
    let id = insert(&mut transaction, now, kept).await?;
    let detail = json!({ "pack": identity.id, "version": identity.version });
    note(
        &mut transaction,
        now,
        actor,
        ("pack_edition.drafted", id),
        detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(id)
}

/// Who the pack of these files is; its problems otherwise. What is too much for any pack is not kept even as a draft.
fn identified(files: &Files) -> Result<Identity, PackError> {
    let bytes: usize = files.values().map(String::len).sum();
    if files.len() > MOST_FILES || bytes > MOST_BYTES {
        let why = format!("a pack has {MOST_FILES} files and {MOST_BYTES} bytes at most");
        return Err(PackError::Edit("files".to_owned(), why));
    }
    if let Some(name) = files.keys().find(|name| !stays_within(name)) {
        let why = "a file has a plain name below the folder of its pack";
        return Err(PackError::Edit(name.clone(), why.to_owned()));
    }
    if let Some(identity) = rulebook::identity_of(files) {
        return Ok(identity);
    }
    let loaded = rulebook::load(files, &rulebook::Foundation::default());
    Err(PackError::Unsound(loaded.err().unwrap_or_default()))
}

fn copied(library: &Library, base: &EditionRow, today: i32) -> Result<Files, PackError> {
    let mut files = base.files.clone();
    let taken: Vec<&str> = library
        .editions
        .iter()
        .filter(|edition| edition.pack == base.pack)
        .map(|edition| edition.version.as_str())
        .collect();
    let version = next_version(&base.version, &taken);
    let mut edits = vec![
        head_edit("version", Some(json!(version))),
        head_edit("effective_from", Some(json!(rulebook::written_day(today)))),
    ];
    if base.effective_to.is_some_and(|to| to < today) {
        edits.push(head_edit("effective_to", None));
    }
    apply(&mut files, &edits)?;
    Ok(files)
}

fn head_edit(key: &str, value: Option<serde_json::Value>) -> PackEdit {
    PackEdit {
        file: "pack.toml".to_owned(),
        path: vec![Place::Key(key.to_owned())],
        value,
    }
}

/// `2026.11` becomes `2026.11-1`, `2026.11-1` becomes `2026.11-2`.
fn next_version(version: &str, taken: &[&str]) -> String {
    let (stem, number) = match version.rsplit_once('-') {
        Some((stem, number)) => match number.parse::<u32>() {
            Ok(number) => (stem, number),
            Err(_) => (version, 0),
        },
        None => (version, 0),
    };
    let next = (number.saturating_add(1)..).map(|number| format!("{stem}-{number}"));
    let mut free = next.filter(|version| !taken.contains(&version.as_str()));
    free.next().unwrap_or_default()
}

/// Changes a draft: some values, or whole files. What is not sound can be kept; it cannot be proposed.
pub async fn change_draft(
    store: &Store,
    actor: &str,
    (id, revision): (i64, i64),
    edits: &[PackEdit],
    replaced: BTreeMap<String, String>,
) -> Result<(), PackError> {
    let (mut transaction, now) = store.write().await?;
    let edition = find_edition(&mut transaction, id).await?;
    if edition.state != State::Draft {
        return Err(PackError::State(edition.state.name()));
    }
    if edition.revision != revision {
        return Err(PackError::Changed);
    }
    let files = changed(&edition, edits, replaced)?;
    let identity = identified(&files)?;
    change(&mut transaction, now, &edition, &identity, &files, actor).await?;
    let detail = json!({ "revision": revision + 1 });
    note(
        &mut transaction,
        now,
        actor,
        ("pack_edition.changed", id),
        detail,
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

fn changed(
    edition: &EditionRow,
    edits: &[PackEdit],
    replaced: BTreeMap<String, String>,
) -> Result<Files, PackError> {
    let mut files = edition.files.clone();
    files.extend(replaced);
    apply(&mut files, edits)?;
    Ok(files)
}

/// Checks an edition as it would be with some changes, which are not kept.
pub async fn check_draft(
    store: &Store,
    id: i64,
    edits: &[PackEdit],
    replaced: BTreeMap<String, String>,
) -> Result<(EditionRow, Checked), PackError> {
    let library = library(store).await?;
    let mut transaction = store.database.read().await?;
    let mut edition = find_edition(&mut transaction, id).await?;
    drop(transaction);
    edition.files = changed(&edition, edits, replaced)?;
    let checked = check(&library, &edition);
    Ok((edition, checked))
}

/// Checks an edition upon those that it would lie on, on its first day.
pub(super) fn check(library: &Library, edition: &EditionRow) -> Checked {
    let identity = rulebook::identity_of(&edition.files);
    let mut beneath = library.facts().clone();
    if let Some(identity) = identity {
        let day = identity.validity.from;
        let lies_below = |other: &&EditionRow| {
            let other_layer = rulebook::identity_of(&other.files).map(|other| other.layer);
            let below = other_layer.is_some_and(|layer| {
                (layer, other.pack.as_str()) < (identity.layer, identity.id.as_str())
            });
            below && other.pack != identity.id
        };
        let in_force = library.in_force(day, identity.branch.as_deref());
        let in_force_names: Vec<String> = in_force
            .iter()
            .map(|edition| edition.pack.clone())
            .collect();
        let below = in_force.into_iter().filter(lies_below);
        beneath = library.ground(below);
        // Of packs that are not in force on that day, those that it names itself are taken as they are now.
        let is_on = |named: &&String| in_force_names.iter().all(|name| name != *named);
        for named in identity.builds_on.iter().filter(is_on) {
            let known = library.editions.iter().rev();
            let mut known =
                known.filter(|edition| edition.pack == *named && edition.state == State::Approved);
            if let Some(edition) = known.next()
                && let Ok(pack) = rulebook::compile(&edition.files, &beneath)
            {
                beneath = pack.foundation;
            }
        }
    }
    match rulebook::load(&edition.files, &beneath) {
        Ok((_, coverage)) => Checked {
            problems: Vec::new(),
            coverage,
        },
        Err(problems) => Checked {
            problems,
            coverage: Coverage::default(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::next_version;

    #[test]
    fn versions_go_on_where_none_was_before() {
        assert_eq!(next_version("2026.11", &["2026.11"]), "2026.11-1");
        assert_eq!(
            next_version("2026.11", &["2026.11", "2026.11-1"]),
            "2026.11-2"
        );
        assert_eq!(next_version("2026.11-2", &["2026.11-2"]), "2026.11-3");
        assert_eq!(next_version("v-a", &[]), "v-a-1");
    }
}
