//! The commands, one file each.

mod account;
mod completions;
mod customers;
mod doctor;
mod import;
mod link;
mod mappings;
mod pack;
mod records;
mod rows;
mod sample;
mod serve;

use anyhow::Result;
use clap::Subcommand;
use server::protection::Shown;
use server::{OpenStoreError, Store, packs};

use crate::language::Language;
use crate::settings::Settings;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve API and console
    Serve(serve::Arguments),
    /// Import a file of customer records
    Import(import::Arguments),
    /// Keep what the columns of a source's files mean
    #[command(subcommand)]
    Mappings(mappings::Command),
    /// Show records, masked; or dump the whole store
    Records(records::Arguments),
    /// Find and show customers, masked
    Customers(customers::Arguments),
    /// Prove that the store holds what was written, and that what is derived follows from it
    Doctor(doctor::Arguments),
    /// Make an invented customer book with the truth beside it
    Sample(sample::Arguments),
    /// Keep the accounts that may sign in
    #[command(subcommand)]
    Account(account::Command),
    /// Find which records of files are one customer
    Link(link::Arguments),
    #[command(flatten)]
    Rows(rows::Command),
    /// Check, compare and try rule packs
    #[command(subcommand)]
    Pack(pack::Command),
    /// Write completions for a shell to standard output
    Completions(completions::Arguments),
}

impl Command {
    /// Does it. What asks no store is done without the threads that a store wants.
    pub fn run_to_end(self, session: Session) -> Result<()> {
        match self {
            Self::Rows(command) => command.run(&session),
            Self::Link(arguments) => link::run(&session, arguments),
            Self::Pack(command) if !command.needs_store() => pack::run(&session, &command),
            command => crate::runtime()?.block_on(command.run(session)),
        }
    }

    /// Does it.
    async fn run(self, session: Session) -> Result<()> {
        match self {
            Self::Serve(arguments) => serve::run(session, arguments).await,
            Self::Import(arguments) => import::run(session, arguments).await,
            Self::Mappings(command) => mappings::run(session, command).await,
            Self::Records(arguments) => records::run(session, arguments).await,
            Self::Customers(arguments) => customers::run(session, arguments).await,
            Self::Doctor(arguments) => doctor::run(session, arguments).await,
            Self::Sample(arguments) => sample::run(session, arguments).await,
            Self::Account(command) => account::run(session, command).await,
            Self::Rows(command) => command.run(&session),
            Self::Link(arguments) => link::run(&session, arguments),
            Self::Pack(command) => pack::run_with_store(session, command).await,
            Self::Completions(arguments) => completions::run(&arguments),
        }
    }
}

/// What every command works with.
#[derive(Debug)]
pub struct Session {
    /// The settings.
    pub settings: Settings,
    /// What messages and reports are written in.
    pub language: Language,
    /// Whether reports are JSON.
    pub json: bool,
}

impl Session {
    /// A session with these settings.
    pub fn new(settings: Settings, json: bool) -> Self {
        let language = settings.language.unwrap_or_else(Language::of_environment);
        Self {
            settings,
            language,
            json,
        }
    }

    /// Opens the store.
    pub async fn open(&self) -> Result<Store> {
        Ok(self.try_open().await?)
    }

    /// Opens the store to show values of it, masked as the packs in force say.
    pub async fn open_to_show(&self) -> Result<Store> {
        let store = self.open().await?;
        packs::mask_by_packs(&store).await?;
        Ok(store)
    }

    /// Opens the store, for whoever has an answer when another process holds it.
    pub async fn try_open(&self) -> Result<Store, OpenStoreError> {
        Store::open(&self.settings.store_options()).await
    }
}

/// What may be shown, as text.
fn shown(value: &Shown) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}
