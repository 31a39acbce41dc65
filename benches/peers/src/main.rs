//! `cargo xtask bench peers`: makes the environments of all peers and says what lies in them, so
//! that a later benchmark measures and does not install.

use anyhow::Result;
use peers::{Environment, Peers};

fn main() -> Result<()> {
    for peers in Peers::ALL {
        let environment = Environment::open(peers)?;
        println!("{}:", environment.folder().display());
        for package in environment.packages()? {
            println!("  {package}");
        }
    }
    Ok(())
}
