//! The pairs and the scores that peers gave them.

use std::path::Path;

use anyhow::{Context, Result};
use names::NameKind;

/// Two names, and whether they are said to be of one party.
pub struct Pair {
    /// Which scripts and which list.
    pub set: String,
    /// `dev` to learn from, `held` to judge by.
    pub part: String,
    /// Whether it is one party.
    pub same: bool,
    /// How a negative was chosen.
    pub near: String,
    /// What is compared.
    pub kind: NameKind,
    pub left: String,
    pub right: String,
}

/// Reads what `pairs.py` wrote.
pub fn read(path: &Path) -> Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        let column = |place: usize| row.get(place).unwrap_or_default().to_owned();
        let set = column(0);
        let kind = if set.contains("organisation") {
            NameKind::Organisation
        } else {
            NameKind::Person
        };
        pairs.push(Pair {
            set,
            part: column(1),
            same: column(2) == "1",
            near: column(3),
            kind,
            left: column(4),
            right: column(5),
        });
    }
    Ok(pairs)
}

/// The scores of each peer, one for each pair.
pub fn read_scores(path: &Path) -> Result<Vec<(String, Vec<f64>)>> {
    let mut reader = csv::Reader::from_path(path)?;
    let mut columns: Vec<(String, Vec<f64>)> = reader
        .headers()?
        .iter()
        .map(|name| (name.to_owned(), Vec::new()))
        .collect();
    for row in reader.records() {
        for (text, (peer, scores)) in row?.iter().zip(&mut columns) {
            scores.push(text.parse().with_context(|| format!("score of {peer}"))?);
        }
    }
    Ok(columns)
}
