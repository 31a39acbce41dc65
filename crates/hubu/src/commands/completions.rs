//! `hubu completions`: what a shell needs to complete commands.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which shell
    shell: Shell,
}

/// Writes the completions.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every command gives the same answer"
)]
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut command = crate::arguments::Arguments::command();
    clap_complete::generate(
        arguments.shell,
        &mut command,
        "hubu",
        &mut std::io::stdout(),
    );
    Ok(())
}
