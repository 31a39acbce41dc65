//! The lists of files in `pack.toml`, which follow the files that are added to a draft and removed from it.

use serde_json::json;
use toml::Table;

use crate::packs::form::{PackEdit, Place};
use crate::packs::text::Files;

/// Lists of `pack.toml`: files of rules, and those that other engines read.
const LISTS: [&str; 2] = ["files", "declarations"];

/// The change of `pack.toml` that lists a file which nothing lists yet, as one of rules.
pub(super) fn listed(files: &Files, name: &str) -> Option<PackEdit> {
    let head = head(files)?;
    if LISTS
        .iter()
        .any(|list| places(&head, list, name).next().is_some())
    {
        return None;
    }
    let rules = head.get("files").and_then(toml::Value::as_array);
    Some(match rules {
        Some(listed) => edit("files", Some(listed.len()), Some(json!(name))),
        None => edit("files", None, Some(json!([name]))),
    })
}

/// The changes that take a file out of the lists in which it stands.
pub(super) fn unlisted(files: &Files, name: &str) -> Vec<PackEdit> {
    let Some(head) = head(files) else {
        return Vec::new();
    };
    let of_list = |list: &&'static str| {
        // From the last, so that the places of the others stay true.
        let places: Vec<usize> = places(&head, list, name).collect();
        let edits = places.into_iter().rev();
        edits
            .map(|place| edit(list, Some(place), None))
            .collect::<Vec<_>>()
    };
    LISTS.iter().flat_map(of_list).collect()
}

/// What is no TOML is told by the check, and is not touched.
fn head(files: &Files) -> Option<Table> {
    files.get("pack.toml")?.parse().ok()
}

fn places(head: &Table, list: &str, name: &str) -> impl Iterator<Item = usize> {
    let listed = head.get(list).and_then(toml::Value::as_array);
    let listed = listed.into_iter().flatten().enumerate();
    listed.filter_map(move |(place, one)| (one.as_str() == Some(name)).then_some(place))
}

fn edit(list: &str, place: Option<usize>, value: Option<serde_json::Value>) -> PackEdit {
    let list = Place::Key(list.to_owned());
    PackEdit {
        file: "pack.toml".to_owned(),
        path: [list].into_iter().chain(place.map(Place::Number)).collect(),
        value,
    }
}
