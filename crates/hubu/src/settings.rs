//! Settings: flags before environment before one TOML file before defaults.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use domain::Text;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use server::StoreOptions;
use storage::Durability;

use crate::arguments::GlobalOptions;
use crate::failure::Refusal;
use crate::language::Language;

const FILE_NAME: &str = "hubu.toml";
/// Variables of the environment that are settings; others with the prefix are not.
const VARIABLES: [&str; 7] = [
    "data",
    "database_url",
    "durability",
    "language",
    "listen",
    "secure_cookie",
    "log",
];

/// Everything that an institution may set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder of the embedded store, of the master key and of uploads.
    pub data: PathBuf,
    /// A `postgres://` address; none for the embedded store.
    #[serde(default)]
    pub database_url: Option<String>,
    /// What a commit survives.
    pub durability: DurabilityName,
    /// The language of messages; none goes by the environment.
    #[serde(default)]
    pub language: Option<Language>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Whether the session cookie is sent over TLS only.
    pub secure_cookie: bool,
    /// What is logged, as `tracing` filters write it.
    pub log: String,
}

/// The durabilities by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DurabilityName {
    /// Survives kill -9.
    Process,
    /// Survives loss of power.
    Power,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("hubu-data"),
            database_url: None,
            durability: DurabilityName::Process,
            language: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 7800)),
            secure_cookie: false,
            log: "warn".to_owned(),
        }
    }
}

impl Settings {
    /// Reads them from everywhere. A value that does not fit names where it came from.
    pub fn read(flags: &GlobalOptions) -> Result<Self> {
        let layers = Figment::from(Serialized::defaults(Self::default()));
        let outside = |layers: Figment| {
            layers
                .merge(Env::prefixed("HUBU_").only(&VARIABLES))
                .merge(Serialized::defaults(flags))
        };
        let wrong = |error: figment::Error| {
            Refusal::bad_input(Text::new(
                format!("设置有误：{error}"),
                format!("the settings: {error}"),
            ))
        };
        let mut file = file_of(flags)?;
        if file.is_none() {
            // The data folder itself may hold the file, so it is asked for first.
            let folder: PathBuf = outside(layers.clone())
                .extract_inner("data")
                .map_err(wrong)?;
            file = found_file(&folder);
        }
        let layers = match file {
            Some(file) => layers.merge(Toml::file_exact(file)),
            None => layers,
        };
        Ok(outside(layers).extract().map_err(wrong)?)
    }

    /// How to open the store.
    pub fn store_options(&self) -> StoreOptions {
        StoreOptions {
            folder: self.data.clone(),
            database_url: self.database_url.clone(),
            durability: match self.durability {
                DurabilityName::Process => Durability::Process,
                DurabilityName::Power => Durability::Power,
            },
        }
    }
}

/// The file that somebody named, which must then be there.
fn file_of(flags: &GlobalOptions) -> Result<Option<PathBuf>> {
    let named = flags
        .config
        .clone()
        .or_else(|| std::env::var_os("HUBU_CONFIG").map(PathBuf::from));
    match named {
        Some(file) if !file.is_file() => Err(Refusal::bad_input(Text::new(
            format!("没有设置文件 {}", file.display()),
            format!("there is no settings file {}", file.display()),
        ))
        .into()),
        named => Ok(named),
    }
}

fn found_file(folder: &Path) -> Option<PathBuf> {
    [folder.join(FILE_NAME), PathBuf::from(FILE_NAME)]
        .into_iter()
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(data: &Path) -> GlobalOptions {
        GlobalOptions {
            data: Some(data.to_owned()),
            database_url: None,
            durability: None,
            config: None,
            language: None,
            json: false,
        }
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = "durability = \"power\"\nlisten = \"127.0.0.1:9\"\nlanguage = \"en\"\n";
        std::fs::write(folder.path().join(FILE_NAME), file).unwrap();
        let mut flags = flags(folder.path());
        flags.language = Some(Language::Zh);
        let settings = Settings::read(&flags).unwrap();
        assert_eq!(settings.durability, DurabilityName::Power);
        assert_eq!(settings.listen.port(), 9);
        assert_eq!(settings.language, Some(Language::Zh));
        assert_eq!(settings.log, "warn");
    }

    #[test]
    fn a_setting_nobody_knows_is_refused_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "lissen = \"127.0.0.1:9\"\n").unwrap();
        let error = Settings::read(&flags(folder.path()))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("lissen") && error.contains(FILE_NAME),
            "{error}"
        );
    }
}
