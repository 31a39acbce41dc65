//! Labelled addresses: one character and its label a line, `B-` and `I-`, a blank line between addresses.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// An address with the chunks that people marked in it.
pub struct Labelled {
    pub text: String,
    /// Label and text, in order.
    pub chunks: Vec<(String, String)>,
}

impl Labelled {
    /// The chunk of a label that stands in the address exactly once.
    pub fn only(&self, label: &str) -> Option<&str> {
        let mut chunks = self.chunks.iter().filter(|(known, _)| known == label);
        let (_, text) = chunks.next()?;
        chunks.next().is_none().then_some(text)
    }
}

pub fn read(path: &Path) -> Result<Vec<Labelled>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut all = Vec::new();
    for block in text.split("\n\n") {
        let mut address = Labelled {
            text: String::new(),
            chunks: Vec::new(),
        };
        for line in block.lines() {
            let Some((character, label)) = line.rsplit_once(' ') else {
                continue;
            };
            let (begins, label) = label.split_at_checked(2).unwrap_or(("B-", label));
            address.text.push_str(character);
            let same = address
                .chunks
                .last_mut()
                .filter(|(last, _)| begins == "I-" && last == label);
            match same {
                Some((_, chunk)) => chunk.push_str(character),
                None => address
                    .chunks
                    .push((label.to_owned(), character.to_owned())),
            }
        }
        if !address.text.is_empty() {
            all.push(address);
        }
    }
    Ok(all)
}
