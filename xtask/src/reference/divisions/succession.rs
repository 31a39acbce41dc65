//! Which era followed which: published decisions first, then what names and years tell.

use std::collections::BTreeMap;

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
    finder.prefectures();
    finder.each(Finder::begins_alike);
    finder.each(Finder::only_one);
    finder.prefectures();
    Ok(finder.found)
}

struct Finder<'eras> {
    eras: &'eras [Era],
    stems: Vec<&'eras str>,
    found: Successors,
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
    fn at(&self, code: u32, year: u16) -> Option<usize> {
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
    fn follows(&self, from: usize, to: usize) -> bool {
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

    /// The same place name under another code: rather one that began, of the same level, in the same prefecture, of the
    /// very same name; several that are equally good answer nothing.
    fn same_name(&self, place: usize) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        let is_district = era.name.ends_with('区') && !era.name.ends_with("地区");
        let alike: Vec<usize> = (0..self.eras.len())
            .filter(|other| {
                self.stems[*other] == self.stems[place]
                    && self.eras[*other].code != era.code
                    && self.follows(place, *other)
                    && (self.same_province(place, *other))
                    && (!is_district || self.same_prefecture(place, *other))
            })
            .collect();
        let begun = |other: &usize| self.eras[*other].first >= era.last;
        let same_level = |other: &usize| level(self.eras[*other].code) == level(era.code);
        let groups: [&dyn Fn(&usize) -> bool; 4] = [
            &|other| begun(other) && same_level(other),
            &begun,
            &same_level,
            &|_| true,
        ];
        let group = groups.iter().find_map(|wanted| {
            let group: Vec<usize> = alike
                .iter()
                .copied()
                .filter(|other| wanted(other))
                .collect();
            (!group.is_empty()).then_some(group)
        })?;
        self.best(place, group).map(|to| (to, Basis::SameName))
    }

    fn best(&self, place: usize, mut group: Vec<usize>) -> Option<usize> {
        let era = &self.eras[place];
        narrow(&mut group, |other| self.same_prefecture(place, *other));
        narrow(&mut group, |other| self.eras[*other].name == era.name);
        <[usize; 1]>::try_from(group).ok().map(|[only]| only)
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

    /// 通县 and 通州区: a county of one character, and the only one that began nearby whose name begins alike.
    fn begins_alike(&self, place: usize) -> Option<(usize, Basis)> {
        let era = &self.eras[place];
        self.only(place, |other| {
            self.eras[other].name.starts_with(self.stems[place])
                && era.name.chars().count() == 2
                && self.same_prefecture(place, other)
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

    /// A prefecture went where its counties went, most of them first; by name only if it had none.
    fn prefectures(&mut self) {
        for place in 0..self.eras.len() {
            let era = &self.eras[place];
            let decided = self.found[place]
                .iter()
                .any(|(_, basis)| *basis < Basis::SameName);
            if level(era.code) != Level::Prefecture || era.last == OPEN || decided {
                continue;
            }
            let mut destinations: BTreeMap<usize, usize> = BTreeMap::new();
            for (county, to) in self.moves_of(place) {
                let year = self.eras[county].last + 1;
                let above = self.at(self.eras[to].code / 100 * 100, year);
                if let Some(above) = above.filter(|above| self.follows(place, *above))
                    && !is_collective(&self.eras[above].name)
                {
                    *destinations.entry(above).or_default() += 1;
                }
            }
            if destinations.is_empty() {
                continue;
            }
            let mut sorted: Vec<(usize, usize)> = destinations.into_iter().collect();
            sorted.sort_by_key(|(to, counties)| (std::cmp::Reverse(*counties), *to));
            let basis = |to: &usize| {
                let same = self.stems[*to] == self.stems[place];
                if same {
                    Basis::SameName
                } else {
                    Basis::Inferred
                }
            };
            self.found[place] = sorted.iter().map(|(to, _)| (*to, basis(to))).collect();
        }
    }

    /// The counties that left a prefecture when it ended, each with where it went.
    fn moves_of(&self, prefecture: usize) -> Vec<(usize, usize)> {
        let era = &self.eras[prefecture];
        let mut moves = Vec::new();
        for (county, below) in self.eras.iter().enumerate() {
            if below.code / 100 == era.code / 100
                && below.code != era.code
                && below.last == era.last
            {
                moves.extend(self.found[county].iter().map(|(to, _)| (county, *to)));
            }
        }
        moves
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    Prefecture,
    County,
}

fn level(code: u32) -> Level {
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
