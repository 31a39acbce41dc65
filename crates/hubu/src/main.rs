//! The `hubu` binary: reads settings, wires, and ends with a code that says how it went.
//!
//! It decides nothing about customers; every command calls use-cases of `server`, as the API does.

mod arguments;
mod commands;
mod failure;
mod handover;
mod importing;
mod language;
mod output;
mod progress;
mod settings;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::arguments::Arguments;
use crate::commands::Session;
use crate::language::Language;
use crate::settings::Settings;

/// An import makes and frees a hundred small values a row on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let fallback = arguments
        .global
        .language
        .unwrap_or_else(Language::of_environment);
    let settings = match Settings::read(&arguments.global) {
        Ok(settings) => settings,
        Err(error) => return failure::tell(&error, fallback),
    };
    let session = Session::new(settings, arguments.global.json);
    let language = session.language;
    start_log(&session.settings.log);
    match arguments.command.run_to_end(session) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::tell(&error, language),
    }
}

/// Requests look into the embedded store where they stand, so one that waits for the disk holds a
/// thread: with so many threads the others go on, however few processors there are.
const FEWEST_THREADS: usize = 6;

fn runtime() -> Result<tokio::runtime::Runtime> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(processors.max(FEWEST_THREADS))
        .enable_all()
        .build()
        .context("the run time cannot be started")
}

/// The log goes to standard error, so that a report on standard output stays a report.
fn start_log(filter: &str) {
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
