//! What linking writes. A file is there whole or not at all.

use std::path::{Path, PathBuf};

use anyhow::Result;
use domain::Text;
use linkage::{Linked, Model, Verdict};
use tables::{Format, TableError, Writer};

use crate::commands::link::reading::Records;
use crate::failure::Refusal;

/// Pairs below this chance are not worth a second look.
const LEAST_CHANCE: f64 = 0.01;

/// The customer of each record, numbered from 1 in the order of their first records.
pub fn clusters(path: &Path, records: &Records, linked: &Linked) -> Result<()> {
    let mut numbers = vec![0_u32; linked.parties.len()];
    let mut customers = 0;
    table(path, &["record_id", "cluster_id"], |out| {
        for (party, row) in linked.parties.iter().zip(0_u32..) {
            // The first record of a party comes before its others.
            if *party == row {
                customers += 1;
                numbers[row as usize] = customers;
            }
            let number = numbers[*party as usize].to_string();
            out.write_row(&[Some(records.id(row)), Some(&number)])?;
        }
        Ok(())
    })
}

/// Pairs that are linked or nearly, the most certain first.
pub fn pairs(path: &Path, records: &Records, model: &Model, linked: &Linked) -> Result<()> {
    let mut edges: Vec<_> = linked
        .edges
        .iter()
        .filter(|edge| edge.verdict == Verdict::Apart || edge.chance() >= LEAST_CHANCE)
        .collect();
    edges.sort_by(|one, other| {
        other
            .bits
            .total_cmp(&one.bits)
            .then((one.left, one.right).cmp(&(other.left, other.right)))
    });
    let header = [
        "left_id",
        "right_id",
        "bits",
        "chance",
        "band",
        "same_cluster",
    ];
    table(path, &header, |out| {
        for edge in edges {
            let same = linked.parties[edge.left as usize] == linked.parties[edge.right as usize];
            let band = match edge.verdict {
                Verdict::Apart => "contradiction",
                Verdict::Certain | Verdict::Joined => "certain",
                Verdict::Held => "held",
                Verdict::Evidence if edge.bits >= model.threshold_bits => "link",
                Verdict::Evidence if edge.bits >= model.review_bits => "review",
                Verdict::Evidence => "no-link",
            };
            out.write_row(&[
                Some(records.id(edge.left)),
                Some(records.id(edge.right)),
                Some(&format!("{:.2}", edge.bits)),
                Some(&format!("{:.4}", edge.chance())),
                Some(band),
                Some(if same { "true" } else { "false" }),
            ])?;
        }
        Ok(())
    })
}

/// A text as a whole file.
pub fn whole(path: &Path, text: &str) -> Result<()> {
    let part = part(path);
    std::fs::write(&part, text).map_err(|error| unusable(path, &error))?;
    put(&part, path)
}

fn table(
    path: &Path,
    header: &[&str],
    write: impl FnOnce(&mut Writer) -> Result<(), TableError>,
) -> Result<()> {
    let part = part(path);
    let mut out = Writer::create(&part, Format::Csv, header)?;
    write(&mut out)?;
    out.finish()?;
    put(&part, path)
}

/// Where a file stands until it is complete.
fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn put(part: &Path, path: &Path) -> Result<()> {
    Ok(std::fs::rename(part, path).map_err(|error| unusable(path, &error))?)
}

fn unusable(path: &Path, error: &std::io::Error) -> Refusal {
    let path = path.display();
    Refusal::bad_input(Text::new(
        format!("无法写入 {path}：{error}"),
        format!("{path} cannot be written: {error}"),
    ))
}
