//! Countries and territories of ISO 3166-1.
//!
//! `countries.bin`: 676 rows by the two letters (`AA` to `ZZ`) and 1,000 rows by the number, each one byte that says the place of a
//! record (255: none); then the records of 11 bytes, sorted by the three letters: two letters, three letters, number,
//! place of the Chinese and of the English name in `countries.txt`, two bytes each.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::binary::{Records, TextPool};
use super::package::Folders;
use super::{Family, Source, Table, sources};

pub const FAMILY: Family = Family {
    name: "countries",
    sources: &[Source {
        package: &sources::ISO_COUNTRIES,
        taken: "codes, Chinese and English names; not Kosovo, whose code is no part of the standard",
    }],
    make,
};

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let read = |path: &str| -> Result<Value> {
        let text = folders.text(&sources::ISO_COUNTRIES, path)?;
        Ok(serde_json::from_str(&text)?)
    };
    let [codes, chinese, english] = [
        read("codes.json")?,
        read("langs/zh.json")?,
        read("langs/en.json")?,
    ];
    let mut countries = BTreeMap::new();
    for code in codes.as_array().context("codes are a list")? {
        let text = |place: usize| code[place].as_str().context("codes are texts");
        let (two, three, number) = (text(0)?, text(1)?, text(2)?.parse::<u16>()?);
        ensure!(
            two.len() == 2 && three.len() == 3 && number < 1000,
            "codes of {two}"
        );
        if two != "XK" {
            countries.insert(three, (two, number));
        }
    }
    let mut names = TextPool::default();
    let mut records = Records::new(11);
    let mut by_letters = vec![u8::MAX; 26 * 26];
    let mut by_number = vec![u8::MAX; 1000];
    for (row, (three, (two, number))) in countries.iter().enumerate() {
        let row = u8::try_from(row)?;
        let letters = two.as_bytes();
        by_letters[usize::from(letters[0] - b'A') * 26 + usize::from(letters[1] - b'A')] = row;
        by_number[usize::from(*number)] = row;
        let mut place = |names_of: &Value| -> Result<[u8; 2]> {
            let name =
                first(&names_of["countries"][*two]).with_context(|| format!("no name of {two}"))?;
            Ok(u16::try_from(names.place(name)?)?.to_le_bytes())
        };
        let places = [place(&chinese)?, place(&english)?];
        records.push(&[
            letters,
            three.as_bytes(),
            &number.to_le_bytes(),
            &places[0],
            &places[1],
        ])?;
    }
    let rows = records.len();
    Ok(vec![
        Table {
            path: "crates/identifiers/tables/countries.bin",
            what: "a country or territory with its codes, behind two indices",
            rows,
            bytes: [by_letters, by_number, records.into_bytes()].concat(),
        },
        Table {
            path: "crates/identifiers/tables/countries.txt",
            what: "a name, behind a byte that says its length",
            rows: names.len(),
            bytes: names.into_bytes(),
        },
    ])
}

/// A name, or the first of several, which is the usual one.
fn first(names: &Value) -> Option<&str> {
    names.as_str().or_else(|| names.get(0)?.as_str())
}
