//! Facts for a plan: every record that shares a strong key with one that asks.

use std::collections::{BTreeMap, HashMap};

use domain::register::{Content, IndexKind, LookupFamily};
use domain::resolution::{Asking, Judgement, Known, Party, StrongKeyKind, strong_keys};
use storage::Transaction;

use crate::index::find_many;
use crate::register::{RegisterError, lookup_digest, members_of, memberships_of, names_of_series};
use crate::resolution::judgement::{apart, is_anything_judged};
use crate::store::Store;

type KeyDigest = [u8; 16];

/// The strong keys of a content as the store knows them.
pub fn blind_keys(store: &Store, content: &Content) -> Vec<(StrongKeyKind, KeyDigest)> {
    strong_keys(&store.catalogue, content)
        .into_iter()
        .map(|key| {
            (
                key.kind,
                lookup_digest(
                    store.keys.blind(),
                    IndexKind::of_strong_key(key.kind),
                    LookupFamily::Number,
                    &key.value,
                ),
            )
        })
        .collect()
}

/// The known records and the judgements that a plan for `asking` must see.
pub async fn gather(
    transaction: &mut Transaction,
    store: &Store,
    asking: &[Asking],
) -> Result<(Vec<Known>, Vec<Judgement>), RegisterError> {
    let mut keys_of: BTreeMap<i64, Vec<(StrongKeyKind, KeyDigest)>> = BTreeMap::new();
    for kind in [StrongKeyKind::ResidentId, StrongKeyKind::OrganisationCode] {
        let mut digests: Vec<KeyDigest> = asking
            .iter()
            .flat_map(|asking| &asking.party.keys)
            .filter(|(known, _)| *known == kind)
            .map(|(_, digest)| *digest)
            .collect();
        digests.sort_unstable();
        digests.dedup();
        let index = IndexKind::of_strong_key(kind);
        for (place, series) in find_many(transaction, &store.index, index, &digests).await? {
            keys_of
                .entry(series)
                .or_default()
                .push((kind, digests[place]));
        }
    }
    for asking in asking {
        keys_of.remove(&asking.party.series);
    }
    let series: Vec<i64> = keys_of.keys().copied().collect();
    let memberships = memberships_of(transaction, &series).await?;
    let mut names: HashMap<_, _> = names_of_series(transaction, &store.catalogue, &series).await?;
    let known: Vec<Known> = keys_of
        .into_iter()
        .filter_map(|(series, keys)| {
            let customer = memberships.get(&series)?.customer;
            let (name, kind) = names.remove(&series)?;
            let party = Party {
                series,
                name,
                person: kind.is_person(),
                keys,
            };
            Some(Known { party, customer })
        })
        .collect();
    let judgements = judgements_between(transaction, asking, &known).await?;
    Ok((known, judgements))
}

/// What stands judged between the customers involved. A judgement names two series; it holds
/// between whatever stands with them, so it is told of a series that the plan sees.
async fn judgements_between(
    transaction: &mut Transaction,
    asking: &[Asking],
    known: &[Known],
) -> Result<Vec<Judgement>, RegisterError> {
    let mut seen: HashMap<i64, i64> = HashMap::new();
    for known in known {
        seen.insert(known.customer, known.party.series);
    }
    for asking in asking {
        seen.extend(
            asking
                .customer
                .map(|customer| (customer, asking.party.series)),
        );
    }
    if seen.len() < 2 || !is_anything_judged(transaction).await? {
        return Ok(Vec::new());
    }
    let customers: Vec<i64> = seen.keys().copied().collect();
    let members = members_of(transaction, &customers).await?;
    let standing = members.iter().filter(|member| member.until.is_none());
    let told: HashMap<i64, i64> = standing
        .map(|member| (member.series, seen[&member.customer]))
        .collect();
    let series: Vec<i64> = told.keys().copied().collect();
    let judged = apart(transaction, &series).await?;
    let mut judgements: Vec<Judgement> = judged
        .into_iter()
        .filter_map(|Judgement { left, right }| {
            Some(Judgement {
                left: *told.get(&left)?,
                right: *told.get(&right)?,
            })
        })
        // Whom a person joined since is one, whatever was said of two of its series before.
        .filter(|judgement| judgement.left != judgement.right)
        .collect();
    judgements.sort_unstable();
    judgements.dedup();
    Ok(judgements)
}
