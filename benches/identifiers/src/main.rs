//! `cargo xtask bench identifiers`: resident numbers, credit codes and bank cards by the shipped
//! binary as a process of its own, and by its peers on the same numbers in the same run.
//!
//! Says rows by processor second and their ratio, peak memory, time of a check inside the process,
//! and on which numbers the two differ.

mod disagreement;
mod numbers;

use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use identifiers::{IdentifierKind, check};
use peers::{Cost, Environment, Page, Peers, grouped, measured_into, release_binary, repository};

use crate::disagreement::Disagreements;
use crate::numbers::Chance;

/// Runs of the binary of which the middle one counts.
const RUNS: usize = 3;

/// How much to check.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many numbers of each kind.
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// How many of them the peers check, which are slower.
    #[arg(long, default_value_t = 200_000)]
    peer_records: u64,
    /// The seed of the numbers.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// What is measured.
struct Task {
    kind: IdentifierKind,
    /// The peers, each with the most numbers that it is given.
    peers: &'static [(&'static str, u64)],
    /// How many times the speed of the first peer is aimed at.
    aim: u32,
}

const TASKS: [Task; 3] = [
    Task {
        kind: IdentifierKind::ResidentId,
        peers: &[("stdnum-resident-id", u64::MAX), ("id-validator", 3_000)],
        aim: 100,
    },
    Task {
        kind: IdentifierKind::CreditCode,
        peers: &[("stdnum-credit-code", u64::MAX)],
        aim: 30,
    },
    Task {
        kind: IdentifierKind::BankCard,
        peers: &[("stdnum-bank-card", u64::MAX)],
        aim: 15,
    },
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let hubu = release_binary()?;
    let environment = Environment::open(Peers::General)?;
    let folder = tempfile::tempdir()?;
    let mut chance = Chance::seeded(arguments.seed);
    let shown = format!(
        "-- --records {} --peer-records {} --seed {}",
        arguments.records, arguments.peer_records, arguments.seed
    );
    let mut page = Page::new("identifiers", "Identifiers", &shown)?;
    let mut speeds = vec![words(&HEADER)];
    let mut disagreements = Vec::new();
    for task in TASKS {
        let file = folder.path().join(format!("{}.csv", task.kind));
        numbers::write(task.kind, arguments.records, &mut chance, &file)?;
        let (rows, differing) = measure(&task, &arguments, &hubu, &environment, &file)?;
        speeds.extend(rows);
        disagreements.extend(differing);
    }
    page.paragraph("The same numbers for all: 70 % well-formed, 30 % with one character replaced by a digit. Hubu is the whole process, file in, CSV with parts, reasons and suggestions out, the middle of three runs; a peer is its validating call alone, without start, import or reading.");
    page.table(&speeds);
    page.heading("Disagreements");
    page.paragraph("By class: what the peer says, what Hubu says and why, how many of the numbers that both saw, and one of them. python-stdnum and id-validator demand that the division existed in the year of birth, and python-stdnum ends with a KeyError on some; numbers were given out from the mid-eighties on, so a code younger than its bearer is usual, and Hubu is right to accept it.");
    page.table(&Disagreements::table(&disagreements));
    page.finish()?;
    Ok(())
}

const HEADER: [&str; 9] = [
    "kind",
    "Hubu, rows by processor second",
    "wall, s",
    "peak memory, MiB",
    "inside, ns a check",
    "peer",
    "its rows by processor second",
    "ratio",
    "aimed at",
];

/// A row of figures for each peer, and where it differs.
fn measure(
    task: &Task,
    arguments: &Arguments,
    hubu: &Path,
    environment: &Environment,
    file: &Path,
) -> Result<(Vec<Vec<String>>, Vec<Disagreements>)> {
    let (answers, verdicts) = (
        file.with_extension("answers"),
        file.with_extension("verdicts"),
    );
    let cost = hubu_cost(hubu, task.kind, file, &answers)?;
    let inside = inside(task.kind, file)?;
    let ours = cost.per_processor_second(arguments.records);
    let (mut rows, mut disagreements) = (Vec::new(), Vec::new());
    for (place, (peer, most)) in task.peers.iter().enumerate() {
        let most = arguments.peer_records.min(*most);
        let (name, theirs) = peer_speed(environment, peer, file, &verdicts, most)?;
        let aim = if place == 0 {
            task.aim.to_string()
        } else {
            String::new()
        };
        rows.push(vec![
            task.kind.to_string(),
            grouped(ours),
            format!("{:.2}", cost.wall.as_secs_f64()),
            format!("{:.1}", mebibytes(cost.peak_bytes)),
            format!("{inside:.0}"),
            name.clone(),
            grouped(theirs),
            format!("{:.0}", ours / theirs),
            aim,
        ]);
        disagreements.push(Disagreements::read(&name, &answers, &verdicts)?);
    }
    Ok((rows, disagreements))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn mebibytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let bytes = bytes as f64;
    bytes / f64::from(1 << 20)
}

/// The middle of several runs, by processor time.
fn hubu_cost(hubu: &Path, kind: IdentifierKind, file: &Path, answers: &Path) -> Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let mut command = Command::new(hubu);
        command.args([
            "identifiers",
            "check",
            "--language",
            "en",
            "--kind",
            kind.code(),
        ]);
        let output = Stdio::from(File::create(answers)?);
        let (_, cost) = measured_into(command.arg(file), output)?;
        costs.push(cost);
    }
    costs.sort_by_key(|cost| cost.processor);
    costs.get(RUNS / 2).copied().context("there was a run")
}

/// Nanoseconds of one check, with everything it says left where it is.
fn inside(kind: IdentifierKind, file: &Path) -> Result<f64> {
    let text = std::fs::read_to_string(file)?;
    let numbers: Vec<&str> = text.lines().skip(1).collect();
    let started = Instant::now();
    for number in &numbers {
        black_box(check(kind, black_box(number)));
    }
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let count = numbers.len() as f64;
    Ok(started.elapsed().as_secs_f64() * 1e9 / count)
}

/// The name of a peer and its rows by processor second.
fn peer_speed(
    environment: &Environment,
    peer: &str,
    file: &Path,
    verdicts: &Path,
    most: u64,
) -> Result<(String, f64)> {
    let script = repository().join("benches/identifiers/peers.py");
    let most = most.to_string();
    let arguments = [
        peer,
        &file.to_string_lossy(),
        &verdicts.to_string_lossy(),
        &most,
    ];
    let (values, _) = environment.run(&script, &arguments)?;
    let value = values.first().context("the peer said nothing")?;
    let number = |key: &str| value[key].as_f64().context("the peer says its figures");
    let name = value["name"].as_str().context("the peer has a name")?;
    Ok((
        name.to_owned(),
        number("rows")? / number("seconds")?.max(1e-9),
    ))
}
