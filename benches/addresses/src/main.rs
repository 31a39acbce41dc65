//! `cargo xtask bench addresses -- FILE`: the address parser on labelled addresses beside its peers, and its speed.
//!
//! FILE is not part of the repository: nobody may ship the labelled addresses that exist. Whoever has such a file says
//! where it lies.

mod labelled;
mod score;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use addresses::Address;
use anyhow::{Context, Result};
use clap::Parser;
use peers::{Environment, Page, Peers, grouped, measured_into, release_binary, repository};

use crate::labelled::Labelled;
use crate::score::{LEVELS, Peer};

#[derive(Parser)]
struct Options {
    /// Labelled addresses, a character and its label a line
    file: PathBuf,
    /// Print the mistakes of one label, and nothing else
    #[arg(long)]
    mistakes: Option<String>,
    /// Score and time the parser alone: no peers, no process, no page
    #[arg(long)]
    alone: bool,
    /// Leave out the process of its own, which wants a release build of the whole product
    #[arg(long)]
    without_process: bool,
    /// How often the addresses are repeated for the time of a process
    #[arg(long, default_value_t = 100)]
    rounds: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let rows = labelled::read(&options.file)?;
    let texts: Vec<String> = rows.iter().map(|row| row.text.clone()).collect();
    let answers: Vec<Address<'_>> = texts.iter().map(|text| addresses::parse(text)).collect();
    if let Some(label) = &options.mistakes {
        mistakes(label, &rows, &answers);
        return Ok(());
    }
    if options.alone {
        for row in ours(&rows, &answers) {
            println!("{}", row.join("\t"));
        }
        println!("{} ns an address", nanoseconds(&texts, options.rounds)?);
        return Ok(());
    }
    let mut page = Page::new("addresses", "Addresses", "-- FILE")?;
    page.paragraph(&format!(
        "{} addresses that people marked character by character. A chunk counts where its label stands once in the address; \
         province, city, district and town are compared without what says the level (杭州 is 杭州市), everything else as written.",
        rows.len()
    ));
    page.table(&ours(&rows, &answers));
    page.heading("Beside its peers");
    let rounds = (!options.without_process).then_some(options.rounds);
    page.table(&beside(&rows, &answers, &texts, rounds)?);
    page.paragraph("Rows by processor second of Hubu are those of the whole process, file in, CSV out, on the addresses repeated; of a peer, those of its parsing call alone. A peer that answers no town has none.");
    let inside = nanoseconds(&texts, options.rounds)?;
    page.paragraph(&format!(
        "Inside the process, the parse alone: {inside} ns an address of processor time, {} by processor second.",
        grouped(1e9 / f64::from(u32::try_from(inside)?.max(1)))
    ));
    page.finish()?;
    Ok(())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Every label with what came of it.
fn ours(rows: &[Labelled], answers: &[Address<'_>]) -> Vec<Vec<String>> {
    let mut table = vec![words(&[
        "label",
        "marked",
        "right",
        "share",
        "no answer",
        "answered where none is marked",
    ])];
    for level in LEVELS {
        let tally = score::tally(level, rows, answers);
        table.push(vec![
            level.label.to_owned(),
            tally.marked.to_string(),
            tally.right.to_string(),
            tally.share(),
            tally.empty.to_string(),
            tally.extra.to_string(),
        ]);
    }
    table
}

/// The four levels that peers know, and rows by processor second.
fn beside(
    rows: &[Labelled],
    answers: &[Address<'_>],
    texts: &[String],
    rounds: Option<usize>,
) -> Result<Vec<Vec<String>>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("addresses.txt");
    std::fs::write(&file, texts.join("\n") + "\n")?;
    let mut table = vec![words(&[
        "parser",
        "prov",
        "city",
        "district",
        "town",
        "rows by processor second",
    ])];
    let mut own = vec!["Hubu".to_owned()];
    own.extend(
        LEVELS
            .iter()
            .take(4)
            .map(|level| score::tally(level, rows, answers).share()),
    );
    own.push(match rounds {
        Some(rounds) => grouped(process(texts, rounds, folder.path())?),
        None => "not measured".to_owned(),
    });
    table.push(own);
    let environment = Environment::open(Peers::General)?;
    let script = repository().join("benches/addresses/peers.py");
    for (peer, most) in [("cpca", usize::MAX), ("jionlp", usize::MAX)] {
        let said = folder.path().join("said");
        let most = most.min(rows.len()).to_string();
        let arguments = [
            peer,
            &file.to_string_lossy(),
            &said.to_string_lossy(),
            &most,
        ];
        let (values, _) = environment.run(&script, &arguments)?;
        let value = values.first().context("the peer said nothing")?;
        let number = |key: &str| value[key].as_f64().context("the peer says its figures");
        let text = std::fs::read_to_string(&said)?;
        let answers: Vec<Peer> = text
            .lines()
            .map(|line| Peer(line.split('\t').map(str::to_owned).collect()))
            .collect();
        let mut row = vec![
            value["name"]
                .as_str()
                .context("the peer has a name")?
                .to_owned(),
        ];
        row.extend(
            LEVELS
                .iter()
                .take(4)
                .map(|level| score::tally(level, rows, &answers).share()),
        );
        row.push(grouped(number("rows")? / number("seconds")?.max(1e-9)));
        table.push(row);
    }
    Ok(table)
}

/// Rows by processor second of the binary as a process of its own.
fn process(texts: &[String], rounds: usize, folder: &Path) -> Result<f64> {
    let hubu = release_binary()?;
    let file = folder.join("repeated.txt");
    let once = texts.join("\n") + "\n";
    std::fs::write(&file, once.repeat(rounds))?;
    let mut best = 0.0_f64;
    for _ in 0..3 {
        let output = Stdio::from(File::create(folder.join("parsed.csv"))?);
        let mut command = Command::new(&hubu);
        let (_, cost) = measured_into(command.args(["addresses", "parse"]).arg(&file), output)?;
        let count = u64::try_from(texts.len() * rounds)?;
        best = best.max(cost.per_processor_second(count));
    }
    Ok(best)
}

/// Processor time of one parse.
fn nanoseconds(texts: &[String], rounds: usize) -> Result<u64> {
    let started = processor_nanoseconds()?;
    for _ in 0..rounds {
        for text in texts {
            std::hint::black_box(addresses::parse(std::hint::black_box(text)));
        }
    }
    let parsed = u64::try_from(rounds * texts.len())?.max(1);
    Ok((processor_nanoseconds()? - started) / parsed)
}

/// How long this process has been on a processor.
fn processor_nanoseconds() -> Result<u64> {
    let times = std::fs::read_to_string("/proc/self/schedstat")?;
    let first = times
        .split_whitespace()
        .next()
        .context("the kernel counts processor time")?;
    Ok(first.parse()?)
}

fn mistakes(label: &str, rows: &[Labelled], answers: &[Address<'_>]) {
    for level in LEVELS.iter().filter(|level| level.label == label) {
        for (labelled, address) in rows.iter().zip(answers) {
            let Some(truth) = labelled.only(level.label) else {
                continue;
            };
            if !score::is_right(level, address, truth) {
                let chunks: Vec<String> = labelled
                    .chunks
                    .iter()
                    .map(|(label, text)| format!("{label}={text}"))
                    .collect();
                println!("{truth}\n   T {}\n   P {address:?}", chunks.join(" "));
            }
        }
    }
}
