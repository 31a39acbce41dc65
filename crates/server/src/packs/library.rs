//! The library (规则库): which editions there are, and what they say together on a day.

use std::collections::BTreeSet;
use std::sync::Arc;

use rulebook::{Edition, Foundation, Identity, Stack, check_builds_on, in_force};
use storage::Transaction;

use crate::clock::Micros;
use crate::http::Text;
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

/// Characters of the name of a unit.
const LONGEST_BRANCH: usize = 100;

/// Whether this can be the name of a unit. One without packs of its own is judged by those for all.
pub(super) fn check_branch(branch: Option<&str>) -> Result<(), PackError> {
    let fits = |name: &str| !name.trim().is_empty() && name.chars().count() <= LONGEST_BRANCH;
    match branch {
        Some(name) if !fits(name) => Err(PackError::Branch(Text::new(
            format!("分支机构编号为 1 至 {LONGEST_BRANCH} 个字"),
            format!("the name of a branch has 1 to {LONGEST_BRANCH} characters"),
        ))),
        _ => Ok(()),
    }
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
    let mut kept = read(store).await?;
    if !wanting(&kept).is_empty() {
        keep_shipped(store).await?;
        kept = read(store).await?;
    }
    Ok(Library {
        editions: kept,
        foundation,
    })
}

/// What was committed; memory keeps the texts of it.
async fn read(store: &Store) -> Result<Vec<EditionRow>, PackError> {
    let mut transaction = store.database.read().await?;
    let kept = editions(&mut transaction, store).await?;
    let texts = kept.iter();
    let texts = texts.map(|edition| ((edition.id, edition.revision), Arc::clone(&edition.text)));
    store.editions.keep(texts);
    Ok(kept)
}

/// The shipped packs whose text is not kept as one that the program or the institution stands by. A draft is nobody's
/// word yet.
fn wanting(kept: &[EditionRow]) -> Vec<Files> {
    let shipped = domain::packs::shipped().iter();
    let shipped = shipped.map(domain::packs::ShippedPack::files);
    let stands =
        |edition: &&EditionRow| matches!(edition.state, State::Approved | State::Available);
    let is_new = |files: &Files| {
        let digest = digest(files);
        let mut standing = kept.iter().filter(stands);
        standing.all(|edition| edition.digest != digest)
    };
    shipped.filter(is_new).collect()
}

async fn keep_shipped(store: &Store) -> Result<(), PackError> {
    let (mut transaction, now) = store.write().await?;
    let kept = editions(&mut transaction, store).await?;
    for files in wanting(&kept) {
        let Some(mut identity) = rulebook::identity_of(&files) else {
            continue;
        };
        let same_pack = kept.iter().filter(|edition| edition.pack == identity.id);
        let own = same_pack.clone().any(|edition| {
            edition.created_by != PROGRAM
                && matches!(edition.state, State::Approved | State::Proposed)
        });
        let taken: Vec<&str> = same_pack.map(|edition| edition.version.as_str()).collect();
        identity.version = free_version(identity.version, &digest(&files), &taken);
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
    transaction.commit().await?;
    Ok(())
}

/// A text that changed under the same version, as while a release is made, is another edition all the same; so is one
/// whose version somebody gave to a draft.
fn free_version(version: String, digest: &[u8], taken: &[&str]) -> String {
    let is_free = |version: &String| !taken.contains(&version.as_str());
    if is_free(&version) {
        return version;
    }
    let digest = super::text::hex(digest);
    // The whole digest is nobody's but of this very text.
    let lengths = (8..=digest.len()).step_by(8);
    let mut names = lengths.map(|length| format!("{version}+{}", &digest[..length]));
    names.find(is_free).unwrap_or(version)
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
                let identity = row.identity()?.clone();
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
        Err(PackError::edit(
            "layer",
            "该规则包的其他版本属于另一层或另一分支机构",
            "another edition of the pack lies on another layer or is for another branch",
        ))
    }

    /// The editions among which one would lie on its first day: those in force then, and of packs that are not in force
    /// those that it names itself, or that these name, as they are now.
    pub(super) fn around(&self, identity: &Identity) -> Vec<&EditionRow> {
        let branch = identity.branch.as_deref();
        let mut found = self.in_force(identity.validity.from, branch);
        found.retain(|edition| edition.pack != identity.id);
        let mut named: Vec<&String> = identity.builds_on.iter().collect();
        while let Some(id) = named.pop() {
            if *id == identity.id || found.iter().any(|edition| edition.pack == *id) {
                continue;
            }
            let concerns = |edition: &&EditionRow| {
                edition.state == State::Approved
                    && edition.identity().is_some()
                    && (edition.branch.is_none() || edition.branch.as_deref() == branch)
            };
            let mut known = self.editions.iter().filter(|edition| edition.pack == *id);
            if let Some(latest) = known.rfind(concerns) {
                named.extend(latest.identity().into_iter().flat_map(|it| &it.builds_on));
                found.push(latest);
            }
        }
        found
    }

    /// What editions declare together, from the lowest; those that say nothing upon the others are passed over.
    pub(super) fn ground<'e>(&self, editions: impl Iterator<Item = &'e EditionRow>) -> Foundation {
        editions.fold(self.foundation.clone(), |beneath, edition| {
            let compiled = rulebook::compile(edition.files(), &beneath);
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
                let editions = self.with(edition, *day, *unit);
                self.check_day(edition, *day, &editions)?;
            }
        }
        Ok(())
    }

    fn check_day(
        &self,
        edition: &EditionRow,
        day: i32,
        editions: &[&EditionRow],
    ) -> Result<(), PackError> {
        let is_on = editions.iter().any(|other| other.id == edition.id);
        let identities: Vec<&Identity> = editions
            .iter()
            .filter_map(|other| other.identity())
            .collect();
        let misplaced = check_builds_on(edition.files(), &identities);
        let stacked = if is_on && !misplaced.is_empty() {
            Err(PackError::Unsound(misplaced))
        } else {
            self.stack(editions.iter().copied()).map(drop)
        };
        stacked.map_err(|error| match error {
            PackError::Unsound(problems) => PackError::Upset {
                pack: edition.pack.clone(),
                day: Some(day),
                problems,
            },
            other => other.by_edition(Some(day)),
        })
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
        let compiled = rulebook::compile(edition.files(), &stack.foundation);
        let pack = compiled.map_err(|problems| match edition.state {
            State::Approved => PackError::Unfit {
                pack: edition.pack.clone(),
                problems,
            },
            _ => PackError::Unsound(problems),
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
        editions: editions(transaction, store).await?,
        foundation: domain::packs::foundation(&store.catalogue)?,
    })
}

#[cfg(test)]
mod tests {
    use super::free_version;

    #[test]
    fn a_shipped_edition_finds_a_version_whatever_others_are_called() {
        let digest = [0xab; 32];
        let free = |taken: &[&str]| free_version("1".to_owned(), &digest, taken);
        assert_eq!(free(&["2"]), "1");
        assert_eq!(free(&["1"]), "1+abababab");
        assert_eq!(free(&["1", "1+abababab"]), "1+abababababababab");
    }
}
