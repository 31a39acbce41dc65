//! On which numbers Hubu and a peer differ, by class.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

/// The disagreements with one peer.
pub struct Disagreements {
    peer: String,
    seen: usize,
    classes: BTreeMap<(String, String), (usize, String)>,
}

impl Disagreements {
    /// Compares the answers of the binary with the verdicts of the peer on as many numbers.
    pub fn read(peer: &str, answers: &Path, verdicts: &Path) -> Result<Self> {
        let verdicts = std::fs::read_to_string(verdicts)?;
        let mut answers = csv::Reader::from_path(answers)?;
        let mut disagreements = Self {
            peer: peer.to_owned(),
            seen: 0,
            classes: BTreeMap::new(),
        };
        for (verdict, answer) in verdicts.lines().zip(answers.records()) {
            let answer = answer?;
            let cell = |place: usize| answer.get(place).unwrap_or_default();
            let (number, valid, reason) = (cell(0), cell(2) == "true", cell(5));
            disagreements.seen += 1;
            if (verdict == "1") == valid && verdict != "E" {
                continue;
            }
            let theirs = match verdict {
                "1" => "accepts",
                "0" => "refuses",
                _ => "fails with an exception",
            };
            let codes: Vec<&str> = reason
                .split("; ")
                .filter_map(|one| Some(one.split_once(": ")?.0))
                .collect();
            let ours = format!(
                "{} {}",
                if valid { "accepts" } else { "refuses:" },
                codes.join(", ")
            );
            let class = (theirs.to_owned(), ours.trim().to_owned());
            let (count, _) = disagreements
                .classes
                .entry(class)
                .or_insert_with(|| (0, number.to_owned()));
            *count += 1;
        }
        Ok(disagreements)
    }

    /// All of them as a table.
    pub fn table(all: &[Self]) -> Vec<Vec<String>> {
        let header = ["peer", "the peer", "Hubu", "numbers", "of", "one of them"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for one in all {
            for ((theirs, ours), (count, number)) in &one.classes {
                rows.push(vec![
                    one.peer.clone(),
                    theirs.clone(),
                    ours.clone(),
                    count.to_string(),
                    one.seen.to_string(),
                    number.clone(),
                ]);
            }
        }
        rows
    }
}
