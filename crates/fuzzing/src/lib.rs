//! Seeded fuzzing for tests: cases until the time is up, and broken texts made from good ones.
//!
//! Nothing that is shipped depends on this. `HUBU_FUZZ_SECONDS` says for how long (default 1); a failure prints its
//! seed, and `HUBU_FUZZ_SEED` starts there. Why it is done this way stands in `docs/decisions/0003-fuzzing.md`.

mod broken_texts;

pub use broken_texts::BrokenTexts;

use std::time::{Duration, Instant};

/// `SplitMix64`: small, seeded and the same everywhere.
#[derive(Debug, Clone)]
pub struct Generator(u64);

impl Generator {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    /// A number below a bound; 0 where the bound is.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = self.number() % bound.max(1) as u64;
        usize::try_from(number).unwrap_or_default()
    }

    /// One of several.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Seeds with their generators, one a case, until the time is up.
///
/// # Panics
///
/// When an environment variable is no number.
pub fn cases() -> impl Iterator<Item = (u64, Generator)> {
    let until = Instant::now() + Duration::from_secs(environment("HUBU_FUZZ_SECONDS", 1));
    let first = environment("HUBU_FUZZ_SEED", 1);
    (0..)
        .map(move |case| first.wrapping_add(case))
        .map(|seed| (seed, Generator::new(seed)))
        .take_while(move |_| Instant::now() < until)
}

fn environment(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| {
        let number = value.parse();
        number.unwrap_or_else(|error| panic!("{name} is {value}: {error}"))
    })
}
