//! The numbers that are checked: 70 % well-formed, the rest with one character replaced by a digit.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use identifiers::{DivisionLevel, IdentifierKind, check, divisions};

const BASE_31: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Numbers that seem random, from a seed (xorshift).
pub struct Chance(u64);

impl Chance {
    /// The same numbers for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The upper half is the better one.
        u32::try_from((self.0 >> 32) % u64::from(limit.max(1))).unwrap_or_default()
    }

    fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    fn pick(&mut self, among: &[u8]) -> u8 {
        let place = self.below(u32::try_from(among.len()).unwrap_or(u32::MAX));
        among[usize::try_from(place).unwrap_or_default()]
    }
}

/// Writes so many numbers of a kind, one a line below a header.
pub fn write(kind: IdentifierKind, records: u64, chance: &mut Chance, path: &Path) -> Result<()> {
    let counties: Vec<String> = divisions()
        .filter(|division| division.is_current() && division.level() == DivisionLevel::County)
        .map(|division| division.code().to_string())
        .collect();
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "number")?;
    for _ in 0..records {
        let county = chance.below(u32::try_from(counties.len())?);
        let county = counties
            .get(usize::try_from(county)?)
            .context("there are counties")?;
        let mut number = match kind {
            IdentifierKind::CreditCode => credit_code(county, chance),
            IdentifierKind::BankCard => bank_card(chance),
            _ => resident_id(county, chance),
        };
        if chance.below(10) >= 7 {
            let place = chance.below(u32::try_from(number.len())?);
            number[usize::try_from(place)?] = chance.pick(b"0123456789");
        }
        file.write_all(&number)?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(())
}

fn resident_id(county: &str, chance: &mut Chance) -> Vec<u8> {
    let year = chance.between(1940, 2020);
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    let sequence = chance.between(1, 999);
    let mut number = format!("{county}{year}{month:02}{day:02}{sequence:03}").into_bytes();
    number.extend(check::mod_11_2(&number));
    number
}

fn credit_code(county: &str, chance: &mut Chance) -> Vec<u8> {
    let mut number = format!("91{county}").into_bytes();
    number.extend((0..9).map(|_| chance.pick(BASE_31)));
    number.extend(check::mod_31_3(&number));
    number
}

fn bank_card(chance: &mut Chance) -> Vec<u8> {
    let mut number = b"62".to_vec();
    number.extend((0..16).map(|_| chance.pick(b"0123456789")));
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') << u32::from(place % 2 == 0);
            digit / 10 + digit % 10
        })
        .sum();
    number.push(b'0' + u8::try_from((10 - sum % 10) % 10).unwrap_or_default());
    number
}
