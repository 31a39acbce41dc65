//! A mapping in a TOML or JSON file.

use std::path::Path;

use anyhow::Result;
use domain::Text;
use domain::intake::Mapping;

use crate::failure::Refusal;

/// Whether this names a file that could hold a mapping.
pub fn is_file_name(name: &str) -> bool {
    is_json(Path::new(name)) || has_extension(Path::new(name), "toml")
}

/// Reads a mapping.
pub fn read(path: &Path) -> Result<Mapping> {
    let wrong = |problem: String| {
        Refusal::bad_input(Text::new(
            format!("字段映射 {}：{problem}", path.display()),
            format!("the mapping {}: {problem}", path.display()),
        ))
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let mapping = if is_json(path) {
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?
    } else {
        toml::from_str(&text).map_err(|error| wrong(error.to_string()))?
    };
    Ok(mapping)
}

fn is_json(path: &Path) -> bool {
    has_extension(path, "json")
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
