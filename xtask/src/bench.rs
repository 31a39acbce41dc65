//! Finds the benchmarks of `benches/` and runs them.
//!
//! A benchmark is a package (folder with `Cargo.toml`, run in release mode), or an executable `run`
//! in its folder. It prints what it measured; this module adds nothing to the figures.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell;

/// Without a name, the list.
pub fn run(name: Option<&str>, arguments: &[String]) -> Result<()> {
    let folder = shell::root().join("benches");
    let Some(name) = name else {
        return list(&folder);
    };
    let bench = folder.join(name);
    if bench.join("Cargo.toml").is_file() {
        let mut command = shell::cargo();
        command
            .args(["run", "--release", "--manifest-path"])
            .arg(bench.join("Cargo.toml"));
        return shell::run(command.arg("--").args(arguments));
    }
    if bench.join("run").is_file() {
        return shell::run(shell::program(bench.join("run")).args(arguments));
    }
    bail!("there is no benchmark `{name}`: `cargo xtask bench` lists them")
}

fn list(folder: &Path) -> Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut benches: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    benches.retain(|bench| bench.join("Cargo.toml").is_file() || bench.join("run").is_file());
    benches.sort();
    for bench in &benches {
        println!(
            "{}",
            bench.file_name().unwrap_or_default().to_string_lossy()
        );
    }
    if benches.is_empty() {
        println!("no benchmark yet");
    }
    Ok(())
}
