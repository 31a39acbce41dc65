//! The Unihan database: fields of characters.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::super::package::Folders;
use super::super::sources;

const FILES: [&str; 4] = ["Readings", "Variants", "DictionaryLikeData", "IRGSources"];

/// The fields that tables are made from.
const FIELDS: [&str; 12] = [
    "kMandarin",
    "kHanyuPinlu",
    "kTGHZ2013",
    "kXHC1983",
    "kHanyuPinyin",
    "kCantonese",
    "kPhonetic",
    "kFourCornerCode",
    "kCangjie",
    "kTotalStrokes",
    "kTraditionalVariant",
    "kSimplifiedVariant",
];

/// Characters with their fields.
pub struct Unihan(BTreeMap<char, BTreeMap<&'static str, String>>);

impl Unihan {
    /// The words of a field; none if the character does not have it.
    pub fn words(&self, character: char, field: &str) -> impl Iterator<Item = &str> {
        self.0
            .get(&character)
            .and_then(|fields| fields.get(field))
            .into_iter()
            .flat_map(|value| value.split(' '))
    }

    /// The characters that a field names as `U+5F35`.
    pub fn characters(&self, character: char, field: &str) -> impl Iterator<Item = char> {
        self.words(character, field).filter_map(code_point)
    }
}

pub fn read(folders: &Folders) -> Result<Unihan> {
    let mut unihan = BTreeMap::new();
    for file in FILES {
        let path = format!("usr/share/unicode/Unihan_{file}.txt.bz2");
        let text = folders.bzip2_text(&sources::UNICODE, &path)?;
        for line in text.lines().filter(|line| line.starts_with("U+")) {
            let mut columns = line.splitn(3, '\t');
            let (code, field, value) = (columns.next(), columns.next(), columns.next());
            let field = field.and_then(|field| FIELDS.iter().find(|known| **known == field));
            let (Some(character), Some(field), Some(value)) =
                (code.and_then(code_point), field, value)
            else {
                continue;
            };
            let fields: &mut BTreeMap<_, _> = unihan.entry(character).or_default();
            fields.insert(*field, value.to_owned());
        }
    }
    unihan.get(&'张').context("Unihan lacks 张")?;
    Ok(Unihan(unihan))
}

fn code_point(text: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(text.strip_prefix("U+")?, 16).ok()?)
}
