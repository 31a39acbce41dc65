//! Sampling plans (抽样计划): how many of a population are looked at, and which.

use crate::expression::{Expression, Truth};
use crate::facts::{Batch, Type};
use crate::pack::reading::Section;
use crate::pack::values::{hundredths, whole_number};
use crate::rule::{Example, Head, Kind, Reading, Trial, truths};

/// How a sample is drawn.
#[derive(Clone, Debug)]
pub struct SamplingPlan {
    /// Who it is.
    pub head: Head,
    /// Of whom; none for all. Whoever a missing fact leaves open is among them.
    pub of: Option<Expression>,
    /// The place of the fact whose values are sampled apart.
    pub by: Option<usize>,
    /// In hundredths of a percent of each stratum.
    pub share: u32,
    /// At least so many of each stratum, if it has as many.
    pub least: u32,
    /// At most so many of each stratum.
    pub most: Option<u32>,
    /// The size of the sample of given sizes.
    pub examples: Vec<Example<u32>>,
}

/// A share of all, in hundredths of a percent.
const WHOLE: u64 = 10_000;
/// The largest population of an example, and the largest bound of a sample.
const LARGEST: u32 = 1_000_000_000;

impl SamplingPlan {
    /// How many of a stratum are drawn: the share, rounded up, within the bounds.
    pub fn size(&self, population: usize) -> usize {
        let share = (population as u64 * u64::from(self.share)).div_ceil(WHOLE) as usize;
        let most = self.most.map_or(usize::MAX, |most| most as usize);
        share.max(self.least as usize).min(most).min(population)
    }

    /// The rows that are drawn, in order. Each row has a key that stays the same whatever the order of rows; the same
    /// seed draws the same keys.
    pub fn draw(&self, batch: &Batch, keys: &[u64], seed: u64) -> Vec<usize> {
        let population: Vec<usize> = match &self.of {
            None => (0..batch.len()).collect(),
            Some(of) => {
                let concerned = truths(of, batch).into_iter().enumerate();
                let concerned = concerned.filter(|(_, truth)| *truth != Truth::False);
                concerned.map(|(row, _)| row).collect()
            }
        };
        let stratum = |row: &usize| {
            let value = self.by.and_then(|fact| batch.value(fact, *row, Type::Text));
            value.map_or_else(String::new, |value| value.to_string())
        };
        let mut rows: Vec<(String, u64, usize)> = population
            .into_iter()
            .map(|row| (stratum(&row), mixed(keys[row], seed), row))
            .collect();
        rows.sort_unstable();
        let strata = rows.chunk_by(|one, other| one.0 == other.0);
        let drawn = strata.flat_map(|stratum| &stratum[..self.size(stratum.len())]);
        let mut drawn: Vec<usize> = drawn.map(|(_, _, row)| *row).collect();
        drawn.sort_unstable();
        drawn
    }
}

/// A number that looks random and is the same for the same key and seed (the finaliser of splitmix64).
fn mixed(key: u64, seed: u64) -> u64 {
    let mut mixed = key ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Kind for SamplingPlan {
    const KEY: &'static str = "sampling";

    fn read(head: Head, table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Self> {
        let of = reading.optional_condition(table, "of");
        let by = by(table, reading);
        let share = hundredths(table, "share", reading.problems);
        let bound = |table: &mut Section<'_>, key, reading: &mut Reading<'_>| {
            table.value(key)?;
            whole_number(table, key, (0, LARGEST), reading.problems)
        };
        let least = bound(table, "least", reading).unwrap_or(0);
        let most = bound(table, "most", reading);
        if share.is_none() && table.value("share").is_none() {
            reading.problems.push(table.missing("share"));
        }
        let wrong = share.is_some_and(|share| u64::from(share) > WHOLE);
        if wrong || most.is_some_and(|most| most < least) {
            let told = (
                "share 不超过 100，most 不小于 least",
                "share is 100 at most, and most is no less than least",
            );
            reading.report(table, &table.span.clone(), "sampling", told);
        }
        let examples = reading.examples_of(table, |example, reading| {
            let sizes = (0, LARGEST);
            let given = whole_number(example, "given", sizes, reading.problems);
            let expect = whole_number(example, "expect", sizes, reading.problems)?;
            Some((given?, expect.to_string()))
        });
        Some(Self {
            head,
            of,
            by,
            share: share?,
            least,
            most,
            examples,
        })
    }

    fn head(&self) -> &Head {
        &self.head
    }

    fn expressions(&self) -> Vec<&Expression> {
        self.of.iter().collect()
    }

    fn named(&self) -> Vec<usize> {
        self.by.into_iter().collect()
    }

    fn show(&self, trial: &mut Trial<'_>) -> bool {
        for example in &self.examples {
            let found = self.size(example.given as usize).to_string();
            trial.compare(&self.head, example, &found);
        }
        !self.examples.is_empty()
    }
}

fn by(table: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<usize> {
    let named = table.optional("by", reading.problems)?;
    let place = reading.fact(table, &named)?;
    let kind = reading.facts().fact(place).kind;
    let found = matches!(kind, Type::Text | Type::Boolean).then_some(place);
    if found.is_none() {
        let told = (
            format!("{} 不是文本或真假事实", named.text),
            format!("{} is no fact that is a text or true or false", named.text),
        );
        reading.report(table, &named.span, "wrong_type", told);
    }
    found
}
