//! Changes that a form makes, applied to the text of a file: comments, order and spacing of everything else stay as an
//! engineer wrote them.

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};
use utoipa::ToSchema;

use crate::packs::refusal::PackError;
use crate::packs::text::Files;

/// Changes of one request.
const MOST_EDITS: usize = 1_000;
/// Steps of a path.
const LONGEST_PATH: usize = 20;

/// Keys in the order in which a person writes them; others come after them, and tables of examples last.
const WRITTEN_IN_ORDER: [&str; 24] = [
    "id",
    "name",
    "code",
    "zh",
    "type",
    "label",
    "en",
    "source",
    "article",
    "family",
    "weight",
    "hit",
    "starts",
    "applies",
    "of",
    "when",
    "attribute",
    "gives",
    "grade",
    "score",
    "points",
    "given",
    "total",
    "expect",
];

/// One change of a file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PackEdit {
    /// The file.
    pub file: String,
    /// Where in it: keys of tables, places in lists from 0. The place after the last appends.
    #[schema(value_type = Vec<serde_json::Value>)]
    pub path: Vec<Place>,
    /// What stands there then; nothing removes what stands there.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub value: Option<Json>,
}

/// A step of a path.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// A place in a list.
    Number(usize),
    /// A key of a table.
    Key(String),
}

/// Applies changes one after the other; a file that is not there begins empty.
pub(super) fn apply(files: &mut Files, edits: &[PackEdit]) -> Result<(), PackError> {
    if edits.len() > MOST_EDITS {
        return Err(refuse("edits", "there are too many at once"));
    }
    for edit in edits {
        let text = files.get(&edit.file).map_or("", String::as_str);
        let parsed = text.parse::<DocumentMut>();
        let mut document = parsed.map_err(|error| refuse(&edit.file, error.message()))?;
        let name = edit.path.iter().map(written).collect::<Vec<_>>().join(".");
        let refused = |why| refuse(&format!("{}: {name}", edit.file), why);
        if edit.path.is_empty() || edit.path.len() > LONGEST_PATH {
            return Err(refused("the path has 1 to 20 steps"));
        }
        let root = Node::Table(document.as_table_mut());
        put(root, &edit.path, edit.value.as_ref()).map_err(refused)?;
        files.insert(edit.file.clone(), document.to_string());
    }
    Ok(())
}

fn refuse(place: &str, why: &str) -> PackError {
    PackError::Edit(place.to_owned(), why.to_owned())
}

fn written(place: &Place) -> String {
    match place {
        Place::Number(number) => number.to_string(),
        Place::Key(key) => key.clone(),
    }
}

/// Something that has parts.
enum Node<'a> {
    Table(&'a mut Table),
    Inline(&'a mut InlineTable),
    Tables(&'a mut ArrayOfTables),
    List(&'a mut Array),
}

const NOTHING_THERE: &str = "nothing stands there";

fn put(node: Node<'_>, path: &[Place], value: Option<&Json>) -> Result<(), &'static str> {
    let [place, rest @ ..] = path else {
        return Err(NOTHING_THERE);
    };
    if rest.is_empty() {
        return put_here(node, place, value);
    }
    put(part(node, place).ok_or(NOTHING_THERE)?, rest, value)
}

fn part<'a>(node: Node<'a>, place: &Place) -> Option<Node<'a>> {
    match (node, place) {
        (Node::Table(table), Place::Key(key)) => of_item(table.get_mut(key)?),
        (Node::Inline(table), Place::Key(key)) => of_value(table.get_mut(key)?),
        (Node::Tables(tables), Place::Number(number)) => tables.get_mut(*number).map(Node::Table),
        (Node::List(list), Place::Number(number)) => of_value(list.get_mut(*number)?),
        _ => None,
    }
}

fn of_item(item: &mut Item) -> Option<Node<'_>> {
    match item {
        Item::Table(table) => Some(Node::Table(table)),
        Item::ArrayOfTables(tables) => Some(Node::Tables(tables)),
        Item::Value(value) => of_value(value),
        Item::None => None,
    }
}

fn of_value(value: &mut Value) -> Option<Node<'_>> {
    match value {
        Value::InlineTable(table) => Some(Node::Inline(table)),
        Value::Array(list) => Some(Node::List(list)),
        _ => None,
    }
}

fn put_here(node: Node<'_>, place: &Place, value: Option<&Json>) -> Result<(), &'static str> {
    match (node, place, value) {
        (Node::Table(table), Place::Key(key), None) => {
            table.remove(key).map(drop).ok_or(NOTHING_THERE)
        }
        (Node::Table(table), Place::Key(key), Some(json)) => put_in_table(table, key, json),
        (Node::Inline(table), Place::Key(key), None) => {
            table.remove(key).map(drop).ok_or(NOTHING_THERE)
        }
        (Node::Inline(table), Place::Key(key), Some(json)) => {
            let old = table.get(key);
            let new = like(old, json)?;
            table.insert(key, new);
            Ok(())
        }
        (Node::Tables(tables), Place::Number(number), json) => put_among(tables, *number, json),
        (Node::List(list), Place::Number(number), json) => put_in_list(list, *number, json),
        _ => Err("a key belongs to a table, a number to a list"),
    }
}

fn put_in_table(table: &mut Table, key: &str, json: &Json) -> Result<(), &'static str> {
    // A list of tables where there was nothing is written as `[[key]]`.
    if !table.contains_key(key)
        && let Json::Array(list) = json
        && !list.is_empty()
        && list.iter().all(Json::is_object)
    {
        let mut tables = ArrayOfTables::new();
        for (place, json) in list.iter().enumerate() {
            put_among(&mut tables, place, Some(json))?;
        }
        table.insert(key, Item::ArrayOfTables(tables));
        return Ok(());
    }
    let old = table.get(key).and_then(Item::as_value);
    let new = like(old, json)?;
    table.insert(key, Item::Value(new));
    Ok(())
}

fn put_among(
    tables: &mut ArrayOfTables,
    number: usize,
    json: Option<&Json>,
) -> Result<(), &'static str> {
    let Some(json) = json else {
        if number >= tables.len() {
            return Err(NOTHING_THERE);
        }
        tables.remove(number);
        return Ok(());
    };
    let Json::Object(entries) = json else {
        return Err("a table is needed there");
    };
    let mut table = Table::new();
    for (key, json) in in_order(entries) {
        put_in_table(&mut table, key, json)?;
    }
    if let Some(old) = tables.get_mut(number) {
        *table.decor_mut() = old.decor().clone();
        *old = table;
    } else if number == tables.len() {
        tables.push(table);
    } else {
        return Err(NOTHING_THERE);
    }
    Ok(())
}

fn put_in_list(list: &mut Array, number: usize, json: Option<&Json>) -> Result<(), &'static str> {
    let Some(json) = json else {
        if number >= list.len() {
            return Err(NOTHING_THERE);
        }
        list.remove(number);
        return Ok(());
    };
    if number > list.len() {
        return Err(NOTHING_THERE);
    }
    if let Some(old) = list.get_mut(number) {
        *old = like(Some(old), json)?;
        return Ok(());
    }
    // What is appended stands as its neighbour does.
    let decor = list
        .get(number.wrapping_sub(1))
        .map(|last| last.decor().clone());
    let mut new = like(None, json)?;
    if let Some(decor) = decor {
        *new.decor_mut() = decor;
    }
    list.push_formatted(new);
    Ok(())
}

/// A value with the spacing and, where both can be one, the type of what stood there.
fn like(old: Option<&Value>, json: &Json) -> Result<Value, &'static str> {
    let mut new = value(json)?;
    let as_before = match (old, &new) {
        (Some(Value::Datetime(_)), Value::String(day)) => {
            let day = day.value().parse().ok();
            day.map(|day: toml_edit::Datetime| Value::from(day))
        }
        _ => None,
    };
    new = as_before.unwrap_or(new);
    if let Some(old) = old {
        *new.decor_mut() = old.decor().clone();
    }
    Ok(new)
}

fn in_order(entries: &Map<String, Json>) -> Vec<(&String, &Json)> {
    let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
    entries.sort_by_key(|(key, _)| {
        let place = WRITTEN_IN_ORDER
            .iter()
            .position(|known| *known == key.as_str());
        (*key == "example", place.unwrap_or(WRITTEN_IN_ORDER.len()))
    });
    entries
}

fn value(json: &Json) -> Result<Value, &'static str> {
    Ok(match json {
        Json::Null => return Err("a value cannot be null"),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(number)) => Value::from(number),
            (None, None) => return Err("a number is out of bounds"),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(list) => {
            let mut array = Array::new();
            for one in list {
                array.push(value(one)?);
            }
            Value::Array(array)
        }
        Json::Object(entries) => {
            let mut table = InlineTable::new();
            for (key, one) in in_order(entries) {
                table.insert(key, value(one)?);
            }
            Value::InlineTable(table)
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &str = r#"# Weights are the institution's.
[[scorecard]]
id = "grading" # the one and only
levels = 5

[[scorecard.item]]
id = "age"
weight = 12.5   # in percent

[[condition]]
id = "minor"
since = 2026-01-01
example = [
    { given = { "customer.age" = 17 }, expect = true },
    { given = {}, expect = "missing" },
]
"#;

    fn edited(path: Json, value: Option<Json>) -> Result<String, PackError> {
        let mut files: Files = [("rules.toml".to_owned(), TEXT.to_owned())].into();
        let edit = PackEdit {
            file: "rules.toml".to_owned(),
            path: serde_json::from_value(path).unwrap(),
            value,
        };
        apply(&mut files, &[edit])?;
        Ok(files.remove("rules.toml").unwrap())
    }

    #[track_caller]
    fn check(path: Json, value: Option<Json>, old: &str, new: &str) {
        assert!(TEXT.contains(old), "{old}");
        assert_eq!(edited(path, value).unwrap(), TEXT.replacen(old, new, 1));
    }

    #[test]
    fn one_value_changes_and_nothing_else() {
        let weight = json!(["scorecard", 0, "item", 0, "weight"]);
        check(weight, Some(json!(15)), "12.5   # in", "15   # in");
        let since = json!(["condition", 0, "since"]);
        check(since, Some(json!("2026-02-01")), "2026-01-01", "2026-02-01");
        let age = json!(["condition", 0, "example", 0, "given", "customer.age"]);
        check(age, Some(json!(16)), "17 }", "16 }");
        let first = json!(["condition", 0, "example", 0]);
        check(
            first,
            None,
            "\n    { given = { \"customer.age\" = 17 }, expect = true },",
            "",
        );
        check(json!(["scorecard", 0, "levels"]), None, "levels = 5\n", "");
    }

    #[test]
    fn what_is_added_stands_as_its_neighbours_do() {
        let row = json!({ "given": { "customer.age": 18 }, "expect": false });
        let added = edited(json!(["condition", 0, "example", 2]), Some(row)).unwrap();
        let wanted = "expect = \"missing\" },\n    { given = { \"customer.age\" = 18 }, expect = false },\n]";
        assert!(added.contains(wanted), "{added}");
        let rule = json!({ "id": "old", "example": [{ "given": {}, "expect": true }] });
        let added = edited(json!(["condition", 1]), Some(rule)).unwrap();
        assert!(added.contains("\n[[condition]]\n"), "{added}");
        assert!(added.contains("id = \"old\"\n"), "{added}");
    }

    #[test]
    fn moments_stay_moments_and_hours_are_written_as_tables() {
        let since = json!(["condition", 0, "since"]);
        let moment = "2026-02-01T14:30:00";
        check(since, Some(json!(moment)), "2026-01-01", moment);
        let hours = json!([{ "to": "12:00", "from": "08:30" }]);
        let added = edited(json!(["condition", 0, "hours"]), Some(hours)).unwrap();
        let wanted = "\n[[condition.hours]]\nfrom = \"08:30\"\nto = \"12:00\"\n";
        assert!(added.contains(wanted), "{added}");
    }

    #[test]
    fn a_change_that_cannot_be_made_is_refused_and_names_its_place() {
        let told = |path, value| edited(path, value).unwrap_err().to_string();
        let nowhere = told(json!(["scorecard", 3, "levels"]), Some(json!(1)));
        assert_eq!(
            nowhere,
            "rules.toml: scorecard.3.levels cannot be changed so: nothing stands there"
        );
        assert!(edited(json!([]), Some(json!(1))).is_err());
        assert!(edited(json!(["scorecard", "x"]), Some(json!(1))).is_err());
        assert!(edited(json!(["condition", 0, "since"]), Some(Json::Null)).is_err());
    }
}
