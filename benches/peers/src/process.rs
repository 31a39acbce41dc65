//! What a process costs: wall time, processor time and peak memory of it alone.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4;

/// What one process cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// From start to end.
    pub wall: Duration,
    /// User and system time of all its threads.
    pub processor: Duration,
    /// Most memory it had at once, in bytes.
    pub peak_bytes: u64,
}

impl Cost {
    /// So many things, by processor second.
    pub fn per_processor_second(&self, count: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let count = count as f64;
        count / self.processor.as_secs_f64().max(1e-9)
    }
}

/// Runs a command to its end and gives what it printed, unless it printed elsewhere.
///
/// Standard output is read unless the command has another already; a caller that measures writing
/// hands in a file.
pub fn measured(command: &mut Command) -> Result<(String, Cost)> {
    measured_into(command, Stdio::piped())
}

/// Runs a command to its end with its standard output going to `output`.
pub fn measured_into(command: &mut Command, output: Stdio) -> Result<(String, Cost)> {
    let started = Instant::now();
    let mut child = command
        .stdout(output)
        .spawn()
        .with_context(|| format!("cannot start {command:?}"))?;
    let mut printed = String::new();
    if let Some(mut output) = child.stdout.take() {
        output.read_to_string(&mut printed)?;
    }
    let ended = child.wait4()?;
    let wall = started.elapsed();
    if !ended.status.success() {
        bail!("{command:?} ended with {}", ended.status);
    }
    let usage = ended.rusage;
    let cost = Cost {
        wall,
        processor: usage.utime + usage.stime,
        peak_bytes: usage.maxrss,
    };
    Ok((printed, cost))
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder that cargo builds into.
pub(crate) fn target() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let folder = this.ancestors().nth(2);
    Ok(folder
        .context("a built program lies in a profile of a target folder")?
        .to_owned())
}

/// Builds `hubu` in release mode, so that nobody measures an old one, and says where it lies; `HUBU_BINARY` names one
/// that is measured as it is.
pub fn release_binary() -> Result<PathBuf> {
    if let Some(binary) = std::env::var_os("HUBU_BINARY") {
        return Ok(binary.into());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--package", "hubu"])
        .current_dir(repository())
        .status()?;
    if !built.success() {
        bail!("the release binary does not build");
    }
    Ok(target()?.join("release/hubu"))
}
