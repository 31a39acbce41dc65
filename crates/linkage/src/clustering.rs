//! Parties from pairs: those that agree most on average come together first, and nobody joins who speaks against it.
//!
//! Average linkage over the pairs found; a pair that no rule brought together counts as slightly unlikely. A chain
//! of accidents cannot tie two parties together, because each bridge is weighed against all pairs across it, and a
//! pair that contradicts itself outweighs them all.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::book::Book;
use crate::linking::Edge;

/// What a pair says that was never compared, in hundredths of a bit.
const UNSEEN: i64 = -150;
/// The most that one pair may say for and against.
const MOST: f32 = 20.0;
/// What a pair says that cannot be one party, in hundredths of a bit.
const CONTRADICTION: i64 = -100_000_000;

/// The party of each record, named by its first record.
pub(crate) fn cluster(book: &Book, edges: &[Edge], threshold_bits: f32) -> Vec<u32> {
    let records = book.len() as u32;
    let mut near: Vec<u32> = (0..records).collect();
    for edge in edges.iter().filter(|edge| edge.bits >= threshold_bits) {
        unite(&mut near, edge.left, edge.right);
    }
    let roots: Vec<u32> = (0..records).map(|row| find(&mut near, row)).collect();
    let root = |row: u32| roots[row as usize];
    let mut inside: Vec<&Edge> = edges
        .iter()
        .filter(|edge| root(edge.left) == root(edge.right))
        .collect();
    inside.sort_by_key(|edge| root(edge.left));
    let mut parties: Vec<u32> = (0..records).collect();
    for component in inside.chunk_by(|left, right| root(left.left) == root(right.left)) {
        match component {
            [edge] => unite(&mut parties, edge.left, edge.right),
            edges => Agglomeration::new(book, edges, threshold_bits).run(&mut parties),
        }
    }
    (0..records).map(|row| find(&mut parties, row)).collect()
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

fn hundredths(edge: &Edge) -> i64 {
    if edge.contradicts() {
        CONTRADICTION
    } else {
        (edge.bits.clamp(-MOST, MOST) * 100.0) as i64
    }
}

/// A join that was worth making when it was found. Whole numbers only: sums come out the same in any order.
type Join = (i64, Reverse<(u32, u32)>, u32, u32);

/// Groups of the records of one component, joined pair by pair.
struct Agglomeration {
    /// The records, in an order that does not depend on where they stand.
    rows: Vec<u32>,
    /// For each group, what the pairs between it and another say beyond what unseen pairs say.
    near: Vec<HashMap<u32, i64>>,
    sizes: Vec<i64>,
    /// Counts the joins of a group, so that older findings about it are known to be old.
    versions: Vec<u32>,
    heap: BinaryHeap<Join>,
    /// Thousandths of hundredths of a bit.
    threshold: i64,
}

impl Agglomeration {
    fn new(book: &Book, edges: &[&Edge], threshold_bits: f32) -> Self {
        let mut rows: Vec<u32> = edges
            .iter()
            .flat_map(|edge| [edge.left, edge.right])
            .collect();
        rows.sort_unstable_by_key(|row| (book.content(*row), *row));
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
        let mut agglomeration = Self {
            sizes: vec![1; rows.len()],
            versions: vec![0; rows.len()],
            heap: BinaryHeap::new(),
            threshold: (threshold_bits * 100_000.0) as i64,
            rows,
            near,
        };
        for group in 0..agglomeration.rows.len() as u32 {
            agglomeration.propose(group, |other| other > group);
        }
        agglomeration
    }

    fn run(mut self, parties: &mut [u32]) {
        while let Some((_, Reverse((left, right)), left_version, right_version)) = self.heap.pop() {
            if self.versions[left as usize] == left_version
                && self.versions[right as usize] == right_version
            {
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
