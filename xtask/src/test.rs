//! Every test of the project, each step with its time.

use std::path::PathBuf;

use anyhow::Result;

use crate::postgres::{self, PrivateServer};
use crate::product::{self, Product};
use crate::{fuzz, reference, setup, shell, tidy};

/// Sets up what is missing, then runs all tests; the database server stops however they end.
pub fn run() -> Result<()> {
    setup::everything()?;
    shell::step("reference tables", reference::check)?;
    setup::console()?;
    rust_tests()?;
    shell::step("rule packs", rule_packs)?;
    shell::step("console checks and unit tests", || {
        shell::run(shell::npm().args(["run", "check"]))
    })?;
    shell::step("end to end in Chromium", end_to_end)?;
    shell::step("reader fuzzing", || fuzz::readers(&fuzz::Begin::Alike))?;
    shell::step("tidy", tidy::run)
}

fn rust_tests() -> Result<()> {
    let server = shell::step("private PostgreSQL server", PrivateServer::start)?;
    shell::step("Rust tests on SQLite and PostgreSQL", || {
        let mut command = shell::cargo();
        command
            .args(["test", "--workspace"])
            .env("HUBU_TEST_POSTGRES", server.url());
        shell::run(&mut command)
    })
}

/// Runs the examples of every shipped pack by the command, and prints how far they show the rules.
fn rule_packs() -> Result<()> {
    let product = Product::build("dev")?;
    for entry in std::fs::read_dir(shell::root().join("packs"))? {
        product.check_pack(&entry?.path())?;
    }
    Ok(())
}

fn end_to_end() -> Result<()> {
    let product = Product::build("dev")?;
    let folder = Scratch::new()?;
    let password = product::new_password()?;
    product.create_administrator(&password, &folder.0)?;
    product.create_account(product::SECOND_PERSON, "steward", &password, &folder.0)?;
    let server = product.serve_in_background(postgres::free_port()?, &folder.0)?;
    let base = server.base();
    let mut command = shell::npm();
    command.args([
        "run",
        "e2e",
        "--",
        "--base",
        &base,
        "--name",
        product::ADMINISTRATOR,
        "--second",
        product::SECOND_PERSON,
    ]);
    shell::run(command.args(["--password", &password]))
}

/// A folder for one run.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("hubu-test-{}", std::process::id()));
        postgres::remove_if_there(&folder)?;
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(problem) = postgres::remove_if_there(&self.0) {
            eprintln!("    {} could not be removed: {problem:#}", self.0.display());
        }
    }
}
