//! Where eras lead over any number of steps.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::history::{Era, OPEN};
use super::succession::{Basis, Successors};

/// For each era what is in force of it today, over any number of steps, with the weakest basis on the way.
pub fn today(eras: &[Era], successors: &Successors) -> Result<Successors> {
    let mut order: Vec<usize> = (0..eras.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(eras[*place].last));
    let mut today: Successors = vec![Vec::new(); eras.len()];
    for place in order {
        let mut reached: BTreeMap<usize, Basis> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (next, basis) in &successors[place] {
            ensure!(
                eras[*next].last > eras[place].last && seen.insert(*next),
                "{:?} cannot follow {:?}",
                eras[*next],
                eras[place]
            );
            let ends: &[(usize, Basis)] = match eras[*next].last {
                OPEN => &[(*next, Basis::Renamed)],
                _ => &today[*next],
            };
            for (end, further) in ends {
                let weakest = (*basis).max(*further);
                let known = reached.entry(*end).or_insert(weakest);
                *known = (*known).min(weakest);
            }
        }
        today[place] = reached.into_iter().collect();
    }
    Ok(today)
}
