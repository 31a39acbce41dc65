//! The plan: what joins what, what is held, for a chunk of records at once or for one.
//!
//! Customers are the connected components of *same strong key and agreeing names*, cut where a
//! person judged two records to be different parties. That does not depend on the order in which
//! records arrive, so one record at the desk and a million from a file end in the same partition.

use std::collections::{BTreeMap, HashMap};

use crate::resolution::{MembershipReason, StrongKeyKind, agree};

/// More names than this under one number are no spelling variants: all are held.
const NAMES_UNDER_ONE_KEY: usize = 24;

/// What the store knows a key by.
pub type KeyDigest = [u8; 16];

/// One side of a question: a record that asks, or a record that is known.
#[derive(Debug, Clone)]
pub struct Party {
    /// The series of records.
    pub series: i64,
    /// The name it gives.
    pub name: Option<String>,
    /// Whether that is a person's name.
    pub person: bool,
    /// Its strong keys.
    pub keys: Vec<(StrongKeyKind, KeyDigest)>,
}

/// A record that asks which customer it belongs to.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What it says of itself.
    pub party: Party,
    /// The customer that its series belongs to already, when this is a new version.
    pub customer: Option<i64>,
}

/// A record that shares a strong key with one that asks.
#[derive(Debug, Clone)]
pub struct Known {
    /// What it says of itself.
    pub party: Party,
    /// The customer it belongs to.
    pub customer: i64,
}

/// Two series that a person judged to be different parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Judgement {
    /// One series.
    pub left: i64,
    /// The other series.
    pub right: i64,
}

/// Where a group of asking records belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Places in the list of those who asked, each with its reason, in that order.
    pub members: Vec<(usize, MembershipReason)>,
    /// Customers that turn out to be one, oldest first; none for a new customer.
    pub customers: Vec<i64>,
}

/// Two series that share a number and not a name: a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hold {
    /// The series that asked.
    pub asking: i64,
    /// The series it might be one with.
    pub other: i64,
    /// The number that they share.
    pub kind: StrongKeyKind,
}

/// The answer to a chunk of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the first record of each group.
    pub settled: Vec<Settled>,
    /// For review.
    pub holds: Vec<Hold>,
}

/// Decides. `known` holds every record in the register that shares a strong key with one that asks.
pub fn plan(asking: &[Asking], known: &[Known], judgements: &[Judgement]) -> Plan {
    let mut components = Components::new(asking, known, judgements);
    let mut groups: BTreeMap<(StrongKeyKind, KeyDigest), Vec<usize>> = BTreeMap::new();
    let parties = asking
        .iter()
        .map(|a| &a.party)
        .chain(known.iter().map(|k| &k.party));
    for (node, party) in parties.enumerate() {
        for key in &party.keys {
            groups.entry(*key).or_default().push(node);
        }
    }
    let mut links: HashMap<usize, StrongKeyKind> = HashMap::new();
    let mut holds = Vec::new();
    for ((kind, _), nodes) in groups {
        if nodes.len() > 1 {
            components.settle_group(kind, &nodes, asking.len(), &mut links, &mut holds);
        }
    }
    holds.retain(|(left, right, _)| components.root(*left) != components.root(*right));
    let settled = components.settled(asking, known, &links, &holds);
    let mut holds: Vec<Hold> = holds
        .into_iter()
        .map(|(left, right, kind)| {
            let (asking, other) = (left.min(right), left.max(right));
            Hold {
                asking: components.series[asking],
                other: components.series[other],
                kind,
            }
        })
        .collect();
    holds.sort_unstable();
    holds.dedup();
    Plan { settled, holds }
}

/// Nodes are those who ask, then those who are known.
struct Components<'a> {
    parties: Vec<&'a Party>,
    series: Vec<i64>,
    parent: Vec<usize>,
    /// Series of each root's component that take part in a judgement.
    judged: HashMap<usize, Vec<i64>>,
    judgements: Vec<Judgement>,
}

impl<'a> Components<'a> {
    fn new(asking: &'a [Asking], known: &'a [Known], judgements: &[Judgement]) -> Self {
        let parties: Vec<&Party> = asking
            .iter()
            .map(|a| &a.party)
            .chain(known.iter().map(|k| &k.party))
            .collect();
        let series: Vec<i64> = parties.iter().map(|party| party.series).collect();
        let mut components = Self {
            parent: (0..parties.len()).collect(),
            parties,
            judged: HashMap::new(),
            judgements: judgements.to_vec(),
            series,
        };
        for (node, series) in components.series.iter().enumerate() {
            if judgements
                .iter()
                .any(|j| j.left == *series || j.right == *series)
            {
                components.judged.entry(node).or_default().push(*series);
            }
        }
        let mut first: HashMap<i64, usize> = HashMap::new();
        let customers = asking
            .iter()
            .map(|asking| asking.customer)
            .chain(known.iter().map(|known| Some(known.customer)));
        for (node, customer) in customers.enumerate() {
            if let Some(customer) = customer {
                let other = *first.entry(customer).or_insert(node);
                components.join(node, other);
            }
        }
        components
    }

    fn root(&self, mut node: usize) -> usize {
        while self.parent[node] != node {
            node = self.parent[node];
        }
        node
    }

    /// Joins two components, the smaller node leading, unless a person said that they differ.
    fn link(&mut self, left: usize, right: usize) -> bool {
        let (left, right) = (self.root(left), self.root(right));
        if left == right {
            return true;
        }
        if self.apart(left, right) {
            return false;
        }
        self.join(left, right);
        true
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        if left == right {
            return;
        }
        let (lead, follow) = (left.min(right), left.max(right));
        self.parent[follow] = lead;
        if let Some(series) = self.judged.remove(&follow) {
            self.judged.entry(lead).or_default().extend(series);
        }
    }

    fn apart(&self, left: usize, right: usize) -> bool {
        let (Some(left), Some(right)) = (self.judged.get(&left), self.judged.get(&right)) else {
            return false;
        };
        self.judgements.iter().any(|judgement| {
            (left.contains(&judgement.left) && right.contains(&judgement.right))
                || (left.contains(&judgement.right) && right.contains(&judgement.left))
        })
    }

    /// Links the nodes under one key whose names agree, and holds those whose names do not.
    fn settle_group(
        &mut self,
        kind: StrongKeyKind,
        nodes: &[usize],
        asking: usize,
        links: &mut HashMap<usize, StrongKeyKind>,
        holds: &mut Vec<(usize, usize, StrongKeyKind)>,
    ) {
        let mut names: Vec<usize> = Vec::new();
        for node in nodes {
            let same = names.iter().copied().find(|other| {
                let (left, right) = (self.parties[*node], self.parties[*other]);
                left.name.is_some() && left.name == right.name
            });
            match same {
                Some(other) if self.link(*node, other) => {
                    links.entry((*node).max(other)).or_insert(kind);
                    links.entry((*node).min(other)).or_insert(kind);
                }
                Some(other) => holds.push((other, *node, kind)),
                None => names.push(*node),
            }
        }
        let too_many = names.len() > NAMES_UNDER_ONE_KEY;
        for (place, left) in names.iter().enumerate() {
            for right in &names[place + 1..] {
                if *left >= asking && *right >= asking {
                    continue;
                }
                if !too_many && self.agreeing(*left, *right) && self.link(*left, *right) {
                    links.entry(*left).or_insert(kind);
                    links.entry(*right).or_insert(kind);
                } else if !too_many || *left == names[0] {
                    holds.push((*left, *right, kind));
                }
            }
        }
    }

    fn agreeing(&self, left: usize, right: usize) -> bool {
        let (left, right) = (self.parties[left], self.parties[right]);
        let person = left.person && right.person;
        agree(person, left.name.as_deref(), right.name.as_deref())
    }

    fn settled(
        &self,
        asking: &[Asking],
        known: &[Known],
        links: &HashMap<usize, StrongKeyKind>,
        holds: &[(usize, usize, StrongKeyKind)],
    ) -> Vec<Settled> {
        let held: HashMap<usize, StrongKeyKind> = holds
            .iter()
            .flat_map(|(left, right, kind)| [(*left, *kind), (*right, *kind)])
            .collect();
        let mut customers: HashMap<usize, Vec<i64>> = HashMap::new();
        for (place, known) in known.iter().enumerate() {
            let root = self.root(asking.len() + place);
            customers.entry(root).or_default().push(known.customer);
        }
        let mut groups: BTreeMap<usize, Settled> = BTreeMap::new();
        for (node, question) in asking.iter().enumerate() {
            let root = self.root(node);
            customers.entry(root).or_default().extend(question.customer);
            let reason = match (links.get(&node), held.get(&node)) {
                (Some(kind), _) => MembershipReason::SameKey(*kind),
                (None, Some(kind)) => MembershipReason::Held(*kind),
                (None, None) => MembershipReason::First,
            };
            let group = groups.entry(root).or_insert_with(|| Settled {
                members: Vec::new(),
                customers: Vec::new(),
            });
            // Who opens a new customer joins nobody.
            let opens = group.members.is_empty() && customers.get(&root).is_none_or(Vec::is_empty);
            let reason = match reason {
                MembershipReason::SameKey(_) if opens => MembershipReason::First,
                reason => reason,
            };
            group.members.push((node, reason));
        }
        for (root, group) in &mut groups {
            group.customers = customers.remove(root).unwrap_or_default();
            group.customers.sort_unstable();
            group.customers.dedup();
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
