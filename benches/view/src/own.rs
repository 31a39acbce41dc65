//! A server of the benchmark's own: the shipped binary, a generated book, a store, an account.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::client::Client;

/// The account of the benchmark; it may see customers and show a value in full.
pub const NAME: &str = "bench";
/// Its password.
pub const PASSWORD: &str = "benchpassword-1234";
const ADDRESS: &str = "127.0.0.1:7859";
/// The seed of the book; that of the import beside the load is another one.
const SEED: u64 = 20_260_101;
/// Tries to reach a server that starts, ten a second.
const TRIES: u32 = 600;

/// A server that ends with this value.
pub struct Own {
    hubu: PathBuf,
    store: PathBuf,
    /// The book that it knows.
    pub book: PathBuf,
    server: Child,
}

impl Drop for Own {
    fn drop(&mut self) {
        if self.server.kill().is_ok() {
            drop(self.server.wait());
        }
    }
}

impl Own {
    /// Builds the release binary, so that nobody measures an old one; makes the store in a folder
    /// unless it is there; starts the server.
    pub fn start(folder: &Path, records: u64) -> Result<Self> {
        let hubu = build()?;
        std::fs::create_dir_all(folder)?;
        let (store, book) = (
            folder.join("store"),
            folder.join(format!("book-{records}.csv")),
        );
        if !book.is_file() {
            generate(&hubu, records, SEED, &book)?;
        }
        if !store.join("hubu.db").is_file() {
            let mut import = import(&hubu, &store, &book, "bench");
            succeed(&mut import)?;
            let mut account = Command::new(&hubu);
            account.args(["account", "add", NAME, "--role", "steward", "--data"]);
            succeed(account.arg(&store).env("HUBU_NEW_PASSWORD", PASSWORD))?;
        }
        let mut serve = Command::new(&hubu);
        serve.args(["serve", "--listen", ADDRESS, "--data"]);
        let server = serve.arg(&store).stdout(Stdio::null()).spawn()?;
        let own = Self {
            hubu,
            store,
            book,
            server,
        };
        for _ in 0..TRIES {
            if Client::connect(ADDRESS).is_ok() {
                return Ok(own);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("the server does not start")
    }

    /// Where it listens.
    pub fn address() -> &'static str {
        ADDRESS
    }

    /// Generates another book and begins to import it; the server does the work.
    pub fn begin_import(&self, folder: &Path, records: u64) -> Result<Child> {
        let book = folder.join("beside.csv");
        // A store that stays must be given another book each time, or it imports nothing.
        generate(&self.hubu, records, std::process::id().into(), &book)?;
        let mut import = import(&self.hubu, &self.store, &book, "beside");
        let import = import.stdout(Stdio::piped()).stderr(Stdio::null());
        Ok(import.spawn()?)
    }
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    succeed(Command::new(cargo).args(["build", "--release", "--package", "hubu"]))?;
    let this = std::env::current_exe()?;
    let folder = this.parent().context("this program lies in a folder")?;
    Ok(folder.join("hubu"))
}

fn generate(hubu: &Path, records: u64, seed: u64, book: &Path) -> Result<()> {
    let mut sample = Command::new(hubu);
    sample.args(["sample", "--format", "csv", "--parties", "persons"]);
    sample.args(["--records", &records.to_string()]);
    sample.args(["--seed", &seed.to_string(), "--output"]);
    succeed(sample.arg(book))
}

fn import(hubu: &Path, store: &Path, book: &Path, source: &str) -> Command {
    let mut import = Command::new(hubu);
    import.arg("import").arg(book);
    import.args(["--source", source, "--new-source", "--json", "--data"]);
    import.arg(store);
    import
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status()?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
