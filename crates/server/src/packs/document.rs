//! The document of a file (`toml_edit`): a value put at a place of it, with everything else as it was.

use serde_json::{Map, Value as Json};
use toml_edit::{Array, ArrayOfTables, Decor, InlineTable, Item, RawString, Table, Value};

use crate::packs::form::Place;

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

/// Why a change cannot be made, in Chinese and in English.
pub(super) type Why = (&'static str, &'static str);

/// Something that has parts.
pub(super) enum Node<'a> {
    Table(&'a mut Table),
    Inline(&'a mut InlineTable),
    Tables(&'a mut ArrayOfTables),
    List(&'a mut Array),
}

const NOTHING_THERE: Why = ("该处没有内容", "nothing stands there");

/// Puts a value at a place, or removes what stands there.
pub(super) fn put(node: Node<'_>, path: &[Place], value: Option<&Json>) -> Result<(), Why> {
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

fn put_here(node: Node<'_>, place: &Place, value: Option<&Json>) -> Result<(), Why> {
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
        _ => Err((
            "键用于表，序号用于列表",
            "a key belongs to a table, a number to a list",
        )),
    }
}

fn put_in_table(table: &mut Table, key: &str, json: &Json) -> Result<(), Why> {
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

fn put_among(tables: &mut ArrayOfTables, number: usize, json: Option<&Json>) -> Result<(), Why> {
    let Some(json) = json else {
        if number >= tables.len() {
            return Err(NOTHING_THERE);
        }
        tables.remove(number);
        return Ok(());
    };
    let Json::Object(entries) = json else {
        return Err(("该处应为表", "a table is needed there"));
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

fn put_in_list(list: &mut Array, number: usize, json: Option<&Json>) -> Result<(), Why> {
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
    // What is appended stands as its neighbour does; behind the first of a line, with a space between.
    let neighbour = list.get(number.wrapping_sub(1)).map(Value::decor);
    let on_line = |decor: &&Decor| {
        let prefix = decor.prefix().and_then(RawString::as_str);
        number > 1 || prefix.is_some_and(|prefix| prefix.contains('\n'))
    };
    let decor = neighbour.filter(on_line).cloned();
    let mut new = like(None, json)?;
    let Some(decor) = decor else {
        list.push(new);
        return Ok(());
    };
    *new.decor_mut() = decor;
    list.push_formatted(new);
    Ok(())
}

/// A value with the spacing and, where both can be one, the type of what stood there.
fn like(old: Option<&Value>, json: &Json) -> Result<Value, Why> {
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

fn value(json: &Json) -> Result<Value, Why> {
    Ok(match json {
        Json::Null => return Err(("值不能为空", "a value cannot be null")),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(number)) => Value::from(number),
            (None, None) => return Err(("数值超出范围", "a number is out of bounds")),
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
