//! Names of persons: Chinese characters with sounds and shapes, syllables with their spellings, words that are names.

mod cantonese;
mod characters;
mod mandarin;
mod syllables;
mod unihan;
mod words;

use anyhow::Result;

use super::package::Folders;
use super::{Family, Source, Table, sources};

pub const CHARACTERS: Family = Family {
    name: "characters",
    sources: &[Source {
        package: &sources::UNICODE,
        taken: "Mandarin and Cantonese readings, variants, phonetic groups, four-corner and Cangjie codes, strokes",
    }],
    make: make_characters,
};

pub const WORDS: Family = Family {
    name: "words of names",
    sources: &[
        Source {
            package: &sources::RIGOUR,
            taken: "spellings of one given name or surname in many languages and scripts, as Wikidata (CC0) has them",
        },
        Source {
            package: &sources::NICKNAMES,
            taken: "English names and their short forms",
        },
        Source {
            package: &sources::NAMES,
            taken: "frequencies of surnames and given names in the census of the United States (public domain)",
        },
    ],
    make: words::make,
};

fn make_characters(folders: &Folders) -> Result<Vec<Table>> {
    let unihan = unihan::read(folders)?;
    let made = characters::make(&unihan)?;
    let mut tables = syllables::make(&made.mandarin, &made.cantonese)?;
    tables.push(made.table);
    Ok(tables)
}
