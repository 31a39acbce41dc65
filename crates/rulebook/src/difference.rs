//! What two editions of a pack say otherwise, rule by rule and value by value.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

/// A rule, a fact or a part of `pack.toml` that is not the same in both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The key of its tables, as `condition` or `fact`; `pack` for what stands in `pack.toml`.
    pub kind: String,
    /// Its id, or the name of a fact.
    pub id: String,
    /// What changed.
    pub change: Change,
}

/// How something changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Values changed: where, from what and to what, as TOML writes them; none for what is not there.
    Changed(Vec<(String, Option<String>, Option<String>)>),
}

type Said = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What differs between two packs, in the order of kinds and ids. Files that are no TOML say nothing.
pub fn differences(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<Difference> {
    let (before, after) = (said(before), said(after));
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let difference = |(kind, id): &(String, String)| {
        let key = (kind.clone(), id.clone());
        let change = match (before.get(&key), after.get(&key)) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            (Some(before), Some(after)) if before == after => return None,
            (Some(before), Some(after)) => Change::Changed(changed(before, after)),
        };
        Some(Difference {
            kind: kind.clone(),
            id: id.clone(),
            change,
        })
    };
    keys.into_iter().filter_map(difference).collect()
}

fn changed(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<(String, Option<String>, Option<String>)> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let pair = |path: &String| {
        (
            path.clone(),
            before.get(path).cloned(),
            after.get(path).cloned(),
        )
    };
    let pairs = paths.into_iter().map(pair);
    pairs.filter(|(_, before, after)| before != after).collect()
}

/// Every rule with its values by their paths.
fn said(files: &BTreeMap<String, String>) -> Said {
    let mut said = Said::new();
    for (name, text) in files {
        let Ok(table) = text.parse::<Table>() else {
            continue;
        };
        if name == "pack.toml" {
            let mut values = BTreeMap::new();
            flatten("", &Value::Table(table), &mut values);
            said.insert(("pack".to_owned(), String::new()), values);
            continue;
        }
        for (kind, tables) in table {
            for table in tables.as_array().into_iter().flatten() {
                let Some(id) = name_of(table) else { continue };
                let mut values = BTreeMap::new();
                flatten("", table, &mut values);
                said.insert((kind.clone(), id.to_owned()), values);
            }
        }
    }
    said
}

/// By what the tables of a list are told apart.
fn name_of(table: &Value) -> Option<&str> {
    let mut named = ["id", "name", "code"].iter();
    named.find_map(|key| table.get(key)?.as_str())
}

fn flatten(path: &str, value: &Value, values: &mut BTreeMap<String, String>) {
    let within = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                flatten(&within(key), value, values);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_table) => {
            for (place, value) in list.iter().enumerate() {
                let number = (place + 1).to_string();
                flatten(&within(name_of(value).unwrap_or(&number)), value, values);
            }
        }
        value => _ = values.insert(path.to_owned(), value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(rules: &str) -> BTreeMap<String, String> {
        [("rules.toml".to_owned(), rules.to_owned())].into()
    }

    #[test]
    fn a_changed_weight_is_told_with_its_item() {
        let before = "[[scorecard]]\nid = \"a\"\nitem = [{ id = \"age\", weight = 40 }, { id = \"job\", weight = 60 }]\n[[condition]]\nid = \"b\"\n";
        let after = before
            .replace("weight = 40", "weight = 45")
            .replace("\"b\"", "\"c\"");
        let found = differences(&pack(before), &pack(&after));
        let told: Vec<String> = found
            .iter()
            .map(|one| format!("{} {} {:?}", one.kind, one.id, one.change))
            .collect();
        assert_eq!(
            told,
            [
                "condition b Removed",
                "condition c Added",
                "scorecard a Changed([(\"item.age.weight\", Some(\"40\"), Some(\"45\"))])",
            ]
        );
        assert_eq!(differences(&pack(before), &pack(before)), []);
    }
}
