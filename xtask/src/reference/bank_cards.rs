//! Banks by the first digits of their cards.
//!
//! - `bank_cards.bin`: stretches of ten-digit numbers, 7 bytes, sorted: first number (5, the highest
//!   byte first), place of its first issue (2). A stretch ends
//!   where the next one begins; the last one ends the issues.
//! - `bank_cards.issues.bin`: 5 bytes: digits of the prefix (1), digits of the card (1), kind (1: 0 debit, 1 credit, 2 semi-credit,
//!   3 prepaid), bank (2). Those of one stretch stand together, the longest prefix first.
//! - `banks.bin`: 6 bytes: place of the code and of the name in `banks.txt` (3 each), sorted by code.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};

use super::binary::{Records, TextPool};
use super::package::Folders;
use super::sources::BANKCARD;
use super::{Family, Source, Table, literal};

pub const FAMILY: Family = Family {
    name: "bank cards",
    sources: &[Source {
        package: &BANKCARD,
        taken: "banks, prefixes, kinds and lengths of cards",
    }],
    make,
};

/// How many digits of a card are looked at.
const DIGITS: usize = 10;

struct Issue {
    /// Prefix.
    digits: String,
    bank: String,
    kind: u8,
    length: u8,
}

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let text = folders.text(&BANKCARD, "dist/bankcard.esm.js")?;
    let banks = banks(&text)?;
    let issues = issues(&text)?;
    let mut names = TextPool::default();
    let mut bank_records = Records::new(6);
    for (code, name) in &banks {
        let places = [names.place(code)?, names.place(name)?].map(u32::to_le_bytes);
        bank_records.push(&[&places[0][..3], &places[1][..3]])?;
    }
    let codes: Vec<&String> = banks.keys().collect();
    let (mut stretches, mut found) = (Records::new(7), Records::new(5));
    let mut before: Vec<usize> = Vec::new();
    for start in starts(&issues)? {
        let here = issues_at(&issues, start)?;
        // A stretch that says the same as the one before it is a part of that one.
        if here == before && stretches.len() > 0 {
            continue;
        }
        let first = u16::try_from(found.len())?.to_le_bytes();
        stretches.push(&[&start.to_be_bytes()[3..], &first])?;
        for place in &here {
            let issue = &issues[*place];
            let bank = codes.binary_search(&&issue.bank).ok();
            let bank = bank.with_context(|| format!("{} is no bank", issue.bank))?;
            let prefix = u8::try_from(issue.digits.len())?;
            let bank = u16::try_from(bank)?.to_le_bytes();
            found.push(&[&[prefix, issue.length, issue.kind], &bank])?;
        }
        before = here;
    }
    Ok(vec![
        table(
            "bank_cards.bin",
            "a stretch of card numbers with one list of issues",
            stretches,
        ),
        table(
            "bank_cards.issues.bin",
            "a prefix of a bank, with kind and length of its cards",
            found,
        ),
        table("banks.bin", "a bank", bank_records),
        Table {
            path: "crates/identifiers/tables/banks.txt",
            what: "a code or name of a bank, behind a byte that says its length",
            rows: names.len(),
            bytes: names.into_bytes(),
        },
    ])
}

fn table(file: &str, what: &'static str, records: Records) -> Table {
    let path = match file {
        "bank_cards.bin" => "crates/identifiers/tables/bank_cards.bin",
        "banks.bin" => "crates/identifiers/tables/banks.bin",
        _ => "crates/identifiers/tables/bank_cards.issues.bin",
    };
    Table {
        path,
        what,
        rows: records.len(),
        bytes: records.into_bytes(),
    }
}

fn banks(text: &str) -> Result<BTreeMap<String, String>> {
    let mut banks = BTreeMap::new();
    let list = literal::value_behind(text, "var banks = ")?;
    for bank in list.as_array().context("banks are a list")? {
        let field = |name: &str| {
            bank[name]
                .as_str()
                .map(str::to_owned)
                .context(name.to_owned())
        };
        banks.insert(field("code")?, field("name")?);
    }
    Ok(banks)
}

fn issues(text: &str) -> Result<Vec<Issue>> {
    let list = literal::value_behind(text, "var bin = ")?;
    let mut issues = Vec::new();
    for entry in list.as_array().context("prefixes are a list")? {
        let field = |name: &str| {
            entry[name]
                .as_str()
                .map(str::to_owned)
                .context(name.to_owned())
        };
        let digits = field("bin")?;
        let is_prefix = (2..=DIGITS).contains(&digits.len());
        ensure!(
            is_prefix && digits.bytes().all(|digit| digit.is_ascii_digit()),
            "{digits}"
        );
        issues.push(Issue {
            bank: field("bank")?,
            kind: match field("type")?.as_str() {
                "DC" => 0,
                "CC" => 1,
                "SCC" => 2,
                "PC" => 3,
                other => bail!("kind {other} of {digits}"),
            },
            length: u8::try_from(entry["len"].as_u64().context("len")?)?,
            digits,
        });
    }
    Ok(issues)
}

/// The first and the last but one number of ten digits that begin with a prefix.
fn stretch(prefix: &str) -> Result<(u64, u64)> {
    let scale = 10_u64.pow(u32::try_from(DIGITS - prefix.len())?);
    let number: u64 = prefix.parse()?;
    Ok((number * scale, (number + 1) * scale))
}

/// Every number at which a prefix begins or ends.
fn starts(issues: &[Issue]) -> Result<BTreeSet<u64>> {
    let mut starts = BTreeSet::new();
    for issue in issues {
        let (first, end) = stretch(&issue.digits)?;
        starts.extend([first, end]);
    }
    Ok(starts)
}

/// The issues whose prefix a number begins with: the longest prefix first, then by length of the card and bank.
fn issues_at(issues: &[Issue], number: u64) -> Result<Vec<usize>> {
    let mut found = Vec::new();
    for (place, issue) in issues.iter().enumerate() {
        let (first, end) = stretch(&issue.digits)?;
        if (first..end).contains(&number) {
            found.push(place);
        }
    }
    found.sort_by_key(|place| {
        let issue = &issues[*place];
        (
            std::cmp::Reverse(issue.digits.len()),
            issue.length,
            &issue.bank,
        )
    });
    Ok(found)
}
