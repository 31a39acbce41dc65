//! `cargo xtask bench start`: what it costs to start the shipped binary for one row, and how large
//! the tables in it are.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use peers::{Cost, Page, measured_into, release_binary, repository};

/// Starts of which the middle one counts.
const STARTS: usize = 41;
/// What the start of a command may cost more than saying the version.
const MOST_MORE: Duration = Duration::from_millis(20);
/// What all tables may weigh.
const MOST_TABLES: u64 = 30 << 20;

/// A command and the one row it answers.
const COMMANDS: [(&str, &str); 6] = [
    (
        "identifiers check --kind resident-id",
        "11010519491231002X\n",
    ),
    ("identifiers check", "11010519491231002X\n"),
    ("names compare --left a --right b", "a,b\n张三,Zhang San\n"),
    (
        "names compare --kind organisation --left a --right b",
        "a,b\n中石化,中国石油化工集团有限公司\n",
    ),
    ("names keys", "张三\n"),
    ("addresses parse", "浙江省杭州市西湖区文三路1号\n"),
];

fn main() -> Result<()> {
    // A binary that is built already may be named.
    let hubu = release_binary()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("one.csv");
    let version = start(&hubu, &["--version"], folder.path())?;
    let mut rows = vec![words(&[
        "command",
        "wall, ms",
        "more than --version, ms",
        "peak memory, MiB",
    ])];
    rows.push(vec![
        "--version".to_owned(),
        milliseconds(version.wall),
        String::new(),
        mebibytes(version.peak_bytes),
    ]);
    let mut slowest = Duration::ZERO;
    for (command, row) in COMMANDS {
        std::fs::write(&file, row)?;
        let path = file.to_string_lossy();
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push(&path);
        let cost = start(&hubu, &arguments, folder.path())?;
        let more = cost.wall.saturating_sub(version.wall);
        slowest = slowest.max(more);
        rows.push(vec![
            command.to_owned(),
            milliseconds(cost.wall),
            milliseconds(more),
            mebibytes(cost.peak_bytes),
        ]);
    }
    let mut page = Page::new("start", "Start and tables", "")?;
    page.paragraph(&format!(
        "One row in a file, the middle of {STARTS} starts. At most {} ms more than `--version` are aimed at; the slowest takes {}.",
        MOST_MORE.as_millis(),
        milliseconds(slowest)
    ));
    page.table(&rows);
    page.heading("Tables in the binary");
    let tables = tables()?;
    let total: u64 = tables.iter().map(|(_, bytes)| bytes).sum();
    page.paragraph(&format!(
        "{} MiB of {} that are aimed at as the most.",
        mebibytes(total),
        mebibytes(MOST_TABLES)
    ));
    let mut rows = vec![words(&["table", "bytes"])];
    rows.extend(
        tables
            .iter()
            .map(|(name, bytes)| vec![name.clone(), bytes.to_string()]),
    );
    page.table(&rows);
    page.finish()?;
    Ok(())
}

/// The middle one of several starts, by wall time.
fn start(hubu: &Path, arguments: &[&str], folder: &Path) -> Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..STARTS {
        let mut command = Command::new(hubu);
        let (_, cost) = measured_into(command.args(arguments).current_dir(folder), Stdio::null())?;
        costs.push(cost);
    }
    costs.sort_by_key(|cost| cost.wall);
    costs.get(STARTS / 2).copied().context("there was a start")
}

/// Every table that is compiled in, with its bytes.
fn tables() -> Result<Vec<(String, u64)>> {
    let mut tables = Vec::new();
    for engine in std::fs::read_dir(repository().join("crates"))? {
        let engine = engine?;
        let Ok(files) = std::fs::read_dir(engine.path().join("tables")) else {
            continue;
        };
        for file in files {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            // The page that says where they come from is not compiled in.
            if name != "README.md" {
                let name = format!("{}/{name}", engine.file_name().to_string_lossy());
                tables.push((name, file.metadata()?.len()));
            }
        }
    }
    tables.sort();
    Ok(tables)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

fn mebibytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let bytes = bytes as f64;
    format!("{:.1}", bytes / f64::from(1 << 20))
}
