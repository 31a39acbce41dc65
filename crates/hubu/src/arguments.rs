//! The command line.

use std::path::PathBuf;

use clap::Parser;
use serde::Serialize;

use crate::commands::Command;
use crate::language::Language;
use crate::settings::DurabilityName;

const AFTER_HELP: &str = "\
Settings come from flags, then environment variables (HUBU_DATA, HUBU_DATABASE_URL, HUBU_DURABILITY, \
HUBU_LANGUAGE, HUBU_LISTEN, HUBU_SECURE_COOKIE, HUBU_LOG), then one TOML file with the same names in \
lower case (--config, HUBU_CONFIG, hubu.toml in the data folder or here), then defaults.

Exit codes:
  0  done
  1  failed, or doctor found something
  2  bad input or usage; nothing was written half
  3  another process holds the store";

/// Hubu 户部: records in, trusted customers out.
#[derive(Debug, Parser)]
#[command(name = "hubu", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub global: GlobalOptions,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes. A flag that is not given says nothing, so that the environment, the
/// file and the defaults are heard in that order.
#[derive(Debug, clap::Args, Serialize)]
pub struct GlobalOptions {
    /// The data folder: embedded store, keys, uploads [default: hubu-data]
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database in the place of the embedded store; keys of the machine stay in --data
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// What a commit survives: kill -9 of the process, or loss of power [default: process]
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub durability: Option<DurabilityName>,
    /// A TOML file with settings
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The language of messages and reports [default: zh, or en where LANG says so]
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Write reports as JSON
    #[arg(long, global = true)]
    #[serde(skip)]
    pub json: bool,
}
