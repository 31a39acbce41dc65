//! Changes that a form makes, applied to the text of a file: comments, order and spacing of everything else stay as an
//! engineer wrote them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Deserialize;
use serde_json::Value as Json;
use toml_edit::DocumentMut;
use utoipa::ToSchema;

use crate::packs::document::{Node, Why, put};
use crate::packs::refusal::PackError;
use crate::packs::text::Files;

/// Changes of one request.
const MOST_EDITS: usize = 1_000;
/// Steps of a path.
const LONGEST_PATH: usize = 20;

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

/// Applies changes one after the other to files that are there; each file is read and written once.
pub(super) fn apply(files: &mut Files, edits: &[PackEdit]) -> Result<(), PackError> {
    if edits.len() > MOST_EDITS {
        let (zh, en) = ("一次修改过多", "there are too many at once");
        return Err(PackError::edit("edits", zh, en));
    }
    let mut documents: BTreeMap<&str, DocumentMut> = BTreeMap::new();
    for edit in edits {
        let name = edit.file.as_str();
        let document = match documents.entry(name) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => unread.insert(document(files, name)?),
        };
        let place = edit.path.iter().map(written).collect::<Vec<_>>().join(".");
        let refused = |(zh, en): Why| PackError::edit(format!("{name}: {place}"), zh, en);
        if edit.path.is_empty() || edit.path.len() > LONGEST_PATH {
            return Err(refused((
                "路径应有 1 至 20 级",
                "the path has 1 to 20 steps",
            )));
        }
        let root = Node::Table(document.as_table_mut());
        put(root, &edit.path, edit.value.as_ref()).map_err(refused)?;
    }
    for (name, document) in documents {
        files.insert(name.to_owned(), document.to_string());
    }
    Ok(())
}

fn document(files: &Files, name: &str) -> Result<DocumentMut, PackError> {
    let Some(text) = files.get(name) else {
        return Err(PackError::edit(name, "没有此文件", "there is no such file"));
    };
    text.parse::<DocumentMut>().map_err(|error| {
        let told = error.message();
        PackError::edit(name, format!("TOML 语法错误：{told}"), told)
    })
}

fn written(place: &Place) -> String {
    match place {
        Place::Number(number) => number.to_string(),
        Place::Key(key) => key.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

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
        let chinese = edited(json!(["scorecard", 3, "levels"]), Some(json!(1)));
        let chinese = chinese.unwrap_err().text().zh;
        assert_eq!(
            chinese,
            "无法如此修改 rules.toml: scorecard.3.levels：该处没有内容"
        );
        assert!(edited(json!([]), Some(json!(1))).is_err());
        assert!(edited(json!(["scorecard", "x"]), Some(json!(1))).is_err());
        assert!(edited(json!(["condition", 0, "since"]), Some(Json::Null)).is_err());
    }

    #[test]
    fn a_file_that_is_not_there_is_not_made_by_an_edit() {
        let mut files: Files = [("rules.toml".to_owned(), TEXT.to_owned())].into();
        let edit = PackEdit {
            file: "other.toml".to_owned(),
            path: vec![Place::Key("a".to_owned())],
            value: Some(json!(1)),
        };
        let refused = apply(&mut files, &[edit]).unwrap_err().to_string();
        assert_eq!(
            refused,
            "other.toml cannot be changed so: there is no such file"
        );
        assert_eq!(files.len(), 1);
    }

    #[test]
    fn many_edits_read_a_long_file_once_and_stand_upon_each_other() {
        let rule = |number: usize| format!("[[condition]]\nid = \"r{number}\"\nlevels = 1\n\n");
        let text: String = (0..2_000).map(rule).collect();
        let mut files: Files = [("rules.toml".to_owned(), text)].into();
        let edit = |path: Json, value: Json| PackEdit {
            file: "rules.toml".to_owned(),
            path: serde_json::from_value(path).unwrap(),
            value: Some(value),
        };
        let mut edits = vec![edit(json!(["condition", 2_000]), json!({ "id": "new" }))];
        edits.extend((0..999).map(|number| {
            let place = if number % 2 == 0 { 2_000 } else { number };
            edit(json!(["condition", place, "levels"]), json!(number))
        }));
        let began = Instant::now();
        apply(&mut files, &edits).unwrap();
        // Each reading of the file takes more than a hundredth of a second without optimisation.
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
        let text = files["rules.toml"].trim_end();
        let end = "\n[[condition]]\nid = \"new\"\nlevels = 998";
        assert!(text.ends_with(end), "{}", &text[text.len() - 80..]);
        assert!(text.contains("id = \"r997\"\nlevels = 997\n"));
    }
}
