//! Weights without labels: how often each level occurs among all pairs, and among those that are one party.
//!
//! Fellegi and Sunter (1969). The chance of a level between strangers (u) is counted on random pairs and, for values
//! that are the same, on all values. The chance within a party (m) comes from expectation–maximisation over the
//! samples of all blocking rules at once: under each rule the fields that make its key are left out, because there
//! they agree by choice, and each rule has a share of matches of its own.

use std::ops::Range;

use crate::book::{Book, Field};
use crate::level::{Agreement, Level};
use crate::sampling::{Sample, random_pairs};

/// Rounds of expectation–maximisation.
const ROUNDS: usize = 25;

/// A number for each level of each field.
pub(crate) type Table = Vec<[f64; Level::COUNT]>;

/// How strangers who agree in one field agree in another.
#[derive(Clone)]
pub(crate) struct Dependence {
    /// The field that is looked at first.
    pub on: usize,
    /// The chance of each level of this field where that one agrees.
    pub chances: [f64; Level::COUNT],
}

/// What learning found.
pub(crate) struct Learnt {
    /// The chance of each level within a party.
    pub m: Table,
    /// The chance of each level between strangers.
    pub u: Table,
    /// On which other field each field hangs.
    pub dependences: Vec<Option<Dependence>>,
}

/// Learns from the samples of the rules, and from pairs that a person said to be one party.
pub(crate) fn learn(
    book: &Book,
    samples: &[Sample<'_>],
    labelled: &[[u32; 2]],
    seed: u64,
) -> Learnt {
    let u = between_strangers(book, seed);
    let m = first_guesses(u.len());
    let shares = vec![0.3; samples.len()];
    let (patterns, cells) = patterns(samples);
    let mut estimation = Estimation {
        samples,
        patterns,
        cells,
        labelled: labelled_levels(book, labelled),
        u: &u,
        m,
        shares,
        matches: vec![0.0; book.fields.len()],
    };
    for _ in 0..ROUNDS {
        estimation.round();
    }
    let dependences = dependences(&u, &estimation.among_strangers());
    let mut m = estimation.m;
    for ((field, m), matches) in book.fields.iter().zip(&mut m).zip(&estimation.matches) {
        spread(field, m, *matches);
    }
    Learnt { m, u, dependences }
}

fn between_strangers(book: &Book, seed: u64) -> Table {
    let pairs = random_pairs(book, seed);
    book.fields
        .iter()
        .enumerate()
        .map(|(field, column)| {
            let mut counts = [0.0; Level::COUNT];
            let mut known = 0.0_f64;
            for [left, right] in &pairs {
                let level = book.level(field, *left, *right);
                if level.is_known() {
                    counts[level.index()] += 1.0;
                    known += 1.0;
                }
            }
            smoothed(column, &counts, known.max(1.0))
        })
        .collect()
}

/// Chances of levels that random pairs are too few to show.
fn smoothed(field: &Field, counts: &[f64; Level::COUNT], known: f64) -> [f64; Level::COUNT] {
    let unseen = 0.3 / known;
    let mut chances = counts.map(|count| (count / known).max(unseen));
    for agreement in Agreement::ALL {
        let levels = agreement as usize * 8..agreement as usize * 8 + 8;
        if counts[levels.clone()].iter().all(|count| *count == 0.0) {
            chances[levels].fill(0.2 / known);
        }
    }
    let (mut present, mut alike) = (0_u64, [0_u128; 8]);
    for (count, rarity) in field.counts.iter().zip(&field.rarities) {
        let count = u64::from(*count);
        present += count;
        alike[usize::from(*rarity)] += u128::from(count * count.saturating_sub(1));
    }
    let (present, same) = (present as f64, Agreement::Same as usize * 8);
    for (rarity, alike) in (0_i32..).zip(alike) {
        // Of values so rare or so frequent that there are none, the chance to meet one twice.
        let unseen = UNSEEN_SHARE * (-f64::from(2 * rarity + 1)).exp2();
        chances[same + rarity as usize] = (alike as f64 / present / present).max(unseen);
    }
    chances
}

/// The share of the records that values of a rarity have of which there are none.
const UNSEEN_SHARE: f64 = 1e-7;
/// Matches that the shares of the values are worth beside the matches seen, when it is said which rarities agree.
const PRIOR_MATCHES: f64 = 5.0;

/// Within an agreement the rarities of matches are spread as the values are, unless many matches say otherwise.
fn spread(field: &Field, m: &mut [f64; Level::COUNT], matches: f64) {
    let shares = field.rarity_shares().map(|share| share + UNSEEN_SHARE);
    let agreements = field.plan.kind.agreements().iter();
    for agreement in agreements.filter(|agreement| field.plan.kind.has_rarity(**agreement)) {
        let levels = &mut m[*agreement as usize * 8..][..8];
        let all: f64 = levels.iter().sum();
        let seen = all * matches;
        for (level, share) in levels.iter_mut().zip(shares) {
            *level = all * (*level * matches + PRIOR_MATCHES * share) / (seen + PRIOR_MATCHES);
        }
    }
}

/// Pairs of one rule that agree alike.
struct Pattern {
    rule: usize,
    /// Where its cells stand among all.
    cells: Range<usize>,
    count: f64,
}

/// The patterns, and of each the places in a flat table of its fields and levels that are not there by choice.
fn patterns(samples: &[Sample<'_>]) -> (Vec<Pattern>, Vec<u32>) {
    let (mut patterns, mut cells) = (Vec::new(), Vec::new());
    for (rule, sample) in samples.iter().enumerate() {
        let mut sorted: Vec<&[u8]> = sample.patterns().collect();
        sorted.sort_unstable();
        for alike in sorted.chunk_by(|left, right| left == right) {
            let start = cells.len();
            cells.extend(learning(sample, alike[0]));
            patterns.push(Pattern {
                rule,
                cells: start..cells.len(),
                count: alike.len() as f64,
            });
        }
    }
    (patterns, cells)
}

/// The fields and levels of a pair that are not there by choice, as places in a flat table.
fn learning(sample: &Sample<'_>, levels: &[u8]) -> impl Iterator<Item = u32> {
    let keys = &sample.keys;
    let (left, right) = (keys.left.part.field, keys.right.map(|keys| keys.part.field));
    let levels = levels.iter().enumerate();
    levels
        .filter(move |(field, level)| {
            Level::of_byte(**level).is_known() && *field != left && Some(*field) != right
        })
        .map(|(field, level)| (field * Level::COUNT) as u32 + u32::from(*level))
}

/// The levels of pairs that are known to be one party.
fn labelled_levels(book: &Book, labelled: &[[u32; 2]]) -> Vec<Vec<(usize, usize)>> {
    let mut sorted: Vec<Vec<(usize, usize)>> = labelled
        .iter()
        .map(|[left, right]| {
            let level = |field| (field, book.level(field, *left, *right));
            let known = (0..book.fields.len()).map(level);
            let known = known.filter(|(_, level)| level.is_known());
            known.map(|(field, level)| (field, level.index())).collect()
        })
        .collect();
    sorted.sort_unstable();
    sorted
}

/// Expectation and maximisation in turn.
struct Estimation<'a> {
    samples: &'a [Sample<'a>],
    patterns: Vec<Pattern>,
    cells: Vec<u32>,
    /// The levels of pairs that are known to be one party.
    labelled: Vec<Vec<(usize, usize)>>,
    u: &'a Table,
    m: Table,
    /// The share of matches among the pairs of each rule.
    shares: Vec<f64>,
    /// How many matches each field was learnt from.
    matches: Vec<f64>,
}

impl Estimation<'_> {
    /// How many of the pairs of a pattern are expected to be matches.
    fn expected(&self, pattern: &Pattern, weights: &[f64]) -> f64 {
        let share = self.shares[pattern.rule];
        let odds = (share / (1.0 - share)).ln()
            + self
                .learning(pattern)
                .map(|cell| weights[cell])
                .sum::<f64>();
        pattern.count / (1.0 + (-odds).exp())
    }

    /// The fields and levels of a pattern that are not there by choice, as places in a flat table.
    fn learning(&self, pattern: &Pattern) -> impl Iterator<Item = usize> {
        let cells = self.cells[pattern.cells.clone()].iter();
        cells.map(|cell| *cell as usize)
    }

    fn weights(&self) -> Table {
        self.m
            .iter()
            .zip(self.u)
            .map(|(m, u)| std::array::from_fn(|level| (m[level] / u[level]).ln()))
            .collect()
    }

    fn round(&mut self) {
        let weights = self.weights();
        let mut sums: Table = self
            .m
            .iter()
            .map(|m| m.map(|chance| PRIOR_PAIRS * chance))
            .collect();
        let mut matches = vec![(0.5, 1.0); self.samples.len()];
        for pattern in &self.patterns {
            let expected = self.expected(pattern, weights.as_flattened());
            matches[pattern.rule].0 += expected;
            matches[pattern.rule].1 += pattern.count;
            for cell in self.learning(pattern) {
                sums.as_flattened_mut()[cell] += expected;
            }
        }
        for (field, level) in self.labelled.iter().flatten() {
            sums[*field][*level] += LABEL;
        }
        for ((m, sums), matches) in self.m.iter_mut().zip(&sums).zip(&mut self.matches) {
            let total: f64 = sums.iter().sum();
            *m = sums.map(|sum| (sum / total).max(1e-7));
            *matches = total;
        }
        for (share, (expected, all)) in self.shares.iter_mut().zip(&matches) {
            *share = (expected / all).clamp(1e-6, 0.999);
        }
    }

    /// How strangers who agree in one field agree in the others: families share an address and a surname.
    fn among_strangers(&self) -> Vec<Option<(f64, Table)>> {
        let weights = self.weights();
        let mut given: Vec<Option<(f64, Table)>> = vec![None; self.m.len()];
        for (rule, sample) in self.samples.iter().enumerate() {
            let Some(field) = sample.whole_field() else {
                continue;
            };
            let mut sums: Table = vec![[0.0; Level::COUNT]; self.m.len()];
            let mut strangers = 0.0;
            for pattern in self.patterns.iter().filter(|pattern| pattern.rule == rule) {
                let expected = pattern.count - self.expected(pattern, weights.as_flattened());
                strangers += expected;
                for cell in self.learning(pattern) {
                    sums.as_flattened_mut()[cell] += expected;
                }
            }
            given[field] = Some((strangers, sums));
        }
        given
    }
}

/// Matches that one labelled pair is worth: a person looked, and nothing made the two agree by choice.
const LABEL: f64 = 5.0;
/// Pairs that the first guess is worth.
const PRIOR_PAIRS: f64 = 1.28;
/// Strangers that must agree in one field before it is said how they agree in the others.
const FEWEST_STRANGERS: f64 = 100.0;
/// How much more two strangers must tell of a field once they agree in another, in bits.
const LEAST_BITS: f64 = 0.05;
/// Strangers that the chance among all strangers is worth beside those who agree.
const PRIOR_STRANGERS: f64 = 30.0;

/// For each field the one before it, of all in the order of how much they tell, on which it hangs most.
fn dependences(u: &Table, given: &[Option<(f64, Table)>]) -> Vec<Option<Dependence>> {
    let same = |field: usize| {
        u[field][Agreement::Same as usize * 8..][..8]
            .iter()
            .sum::<f64>()
    };
    let mut order: Vec<usize> = (0..u.len()).collect();
    order.sort_by(|left, right| same(*left).total_cmp(&same(*right)));
    let mut found: Vec<Option<Dependence>> = vec![None; u.len()];
    for (place, field) in order.iter().enumerate() {
        let candidates = order[..place].iter().filter_map(|on| {
            let (strangers, tables) = given[*on].as_ref()?;
            let known: f64 = tables[*field].iter().sum();
            if *strangers < FEWEST_STRANGERS || known < FEWEST_STRANGERS {
                return None;
            }
            let chances = std::array::from_fn(|level| {
                (tables[*field][level] + PRIOR_STRANGERS * u[*field][level])
                    / (known + PRIOR_STRANGERS)
            });
            let bits = divergence(&chances, &u[*field]);
            (bits > LEAST_BITS).then_some((bits, Dependence { on: *on, chances }))
        });
        found[*field] = candidates
            .max_by(|left, right| left.0.total_cmp(&right.0))
            .map(|(_, dependence)| dependence);
    }
    found
}

/// Bits by which one distribution over agreements tells apart from another (Kullback and Leibler 1951).
fn divergence(given: &[f64; Level::COUNT], alone: &[f64; Level::COUNT]) -> f64 {
    let sums = |levels: &[f64; Level::COUNT]| -> Vec<f64> {
        levels.chunks(8).map(|levels| levels.iter().sum()).collect()
    };
    sums(given)
        .iter()
        .zip(sums(alone))
        .filter(|(given, alone)| **given > 0.0 && *alone > 0.0)
        .map(|(given, alone)| given * (given / alone).log2())
        .sum()
}

fn first_guesses(fields: usize) -> Table {
    let guess = |level: usize| match Agreement::ALL[level / 8] {
        // What is believed before anything is seen: a party mostly agrees with itself.
        Agreement::Different | Agreement::Same => 0.1,
        _ => 0.02,
    };
    vec![std::array::from_fn(guess); fields]
}
