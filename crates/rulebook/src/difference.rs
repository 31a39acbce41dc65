//! What two editions of a pack say otherwise, rule by rule and value by value.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

/// A rule, a fact or a part of `pack.toml` that is not the same in both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The key of its tables, as `condition` or `fact`; `pack` for what stands in `pack.toml`, `file` for what else stands
    /// in a file.
    pub kind: String,
    /// Its id, the name of a fact, or the name of a file.
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

/// Characters of a value that are told; an expression has fewer.
const LONGEST_TOLD: usize = 5_000;

type Said = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What differs between two packs, in the order of kinds and ids. A file that is no TOML is compared as a whole.
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
    let pairs = pairs.filter(|(_, before, after)| before != after);
    let told = pairs.map(|(path, before, after)| (cut(path), before.map(cut), after.map(cut)));
    told.collect()
}

/// The beginning of what no person reads to its end.
fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_TOLD) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Every rule with its values by their paths.
fn said(files: &BTreeMap<String, String>) -> Said {
    let mut said = Said::new();
    for (name, text) in files {
        let Ok(table) = text.parse::<Table>() else {
            let values = [("text".to_owned(), Value::String(text.clone()).to_string())];
            said.insert(("file".to_owned(), name.clone()), values.into());
            continue;
        };
        if name == "pack.toml" {
            let mut values = BTreeMap::new();
            flatten("", &Value::Table(table), &mut values);
            said.insert(("pack".to_owned(), String::new()), values);
            continue;
        }
        said_of_file(name, table, &mut said);
    }
    said
}

/// Tables of lists by their ids; what has none, and what is no list, is said by the file.
fn said_of_file(name: &str, file: Table, said: &mut Said) {
    let mut unnamed = BTreeMap::new();
    for (kind, value) in file {
        let (tables, is_list) = match value {
            Value::Array(list) if list.iter().any(Value::is_table) => (list, true),
            value => (vec![value], false),
        };
        for (place, table) in tables.into_iter().enumerate() {
            let id = name_of(&table).filter(|_| is_list).map(str::to_owned);
            let key = id.map(|id| (kind.clone(), id));
            if let Some(key) = key.filter(|key| !said.contains_key(key)) {
                let mut values = BTreeMap::new();
                flatten("", &table, &mut values);
                said.insert(key, values);
            } else {
                let number = is_list.then(|| format!("{kind}.{}", place + 1));
                let path = number.unwrap_or_else(|| kind.clone());
                flatten(&path, &table, &mut unnamed);
            }
        }
    }
    if !unnamed.is_empty() {
        said.insert(("file".to_owned(), name.to_owned()), unnamed);
    }
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

    #[test]
    fn what_is_no_list_or_has_no_id_is_told_of_its_file() {
        let before = "limit = 1\n[use]\nkey = \"a\"\n[[pair]]\none = 1\n[[pair]]\none = 2\n";
        let after = before
            .replace("limit = 1", "limit = 2")
            .replace("\"a\"", "\"b\"")
            .replace("one = 2", "one = 3");
        let found = differences(&pack(before), &pack(&after));
        assert_eq!((found.len(), found[0].kind.as_str()), (1, "file"));
        let pair = |path: &str, before: &str, after: &str| {
            (
                path.to_owned(),
                Some(before.to_owned()),
                Some(after.to_owned()),
            )
        };
        let told = vec![
            pair("limit", "1", "2"),
            pair("pair.2.one", "2", "3"),
            pair("use.key", "\"a\"", "\"b\""),
        ];
        assert_eq!(found[0].change, Change::Changed(told));
        let broken = differences(&pack("a = 1"), &pack("a = "));
        assert_eq!((broken.len(), broken[0].id.as_str()), (1, "rules.toml"));
    }
}
