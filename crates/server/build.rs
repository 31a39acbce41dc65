//! Decides which console the binary carries: the built one, or a page that says how to build it.
//!
//! `cargo build` alone must work, so a console that was not built is no error.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const NOT_BUILT: &str = include_str!("src/http/console_not_built.html");

fn main() -> io::Result<()> {
    let built = Path::new("../../console/dist");
    // A path that is not there would make cargo run this at every build. Vite empties the folder
    // and fills it again. Where the source cannot be written to, that is the price.
    let _ = fs::create_dir_all(built);
    println!("cargo:rerun-if-changed={}", built.display());
    println!("cargo:rerun-if-changed=src/http/console_not_built.html");
    let folder = if built.join("index.html").exists() {
        built.canonicalize()?
    } else {
        let output = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
        let folder = PathBuf::from(output).join("console");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), NOT_BUILT)?;
        folder
    };
    println!("cargo:rustc-env=HUBU_CONSOLE={}", folder.display());
    Ok(())
}
