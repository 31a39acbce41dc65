//! Authenticity (信息真实性): is it complete, well-formed, consistent and true?
//!
//! For now what a person asks at the desk or in clean-up work: is this number well-formed and what does it say, are
//! these two names one, which parts has this address. What is asked is neither kept nor looked up in the book.

mod addresses;
mod identifiers;
mod names;
mod routes;

pub use routes::routes;

use ::identifiers::{Division, DivisionKey, division};

use crate::http::{Problem, Text};

/// No number, name or address is longer, in characters.
const LONGEST: usize = 1000;

fn limited<'text>(field: &str, text: &'text str) -> Result<&'text str, Problem> {
    if text.chars().nth(LONGEST).is_none() {
        return Ok(text);
    }
    let title = Text::new(
        format!("最多 {LONGEST} 个字符"),
        format!("at most {LONGEST} characters"),
    );
    Err(Problem::invalid(title).field(field))
}

/// The names of a division and of those above it, the highest first, by the first six digits of its code.
fn division_names(code: &str) -> Vec<&'static str> {
    let Some(key) = code
        .get(..6)
        .and_then(|key| key.parse::<DivisionKey>().ok())
    else {
        return Vec::new();
    };
    let mut levels = vec![key.province(), key.prefecture(), key];
    levels.dedup();
    let named = levels.into_iter().filter_map(division);
    named.map(Division::name).collect()
}
