//! Following (规则落实): what the packs in force say of masks and survivorship reaches the register.
//!
//! The packs of the whole institution count here and not those of a branch: there is one register, and one view of a customer.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use domain::packs::{ShippedPack, shipped};
use domain::register::AttributeRules;

use crate::clock;
use crate::packs::edition::EditionRow;
use crate::packs::library::{Library, PROGRAM, library_within, today};
use crate::packs::refusal::PackError;
use crate::packs::text::digest;
use crate::register::{RegisterError, refold_some, replace_survivorship};
use crate::store::Store;

/// How often somebody looks whether other packs are in force: a day begins, or another server switched one on.
const WATCH: Duration = Duration::from_secs(10);

/// Lets values be masked and views be folded as the packs in force say.
pub(super) async fn follow(store: &Store) -> Result<(), PackError> {
    let library = read(store).await?;
    let said = said_by(store, &library, &in_force(&library))?;
    obey(store, said).await
}

/// Lets values be masked as the packs in force say, for a program that only shows some.
pub async fn mask_by_packs(store: &Store) -> Result<(), PackError> {
    let library = read(store).await?;
    let said = said_by(store, &library, &in_force(&library))?;
    store.mask_by(said.masks);
    Ok(())
}

/// Follows the packs in force, and brings views up to them, for as long as the server runs.
pub async fn look_after_views(store: Store) {
    let mut ticks = tokio::time::interval(WATCH);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut followed: Option<Vec<i64>> = None;
    loop {
        ticks.tick().await;
        if let Err(error) = follow_anew(&store, &mut followed).await {
            tracing::warn!(%error, "masks and survivorship of the packs in force will be looked at later");
        }
        if let Err(error) = refold_behind(&store).await {
            tracing::warn!(%error, "views that are behind their rules will be folded later");
        }
    }
}

/// As [`follow`], unless nothing else is in force than the last time: an edition that was switched on never changes.
async fn follow_anew(store: &Store, followed: &mut Option<Vec<i64>>) -> Result<(), PackError> {
    let library = read(store).await?;
    let found = in_force(&library);
    let ids: Vec<i64> = found.iter().map(|edition| edition.id).collect();
    if followed.as_ref() != Some(&ids) {
        let said = said_by(store, &library, &found)?;
        obey(store, said).await?;
        *followed = Some(ids);
    }
    Ok(())
}

async fn read(store: &Store) -> Result<Library, PackError> {
    library_within(&mut store.database.read().await?, store).await
}

fn in_force(library: &Library) -> Vec<&EditionRow> {
    library.in_force(today(clock::now()), None)
}

fn said_by(
    store: &Store,
    library: &Library,
    in_force: &[&EditionRow],
) -> Result<AttributeRules, PackError> {
    // What is shipped says what the attributes declare, which a test holds; most institutions have nothing else.
    if in_force.iter().all(|edition| is_shipped(edition)) {
        return Ok(AttributeRules::default());
    }
    let stack = library.stack(in_force.iter().copied())?;
    Ok(AttributeRules::of(&stack, &store.catalogue))
}

fn is_shipped(edition: &EditionRow) -> bool {
    static SHIPPED: OnceLock<BTreeSet<Vec<u8>>> = OnceLock::new();
    let digests = || {
        let files = shipped().iter().map(ShippedPack::files);
        files.map(|files| digest(&files).to_vec()).collect()
    };
    SHIPPED.get_or_init(digests).contains(&edition.digest)
}

async fn obey(store: &Store, said: AttributeRules) -> Result<(), PackError> {
    store.mask_by(said.masks);
    if replace_survivorship(store, PROGRAM, &said.survivorship).await? {
        tracing::info!("views are folded by another survivorship from now on");
    }
    Ok(())
}

/// Folds views that are behind, and between two writes leaves others as long as it took.
async fn refold_behind(store: &Store) -> Result<(), RegisterError> {
    loop {
        let began = Instant::now();
        if !refold_some(store).await? {
            return Ok(());
        }
        tokio::time::sleep(began.elapsed()).await;
    }
}
