//! Customers of a seed: the facts that the rules look at, one in twenty of them missing.

use std::io::Write;

use anyhow::{Context, Result};
use rulebook::{Foundation, Known, Value};

/// The facts with their types and the texts that they can be.
pub const FACTS: [(&str, &str, &[&str]); 12] = [
    ("age", "integer", &[]),
    ("assets", "integer", &[]),
    ("records", "integer", &[]),
    ("turnover", "number", &[]),
    ("share", "number", &[]),
    ("listed", "boolean", &[]),
    ("is_foreign", "boolean", &[]),
    ("kind", "text", &["person", "company", "trust", "bureau"]),
    (
        "country",
        "text",
        &["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"],
    ),
    (
        "job",
        "text",
        &["j0", "j1", "j2", "j3", "j4", "j5", "j6", "j7", "j8", "j9"],
    ),
    ("since", "date", &[]),
    ("document_ends", "date", &[]),
];

/// Rows that are the same for the same seed.
pub struct Book {
    state: u64,
    places: Vec<usize>,
}

impl Book {
    /// The book of a seed, over the facts of a pack.
    pub fn new(seed: u64, foundation: &Foundation) -> Result<Self> {
        let place = |(name, _, _): &(&str, &str, &[&str])| {
            let place = foundation.facts.place(&format!("customer.{name}"));
            place.context("the pack declares its facts")
        };
        let places = FACTS.iter().map(place).collect::<Result<_>>()?;
        Ok(Self {
            state: seed,
            places,
        })
    }

    /// The next row.
    pub fn row(&mut self) -> Known {
        let mut known = Known::with_capacity(FACTS.len());
        for (number, (name, kind, values)) in FACTS.iter().enumerate() {
            let random = self.number();
            if random.is_multiple_of(20) {
                continue;
            }
            let small = (random >> 8) & 0xffff;
            // Documents end after today, too.
            let days = if *name == "since" { 11_000 } else { 14_000 };
            let value = match *kind {
                "boolean" => Value::Boolean(small < 3_000),
                "text" => Value::Text(values[usize::from(small as u16) % values.len()].to_owned()),
                "number" => Value::Number(
                    f64::from(small as u16) / if *name == "share" { 65_536.0 } else { 4.0 },
                ),
                "date" => Value::Date(9_000 + (small % days) as i32),
                _ if *name == "age" => Value::Integer((small % 100).cast_signed()),
                _ => Value::Integer((small * small % 50_000_000).cast_signed()),
            };
            known.push((self.places[number], value));
        }
        known
    }

    /// Writes so many rows as CSV.
    pub fn write(&mut self, rows: u64, mut file: impl Write) -> Result<()> {
        let names: Vec<&str> = FACTS.iter().map(|(name, _, _)| *name).collect();
        writeln!(file, "{}", names.join(","))?;
        for _ in 0..rows {
            let mut cells = vec![String::new(); FACTS.len()];
            for (place, value) in self.row() {
                if let Some(cell) = self.places.iter().position(|own| *own == place) {
                    cells[cell] = value.to_string();
                }
            }
            writeln!(file, "{}", cells.join(","))?;
        }
        Ok(())
    }

    /// The next of `SplitMix64`.
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
