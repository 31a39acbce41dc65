//! A Python environment with pinned packages, made below `target` when it is first asked for.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{Cost, measured, repository, target};

/// Names the folder of the environments where that is not `peers` of cargo's target folder: they
/// are a gigabyte, which several target folders may share.
const FOLDER_VARIABLE: &str = "HUBU_PEERS";

/// Which peers; those that cannot live together have an environment each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// python-stdnum, id-validator, cpca, jionlp, rapidfuzz.
    General,
    /// nomenklatura with the matchers of followthemoney.
    Nomenklatura,
    /// Splink, with its database.
    Splink,
}

impl Peers {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::General, Self::Nomenklatura, Self::Splink];

    fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Nomenklatura => "nomenklatura",
            Self::Splink => "splink",
        }
    }

    fn requirements(self) -> &'static str {
        match self {
            Self::General => include_str!("../requirements/general.txt"),
            Self::Nomenklatura => include_str!("../requirements/nomenklatura.txt"),
            Self::Splink => include_str!("../requirements/splink.txt"),
        }
    }
}

/// A Python environment in which peers are installed.
#[derive(Debug)]
pub struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of these peers; makes it when it is not there or other versions are asked.
    pub fn open(peers: Peers) -> Result<Self> {
        let below = match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) => PathBuf::from(folder),
            None => target()?.join("peers"),
        };
        let folder = below.join(peers.name());
        let environment = Self { folder };
        // Written last, so an environment that was left half made is made anew.
        let stamp = environment.folder.join("installed.txt");
        let wanted = peers.requirements();
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        eprintln!("making the Python environment of {}", peers.name());
        environment.make(peers)?;
        std::fs::write(&stamp, wanted)?;
        Ok(environment)
    }

    fn make(&self, peers: Peers) -> Result<()> {
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&self.folder))
        .context("install the Debian packages python3 and python3-venv (`cargo xtask setup`)")?;
        let requirements = repository()
            .join("benches/peers/requirements")
            .join(format!("{}.txt", peers.name()));
        run(self
            .python()
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(requirements))
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its Python, which sees nothing that is installed elsewhere on the machine.
    pub fn python(&self) -> Command {
        let mut command = Command::new(self.folder.join("bin/python"));
        command.env_remove("PYTHONPATH").env("PYTHONHASHSEED", "0");
        command
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env("PYTHONWARNINGS", "ignore");
        command
    }

    /// The packages and their versions, as `name==version`.
    pub fn packages(&self) -> Result<Vec<String>> {
        let output = self.python().args(["-m", "pip", "freeze"]).output()?;
        let lines = String::from_utf8(output.stdout)?;
        Ok(lines.lines().map(str::to_owned).collect())
    }

    /// Runs a script that prints one JSON value a line; lines that are none are passed over,
    /// because packages greet.
    pub fn run(&self, script: &Path, arguments: &[&str]) -> Result<(Vec<Value>, Cost)> {
        let (output, cost) = measured(self.python().arg(script).args(arguments))?;
        let lines = output.lines().filter(|line| line.starts_with('{'));
        let values = lines.map(serde_json::from_str);
        Ok((values.collect::<Result<_, _>>()?, cost))
    }
}

fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
