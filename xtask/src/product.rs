//! How the built `hubu` binary is called: every command line that demo and tests use, in one place.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell;

/// Name of the account that the demo and the end-to-end tests sign in with.
pub const ADMINISTRATOR: &str = "administrator";
/// Name of the account that gives the second opinion in the end-to-end tests.
pub const SECOND_PERSON: &str = "second-person";
const PATIENCE: Duration = Duration::from_mins(1);

/// A built binary.
pub struct Product {
    program: PathBuf,
}

impl Product {
    /// Builds the binary in the profile of that name: `dev` or `release`.
    pub fn build(profile: &str) -> Result<Self> {
        shell::run(shell::cargo().args(["build", "--package", "hubu", "--profile", profile]))?;
        let folder = if profile == "dev" { "debug" } else { profile };
        Ok(Self {
            program: shell::target().join(folder).join("hubu"),
        })
    }

    /// Checks a rule pack and runs its examples; what it says goes to the terminal.
    pub fn check_pack(&self, folder: &Path) -> Result<()> {
        let mut command = self.command();
        shell::run(command.args(["pack", "check"]).arg(folder))
    }

    /// Generates a customer book, and the truth beside it.
    pub fn sample(&self, records: u64, file: &Path) -> Result<()> {
        let mut command = self.command();
        command.args(["sample", "--format", "csv", "--seed", "2026"]);
        command
            .arg("--records")
            .arg(records.to_string())
            .arg("--output")
            .arg(file);
        shell::run(&mut command)
    }

    /// Imports one file as a source of its own; progress goes to the terminal, the report is returned.
    pub fn import(&self, file: &Path, source: &str, data: &Path) -> Result<String> {
        let mut command = self.command();
        command
            .arg("import")
            .arg(file)
            .args(["--new-source", "--source", source]);
        command.arg("--data").arg(data);
        shell::output(&mut command)
    }

    /// Makes the account that may do everything.
    pub fn create_administrator(&self, password: &str, data: &Path) -> Result<()> {
        self.create_account(ADMINISTRATOR, "administrator", password, data)
    }

    /// Makes an account with a role.
    pub fn create_account(
        &self,
        name: &str,
        role: &str,
        password: &str,
        data: &Path,
    ) -> Result<()> {
        let mut command = self.command();
        command.args(["account", "add", name, "--role", role]);
        // Not an argument: those are visible to every user of the machine.
        command
            .arg("--data")
            .arg(data)
            .env("HUBU_NEW_PASSWORD", password);
        shell::run(&mut command)
    }

    /// Serves until it is stopped from the terminal.
    pub fn serve(&self, address: &str, data: &Path) -> Result<()> {
        shell::run(&mut self.serve_command(address, data))
    }

    /// Serves in the background until the returned value is dropped.
    pub fn serve_in_background(&self, port: u16, data: &Path) -> Result<RunningServer> {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let process = self
            .serve_command(&address.to_string(), data)
            .spawn()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let mut server = RunningServer { process, address };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn serve_command(&self, address: &str, data: &Path) -> Command {
        let mut command = self.command();
        command
            .args(["serve", "--listen", address, "--data"])
            .arg(data);
        command
    }

    fn command(&self) -> Command {
        shell::program(&self.program)
    }
}

/// A server in the background; dropping it stops it.
pub struct RunningServer {
    process: Child,
    address: SocketAddr,
}

impl RunningServer {
    /// Where a browser finds it.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended with {status} before it was ready");
            }
            if is_ready(self.address).unwrap_or(false) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("the server was not ready after {} s", PATIENCE.as_secs())
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        if let Err(problem) = self.process.kill().and_then(|()| self.process.wait()) {
            eprintln!("    the server could not be stopped: {problem}");
        }
    }
}

/// A password nobody can guess, in letters that are not mistaken for each other.
pub fn new_password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 20];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect())
}

fn is_ready(address: SocketAddr) -> Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream
        .write_all(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.1 204"))
}
