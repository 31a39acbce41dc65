//! Installs what demo and tests need on a machine that has Rust, Node and Debian's packages.

use anyhow::{Result, bail};

use crate::{packages, shell, stamp};

/// What the tests start: a database server, a browser, and Chinese letters for its screenshots.
const TEST_PACKAGES: [&str; 3] = ["postgresql", "chromium", "fonts-noto-cjk"];

/// What fetches the packages of the reference tables, beside npm, and makes the environments of the
/// benchmarks' peers, where Python came without it.
const PYTHON_PACKAGES: [&str; 3] = ["python3", "python3-pip", "python3-venv"];

/// Everything: packages for the tests, npm packages for the console.
pub fn everything() -> Result<()> {
    shell::step("Debian packages", || packages::install(&TEST_PACKAGES))?;
    python()?;
    console_packages()
}

/// Python with pip and environments, which need not be Debian's.
fn python() -> Result<()> {
    let mut asked = shell::program("python3");
    asked.args(["-c", "import ensurepip, pip, venv"]);
    if shell::output(&mut asked).is_ok() {
        return Ok(());
    }
    shell::step("Python with pip and environments", || {
        packages::install(&PYTHON_PACKAGES)
    })
}

/// The console's npm packages, as its lock file names them.
pub fn console_packages() -> Result<()> {
    shell::step("npm packages of the console", || {
        if !shell::is_installed("npm") {
            bail!("npm is missing: install Node 20 or later");
        }
        let console = shell::root().join("console");
        let changed = stamp::unless_unchanged(
            &shell::target().join("xtask/npm.stamp"),
            &[console.join("package-lock.json")],
            &console.join("node_modules"),
            || shell::run(shell::npm().args(["ci", "--no-audit", "--no-fund"])),
        )?;
        say_skipped(changed);
        Ok(())
    })
}

/// The console, built into `console/dist`, where the binary embeds it from.
pub fn console() -> Result<()> {
    console_packages()?;
    api_client()?;
    shell::step("build of the console", || {
        let console = shell::root().join("console");
        let inputs = [
            "src",
            "public",
            "index.html",
            "package-lock.json",
            "vite.config.ts",
            "../openapi.json",
        ];
        let changed = stamp::unless_unchanged(
            &shell::target().join("xtask/console.stamp"),
            &inputs.map(|name| console.join(name)),
            &console.join("dist/index.html"),
            || shell::run(shell::npm().args(["run", "build"])),
        )?;
        say_skipped(changed);
        Ok(())
    })
}

/// The console's API client. It comes before the build, of which it is an input: made by the build,
/// it would make the next run build again.
fn api_client() -> Result<()> {
    shell::step("API client of the console", || {
        let console = shell::root().join("console");
        let changed = stamp::unless_unchanged(
            &shell::target().join("xtask/api-client.stamp"),
            &["package-lock.json", "../openapi.json"].map(|name| console.join(name)),
            &console.join("src/api/schema.d.ts"),
            || shell::run(shell::npm().args(["run", "--silent", "generate"])),
        )?;
        say_skipped(changed);
        Ok(())
    })
}

fn say_skipped(changed: bool) {
    if !changed {
        eprintln!("    nothing changed since the last run");
    }
}
