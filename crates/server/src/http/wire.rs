//! Small things as JSON writes them: text in both languages, ids, instants.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::clock::{self, Micros};

/// A sentence in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

impl From<domain::Text> for Text {
    fn from(text: domain::Text) -> Self {
        Self {
            zh: text.zh,
            en: text.en,
        }
    }
}

impl From<&domain::Text> for Text {
    fn from(text: &domain::Text) -> Self {
        Self::new(text.zh.clone(), text.en.clone())
    }
}

/// The id of a batch, a record, a review: a decimal string, because a browser counts to 2^53 only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, example = "42")]
pub struct Id(pub i64);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let number = text
            .parse()
            .map_err(|_| serde::de::Error::custom("an id is a whole number in quotes"))?;
        Ok(Self(number))
    }
}

/// An instant: RFC 3339 in UTC with microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-31T08:00:00.000000Z")]
pub struct Instant(pub Micros);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&clock::rfc3339(self.0))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let instant = clock::from_rfc3339(&text).ok_or_else(|| {
            serde::de::Error::custom("an instant is written like 2026-01-31T08:00:00Z")
        })?;
        Ok(Self(instant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_instants_read_back_what_they_wrote() {
        let written =
            serde_json::to_string(&(Id(i64::MAX), Instant(1_700_000_000_000_001))).unwrap();
        assert_eq!(
            written,
            r#"["9223372036854775807","2023-11-14T22:13:20.000001Z"]"#
        );
        let read: (Id, Instant) = serde_json::from_str(&written).unwrap();
        assert_eq!(read, (Id(i64::MAX), Instant(1_700_000_000_000_001)));
    }
}
