//! Debian packages: which are missing, and how they are installed.

use anyhow::{Context, Result, bail};

use crate::shell;

/// Installs the packages that are not there; asks for rights only when there is something to install.
pub fn install(wanted: &[&str]) -> Result<()> {
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        eprintln!("    Debian packages are there: {}", wanted.join(", "));
        return Ok(());
    }
    if !shell::is_installed("apt-get") {
        bail!(
            "this machine has no apt-get: install what these Debian packages hold: {}",
            missing.join(" ")
        );
    }
    eprintln!("    Debian packages to install: {}", missing.join(", "));
    let Some(prefix) = rights() else {
        bail!(
            "run as root: apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    };
    // A package list from an image may be empty or old; updating is cheap beside a failed install.
    apt(prefix, &["update", "--quiet"])?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(missing);
    apt(prefix, &arguments)
}

/// Reads the lists of packages anew.
pub fn update() -> Result<()> {
    let prefix = rights().context("run as root: apt-get update")?;
    apt(prefix, &["update", "--quiet"])
}

/// Whether this process may do anything on this machine.
pub fn is_root() -> bool {
    shell::output(shell::program("id").arg("-u")).is_ok_and(|number| number.trim() == "0")
}

fn is_installed(package: &str) -> bool {
    let mut query = shell::program("dpkg-query");
    query
        .args(["--show", "--showformat=${Status}", package])
        .stderr(std::process::Stdio::null());
    query.output().is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).contains("install ok installed")
    })
}

fn rights() -> Option<&'static [&'static str]> {
    if is_root() {
        Some(&[])
    } else if shell::is_installed("sudo") {
        Some(&["sudo"])
    } else {
        None
    }
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Result<()> {
    let words = [
        prefix,
        &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
        arguments,
    ]
    .concat();
    shell::run(shell::program(words[0]).args(&words[1..]))
}
