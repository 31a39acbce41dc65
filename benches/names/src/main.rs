//! Scores the pairs that `peers/pairs.py` wrote: `bench-names PAIRS.csv SCORES.csv`.

use std::hint::black_box;

use anyhow::{Context, Result};
use names::{NameKind, compare};

struct Pair {
    set: String,
    kind: NameKind,
    left: String,
    right: String,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let pairs = read(&arguments.next().context("the file of pairs is missing")?)?;
    let target = arguments.next().context("the file of scores is missing")?;
    let mut table = csv::Writer::from_path(target)?;
    table.write_record(["hubu"])?;
    for pair in &pairs {
        let comparison = compare(pair.kind, &pair.left, &pair.right);
        table.write_record([format!("{:.6}", comparison.score)])?;
    }
    table.flush()?;
    time(&pairs);
    Ok(())
}

fn read(path: &str) -> Result<Vec<Pair>> {
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
            kind,
            left: column(4),
            right: column(5),
        });
    }
    Ok(pairs)
}

/// Seconds of processor time of this process: other work on the machine does not count.
fn processor_seconds() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let used =
        getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.user_time().num_microseconds());
    #[allow(clippy::cast_precision_loss, reason = "far less than 2^52")]
    let seconds = used as f64 / 1e6;
    seconds
}

/// Prints what a pair costs, both names parsed anew, for each set.
fn time(pairs: &[Pair]) {
    for set in pairs.chunk_by(|one, other| one.set == other.set) {
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let start = processor_seconds();
            for pair in set {
                black_box(compare(
                    pair.kind,
                    black_box(&pair.left),
                    black_box(&pair.right),
                ));
            }
            #[allow(clippy::cast_precision_loss, reason = "far fewer pairs than 2^52")]
            let each = (processor_seconds() - start) * 1e9 / set.len() as f64;
            best = best.min(each);
        }
        eprintln!(
            "{:24} {:8} pairs {best:8.0} ns a pair",
            set[0].set,
            set.len()
        );
    }
}
