//! Fuzzing of what reads files and texts: each target in a process of its own, two at a time.
//!
//! A process of its own, because a decoder that brings its process down must not hide what the
//! other targets find, and because what one reserves must not be counted against another.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::shell;

/// The test binaries that hold targets, and for how many seconds each target runs where
/// `HUBU_FUZZ_SECONDS` does not say. A text is read in less than a millionth of what a file takes.
const BINARIES: [(&str, &str); 4] = [
    ("fuzz_readers", "60"),
    ("fuzz_texts", "10"),
    ("fuzz_names", "10"),
    ("fuzz_packs", "10"),
];
/// As many as the smallest machine of continuous integration has processors.
const AT_A_TIME: usize = 2;

/// Where fuzzing begins unless `HUBU_FUZZ_SEED` says it.
pub enum Begin {
    /// Always at the same seed: what is judged is the change, not the dice.
    Alike,
    /// Elsewhere each time, so that runs add up. A failure names its seed.
    Elsewhere,
}

/// Runs every target; the first that fails ends it once those that run have ended.
pub fn readers(begin: &Begin) -> Result<()> {
    let seed = match (std::env::var("HUBU_FUZZ_SEED"), begin) {
        (Ok(seed), _) => seed,
        (Err(_), Begin::Alike) => "1".to_owned(),
        (Err(_), Begin::Elsewhere) => RandomState::new().build_hasher().finish().to_string(),
    };
    let asked = std::env::var("HUBU_FUZZ_SECONDS").ok();
    let waiting = Mutex::new(targets()?);
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.pop()
    };
    let work = || -> Result<()> {
        while let Some(target) = next() {
            let mut command = test_binary(target.binary);
            command.args(["--exact", "--nocapture", &target.name]);
            command.env(
                "HUBU_FUZZ_SECONDS",
                asked.as_deref().unwrap_or(target.seconds),
            );
            command.env("HUBU_FUZZ_SEED", &seed);
            shell::run(&mut command)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            let outcome = worker.join();
            outcome.unwrap_or_else(|_| bail!("a thread that runs fuzz targets panicked"))
        })
    })
}

/// A test of a fuzzing binary.
struct Target {
    binary: &'static str,
    seconds: &'static str,
    name: String,
}

/// The tests of the fuzzing binaries, each of which is a target.
fn targets() -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for (binary, seconds) in BINARIES {
        let list = shell::output(test_binary(binary).args(["--list", "--format", "terse"]))?;
        let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
        let before = targets.len();
        targets.extend(names.map(|name| Target {
            binary,
            seconds,
            name: name.to_owned(),
        }));
        if targets.len() == before {
            bail!("there is no fuzz target in {binary}");
        }
    }
    Ok(targets)
}

/// The whole workspace is named so that what its tests were built from is used again.
fn test_binary(name: &str) -> Command {
    let mut command = shell::cargo();
    command.args(["test", "--quiet", "--workspace"]);
    command.args(["--test", name, "--"]);
    command
}
