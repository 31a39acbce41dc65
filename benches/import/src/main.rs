//! `cargo xtask bench import`: one book of generated persons through the whole pipeline, as a
//! process of its own, with the shipped binary and every stage that exists.
//!
//! Prints records a second, processor time, peak memory, and bytes a customer on disk. Builds
//! the release binary first, so that nobody measures an old one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Parser;
use nix::sys::resource::{UsageWho, getrusage};
use serde_json::Value;

/// What to import.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many records of persons.
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// The seed of the book.
    #[arg(long, default_value_t = 20_260_101)]
    seed: u64,
    /// A PostgreSQL database instead of the embedded store; it must be empty.
    #[arg(long)]
    database_url: Option<String>,
    /// What a commit survives.
    #[arg(long, default_value = "process")]
    durability: String,
    /// Where the book and the store go; a temporary folder by default.
    #[arg(long)]
    folder: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let hubu = build()?;
    let temporary = tempfile::tempdir()?;
    let folder = arguments.folder.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(folder)?;
    let book = folder.join(format!(
        "persons-{}-{}.csv",
        arguments.records, arguments.seed
    ));
    if !book.is_file() {
        generate(&hubu, &arguments, &book)?;
    }
    let store = folder.join("store");
    if store.exists() {
        std::fs::remove_dir_all(&store)?;
    }
    measure(&hubu, &arguments, &book, &store)
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--package", "hubu"])
        .status()?;
    if !built.success() {
        bail!("the release binary does not build");
    }
    let this = std::env::current_exe()?;
    let folder = this.parent().context("this program lies in a folder")?;
    Ok(folder.join("hubu"))
}

fn generate(hubu: &Path, arguments: &Arguments, book: &Path) -> Result<()> {
    let made = Command::new(hubu)
        .args(["sample", "--format", "csv", "--parties", "persons"])
        .args(["--records", &arguments.records.to_string()])
        .args(["--seed", &arguments.seed.to_string()])
        .arg("--output")
        .arg(book)
        .stdout(Stdio::null())
        .status()?;
    if !made.success() {
        bail!("the book could not be generated");
    }
    Ok(())
}

fn measure(hubu: &Path, arguments: &Arguments, book: &Path, store: &Path) -> Result<()> {
    let before = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds_before = seconds(&before);
    let started = Instant::now();
    let mut command = Command::new(hubu);
    command
        .arg("import")
        .arg(book)
        .args(["--source", "bench", "--new-source", "--json"]);
    command
        .args(["--durability", &arguments.durability])
        .arg("--data")
        .arg(store);
    if let Some(url) = &arguments.database_url {
        command.args(["--database-url", url]);
    }
    let output = command.stderr(Stdio::inherit()).output()?;
    let wall = started.elapsed().as_secs_f64();
    if !output.status.success() {
        bail!(
            "the import failed: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let report = serde_json::from_slice(&output.stdout)?;
    let processor = seconds(&usage) - seconds_before;
    let peak = u64::try_from(usage.max_rss()).unwrap_or_default();
    print(arguments, &report, store, (wall, processor, peak))
}

fn print(
    arguments: &Arguments,
    report: &Value,
    store: &Path,
    (wall, processor, peak): (f64, f64, u64),
) -> Result<()> {
    let count = |name: &str| report[name].as_u64().unwrap_or_default();
    let (rows, customers) = (count("rows"), count("customers"));
    let (accepted, quarantined) = (count("accepted"), count("quarantined"));
    if accepted + quarantined != rows {
        bail!("rows were lost: {report}");
    }
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let per = |total: u64, of: u64| total as f64 / of.max(1) as f64;
    let kind = arguments
        .database_url
        .as_ref()
        .map_or("embedded", |_| "PostgreSQL");
    println!("store            {kind}");
    println!("durability       {}", arguments.durability);
    println!("rows             {rows} ({accepted} accepted, {quarantined} quarantined)");
    println!("customers        {customers}");
    println!(
        "wall             {wall:.1} s, {:.0} records/s",
        per(rows, 1) / wall
    );
    println!("processor        {processor:.1} s");
    println!(
        "peak memory      {:.0} MiB (of the largest child)",
        per(peak, 1024)
    );
    if arguments.database_url.is_none() {
        let bytes = size_of_folder(store)?;
        let mebibytes = per(bytes, 1 << 20);
        println!(
            "on disk          {mebibytes:.0} MiB, {:.0} bytes a customer",
            per(bytes, customers)
        );
    }
    Ok(())
}

fn seconds(usage: &nix::sys::resource::Usage) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let seconds =
        |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

fn size_of_folder(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            size_of_folder(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
