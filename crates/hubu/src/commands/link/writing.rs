//! What linking writes. A file is there whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use domain::Text;
use linkage::{Linked, Model};

use crate::commands::link::reading::Records;
use crate::failure::Refusal;

/// Pairs below this chance are not worth a second look.
const LEAST_CHANCE: f64 = 0.01;

/// The customer of each record, numbered from 1 in the order of their first records.
pub fn clusters(path: &Path, records: &Records, linked: &Linked) -> Result<()> {
    let mut numbers = vec![0_u32; linked.parties.len()];
    let mut customers = 0;
    file(path, |out| {
        writeln!(out, "record_id,cluster_id")?;
        for (party, row) in linked.parties.iter().zip(0_u32..) {
            // The first record of a party comes before its others.
            if *party == row {
                customers += 1;
                numbers[row as usize] = customers;
            }
            cell(out, records.id(row))?;
            writeln!(out, ",{}", numbers[*party as usize])?;
        }
        Ok(())
    })
}

/// Pairs that are linked or nearly, the most certain first.
pub fn pairs(path: &Path, records: &Records, model: &Model, linked: &Linked) -> Result<()> {
    let mut edges: Vec<_> = linked
        .edges
        .iter()
        .filter(|edge| edge.contradicts() || edge.chance() >= LEAST_CHANCE)
        .collect();
    edges.sort_by(|one, other| {
        other
            .bits
            .total_cmp(&one.bits)
            .then((one.left, one.right).cmp(&(other.left, other.right)))
    });
    file(path, |out| {
        writeln!(out, "left_id,right_id,bits,chance,band,same_cluster")?;
        for edge in edges {
            cell(out, records.id(edge.left))?;
            write!(out, ",")?;
            cell(out, records.id(edge.right))?;
            let same = linked.parties[edge.left as usize] == linked.parties[edge.right as usize];
            if edge.contradicts() {
                writeln!(out, ",,0.0000,contradiction,{same}")?;
            } else {
                let band = if edge.bits >= model.threshold_bits {
                    "link"
                } else {
                    "review"
                };
                writeln!(out, ",{:.2},{:.4},{band},{same}", edge.bits, edge.chance())?;
            }
        }
        Ok(())
    })
}

/// A text as a whole file.
pub fn whole(path: &Path, text: &str) -> Result<()> {
    file(path, |out| out.write_all(text.as_bytes()))
}

fn file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> std::io::Result<()>,
) -> Result<()> {
    let unusable = |error: std::io::Error| {
        let path = path.display();
        Refusal::bad_input(Text::new(
            format!("无法写入 {path}：{error}"),
            format!("{path} cannot be written: {error}"),
        ))
    };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let created = File::create(&beside).map_err(unusable)?;
    let mut out = BufWriter::with_capacity(1 << 16, &created);
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(unusable)?;
    drop(out);
    std::fs::rename(&beside, path).map_err(unusable)?;
    Ok(())
}

/// A cell of CSV, quoted where it must be.
fn cell(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    if text.contains([',', '"', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}
