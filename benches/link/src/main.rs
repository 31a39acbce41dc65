//! `cargo xtask bench link`: books whose truth is known, linked by the shipped binary and by Splink in one run: F1 of
//! pairs at the threshold that each chose, processor time, peak memory; and what linking costs by size.

mod truth;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Parser;
use peers::{Cost, Environment, Page, Peers, measured, release_binary, repository};
use serde_json::Value;

use crate::truth::Score;

/// Where the books are.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder with `er/febrl3.csv`, `er/febrl4.csv`, `er/h50k.csv` and a `.truth.csv` beside each
    #[arg(long)]
    data: Option<PathBuf>,
    /// A generated Chinese book in Parquet, without the truth
    #[arg(long, requires = "truth")]
    book: Option<PathBuf>,
    /// The truth about it, as `record_id,entity_id`
    #[arg(long)]
    truth: Option<PathBuf>,
    /// The largest book of the cost by size, which `hubu sample` makes
    #[arg(long, default_value_t = 10_000_000)]
    largest: u64,
}

/// A book and the truth about it.
struct Set {
    name: &'static str,
    book: PathBuf,
    truth: PathBuf,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let hubu = release_binary()?;
    let folder = tempfile::tempdir()?;
    // First, because a process that is started counts the memory of the one that starts it.
    let costs = costs(&hubu, arguments.largest, folder.path())?;
    let mut page = Page::new("link", "Linkage", "")?;
    page.paragraph("Whole processes, file in, clusters out, without labels and without being told what a column means. Hubu's F1 is that of the pairs of its clusters at its own threshold; of Splink both that of its pairs at the best threshold, which only the truth tells, and that of its clusters at 0.95. *Turned* is the same book with its rows in another order and its columns renamed.");
    let mut rows = vec![words(&[
        "book",
        "records",
        "Hubu F1",
        "precision",
        "recall",
        "turned",
        "processor s",
        "peak MiB",
        "Splink best F1",
        "its clusters",
        "processor s",
        "peak MiB",
        "time",
        "memory",
    ])];
    for set in sets(&arguments) {
        rows.push(row(&hubu, &set, folder.path())?);
    }
    page.table(&rows);
    page.heading("Cost by size");
    page.paragraph("Books of `hubu sample --parties persons` in Parquet; Hubu alone.");
    page.table(&costs);
    page.finish()?;
    Ok(())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn sets(arguments: &Arguments) -> Vec<Set> {
    let data = arguments
        .data
        .clone()
        .unwrap_or_else(|| repository().join("../shared/data"));
    let public = ["febrl3", "febrl4", "h50k"].map(|name| {
        let file = |end: &str| data.join("er").join(format!("{name}{end}"));
        Set {
            name,
            book: file(".csv"),
            truth: file(".truth.csv"),
        }
    });
    let mut sets = Vec::from(public);
    if let (Some(book), Some(truth)) = (&arguments.book, &arguments.truth) {
        sets.push(Set {
            name: "chinese",
            book: book.clone(),
            truth: truth.clone(),
        });
    }
    sets
}

fn row(hubu: &Path, set: &Set, folder: &Path) -> Result<Vec<String>> {
    let clusters = folder.join("clusters.csv");
    let cost = link(hubu, &set.book, "record_id", &clusters)?;
    let score = Score::of(&clusters, &set.truth)?;
    let turned = if set.name == "chinese" {
        "–".to_owned()
    } else {
        turned(hubu, set, folder, &clusters)?
    };
    let file = |path: &Path| path.to_string_lossy().into_owned();
    let script = repository().join("benches/link/splink_peer.py");
    let (answers, _) = Environment::open(Peers::Splink)?
        .run(&script, &[set.name, &file(&set.book), &file(&set.truth)])?;
    let answer = answers.first().context("Splink printed nothing")?;
    let peer = |name: &str| {
        answer
            .get(name)
            .and_then(Value::as_f64)
            .with_context(|| format!("Splink said no {name}"))
    };
    let (seconds, bytes) = (cost.processor.as_secs_f64(), megabytes(cost.peak_bytes));
    let (their_seconds, their_bytes) = (
        peer("processor_seconds")?,
        peer("peak_bytes")? / f64::from(1 << 20),
    );
    Ok(vec![
        set.name.to_owned(),
        score.records.to_string(),
        format!("{:.4}", score.f1()),
        format!("{:.4}", score.precision()),
        format!("{:.4}", score.recall()),
        turned,
        format!("{seconds:.2}"),
        format!("{bytes:.0}"),
        format!("{:.4}", peer("best_f1")?),
        format!("{:.4}", peer("cluster_f1")?),
        format!("{their_seconds:.2}"),
        format!("{their_bytes:.0}"),
        format!("1/{:.1}", their_seconds / seconds),
        format!("1/{:.1}", their_bytes / bytes),
    ])
}

fn link(hubu: &Path, book: &Path, id: &str, clusters: &Path) -> Result<Cost> {
    let (_, cost) = measured(
        Command::new(hubu)
            .arg("link")
            .arg(book)
            .args(["--id", id, "--output"])
            .arg(clusters),
    )?;
    Ok(cost)
}

/// Whether the same book in another dress falls into the same parties.
fn turned(hubu: &Path, set: &Set, folder: &Path, clusters: &Path) -> Result<String> {
    let (book, other) = (
        folder.join("turned.csv"),
        folder.join("turned.clusters.csv"),
    );
    truth::turn(&set.book, &book)?;
    link(hubu, &book, "column_1", &other)?;
    let same = truth::parties(clusters)? == truth::parties(&other)?;
    Ok(if same {
        "the same"
    } else {
        "another partition"
    }
    .to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn costs(hubu: &Path, largest: u64, folder: &Path) -> Result<Vec<Vec<String>>> {
    let mut rows = vec![words(&[
        "records",
        "processor s",
        "µs a record",
        "wall s",
        "peak MiB",
        "pairs a record",
    ])];
    let sizes = std::iter::successors(Some(10_000_u64), |size| size.checked_mul(10));
    for size in sizes.take_while(|size| *size <= largest) {
        let book = folder.join("book.parquet");
        measured(
            Command::new(hubu)
                .args([
                    "sample",
                    "--parties",
                    "persons",
                    "--records",
                    &size.to_string(),
                    "--output",
                ])
                .arg(&book),
        )?;
        let (answer, cost) = measured(
            Command::new(hubu)
                .args(["--json", "link"])
                .arg(&book)
                .arg("--output")
                .arg(folder.join("clusters.csv")),
        )?;
        let pairs = pairs_a_record(&answer)?;
        let seconds = cost.processor.as_secs_f64();
        rows.push(vec![
            size.to_string(),
            format!("{seconds:.2}"),
            format!("{:.2}", 1e6 / cost.per_processor_second(size)),
            format!("{:.2}", cost.wall.as_secs_f64()),
            format!("{:.0}", megabytes(cost.peak_bytes)),
            format!("{pairs:.2}"),
        ]);
    }
    Ok(rows)
}

/// Pairs that a run compared for each record, as it says itself.
fn pairs_a_record(answer: &str) -> Result<f64> {
    let answer: Value = serde_json::from_str(answer)?;
    let number = |name: &str| {
        let number = answer.get(name).and_then(Value::as_f64);
        number.with_context(|| format!("hubu link said no {name}"))
    };
    Ok(number("pairs_compared")? / number("records")?.max(1.0))
}
