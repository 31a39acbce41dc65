//! A rule pack (规则包): its files read into rules, everything wrong with them reported together.

mod builds_on;
mod declared;
mod identity;
mod place;
pub(crate) mod reading;
pub(crate) mod values;

use std::collections::BTreeMap;

pub use builds_on::check_builds_on;
pub use identity::Identity;
pub(crate) use identity::identifier;

use crate::foundation::Foundation;
use crate::pack::reading::{File, Section};
use crate::problem::{Problem, Problems, Wording};
use crate::rule::{Kind, Known, MOST_WRITTEN, Reading, Rule, Seen, Trial};
use crate::rules::{Calendar, Derived};

/// Files of a pack.
pub const MOST_FILES: usize = 100;
/// Bytes of all files of a pack.
pub const MOST_BYTES: usize = 4 << 20;
/// Bytes of one of them.
pub const MOST_BYTES_OF_FILE: usize = 1 << 20;
/// Rules of a pack.
const MOST_RULES: usize = 5_000;
/// Facts or packs of a circle that are told.
const MOST_OF_CIRCLE: usize = 10;

/// A pack that was checked.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Who it is.
    pub identity: Identity,
    /// What it implements.
    pub sources: Vec<Source>,
    /// Its rules, in the order of the files.
    pub rules: Vec<Rule>,
    /// Its facts upon those of the packs beneath.
    pub foundation: Foundation,
}

/// Upon which packs a pack lies (层): whatever it says again replaces what they say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Layer {
    /// What every institution has.
    Base,
    /// What a law or a trade asks for.
    Industry,
    /// What an institution decides.
    Institution,
    /// What a branch decides.
    Branch,
}

impl Layer {
    /// From the lowest.
    pub const ALL: [Self; 4] = [Self::Base, Self::Industry, Self::Institution, Self::Branch];

    /// The word for it in packs and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Industry => "industry",
            Self::Institution => "institution",
            Self::Branch => "branch",
        }
    }
}

/// From which day to which, both included; days since 1970.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Validity {
    /// The first day.
    pub from: i32,
    /// The last day; none for what has no end yet.
    pub to: Option<i32>,
}

impl Validity {
    /// Whether it is in force on a day.
    pub fn covers(self, day: i32) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Where rules come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// By which rules of the pack name it.
    pub id: String,
    /// The title.
    pub title: String,
    /// The number under which it was issued.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// For which rules it is the source.
    pub used_for: Option<String>,
    /// From which day on it is in force.
    pub effective_from: Option<i32>,
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

impl Confidence {
    /// The word for it in packs and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Seen => "seen",
            Self::Memory => "memory",
        }
    }
}

/// How far examples show what rules do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// How many rules there are.
    pub rules: usize,
    /// How many of them are shown from all sides: every outcome, and what a missing fact does.
    pub covered: usize,
    /// How many examples were run.
    pub examples: usize,
}

/// Reads a pack from its files by their names, `pack.toml` and those that it lists, upon what lies beneath it, and runs
/// its examples; everything that is wrong with it otherwise, in the order of files and lines.
pub fn load(
    files: &BTreeMap<String, String>,
    beneath: &Foundation,
) -> Result<(Pack, Coverage), Vec<Problem>> {
    let mut problems = Problems::default();
    let pack = read(files, beneath, &mut problems);
    let checked = pack.map(|pack| {
        let coverage = run_examples(&pack, &mut problems);
        (pack, coverage)
    });
    match checked {
        Some(checked) if problems.is_empty() => Ok(checked),
        _ => Err(problems.reported(|name| files.get(name).map_or("", String::as_str))),
    }
}

/// As [`load`], without running the examples: for packs that passed before, and for a trial of one whose examples still
/// speak of how it was.
pub fn compile(
    files: &BTreeMap<String, String>,
    beneath: &Foundation,
) -> Result<Pack, Vec<Problem>> {
    let mut problems = Problems::default();
    match read(files, beneath, &mut problems) {
        Some(pack) if problems.is_empty() => Ok(pack),
        _ => Err(problems.reported(|name| files.get(name).map_or("", String::as_str))),
    }
}

/// Who a pack is, of `pack.toml` alone: for whoever must find the packs that it builds on.
pub fn identity_of(files: &BTreeMap<String, String>) -> Option<Identity> {
    let text = files
        .get("pack.toml")
        .filter(|text| text.len() <= MOST_BYTES_OF_FILE)?;
    let mut problems = Problems::default();
    let head = File::parse("pack.toml", text, &mut problems);
    let found = identity::identity(&mut head.root(), &mut problems)?;
    identity::is_identifier(&found.id).then_some(found)
}

fn read(
    files: &BTreeMap<String, String>,
    beneath: &Foundation,
    problems: &mut Problems,
) -> Option<Pack> {
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
    let identity = identity::identity(&mut head_section, problems);
    let sources = identity::sources(&mut head_section, problems);
    let listed = identity::listed(&mut head_section, files, problems);
    head_section.end(problems);
    let parsed: Vec<File<'_>> = listed
        .iter()
        .filter_map(|name| Some(File::parse(name, files.get(name)?, problems)))
        .collect();
    let mut sections: Vec<Section<'_>> = parsed.iter().map(File::root).collect();
    let mut foundation = beneath.clone();
    let rules = rules(&mut sections, &sources, &mut foundation, problems);
    for section in sections {
        section.end(problems);
    }
    Some(Pack {
        identity: identity?,
        sources,
        rules,
        foundation,
    })
}

/// Facts first, then what is derived of them and calendars, then all that looks at them.
fn rules(
    sections: &mut [Section<'_>],
    sources: &[Source],
    foundation: &mut Foundation,
    problems: &mut Problems,
) -> Vec<Rule> {
    let mut unread = declared::facts(sections, foundation, problems);
    let beneath = foundation.clone();
    let mut reading = Reading {
        foundation: &beneath,
        sources,
        problems,
        seen: Seen::default(),
    };
    let (mut derived, mut calendars) = (Vec::<Derived>::new(), Vec::<Calendar>::new());
    for section in &mut *sections {
        read_kind(section, &mut reading, &mut derived);
        read_kind(section, &mut reading, &mut calendars);
    }
    let Reading { seen, .. } = reading;
    for calendar in &calendars {
        foundation.add_calendar(calendar.clone());
    }
    for derived in &derived {
        unread.remove(&derived.place);
    }
    for circle in foundation.add_derived(derived.clone(), unread) {
        report_circle(&circle, &derived, problems);
    }
    let mut reading = Reading {
        foundation,
        sources,
        problems,
        seen,
    };
    let mut rules = Vec::new();
    rules.extend(derived.into_iter().map(Rule::Derived));
    rules.extend(calendars.into_iter().map(Rule::Calendar));
    for section in sections {
        read_others(section, &mut reading, &mut rules);
    }
    let Reading { seen, .. } = reading;
    let counted = (seen.rules, MOST_RULES);
    let names = ("条规则", "rules");
    check_count("pack.toml", "too_many_rules", names, counted, problems);
    let counted = (seen.written, MOST_WRITTEN);
    let names = ("字节的表达式", "bytes of expressions");
    check_count("pack.toml", "too_big", names, counted, problems);
    rules
}

/// A circle is told once, at the first of its facts.
fn report_circle(circle: &[String], derived: &[Derived], problems: &mut Problems) {
    let heads = derived.iter().map(|derived| &derived.head);
    let own = heads.filter(|head| circle.contains(&head.id));
    if let Some(head) = own.min_by_key(|head| (&head.file, head.span.start)) {
        let start = circle.iter().position(|id| *id == head.id).unwrap_or(0);
        let ids = circle.iter().cycle().skip(start).take(circle.len() + 1);
        let told: Vec<&str> = ids.map(String::as_str).take(MOST_OF_CIRCLE).collect();
        let told = told.join(" → ");
        let wording = Wording::new(
            format!("派生事实循环依赖：{told}"),
            format!("derived facts hang on themselves: {told}"),
        );
        let kept = problems.kept();
        problems.push(Problem::at(&head.file, &head.span, "circle", wording));
        problems.concern(kept, Derived::KEY, &head.id);
    }
}

fn read_others(section: &mut Section<'_>, reading: &mut Reading<'_>, rules: &mut Vec<Rule>) {
    fn read<K: Kind>(
        section: &mut Section<'_>,
        reading: &mut Reading<'_>,
        rules: &mut Vec<Rule>,
        rule: impl Fn(K) -> Rule,
    ) {
        let mut found = Vec::new();
        read_kind(section, reading, &mut found);
        rules.extend(found.into_iter().map(rule));
    }
    read(section, reading, rules, Rule::Condition);
    read(section, reading, rules, Rule::Completeness);
    read(section, reading, rules, Rule::Bands);
    read(section, reading, rules, Rule::Scorecard);
    read(section, reading, rules, Rule::Decision);
    read(section, reading, rules, Rule::Clock);
    read(section, reading, rules, Rule::Mask);
    read(section, reading, rules, Rule::Survivorship);
    read(section, reading, rules, Rule::Sampling);
    read(section, reading, rules, Rule::Dictionary);
}

/// A rule with a mistake is left out: its examples would tell what is told already.
fn read_kind<K: Kind>(section: &mut Section<'_>, reading: &mut Reading<'_>, rules: &mut Vec<K>) {
    for mut table in section.sections(K::KEY, reading.problems) {
        reading.seen.rules += 1;
        if reading.seen.rules > MOST_RULES {
            continue;
        }
        let (before, kept) = (reading.problems.count(), reading.problems.kept());
        let head = reading.head(&mut table);
        let id = head.id.clone();
        let rule = K::read(head, &mut table, reading);
        table.end(reading.problems);
        reading.problems.concern(kept, K::KEY, &id);
        if reading.problems.count() > before {
            reading.seen.refused.insert(id);
        } else {
            rules.extend(rule);
        }
    }
}

fn run_examples(pack: &Pack, problems: &mut Problems) -> Coverage {
    let mut trial = Trial {
        foundation: &pack.foundation,
        problems,
        examples: 0,
        facts: Vec::new(),
        has_failed: false,
        place: 0,
    };
    let mut covered = 0;
    for rule in &pack.rules {
        trial.facts = rule.facts();
        (trial.has_failed, trial.place) = (false, 0);
        let kept = trial.problems.kept();
        if !pack.foundation.is_broken(&trial.facts) && rule.show(&mut trial) {
            covered += 1;
        }
        trial.problems.concern(kept, rule.kind(), &rule.head().id);
    }
    Coverage {
        rules: pack.rules.len(),
        covered,
        examples: trial.examples,
    }
}

fn check_sizes(files: &BTreeMap<String, String>, problems: &mut Problems) {
    let counted = (files.len(), MOST_FILES);
    let names = ("个文件", "files");
    check_count("pack.toml", "too_many_files", names, counted, problems);
    let names = ("字节", "bytes");
    for (name, text) in files {
        let counted = (text.len(), MOST_BYTES_OF_FILE);
        check_count(name, "too_big", names, counted, problems);
    }
    let all: usize = files.values().map(String::len).sum();
    check_count("pack.toml", "too_big", names, (all, MOST_BYTES), problems);
}

fn check_count(
    file: &str,
    code: &'static str,
    (zh, en): (&str, &str),
    (count, most): (usize, usize),
    problems: &mut Problems,
) {
    if count > most {
        let zh = format!("有 {count} {zh}，最多 {most}");
        let en = format!("there are {count} {en}, {most} are the most");
        problems.push(Problem::of_file(file, code, Wording::new(zh, en)));
    }
}

/// Reads facts of one row from a TOML file of the form of an example's `given`.
pub fn read_facts(name: &str, text: &str, foundation: &Foundation) -> Result<Known, Vec<Problem>> {
    let mut problems = Problems::default();
    let file = File::parse(name, text, &mut problems);
    let known = values::values(file.root(), foundation, &mut problems);
    if problems.is_empty() {
        Ok(known)
    } else {
        Err(problems.reported(|_| text))
    }
}
