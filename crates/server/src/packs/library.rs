//! The library (规则库): which editions there are, and what they say together on a day.

use std::collections::BTreeSet;
use std::sync::Arc;

use rulebook::{Edition, Foundation, Stack, in_force};
use storage::Transaction;

use crate::clock::Micros;
use crate::packs::edition::{EditionRow, Kept, State, editions, insert};
use crate::packs::refusal::PackError;
use crate::packs::text::{Files, digest};
use crate::store::Store;

/// China has one zone, eight hours before UTC.
const ZONE: Micros = 8 * 3_600_000_000;
const DAY: Micros = 24 * 3_600_000_000;
/// Who switches on what is shipped; no account has such a name.
pub(super) const PROGRAM: &str = "program@hubu";

/// The day of an instant where the institution is, in days since 1970.
pub fn today(now: Micros) -> i32 {
    i32::try_from((now + ZONE).div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// Every edition, and the facts of the program.
pub struct Library {
    /// By pack and from the oldest.
    pub editions: Vec<EditionRow>,
    foundation: Foundation,
}

/// Reads the library. What is shipped and not yet kept is kept first, so that decisions can name it.
pub async fn library(store: &Store) -> Result<Library, PackError> {
    let foundation = domain::packs::foundation(&store.catalogue)?;
    let mut transaction = store.database.read().await?;
    let mut kept = editions(&mut transaction).await?;
    drop(transaction);
    if !wanting(&kept).is_empty() {
        kept = keep_shipped(store).await?;
    }
    Ok(Library {
        editions: kept,
        foundation,
    })
}

/// The shipped packs whose text is not kept.
fn wanting(kept: &[EditionRow]) -> Vec<Files> {
    let shipped = domain::packs::shipped().iter();
    let shipped = shipped.map(domain::packs::ShippedPack::files);
    let is_new = |files: &Files| {
        let digest = digest(files);
        kept.iter().all(|edition| edition.digest != digest)
    };
    shipped.filter(is_new).collect()
}

async fn keep_shipped(store: &Store) -> Result<Vec<EditionRow>, PackError> {
    let (mut transaction, now) = store.write().await?;
    let kept = editions(&mut transaction).await?;
    for files in wanting(&kept) {
        let Some(mut identity) = rulebook::identity_of(&files) else {
            continue;
        };
        let same_pack = |edition: &&EditionRow| edition.pack == identity.id;
        let own = kept.iter().filter(same_pack).any(|edition| {
            edition.created_by != PROGRAM
                && matches!(edition.state, State::Approved | State::Proposed)
        });
        let taken = |version: &str| {
            let mut same = kept.iter().filter(same_pack);
            same.any(|edition| edition.version == version)
        };
        // A text that changed under the same version, as while a release is made, is another edition all the same.
        if taken(&identity.version) {
            let digest = super::text::hex(&digest(&files));
            identity.version = format!("{}+{}", identity.version, &digest[..8]);
        }
        let edition = Kept {
            identity: &identity,
            files: &files,
            state: if own {
                State::Available
            } else {
                State::Approved
            },
            base: None,
            by: PROGRAM,
        };
        insert(&mut transaction, now, edition).await?;
    }
    let kept = editions(&mut transaction).await?;
    transaction.commit().await?;
    Ok(kept)
}

impl Library {
    /// The facts that rules of the first pack may look at.
    pub fn facts(&self) -> &Foundation {
        &self.foundation
    }

    /// The editions in force on a day for a unit, from the lowest.
    pub fn in_force(&self, day: i32, branch: Option<&str>) -> Vec<&EditionRow> {
        self.chosen(day, branch, None)
    }

    /// As [`Library::in_force`], with a draft as if it had been switched on last.
    pub fn with<'a>(
        &'a self,
        draft: &'a EditionRow,
        day: i32,
        branch: Option<&str>,
    ) -> Vec<&'a EditionRow> {
        self.chosen(day, branch, Some(draft))
    }

    fn chosen<'a>(
        &'a self,
        day: i32,
        branch: Option<&str>,
        draft: Option<&'a EditionRow>,
    ) -> Vec<&'a EditionRow> {
        let is_draft = |edition: &EditionRow| draft.is_some_and(|draft| draft.id == edition.id);
        let on = self.editions.iter();
        let on = on.filter(|edition| edition.state == State::Approved && !is_draft(edition));
        let switched = on.map(|edition| (edition, edition.decided_at.unwrap_or_default()));
        let all = switched.chain(draft.map(|draft| (draft, Micros::MAX)));
        let (rows, editions): (Vec<&EditionRow>, Vec<Edition>) = all
            .filter_map(|(row, order)| {
                let identity = rulebook::identity_of(&row.files)?;
                let order = order.unsigned_abs();
                Some((row, Edition { identity, order }))
            })
            .unzip();
        let places = in_force(&editions, day, branch);
        places.into_iter().map(|place| rows[place]).collect()
    }

    /// Whether an edition lies where the others of its pack lie: one of a branch would take the place of a general one.
    pub(super) fn check_place(&self, edition: &EditionRow) -> Result<(), PackError> {
        let others = self.editions.iter().filter(|other| {
            other.pack == edition.pack && other.state == State::Approved && other.id != edition.id
        });
        let place = |edition: &EditionRow| (edition.layer.clone(), edition.branch.clone());
        if others.clone().all(|other| place(other) == place(edition)) {
            return Ok(());
        }
        let why = "another edition of the pack lies on another layer or is for another branch";
        Err(PackError::Edit("layer".to_owned(), why.to_owned()))
    }

    /// What editions declare together, from the lowest; those that say nothing upon the others are passed over.
    pub(super) fn ground<'e>(&self, editions: impl Iterator<Item = &'e EditionRow>) -> Foundation {
        editions.fold(self.foundation.clone(), |beneath, edition| {
            let compiled = rulebook::compile(&edition.files, &beneath);
            compiled.map_or(beneath, |pack| pack.foundation)
        })
    }

    /// Whether everything that would be in force with an edition says something together, on each day from which on it
    /// is something else, and for every unit that has packs of its own.
    pub(super) fn check_with(&self, edition: &EditionRow) -> Result<(), PackError> {
        let on = self
            .editions
            .iter()
            .filter(|other| other.state == State::Approved);
        let all: Vec<&EditionRow> = on.chain([edition]).collect();
        let ends = |edition: &&EditionRow| edition.effective_to.map(|last| last.saturating_add(1));
        let days = all.iter().map(|edition| edition.effective_from);
        let days: BTreeSet<i32> = days.chain(all.iter().filter_map(ends)).collect();
        let mut units: BTreeSet<Option<&str>> = [None].into();
        units.extend(all.iter().map(|edition| edition.branch.as_deref()));
        for day in days.range(edition.effective_from..) {
            for unit in &units {
                self.stack(self.with(edition, *day, *unit).into_iter())?;
            }
        }
        Ok(())
    }

    /// What editions say together, from the lowest.
    pub fn stack<'e>(
        &self,
        editions: impl Iterator<Item = &'e EditionRow>,
    ) -> Result<Stack, PackError> {
        stack_upon(&self.foundation, editions)
    }
}

fn stack_upon<'e>(
    foundation: &Foundation,
    editions: impl Iterator<Item = &'e EditionRow>,
) -> Result<Stack, PackError> {
    let mut stack = Stack::new(foundation.clone());
    for edition in editions {
        // Examples were run before it was switched on; those of a draft may still speak of how it was.
        let compiled = rulebook::compile(&edition.files, &stack.foundation);
        let pack = compiled.map_err(|problems| {
            if edition.state == State::Approved {
                PackError::Upset(edition.pack.clone())
            } else {
                PackError::Unsound(problems)
            }
        })?;
        let laid = stack.lay(Arc::new(pack));
        laid.map_err(|rules| PackError::OtherKind(rules.join(", ")))?;
    }
    Ok(stack)
}

/// The library within a transaction: if that writes, what it decides by cannot change before it commits.
pub(super) async fn library_within(
    transaction: &mut Transaction,
    store: &Store,
) -> Result<Library, PackError> {
    Ok(Library {
        editions: editions(transaction).await?,
        foundation: domain::packs::foundation(&store.catalogue)?,
    })
}
