//! The packs that a pack builds on: each must be there, on no higher layer, and not build on it in turn.

use std::collections::BTreeMap;

use crate::pack::reading::{File, Section, Written};
use crate::pack::{Identity, MOST_OF_CIRCLE, identity};
use crate::problem::{Problem, Problems};

/// What is wrong with the packs that a pack names in `builds_on`, among those that could lie beneath it; each of these
/// stands there once. Nothing is said of a pack that does not say who it is.
pub fn check_builds_on(files: &BTreeMap<String, String>, others: &[&Identity]) -> Vec<Problem> {
    let text = files.get("pack.toml").map_or("", String::as_str);
    let mut unsaid = Problems::default();
    let head = File::parse("pack.toml", text, &mut unsaid);
    let Some(own) = identity::identity(&mut head.root(), &mut unsaid) else {
        return Vec::new();
    };
    let others = others.iter().filter(|other| other.id != own.id);
    let others: BTreeMap<&str, &Identity> =
        others.map(|other| (other.id.as_str(), *other)).collect();
    let mut section = head.root();
    let mut problems = Problems::default();
    for named in section.texts("builds_on", &mut unsaid) {
        if let Some(problem) = misplaced(&section, &named, &own, &others) {
            problems.push(problem);
        }
    }
    problems.reported(|_| text)
}

fn misplaced(
    section: &Section<'_>,
    named: &Written<'_>,
    own: &Identity,
    others: &BTreeMap<&str, &Identity>,
) -> Option<Problem> {
    let id = named.text;
    let (code, zh, en) = match others.get(id) {
        _ if id == own.id => circle(&[&own.id, &own.id]),
        None => (
            "unknown_pack",
            format!("没有可依赖的规则包 {id}"),
            format!("there is no pack {id} to build on"),
        ),
        Some(other) if other.layer > own.layer => {
            let layer = other.layer.name();
            (
                "higher_layer",
                format!("规则包 {id} 在更高的层 {layer}，不能依赖"),
                format!("the pack {id} lies on the layer {layer}, above this one"),
            )
        }
        Some(other) => circle(&way_back(other, own, others)?),
    };
    Some(section.problem(&named.span, code, zh, en))
}

fn circle(packs: &[&str]) -> (&'static str, String, String) {
    let told: Vec<&str> = packs.iter().copied().take(MOST_OF_CIRCLE).collect();
    let told = told.join(" → ");
    (
        "circle",
        format!("规则包循环依赖：{told}"),
        format!("packs build on each other in a circle: {told}"),
    )
}

/// From a pack over one that it builds on back to itself, if there is such a way.
fn way_back<'a>(
    first: &'a Identity,
    own: &'a Identity,
    others: &BTreeMap<&str, &'a Identity>,
) -> Option<Vec<&'a str>> {
    // By pack: over which one it was reached.
    let mut reached: BTreeMap<&'a str, &'a str> = BTreeMap::new();
    let mut open = vec![first];
    while let Some(pack) = open.pop() {
        for named in &pack.builds_on {
            if *named == own.id {
                let over = |id: &&'a str| reached.get(id).copied();
                let way = std::iter::successors(Some(pack.id.as_str()), over);
                let mut way: Vec<&str> = [own.id.as_str()].into_iter().chain(way).collect();
                way.push(&own.id);
                way.reverse();
                return Some(way);
            }
            let is_new = named != &first.id && !reached.contains_key(named.as_str());
            if let Some(next) = others.get(named.as_str()).filter(|_| is_new) {
                reached.insert(&next.id, &pack.id);
                open.push(next);
            }
        }
    }
    None
}
