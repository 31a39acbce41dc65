//! The text form that every identifier of this crate shares: `Display`, serde, redacted `Debug`.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// Gives a type with an `as_str` its `Display`, `AsRef<str>` and serde form: the canonical text.
macro_rules! text_form {
    ($type:ty, $expecting:literal) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text_form::deserialize(deserializer, $expecting)
            }
        }
    };
}

/// Gives a type a `Debug` that shows the last four characters only, so a log cannot leak it.
macro_rules! redacted_debug {
    ($type:ident) => {
        impl std::fmt::Debug for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let text = self.as_str();
                let hidden = text.len().saturating_sub(4);
                write!(
                    formatter,
                    "{}({:*<hidden$}{})",
                    stringify!($type),
                    "",
                    &text[hidden..]
                )
            }
        }
    };
}

pub(crate) use {redacted_debug, text_form};

/// The text of characters that parsing has proved to be ASCII.
pub(crate) fn ascii(characters: &[u8]) -> &str {
    // The fallback is unreachable: constructors admit ASCII letters and digits only.
    std::str::from_utf8(characters).unwrap_or_default()
}

/// Deserialises by parsing, without an allocation where the format can lend its text.
pub(crate) fn deserialize<'de, D, T>(
    deserializer: D,
    expecting: &'static str,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Parse<T> {
        expecting: &'static str,
        target: PhantomData<T>,
    }

    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Parse<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(self.expecting)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Parse {
        expecting,
        target: PhantomData,
    })
}
