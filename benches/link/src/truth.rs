//! Clusters against the truth, and a book in another dress.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};

/// Pairs of a clustering.
pub struct Score {
    pub records: usize,
    right: f64,
    found: f64,
    real: f64,
}

impl Score {
    /// Compares `record_id,cluster_id` with `record_id,entity_id`.
    pub fn of(clusters: &Path, truth: &Path) -> Result<Self> {
        let (clusters, truth) = (column(clusters)?, column(truth)?);
        let mut together = HashMap::new();
        for (record, entity) in &truth {
            let cluster = clusters
                .get(record)
                .with_context(|| format!("record {record} has no cluster"))?;
            *together.entry((cluster, entity)).or_insert(0_u64) += 1;
        }
        Ok(Self {
            records: truth.len(),
            right: pairs(together.into_values()),
            found: pairs(counts(&clusters)),
            real: pairs(counts(&truth)),
        })
    }

    pub fn precision(&self) -> f64 {
        self.right / self.found.max(1.0)
    }

    pub fn recall(&self) -> f64 {
        self.right / self.real.max(1.0)
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.right / (self.found + self.real).max(1.0)
    }
}

fn column(path: &Path) -> Result<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path)?;
    reader.deserialize().map(|row| Ok(row?)).collect()
}

fn counts(groups: &HashMap<String, String>) -> impl Iterator<Item = u64> {
    let mut counts = HashMap::new();
    for group in groups.values() {
        *counts.entry(group).or_insert(0_u64) += 1;
    }
    counts.into_values()
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn pairs(counts: impl Iterator<Item = u64>) -> f64 {
    counts.map(|count| count * (count - 1) / 2).sum::<u64>() as f64
}

/// The records of each party, whatever the parties are called.
pub fn parties(clusters: &Path) -> Result<BTreeSet<BTreeSet<String>>> {
    let mut parties = BTreeMap::<String, BTreeSet<String>>::new();
    for (record, cluster) in column(clusters)? {
        parties.entry(cluster).or_default().insert(record);
    }
    Ok(parties.into_values().collect())
}

/// Writes a book with its rows in another order and its columns renamed `column_1`, `column_2` and so on.
pub fn turn(book: &Path, turned: &Path) -> Result<()> {
    let mut reader = csv::Reader::from_path(book)?;
    let names: Vec<String> = (1..=reader.headers()?.len())
        .map(|number| format!("column_{number}"))
        .collect();
    let mut rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    // A stride that shares no factor with the count visits every row once.
    let count = rows.len();
    let stride = (count / 3..=count)
        .find(|stride| gcd(*stride, count) == 1)
        .unwrap_or(1);
    let mut writer = csv::Writer::from_path(turned)?;
    writer.write_record(&names)?;
    for place in 0..count {
        writer.write_record(&std::mem::take(&mut rows[place * stride % count]))?;
    }
    writer.flush()?;
    Ok(())
}

fn gcd(left: usize, right: usize) -> usize {
    if right == 0 {
        left
    } else {
        gcd(right, left % right)
    }
}
