//! Examples of a draft brought up to what its rules say now (采用现结果): whoever changed a threshold on purpose need not
//! rewrite by hand every example that spoke of the old one, and sees in the differences which they were.

use rulebook::Problem as Mistake;
use serde_json::{Value as Json, json};

use crate::packs::draft::{Replaced, change_draft, check};
use crate::packs::edition::find_edition;
use crate::packs::form::{PackEdit, Place};
use crate::packs::library::library;
use crate::packs::refusal::PackError;
use crate::packs::showing::tables;
use crate::packs::wire::PackTable;
use crate::store::Store;

/// Lets every example that turns out otherwise expect what its rule says. Gives how many there were.
pub(super) async fn adopt_examples(
    store: &Store,
    actor: &str,
    id: i64,
    revision: i64,
) -> Result<usize, PackError> {
    let library = library(store).await?;
    let mut transaction = store.database.read().await?;
    let edition = find_edition(&mut transaction, store, id).await?;
    drop(transaction);
    let mut edits = Vec::new();
    let mut adopted = 0;
    // Problems are told a hundred at a time.
    let mut tried = edition;
    loop {
        let checked = check(&library, &tried);
        let tables = tables(tried.files());
        let found: Vec<PackEdit> = checked
            .problems
            .iter()
            .filter_map(|problem| edits_of(problem, &tables))
            .inspect(|_| adopted += 1)
            .flatten()
            .collect();
        if found.is_empty() || adopted > MOST_ADOPTED {
            break;
        }
        let mut files = tried.files().clone();
        super::form::apply(&mut files, &found)?;
        tried = tried.with(files);
        edits.extend(found);
    }
    change_draft(store, actor, (id, revision), &edits, Replaced::new()).await?;
    Ok(adopted)
}

/// Examples that are brought up at once.
const MOST_ADOPTED: usize = 400;

/// The changes that mend an example, where that is what is wrong.
fn edits_of(problem: &Mistake, tables: &[PackTable]) -> Option<Vec<PackEdit>> {
    let otherwise = problem.otherwise.as_ref()?;
    let table = tables
        .iter()
        .find(|table| table.id == otherwise.rule && table.file == problem.file)?;
    let example = table.table.get("example")?.get(otherwise.example)?;
    let edit = |key: &str, value: Json| PackEdit {
        file: table.file.clone(),
        path: vec![
            Place::Key(table.kind.clone()),
            Place::Number(table.place),
            Place::Key("example".to_owned()),
            Place::Number(otherwise.example),
            Place::Key(key.to_owned()),
        ],
        value: Some(value),
    };
    let found = otherwise.found.as_str();
    if table.kind != "scorecard" {
        return Some(vec![edit("expect", like(example.get("expect")?, found)?)]);
    }
    Some(match found.split_once(' ') {
        Some((total, grade)) => vec![edit("total", json!(total)), edit("grade", json!(grade))],
        None => vec![edit("grade", json!(found))],
    })
}

/// An outcome in the form in which the example wrote its own.
fn like(before: &Json, found: &str) -> Option<Json> {
    if let Some(list) = found
        .strip_prefix('[')
        .and_then(|list| list.strip_suffix(']'))
    {
        let words = list.split(", ").filter(|word| !word.is_empty());
        return Some(words.collect());
    }
    Some(
        match (before, found.parse::<bool>(), found.parse::<f64>()) {
            (Json::Bool(_), Ok(truth), _) => json!(truth),
            (Json::Number(_), _, Ok(number)) if number.fract() == 0.0 => {
                json!(found.parse::<i64>().ok()?)
            }
            (Json::Number(_), _, Ok(number)) => json!(number),
            // An example that expected a missing fact may now be decided, as true or as a number.
            (Json::String(word), Ok(truth), _) if word == "missing" => json!(truth),
            _ => json!(found),
        },
    )
}
