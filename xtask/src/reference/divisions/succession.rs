//! Which era followed which: published decisions first, then what names and years tell.

use anyhow::{Context, Result, bail};

use super::super::package::Folders;
use super::super::sources::JIONLP;
use super::history::{Change, Era, OPEN};
use super::place_name::{is_collective, stem};

/// How it is known that one era followed another; the weaker stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The code stayed and its name changed.
    Renamed = 0,
    /// A published decision says so.
    Decided = 1,
    /// The same place name stands under another code in the next list.
    SameName = 2,
    /// It is the only one, or the one whose name begins alike, that began where this one ended; for a prefecture, where its
    /// counties went.
    Inferred = 3,
}

/// For each era the eras that followed, by their places in the list.
pub type Successors = Vec<Vec<(usize, Basis)>>;

/// Finds the successors of every era that ended.
pub fn successors(folders: &Folders, eras: &[Era], changes: &[Change]) -> Result<Successors> {
    let mut finder = Finder::new(eras);
    finder.decided(changes)?;
    finder.announced(&folders.text(&JIONLP, "jionlp/dictionary/china_location_change.txt")?)?;
    finder.each(Finder::renamed);
    finder.each(Finder::same_name);
    finder.each(Finder::renamed_in_place);
    finder.each(Finder::absorbed);
    finder.prefectures();
    finder.each(Finder::begins_alike);
    finder.each(Finder::only_one);
    finder.each(Finder::part_of_city);
    finder.prefectures();
    Ok(finder.found)
}

pub struct Finder<'eras> {
    pub eras: &'eras [Era],
    pub stems: Vec<&'eras str>,
    pub found: Successors,
    /// Which eras something is known to have come before.
    followed: Vec<bool>,
}

impl<'eras> Finder<'eras> {
    fn new(eras: &'eras [Era]) -> Self {
        Self {
            eras,
            stems: eras.iter().map(|era| stem(&era.name)).collect(),
            found: vec![Vec::new(); eras.len()],
            followed: vec![false; eras.len()],
        }
    }

    /// The era of a code that stands in the list of a year.
    pub fn at(&self, code: u32, year: u16) -> Option<usize> {
        let start = self.eras.partition_point(|era| era.code < code);
        let of_code = self.eras[start..].iter().take_while(|era| era.code == code);
        let place = of_code
            .enumerate()
            .filter(|(_, era)| (era.first..=era.last).contains(&year))
            .last()?;
        Some(start + place.0)
    }

    /// The era of a code that ended before a year.
    fn ended(&self, code: u32, year: u16) -> Option<usize> {
        let found = self.at(code, year - 1)?;
        (self.eras[found].last == year - 1).then_some(found)
    }

    fn add(&mut self, from: usize, to: usize, basis: Basis) {
        if !self.found[from].iter().any(|(known, _)| *known == to) {
            self.found[from].push((to, basis));
            self.followed[to] = true;
        }
    }

    fn decided(&mut self, changes: &[Change]) -> Result<()> {
        for change in changes {
            let (Some(old), Some(new)) = (change.ended, change.begun) else {
                continue;
            };
            let year = change.year;
            let Some(from) = self.ended(old, year) else {
                bail!("changes.tsv: {old} does not end before {year}");
            };
            let Some(to) = self.at(new, year) else {
                bail!("changes.tsv: {new} is not there in {year}");
            };
            self.add(from, to, Basis::Decided);
        }
        Ok(())
    }

    /// The decisions that a package lists by name, county level only; lines whose names no list has are left out.
    fn announced(&mut self, text: &str) -> Result<()> {
        for line in text.lines() {
            let (old, new) = line.split_once("=>").with_context(|| line.to_owned())?;
            let old: Vec<&str> = old.split('\t').collect();
            let new: Vec<&str> = new.split('\t').collect();
            let (Some(date), Some(province)) = (old.first(), old.get(2)) else {
                bail!("`{line}`");
            };
            let ([.., old_county, _], [_, city, county]) = (&old[..], &new[..]) else {
                continue;
            };
            let year: u16 = date.get(..4).context("no year")?.parse()?;
            let from = self.named(province, old.get(4).copied(), old_county, |era| {
                era.last == year - 1 || era.last == year
            });
            let to = self.named(province, Some(city), county, |era| {
                era.first <= year + 1 && era.last > year
            });
            if let (Some(from), Some(to)) = (from, to)
                && self.follows(from, to)
                && self.found[from].is_empty()
            {
                self.add(from, to, Basis::Decided);
            }
        }
        Ok(())
    }

    /// The only county of a name in a province, in a city of a name, that satisfies a condition.
    fn named(
        &self,
        province: &str,
        city: Option<&str>,
        county: &str,
        wanted: impl Fn(&Era) -> bool,
    ) -> Option<usize> {
        let province = self.eras.iter().find(|era| era.name == province)?.code / 10_000;
        let mut found = (0..self.eras.len()).filter(|place| {
            let era = &self.eras[*place];
            let in_city = || {
                let above = self.at(era.code / 100 * 100, era.first.max(era.last.min(2100)));
                city.is_none_or(|city| above.is_some_and(|above| self.eras[above].name == city))
            };
            era.code / 10_000 == province && era.name == county && wanted(era) && in_city()
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Whether an era is there in the first list that another is not in any more.
    pub fn follows(&self, from: usize, to: usize) -> bool {
        let (from, to) = (&self.eras[from], &self.eras[to]);
        from.last != OPEN && to.first <= from.last + 1 && to.last > from.last
    }

    /// Asks a rule about each era that ended, names a place and has no successor yet.
    fn each(&mut self, rule: fn(&Self, usize) -> Option<(usize, Basis)>) {
        let answers: Vec<_> = (0..self.eras.len())
            .filter(|place| {
                let era = &self.eras[*place];
                era.last != OPEN && !is_collective(&era.name) && self.found[*place].is_empty()
            })
            .filter_map(|place| Some((place, rule(self, place)?)))
            .collect();
        for (from, (to, basis)) in answers {
            self.add(from, to, basis);
        }
    }

    fn next_of_code(&self, place: usize) -> Option<usize> {
        let (era, next) = (&self.eras[place], self.eras.get(place + 1)?);
        (next.code == era.code && next.first == era.last + 1).then_some(place + 1)
    }

    fn renamed(&self, place: usize) -> Option<(usize, Basis)> {
        let next = self.next_of_code(place)?;
        (self.stems[next] == self.stems[place]).then_some((next, Basis::Renamed))
    }

    fn renamed_in_place(&self, place: usize) -> Option<(usize, Basis)> {
        Some((self.next_of_code(place)?, Basis::Renamed))
    }

    /// The same place name under another code that began: rather the very same name, rather of the same level, rather in the
    /// same prefecture; several that are equally good answer nothing.
    fn same_name(&self, place: usize) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        let mut group = self.alike(place, |other| {
            let begun = &self.eras[other];
            let rises = begun.name == era.name && begun.name.ends_with('市');
            begun.first >= era.last && (level(begun.code) == level(era.code) || rises)
        });
        if is_district(&era.name) {
            let anywhere = begun_once(&era.name) && self.next_of_code(place).is_none();
            group.retain(|other| {
                let begun = &self.eras[*other];
                begun.name.ends_with(['区', '县'])
                    && (self.same_prefecture(place, *other) || anywhere && begun.name == era.name)
            });
        }
        narrow(&mut group, |other| self.eras[*other].listed);
        narrow(&mut group, |other| self.eras[*other].name == era.name);
        narrow(&mut group, |other| {
            level(self.eras[*other].code) == level(era.code)
        });
        narrow(&mut group, |other| self.same_prefecture(place, *other));
        only_of(group).map(|to| (to, Basis::SameName))
    }

    /// A county that went into the city of the same name that was there before, or whose new code was already there.
    fn absorbed(&self, place: usize) -> Option<(usize, Basis)> {
        let group = self.alike(place, |other| {
            let city = &self.eras[other];
            let same = city.name == self.eras[place].name;
            level(city.code) == Level::County && (same || city.name.ends_with('市'))
        });
        let mut group = group;
        if is_district(&self.eras[place].name) {
            group.retain(|other| {
                let same = self.eras[*other].name == self.eras[place].name;
                same && self.same_prefecture(place, *other)
            });
        }
        narrow(&mut group, |other| {
            self.eras[*other].name == self.eras[place].name
        });
        let is_county = level(self.eras[place].code) == Level::County;
        let only = only_of(group).filter(|_| is_county);
        only.map(|to| (to, Basis::SameName))
    }

    /// A county of which only the city of the same name around it is known to have gone on.
    fn part_of_city(&self, place: usize) -> Option<(usize, Basis)> {
        let group = self.alike(place, |other| {
            let city = &self.eras[other];
            level(city.code) == Level::Prefecture && city.name.ends_with('市')
        });
        let is_county = level(self.eras[place].code) == Level::County;
        only_of(group)
            .filter(|_| is_county)
            .map(|to| (to, Basis::Inferred))
    }

    /// The eras of the same place name in the province that were there when an era ended, and satisfy a condition.
    fn alike(&self, place: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.eras.len())
            .filter(|other| {
                self.stems[*other] == self.stems[place]
                    && self.eras[*other].code != self.eras[place].code
                    && self.follows(place, *other)
                    && self.same_province(place, *other)
                    && wanted(*other)
            })
            .collect()
    }

    fn same_province(&self, place: usize, other: usize) -> bool {
        let (old, new) = (
            self.eras[place].code / 10_000,
            self.eras[other].code / 10_000,
        );
        // 海南 came from 广东 in 1988, 重庆 from 四川 in 1997.
        old == new || matches!((old, new), (44, 46) | (51, 50))
    }

    /// Whether two counties lie in one prefecture, or in two of one place name, or the second in one that followed.
    fn same_prefecture(&self, place: usize, other: usize) -> bool {
        let (old, new) = (&self.eras[place], &self.eras[other]);
        if old.code / 100 == new.code / 100 {
            return true;
        }
        let above = |code: u32, year: u16| {
            let prefecture = self.at(code / 100 * 100, year);
            prefecture
                .filter(|found| !is_collective(&self.eras[*found].name))
                .or_else(|| self.at(code / 10_000 * 10_000, year))
        };
        let year = old.last.min(new.last);
        let (Some(before), Some(after)) = (above(old.code, year), above(new.code, year + 1)) else {
            return false;
        };
        self.stems[before] == self.stems[after]
            || self.found[before]
                .iter()
                .any(|(followed, _)| *followed == after)
    }

    /// 通县 and 通州区: a county of one character, and the only one that began in the province whose name begins alike.
    fn begins_alike(&self, place: usize) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        self.only(place, |other| {
            let begun = &self.eras[other].name;
            let rest = begun.strip_prefix(self.stems[place]).unwrap_or_default();
            era.name.chars().count() == 2
                && matches!(
                    rest,
                    "州市" | "州区" | "县市" | "县区" | "城市" | "城区" | "泽区"
                )
        })
    }

    /// The only one without a predecessor that began nearby, where this is the only one without a successor that ended.
    fn only_one(&self, place: usize) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        let mut also_ended = (0..self.eras.len()).filter(|other| {
            let found = &self.eras[*other];
            found.last == era.last
                && level(found.code) == Level::County
                && self.found[*other].is_empty()
                && !is_collective(&found.name)
                && found.code / 100 == era.code / 100
        });
        if also_ended.nth(1).is_some() {
            return None;
        }
        self.only(place, |other| self.same_prefecture(place, other))
    }

    fn only(&self, place: usize, wanted: impl Fn(usize) -> bool) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        let mut group = (0..self.eras.len()).filter(|other| {
            let begun = &self.eras[*other];
            level(era.code) == Level::County
                && level(begun.code) == Level::County
                && begun.first == era.last + 1
                && begun.code / 10_000 == era.code / 10_000
                && !is_collective(&begun.name)
                && !self.followed[*other]
                && wanted(*other)
        });
        let only = group.next()?;
        group.next().is_none().then_some((only, Basis::Inferred))
    }
}

/// Whether a name is that of a district of a city.
fn is_district(name: &str) -> bool {
    name.ends_with('区') && !name.ends_with("地区") && !name.ends_with("林区")
}

/// Whether a district of that name that begins in a province when one ends there is the same: not one of the names that every city uses.
fn begun_once(name: &str) -> bool {
    const EVERYWHERE: [&str; 11] = [
        "郊区",
        "城区",
        "市中区",
        "市区",
        "矿区",
        "新区",
        "城关区",
        "东区",
        "西区",
        "南区",
        "北区",
    ];
    !EVERYWHERE.contains(&name)
}

fn only_of(group: Vec<usize>) -> Option<usize> {
    <[usize; 1]>::try_from(group).ok().map(|[only]| only)
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Province,
    Prefecture,
    County,
}

pub fn level(code: u32) -> Level {
    match (code % 10_000, code % 100) {
        (0, _) => Level::Province,
        (_, 0) => Level::Prefecture,
        _ => Level::County,
    }
}

fn narrow(group: &mut Vec<usize>, wanted: impl Fn(&usize) -> bool) {
    if group.iter().any(&wanted) {
        group.retain(wanted);
    }
}
