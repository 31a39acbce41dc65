//! `hubu pack`: rule packs in a folder, checked with their examples, asked what they say of facts.

mod sheet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use domain::Text;
use rulebook::{Coverage, Pack, Problem};
use serde::Serialize;

use crate::commands::Session;
use crate::failure::Refusal;
use crate::output;

/// What to do with a pack.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Check a pack and run its examples
    Check(Check),
    /// Say what a pack's conditions and scorecards say of facts
    Evaluate(Evaluate),
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

/// Folders within the folder of a pack.
const DEEPEST: usize = 3;
/// Files of it, and bytes of one, at most; what is more is refused before it is read.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 1 << 21;

/// What the check found.
#[derive(Serialize)]
struct Report<'a> {
    pack: Option<&'a str>,
    version: Option<&'a str>,
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
    reason: Text,
}

pub fn run(session: &Session, command: &Command) -> Result<()> {
    match command {
        Command::Check(arguments) => check(session, &arguments.folder),
        Command::Evaluate(arguments) => evaluate(session, arguments),
    }
}

fn check(session: &Session, folder: &Path) -> Result<()> {
    let files = read(folder)?;
    let (pack, coverage, problems) = match rulebook::load(&files) {
        Ok((pack, coverage)) => (Some(pack), coverage, Vec::new()),
        Err(problems) => (None, Coverage::default(), problems),
    };
    if session.json {
        output::json(&report(pack.as_ref(), coverage, &problems))?;
    } else {
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
        let (id, version) = (&pack.id, &pack.version);
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

/// Writes the sheet of each scorecard and the truth of each condition as JSON, the same bytes for the same facts.
fn evaluate(session: &Session, arguments: &Evaluate) -> Result<()> {
    let told = |problems: Vec<Problem>| -> anyhow::Error {
        match tell(session, &problems) {
            Ok(()) => wrong(&problems).into(),
            Err(error) => error,
        }
    };
    let (pack, _) = rulebook::load(&read(&arguments.folder)?).map_err(told)?;
    let path = &arguments.facts;
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let name = path.display().to_string();
    let known = rulebook::read_facts(&name, &text, &pack.facts).map_err(told)?;
    output::json(&sheet::of(&pack, &known)?)
}

fn report<'a>(pack: Option<&'a Pack>, coverage: Coverage, problems: &'a [Problem]) -> Report<'a> {
    let found = problems.iter().map(|problem| Found {
        file: &problem.file,
        line: problem.line,
        column: problem.column,
        code: problem.code,
        reason: Text::new(problem.wording.zh.clone(), problem.wording.en.clone()),
    });
    Report {
        pack: pack.map(|pack| pack.id.as_str()),
        version: pack.map(|pack| pack.version.as_str()),
        rules: coverage.rules,
        covered: coverage.covered,
        examples: coverage.examples,
        problems: found.collect(),
    }
}

/// The TOML files below a folder by their names from there.
fn read(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    read_into(folder, "", DEEPEST, &mut files)?;
    Ok(files)
}

fn read_into(
    folder: &Path,
    within: &str,
    depth: usize,
    files: &mut BTreeMap<String, String>,
) -> Result<()> {
    let refused = |error: std::io::Error| unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let (path, kind) = (entry.path(), entry.file_type().map_err(refused)?);
        let name = format!("{within}{name}");
        // A link could lead anywhere, so none is followed.
        if kind.is_dir() && depth > 0 {
            read_into(&path, &format!("{name}/"), depth - 1, files)?;
        } else if kind.is_file()
            && path
                .extension()
                .is_some_and(|extension| extension == "toml")
        {
            if files.len() >= MOST_FILES || entry.metadata()?.len() > MOST_BYTES {
                return Err(too_much(&path).into());
            }
            let text = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            let text = String::from_utf8(text).map_err(|_| not_text(&path))?;
            files.insert(name, text);
        }
    }
    Ok(())
}

fn too_much(path: &Path) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("规则包最多 {MOST_FILES} 个文件，每个最多 {MOST_BYTES} 字节：{path}"),
        format!("a pack has {MOST_FILES} files of {MOST_BYTES} bytes at most: {path}"),
    ))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("无法读取 {path}：{error}"),
        format!("{path} cannot be read: {error}"),
    ))
}

fn not_text(path: &Path) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("{path} 不是 UTF-8 文本"),
        format!("{path} is no text in UTF-8"),
    ))
}
