//! Merkle trees (默克尔树) as in RFC 6962: one hash that commits to a whole list in order.
//!
//! Leaves and inner nodes are hashed with different first bytes, so no node passes for a leaf.

use sha2::{Digest, Sha256};

/// The root over all `leaves`, in their order. Of no leaves it is the SHA-256 of nothing.
#[doc(alias = "默克尔树")]
pub fn root<Leaf: AsRef<[u8]>>(leaves: impl IntoIterator<Item = Leaf>) -> [u8; 32] {
    let mut accumulator = Accumulator::new();
    for leaf in leaves {
        accumulator.push(leaf.as_ref());
    }
    accumulator.root()
}

/// A tree that grows leaf by leaf and remembers only the roots of its complete parts: 64 hashes
/// for more leaves than anybody has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accumulator {
    length: u64,
    // Roots of the complete subtrees, largest first: one for each set bit of `length`.
    peaks: Vec<[u8; 32]>,
}

impl Accumulator {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree that had this length and these peaks, or nothing if the two cannot belong together.
    pub fn resume(length: u64, peaks: Vec<[u8; 32]>) -> Option<Self> {
        (length.count_ones() as usize == peaks.len()).then_some(Self { length, peaks })
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut node = leaf_hash(leaf);
        for _ in 0..self.length.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.peaks.push(node);
        self.length += 1;
    }

    /// How many leaves there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// What [`Accumulator::resume`] needs besides the length.
    pub fn peaks(&self) -> &[[u8; 32]] {
        &self.peaks
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> [u8; 32] {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => Sha256::digest([]).into(),
            Some(last) => peaks.fold(*last, |right, left| node_hash(left, &right)),
        }
    }
}

fn leaf_hash(leaf: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update([0_u8])
        .chain_update(leaf)
        .finalize()
        .into()
}

fn node_hash(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update([1_u8])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tests::{from_hex, to_hex};
    use proptest::prelude::*;

    /// The definition of RFC 6962, section 2.1, word for word.
    fn by_definition(leaves: &[[u8; 32]]) -> [u8; 32] {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => leaf_hash(leaf),
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(split);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn roots_agree_with_the_published_vectors() {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        .map(from_hex);
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (count, expected) in roots.iter().enumerate() {
            assert_eq!(&to_hex(&root(&leaves[..count])), expected, "{count} leaves");
        }
    }

    proptest! {
        #[test]
        fn growing_leaf_by_leaf_equals_the_definition(leaves: Vec<[u8; 32]>) {
            prop_assert_eq!(root(&leaves), by_definition(&leaves));
        }

        #[test]
        fn a_resumed_tree_goes_on_where_it_stopped(leaves: Vec<[u8; 32]>, at: prop::sample::Index) {
            let (before, after) = leaves.split_at(at.index(leaves.len() + 1));
            let mut tree = Accumulator::new();
            for leaf in before {
                tree.push(leaf);
            }
            let mut resumed = Accumulator::resume(tree.length(), tree.peaks().to_vec()).unwrap();
            for leaf in after {
                resumed.push(leaf);
            }
            prop_assert_eq!(resumed.root(), root(&leaves));
            prop_assert_eq!(Accumulator::resume(tree.length() * 2 + 1, tree.peaks().to_vec()), None);
        }

        #[test]
        fn any_change_or_swap_changes_the_root(leaves in prop::collection::vec(any::<[u8; 32]>(), 2..40), at: prop::sample::Index) {
            let position = at.index(leaves.len() - 1);
            let mut changed = leaves.clone();
            changed[position][0] ^= 1;
            prop_assert_ne!(root(&changed), root(&leaves));
            let mut swapped = leaves.clone();
            swapped.swap(position, position + 1);
            prop_assume!(swapped != leaves);
            prop_assert_ne!(root(&swapped), root(&leaves));
        }
    }
}
