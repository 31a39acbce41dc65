//! Scores the address parser on labelled addresses and measures its speed.

mod labelled;
mod score;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
struct Options {
    /// Labelled addresses, a character and its label a line
    file: PathBuf,
    /// Print the mistakes of one label
    #[arg(long)]
    mistakes: Option<String>,
    /// How often the addresses are parsed for the time
    #[arg(long, default_value_t = 200)]
    rounds: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let labelled = labelled::read(&options.file)?;
    let texts: Vec<String> = labelled.iter().map(|row| row.text.clone()).collect();
    let rows: Vec<_> = labelled
        .into_iter()
        .zip(texts.iter().map(|text| addresses::parse(text)))
        .collect();
    println!(
        "| label | marked | right | share | empty | answered where none is marked |\n| --- | --- | --- | --- | --- | --- |"
    );
    for level in score::LEVELS {
        let tally = score::tally(level, &rows);
        let share = tally.right * 10_000 / tally.marked.max(1);
        println!(
            "| {} | {} | {} | 0.{share:04} | {} | {} |",
            level.label, tally.marked, tally.right, tally.empty, tally.extra
        );
    }
    if let Some(label) = &options.mistakes {
        for level in score::LEVELS.iter().filter(|level| level.label == label) {
            for (labelled, address) in &rows {
                if let Some(truth) = labelled.only(level.label)
                    && !score::is_right(level, address, truth)
                {
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
    let started = Instant::now();
    let mut count = 0;
    for _ in 0..options.rounds {
        for text in &texts {
            count += usize::from(addresses::parse(text).code().is_some());
        }
    }
    let parsed = u128::try_from(options.rounds * texts.len())?.max(1);
    let nanoseconds = started.elapsed().as_nanos() / parsed;
    println!(
        "{nanoseconds} ns an address, {} located",
        count / options.rounds.max(1)
    );
    Ok(())
}
