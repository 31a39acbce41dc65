//! Words that the names of organisations are made of: places, trades, legal forms, short names.
//!
//! `organisation.bin` is a tree of characters (see `trie`). Chinese trades, places beyond the divisions and irregular short names are
//! written down in the folder of this module with the rules that they follow; the rest comes from packages.

mod divisions;
mod folding;
mod trie;
mod words;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::package::Folders;
use super::{Family, Source, Table, literal, sources};
use trie::Entry;
use words::{Class, Level, Words, listed, rows};

const TRADES: &str = include_str!("organisation/trades.tsv");
const LEGAL_FORMS: &str = include_str!("organisation/legal_forms.tsv");
const PLACES: &str = include_str!("organisation/places.tsv");
const ABBREVIATIONS: &str = include_str!("organisation/abbreviations.tsv");

pub const FAMILY: Family = Family {
    name: "organisation",
    sources: &[
        Source {
            package: &sources::CHINA_DIVISION,
            taken: "names of provinces, cities and counties",
        },
        Source {
            package: &sources::ISO_COUNTRIES,
            taken: "names of countries in seven languages",
        },
        Source {
            package: &sources::RIGOUR,
            taken: "legal forms, words of trades in many languages, ordinal numbers; no name of a single organisation",
        },
    ],
    make,
};

/// Legal forms by the number that the engine knows them by, and the family that they belong to.
const FORMS: [(&str, u16); 14] = [
    ("CO", 1),
    ("LLC", 1),
    ("JSC", 1),
    ("LP", 2),
    ("GP", 2),
    ("LLP", 2),
    ("SP", 3),
    ("COOP", 4),
    ("SOE", 1),
    ("NGO", 5),
    ("FIN", 1),
    ("REL", 5),
    ("JV", 1),
    ("MIL", 5),
];

/// Codes of the package that stand for one organisation, or for no word of a name.
const LEFT_OUT: [&str; 11] = [
    "ALQAEDA",
    "CCP",
    "CIA",
    "HEZBOLLAH",
    "IRGC",
    "PLA",
    "TPB",
    "SOCALLED",
    "NAMED",
    "LIQUIDATION",
    "NBCO",
];

/// Words that join others.
const SMALL: &str = "the of and for in on at to a an de la el le les des du di da do dos das del della der die das dem den und \
    et e y von van och og i fi wa al ul ur ad as va na w z iz po s";

const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen twenty";

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let mut words = Words::default();
    add_legal_forms(&mut words);
    add_small_words_and_numbers(folders, &mut words)?;
    let concepts = add_trades(&mut words)?;
    add_abbreviations(&mut words)?;
    divisions::add(folders, &mut words)?;
    add_places(folders, &mut words)?;
    add_foreign_forms(folders, &mut words)?;
    add_foreign_trades(folders, &concepts, &mut words)?;
    let words = words.into_words();
    Ok(vec![Table {
        path: "crates/names/tables/organisation.bin",
        what: "a node of the tree of words, behind it the meanings",
        rows: words.len(),
        bytes: trie::bytes(&words)?,
    }])
}

fn add_legal_forms(words: &mut Words) {
    for row in rows(LEGAL_FORMS) {
        for word in listed(&row, 1).chain(listed(&row, 2)) {
            words.add(word, form(row[0]));
        }
    }
}

fn form(code: &str) -> Entry {
    let place = FORMS
        .iter()
        .position(|(known, _)| *known == code)
        .unwrap_or(0);
    Entry {
        class: Class::Form as u8,
        weight: 5,
        concept: u16::try_from(place + 1).unwrap_or(1),
        other: FORMS[place].1,
    }
}

fn add_small_words_and_numbers(folders: &Folders, words: &mut Words) -> Result<()> {
    let entry = |class: Class, concept| Entry {
        class: class as u8,
        weight: 0,
        concept,
        other: 0,
    };
    for word in SMALL.split_whitespace() {
        words.add(word, entry(Class::Small, 0));
    }
    for (number, word) in (0..).zip(NUMBERS.split_whitespace()) {
        words.add(word, entry(Class::Number, number));
    }
    let ordinals: Value = python(
        folders,
        "rigour/data/text/ordinals.py",
        "ORDINALS: Dict[int, Tuple[str, ...]] = ",
    )?;
    for (number, listed) in ordinals.as_object().context("ordinals by number")? {
        let number: u16 = number.parse()?;
        for word in listed
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            let spelled = word.chars().all(char::is_alphabetic) && word.chars().count() >= 4;
            let english = ["st", "nd", "rd", "th"]
                .iter()
                .any(|end| word == format!("{number}{end}"));
            if (spelled && !folding::is_chinese(word)) || english {
                words.add(word, entry(Class::Number, number));
            }
        }
    }
    Ok(())
}

/// The number of each code, by which words of several languages mean the same.
fn add_trades(words: &mut Words) -> Result<BTreeMap<&'static str, Entry>> {
    let mut concepts = BTreeMap::new();
    for (place, row) in rows(TRADES).enumerate() {
        let class = match row[1] {
            "t" => Class::Trade,
            "k" => Class::Kind,
            _ => Class::Generic,
        };
        let concept = u16::try_from(place + 1)?;
        let entry = Entry {
            class: class as u8,
            weight: row[2].parse()?,
            concept,
            other: 0,
        };
        concepts.insert(row[0], entry);
        for word in listed(&row, 3) {
            if matches!(class, Class::Kind) {
                words.add(word, entry);
            } else {
                words.add_longer(word, entry);
            }
        }
        for word in listed(&row, 4) {
            words.add(word, entry);
        }
    }
    Ok(concepts)
}

fn add_abbreviations(words: &mut Words) -> Result<()> {
    for (place, row) in rows(ABBREVIATIONS).enumerate() {
        let entry = Entry {
            class: Class::Known as u8,
            weight: 100,
            concept: u16::try_from(place + 1)?,
            other: 0,
        };
        for word in listed(&row, 0).chain(listed(&row, 1)) {
            words.add(word, entry);
        }
    }
    Ok(())
}

fn add_places(folders: &Folders, words: &mut Words) -> Result<()> {
    for row in rows(PLACES) {
        let name = listed(&row, 0)
            .chain(listed(&row, 1))
            .next()
            .context("a place has a name")?;
        let chinese = ["中国", "香港", "澳门", "台湾"].contains(&name);
        let level = if chinese {
            Level::Country
        } else {
            Level::Province
        };
        for word in listed(&row, 0).chain(listed(&row, 1)) {
            words.add_place(word, name, level, None)?;
        }
    }
    let read = |language: &str| -> Result<Value> {
        let text = folders.text(&sources::ISO_COUNTRIES, &format!("langs/{language}.json"))?;
        Ok(serde_json::from_str(&text)?)
    };
    let chinese = read("zh")?;
    for language in ["zh", "en", "es", "fr", "de", "pt", "ru"] {
        let names = read(language)?;
        for (code, names) in names["countries"].as_object().context("countries")? {
            let all = |names: &Value| -> Vec<String> {
                let several = names
                    .as_array()
                    .into_iter()
                    .flatten()
                    .chain(names.is_string().then_some(names));
                several
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect()
            };
            let Some(name) = all(&chinese["countries"][code]).into_iter().next() else {
                continue;
            };
            for word in all(names) {
                words.add_place(&word, &name, Level::Country, None)?;
            }
        }
    }
    Ok(())
}

fn add_foreign_forms(folders: &Folders, words: &mut Words) -> Result<()> {
    let forms: Value = python(
        folders,
        "rigour/data/names/org_types.py",
        "ORG_TYPES: List[OrgTypeSpec] = ",
    )?;
    for row in forms.as_array().context("forms are a list")? {
        let entry = form(row["generic"].as_str().unwrap_or("CO"));
        let texts = row["aliases"]
            .as_array()
            .into_iter()
            .flatten()
            .chain([&row["display"], &row["compare"]]);
        for word in texts.filter_map(Value::as_str) {
            words.add_longer(word, entry);
        }
    }
    Ok(())
}

fn add_foreign_trades(
    folders: &Folders,
    concepts: &BTreeMap<&str, Entry>,
    words: &mut Words,
) -> Result<()> {
    let mut next = u16::try_from(concepts.len() + 1)?;
    for group in ["ORG_SYMBOLS", "ORG_DOMAINS"] {
        let marker = format!("{group}: Dict[str, Tuple[str, ...]] = ");
        let symbols = python(folders, "rigour/data/names/data.py", &marker)?;
        for (code, listed) in symbols.as_object().context("symbols")? {
            if LEFT_OUT.contains(&code.as_str()) {
                continue;
            }
            let entry = match (code.as_str(), concepts.get(code.as_str())) {
                ("BRANCH" | "REPOFF", _) => Entry {
                    class: Class::Branch as u8,
                    weight: 10,
                    concept: 1,
                    other: 0,
                },
                (_, Some(entry)) => *entry,
                _ => {
                    next += 1;
                    Entry {
                        class: Class::Generic as u8,
                        weight: 30,
                        concept: next,
                        other: 0,
                    }
                }
            };
            for word in listed
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                words.add_longer(word, entry);
            }
        }
    }
    Ok(())
}

fn python(folders: &Folders, path: &str, marker: &str) -> Result<Value> {
    literal::value_behind(&folders.text(&sources::RIGOUR, path)?, marker)
}
