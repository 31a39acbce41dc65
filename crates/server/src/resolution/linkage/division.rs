//! The division of a whole book into parties (整库划分): the same function that divides what arrives, over everything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::resolution::{Family, Hold, MembershipReason};
use linkage::{Book, BookBuilder, Circumstances, Decision, Edge, Linked, Threshold, Verdict};

use crate::register::{RegisterError, beside};
use crate::resolution::judgement::all_verdicts;
use crate::resolution::linkage::closed::closed_keys;
use crate::resolution::linkage::decisions::written_for;
use crate::resolution::linkage::findings::{is_worth_a_look, number_of};
use crate::resolution::linkage::progress::{Progress, Stage};
use crate::resolution::linkage::whole::{self, Standings};
use crate::store::{InForce, Store};

/// A whole book, divided.
pub(super) struct Division {
    /// Who stands in it.
    pub standings: Standings,
    /// The party of each row, named by the row of its first record.
    pub parties: Vec<u32>,
    /// The component of each row, named likewise.
    pub components: Vec<u32>,
    /// The pairs that were worth keeping.
    pub edges: Vec<Edge>,
    /// How many pairs were compared.
    pub compared: usize,
    /// How many records say so little that nothing is ever linked to them.
    pub unlinkable: usize,
    /// What each threshold is expected to give.
    pub curve: Vec<Threshold>,
    /// Pairs of different parties that a person must look at.
    pub holds: Vec<Hold>,
    /// The records as they were compared.
    pub book: Arc<Book>,
}

/// Reads a whole book and divides it under a model.
pub(super) async fn divide(
    store: &Store,
    family: Family,
    model: &Arc<InForce>,
    progress: &Progress,
) -> Result<Division, RegisterError> {
    let records = whole::count(store, family).await?;
    progress.begin(Stage::Reading, records);
    let (standings, book) =
        whole::read(store, family, builder(model, family, records)?, progress).await?;
    let mut transaction = store.database.read().await?;
    let closed = closed_keys(&mut transaction, store, family, model).await?;
    let verdicts = all_verdicts(&mut transaction).await?;
    drop(transaction);
    progress.begin(Stage::Linking, 0);
    let model = Arc::clone(model);
    let work = move || {
        let decisions = decisions(&standings, &verdicts);
        let circumstances = Circumstances {
            closed: Some(&closed),
            decisions: &decisions,
        };
        let linked = model.linker.link(&book, &circumstances);
        let components = model.linker.components(&book, &linked);
        let unlinkable = linkage::unlinkable(&book, model.linker.model());
        let curve = linkage::expected(&linked);
        let holds = holds(family, &model, &book, &standings, &linked);
        Division {
            standings,
            parties: linked.parties,
            components,
            edges: linked.edges,
            compared: linked.compared,
            unlinkable,
            curve,
            holds,
            book: Arc::new(book),
        }
    };
    beside(work).join().await
}

/// A book whose values are as frequent as where the model was learnt.
fn builder(model: &InForce, family: Family, records: u64) -> Result<BookBuilder, RegisterError> {
    let records = usize::try_from(records).unwrap_or_default();
    let builder = model.linker.book(&family.header(), records);
    builder.map_err(|problem| RegisterError::Model(family.code(), problem.to_string()))
}

/// What persons decided, by rows.
pub(super) fn decisions(
    standings: &Standings,
    verdicts: &BTreeMap<(i64, i64), bool>,
) -> Vec<Decision> {
    let decision = |((left, right), same): (&(i64, i64), &bool)| {
        Some(Decision {
            left: standings.row(*left)?,
            right: standings.row(*right)?,
            same: *same,
        })
    };
    let mut decisions: Vec<Decision> = verdicts.iter().filter_map(decision).collect();
    let rows = standings.series.iter().zip(&standings.customers);
    let rows = rows.zip(&standings.pinned);
    let rows = rows.map(|((series, customer), pinned)| (*series, Some(*customer), *pinned));
    decisions.extend(written_for(rows));
    decisions
}

/// Pairs of different parties that a person must look at, as for a record that arrives.
fn holds(
    family: Family,
    model: &InForce,
    book: &Book,
    standings: &Standings,
    linked: &Linked,
) -> Vec<Hold> {
    let review_bits = model.linker.model().review_bits;
    let hold = |edge: &Edge| {
        let (left, right) = (edge.left as usize, edge.right as usize);
        if linked.parties[left] == linked.parties[right] {
            return None;
        }
        let numbered = edge.verdict == Verdict::Held && {
            let guards = model.linker.guards(book, edge.left, edge.right);
            guards.iter().any(|guard| guard.review)
        };
        (numbered || is_worth_a_look(edge, review_bits)).then(|| Hold {
            asking: standings.series[left.max(right)],
            other: standings.series[left.min(right)],
            reason: if numbered {
                MembershipReason::Held(number_of(family))
            } else {
                MembershipReason::Similar
            },
            bits: edge.bits,
        })
    };
    linked.edges.iter().filter_map(hold).collect()
}

/// Rows whose customers change, given what each row is now and will be: whoever shares neither with anybody else but
/// those of both stays.
pub(super) fn changing(customers: &[i64], parties: &[u32]) -> Vec<usize> {
    const SEVERAL: i64 = -1;
    let mut customer_of: HashMap<u32, i64> = HashMap::new();
    let mut party_of: HashMap<i64, i64> = HashMap::new();
    for (customer, party) in customers.iter().zip(parties) {
        let known = customer_of.entry(*party).or_insert(*customer);
        if *known != *customer {
            *known = SEVERAL;
        }
        let known = party_of.entry(*customer).or_insert(i64::from(*party));
        if *known != i64::from(*party) {
            *known = SEVERAL;
        }
    }
    let stays = |row: &usize| {
        customer_of.get(&parties[*row]) == Some(&customers[*row])
            && party_of.get(&customers[*row]) == Some(&i64::from(parties[*row]))
    };
    (0..customers.len()).filter(|row| !stays(row)).collect()
}

/// Rows that share a number that makes certain with another of their party.
pub(super) fn certain(edges: &[Edge], parties: &[u32]) -> HashSet<u32> {
    let within = edges.iter().filter(|edge| {
        edge.verdict == Verdict::Certain
            && parties[edge.left as usize] == parties[edge.right as usize]
    });
    within.flat_map(|edge| [edge.left, edge.right]).collect()
}

#[cfg(test)]
mod tests {
    use domain::resolution::{Standing, arrange};
    use proptest::prelude::*;

    use super::changing;

    proptest! {
        #[test]
        fn who_stays_is_who_an_arrangement_of_all_would_leave(rows in prop::collection::vec((0_i64..6, 0_u32..6), 1..24)) {
            let customers: Vec<i64> = rows.iter().map(|(customer, _)| *customer).collect();
            let parties: Vec<u32> = rows.iter().map(|(_, party)| *party).collect();
            let standing: Vec<Standing> = (0..).zip(&customers)
                .map(|(series, customer)| Standing { series, customer: Some(*customer) })
                .collect();
            let changing = changing(&customers, &parties);
            let some: Vec<Standing> = changing.iter().map(|row| standing[*row]).collect();
            let some_parties: Vec<u32> = changing.iter().map(|row| parties[*row]).collect();
            let changes = |groups: Vec<domain::resolution::Group>, rows: &[usize]| {
                let told = groups.into_iter().filter(|group| group.changes() || group.customer.is_none());
                told.map(|group| {
                    let members: Vec<usize> = group.members.iter().map(|place| rows[*place]).collect();
                    let moved: Vec<usize> = group.moved.iter().map(|place| rows[*place]).collect();
                    (members, group.customer, group.absorbed, moved)
                })
                .collect::<Vec<_>>()
            };
            let all: Vec<usize> = (0..rows.len()).collect();
            prop_assert_eq!(
                changes(arrange(&some, &some_parties), &changing),
                changes(arrange(&standing, &parties), &all)
            );
        }
    }
}
