//! Drafts (草稿): a copy of an edition, or a new pack, that is changed until somebody proposes it.

use std::collections::BTreeMap;

use rulebook::{
    Coverage, Foundation, Identity, MOST_BYTES, MOST_FILES, Problem as Mistake, check_builds_on,
    ordered,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::http::Id;
use crate::packs::edition::{EditionRow, Kept, State, change, find_edition, insert};
use crate::packs::form::{PackEdit, Place, apply};
use crate::packs::library::{Library, library, library_within, today};
use crate::packs::listing::{listed, unlisted};
use crate::packs::refusal::{MOST_DRAFTS, PackError};
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
            let base = find_edition(&mut transaction, store, base.0).await?;
            (copied(&library, &base, today(now))?, Some(base.id))
        }
        (None, Some(files)) => (files, None),
        _ => {
            return Err(PackError::edit(
                "base",
                "base 与 files 须给出且仅给出其一",
                "either base or files is given",
            ));
        }
    };
    let identity = identified(&files)?;
    let is_open = |edition: &&EditionRow| matches!(edition.state, State::Draft | State::Proposed);
    if library.editions.iter().filter(is_open).count() >= MOST_DRAFTS {
        return Err(PackError::TooManyDrafts);
    }
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
        return Err(PackError::edit(
            "files",
            format!("规则包最多 {MOST_FILES} 个文件、{MOST_BYTES} 字节"),
            format!("a pack has {MOST_FILES} files and {MOST_BYTES} bytes at most"),
        ));
    }
    if let Some(name) = files.keys().find(|name| !stays_within(name)) {
        return Err(PackError::edit(
            name,
            "文件名须为规则包文件夹之内的普通名称",
            "a file has a plain name below the folder of its pack",
        ));
    }
    if let Some(identity) = rulebook::identity_of(files) {
        return Ok(identity);
    }
    let loaded = rulebook::load(files, &rulebook::Foundation::default());
    Err(PackError::Unsound(loaded.err().unwrap_or_default()))
}

fn copied(library: &Library, base: &EditionRow, today: i32) -> Result<Files, PackError> {
    let mut files = base.files().clone();
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

/// `2026.11` becomes `2026.11-1`, which becomes `2026.11-2`. A version that is a month or a day, as `2026-11`, keeps its
/// number and becomes `2026-11.1`, so that nobody takes a revision for December.
fn next_version(version: &str, taken: &[&str]) -> String {
    let numbered = |separator: char| {
        let (stem, number) = version.rsplit_once(separator)?;
        Some((stem, number.parse::<u32>().ok()?))
    };
    let dated = numbered('.').filter(|(stem, _)| is_date(stem));
    let (stem, separator, number) = match (dated, numbered('-')) {
        (Some((stem, number)), _) => (stem, '.', number),
        _ if is_date(version) => (version, '.', 0),
        (None, Some((stem, number))) => (stem, '-', number),
        (None, None) => (version, '-', 0),
    };
    let next = (number.saturating_add(1)..).map(|number| format!("{stem}{separator}{number}"));
    let mut free = next.filter(|version| !taken.contains(&version.as_str()));
    free.next().unwrap_or_default()
}

/// Whether a version reads as a month or a day, with hyphens.
fn is_date(version: &str) -> bool {
    let parts: Vec<&str> = version.split('-').collect();
    let is_number = |part: &&str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [year, rest @ ..] = parts.as_slice() else {
        return false;
    };
    let is_year = year.len() == 4 && is_number(year, 4);
    is_year && matches!(rest.len(), 1 | 2) && rest.iter().all(|part| is_number(part, 2))
}

/// Changes a draft: some values, or whole files. What is not sound can be kept; it cannot be proposed.
pub async fn change_draft(
    store: &Store,
    actor: &str,
    (id, revision): (i64, i64),
    edits: &[PackEdit],
    replaced: Replaced,
) -> Result<(), PackError> {
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    drop(transaction);
    if edition.state != State::Draft {
        return Err(PackError::State(edition.state.name()));
    }
    if edition.revision != revision {
        return Err(PackError::Changed);
    }
    // Texts are read and written before anybody has to wait for the writer, who looks at the revision again.
    let files = changed(&edition, edits, replaced)?;
    let identity = identified(&files)?;
    let (mut transaction, now) = store.write().await?;
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

/// Files to add or to replace by name, and those to remove.
pub(super) type Replaced = BTreeMap<String, Option<String>>;

fn changed(
    edition: &EditionRow,
    edits: &[PackEdit],
    replaced: Replaced,
) -> Result<Files, PackError> {
    let mut files = edition.files().clone();
    // Whoever replaces `pack.toml` says itself which files it has.
    let follows = !replaced.contains_key("pack.toml");
    for (name, text) in replaced {
        if let Some(text) = text {
            let is_new = files.insert(name.clone(), text).is_none();
            if let Some(edit) = listed(&files, &name).filter(|_| is_new && follows) {
                apply(&mut files, &[edit])?;
            }
        } else if name == "pack.toml" {
            let (zh, en) = ("规则包必须有此文件", "a pack cannot be without it");
            return Err(PackError::edit(name, zh, en));
        } else if files.remove(&name).is_none() {
            return Err(PackError::edit(name, "没有此文件", "there is no such file"));
        } else if follows {
            let edits = unlisted(&files, &name);
            apply(&mut files, &edits)?;
        }
    }
    apply(&mut files, edits)?;
    Ok(files)
}

/// Checks an edition as it would be with some changes, which are not kept.
pub async fn check_draft(
    store: &Store,
    id: i64,
    edits: &[PackEdit],
    replaced: Replaced,
) -> Result<Checked, PackError> {
    let library = library(store).await?;
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    drop(transaction);
    let files = changed(&edition, edits, replaced)?;
    Ok(check(&library, &edition.with(files)))
}

/// Checks an edition upon those that it would lie on, on its first day. What is wrong with the ground is told alone:
/// whatever else is wrong may come of it.
pub(super) fn check(library: &Library, edition: &EditionRow) -> Checked {
    let ground = match edition.identity() {
        Some(identity) => ground(library, edition.files(), identity),
        None => Ok(library.facts().clone()),
    };
    let loaded = ground.and_then(|beneath| rulebook::load(edition.files(), &beneath));
    match loaded {
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

fn ground(
    library: &Library,
    files: &Files,
    identity: &Identity,
) -> Result<Foundation, Vec<Mistake>> {
    let around = library.around(identity);
    let others = around.iter().filter_map(|edition| edition.identity());
    let packs: Vec<&Identity> = others.chain([identity]).collect();
    let misplaced = check_builds_on(files, &packs);
    if !misplaced.is_empty() {
        return Err(misplaced);
    }
    let own = packs.len() - 1;
    let beneath = ordered(&packs)
        .into_iter()
        .take_while(|place| *place != own);
    Ok(library.ground(beneath.map(|place| around[place])))
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
        assert_eq!(next_version("2026", &[]), "2026-1");
    }

    #[test]
    fn a_version_that_is_a_month_or_a_day_stays_one() {
        assert_eq!(next_version("2026-11", &["2026-11"]), "2026-11.1");
        assert_eq!(next_version("2026-11.1", &["2026-11.1"]), "2026-11.2");
        assert_eq!(next_version("2026-11-05", &[]), "2026-11-05.1");
        assert_eq!(next_version("2026.11-3", &[]), "2026.11-4");
    }
}
