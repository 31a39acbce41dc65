//! Where prefectures went when they ended.

use std::collections::BTreeMap;

use super::history::OPEN;
use super::place_name::is_collective;
use super::succession::{Basis, Finder, Level, level};

impl Finder<'_> {
    /// A prefecture went where its counties went, most of them first; by name only if it had none.
    pub fn prefectures(&mut self) {
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
