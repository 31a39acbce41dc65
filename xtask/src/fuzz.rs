//! Fuzzing of the readers of files: each target in a process of its own, two at a time.
//!
//! A process of its own, because a decoder that brings its process down must not hide what the
//! other targets find, and because what one reserves must not be counted against another.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::shell;

/// How long each target runs where `HUBU_FUZZ_SECONDS` does not say.
const SECONDS: &str = "60";
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
    let seconds = std::env::var("HUBU_FUZZ_SECONDS").unwrap_or_else(|_| SECONDS.to_owned());
    let waiting = Mutex::new(targets()?);
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.pop()
    };
    let work = || -> Result<()> {
        while let Some(target) = next() {
            let mut command = test_binary();
            command.args(["--exact", "--nocapture", &target]);
            command.env("HUBU_FUZZ_SECONDS", &seconds);
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

/// The tests of the fuzzing binary, each of which is a target.
fn targets() -> Result<Vec<String>> {
    let list = shell::output(test_binary().args(["--list", "--format", "terse"]))?;
    let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
    let targets: Vec<String> = names.map(str::to_owned).collect();
    if targets.is_empty() {
        bail!("there is no fuzz target");
    }
    Ok(targets)
}

/// The whole workspace is named so that what its tests were built from is used again.
fn test_binary() -> Command {
    let mut command = shell::cargo();
    command.args(["test", "--quiet", "--workspace"]);
    command.args(["--test", "fuzz_readers", "--"]);
    command
}
