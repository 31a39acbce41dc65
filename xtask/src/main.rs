//! Everything about the project that is not the product: set-up, demo, tests, checks, benchmarks.
//!
//! `cargo xtask --help` lists the commands. Nothing here is shipped.

mod bench;
mod check;
mod demo;
mod fuzz;
mod packages;
mod postgres;
mod product;
mod reference;
mod setup;
mod shell;
mod stamp;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Set-up, demo, tests, checks and benchmarks of Hubu"
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what demo and tests need: Debian packages, the console's npm packages
    Setup,
    /// Build everything, import a generated customer book and serve it on 127.0.0.1:7800
    Demo(DemoOptions),
    /// Run every test: Rust on both databases, console, end to end in Chromium, fuzzing, tidy
    Test,
    /// Fuzz the readers of files alone: `HUBU_FUZZ_SECONDS=600 cargo xtask fuzz`
    Fuzz,
    /// What CI checks before it tests: format, lints, tidy, licences
    Check,
    /// Check the invariants of ARCHITECTURE.md that can be read off the source
    Tidy,
    /// Make the reference tables of the engines from pinned packages: `crates/*/tables/`
    Reference {
        /// Write nothing; fail if a table is not what its packages give
        #[arg(long)]
        check: bool,
    },
    /// List the benchmarks, or run one: `cargo xtask bench import -- --records 1000000`
    Bench {
        /// Name of a folder or file of `benches/`
        name: Option<String>,
        /// Handed to the benchmark
        #[arg(last = true)]
        arguments: Vec<String>,
    },
}

/// How the demo runs.
#[derive(Args)]
pub struct DemoOptions {
    /// End after the import report
    #[arg(long)]
    no_serve: bool,
    /// Records of the generated book
    #[arg(long, default_value_t = 20_000)]
    records: u64,
    /// Data folder of the demo
    #[arg(long, default_value = "hubu-data")]
    data: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Setup => setup::everything(),
        Command::Demo(options) => demo::run(&options),
        Command::Test => test::run(),
        Command::Fuzz => fuzz::readers(&fuzz::Begin::Elsewhere),
        Command::Check => check::run(),
        Command::Tidy => tidy::run(),
        Command::Reference { check: true } => reference::check(),
        Command::Reference { check: false } => reference::write(),
        Command::Bench { name, arguments } => bench::run(name.as_deref(), &arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}
