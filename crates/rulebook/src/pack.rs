//! A rule pack (规则包): its files read into rules, everything wrong with them reported together.

mod examples;
mod given;
mod place;
mod reading;
mod rules;
mod scorecards;

use std::collections::BTreeMap;
use std::ops::Range;

pub use examples::Coverage;
pub use scorecards::RatingExample;

use crate::expression::{Expression, Truth};
use crate::facts::{FactDictionary, Label, Value};
use crate::pack::reading::{File, Section};
use crate::problem::{Problem, Wording};
use crate::scorecard::Scorecard;

/// Files of a pack, and bytes of one.
const MOST_FILES: usize = 100;
const MOST_BYTES: usize = 1 << 20;
/// Rules of a pack.
const MOST_RULES: usize = 5_000;
/// Problems that are reported; whoever mends a hundred asks again.
const MOST_PROBLEMS: usize = 100;

/// A pack that was checked.
#[derive(Debug)]
pub struct Pack {
    /// By which other packs name it.
    pub id: String,
    /// Which edition of it this is.
    pub version: String,
    /// What it is called.
    pub label: Label,
    /// When it is in force.
    pub validity: Validity,
    /// What it implements.
    pub sources: Vec<Source>,
    /// What its rules may look at.
    pub facts: FactDictionary,
    /// Its conditions, in the order of the files.
    pub conditions: Vec<Condition>,
    /// Its scorecards, each with its examples and the file in which it stands.
    pub scorecards: Vec<(Scorecard, Vec<RatingExample>, String)>,
}

/// From which day to which, both included; days since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Validity {
    /// The first day.
    pub from: i32,
    /// The last day; none for what has no end yet.
    pub to: Option<i32>,
}

/// Where rules come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// By which rules of the pack name it.
    pub id: String,
    /// The title.
    pub title: String,
    /// The number under which it was issued.
    pub number: String,
    /// How sure it is that the pack says what the source says.
    pub confidence: Confidence,
}

/// How a rule was taken from its source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confidence {
    /// The full text was read.
    Read,
    /// An excerpt was seen.
    Seen,
    /// From memory: to be checked before anybody relies on it.
    Memory,
}

/// A rule that holds or does not.
#[derive(Debug)]
pub struct Condition {
    /// By which decisions name it.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// The expression as written.
    pub text: String,
    /// Ready to be evaluated.
    pub expression: Expression,
    /// The source and, where there is one, the article.
    pub origin: (String, Option<String>),
    /// What it says of given facts.
    pub examples: Vec<Example>,
    /// The file in which it stands.
    pub file: String,
}

/// What a condition says of given facts.
#[derive(Clone, PartialEq, Debug)]
pub struct Example {
    /// What is known, by the place of the fact.
    pub given: Vec<(usize, Value)>,
    /// What the condition is then.
    pub expect: Truth,
    span: Range<usize>,
}

/// Reads a pack from its files by their names, `pack.toml` and those that it lists, and runs its examples; everything
/// that is wrong with it otherwise, in the order of files and lines.
pub fn load(files: &BTreeMap<String, String>) -> Result<(Pack, Coverage), Vec<Problem>> {
    let mut problems = Vec::new();
    let pack = read(files, &mut problems);
    let checked = pack.map(|pack| {
        let coverage = examples::run(&pack, files, &mut problems);
        (pack, coverage)
    });
    problems.sort_by(|one, other| {
        let place = |problem: &Problem| (problem.file.clone(), problem.line, problem.column);
        place(one).cmp(&place(other))
    });
    problems.truncate(MOST_PROBLEMS);
    match checked {
        Some(checked) if problems.is_empty() => Ok(checked),
        _ => Err(problems),
    }
}

fn read(files: &BTreeMap<String, String>, problems: &mut Vec<Problem>) -> Option<Pack> {
    check_sizes(files, problems);
    let Some(head) = files.get("pack.toml") else {
        let wording = Wording::new("没有 pack.toml", "there is no pack.toml");
        problems.push(Problem::of_file("pack.toml", "missing_file", wording));
        return None;
    };
    if !problems.is_empty() {
        return None;
    }
    let head = File::parse("pack.toml", head, problems);
    let mut head_section = head.root();
    let identity = rules::identity(&mut head_section, problems);
    let sources = rules::sources(&mut head_section, problems);
    let listed = rules::listed(&mut head_section, files, problems);
    head_section.end(problems);
    let parsed: Vec<File<'_>> = listed
        .iter()
        .filter_map(|name| Some(File::parse(name, files.get(name)?, problems)))
        .collect();
    let mut sections: Vec<Section<'_>> = parsed.iter().map(File::root).collect();
    let facts = rules::facts(&mut sections, problems);
    let (mut conditions, mut scorecards) = (Vec::new(), Vec::new());
    for section in &mut sections {
        rules::conditions(section, &facts, &sources, &mut conditions, problems);
        let cards = scorecards::scorecards(section, &facts, &sources, problems);
        let file = section.file.name;
        let cards = cards.into_iter();
        scorecards.extend(cards.map(|(card, examples)| (card, examples, file.to_owned())));
    }
    for section in sections {
        section.end(problems);
    }
    let count = conditions.len();
    check_count(
        "pack.toml",
        "too_many_rules",
        ("条规则", "rules"),
        (count, MOST_RULES),
        problems,
    );
    let (id, version, label, validity) = identity?;
    Some(Pack {
        id,
        version,
        label,
        validity,
        sources,
        facts,
        conditions,
        scorecards,
    })
}

fn check_sizes(files: &BTreeMap<String, String>, problems: &mut Vec<Problem>) {
    let counted = (files.len(), MOST_FILES);
    check_count(
        "pack.toml",
        "too_many_files",
        ("个文件", "files"),
        counted,
        problems,
    );
    for (name, text) in files {
        check_count(
            name,
            "too_big",
            ("字节", "bytes"),
            (text.len(), MOST_BYTES),
            problems,
        );
    }
}

fn check_count(
    file: &str,
    code: &'static str,
    (zh, en): (&str, &str),
    (count, most): (usize, usize),
    problems: &mut Vec<Problem>,
) {
    if count > most {
        let zh = format!("有 {count} {zh}，最多 {most}");
        let en = format!("there are {count} {en}, {most} are the most");
        problems.push(Problem::of_file(file, code, Wording::new(zh, en)));
    }
}

/// Reads facts of one row from a TOML file of the form of an example's `given`.
pub fn read_facts(
    name: &str,
    text: &str,
    facts: &FactDictionary,
) -> Result<Vec<(usize, Value)>, Vec<Problem>> {
    let mut problems = Vec::new();
    let file = File::parse(name, text, &mut problems);
    let known = given::values(file.root(), facts, &mut problems);
    if problems.is_empty() {
        Ok(known)
    } else {
        Err(problems)
    }
}
