//! In which order packs lie upon each other: layer first, then each upon those that it builds on, then by ids.

use std::collections::BTreeSet;

use crate::pack::Identity;

/// The places of packs, from the lowest. Packs of a layer that build on each other in a circle follow their ids; whoever
/// switches packs on refuses them by [`crate::check_builds_on`].
pub fn ordered(packs: &[&Identity]) -> Vec<usize> {
    let mut waiting: Vec<usize> = (0..packs.len()).collect();
    waiting.sort_by_key(|place| (packs[*place].layer, &packs[*place].id));
    let mut order = Vec::with_capacity(packs.len());
    while let Some(lowest) = waiting.first().map(|place| packs[*place].layer) {
        let on_layer = waiting.iter().map(|place| packs[*place]);
        let on_layer = on_layer.take_while(|pack| pack.layer == lowest);
        let beside: BTreeSet<&str> = on_layer.clone().map(|pack| pack.id.as_str()).collect();
        let is_ready = |pack: &Identity| {
            let mut named = pack.builds_on.iter().filter(|named| **named != pack.id);
            named.all(|named| !beside.contains(named.as_str()))
        };
        let next = on_layer.clone().position(is_ready).unwrap_or(0);
        order.push(waiting.remove(next));
    }
    order
}
