//! The one place that reads the clock. Everything else is told what time it is.

use chrono::{DateTime, SecondsFormat, Utc};

/// Microseconds since 1970 in UTC.
pub type Micros = i64;

/// What time it is.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]
pub fn now() -> Micros {
    Utc::now().timestamp_micros()
}

/// An instant as JSON writes it: RFC 3339 in UTC with microseconds.
pub fn rfc3339(instant: Micros) -> String {
    DateTime::from_timestamp_micros(instant)
        .map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true))
        .unwrap_or_default()
}

/// Reads an instant that JSON or a URL wrote.
pub fn from_rfc3339(text: &str) -> Option<Micros> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|time| time.timestamp_micros())
}
