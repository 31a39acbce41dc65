//! `hubu pack`: rule packs in a folder, checked with their examples, asked what they say of facts.

mod backtest;
mod diff;
mod editions;
mod folder;
mod sheet;

use std::path::{Path, PathBuf};

use anyhow::Result;
use domain::Text;
use rulebook::{Coverage, Known, Pack, Problem};
use serde::Serialize;

use crate::commands::Session;
use crate::commands::pack::folder::Beneath;
use crate::failure::Refusal;
use crate::output;

/// What to do with a pack.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Check a pack and run its examples
    Check(Check),
    /// Say what a pack's rules say of facts, and why
    Evaluate(Evaluate),
    /// Say what two packs say otherwise, also of given facts
    Diff(diff::Arguments),
    /// List the packs of the store with their editions
    List(editions::List),
    /// Show an edition of a pack, or write its files
    Show(editions::Show),
    /// Say what a pack would move in the book if it were switched on; nothing changes
    Backtest(backtest::Arguments),
}

impl Command {
    /// Whether it asks the book.
    pub fn needs_store(&self) -> bool {
        matches!(self, Self::List(_) | Self::Show(_) | Self::Backtest(_))
    }
}

#[derive(Debug, clap::Args)]
pub struct Check {
    /// The folder of the pack
    folder: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct Evaluate {
    /// The folder of the pack
    folder: PathBuf,
    /// The facts: a TOML file with a value for each that is known
    #[arg(long)]
    facts: PathBuf,
}

/// What the check found.
#[derive(Serialize)]
struct Report<'a> {
    pack: Option<&'a str>,
    version: Option<&'a str>,
    /// The packs that it was checked upon, from the lowest.
    beneath: &'a [Beneath],
    rules: usize,
    covered: usize,
    examples: usize,
    problems: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    code: &'a str,
    /// The kind of the rule in which it is, or `fact`, and its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    reason: Text,
}

pub fn run(session: &Session, command: &Command) -> Result<()> {
    match command {
        Command::Check(arguments) => check(session, &arguments.folder),
        Command::Evaluate(arguments) => evaluate(session, arguments),
        Command::Diff(arguments) => diff::run(session, arguments),
        Command::List(_) | Command::Show(_) | Command::Backtest(_) => Ok(()),
    }
}

/// Does what asks the book.
pub async fn run_with_store(session: Session, command: Command) -> Result<()> {
    match command {
        Command::List(arguments) => editions::list(&session, &arguments).await,
        Command::Show(arguments) => editions::show(&session, &arguments).await,
        Command::Backtest(arguments) => backtest::run(&session, &arguments).await,
        command => run(&session, &command),
    }
}

fn check(session: &Session, folder: &Path) -> Result<()> {
    let files = folder::read(folder)?;
    let ground = folder::ground(folder, &files)?;
    let (pack, coverage, problems) = match ground.load(&files) {
        Ok((pack, coverage)) => (Some(pack), coverage, Vec::new()),
        Err(problems) => (None, Coverage::default(), problems),
    };
    if session.json {
        let mut report = report(pack.as_ref(), coverage, &problems);
        report.beneath = &ground.beneath;
        output::json(&report)?;
    } else {
        tell_beneath(session, &ground.beneath)?;
        tell(session, &problems)?;
    }
    let Some(pack) = pack else {
        return Err(wrong(&problems).into());
    };
    if !session.json {
        let Coverage {
            rules,
            covered,
            examples,
        } = coverage;
        let (id, version) = (&pack.identity.id, &pack.identity.version);
        let told = Text::new(
            format!(
                "{id} {version}：{rules} 条规则，{covered} 条示例齐全，{examples} 个示例全部通过"
            ),
            format!(
                "{id} {version}: {rules} rules, {covered} shown from all sides, {examples} examples pass"
            ),
        );
        output::line(session.language.of(&told))?;
    }
    Ok(())
}

/// Where the packs beneath come from decides what the check is worth: an older one that is shipped may say otherwise.
fn tell_beneath(session: &Session, beneath: &[Beneath]) -> Result<()> {
    for Beneath {
        pack,
        version,
        folder,
    } in beneath
    {
        let told = match folder.as_ref().map(|folder| folder.display()) {
            Some(folder) => Text::new(
                format!("依赖 {pack} {version}，取自 {folder}"),
                format!("upon {pack} {version} of {folder}"),
            ),
            None => Text::new(
                format!("依赖 {pack} {version}，随程序发布"),
                format!("upon {pack} {version} as shipped with the program"),
            ),
        };
        output::line(session.language.of(&told))?;
    }
    Ok(())
}

fn tell(session: &Session, problems: &[Problem]) -> Result<()> {
    for problem in problems {
        let told = Text::new(problem.in_chinese(), problem.to_string());
        output::line(session.language.of(&told))?;
    }
    Ok(())
}

fn wrong(problems: &[Problem]) -> Refusal {
    let count = problems.len();
    Refusal::bad_input(Text::new(
        format!("有 {count} 处问题"),
        format!("{count} problems were found"),
    ))
}

/// Writes what each rule says, with its reasons, as JSON: the same bytes for the same facts.
fn evaluate(session: &Session, arguments: &Evaluate) -> Result<()> {
    let pack = load(session, &arguments.folder)?;
    let known = facts(session, &arguments.facts, &pack)?;
    output::json(&sheet::of(&pack, &known))
}

/// A pack of a folder; its problems are told where it has some.
fn load(session: &Session, folder: &Path) -> Result<Pack> {
    let files = folder::read(folder)?;
    let loaded = folder::ground(folder, &files)?.load(&files);
    Ok(loaded.map_err(|problems| told(session, &problems))?.0)
}

/// Facts of a file, for a pack.
fn facts(session: &Session, path: &Path, pack: &Pack) -> Result<Known> {
    let text = std::fs::read_to_string(path).map_err(|error| folder::unreadable(path, &error))?;
    let name = path.display().to_string();
    let known = rulebook::read_facts(&name, &text, &pack.foundation);
    known.map_err(|problems| told(session, &problems))
}

fn told(session: &Session, problems: &[Problem]) -> anyhow::Error {
    match tell(session, problems) {
        Ok(()) => wrong(problems).into(),
        Err(error) => error,
    }
}

fn report<'a>(pack: Option<&'a Pack>, coverage: Coverage, problems: &'a [Problem]) -> Report<'a> {
    let found = problems.iter().map(|problem| Found {
        file: &problem.file,
        line: problem.line,
        column: problem.column,
        code: problem.code,
        kind: problem.rule.as_ref().map(|rule| rule.kind),
        rule: problem.rule.as_ref().map(|rule| rule.id.as_str()),
        reason: Text::new(problem.wording.zh.clone(), problem.wording.en.clone()),
    });
    Report {
        pack: pack.map(|pack| pack.identity.id.as_str()),
        version: pack.map(|pack| pack.identity.version.as_str()),
        beneath: &[],
        rules: coverage.rules,
        covered: coverage.covered,
        examples: coverage.examples,
        problems: found.collect(),
    }
}
