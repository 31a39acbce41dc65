//! `cargo xtask bench names`: names of the lists of sanctions and generated Chinese and Cyrillic ones, compared by Hubu and by its peers in
//! one run: recall at fixed rates of false positives for each pair of scripts, time of a pair, recall of keys.
//!
//! `pairs.py` writes the pairs, half of them to learn from and half held out; only the held-out half is shown.

mod pairs;
mod rates;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Parser;
use names::{compare, keys};
use peers::{Environment, Page, Peers, repository};

use crate::pairs::Pair;
use crate::rates::{keys_in_common, recall};

/// Where the lists are.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder with `lists/ofac`, `lists/un_consolidated.xml` and `names/name_pairs.csv`.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Which half: `held` or `dev`.
    #[arg(long, default_value = "held")]
    part: String,
    /// Pairs with the scores of the peers from a run before, to measure only what changed.
    #[arg(long)]
    folder: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let data = arguments
        .data
        .unwrap_or_else(|| repository().join("../shared/data"));
    let temporary = tempfile::tempdir()?;
    let folder = arguments
        .folder
        .unwrap_or_else(|| temporary.path().to_owned());
    let (file, scores) = (folder.join("pairs.csv"), folder.join("peers.csv"));
    let times = folder.join("peers.json");
    if !file.exists() {
        script(Peers::General, "pairs.py", &[&data, &file])?;
    }
    if !scores.exists() {
        script(Peers::Nomenklatura, "peers.py", &[&file, &scores, &times])?;
    }
    let pairs = pairs::read(&file)?;
    let mut columns = vec![("Hubu".to_owned(), own(&pairs))];
    columns.extend(pairs::read_scores(&scores)?);
    let mut page = Page::new("names", "Names", "")?;
    page.paragraph("Recall at 1 % / at 0.1 % false positives, on the held-out half. Positives are a name and an alias of it on the OFAC and UN lists, or its original script; negatives are names of two entities at random, with the same surname, and, in the rows that say so, the name itself with one letter replaced by another. The Chinese and Cyrillic names are generated with romanisation tables that are not the engine's. `labelled` are pairs that others judged.");
    page.table(&recalls(&pairs, &columns, &arguments.part));
    page.heading("One threshold");
    page.paragraph("Hubu alone: of the negatives and of the positives of each set, the share that scores so much and more. From 0.7 a person should look, whatever the script; one letter replaced is what 0.7 to 0.9 stands for.");
    page.table(&thresholds(&pairs, &columns[0].1, &arguments.part));
    page.heading("Time");
    page.paragraph("Nanoseconds of processor time a pair, both names read anew, one thread; of the peers as their own script measured it over all sets.");
    page.table(&times_of(&pairs, &times)?);
    page.heading("Keys");
    page.paragraph("Of the positives that score 0.7 and more: the share that has a key in common. Of the random negatives: the share that has.");
    page.table(&key_recall(&pairs, &columns[0].1, &arguments.part));
    page.finish()?;
    Ok(())
}

fn script(environment: Peers, name: &str, files: &[&Path]) -> Result<()> {
    let script = repository().join("benches/names").join(name);
    let files: Vec<String> = files
        .iter()
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    Environment::open(environment)?.run(&script, &files)?;
    Ok(())
}

fn own(pairs: &[Pair]) -> Vec<f64> {
    pairs
        .iter()
        .map(|pair| compare(pair.kind, &pair.left, &pair.right).score)
        .collect()
}

/// The sets in the order of the file.
fn sets(pairs: &[Pair]) -> Vec<&str> {
    let mut sets: Vec<&str> = Vec::new();
    for pair in pairs {
        if !sets.contains(&pair.set.as_str()) {
            sets.push(&pair.set);
        }
    }
    sets
}

fn recalls(pairs: &[Pair], columns: &[(String, Vec<f64>)], part: &str) -> Vec<Vec<String>> {
    let mut header = vec![
        "set".to_owned(),
        "positives".to_owned(),
        "negatives".to_owned(),
    ];
    header.extend(columns.iter().map(|(name, _)| name.clone()));
    let mut rows = vec![header];
    for set in sets(pairs) {
        let here = |letter: bool| -> Vec<usize> {
            let chosen = |pair: &Pair| {
                pair.set == set && pair.part == part && (letter || pair.near != "letter")
            };
            (0..pairs.len())
                .filter(|place| chosen(&pairs[*place]))
                .collect()
        };
        let (without, with) = (here(false), here(true));
        let mut add = |name: String, places: &[usize]| {
            let positives = places.iter().filter(|place| pairs[**place].same).count();
            if positives == 0 || positives == places.len() {
                return;
            }
            let mut row = vec![
                name,
                positives.to_string(),
                (places.len() - positives).to_string(),
            ];
            row.extend(columns.iter().map(|(_, scores)| {
                let [one, tenth] = [0.01, 0.001].map(|rate| recall(pairs, scores, places, rate));
                format!("{one:.3} / {tenth:.3}")
            }));
            rows.push(row);
        };
        add(set.to_owned(), &without);
        if with.len() > without.len() {
            add(format!("{set}, one letter replaced too"), &with);
        }
    }
    rows
}

/// What passes one threshold in each set: negatives but those with one letter replaced, these, and positives.
fn thresholds(pairs: &[Pair], scores: &[f64], part: &str) -> Vec<Vec<String>> {
    let words = [
        "set",
        "negatives from 0.7 / 0.85",
        "one letter replaced from 0.7 / 0.85",
        "positives from 0.7 / 0.85",
    ];
    let mut rows = vec![words.map(str::to_owned).to_vec()];
    for set in sets(pairs) {
        let shares = |chosen: &dyn Fn(&Pair) -> bool| {
            let found: Vec<f64> = (0..pairs.len())
                .filter(|place| pairs[*place].set == set && pairs[*place].part == part)
                .filter(|place| chosen(&pairs[*place]))
                .map(|place| scores[place])
                .collect();
            let share = |least: f64| {
                let passing = found.iter().filter(|score| **score >= least).count();
                rates::float(passing) / rates::float(found.len())
            };
            if found.is_empty() {
                return "–".to_owned();
            }
            format!("{:.4} / {:.4}", share(0.7), share(0.85))
        };
        rows.push(vec![
            set.to_owned(),
            shares(&|pair| !pair.same && pair.near != "letter"),
            shares(&|pair| !pair.same && pair.near == "letter"),
            shares(&|pair| pair.same),
        ]);
    }
    rows
}

fn times_of(pairs: &[Pair], peers: &Path) -> Result<Vec<Vec<String>>> {
    let mut rows = vec![vec!["what".to_owned(), "nanoseconds".to_owned()]];
    for set in sets(pairs) {
        let of_set: Vec<&Pair> = pairs.iter().filter(|pair| pair.set == set).collect();
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let start = rates::processor_seconds();
            for pair in &of_set {
                black_box(compare(
                    pair.kind,
                    black_box(&pair.left),
                    black_box(&pair.right),
                ));
            }
            best =
                best.min((rates::processor_seconds() - start) * 1e9 / rates::float(of_set.len()));
        }
        rows.push(vec![format!("Hubu, {set}"), format!("{best:.0}")]);
    }
    let times: BTreeMap<String, f64> = serde_json::from_str(&std::fs::read_to_string(peers)?)?;
    rows.extend(
        times
            .into_iter()
            .map(|(peer, time)| vec![peer, format!("{time:.0}")]),
    );
    Ok(rows)
}

fn key_recall(pairs: &[Pair], scores: &[f64], part: &str) -> Vec<Vec<String>> {
    let words = [
        "set",
        "positives from 0.7",
        "with a common key",
        "random negatives with one",
        "keys a name",
    ];
    let mut rows = vec![words.map(str::to_owned).to_vec()];
    for set in sets(pairs) {
        let places = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..pairs.len())
                .filter(|place| {
                    pairs[*place].set == set && pairs[*place].part == part && wanted(*place)
                })
                .collect()
        };
        let positives = places(&|place| pairs[place].same && scores[place] >= 0.7);
        let negatives = places(&|place| pairs[place].near == "random");
        let count: usize = negatives
            .iter()
            .map(|place| keys(pairs[*place].kind, &pairs[*place].left).len())
            .sum();
        rows.push(vec![
            set.to_owned(),
            positives.len().to_string(),
            format!("{:.4}", keys_in_common(pairs, &positives)),
            format!("{:.5}", keys_in_common(pairs, &negatives)),
            format!(
                "{:.1}",
                rates::float(count) / rates::float(negatives.len().max(1))
            ),
        ]);
    }
    rows
}
