//! A double-array trie over the numbers of characters, and the lists of places behind its keys.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use super::folding::Characters;

/// Node of the array: where its children begin, whose child it is, and its list of places.
#[derive(Clone, Copy, Default)]
struct Node {
    base: u32,
    /// The parent's number plus one; 0 where the slot is free.
    check: u32,
    /// The place of its list in the postings plus one; 0 where no key ends.
    list: u32,
}

/// A node of the tree before it is laid out.
#[derive(Default)]
struct Branch {
    children: BTreeMap<u16, usize>,
    list: u32,
}

/// Trie and postings. A list is its length, then the places, each with
/// the kind of form, the level of the place, whether it is a zone and whether it is valid today in the top byte.
pub fn built(
    keys: &BTreeMap<String, Vec<u32>>,
    characters: &Characters,
) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut postings: Vec<u32> = Vec::new();
    let mut tree = vec![Branch::default()];
    for (key, places) in keys {
        let mut at = 0;
        for character in key.chars() {
            let number = characters.number(character);
            let next = tree.len();
            let branch = tree.get_mut(at).context("a branch")?;
            at = *branch.children.entry(number).or_insert(next);
            if at == next {
                tree.push(Branch::default());
            }
        }
        let list = u32::try_from(postings.len() + 1)?;
        tree.get_mut(at).context("a branch")?.list = list;
        let mut places = places.clone();
        places.sort_by_key(|place| (place & 0x00ff_ffff, place >> 24));
        places.dedup_by_key(|place| *place & 0x00ff_ffff);
        postings.push(u32::try_from(places.len())?);
        postings.extend(places);
    }
    let nodes = laid_out(&tree)?;
    let mut packed_nodes = Vec::with_capacity(nodes.len() * 8);
    for node in &nodes {
        ensure!(
            node.base.max(node.check) < 1 << 20 && node.list < 1 << 24,
            "the trie has too many nodes"
        );
        let packed =
            u64::from(node.list) << 40 | u64::from(node.check) << 20 | u64::from(node.base);
        packed_nodes.extend(packed.to_le_bytes());
    }
    Ok((
        packed_nodes,
        postings
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect(),
    ))
}

fn laid_out(tree: &[Branch]) -> Result<Vec<Node>> {
    let mut nodes = vec![Node::default(); 1];
    if let Some(root) = nodes.first_mut() {
        root.check = 1;
    }
    let mut first_free = 1;
    let mut waiting = std::collections::VecDeque::from([(0_usize, 0_usize)]);
    while let Some((branch, slot)) = waiting.pop_front() {
        let branch = tree.get(branch).context("a branch")?;
        let children: Vec<usize> = branch
            .children
            .keys()
            .map(|number| usize::from(*number))
            .collect();
        while nodes.get(first_free).is_some_and(|node| node.check != 0) {
            first_free += 1;
        }
        let base = base_for(&nodes, &children, first_free);
        let node = nodes.get_mut(slot).context("a slot")?;
        node.base = u32::try_from(base)?;
        node.list = branch.list;
        for (number, child) in &branch.children {
            let place = base + usize::from(*number);
            if nodes.len() <= place {
                nodes.resize(place + 1, Node::default());
            }
            nodes.get_mut(place).context("a slot")?.check = u32::try_from(slot + 1)?;
            waiting.push_back((*child, place));
        }
    }
    Ok(nodes)
}

/// The least base under which all children fall on free slots.
fn base_for(nodes: &[Node], children: &[usize], first_free: usize) -> usize {
    let Some(first) = children.first() else {
        return 0;
    };
    let free = |slot: usize| nodes.get(slot).is_none_or(|node| node.check == 0);
    let mut base = first_free.saturating_sub(*first).max(1);
    while !children.iter().all(|child| free(base + child)) {
        base += 1;
    }
    base
}
