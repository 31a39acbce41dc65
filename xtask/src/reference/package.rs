//! Packages of public registries: fetched by the registry's own client, verified by digest, extracted once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use crate::{packages, shell};

/// One version of one package, pinned by the digest of its archive.
pub struct Package {
    pub registry: Registry,
    pub name: &'static str,
    pub version: &'static str,
    /// SHA-256 of the archive as fetched, in lower-case hexadecimal.
    pub sha256: &'static str,
    /// SPDX expression.
    pub licence: &'static str,
    /// The day of which its data are, as far as the package says; else the day of publication.
    pub as_of: &'static str,
}

/// Where a package comes from, which decides the client that fetches it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Registry {
    /// `npm pack`
    Npm,
    /// `pip download --no-deps`
    PyPi,
    /// `apt-get download`
    Debian,
}

impl Registry {
    /// Its name in a table for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::PyPi => "PyPI",
            Self::Debian => "Debian",
        }
    }
}

/// The extracted packages of one family.
pub struct Folders(BTreeMap<&'static str, PathBuf>);

impl Folders {
    /// Fetches, verifies and extracts what is not there yet.
    pub fn fetched(packages: impl Iterator<Item = &'static Package>) -> Result<Self> {
        let folders = packages.map(|package| {
            let folder = extracted(package)
                .with_context(|| format!("package {} {}", package.name, package.version))?;
            Ok((package.sha256, folder))
        });
        Ok(Self(folders.collect::<Result<_>>()?))
    }

    /// A text file of a package. Paths of npm packages begin inside `package/`.
    pub fn text(&self, package: &Package, path: &str) -> Result<String> {
        String::from_utf8(self.bytes(package, path)?)
            .with_context(|| format!("{path} of {} is not UTF-8", package.name))
    }

    /// Any file of a package.
    pub fn bytes(&self, package: &Package, path: &str) -> Result<Vec<u8>> {
        let file = self.folder(package)?.join(path);
        fs::read(&file).with_context(|| format!("{} has no file {path}", package.name))
    }

    /// A text file inside a zip archive inside a package.
    pub fn zipped_text(&self, package: &Package, archive: &str, path: &str) -> Result<String> {
        let archive = self.folder(package)?.join(archive);
        let folder = archive.with_extension("extracted");
        if !folder.join(path).is_file() {
            unzip(&archive, &folder)?;
        }
        fs::read_to_string(folder.join(path))
            .with_context(|| format!("{} has no file {path}", archive.display()))
    }

    /// A text file that a package holds compressed with bzip2; Python is there for pip.
    pub fn bzip2_text(&self, package: &Package, path: &str) -> Result<String> {
        let file = self.folder(package)?.join(path);
        let program = "import bz2, sys; sys.stdout.buffer.write(bz2.open(sys.argv[1]).read())";
        let output = command("python3", &["-c", program]).arg(&file).output()?;
        ensure!(output.status.success(), "cannot read {}", file.display());
        Ok(String::from_utf8(output.stdout)?)
    }

    /// The folder that a package was extracted to.
    pub fn folder(&self, package: &Package) -> Result<&Path> {
        let Some(folder) = self.0.get(package.sha256) else {
            bail!("{} is no source of this family", package.name);
        };
        Ok(folder)
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The folder of a verified package; its name holds the digest, so another digest is another folder.
fn extracted(package: &Package) -> Result<PathBuf> {
    let name = package.name.replace('/', "-");
    let short = package.sha256.get(..12).unwrap_or(package.sha256);
    let name = format!("{name}-{}-{short}", package.version);
    let all = absolute_target()?.join("reference");
    let folder = all.join(&name);
    if folder.is_dir() {
        return Ok(folder);
    }
    let unfinished = all.join(format!("unfinished-{}-{name}", std::process::id()));
    let (fetched, inside) = (unfinished.join("fetched"), unfinished.join("inside"));
    fs::create_dir_all(&fetched)?;
    fs::create_dir_all(&inside)?;
    let archive = fetch(package, &fetched)?;
    let found = sha256(&fs::read(&archive)?);
    ensure!(
        found == package.sha256,
        "archive has SHA-256 {found}, {} is pinned",
        package.sha256
    );
    extract(package.registry, &archive, &inside)?;
    // Another process may have been faster; its folder holds the same.
    if fs::rename(&inside, &folder).is_err() && !folder.is_dir() {
        bail!("cannot move {} to its place", inside.display());
    }
    fs::remove_dir_all(&unfinished)?;
    Ok(folder)
}

/// The target folder; clients run in folders of their own, so it must not be relative.
fn absolute_target() -> Result<PathBuf> {
    let target = shell::target();
    fs::create_dir_all(&target)?;
    Ok(fs::canonicalize(target)?)
}

/// Has the registry's client put the archive into an empty folder.
fn fetch(package: &Package, folder: &Path) -> Result<PathBuf> {
    let Package { name, version, .. } = package;
    let mut client = match package.registry {
        Registry::Npm => command("npm", &["pack", "--silent", &format!("{name}@{version}")]),
        Registry::PyPi => command(
            "python3",
            &[
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--disable-pip-version-check",
                &format!("{name}=={version}"),
            ],
        ),
        Registry::Debian => command("apt-get", &["download", &format!("{name}={version}")]),
    };
    client.current_dir(folder);
    if let Err(problem) = shell::run(&mut client) {
        if package.registry != Registry::Debian {
            return Err(problem);
        }
        // A machine that never installed anything has no lists to find the package in.
        packages::update()?;
        shell::run(&mut client)?;
    }
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    ensure!(files.len() == 1, "{} files came, one expected", files.len());
    Ok(files.remove(0))
}

fn extract(registry: Registry, archive: &Path, folder: &Path) -> Result<()> {
    let name = archive.to_string_lossy();
    match registry {
        Registry::Debian => shell::run(
            shell::program("dpkg-deb")
                .arg("--extract")
                .args([archive, folder]),
        ),
        _ if name.ends_with(".whl") || name.ends_with(".zip") => unzip(archive, folder),
        _ => {
            let mut tar = command("tar", &["--strip-components=1", "--no-same-owner", "-xzf"]);
            shell::run(tar.arg(archive).arg("-C").arg(folder))
        }
    }
}

/// Python is there for pip, so no other program is needed for zip archives.
fn unzip(archive: &Path, folder: &Path) -> Result<()> {
    let mut python = command("python3", &["-m", "zipfile", "-e"]);
    shell::run(python.args([archive, folder]))
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = shell::program(program);
    command.args(arguments);
    command
}
