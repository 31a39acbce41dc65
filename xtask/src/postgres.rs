//! A private PostgreSQL server for the tests, in a temporary folder, stopped when it goes out of scope.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{packages, shell};

/// PostgreSQL refuses to run as root; Debian's package brings this user.
const UNPRIVILEGED: &str = "postgres";

/// A running server; dropping it stops the server and removes its folder.
pub struct PrivateServer {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    as_other_user: bool,
}

impl PrivateServer {
    /// Makes a cluster and starts it on a free port of this machine.
    pub fn start() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("hubu-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let server = Self {
            programs: programs()?,
            port: free_port()?,
            as_other_user: packages::is_root(),
            folder,
        };
        server.initialise()?;
        server.launch()?;
        Ok(server)
    }

    /// Where tests reach it.
    pub fn url(&self) -> String {
        format!("postgres://hubu@127.0.0.1:{}/postgres", self.port)
    }

    fn initialise(&self) -> Result<()> {
        if self.as_other_user {
            shell::run(shell::program("chown").arg(UNPRIVILEGED).arg(&self.folder))?;
        }
        let mut command = self.command("initdb");
        command.args([
            "--username=hubu",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]);
        command.arg("--no-sync").arg("--pgdata").arg(self.data());
        shell::output(&mut command)
            .context("the test database cluster could not be made")
            .map(drop)
    }

    fn launch(&self) -> Result<()> {
        // Tests want speed and many connections; a crash of this server loses nothing of value.
        let settings = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off -c max_connections=300",
            self.port,
            self.folder.display()
        );
        let mut command = self.command("pg_ctl");
        command
            .args(["start", "--wait", "--silent", "--pgdata"])
            .arg(self.data());
        command
            .arg("--log")
            .arg(self.folder.join("log"))
            .arg("--options")
            .arg(settings);
        // The server inherits what it is not given: it must not hold the pipes of whoever runs us.
        command
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null());
        let started = shell::run(&mut command);
        if started.is_err() {
            eprintln!(
                "{}",
                fs::read_to_string(self.folder.join("log")).unwrap_or_default()
            );
        }
        started
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn command(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if self.as_other_user {
            let mut command = shell::program("runuser");
            command.args(["-u", UNPRIVILEGED, "--"]).arg(path);
            command
        } else {
            shell::program(path)
        };
        // The other user may not enter the folder of the repository.
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for PrivateServer {
    fn drop(&mut self) {
        let mut command = self.command("pg_ctl");
        command
            .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
            .arg(self.data());
        if let Err(problem) = shell::run(&mut command) {
            eprintln!("    the test database server could not be stopped: {problem:#}");
        }
        if let Err(problem) = fs::remove_dir_all(&self.folder) {
            eprintln!(
                "    {} could not be removed: {problem}",
                self.folder.display()
            );
        }
    }
}

/// The folder of `initdb` and `pg_ctl`, which Debian keeps out of the search path.
fn programs() -> Result<PathBuf> {
    if let Ok(named) = shell::output(shell::program("pg_config").arg("--bindir")) {
        let folder = PathBuf::from(named.trim());
        if folder.join("initdb").is_file() {
            return Ok(folder);
        }
    }
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| entry.path().join("bin"))
                .collect()
        })
        .unwrap_or_default();
    versions.retain(|folder: &PathBuf| folder.join("initdb").is_file());
    versions.sort();
    match versions.pop() {
        Some(folder) => Ok(folder),
        None => bail!("PostgreSQL's server programs are missing: run `cargo xtask setup`"),
    }
}

/// A port nobody uses at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Removes a folder that may not be there.
pub fn remove_if_there(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem.into()),
        _ => Ok(()),
    }
}
