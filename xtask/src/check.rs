//! What CI looks at before it runs a test; each tool that is not installed is named, not passed over.

use anyhow::Result;

use crate::{shell, tidy};

/// Format, lints, invariants; licences, unused dependencies and spelling where the tools are there.
pub fn run() -> Result<()> {
    shell::step("format", || {
        shell::run(shell::cargo().args(["fmt", "--all", "--check"]))
    })?;
    shell::step("tidy", tidy::run)?;
    shell::step("lints", || {
        let arguments = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ];
        shell::run(shell::cargo().args(arguments))
    })?;
    optional(
        "cargo-deny",
        "licences and sources",
        &["deny", "--offline", "check", "bans", "licenses", "sources"],
    )?;
    optional("cargo-machete", "unused dependencies", &["machete"])?;
    if shell::is_installed("typos") {
        return shell::step("spelling", || shell::run(&mut shell::program("typos")));
    }
    say_skipped("spelling", "typos-cli");
    Ok(())
}

fn optional(tool: &str, what: &str, arguments: &[&str]) -> Result<()> {
    if !shell::is_installed(tool) {
        say_skipped(what, tool);
        return Ok(());
    }
    shell::step(what, || shell::run(shell::cargo().args(arguments)))
}

fn say_skipped(what: &str, tool: &str) {
    eprintln!("==> {what}: skipped, {tool} is not installed (cargo install {tool})");
}
