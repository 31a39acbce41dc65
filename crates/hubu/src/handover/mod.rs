//! Handing work over (移交): whoever holds an embedded store does the work of others.
//!
//! The server listens on a Unix socket in the data folder that only its own user may connect to.
//! A request is one line of JSON; progress, and then the report or the refusal, come back as lines
//! of JSON. It is no second API: there is one command, and the caller is the operator of the machine.

mod client;
mod server;

use std::path::{Path, PathBuf};

use ::server::pipeline::ImportReport;
use domain::Text;
use serde::{Deserialize, Serialize};

use crate::importing::ImportRequest;

pub use client::import;
pub use server::listen;

/// A request is a path and a mapping; nothing longer is read.
const LONGEST_LINE: u64 = 4 << 20;

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
enum Request {
    Import(ImportRequest),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
enum Answer {
    Progress { rows_done: u64, rows: u64 },
    Report { report: Box<ImportReport> },
    Refused { code: u8, text: Text },
}

fn socket_of(folder: &Path) -> PathBuf {
    folder.join("hubu.sock")
}
