//! `hubu pack list` and `hubu pack show`: the editions of the store.

use std::path::PathBuf;

use anyhow::Result;
use domain::Text;
use serde_json::json;
use server::packs::{EditionRow, Library, library, today, write_files};

use crate::commands::Session;
use crate::failure::Refusal;
use crate::output::{self, Table};

#[derive(Debug, clap::Args)]
pub struct List {
    /// The day on which they are in force [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// The unit whose own packs count too
    #[arg(long)]
    branch: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Show {
    /// The pack by its id, with @VERSION for an edition that is not in force
    pack: String,
    /// A folder to write its files to
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Lists every edition, and whether it is in force on a day.
pub async fn list(session: &Session, arguments: &List) -> Result<()> {
    let day = match &arguments.on {
        Some(text) => rulebook::day(text).ok_or_else(|| {
            Refusal::bad_input(Text::new(
                format!("日期写作 2026-01-31，不是 {text}"),
                format!("a day is written as 2026-01-31, not as {text}"),
            ))
        })?,
        None => today(server::clock::now()),
    };
    let store = session.open().await?;
    let library = library(&store).await?;
    store.database.close().await;
    let in_force = library.in_force(day, arguments.branch.as_deref());
    let in_force: Vec<i64> = in_force.iter().map(|edition| edition.id).collect();
    if session.json {
        let editions = library.editions.iter();
        let told: Vec<_> = editions
            .map(|edition| written(edition, in_force.contains(&edition.id)))
            .collect();
        return output::json(&told);
    }
    let header = [
        ("规则包", "pack"),
        ("版本", "version"),
        ("层", "layer"),
        ("状态", "state"),
        ("自", "from"),
        ("至", "to"),
        ("当日有效", "in force"),
    ];
    let header = header.map(|(zh, en)| session.language.of(&Text::new(zh, en)).to_owned());
    let mut table = Table::new(header.each_ref().map(String::as_str));
    for edition in &library.editions {
        table.push([
            edition.pack.clone(),
            edition.version.clone(),
            edition.layer.clone(),
            edition.state.name().to_owned(),
            rulebook::written_day(edition.effective_from),
            edition
                .effective_to
                .map_or_else(String::new, rulebook::written_day),
            if in_force.contains(&edition.id) {
                "✓"
            } else {
                ""
            }
            .to_owned(),
        ]);
    }
    table.print()
}

fn written(edition: &EditionRow, in_force: bool) -> serde_json::Value {
    json!({
        "id": edition.id.to_string(),
        "pack": edition.pack,
        "version": edition.version,
        "layer": edition.layer,
        "branch": edition.branch,
        "state": edition.state,
        "effective_from": rulebook::written_day(edition.effective_from),
        "effective_to": edition.effective_to.map(rulebook::written_day),
        "in_force": in_force,
    })
}

/// Shows the rules of an edition, or writes its files.
pub async fn show(session: &Session, arguments: &Show) -> Result<()> {
    let store = session.open().await?;
    let library = library(&store).await?;
    store.database.close().await;
    let edition = find(&library, &arguments.pack)?;
    if let Some(folder) = &arguments.output {
        write_files(edition.files(), folder)?;
        return Ok(());
    }
    let day = edition.effective_from.max(today(server::clock::now()));
    let editions = library.with(edition, day, edition.branch.as_deref());
    let stack = library.stack(editions.into_iter())?;
    let place = stack
        .packs
        .iter()
        .position(|pack| pack.identity.id == edition.pack);
    let header = [
        ("规则", "rule"),
        ("种类", "kind"),
        ("名称", "name"),
        ("来源", "source"),
        ("条", "article"),
    ];
    let header = header.map(|(zh, en)| session.language.of(&Text::new(zh, en)).to_owned());
    let mut table = Table::new(header.each_ref().map(String::as_str));
    for rule in place
        .into_iter()
        .flat_map(|place| &stack.packs[place].rules)
    {
        let head = rule.head();
        let label = Text::new(head.label.zh.clone(), head.label.en.clone());
        table.push([
            head.id.clone(),
            rule.kind().to_owned(),
            session.language.of(&label).to_owned(),
            head.source.clone(),
            head.article.clone().unwrap_or_default(),
        ]);
    }
    table.print()
}

fn find<'a>(library: &'a Library, named: &str) -> Result<&'a EditionRow> {
    let (pack, version) = match named.split_once('@') {
        Some((pack, version)) => (pack, Some(version)),
        None => (named, None),
    };
    let in_force = library.in_force(today(server::clock::now()), None);
    let on = |edition: &&EditionRow| in_force.iter().any(|one| one.id == edition.id);
    let of_pack = || {
        library
            .editions
            .iter()
            .filter(|edition| edition.pack == pack)
    };
    let found = match version {
        Some(version) => of_pack().find(|edition| edition.version == version),
        None => of_pack().find(on).or_else(|| of_pack().next_back()),
    };
    let unknown = || {
        Refusal::bad_input(Text::new(
            format!("没有规则包 {named}"),
            format!("there is no pack {named}"),
        ))
    };
    Ok(found.ok_or_else(unknown)?)
}
