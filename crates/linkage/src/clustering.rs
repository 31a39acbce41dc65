//! Parties from pairs: those that agree most on average come together first, and nobody joins who speaks against it.
//!
//! Average linkage over the pairs found; a pair that no rule brought together counts as slightly unlikely. A chain
//! of accidents cannot tie two parties together, because each bridge is weighed against all pairs across it, and a
//! pair that contradicts itself outweighs them all.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::book::Book;
use crate::linking::{Edge, Verdict};

/// What a pair says that was never compared, in hundredths of a bit.
const UNSEEN: i64 = -150;
/// The most that one pair may say for and against.
const MOST: f32 = 20.0;
/// What a pair says that cannot be one party, in hundredths of a bit.
const CONTRADICTION: i64 = -100_000_000;

/// The party of each record, named by its first record.
///
/// Where a person decided, and where a number makes certain, records come together first; no party grows beyond
/// `most` records unless a person wants it.
pub(crate) fn cluster(book: &Book, edges: &[Edge], threshold_bits: f32, most: u32) -> Vec<u32> {
    let records = book.len() as u32;
    let roots = components(records, edges, threshold_bits);
    let root = |row: u32| roots[row as usize];
    let mut inside: Vec<&Edge> = edges
        .iter()
        .filter(|edge| root(edge.left) == root(edge.right))
        .collect();
    inside.sort_by_key(|edge| root(edge.left));
    let mut parties: Vec<u32> = (0..records).collect();
    for component in inside.chunk_by(|left, right| root(left.left) == root(right.left)) {
        match component {
            [edge] if most > 1 => unite(&mut parties, edge.left, edge.right),
            edges => {
                let mut agglomeration = Agglomeration::new(book, edges, threshold_bits, most);
                agglomeration.join_certain(edges, &mut parties);
                agglomeration.run(&mut parties);
            }
        }
    }
    (0..records).map(|row| find(&mut parties, row)).collect()
}

/// The records that hang together by pairs that link, named by their first: what one of them says can matter to the
/// party of any other, and to nobody else's.
pub(crate) fn components(records: u32, edges: &[Edge], threshold_bits: f32) -> Vec<u32> {
    let mut near: Vec<u32> = (0..records).collect();
    for edge in edges.iter().filter(|edge| edge.links(threshold_bits)) {
        unite(&mut near, edge.left, edge.right);
    }
    (0..records).map(|row| find(&mut near, row)).collect()
}

fn find(parents: &mut [u32], row: u32) -> u32 {
    let mut row = row;
    while parents[row as usize] != row {
        parents[row as usize] = parents[parents[row as usize] as usize];
        row = parents[row as usize];
    }
    row
}

fn unite(parents: &mut [u32], left: u32, right: u32) {
    let (left, right) = (find(parents, left), find(parents, right));
    parents[left.max(right) as usize] = left.min(right);
}

/// What a pair says in hundredths of a bit. What is certain brings together before anything is weighed; beside others
/// it counts as much as one pair can, and what is held as much as an unseen pair at most.
fn hundredths(edge: &Edge) -> i64 {
    let weighed = (edge.bits.clamp(-MOST, MOST) * 100.0) as i64;
    match edge.verdict {
        Verdict::Evidence => weighed,
        Verdict::Joined | Verdict::Certain => (MOST * 100.0) as i64,
        Verdict::Held => weighed.min(UNSEEN),
        Verdict::Apart => CONTRADICTION,
    }
}

/// A join that was worth making when it was found. Whole numbers only: sums come out the same in any order.
type Join = (i64, Reverse<(u32, u32)>, u32, u32);

/// Groups of the records of one component, joined pair by pair.
struct Agglomeration {
    /// The records, in an order that does not depend on where they stand.
    rows: Vec<u32>,
    /// Where each record stands among the rows.
    places: HashMap<u32, u32>,
    /// The group that each group went into.
    parents: Vec<u32>,
    /// For each group, what the pairs between it and another say beyond what unseen pairs say.
    near: Vec<HashMap<u32, i64>>,
    sizes: Vec<i64>,
    /// Counts the joins of a group, so that older findings about it are known to be old.
    versions: Vec<u32>,
    heap: BinaryHeap<Join>,
    /// Thousandths of hundredths of a bit.
    threshold: i64,
    /// Records of one party, at most.
    most: i64,
}

impl Agglomeration {
    fn new(book: &Book, edges: &[&Edge], threshold_bits: f32, most: u32) -> Self {
        let mut rows: Vec<u32> = edges
            .iter()
            .flat_map(|edge| [edge.left, edge.right])
            .collect();
        rows.sort_unstable_by_key(|row| book.place(*row));
        rows.dedup();
        let places: HashMap<u32, u32> = rows
            .iter()
            .zip(0..)
            .map(|(row, place)| (*row, place))
            .collect();
        let mut near: Vec<HashMap<u32, i64>> = vec![HashMap::new(); rows.len()];
        for edge in edges {
            let (left, right) = (places[&edge.left], places[&edge.right]);
            let beyond = hundredths(edge) - UNSEEN;
            near[left as usize].insert(right, beyond);
            near[right as usize].insert(left, beyond);
        }
        Self {
            parents: (0..rows.len() as u32).collect(),
            sizes: vec![1; rows.len()],
            versions: vec![0; rows.len()],
            heap: BinaryHeap::new(),
            threshold: (threshold_bits * 100_000.0) as i64,
            most: i64::from(most),
            rows,
            places,
            near,
        }
    }

    /// Joins what a person wants, then what is certain unless something contradicts it.
    fn join_certain(&mut self, edges: &[&Edge], parties: &mut [u32]) {
        let mut certain: Vec<(bool, u32, u32)> = edges
            .iter()
            .filter(|edge| matches!(edge.verdict, Verdict::Joined | Verdict::Certain))
            .map(|edge| {
                let (left, right) = (self.places[&edge.left], self.places[&edge.right]);
                let by_machine = edge.verdict == Verdict::Certain;
                (by_machine, left.min(right), left.max(right))
            })
            .collect();
        certain.sort_unstable();
        for (by_machine, left, right) in certain {
            let (left, right) = (self.group(left), self.group(right));
            let between = self.near[left as usize].get(&right).copied();
            let refused = by_machine
                && (between.is_some_and(|bits| bits < CONTRADICTION / 2)
                    || self.sizes[left as usize] + self.sizes[right as usize] > self.most);
            if left != right && !refused {
                unite(parties, self.rows[left as usize], self.rows[right as usize]);
                self.join(left, right);
            }
        }
    }

    fn group(&mut self, place: u32) -> u32 {
        find(&mut self.parents, place)
    }

    fn run(mut self, parties: &mut [u32]) {
        let standing = |group: &u32| self.parents[*group as usize] == *group;
        let groups: Vec<u32> = (0..self.rows.len() as u32).filter(standing).collect();
        self.heap.clear();
        for group in groups {
            self.propose(group, |other| other > group);
        }
        while let Some((_, Reverse((left, right)), left_version, right_version)) = self.heap.pop() {
            let current = self.versions[left as usize] == left_version
                && self.versions[right as usize] == right_version;
            if current && self.sizes[left as usize] + self.sizes[right as usize] <= self.most {
                unite(parties, self.rows[left as usize], self.rows[right as usize]);
                self.join(left, right);
            }
        }
    }

    fn join(&mut self, left: u32, right: u32) {
        let bigger = self.near[left as usize].len() >= self.near[right as usize].len();
        let (into, from) = if bigger { (left, right) } else { (right, left) };
        let moved = std::mem::take(&mut self.near[from as usize]);
        self.near[into as usize].remove(&from);
        self.sizes[into as usize] += self.sizes[from as usize];
        self.versions[into as usize] += 1;
        self.versions[from as usize] = u32::MAX;
        self.parents[from as usize] = into;
        for (other, beyond) in moved.into_iter().filter(|(other, _)| *other != into) {
            let near = &mut self.near[other as usize];
            near.remove(&from);
            *near.entry(into).or_default() += beyond;
            *self.near[into as usize].entry(other).or_default() += beyond;
        }
        self.propose(into, |_| true);
    }

    /// Proposes the joins of a group that are worth it.
    fn propose(&mut self, group: u32, wanted: impl Fn(u32) -> bool) {
        for (other, beyond) in self.near[group as usize]
            .iter()
            .filter(|(other, _)| wanted(**other))
        {
            let pairs = self.sizes[group as usize] * self.sizes[*other as usize];
            let average = (beyond + UNSEEN * pairs) * 1000 / pairs;
            if average >= self.threshold {
                let (left, right) = (group.min(*other), group.max(*other));
                self.heap.push((
                    average,
                    Reverse((left, right)),
                    self.versions[left as usize],
                    self.versions[right as usize],
                ));
            }
        }
    }
}
