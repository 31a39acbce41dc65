//! Reasons that a person gives (理由) for what is kept for good.

use crate::register::RegisterError;

/// As long as a few sentences.
const LONGEST: usize = 1_000;

/// The reason as it is kept: it must say something.
pub fn check_reason(reason: &str) -> Result<&str, RegisterError> {
    let reason = reason.trim();
    if (1..=LONGEST).contains(&reason.chars().count()) {
        return Ok(reason);
    }
    Err(RegisterError::invalid(
        "reason",
        format!("理由应为 1 至 {LONGEST} 个字"),
        format!("has 1 to {LONGEST} characters"),
    ))
}
