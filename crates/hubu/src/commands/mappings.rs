//! `hubu mappings`: what the columns of a source's files mean, saved under a name.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json;
use server::access::Actor;
use server::intake::save_mapping;
use server::register::find_source;

use crate::commands::Session;
use crate::commands::import::mapping_file;
use crate::output;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Save a mapping; one of the same name is replaced
    Save {
        /// The source
        #[arg(long, value_name = "NAME")]
        source: String,
        /// What it is called
        #[arg(long)]
        name: String,
        /// The mapping, as TOML or JSON
        file: PathBuf,
    },
}

/// Saves.
pub async fn run(session: Session, command: Command) -> Result<()> {
    let Command::Save { source, name, file } = command;
    let mapping = mapping_file::read(&file)?;
    let store = session.open().await?;
    let mut transaction = store.database.read().await?;
    let source = find_source(&mut transaction, &source).await?;
    drop(transaction);
    save_mapping(&store, &Actor::operator().name, &source, &name, &mapping).await?;
    if session.json {
        return output::json(&json!({ "source": source.said.code, "mapping": name }));
    }
    output::line(&session.language.choose(
        format!("已保存来源 {} 的字段映射 {name}", source.said.code),
        format!("saved the mapping {name} of {}", source.said.code),
    ))
}
