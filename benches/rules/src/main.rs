//! `cargo xtask bench rules`: what rules cost. One simple rule by row, sixty rules of seven kinds over a million rows in
//! a process of its own beside the same rules as SQL in `DuckDB`, and how long a pack of five hundred takes to compile.

mod book;
mod pack;

use std::collections::BTreeMap;
use std::fs::File;
use std::hint::black_box;
use std::io::BufWriter;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use peers::{Cost, Environment, Page, Peers, measured, repository};
use rulebook::{BatchBuilder, Foundation, Pack, Rule, load};
use serde_json::{Value, json};

use crate::book::Book;

/// Rows that are judged at once: what an assessment holds in memory.
const ROWS_AT_ONCE: u64 = 50_000;
/// Rules of the pack that is compiled, and how often; the middle one counts.
const COMPILED: usize = 500;
const RUNS: usize = 5;

/// How much to judge.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many customers.
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// How many rules judge them.
    #[arg(long, default_value_t = 60)]
    rules: usize,
    /// The seed of the customers.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Judges alone and prints what it found: the process that is measured.
    #[arg(long, hide = true)]
    judge: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let rules = pack::rules(arguments.rules);
    if arguments.judge {
        println!("{}", judged(&arguments, &compiled(&rules)?)?);
        return Ok(());
    }
    let command = format!(
        "-- --records {} --rules {} --seed {}",
        arguments.records, arguments.rules, arguments.seed
    );
    let mut page = Page::new("rules", "Rules", &command)?;
    let simple = simple(&arguments, &compiled(&rules)?)?;
    let compiling = compiling()?;
    let (ours, cost) = judging(&arguments)?;
    let theirs = peer(&arguments, &rules)?;
    let rows = table(&arguments, (simple, compiling), (&ours, cost), &theirs)?;
    page.paragraph("Sixty rules: 26 conditions, 10 tables of six bands, 10 decision tables of five rows, 5 completeness lists, 5 derived facts, 2 clocks, 2 scorecards of four items with four cases; twelve facts, one in twenty missing. Hubu judges 50,000 rows at once in a process of its own, whose peak memory counts; its seconds are the processor's for the verdicts of all rules with the count of each outcome. DuckDB runs each rule as a query that counts outcomes over a table in memory; its seconds are those of the queries alone.");
    page.table(&rows);
    page.paragraph(&agreement(&ours["counts"], &theirs["counts"]));
    page.finish()?;
    Ok(())
}

fn compiled(rules: &[pack::Twin]) -> Result<Pack> {
    match load(&pack::files(rules), &Foundation::default()) {
        Ok((pack, _)) => Ok(pack),
        Err(problems) => bail!("{}", problems[0]),
    }
}

/// Processor time of this process so far.
fn processor() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let time = usage.user_time() + usage.system_time();
    Ok(Duration::from_micros(u64::try_from(
        time.num_microseconds(),
    )?))
}

/// Judges all rows by all rules: processor time of building rows and of judging, and how often each outcome came.
fn judged(arguments: &Arguments, pack: &Pack) -> Result<Value> {
    let mut book = Book::new(arguments.seed, &pack.foundation)?;
    let mut counts: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
    let (mut building, mut judging) = (Duration::ZERO, Duration::ZERO);
    let mut left = arguments.records;
    while left > 0 {
        let rows = left.min(ROWS_AT_ONCE);
        left -= rows;
        let started = processor()?;
        let mut builder = BatchBuilder::new(&pack.foundation.facts, usize::try_from(rows)?);
        for _ in 0..rows {
            builder.push(&book.row())?;
        }
        let mut batch = builder.finish();
        let built = processor()?;
        pack.foundation.derive(&mut batch);
        for rule in &pack.rules {
            let verdicts = rule.verdicts(&batch, &pack.foundation);
            let verdicts = verdicts.context("every rule judges rows")?;
            let mut found = vec![0_u64; verdicts.outcomes.len()];
            for outcome in &verdicts.of {
                found[*outcome as usize] += 1;
            }
            let counts = counts.entry(&rule.head().id).or_default();
            for (outcome, count) in verdicts.outcomes.into_iter().zip(found) {
                if count > 0 {
                    *counts.entry(outcome).or_default() += count;
                }
            }
        }
        building += built.saturating_sub(started);
        judging += processor()?.saturating_sub(built);
    }
    let seconds = [building, judging].map(|time| time.as_secs_f64());
    Ok(json!({ "building": seconds[0], "seconds": seconds[1], "counts": counts }))
}

/// Nanoseconds a row of one comparison.
fn simple(arguments: &Arguments, pack: &Pack) -> Result<f64> {
    let conditions = pack.rules.iter().find_map(|rule| match rule {
        Rule::Condition(condition) => Some(condition),
        _ => None,
    });
    let condition = conditions.context("there is a condition")?;
    let mut book = Book::new(arguments.seed, &pack.foundation)?;
    let rows = usize::try_from(arguments.records)?;
    let mut builder = BatchBuilder::new(&pack.foundation.facts, rows);
    for _ in 0..rows {
        builder.push(&book.row())?;
    }
    let batch = builder.finish();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let started = processor()?;
        black_box(condition.evaluate(black_box(&batch)));
        times.push(processor()?.saturating_sub(started));
    }
    times.sort();
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let rows = rows as f64;
    Ok(times[RUNS / 2].as_secs_f64() * 1e9 / rows)
}

/// Milliseconds in which a pack of many rules is read and its examples are run.
fn compiling() -> Result<f64> {
    let files = pack::files(&pack::rules(COMPILED));
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        if let Err(problems) = load(black_box(&files), &Foundation::default()) {
            bail!("{}", problems[0]);
        }
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times[RUNS / 2].as_secs_f64() * 1e3)
}

/// What the process said that judges alone, and what it cost.
fn judging(arguments: &Arguments) -> Result<(Value, Cost)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--judge", "--records", &arguments.records.to_string()]);
    command.args(["--rules", &arguments.rules.to_string()]);
    command.args(["--seed", &arguments.seed.to_string()]);
    let (printed, cost) = measured(&mut command)?;
    Ok((serde_json::from_str(&printed)?, cost))
}

/// What `DuckDB` says of the same rows by the same rules.
fn peer(arguments: &Arguments, rules: &[pack::Twin]) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let (rows, expressions) = (
        folder.path().join("rows.csv"),
        folder.path().join("rules.tsv"),
    );
    let pack = compiled(rules)?;
    let mut book = Book::new(arguments.seed, &pack.foundation)?;
    book.write(arguments.records, BufWriter::new(File::create(&rows)?))?;
    let lines: Vec<String> = rules
        .iter()
        .map(|rule| format!("{}\t{}\n", rule.id, rule.sql))
        .collect();
    std::fs::write(&expressions, lines.concat())?;
    let script = repository().join("benches/rules/duckdb_peer.py");
    let environment = Environment::open(Peers::Splink)?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (values, _) = environment.run(&script, &[&text(&rows), &text(&expressions), "1"])?;
    values.into_iter().next().context("the peer said nothing")
}

fn table(
    arguments: &Arguments,
    (simple, compiling): (f64, f64),
    (ours, cost): (&Value, Cost),
    theirs: &Value,
) -> Result<Vec<Vec<String>>> {
    let number = |value: &Value| value.as_f64().context("a figure");
    let (seconds, building) = (number(&ours["seconds"])?, number(&ours["building"])?);
    let peer = number(&theirs["seconds"])?;
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let mebibytes = cost.peak_bytes as f64 / f64::from(1 << 20);
    let judged = format!("{} rules, {} rows", arguments.rules, arguments.records);
    let name = theirs["name"].as_str().context("the peer has a name")?;
    let row = |what: &str, figure: String, bar: &str| vec![what.to_owned(), figure, bar.to_owned()];
    Ok(vec![
        row("what", "measured".to_owned(), "aimed at"),
        row(
            "one comparison, ns a row",
            format!("{simple:.1}"),
            "below 50",
        ),
        row(
            &format!("{judged}: processor seconds"),
            format!("{seconds:.2}"),
            "below 6",
        ),
        row(
            &format!("{judged}: peak memory, MiB"),
            format!("{mebibytes:.0}"),
            "",
        ),
        row(
            "building those rows: processor seconds",
            format!("{building:.2}"),
            "",
        ),
        row(
            &format!("{name}, {judged}: processor seconds, one thread"),
            format!("{peer:.2}"),
            "",
        ),
        row(
            "DuckDB's seconds by Hubu's",
            format!("{:.2}", peer / seconds.max(1e-9)),
            "",
        ),
        row(
            &format!("compiling a pack of {COMPILED} rules with its examples, ms"),
            format!("{compiling:.0}"),
            "below 200",
        ),
    ])
}

/// Whether both found the same.
fn agreement(ours: &Value, theirs: &Value) -> String {
    let rules = ours.as_object().into_iter().flatten();
    let differing: Vec<&str> = rules
        .filter(|(id, counts)| **counts != theirs[id.as_str()])
        .map(|(id, _)| id.as_str())
        .collect();
    if differing.is_empty() {
        return "Both count the same outcomes for every rule.".to_owned();
    }
    format!("Both count other outcomes for {}.", differing.join(", "))
}
