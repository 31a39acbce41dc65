//! `cargo xtask bench view`: views and searches over HTTP at a fixed rate, idle and beside an import,
//! by a server of its own with a generated book, or by one that runs already.

mod asked;
mod client;
mod load;
mod own;

use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};
use clap::Parser;
use serde_json::{Value, json};

use crate::asked::{Asked, requests};
use crate::client::Client;
use crate::load::{Load, print_header};
use crate::own::Own;

/// An import beside the load is over by then.
const LONGEST_IMPORT: u32 = 3_600;
/// The bar of a view while an import runs, in milliseconds.
const BAR_BESIDE_IMPORT: u32 = 10;

/// What to ask, and how fast.
#[derive(Debug, Parser)]
struct Arguments {
    /// The address of a server that runs already; by itself the benchmark starts its own.
    #[arg(long)]
    server: Option<String>,
    /// The account on that server.
    #[arg(long, default_value = own::NAME)]
    name: String,
    /// Its password.
    #[arg(long, default_value = own::PASSWORD)]
    password: String,
    /// The book that server knows, for numbers that it shows to nobody.
    #[arg(long)]
    book: Option<PathBuf>,
    /// Records of the book of its own server.
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// Records to import beside the load.
    #[arg(long, default_value_t = 150_000)]
    beside: u64,
    /// Where the book and the store of its own server go, and stay; by itself a temporary folder.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// What to ask for; by itself everything.
    #[arg(long, value_enum)]
    asked: Vec<Asked>,
    /// Requests a second, in the place of what is usual for what is asked.
    #[arg(long)]
    rate: Option<u32>,
    /// For how long.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Connections.
    #[arg(long, default_value_t = 16)]
    connections: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(server) = &arguments.server {
        let bench = Bench::sign_in(&arguments, server, arguments.book.as_deref())?;
        return bench.idle();
    }
    let temporary = tempfile::tempdir()?;
    let folder = arguments.folder.as_deref().unwrap_or(temporary.path());
    let own = Own::start(folder, arguments.records)?;
    let bench = Bench::sign_in(&arguments, Own::address(), Some(&own.book))?;
    bench.idle()?;
    if arguments.beside > 0 {
        bench.beside(own.begin_import(folder, arguments.beside)?)?;
    }
    Ok(())
}

/// A session with a server.
struct Bench<'a> {
    arguments: &'a Arguments,
    server: &'a str,
    book: Option<&'a Path>,
    token: String,
}

impl<'a> Bench<'a> {
    fn sign_in(arguments: &'a Arguments, server: &'a str, book: Option<&'a Path>) -> Result<Self> {
        let mut client = Client::connect(server)?;
        let credentials = json!({ "name": arguments.name, "password": arguments.password });
        let session = client.post("/api/v1/sessions", None, &credentials)?;
        let token = session["token"]
            .as_str()
            .context("the server gave no token")?
            .to_owned();
        Ok(Self {
            arguments,
            server,
            book,
            token,
        })
    }

    fn load(&self, rate: u32, seconds: u32) -> Load {
        Load {
            server: self.server.to_owned(),
            token: self.token.clone(),
            rate,
            seconds,
            connections: self.arguments.connections,
            stop: Arc::new(AtomicBool::new(false)),
        }
    }

    /// One kind after the other, while nothing else runs.
    fn idle(&self) -> Result<()> {
        let everything: Vec<Asked> = Asked::READS
            .into_iter()
            .chain([Asked::Disclosure, Asked::Record])
            .filter(|asked| self.book.is_some() || !asked.needs_book())
            .collect();
        let asked = match self.arguments.asked.as_slice() {
            [] => &everything,
            asked => asked,
        };
        print_header();
        for asked in asked.iter().copied() {
            let rate = self.arguments.rate.unwrap_or(asked.rate());
            let requests = self.requests(asked)?;
            let load = self.load(rate, self.arguments.seconds);
            let latencies = load.run(&requests)?;
            latencies.print(&format!("{asked:?}"), rate, Some(asked.bar()));
        }
        Ok(())
    }

    /// Views, and now and then a write, for as long as an import runs.
    fn beside(&self, mut import: Child) -> Result<()> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut loads = Vec::new();
        for asked in [Asked::View, Asked::Disclosure] {
            let mut load = self.load(asked.rate(), LONGEST_IMPORT);
            load.stop = Arc::clone(&stop);
            let requests = self.requests(asked)?;
            loads.push((asked, thread::spawn(move || load.run(&requests))));
        }
        let output = import.stdout.take().context("the import says nothing")?;
        let report = serde_json::from_reader::<_, Value>(output);
        let status = import.wait()?;
        stop.store(true, Ordering::Relaxed);
        for (asked, load) in loads {
            let bar = (asked == Asked::View).then_some(BAR_BESIDE_IMPORT);
            let failed = |_| bail!("the load generator failed");
            let latencies = load.join().unwrap_or_else(failed)?;
            let what = format!("{asked:?} beside import");
            latencies.print(&what, asked.rate(), bar);
        }
        let report = report?;
        if !status.success() {
            bail!("the import failed: {report}");
        }
        let rows = report["rows"].as_f64().unwrap_or_default();
        let seconds = report["seconds"].as_f64().unwrap_or(1.0);
        println!(
            "import beside the load   {rows} rows in {seconds:.1} s, {:.0} rows/s",
            rows / seconds
        );
        Ok(())
    }

    fn requests(&self, asked: Asked) -> Result<Vec<asked::Request>> {
        let mut client = Client::connect(self.server)?;
        requests(asked, self.book, &mut client, &self.token)
    }
}
